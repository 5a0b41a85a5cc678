import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { BoundedBuffer } from "../../static/js/player/buffer.js";
import { FakeAudio } from "./audio.mjs";

const CHUNK_S = 10;

/** Holds seconds instead of bytes, and at most so many. */
class FakeSourceBuffer extends EventTarget {
  updating = false;
  start = 0;
  end = 0;
  most = Infinity;
  room_s = Infinity;

  get buffered() {
    return { length: Number(this.end > this.start), start: () => this.start, end: () => this.end };
  }

  appendBuffer() {
    if (this.end - this.start + CHUNK_S > this.room_s) throw Object.assign(new Error(), { name: "QuotaExceededError" });
    this.update(() => (this.end += CHUNK_S));
  }

  remove(_from, to) {
    this.update(() => (this.start = to));
  }

  update(act) {
    assert.equal(this.updating, false);
    this.updating = true;
    queueMicrotask(() => {
      act();
      this.updating = false;
      this.dispatchEvent(new Event("updateend"));
    });
  }
}

const settled = () => new Promise(setImmediate);

let source, audio, closing, buffer;

beforeEach(() => {
  source = new FakeSourceBuffer();
  audio = new FakeAudio();
  closing = new AbortController();
  buffer = new BoundedBuffer(source, audio, closing.signal);
});

/** Append all of a long audio; `place` is told how far that is. */
async function feed(chunks) {
  for (let chunk = 0; chunk < chunks; chunk++) await buffer.append(new Uint8Array(1));
}

async function hear(second) {
  audio.fire("timeupdate", { currentTime: second });
  await settled();
}

test("what is far ahead waits until it is nearly heard", async () => {
  const feeding = feed(20);
  await settled();
  assert.equal(source.end, 100);
  await hear(15);
  assert.equal(source.end, 110);
  for (let second = 20; second <= 200; second += 5) await hear(second);
  await feeding;
  assert.equal(source.end, 200);
});

test("twenty minutes are never held at once", async () => {
  const feeding = feed(120);
  let most = 0;
  for (let second = 0; second <= 1200; second += 5) {
    await hear(second);
    most = Math.max(most, source.end - source.start);
  }
  await feeding;
  assert.equal(source.end, 1200);
  assert.ok(most <= 140, `${most} seconds`);
});

test("a browser with less room gets what it has room for", async () => {
  source.room_s = 40;
  const feeding = feed(10);
  for (let second = 0; second <= 100; second += 5) await hear(second);
  await feeding;
  assert.equal(source.end, 100);
});

test("a place far ahead is read up to without a pause", async () => {
  audio.currentTime = 1000;
  await feed(100);
  assert.equal(source.end, 1000);
  assert.ok(source.end - source.start <= 140);
});

test("who waits is let go when nobody wants it any more", async () => {
  const feeding = feed(20);
  await settled();
  closing.abort(new Error("closed"));
  await assert.rejects(feeding, /closed/);
});
