#!/usr/bin/env python3
"""Makes the requests that programs for the two systems on Django REST Framework make, and looks at each answer.

BASE_URL names the server, http://localhost:8000 unless said: one where everybody may organize, as with `npm start`, and log
in as often as this does: RATE_LIMIT_LOGINS=200.
Events of elsewhere are looked for where it has a provider for them. Needs requests (Debian: python3-requests).
Ends with `N passed, N failed`, and with 1 where something failed.
"""

import os
import re
import sys
import time
from datetime import datetime, timedelta, timezone

import requests

BASE = os.environ.get("BASE_URL", "http://localhost:8000").rstrip("/")
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
OFTEN = str(time.time_ns())  # what may be there only once has another name each time
PASSWORD = "SecurePass123!"
EVENT = set(
    "id title description date location organizer organizer_name max_attendees attendees_count available_spots is_active"
    " is_past created_at updated_at".split()
)

passed = failed = 0


def check(what, holds, answer=None):
    global passed, failed
    if holds:
        passed += 1
        return
    failed += 1
    said = f": {answer.status_code} {answer.text[:500]}" if answer is not None else ""
    print(f"FAILED {what}{said}")


def call(method, path, who=None, body=None, params=None):
    headers = {"Authorization": f"Bearer {who['access']}"} if who else {}
    return requests.request(method, BASE + path, json=body, params=params, headers=headers, timeout=30)


def json_of(answer):
    try:
        return answer.json()
    except ValueError:
        return {}


def expect(what, answer, status, body=None):
    """That status, and all that the body says, with whatever is there besides."""
    found = json_of(answer)
    check(what, answer.status_code == status and all(found.get(k) == v for k, v in (body or {}).items()), answer)
    return found


def is_page(what, answer):
    body = json_of(answer)
    check(what, answer.status_code == 200 and {"count", "next", "previous", "results"} <= set(body), answer)
    return body.get("results", [])


def at(**ahead):
    return (datetime.now(timezone.utc) + timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M:%SZ")


def detail(text):
    return {"detail": text}


def login(username, password=PASSWORD):
    answer = call("POST", "/api/auth/login/", body={"username": username, "password": password})
    return expect("logged in", answer, 200)


def somebody(name, path="/api/auth/register/", **more):
    username = f"{name}{OFTEN}"
    person = {"username": username, "email": f"{username}@example.com", "password": PASSWORD, **more}
    if path == "/api/auth/register/":
        person["password2"] = PASSWORD
    expect(f"{name} signs up", call("POST", path, body=person), 201, {"username": username, "email": person["email"]})
    return login(username)


def accounts():
    username = f"newuser{OFTEN}"
    names = {"first_name": "John", "last_name": "Doe"}
    person = {"username": username, "email": f"{username}@example.com", **names}
    sent = {**person, "password": PASSWORD, "password2": PASSWORD}
    expect("an account is opened", call("POST", "/api/auth/register/", body=sent), 201, person)
    answer = call("POST", "/api/auth/register/", body={**sent, "email": f"x{username}@example.com", "password2": "x"})
    taken = {"username": ["A user with that username already exists."], "password": ["Password fields didn't match."]}
    expect("field by field", answer, 400, taken)

    wrong = {"username": username, "password": "wrong"}
    nobody = detail("No active account found with the given credentials")
    expect("and logged in to with its password", call("POST", "/api/auth/login/", body=wrong), 401, nobody)
    me = login(username)
    check("which gives two tokens", me.get("access") and me.get("refresh"))
    check("and says who it is", {**person, "id": me["user"]["id"]} == me["user"])
    for _time in ("once", "again"):
        answer = call("POST", "/api/auth/token/refresh/", body={"refresh": me["refresh"]})
        me["access"] = expect("the same token refreshes", answer, 200).get("access")
        check("and is not answered", set(json_of(answer)) == {"access"}, answer)

    expect("the profile is had", call("GET", "/api/auth/profile/", me), 200, me["user"])
    expect("by who is logged in", call("GET", "/api/auth/profile/"), 401)
    changed = {"username": f"updated{OFTEN}", "first_name": "Updated", "last_name": "Name"}
    sent = {**changed, "email": f"updated{OFTEN}@example.com"}
    expect("and changed", call("PUT", "/api/auth/profile/update/", me, sent), 200, sent)
    expect("for good", call("GET", "/api/auth/profile/", me), 200, changed)

    new = "newSecurePassword123!"
    answer = call("POST", "/api/auth/change-password/", me, {"old_password": "another", "new_password": new})
    expect("whoever knows the password", answer, 400, {"old_password": ["Old password is not correct"]})
    answer = call("POST", "/api/auth/change-password/", me, {"old_password": PASSWORD, "new_password": new})
    expect("changes it", answer, 200, detail("Password updated successfully"))
    return login(changed["username"], new)


def events(jane, theirs):
    sent = {
        "title": f"Python Workshop {OFTEN}",
        "description": "Hands-on",
        "date": at(days=20),
        "location": "Tech Hub, New York",
        "max_attendees": 30,
    }
    expect("an event takes a log-in", call("POST", "/api/events/", body=sent), 401)
    answer = call("POST", "/api/events/", jane, sent)
    numbers = {"attendees_count": 0, "available_spots": 30, "is_active": True, "is_past": False}
    made = expect("an event is made", answer, 201, {**sent, **numbers, "organizer": jane["user"]["id"]})
    check("with all its fields", EVENT <= set(made), answer)
    check("its moments are in UTC", all(MOMENT.fullmatch(made[name]) for name in ("date", "created_at", "updated_at")))
    path = f"/api/events/{made['id']}/"
    expect("it is there for everybody", call("GET", path), 200, made)
    whole = {**sent, "title": f"Python Day {OFTEN}", "date": at(days=21), "max_attendees": 40}
    expect("it is changed as a whole", call("PUT", path, jane, whole), 200, {**whole, "available_spots": 40})
    part = {"max_attendees": 200, "location": "Updated location"}
    expect("and in part", call("PATCH", path, jane, part), 200, {**whole, **part})
    for method in ("PUT", "PATCH", "DELETE"):
        body = None if method == "DELETE" else whole
        expect(f"{method} is for who organizes it", call(method, path, theirs, body), 403)
    answer = call("GET", "/api/events/my_events/", jane)
    check("it is among one's own", made["id"] in [event["id"] for event in is_page("one's own", answer)], answer)
    answer = call("DELETE", path, jane)
    check("it is deleted", answer.status_code == 204 and answer.text == "", answer)
    expect("for good", call("GET", path), 404)


def found(jane):
    title, place = f"Ferret Workshop {OFTEN}", f"Loft {OFTEN}, New York"
    body = {"title": title, "description": "Hands-on", "date": at(days=20), "location": place, "max_attendees": 1}
    event = expect("an event to find", call("POST", "/api/events/", jane, body), 201)

    def finds(there=True, path="/api/events/", **params):
        answer = call("GET", path, params=params)
        ids = [each["id"] for each in is_page(f"{params} is answered", answer)]
        check(f"{params} finds it: {there}", (event["id"] in ids) == there, answer)

    soon, late = event["date"][:10], at(days=22)[:10]
    finds(search="ferret", page_size=100)
    finds(search="ferret", location=place, has_spots="true")
    finds(title=title.upper())
    finds(title="Ferret", there=False)
    finds(location=f"loft {OFTEN}")
    finds(location=place, date_after=soon, date_before=late)
    finds(location=place, date_after=late, there=False)
    finds(location=place, date_from=soon, date_to=late, page=1, limit=10, search="ferret")
    finds(location=place, organizer=jane["user"]["id"], ordering="-date")
    finds(location=place, organizer=1_000_000, there=False)
    for name, says in (("has_spots", True), ("is_active", True), ("is_past", False)):
        finds(location=place, **{name: str(says).lower()})
        finds(location=place, **{name: str(not says).lower()}, there=False)
    finds(path="/api/events/search/", q="ferret", sort="-created_at")

    keys = {"date": "date", "created_at": "created_at", "title": "title"}
    for name, key in keys.items():
        up, down = [
            [each[key] for each in is_page(order, call("GET", "/api/events/", params={"ordering": order, "page_size": 100}))]
            for order in (name, f"-{name}")
        ]
        check(f"ordering by {name} goes both ways", up and up[0] <= down[0] and down[-1] <= up[-1])
    check("a page is of 20", len(is_page("a page", call("GET", "/api/events/"))) == 20)
    answer = call("GET", "/api/events/", params={"page": 2, "page_size": 5})
    check("or as many as asked for", len(is_page("the second page", answer)) == 5, answer)
    check("with those beside it", f"{json_of(answer)['next']}".endswith("?page=3&page_size=5"), answer)
    expect("and there is no page after the last", call("GET", "/api/events/", params={"page": 999}), 404, detail("Invalid page."))
    coming = is_page("those to come", call("GET", "/api/events/upcoming/"))
    check("are active and to come", coming and all(each["is_active"] and not each["is_past"] for each in coming))
    return event


def registrations(jane, ann, ben, event):
    path = f"/api/events/{event['id']}"
    answer = call("POST", f"{path}/register/", ann)
    mine = expect("one registers", answer, 201, {"user": ann["user"]["id"], "event": event["id"], "is_cancelled": False})
    check("at a moment", MOMENT.fullmatch(mine.get("registered_at", "")), answer)
    expect("once", call("POST", f"{path}/register/", ann), 400, detail("You are already registered for this event."))
    expect("while there is room", call("POST", f"{path}/register/", ben), 400, detail("This event is full."))
    answer = call("GET", f"{path}/attendees/", jane)
    check("who organizes it sees who comes", [each["user"] for each in is_page("attendees", answer)] == [ann["user"]["id"]], answer)
    only = detail("Only the organizer can view attendees.")
    expect("and others do not", call("GET", f"{path}/attendees/", ben), 403, only)
    for what in ("", "active/"):
        results = is_page(f"my registrations {what}", call("GET", f"/api/my-registrations/{what}", ann))
        there = {"id": event["id"], "title": event["title"], "date": event["date"]}
        check(f"it is among my registrations {what}", any(each["event"] == there for each in results))
    answer = call("POST", f"{path}/unregister/", ann)
    expect("one gives it back", answer, 200, detail("Successfully unregistered from the event."))
    answer = call("POST", f"{path}/unregister/", ann)
    expect("what one has", answer, 400, detail("You are not registered for this event."))
    check("it is not active then", is_page("active", call("GET", "/api/my-registrations/active/", ann)) == [])
    expect("an event is shut", call("PATCH", f"{path}/", jane, {"is_active": False}), 200, {"is_active": False})
    expect("and takes nobody", call("POST", f"{path}/register/", ann), 400, detail("This event is not active."))


def booking(ben):
    olga = somebody("olga", "/api/register/", is_organizer=True)
    both = {"username": f"olga{OFTEN}", "password": PASSWORD}
    expect("the other log-in is the same", call("POST", "/api/login/", body=both), 200, {"user": olga["user"]})
    expect("the profile says so", call("GET", "/api/users/profile/", olga), 200, {"is_organizer": True})
    answer = call("PUT", "/api/users/profile/", olga, {"bio": "I hold things.", "profile_picture": None})
    expect("and words", answer, 200, {"bio": "I hold things.", "profile_picture": None})

    body = {
        "title": f"Tech conference {OFTEN}",
        "description": "All of it",
        "location": "Berlin",
        "start_time": at(days=30),
        "end_time": at(days=31),
        "max_attendees": 1,
        "category_id": 1,
        "tags": [1, 2],
    }
    expect("events are for organizers", call("POST", "/api/events/", ben, body), 403)
    made = expect("to make", call("POST", "/api/events/", olga, body), 201, {**body, "created_by": olga["user"]["id"]})
    path = f"/api/events/{made['id']}"
    expect("and to be seen", call("GET", f"{path}/", ben), 200, made)
    expect("a part is changed with PUT", call("PUT", f"{path}/", olga, {"location": "Bonn"}), 200, {"location": "Bonn", "title": body["title"]})
    answer = call("GET", f"/api/events/?page=1&limit=10&search=conference&date_from={at(days=29)[:10]}&date_to={at(days=31)[:10]}&category_id=1")
    check("it is listed", made["id"] in [each["id"] for each in is_page("the list", answer)], answer)
    answer = call("GET", "/api/events/search/?q=conference&category=1&tags=concert&sort=popularity", ben)
    check("and searched for", made["id"] in [each["id"] for each in is_page("the search", answer)], answer)

    answer = call("POST", f"{path}/rsvp/", ben, {"status": "going"})
    expect("one goes", answer, 201, {"user": ben["user"]["id"], "event": made["id"], "status": "going"})
    answer = call("POST", f"{path}/rsvp/", olga, {"status": "going"})
    expect("or waits where it is full", answer, 201, {"status": "waitlisted"})
    answer = call("GET", f"{path}/attendees/?status=going", olga)
    check("who goes is listed", [each["user"] for each in is_page("attendees", answer)] == [ben["user"]["id"]], answer)
    expect("one does not go", call("POST", f"{path}/cancel/", ben), 200, {"status": "cancelled"})
    answer = call("POST", f"{path}/cancel/", ben)
    expect("twice", answer, 400, detail("You are not registered for this event."))
    check("an event that somebody waited for is deleted, too", call("DELETE", f"{path}/", olga).status_code == 204)
    return olga


def past(olga, ann, ben):
    body = {"title": f"Blink {OFTEN}", "start_time": at(seconds=6), "end_time": at(seconds=7)}
    event = expect("an event of a moment", call("POST", "/api/events/", olga, body), 201)
    path = f"/api/events/{event['id']}"
    expect("ann is there", call("POST", f"{path}/register/", ann), 201)
    while at(seconds=-1) <= body["end_time"]:
        time.sleep(0.2)
    expect("it is over", call("GET", f"{path}/"), 200, {"is_past": True})
    expect("and takes nobody", call("POST", f"{path}/register/", ben), 400, detail("Cannot register for past events."))
    results = is_page("past registrations", call("GET", "/api/my-registrations/past/", ann))
    check("among which it is", event["id"] in [each["event"]["id"] for each in results])
    review = {"rating": 5, "comment": "Well worth the way"}
    expect("who was there reviews it", call("POST", f"{path}/reviews/", ann, review), 201, review)
    expect("and nobody else", call("POST", f"{path}/reviews/", ben, review), 403)
    results = is_page("reviews", call("GET", f"{path}/reviews/", ben))
    check("which all can read", [each["comment"] for each in results] == [review["comment"]])


def elsewhere(olga, ben):
    url = "/api/external-events/?provider=ticketmaster&query=concert&location=NY"
    expect("looking elsewhere takes a log-in", call("GET", url), 401)
    answer = call("GET", url, ben)
    if answer.status_code == 503:  # no key for it there
        check("and says that there is no provider", "detail" in json_of(answer), answer)
        return
    results = is_page("events of elsewhere", answer)
    check("are found", results, answer)
    for found in [each for each in results if not each["is_imported"]][:1]:  # what another has taken in is theirs
        path = f"/api/external-events/{found['id']}/import/"
        expect("are not taken in by who does not organize", call("POST", path, ben, {}), 403)
        answer = call("POST", path, olga, {})
        check("are taken in", answer.status_code == 201, answer)
        check("and are here", json_of(answer).get("external_event_id") == found["id"], answer)


def documents():
    for path in ("/api/docs/", "/api/redoc/", "/swagger/"):
        answer = call("GET", path)
        check(f"{path} is a page", answer.status_code == 200 and answer.headers["content-type"].startswith("text/html"))


def main():
    jane = accounts()
    ann, ben = somebody("ann"), somebody("ben")
    events(jane, ben)
    registrations(jane, ann, ben, found(jane))
    olga = booking(ben)
    past(olga, ann, ben)
    elsewhere(olga, ben)
    documents()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
