import assert from "node:assert/strict";
import { test } from "node:test";

import { worthMaking } from "../../static/js/player/prefetch.js";
import { item } from "./items.mjs";

const REPLIES = [item("1", { live: true }), item("2", { live: true })];
const LISTENER = { listens: true, savesData: false, asked: new Set() };

test("somebody who listens has the newest reply made, and only that", () => {
  assert.equal(worthMaking(REPLIES, LISTENER).id, "2");
});

test("who never listens, who saves data and who has asked already has nothing made", () => {
  assert.equal(worthMaking(REPLIES, { ...LISTENER, listens: false }), null);
  assert.equal(worthMaking(REPLIES, { ...LISTENER, savesData: true }), null);
  assert.equal(worthMaking(REPLIES, { ...LISTENER, asked: new Set(["2"]) }), null);
});

test("what is ready, and what is not there, is not made", () => {
  assert.equal(worthMaking([item("1", { live: false })], LISTENER), null);
  assert.equal(worthMaking([], LISTENER), null);
});
