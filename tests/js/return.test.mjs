import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { returned } from "../../static/js/player/return.js";

const AT_ONCE = { backOff: { next: () => 0 } };

beforeEach(() => {
  globalThis.document = { querySelector: () => null };
});

function answersAfter(failures, answer = () => Response.json({})) {
  return mock.method(globalThis, "fetch", async () => {
    if (failures-- > 0) throw new TypeError("no network");
    return answer();
  });
}

test("a server that is away is asked until it answers", async () => {
  const fetch = answersAfter(3);
  assert.equal(await returned("/m", new AbortController().signal, AT_ONCE), true);
  assert.equal(fetch.mock.callCount(), 4);
});

test("a refusal is an answer too", async () => {
  answersAfter(0, () => Response.json({}, { status: 503 }));
  assert.equal(await returned("/m", new AbortController().signal, AT_ONCE), true);
});

test("who went away waits for nothing", async () => {
  const leaving = new AbortController();
  const fetch = answersAfter(Infinity);
  const waiting = returned("/m", leaving.signal, { backOff: { next: () => 1e6 } });
  leaving.abort();
  assert.deepEqual([await waiting, fetch.mock.callCount()], [false, 0]);
});

test("after a long time nobody waits any more", async () => {
  answersAfter(Infinity);
  assert.equal(await returned("/m", new AbortController().signal, { ...AT_ONCE, longest_ms: 5 }), false);
});
