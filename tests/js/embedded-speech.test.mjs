import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";

import { addressOf } from "../../static/embed/speech.js";

let api;
let answer;
const asked = [];

const server = createServer(async (request, response) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  asked.push({ path: request.url, headers: request.headers, body: JSON.parse(Buffer.concat(parts)) });
  response.writeHead(answer.status, { "Content-Type": "application/json" }).end(answer.body && JSON.stringify(answer.body));
});

before(() => new Promise((listening) => server.listen(0, "127.0.0.1", listening)).then(() => {
  api = `http://127.0.0.1:${server.address().port}`;
}));
after(() => server.close());

const refused = (more = {}) => addressOf({ api, text: "Hello", ...more }).then(assert.fail, (failure) => failure);

test("it asks with the key and the voice, and reads the address from where it asked", async () => {
  answer = { status: 200, body: { audio_url: "/tts/audio/1.mp3?token=2" } };
  assert.equal(await addressOf({ api, key: "aloud_1", text: "Hello", voice: "local:deep" }), `${api}/tts/audio/1.mp3?token=2`);
  const { path, headers, body } = asked.at(-1);
  assert.deepEqual([path, headers.authorization, headers.accept], ["/tts", "Bearer aloud_1", "application/json"]);
  assert.deepEqual(body, { text: "Hello", voice: "local:deep" });
});

test("an address of the storage stays as it is, and without a key none is sent", async () => {
  answer = { status: 202, body: { audio_url: "https://store.example/1.mp3" } };
  assert.equal(await addressOf({ api: `${api}/`, text: "Hello" }), "https://store.example/1.mp3");
  assert.equal(asked.at(-1).headers.authorization, undefined);
});

test("a refusal keeps its code, its words and its time", async () => {
  answer = { status: 429, body: { error: { code: "quota_exceeded", message: "Too much.", retry_after: 30 } } };
  const { code, message, retryAfter } = await refused();
  assert.deepEqual([code, message, retryAfter], ["quota_exceeded", "Too much.", 30]);
});

test("what is no answer of ours is told as it is", async () => {
  answer = { status: 502 };
  assert.equal((await refused()).message, "Speech was answered with 502.");
});

test("where there is nothing to say nothing is asked, or nothing answered", async () => {
  const before = asked.length;
  assert.equal((await refused({ text: "  \n" })).code, "nothing_to_say");
  assert.equal(asked.length, before);
  answer = { status: 204 };
  assert.equal((await refused()).code, "nothing_to_say");
});

test("what cannot be reached says so", async () => {
  assert.equal((await refused({ api: "http://127.0.0.1:1" })).code, "unreachable");
});
