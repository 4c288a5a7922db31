// Reads an iCalendar object from standard input with ical.js and prints its occurrences in UTC, as JSON.
// Arguments: the directory that holds node_modules; from and to, seconds since 1970.
const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");

const [directory, from, to] = process.argv.slice(2);
const ICAL = createRequire(`${directory}/`)("ical.js");

const calendar = new ICAL.Component(ICAL.parse(readFileSync(0, "utf8")));
calendar.getAllSubcomponents("vtimezone").forEach((zone) => ICAL.TimezoneService.register(zone));

const vevents = calendar.getAllSubcomponents("vevent");
const moved = vevents.filter((vevent) => vevent.hasProperty("recurrence-id"));
const found = [];

function report(start, end, event) {
  if (start.toUnixTime() < Number(from) || start.toUnixTime() >= Number(to)) return;
  found.push({ summary: event.summary, start: start.toUnixTime(), end: end.toUnixTime() });
}

for (const vevent of vevents.filter((vevent) => !moved.includes(vevent))) {
  const event = new ICAL.Event(vevent, {
    exceptions: moved.filter((other) => other.getFirstPropertyValue("uid") === vevent.getFirstPropertyValue("uid")),
  });
  if (!event.isRecurring()) {
    report(event.startDate, event.endDate, event);
    continue;
  }
  const iterator = event.iterator();
  // The walk ends a while after the window, as a date from behind it may have been moved into it.
  for (let next = iterator.next(); next && next.toUnixTime() < Number(to) + 120 * 86400; next = iterator.next()) {
    const { startDate, endDate, item } = event.getOccurrenceDetails(next);
    report(startDate, endDate, item);
  }
}
console.log(JSON.stringify(found));
