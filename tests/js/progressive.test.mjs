import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { TAP } from "../../static/js/ask.js";
import { Progressive } from "../../static/js/player/ways/progressive.js";
import { FakeAudio, heard } from "./audio.mjs";

const ITEM = { id: "1", src: "/1.mp3", message: "/1", conversation: "/c", label: "One", text: "One.", live: true };
const EVENTS = ["playing", "pause", "waiting", "timeupdate", "ended", "failed"];

const settled = () => new Promise(setImmediate);

beforeEach(() => {
  globalThis.document = { querySelector: () => null };
  mock.method(globalThis, "fetch", async () => Response.json({ duration: 4 }));
});

function opened(audio, more = {}) {
  const { signal } = new AbortController();
  return new Progressive(ITEM, { audio, at: 0, rate: 1.25, volume: 0.5, signal, ...more });
}

test("opening is silent, and sets rate, volume and place", () => {
  const audio = new FakeAudio();
  opened(audio, { at: 3 });
  assert.deepEqual([audio.src, audio.paused], ["/1.mp3", true]);
  assert.deepEqual([audio.playbackRate, audio.volume, audio.currentTime], [1.25, 0.5, 3]);
});

test("the duration is what the server tells, and lets it be sought in", async () => {
  const way = opened(new FakeAudio());
  assert.deepEqual([way.seekable, way.duration], [false, NaN]);
  await settled();
  assert.deepEqual([way.seekable, way.duration], [true, 4]);
});

test("what the audio does is told, but for the pause at the end", () => {
  const audio = new FakeAudio();
  const told = heard(opened(audio), ...EVENTS);
  audio.fire("playing", { paused: false });
  audio.fire("pause", { ended: true, duration: 4 });
  audio.fire("ended");
  assert.deepEqual(told, ["playing", "ended"]);
});

test("a missing gesture is told as a tap that is wanted", async () => {
  const audio = new FakeAudio();
  audio.refusal = Object.assign(new Error(), { name: "NotAllowedError" });
  const way = opened(audio);
  const told = heard(way, ...EVENTS);
  way.play();
  await settled();
  assert.deepEqual(told, [["failed", TAP]]);
});

test("nothing is told after it was closed", () => {
  const audio = new FakeAudio();
  const closing = new AbortController();
  const way = opened(audio, { signal: closing.signal });
  const told = heard(way, ...EVENTS);
  way.play();
  closing.abort();
  audio.fire("timeupdate");
  assert.deepEqual(told, []);
  assert.equal(audio.paused, true);
});

test("a stream that is sought in is loaded anew, and plays on", () => {
  const audio = new FakeAudio();
  const way = opened(audio);
  way.play();
  audio.fire("loadedmetadata", { duration: Infinity });
  assert.equal(way.live, true);
  way.seek(2);
  assert.deepEqual([audio.currentTime, audio.paused, way.live], [2, false, false]);
});
