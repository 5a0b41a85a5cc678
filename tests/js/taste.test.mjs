import assert from "node:assert/strict";
import { test } from "node:test";

import { Taste } from "../../static/js/player/taste.js";
import { Memory } from "./items.mjs";

test("what somebody likes is remembered", () => {
  const memory = new Memory();
  new Taste(memory).set({ rate: 1.25, captions: true });
  const { rate, captions, volume } = new Taste(memory).settings;
  assert.deepEqual([rate, captions, volume], [1.25, true, 1]);
});

test("speed keeps to half and three times, in steps a person can read", () => {
  const taste = new Taste(new Memory());
  const after = (rate) => (taste.set({ rate }), taste.settings.rate);
  assert.deepEqual([0.1, 0.83, 1.1 + 0.1, 7].map(after), [0.5, 0.85, 1.2, 3]);
});

test("who is muted keeps the volume for later", () => {
  const taste = new Taste(new Memory());
  taste.set({ volume: 0.4, muted: true });
  assert.equal(taste.loudness, 0);
  taste.set({ muted: false });
  assert.equal(taste.loudness, 0.4);
});

test("a browser that remembers nothing, or nonsense, still plays", () => {
  const forgetful = { getItem: () => "{", setItem: () => { throw new Error("full"); } };
  const taste = new Taste(forgetful);
  taste.set({ rate: 2 });
  assert.equal(taste.settings.rate, 2);
});
