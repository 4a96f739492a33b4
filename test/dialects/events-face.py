#!/usr/bin/env python3
"""Makes the requests that programs for Events-Face make, and looks at each answer.

BASE_URL names the server, http://localhost:8000 unless said: `npm start`, as it is, or one that lets anybody write.
Needs requests (Debian: python3-requests). Ends with `N passed, N failed`, and with 1 where something failed.
"""

import os
import re
import sys
import time
from datetime import date, datetime, timezone

import requests

BASE = os.environ.get("BASE_URL", "http://localhost:8000").rstrip("/")
AREA = "1c74b3ec-b651-4775-88b6-8b21f37fc3f4"
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
OFTEN = str(time.time_ns())  # what may be there only once has another name each time

passed = failed = 0


def check(what, holds, answer=None):
    global passed, failed
    if holds:
        passed += 1
        return
    failed += 1
    said = f": {answer.status_code} {answer.text[:500]}" if answer is not None else ""
    print(f"FAILED {what}{said}")


def call(method, path, body=None, **more):
    return requests.request(method, BASE + path, json=body, timeout=30, **more)


def json_of(answer):
    try:
        return answer.json()
    except ValueError:
        return None


def is_told(answer, field, message):
    fault = {"field": field, "messages": [message]}
    body = json_of(answer) or {}
    return answer.status_code == 422 and body.get("data") == {} and fault in body.get("errors", [])


def is_refused(answer, detail):
    return answer.status_code == 400 and (json_of(answer) or {}).get("detail") == detail


def next_13th_of_january():
    """Written in the document is one that may have passed."""
    today = datetime.now(timezone.utc).date()
    day = date(2026, 1, 13)
    while day <= today:
        day = day.replace(year=day.year + 1)
    return day.strftime("%m.%d.%Y")


def areas():
    taken = "This name already exists. Please try another."
    answer = call("POST", "/api/events/areas/", {"name": "Main Hall"})
    body = json_of(answer) or {}
    made = answer.status_code == 201 and body["data"].get("name") == "Main Hall" and UUID.fullmatch(body["data"]["id"])
    check("an area is made, or was by an earlier run", made or is_told(answer, "name", taken), answer)
    if made:
        check("in its envelope", (body["meta"], body["errors"]) == ({}, []), answer)
    answer = call("POST", "/api/events/areas/", {"name": "Main Hall"})
    check("its name is taken then", is_told(answer, "name", taken), answer)
    answer = call("POST", "/api/events/areas/", {})
    check("an area has a name", is_told(answer, "name", "This field is required."), answer)
    answer = call("POST", "/api/events/areas/", {"name": "a" * 256})
    check("of 255 characters", is_told(answer, "name", "Ensure this field has no more than 255 characters."), answer)


def an_event(**more):
    day = next_13th_of_january()
    body = {
        "name": "Tech Conference 2025",
        "area_id": AREA,
        "status": "open",
        "event_datetime": day,
        "registration_deadline": day,
    }
    return {name: value for name, value in {**body, **more}.items() if value is not None}


def events():
    sent = an_event()
    answer = call("POST", "/api/events/", sent)
    data = (json_of(answer) or {}).get("data", {})
    check("an event is made", answer.status_code == 201, answer)
    check("and has a UUID", UUID.fullmatch(data.get("id", "")), answer)
    for field in ("name", "status", "event_datetime", "registration_deadline"):
        check(f"its {field} is what was sent", data.get(field) == sent[field], answer)
    check("its area is told by name", data.get("area"), answer)

    answer = call("POST", "/api/events/", an_event(event_datetime="01.13.2020", registration_deadline="01.13.2020"))
    check("it cannot have been", is_told(answer, "event_datetime", "Event datetime cannot be in the past."), answer)
    answer = call("POST", "/api/events/", an_event(event_datetime="2027-01-13"))
    wrong = "Datetime has wrong format. Use one of these formats instead: MM.DD.YYYY."
    check("days are written as they are", is_told(answer, "event_datetime", wrong), answer)
    answer = call("POST", "/api/events/", an_event(event_datetime=None))
    check("and have to be there", is_told(answer, "event_datetime", "This field is required."), answer)
    answer = call("POST", "/api/events/", an_event(area_id=AREA[:-4] + "0000"))
    check("an area has to be there", is_told(answer, "area", "Event area does not exist."), answer)
    return data.get("id", AREA)


def listing(made):
    answer = call("GET", "/api/events/list?name=Tech&order_by=desc&limit=10&offset=0")
    body = json_of(answer) or {}
    items = body.get("data", [])
    check("events are listed", answer.status_code == 200 and items, answer)
    check("by a part of the name", all("tech" in item["name"].lower() for item in items), answer)
    check("only open ones", all(item["status"] == "open" for item in items), answer)
    check("with how many there are", set(body.get("pagination", {})) == {"offset", "limit", "total"}, answer)
    check("as they were asked for", (body["pagination"]["offset"], body["pagination"]["limit"]) == (0, 10), answer)
    days = [datetime.strptime(item["event_datetime"], "%m.%d.%Y") for item in items]
    check("the last day first", days == sorted(days, reverse=True), answer)
    check("and the one that was made", made in [item["id"] for item in items] or body["pagination"]["total"] > 10, answer)
    answer = call("GET", "/api/events/list?order_by=asc&limit=100")
    days = [datetime.strptime(item["event_datetime"], "%m.%d.%Y") for item in answer.json()["data"]]
    check("or the first day first", days == sorted(days), answer)
    check("ten unless said", call("GET", "/api/events/list").json()["pagination"]["limit"] == 10)


def visitors(event):
    john = {"full_name": "John Doe", "email": "john.doe@example.com"}
    answer = call("POST", f"/api/events/{event}/register", john)
    expected = {"data": {}, "meta": {"message": "Successful registration"}, "errors": []}
    check("a visitor registers", (answer.status_code, json_of(answer)) == (201, expected), answer)
    answer = call("POST", f"/api/events/{event}/register", john)
    check("once", is_refused(answer, "Registration already exists"), answer)
    answer = call("POST", f"/api/events/{event}/register", {})
    for field in john:
        check(f"with {field}", is_told(answer, field, "This field is required."), answer)
    answer = call("POST", f"/api/events/{event}/register", {**john, "email": "john"})
    check("at an address", is_told(answer, "email", "Enter a valid email address."), answer)
    closed = call("POST", "/api/events/", an_event(name="Tech Conference, closed", status="closed")).json()["data"]["id"]
    answer = call("POST", f"/api/events/{closed}/register", john)
    check("where it is open", is_refused(answer, "Event is closed"), answer)
    answer = call("POST", f"/api/events/{AREA}/register", john)
    check("and there is an event", answer.status_code == 404, answer)


def accounts():
    name = f"jane{OFTEN}"
    password = "SecurePass123!"
    person = {"username": name, "email": f"{name}@example.com", "password": password, "password2": password}
    answer = call("POST", "/api/auth/register/", person)
    check("an account is opened", answer.status_code == 201 and answer.json()["data"]["username"] == name, answer)
    answer = call("POST", "/api/auth/login/", {"username": name, "password": password})
    tokens = (json_of(answer) or {}).get("data", {})
    check("logged in to", answer.status_code == 200 and set(tokens) == {"access_token", "refresh_token"}, answer)
    answer = call("POST", "/api/auth/login/", {"username": name, "password": "wrong"})
    check("with its password", answer.status_code == 401, answer)
    refresh = {"refresh": tokens.get("refresh_token")}
    answer = call("POST", "/api/auth/refresh/", refresh)
    check("refreshed", answer.status_code == 200 and answer.json()["data"]["access_token"], answer)
    bearer = {"Authorization": f"Bearer {tokens.get('access_token')}"}
    answer = call("POST", "/api/auth/logout/", refresh, headers=bearer)
    check("logged out of", answer.status_code == 200, answer)
    check("with a word for it", answer.json()["meta"] == {"message": "Successfully logged out"}, answer)
    answer = call("POST", "/api/auth/refresh/", refresh)
    check("and its tokens are not good any more", answer.status_code == 401, answer)


def documents():
    for path in ("/api/swagger/", "/api/redoc/"):
        answer = call("GET", path)
        is_page = answer.headers["content-type"].startswith("text/html")
        check(f"{path} is a page", answer.status_code == 200 and is_page, answer)
    answer = call("GET", "/api/schema/")
    check("the schema names what is answered", "/api/events/list" in answer.json()["paths"], answer)


def main():
    areas()
    made = events()
    listing(made)
    visitors(made)
    accounts()
    documents()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
