import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Playback } from "../../static/js/player/playback.js";
import { Taste } from "../../static/js/player/taste.js";
import { heard } from "./audio.mjs";
import { item, Memory, Ways } from "./items.mjs";

let ways, taste, playback;

beforeEach(() => {
  ways = new Ways();
  taste = new Taste(new Memory());
  playback = new Playback({}, ways.open, taste);
});

test("the state follows what the way tells", () => {
  const states = [];
  playback.addEventListener("statechange", () => states.push(playback.state));
  playback.start(item("a"));
  for (const name of ["waiting", "playing", "pause", "ended"]) ways.last.tell(name);
  assert.deepEqual(states, ["loading", "playing", "loading", "playing", "paused", "idle"]);
});

test("a failure is kept until it is tried again", () => {
  const failure = new Error("broken off");
  playback.start(item("a"));
  ways.last.tell("failed", failure);
  assert.deepEqual([playback.state, playback.failure], ["error", failure]);
  playback.resume();
  assert.deepEqual([playback.state, playback.failure], ["playing", null]);
  assert.equal(ways.opened.length, 1);
});

test("who was left tells nothing any more", () => {
  playback.start(item("a"));
  const [left] = ways.opened;
  playback.start(item("b"));
  left.tell("failed", new Error("too late"));
  assert.equal(playback.state, "playing");
});

test("a seek stays within the message, and waits until there can be one", () => {
  playback.start(item("a"));
  playback.seek(99);
  playback.nudge(-3);
  playback.nudge(-99);
  ways.last.seekable = false;
  playback.seek(5);
  assert.deepEqual(ways.last.asked.slice(1), [["seek", 10], ["seek", 7], ["seek", 0]]);
});

test("a seek is told as a change of time", () => {
  playback.start(item("a"));
  const told = heard(playback, "timeupdate");
  playback.seek(5);
  assert.deepEqual(told, ["timeupdate"]);
});

test("speed and loudness are those somebody likes, also of what is heard already", () => {
  taste.set({ rate: 1.25, volume: 0.5 });
  playback.start(item("a"));
  assert.deepEqual([ways.last.opening.rate, ways.last.opening.volume], [1.25, 0.5]);
  taste.set({ muted: true });
  assert.deepEqual(ways.last.asked.slice(-2), [["rate", 1.25], ["volume", 0]]);
});

test("a sentence is gone to where its beginning is known", () => {
  playback.start(item("a"));
  playback.sentence(1);
  const sentences = [0, 2, 5].map((start) => ({ text: "", start, end: start + 1, from: 0, to: 0 }));
  ways.last.captions = { duration: 10, exact: true, sentences };
  playback.sentence(1);
  playback.sentence(1);
  playback.sentence(-1);
  assert.deepEqual(ways.last.asked.slice(1), [["seek", 2], ["seek", 5], ["seek", 2]]);
});

test("stopping lets go of everything", () => {
  playback.start(item("a"));
  playback.stop();
  assert.deepEqual([playback.item, playback.way, playback.state], [null, null, "idle"]);
  assert.equal(ways.last.opening.signal.aborted, true);
});
