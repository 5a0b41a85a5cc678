import assert from "node:assert/strict";
import { test } from "node:test";

import { BROKEN_OFF, Failure, TAP } from "../../static/js/ask.js";
import { ELSEWHERE, isAway, remedyFor, UNPLAYABLE } from "../../static/js/player/trouble.js";

const answered = (status) => new Failure("No.", { status });

test("what broke off is begun anew, and when that leads no further, in another way", () => {
  assert.equal(remedyFor(UNPLAYABLE, true), "renew");
  assert.equal(remedyFor(UNPLAYABLE, false), "descend");
});

test("an address that ended is asked for anew, once", () => {
  assert.deepEqual([remedyFor(answered(403), true), remedyFor(answered(410), true)], ["renew", "renew"]);
  assert.equal(remedyFor(answered(403), false), "tell");
});

test("audio in another place is for another way", () => {
  assert.equal(remedyFor(ELSEWHERE, false), "descend");
});

test("where the server cannot speak the browser does", () => {
  assert.deepEqual([503, 500, 422].map((status) => remedyFor(answered(status), true)), ["speak", "speak", "speak"]);
});

test("limits, a missing gesture, a stall and a missing network are for the person", () => {
  const failures = [answered(429), answered(402), answered(401), TAP, BROKEN_OFF, Failure.unreachable()];
  assert.ok(failures.every((failure) => remedyFor(failure, true) === "tell"));
});

test("only a missing network is waited for", () => {
  assert.equal(isAway(Failure.unreachable()), true);
  assert.ok([TAP, BROKEN_OFF, UNPLAYABLE, answered(503)].every((failure) => !isAway(failure)));
});
