// Reads calendar files, a JSON list of texts on standard input, with the parser that Thunderbird is built on.
import { readFileSync } from "node:fs";
import ICAL from "ical.js";

const properties = (component) =>
  component.getAllProperties().map((one) => [one.name, String(one.getFirstValue())]);

const event = (component) => {
  const read = new ICAL.Event(component);
  return {
    begins: read.startDate.toJSDate().toISOString(),
    ends: read.endDate.toJSDate().toISOString(),
    zone: read.startDate.zone.tzid,
    recurs: read.isRecurring(),
    properties: properties(component),
  };
};

const calendar = (text) => {
  const component = new ICAL.Component(ICAL.parse(text));
  return {
    name: component.name,
    properties: properties(component),
    zones: component.getAllSubcomponents("vtimezone").map((one) => one.getFirstPropertyValue("tzid")),
    events: component.getAllSubcomponents("vevent").map(event),
  };
};

process.stdout.write(JSON.stringify(JSON.parse(readFileSync(0, "utf8")).map(calendar)));
