#!/usr/bin/env python3
"""Tries the interface at /events_api/v1/ of a running server, and checks what it answers.

    python3 demo_scripts.py
    BASE_URL=https://events.example.org TOKEN=... python3 demo_scripts.py

It makes an event, changes it, finds it and deletes it again. Where writing takes a log-in, TOKEN is an organizer's.
It needs nothing but Python 3.9.
"""

import json
import os
import sys
from datetime import datetime, timedelta, timezone
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

try:
    from zoneinfo import ZoneInfo

    CENTRAL = ZoneInfo("US/Central")
except Exception:  # where the system has no time zones
    CENTRAL = timezone(timedelta(hours=-6))

BASE_URL = os.environ.get("BASE_URL", "http://localhost:8000").rstrip("/")
TOKEN = os.environ.get("TOKEN")

passed = 0
failed = 0


def check(what, is_so, seen=None):
    """Counts it, and says what was seen instead."""
    global passed, failed
    if is_so:
        passed += 1
        print(f"  ok      {what}")
    else:
        failed += 1
        print(f"  FAILED  {what}: {seen!r}")


def ask(method, url, params=None, data=None, accept="*/*"):
    """One request as a program makes it: what is sent is a form. Answers the status, what it says, and the address in the end."""
    if params:
        url = f"{url}?{urlencode(params)}"
    body = urlencode(data).encode() if data is not None else None
    headers = {"Accept": accept}
    if TOKEN:
        headers["Authorization"] = f"Bearer {TOKEN}"
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    request = Request(url, data=body, method=method, headers=headers)
    print(f"{method} {url}")
    try:
        with urlopen(request, timeout=30) as answer:
            status, text, final = answer.status, answer.read().decode(), answer.url
    except HTTPError as error:
        status, text, final = error.code, error.read().decode(), error.url
    try:
        return status, json.loads(text), final
    except ValueError:
        return status, text, final


def main():
    status, page, _ = ask("GET", f"{BASE_URL}/health_check")
    check("the server is up, and says so in a page", status == 200 and "<html" in str(page), (status, page))

    print("\nWhat there is")
    status, endpoints, _ = ask("GET", f"{BASE_URL}/events_api/v1/")
    check("the endpoints are named", status == 200 and isinstance(endpoints, dict), (status, endpoints))
    for name in ("events", "categories", "locations", "updates"):
        check(f"{name} has an address", str(endpoints.get(name, "")).endswith(f"/events_api/v1/{name}/"), endpoints)

    print("\nThe events that there are")
    url = endpoints["events"]
    status, events, _ = ask("GET", url)
    check("they are counted", status == 200 and isinstance(events["count"], int), (status, events))
    check("a page has ten at most", len(events["results"]) <= 10, len(events["results"]))
    check("it says what is beside it", "next" in events and "previous" in events, list(events))

    print("\nAn event is added")
    start = datetime.now(CENTRAL) + timedelta(days=2)
    said = {
        "title": "API discussion",
        "description": "Over tea: what an API should do",
        "start_time": start,
        "end_time": start + timedelta(hours=1),
    }
    status, event, _ = ask("POST", url, data=said)
    check("it is made", status == 201, (status, event))
    if status != 201:
        return
    check("it has an id", isinstance(event.get("id"), int), event)
    check("it says what was said", event["title"] == said["title"] and event["description"] == said["description"], event)
    told = datetime.fromisoformat(event["start_time"].replace("Z", "+00:00"))
    check("it starts at the same moment", abs(told - start) < timedelta(milliseconds=1), event["start_time"])
    check("it is nowhere yet", event["location"] is None and event["location_name"] == "no location given", event)

    event_url = f"{url}{event['id']}"
    status, same, final = ask("GET", event_url)
    check("it is found without a slash at the end", status == 200 and same["id"] == event["id"], (status, same))
    check("by being led to the slash", final == f"{event_url}/", final)

    print("\nIt gets a location")
    locations_url = endpoints["locations"]
    status, locations, _ = ask("GET", locations_url)
    check("locations are counted", status == 200 and locations["count"] >= 1, (status, locations))
    ids = [location["id"] for location in locations["results"]]
    place = 4 if 4 in ids or not ids else ids[0]
    link = f"{locations_url}{place}/"
    status, moved, _ = ask("PATCH", f"{event_url}/", data={"location": link})
    check("it is changed", status == 200, (status, moved))
    check("its location is the one that was linked", moved.get("location") == link, moved)
    check("the rest stayed as it was", moved.get("title") == said["title"], moved)
    updates = moved.get("updates", [])
    check("the change is kept", len(updates) == 1, updates)
    before = json.loads(updates[0]["previous_values"]) if updates else {}
    check("with what it was before", "location" in before and before["location"] is None, before)

    print("\nIt is searched for")
    status, found, _ = ask("GET", f"{url}search/", params={"search_term": "api"})
    check("the answer is a list", status == 200 and isinstance(found, list), (status, found))
    check("it is among what is found", any(each["id"] == event["id"] for each in found), found)
    status, refused, _ = ask("GET", f"{url}search/")
    check("without words there is no search", status == 400 and "error" in refused, (status, refused))

    print("\nIt is deleted")
    status, nothing, _ = ask("DELETE", event_url)
    check("it goes", status == 204 and nothing == "", (status, nothing))
    status, gone, _ = ask("GET", f"{event_url}/")
    check("and is gone", status == 404, (status, gone))

    print("\nA browser gets pages")
    status, page, _ = ask("GET", url, accept="text/html,application/xhtml+xml,*/*;q=0.8")
    check("with a form to add an event", status == 200 and "<form" in str(page), (status, str(page)[:200]))


if __name__ == "__main__":
    try:
        main()
    except URLError as error:
        check(f"{BASE_URL} can be reached", False, error.reason)
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        check("the answers have the shape that is documented", False, error)
    print(f"\n{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)
