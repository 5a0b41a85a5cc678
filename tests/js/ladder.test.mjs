import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { BROKEN_OFF, Failure, TAP } from "../../static/js/ask.js";
import { Ladder } from "../../static/js/player/ladder.js";
import { ELSEWHERE, UNPLAYABLE } from "../../static/js/player/trouble.js";
import { Way } from "../../static/js/player/way.js";
import { heard } from "./audio.mjs";
import { item } from "./items.mjs";

const NAMES = ["media-source", "progressive", "whole-file", "browser-voice"];
const EVENTS = ["playing", "pause", "waiting", "ended", "failed", "descend"];
const MUTE = new Failure("No voice.", { status: 503, retryable: true });
const CAPTIONS = { duration: 9, exact: true, sentences: [] };

const settled = () => new Promise(setImmediate);

class Told extends Way {
  position = 0;
  calls = [];

  constructor(name, wanted, opening) {
    super();
    Object.assign(this, { name, wanted, opening, position: opening.at });
  }

  set rate(rate) {
    this.calls.push(`rate ${rate}`);
  }

  play() {
    this.calls.push("play");
  }

  pause() {
    this.calls.push("pause");
  }
}

let opened, possible, asked, answers;

const rungs = NAMES.map((name) => ({
  name,
  possible: ({ live }) => possible.has(name) && (live || name !== "media-source"),
  open: (wanted, opening) => opened[opened.push(new Told(name, wanted, opening)) - 1],
}));

beforeEach(() => {
  opened = [];
  asked = [];
  answers = {};
  possible = new Set(NAMES);
  globalThis.document = { querySelector: () => null };
  mock.method(globalThis, "fetch", async (url) => {
    asked.push(url);
    return answers[url] ? Response.json(answers[url]) : Response.json({}, { status: 404 });
  });
});

function climb(more = {}, at = 0) {
  const closing = new AbortController();
  const ladder = new Ladder(item("a", { live: true, ...more }), { at, rate: 1, volume: 1, signal: closing.signal }, rungs);
  return Object.assign(ladder, { closing, told: heard(ladder, ...EVENTS) });
}

const now = () => opened.at(-1);

async function fails(failure, position = now().position) {
  now().position = position;
  now().tell("failed", failure);
  await settled();
}

test("what is still being made is heard through a media source, a finished file by its address", () => {
  assert.deepEqual([climb().name, climb({ live: false }).name], ["media-source", "progressive"]);
});

test("a browser that cannot do the best does the next", () => {
  possible.delete("media-source");
  assert.equal(climb().name, "progressive");
});

test("what the rung tells is told on", () => {
  const ladder = climb();
  ladder.play();
  for (const name of ["waiting", "playing", "pause"]) now().tell(name);
  assert.deepEqual(ladder.told, ["waiting", "playing", "pause"]);
});

test("what breaks off is begun anew at the same second, with a fresh address, and nobody hears of it", async () => {
  answers["/calls/c/messages/a"] = { audio_url: "/fresh" };
  const ladder = climb();
  ladder.play();
  await fails(UNPLAYABLE, 7);
  assert.deepEqual([now().wanted.src, now().opening.at, now().name, now().calls], ["/fresh", 7, "media-source", ["play"]]);
  assert.deepEqual(ladder.told, ["waiting"]);
});

test("an address that ended is renewed once", async () => {
  const ladder = climb({ live: false });
  ladder.play();
  const ended = new Failure("Expired.", { status: 403 });
  await fails(ended, 3);
  await fails(ended);
  assert.deepEqual(ladder.told, ["waiting", ["failed", ended]]);
});

test("what cannot be played is tried in every way down to the browser's voice, at the same second", async () => {
  const ladder = climb();
  ladder.play();
  for (let step = 0; step < 4; step++) await fails(UNPLAYABLE, 5);
  assert.deepEqual(opened.map(({ name }) => name), ["media-source", ...NAMES]);
  assert.ok(opened.slice(1).every(({ opening }) => opening.at === 5));
  assert.deepEqual(ladder.told.filter(([name]) => name === "failed"), []);
  assert.deepEqual(ladder.told.at(-1), ["descend", { from: "whole-file", to: "browser-voice" }]);
});

test("audio on another server is for the audio element", async () => {
  climb().play();
  await fails(ELSEWHERE);
  assert.deepEqual([now().name, asked], ["progressive", []]);
});

test("where the server cannot speak the browser does, at once", async () => {
  const ladder = climb();
  ladder.play();
  await fails(MUTE);
  assert.equal(ladder.name, "browser-voice");
  assert.deepEqual(ladder.told, [["descend", { from: "media-source", to: "browser-voice" }]]);
});

test("where the browser has no voice either it is told why", async () => {
  possible.delete("browser-voice");
  const ladder = climb();
  ladder.play();
  await fails(MUTE);
  assert.deepEqual(ladder.told, [["failed", MUTE]]);
});

test("what only the person can decide is told, and tried again on the same rung", async () => {
  for (const failure of [TAP, BROKEN_OFF, new Failure("Too much.", { status: 429 })]) {
    const ladder = climb();
    ladder.play();
    await fails(failure);
    ladder.play();
    assert.deepEqual([ladder.told, now().calls], [[["failed", failure]], ["play", "play"]]);
  }
});

test("after the end what was made is heard again as the file it is by now", () => {
  const ladder = climb();
  ladder.play();
  Object.assign(now(), { duration: 9, position: 9 }).tell("ended");
  ladder.play();
  assert.deepEqual([ladder.name, now().opening.at, now().calls], ["progressive", 0, ["play"]]);
});

test("a file that ended is not opened anew", () => {
  const ladder = climb({ live: false });
  ladder.play();
  now().tell("ended");
  ladder.play();
  assert.deepEqual([opened.length, now().calls], [1, ["play", "play"]]);
});

test("after the browser's voice the server is given another chance", async () => {
  const ladder = climb();
  ladder.play();
  await fails(MUTE);
  now().tell("ended");
  ladder.play();
  assert.equal(ladder.name, "media-source");
});

test("a way that is outgrown is left for the file where it stands, playing or not", () => {
  const ladder = climb();
  ladder.play();
  ladder.pause();
  Object.assign(now(), { duration: 600, position: 42 }).tell("outgrown");
  assert.deepEqual([ladder.name, now().opening.at, now().calls], ["progressive", 42, []]);
  assert.deepEqual([ladder.duration, ladder.position], [NaN, 42]);
});

test("speed and loudness are kept from rung to rung", async () => {
  const ladder = climb();
  ladder.rate = 1.25;
  ladder.volume = 0.5;
  await fails(MUTE);
  assert.deepEqual([opened[0].calls, now().opening.rate, now().opening.volume], [["rate 1.25"], 1.25, 0.5]);
});

test("captions are asked for when the first sound is out, and again when they can be exact", async () => {
  answers["/tts/audio/a/captions"] = { ...CAPTIONS, exact: false };
  const ladder = climb();
  now().tell("durationchange");
  assert.deepEqual(asked, []);
  now().tell("playing");
  await settled();
  assert.equal(ladder.captions.exact, false);
  answers["/tts/audio/a/captions"] = CAPTIONS;
  Object.assign(now(), { duration: 9 }).tell("durationchange");
  await settled();
  assert.deepEqual([ladder.captions, asked.length], [CAPTIONS, 2]);
  now().tell("playing");
  assert.equal(asked.length, 2);
});

test("nothing is told, opened or asked after it was closed", async () => {
  const ladder = climb();
  ladder.play();
  now().tell("failed", UNPLAYABLE);
  ladder.closing.abort();
  await settled();
  now().tell("playing");
  assert.deepEqual([ladder.told, opened.length], [["waiting"], 1]);
});

test("when the server is back it goes on by itself, but not for whoever closed it", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const [stays, leaves] = [climb(), climb()];
  for (const [index, ladder] of [stays, leaves].entries()) {
    ladder.play();
    opened[index].tell("failed", Failure.unreachable());
  }
  leaves.closing.abort();
  mock.timers.tick(1000);
  mock.timers.reset();
  await settled();
  assert.deepEqual(opened.map(({ calls }) => calls.length), [2, 1]);
});
