import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { TAP } from "../../static/js/ask.js";
import { PACE } from "../../static/js/player/spoken-text.js";
import { BrowserVoice, hasVoice } from "../../static/js/player/ways/browser-voice.js";
import { heard } from "./audio.mjs";
import { item } from "./items.mjs";

const EVENTS = ["playing", "pause", "ended", "failed"];
const TEXT = "The first sentence. And the second one.";
const SECOND_S = 19 / PACE;

let synthesis, said;

class FakeUtterance {
  constructor(text) {
    this.text = text;
  }
}

beforeEach(() => {
  said = [];
  synthesis = {
    voices: [{ lang: "en", localService: true, default: true }],
    cancelled: 0,
    getVoices: () => synthesis.voices,
    speak: (utterance) => said.push(utterance),
    cancel: () => synthesis.cancelled++,
  };
  globalThis.speechSynthesis = synthesis;
  globalThis.SpeechSynthesisUtterance = FakeUtterance;
  globalThis.document = { documentElement: { lang: "en" } };
});

function opened(text = TEXT, at = 0) {
  const closing = new AbortController();
  const way = new BrowserVoice(item("a", { text }), { at, rate: 1.5, volume: 0.4, signal: closing.signal });
  return Object.assign(way, { closing, told: heard(way, ...EVENTS) });
}

const now = () => said.at(-1);

/** Speak to the end of the sentence. */
function finish() {
  const utterance = now();
  utterance.onstart();
  utterance.onend();
}

test("a browser without voices cannot", () => {
  assert.equal(hasVoice(), true);
  synthesis.voices = [];
  assert.equal(hasVoice(), false);
  delete globalThis.speechSynthesis;
  assert.equal(hasVoice(), false);
});

test("it is read sentence by sentence to the end, at the speed and as loud as is liked", () => {
  const way = opened();
  way.play();
  finish();
  finish();
  assert.deepEqual(said.map(({ text }) => text), ["The first sentence.", "And the second one."]);
  assert.ok(said.every(({ rate, volume, lang }) => rate === 1.5 && volume === 0.4 && lang === "en"));
  assert.deepEqual(way.told, ["playing", "playing", "ended"]);
  assert.equal(way.position, way.duration);
  way.close();
});

test("after a pause it goes on at the word it had come to", () => {
  const way = opened();
  way.play();
  now().onstart();
  now().onboundary({ charIndex: 10 });
  way.pause();
  now().onerror({ error: "interrupted" });
  way.play();
  assert.deepEqual([now().text, way.told], ["sentence.", ["playing", "pause"]]);
  way.close();
});

test("a seek goes to the beginning of a sentence", () => {
  const way = opened();
  way.play();
  way.seek(SECOND_S + 0.5);
  assert.deepEqual([now().text, way.position, synthesis.cancelled], ["And the second one.", SECOND_S, 1]);
  way.pause();
  way.seek(0.3);
  assert.deepEqual([said.length, way.position], [2, 0]);
});

test("it takes over where another way had come to", () => {
  const way = opened(TEXT, SECOND_S + 0.2);
  way.play();
  assert.equal(now().text, "And the second one.");
  assert.equal(opened(TEXT, 99).position, SECOND_S);
  way.close();
});

test("another speed is heard at once, from the same word on", () => {
  const way = opened();
  way.play();
  now().onstart();
  now().onboundary({ charIndex: 4 });
  way.rate = 2;
  assert.deepEqual([now().text, now().rate], ["first sentence.", 2]);
  way.close();
});

test("its sentences are its captions", () => {
  const { captions } = opened();
  assert.deepEqual(captions.sentences.map(({ start }) => start), [0, SECOND_S]);
});

test("a missing gesture is a tap that is wanted, and all else a failure", () => {
  for (const [error, needsTap] of [["not-allowed", true], ["synthesis-failed", false]]) {
    const way = opened();
    way.play();
    now().onerror({ error });
    const [[name, failure]] = way.told;
    assert.deepEqual([name, failure.needsTap, failure === TAP, failure.retryable], ["failed", needsTap, needsTap, true]);
  }
});

test("nothing is said or told after it was closed", () => {
  const way = opened();
  way.play();
  way.closing.abort();
  now().onerror({ error: "canceled" });
  now().onend();
  assert.deepEqual([said.length, way.told, synthesis.cancelled], [1, [], 1]);
});

test("where there is nothing to say it is over at once", () => {
  const way = opened("🎉");
  way.play();
  assert.deepEqual(way.told, ["ended"]);
});
