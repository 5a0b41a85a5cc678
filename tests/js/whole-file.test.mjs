import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { WholeFile } from "../../static/js/player/ways/whole-file.js";
import { FakeAudio, heard } from "./audio.mjs";
import { item } from "./items.mjs";

const settled = () => new Promise((done) => setTimeout(done, 5));

let audio, answer;

beforeEach(() => {
  globalThis.document = { querySelector: () => null };
  audio = new FakeAudio();
  answer = async () => new Response("audio", { headers: { "Content-Type": "audio/mpeg" } });
  mock.method(URL, "createObjectURL", () => "blob:file");
  mock.method(globalThis, "fetch", (url) => (url.startsWith("/tts/") ? answer() : Promise.resolve(Response.json({ duration: 4 }))));
});

function opened(t, more = {}) {
  const closing = new AbortController();
  const way = new WholeFile(item("a"), { audio, at: 2, rate: 1, volume: 1, signal: closing.signal, ...more });
  t.after(() => closing.abort());
  return Object.assign(way, { closing, told: heard(way, "failed") });
}

test("it is played when all of it is there, from the second that was asked for", async (t) => {
  const way = opened(t);
  way.play();
  assert.deepEqual([audio.src, audio.paused, way.position], ["", true, 2]);
  await settled();
  assert.deepEqual([audio.src, audio.paused, audio.currentTime], ["blob:file", false, 2]);
});

test("who paused before it was there hears nothing, until asking again", async (t) => {
  const way = opened(t);
  way.play();
  way.pause();
  await settled();
  assert.equal(audio.paused, true);
  way.play();
  assert.equal(audio.paused, false);
});

test("a refusal is told, and trying again fetches it anew", async (t) => {
  const good = answer;
  answer = async () => Response.json({}, { status: 503 });
  const way = opened(t);
  way.play();
  await settled();
  assert.equal(way.told[0][1].status, 503);
  answer = good;
  way.play();
  await settled();
  assert.deepEqual([audio.src, audio.paused, audio.currentTime], ["blob:file", false, 2]);
});

test("nothing is played or told after it was closed, and the memory is given back", async (t) => {
  const revoked = mock.method(URL, "revokeObjectURL", () => {});
  const way = opened(t);
  way.play();
  way.closing.abort();
  await settled();
  assert.deepEqual([audio.src, way.told], ["", []]);
  const heardFirst = opened(t);
  await settled();
  heardFirst.closing.abort();
  assert.equal(revoked.mock.callCount(), 1);
});
