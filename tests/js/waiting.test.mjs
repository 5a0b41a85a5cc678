import assert from "node:assert/strict";
import { test } from "node:test";

import { whenAgain } from "../../static/js/waiting.js";

const NOON = new Date(2026, 0, 5, 12); // a Monday, by the clock of who looks at it
const HOUR = 3600;
const DAY = 24 * HOUR;

/** A time of day as this machine writes it. */
const at = (hour) => new Date(2026, 0, 5, hour).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });

for (const [seconds, told] of [
  [0.2, "in 1 second"],
  [12, "in 12 seconds"],
  [90, "in 2 minutes"],
  [HOUR - 1, "in 60 minutes"],
  [6 * HOUR, `at ${at(18)}`],
  [14 * HOUR, `tomorrow at ${at(2)}`],
  [1.75 * DAY, `on Wednesday at ${at(6)}`],
  [20 * DAY, "on 25 January"],
]) {
  test(`${seconds} seconds from noon is ${told}`, () => assert.equal(whenAgain(seconds, NOON), told));
}
