import assert from "node:assert/strict";
import { test } from "node:test";

import { sentenceFrom } from "../../static/js/player/sentences.js";

const SENTENCES = [0.2, 2, 5].map((start) => ({ text: "", start, end: start + 1, from: 0, to: 0 }));

test("the next sentence is the first that begins later", () => {
  assert.equal(sentenceFrom(SENTENCES, 0, 1), 0.2);
  assert.equal(sentenceFrom(SENTENCES, 2, 1), 5);
  assert.equal(sentenceFrom(SENTENCES, 6, 1), null);
});

test("going back leads to the beginning, and from near a beginning to the one before", () => {
  assert.equal(sentenceFrom(SENTENCES, 4, -1), 2);
  assert.equal(sentenceFrom(SENTENCES, 2.5, -1), 0.2);
  assert.equal(sentenceFrom(SENTENCES, 0.5, -1), 0.2);
});

test("where no sentence is known there is none to go to", () => {
  assert.equal(sentenceFrom(undefined, 3, 1), null);
  assert.equal(sentenceFrom([], 3, -1), null);
});
