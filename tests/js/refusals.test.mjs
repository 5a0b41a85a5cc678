import assert from "node:assert/strict";
import { test } from "node:test";

import { refusalOf } from "../../static/js/refusals.js";

const told = (code, more = {}) => refusalOf({ code, message: "For programs.", ...more });

test("what the API says in words of its own is left to it", () => {
  assert.equal(told("unsupported_text"), undefined);
  assert.equal(refusalOf(undefined), undefined);
});

test("a quota names what is used up and when there is more, and leads to the account", () => {
  const { message, retryable, seeAccount } = told("quota_exceeded", { limit: "characters_per_day", retry_after: 30 });
  assert.equal(
    message,
    "Too little is left of today’s characters for this. It starts anew in 30 seconds. What you heard before still plays.",
  );
  assert.ok(seeAccount && !retryable);
});

test("a limit nobody here knows is told all the same", () => {
  assert.match(told("quota_exceeded", { limit: "new", retry_after: 30 }).message, /left of what your plan allows for/);
});

test("too many in a minute may be tried again, too many in a day may not", () => {
  const hasty = told("throttled", { retry_after: 7 });
  assert.match(hasty.message, /^That was a little fast\. Try again in 7 seconds\./);
  assert.ok(hasty.retryable && !hasty.seeAccount);
  const chatty = told("throttled", { retry_after: 40_000 });
  assert.match(chatty.message, /^That was as much as one day allows\./);
  assert.ok(chatty.seeAccount && !chatty.retryable);
});

test("what passes by itself may be tried again, even if nobody knows when", () => {
  for (const code of ["speech_disabled", "all_providers_failed", "limits_unavailable"]) {
    assert.ok(told(code).retryable, code);
    assert.doesNotMatch(told(code).message, /undefined|NaN/, code);
  }
});

test("what somebody has to change leads to the account", () => {
  for (const code of ["trial_ended", "feature_off", "provider_not_allowed", "text_too_long"])
    assert.ok(told(code).seeAccount && !told(code).retryable, code);
});
