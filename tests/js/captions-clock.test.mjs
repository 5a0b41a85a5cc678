import assert from "node:assert/strict";
import { test } from "node:test";

import { sentenceAt, wordAt } from "../../static/js/player/captions-clock.js";

const SENTENCES = [
  { text: "a", start: 0.2, end: 1, from: 0, to: 1 },
  { text: "b", start: 1.5, end: 3, from: 2, to: 3 },
  { text: "c", start: 3, end: 9, from: 4, to: 5 },
];

test("a sentence is heard from its beginning until the next one begins", () => {
  const at = [0, 0.2, 0.9, 1.2, 1.5, 2.99, 3, 8, 100].map((second) => sentenceAt(SENTENCES, second));
  assert.deepEqual(at, [-1, 0, 0, 0, 1, 1, 2, 2, 2]);
});

test("where there are no sentences none is heard", () => {
  assert.equal(sentenceAt([], 3), -1);
});

test("in a thousand sentences each is found at its second", () => {
  const many = Array.from({ length: 1000 }, (_, start) => ({ text: "", start, end: start + 1, from: 0, to: 0 }));
  assert.ok(many.every(({ start }) => sentenceAt(many, start + 0.5) === start));
});

test("a long word takes longer than a short one", () => {
  const at = [0, 0.9, 1.1, 8.9, 9.1, 10].map((second) => wordAt({ start: 0, end: 10 }, [0, 7, 0], second));
  assert.deepEqual(at, [0, 0, 1, 1, 2, 2]);
});

test("words follow each other from the first to the last, and never back", () => {
  const lengths = [3, 1, 8, 2, 2, 5];
  const heard = Array.from({ length: 201 }, (_, tick) => wordAt({ start: 2, end: 4 }, lengths, 2 + tick / 100));
  assert.deepEqual([...new Set(heard)], [0, 1, 2, 3, 4, 5]);
  assert.deepEqual(heard, heard.toSorted((a, b) => a - b));
});

test("a sentence that takes no time, or has no words, does no harm", () => {
  assert.equal(wordAt({ start: 1, end: 1 }, [3, 4], 1), 1);
  assert.equal(wordAt({ start: 1, end: 2 }, [], 1), -1);
});
