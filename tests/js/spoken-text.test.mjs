import assert from "node:assert/strict";
import { test } from "node:test";

import { languageOf, PACE, paced, voiceFor } from "../../static/js/player/spoken-text.js";

test("sentences follow each other, and stand where they are in the text", () => {
  const text = "Hello there. How are you?\n\n… I am well!";
  const { sentences, duration, exact } = paced(text);
  assert.deepEqual(sentences.map(({ text: said }) => said), ["Hello there.", "How are you?", "… I am well!"]);
  assert.ok(sentences.every(({ text: said, from, to }) => text.slice(from, to) === said));
  assert.ok(sentences.every(({ start }, index) => start === (sentences[index - 1]?.end ?? 0)));
  assert.deepEqual([duration, exact], [sentences.at(-1).end, false]);
});

test("an abbreviation ends no sentence, nor does it keep the last one back", () => {
  const said = (text) => paced(text).sentences.map((sentence) => sentence.text);
  assert.deepEqual(said("So. Dr. Smith paid. Thank Mrs. Jones."), ["So. Dr. Smith paid.", "Thank Mrs. Jones."]);
  assert.deepEqual(said("It was Dr."), ["It was Dr."]);
});

test("a sentence takes its time by its letters", () => {
  assert.equal(paced("x".repeat(PACE * 3)).duration, 3);
});

test("a long sentence is said in pieces, cut between words, with nothing lost", () => {
  const text = "word ".repeat(200).trim();
  const { sentences } = paced(text);
  assert.ok(sentences.length > 4 && sentences.every(({ text: said }) => said.length <= 180 && /^word.*word$/.test(said)));
  assert.equal(sentences.map(({ text: said }) => said).join(" "), text);
});

test("a word without end is cut all the same", () => {
  const { sentences } = paced("a".repeat(1000));
  assert.equal(sentences.map(({ text }) => text).join(""), "a".repeat(1000));
});

test("what has neither letter nor figure is not said", () => {
  assert.deepEqual(paced("🎉 — …\n***"), { duration: 0, exact: false, sentences: [] });
});

test("the letters tell a language, or else it is the page's", () => {
  const told = ["你好", "こんにちは世界", "안녕", "Привет", "Hello", "שלום"].map((text) => languageOf(text, "en"));
  assert.deepEqual(told, ["zh", "ja", "ko", "ru", "en", "he"]);
});

test("of a language's voices one that needs no network speaks, and of these the usual one", () => {
  const voices = [
    { lang: "de-DE", localService: true, default: true, name: "d" },
    { lang: "en-US", localService: false, default: false, name: "far" },
    { lang: "en_GB", localService: true, default: false, name: "near" },
  ];
  assert.equal(voiceFor(voices, "en").name, "near");
  assert.equal(voiceFor(voices, "fr").name, "d");
  assert.equal(voiceFor([], "en"), null);
});
