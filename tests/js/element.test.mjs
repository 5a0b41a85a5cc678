import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { BROKEN_OFF } from "../../static/js/ask.js";
import { UNPLAYABLE } from "../../static/js/player/trouble.js";
import { Progressive } from "../../static/js/player/ways/progressive.js";
import { FakeAudio, heard } from "./audio.mjs";
import { item } from "./items.mjs";

const EVENTS = ["playing", "pause", "waiting", "ended", "failed"];
const PATIENCE_MS = 12_000;

const settled = () => new Promise(setImmediate);

let audio, way, told;

beforeEach(() => {
  globalThis.document = { querySelector: () => null };
  mock.method(globalThis, "fetch", async () => Response.json({ duration: 60 }));
  audio = new FakeAudio();
  way = new Progressive(item("a"), { audio, at: 0, rate: 1, volume: 1, signal: new AbortController().signal });
  told = heard(way, ...EVENTS);
});

function stall(t, second) {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  way.play();
  audio.fire("waiting", { currentTime: second });
}

test("a stall is told when it lasts, and trying again goes on at the same second", (t) => {
  stall(t, 7);
  t.mock.timers.tick(PATIENCE_MS - 1);
  assert.deepEqual(told, ["waiting"]);
  t.mock.timers.tick(1);
  assert.deepEqual([told, way.position, audio.src], [["waiting", ["failed", BROKEN_OFF]], 7, ""]);
  way.play();
  assert.deepEqual([audio.src, audio.currentTime, audio.paused], ["/tts/audio/a", 7, false]);
});

test("a stall that ends by itself is no failure", (t) => {
  stall(t, 7);
  audio.fire("playing");
  t.mock.timers.tick(2 * PATIENCE_MS);
  assert.deepEqual(told, ["waiting", "playing"]);
});

test("the first sound may take its time: who makes it has limits of its own", (t) => {
  stall(t, 0);
  t.mock.timers.tick(10 * PATIENCE_MS);
  assert.deepEqual(told, ["waiting"]);
});

test("an error of audio the server has is told as one of this way", async () => {
  way.play();
  audio.fire("error", { error: { code: 2 }, currentTime: 9 });
  await settled();
  assert.deepEqual([told, way.position], [["waiting", ["failed", UNPLAYABLE]], 9]);
});

test("an error is told in the words of the server that refuses", async () => {
  mock.method(globalThis, "fetch", async () => Response.json({ error: { code: "trial_ended" } }, { status: 402 }));
  audio.fire("error", { error: { code: 4 } });
  await settled();
  assert.equal(told[1][1].status, 402);
});

for (const [duration, told_] of [
  [10, ["ended"]],
  [60, [["failed", UNPLAYABLE]]],
  [null, ["ended"]],
]) {
  test(`a stream that ends at 10 of ${duration} seconds is ${told_[0][0] === "failed" ? "cut off" : "over"}`, async () => {
    mock.method(globalThis, "fetch", async () => Response.json({ duration }));
    way.live = true;
    way.duration = NaN;
    audio.fire("ended", { currentTime: 10, duration: 10, ended: true });
    await settled();
    assert.deepEqual([told, way.position], [told_, 10]);
  });
}

test("a stream that ends while nobody can be reached is not over", async () => {
  mock.method(globalThis, "fetch", () => Promise.reject(new TypeError()));
  Object.assign(way, { live: true, duration: NaN });
  audio.fire("ended", { currentTime: 10, ended: true });
  await settled();
  assert.deepEqual([told[0][0], told[0][1].status, way.position], ["failed", 0, 10]);
});
