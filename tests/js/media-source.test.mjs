import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { Failure } from "../../static/js/ask.js";
import { ELSEWHERE, UNPLAYABLE } from "../../static/js/player/trouble.js";
import { FromMediaSource, playsAsSource } from "../../static/js/player/ways/media-source.js";
import { FakeAudio, heard } from "./audio.mjs";
import { item } from "./items.mjs";

const EVENTS = ["waiting", "pause", "ended", "failed", "outgrown"];
const settled = () => new Promise((done) => setTimeout(done, 5));

/** Each byte it is given is a second of audio. */
class FakeSourceBuffer extends EventTarget {
  updating = false;
  seconds = 0;
  dropped = 0;

  get buffered() {
    return { length: Number(this.seconds > this.dropped), start: () => this.dropped, end: () => this.seconds };
  }

  appendBuffer(chunk) {
    this.seconds += chunk.length;
  }

  remove(_from, to) {
    this.dropped = to;
  }
}

class FakeMediaSource extends EventTarget {
  static isTypeSupported = (type) => type === "audio/mpeg";
  static all = [];
  readyState = "open";
  ended = false;

  constructor() {
    super();
    FakeMediaSource.all.push(this);
  }

  addSourceBuffer() {
    return (this.buffer = new FakeSourceBuffer());
  }

  endOfStream() {
    this.ended = true;
  }
}

class FedAudio extends FakeAudio {
  get buffered() {
    return FakeMediaSource.all.at(-1)?.buffer?.buffered ?? { length: 0 };
  }
}

let audio, body, answer, duration, asked;

beforeEach(() => {
  globalThis.MediaSource = FakeMediaSource;
  globalThis.document = { querySelector: () => null };
  mock.method(URL, "createObjectURL", () => "blob:source");
  FakeMediaSource.all.length = 0;
  audio = new FedAudio();
  duration = null;
  asked = 0;
  answer = () => {
    const stream = new ReadableStream({ start: (controller) => (body = controller) });
    return new Response(stream, { headers: { "Content-Type": "audio/mpeg" } });
  };
  mock.method(globalThis, "fetch", async (url) => {
    if (url === "/calls/c/messages/a") return Response.json({ duration });
    asked++;
    return answer();
  });
});

const streams = () => FakeMediaSource.all;
const send = async (seconds) => {
  body.enqueue(new Uint8Array(seconds));
  await settled();
};

async function opened(t, more = {}) {
  const closing = new AbortController();
  const way = new FromMediaSource(item("a", { live: true }), { audio, at: 0, rate: 1, volume: 1, signal: closing.signal, ...more });
  t.after(() => closing.abort());
  Object.assign(way, { closing, told: heard(way, ...EVENTS) });
  way.play();
  await settled();
  return way;
}

test("a type is playable when the browser says so", () => {
  assert.deepEqual([playsAsSource("audio/mpeg"), playsAsSource("audio/ogg")], [true, false]);
  globalThis.MediaSource = undefined;
  assert.equal(playsAsSource("audio/mpeg"), false);
  globalThis.ManagedMediaSource = FakeMediaSource;
  assert.equal(playsAsSource("audio/mpeg"), true);
  delete globalThis.ManagedMediaSource;
});

test("what comes is fed to the element, and its end is told", async (t) => {
  const way = await opened(t);
  await send(3);
  await send(2);
  body.close();
  await settled();
  assert.deepEqual([streams()[0].buffer.seconds, streams()[0].ended, way.told], [5, true, []]);
});

test("what is held is sought in at once, what is to come as soon as it comes", async (t) => {
  const way = await opened(t);
  await send(10);
  audio.currentTime = 4;
  for (const second of [8, 1, 60]) {
    way.seek(second);
    assert.equal(audio.currentTime, second);
  }
  assert.deepEqual([asked, way.told], [1, []]);
});

test("what was heard long ago is read anew while there is no file yet", async (t) => {
  const way = await opened(t);
  await send(10);
  streams()[0].buffer.dropped = 5;
  way.seek(2);
  await settled();
  assert.deepEqual([asked, streams().length, audio.currentTime, audio.paused], [2, 2, 2, false]);
});

test("once there is a file, the file is sought in", async (t) => {
  duration = 600;
  const way = await opened(t);
  await send(10);
  way.seek(300);
  assert.deepEqual([way.told, way.position, way.duration], [["outgrown"], 300, 600]);
});

test("a pause in the middle of a stream leaves it for the file", async (t) => {
  duration = 600;
  const way = await opened(t);
  await send(10);
  audio.currentTime = 6;
  way.pause();
  assert.deepEqual([way.told.includes("outgrown"), way.position], [true, 6]);
});

test("a refusal is told as it is", async (t) => {
  answer = () => Response.json({ error: { code: "quota_exceeded" } }, { status: 429 });
  const [[name, failure]] = (await opened(t)).told;
  assert.deepEqual([name, failure.status, failure.seeAccount], ["failed", 429, true]);
});

test("a network that is away is told as that", async (t) => {
  answer = () => Promise.reject(new TypeError());
  const [[name, failure]] = (await opened(t)).told;
  assert.deepEqual([name, failure.message], ["failed", Failure.unreachable().message]);
});

test("audio on another server, or of a type it cannot play, is for another way", async (t) => {
  answer = () => Object.defineProperty(new Response(null), "type", { value: "opaqueredirect" });
  assert.deepEqual((await opened(t)).told, [["failed", ELSEWHERE]]);
  answer = () => new Response("ogg", { headers: { "Content-Type": "audio/ogg" } });
  assert.deepEqual((await opened(t)).told, [["failed", ELSEWHERE]]);
});

test("of a stream that breaks all that came is heard first", async (t) => {
  const way = await opened(t);
  await send(10);
  audio.currentTime = 3;
  body.error(new TypeError());
  await settled();
  assert.deepEqual(way.told, []);
  audio.fire("waiting", { currentTime: 10 });
  await settled();
  assert.deepEqual(way.told, ["waiting", ["failed", UNPLAYABLE]]);
  assert.equal(way.position, 10);
});

test("after a failure it starts anew where it was", async (t) => {
  const way = await opened(t);
  await send(10);
  audio.currentTime = 10;
  body.error(new TypeError());
  await settled();
  way.play();
  await settled();
  assert.deepEqual([streams().length, audio.currentTime, way.broken], [2, 10, null]);
});

test("closing ends the reading, and lets the element go", async (t) => {
  const way = await opened(t);
  await send(10);
  way.closing.abort();
  await settled();
  assert.deepEqual([audio.src, audio.paused, way.told], ["", true, []]);
});
