import assert from "node:assert/strict";
import { test } from "node:test";

import { Script } from "../../static/js/player/script.js";

const TEXT = "The sum is 3.\nSee the code: x = 1; It works well.";
const SENTENCES = ["The sum is three.", "See the code:", "A piece of code.", "It works well."].map((text, index) => ({
  text,
  start: 2 * index,
  end: 2 * index + 2,
  from: 0,
  to: 0,
}));

const script = new Script(SENTENCES, TEXT);

const shown = (second) => {
  const heard = script.at(second);
  return heard && TEXT.slice(heard.sentence.from, heard.sentence.to);
};

test("what is heard at a second is where it stands in the text", () => {
  assert.deepEqual([0, 2, 6.5, 99].map(shown), ["The sum is", "See the code", "It works well", "It works well"]);
});

test("of what is not in the text nothing is shown", () => {
  assert.equal(shown(4.5), null);
});

test("so is the word, and a word that is not in the text is none", () => {
  const words = [0.1, 0.7, 1.9].map((second) => script.at(second).word?.word);
  assert.deepEqual(words, ["the", "sum", undefined]);
});

test("a place in the text tells the second at which its sentence begins", () => {
  const seconds = ["sum", "code", "well"].map((word) => script.secondOf(TEXT.indexOf(word) + 1));
  assert.deepEqual(seconds, [0, 2, 6]);
});

test("a place nobody reads out tells none", () => {
  assert.equal(script.secondOf(TEXT.indexOf("x =")), null);
});
