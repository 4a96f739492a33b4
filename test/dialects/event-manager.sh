#!/usr/bin/env bash
# Makes the requests that programs for event-manager make, and looks at each answer.
#
# BASE_URL names the server, http://localhost:8000 unless said: `npm start`, as it is, or one that lets anybody write.
# Needs curl. Ends with `N passed, N failed`, and with 1 where something failed.

BASE="${BASE_URL:-http://localhost:8000}"
BASE="${BASE%/}"
passed=0
failed=0
status=
answer=

in_days() { date -u -d "+$1 days" "+$2" 2>/dev/null || date -u -v "+$1d" "+$2"; }
DAY=$(in_days 20 %Y-%m-%d)
NEXT=$(in_days 21 %Y-%m-%d)
DAY_ANSWERED=$(LC_ALL=C in_days 20 '%a, %d %b %Y 00:00:00 GMT')
NEXT_ANSWERED=$(LC_ALL=C in_days 21 '%a, %d %b %Y 00:00:00 GMT')
PLACE="Quay $(date +%s%N)" # nobody else's

ask() { # METHOD PATH [BODY [TYPE]]
  local body=()
  [ $# -gt 2 ] && body=(-H "Content-Type: ${4:-application/json}" -d "$3")
  answer=$(curl -sS -m 30 -X "$1" "$BASE$2" "${body[@]}" -w '\n%{http_code}' 2>&1)
  status=${answer##*$'\n'}
  answer=${answer%$'\n'*}
}

check() { # WHAT COMMAND…
  local what=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
  else
    failed=$((failed + 1))
    echo "FAILED $what: $status ${answer:0:500}"
  fi
}

is() { [ "$status" = "$1" ] && [ "$answer" = "$2" ]; }
says() { is "$1" "{\"message\":\"$2\"}"; }
has() { [ "$status" = 200 ] && [[ "$answer" == *"$1"* ]]; }
is_array() { [ "$status" = 200 ] && [[ "$answer" == "["*"]" ]]; }
# How often something is in the answer.
times() { [ "$status" = 200 ] && [ "$(grep -oF "$1" <<<"$answer" | wc -l)" -eq "$2" ]; }
ids() { grep -oE '"id":[0-9]+' <<<"$answer" | cut -d: -f2; }
# Whether lines of numbers come the greatest first.
falls() { [ "$status" = 200 ] && [ -n "$1" ] && [ "$1" = "$(sort -rn <<<"$1")" ]; }
populars() { grep -oE '"popularity":[0-9]+' <<<"$answer" | cut -d: -f2; }
days() {
  local months=JanFebMarAprMayJunJulAugSepOctNovDec day month year before
  grep -oE '"date":"[^"]+"' <<<"$answer" | cut -d' ' -f2-4 | while read -r day month year; do
    before=${months%%"$month"*}
    printf '%s%02d%s\n' "$year" $((${#before} / 3 + 1)) "$day"
  done
}
event() { echo "{\"title\": \"$1\", \"date\": \"${2:-$DAY}\", \"location\": \"$PLACE\", \"popularity\": ${3:-100}}"; }

one_at_a_time() {
  ask POST /events "$(event 'Convention-1')"
  check "an event is scheduled" says 200 "Event scheduled successfully"
  ask GET /sort_by/creation_time
  local id
  id=$(ids | head -1)
  ask GET /events
  check "all events are an array" is_array
  check "in which it is" has "\"id\":$id,"
  ask GET "/events?id=$id"
  local event="{\"date\":\"$DAY_ANSWERED\",\"id\":$id,\"location\":\"$PLACE\",\"popularity\":100,\"title\":\"Convention-1\"}"
  check "one is had by its number" is 200 "[$event]"
  ask PUT "/events?id=$id" '{"title": "Convention-2"}'
  check "and changed by it" says 200 "Event updated successfully"
  ask PUT /events "{\"id\": $id, \"date\": \"$NEXT\", \"popularity\": 7}"
  check "which may be in the body" says 200 "Event updated successfully"
  ask GET "/events/?id=$id"
  event="{\"date\":\"$NEXT_ANSWERED\",\"id\":$id,\"location\":\"$PLACE\",\"popularity\":7,\"title\":\"Convention-2\"}"
  check "and is then as was said" is 200 "[$event]"
  ask DELETE "/events?id=$id"
  check "one is deleted" says 200 "Event deleted successfully"
  ask GET "/events?id=$id"
  check "and is not there any more" says 404 "Event not found"
  ask PUT "/events?id=$id" '{"title": "Convention-3"}'
  check "to change" says 404 "Event not found"
  ask DELETE /events "{\"id\": $id}"
  check "or to delete" says 404 "Event not found"
  ask PUT /events '{"title": "Convention-3"}'
  check "a change has a number" says 400 "Event id not provided"
  ask DELETE /events
  check "and so has a deletion" says 400 "Event id not provided"
  ask POST /events '{"title": "Nothing else"}'
  check "an event has a day and a place" says 422 "Invalid data format"
  ask POST /events/ "title=Form&date=$DAY&location=$PLACE&popularity=4" application/x-www-form-urlencoded
  check "a form does, too" says 200 "Event scheduled successfully"
}

many_at_once() {
  ask POST /bulk_events "[$(event Early "$DAY" 5), $(event Late "$NEXT" 9), $(event Later "$NEXT" 5)]"
  check "many are scheduled" says 200 "Events scheduled successfully"
  local here="location=${PLACE// /%20}" made
  ask GET "/events?$here"
  check "and are where they are" times '"id":' 4
  ask GET "/events?$here&title=Early"
  check "found by their title" times '"id":' 1
  ask GET "/events?$here&start_date=$NEXT"
  check "from a day on" times '"id":' 2
  ask GET "/events?$here&end_date=$DAY"
  check "until a day" times '"id":' 2
  ask GET "/events?$here&popularity=5"
  check "by how popular they are" times '"id":' 2
  ask GET "/events?$here"
  made=$(ids | paste -sd, -)

  ask GET /sort_by/creation_time
  check "the newest come first" falls "$(ids)"
  ask GET /sort_by/date
  check "or the last day" falls "$(days)"
  ask GET /sort_by/popularity
  check "or the most popular" falls "$(populars)"
  ask GET /sort_by/weather
  check "and nothing else" says 400 "Invalid sort by parameter"

  ask DELETE /bulk_events "[$made, 99999999]"
  check "all are there that are deleted" says 404 "Events not found"
  ask DELETE /bulk_events "[$made]"
  check "many are deleted" has '"message":"Events deleted successfully"'
  check "and told of" has "\"deleted_ids\":[$made]"
  ask GET "/events?$here"
  check "none of them is there" is 200 "[]"
  ask POST /bulk_events '[]'
  check "none are not many" says 400 "Empty list"
  ask DELETE /bulk_events '[]'
  check "to delete either" says 400 "Empty list"
  ask POST /bulk_events "[$(event Good), {\"title\": \"Nothing else\"}]"
  check "one that is wrong is wrong for all" says 422 "Invalid data format"
  ask GET "/events?$here"
  check "and nothing is done by halves" is 200 "[]"
}

a_subscriber() {
  ask POST /events "$(event 'Convention-4')"
  ask GET /sort_by/creation_time
  local id
  id=$(ids | head -1)
  ask POST /subscribe "{\"event_id\": $id, \"email\": \"sam@example.org\"}"
  check "a subscriber is told so" says 200 "Subscribed successfully"
  ask POST /subscribe '{"email": "sam@example.org"}'
  check "says to what" says 400 "Event id is required"
  ask POST /subscribe "{\"event_id\": $id}"
  check "and where to" says 400 "Email is required"
  ask POST /subscribe "{\"event_id\": $id, \"email\": \"sam\"}"
  check "which is an address" says 422 "Invalid email"
  ask POST /subscribe '{"event_id": 99999999, "email": "sam@example.org"}'
  check "of what is there" says 404 "Event not found"
  ask DELETE /events "{\"id\": $id}"
  check "a number in the body deletes" says 200 "Event deleted successfully"
}

one_at_a_time
many_at_once
a_subscriber
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
