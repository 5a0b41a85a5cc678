import assert from "node:assert/strict";
import { test } from "node:test";

import { aligned, wordsOf } from "../../static/js/player/alignment.js";

/** The words of `shown` that the words of `spoken` are, and dashes. */
function likes(spoken, shown) {
  const places = wordsOf(shown);
  return aligned(wordsOf(spoken), places).map((index) => places[index]?.word ?? "-");
}

test("words have places, without their case and their marks", () => {
  assert.deepEqual(wordsOf("“Où”, said Élan-2!"), [
    { word: "où", from: 1, to: 3 },
    { word: "said", from: 6, to: 10 },
    { word: "élan", from: 11, to: 15 },
    { word: "2", from: 16, to: 17 },
  ]);
});

test("what is said as it is written is found word by word", () => {
  assert.deepEqual(likes("Hello there, you", "hello THERE you."), ["hello", "there", "you"]);
});

test("what is said in other words is left out, and the rest is found", () => {
  const spoken = "It costs twelve dollars and fifty cents, and not a cent more.";
  const expected = ["it", "costs", "-", "-", "-", "-", "-", "and", "not", "a", "cent", "more"];
  assert.deepEqual(likes(spoken, "It costs $12.50, and not a cent more."), expected);
});

test("code nobody reads out is passed over, however long", () => {
  const code = "let the number be more than one; ".repeat(50);
  const shown = `Look at this: ${code} Now you know the number.`;
  const spoken = "Look at this: A piece of code. Now you know the number.";
  assert.deepEqual(likes(spoken, shown).slice(-5), ["now", "you", "know", "the", "number"]);
});

test("one word that happens to be the same is no meeting", () => {
  assert.deepEqual(likes("We left out a whole table. The end is near.", "We left the end is near."), [
    ...["we", "left", "-", "-", "-", "-"],
    ...["the", "end", "is", "near"],
  ]);
});

test("where nothing is alike, nothing is found", () => {
  assert.deepEqual(likes("Nothing of this", "是一个 很长 的 句子"), ["-", "-", "-"]);
});

test("words of any script are found", () => {
  assert.deepEqual(likes("שלום עולם", "שלום, עולם!"), ["שלום", "עולם"]);
});
