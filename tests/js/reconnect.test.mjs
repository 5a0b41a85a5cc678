import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { BackOff } from "../../static/js/player/reconnect.js";
import { Notifications } from "../../static/js/player/socket.js";
import { heard } from "./audio.mjs";

class FakeSocket {
  sent = [];
  closed = false;
  send = (text) => this.sent.push(JSON.parse(text));
  close = () => { this.closed = true; };
  hears = (told) => this.onmessage({ data: JSON.stringify(told) });
}

let sockets, news;

beforeEach(() => {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  sockets = [];
  const connect = () => sockets[sockets.push(new FakeSocket()) - 1];
  news = new Notifications("ws://aloud/ws/notifications", { connect, backOff: new BackOff(() => 1) });
  news.open();
});

const last = () => sockets.at(-1);
const drop = (code = 1006) => last().onclose({ code });

test("waits grow to half a minute, and are never the same for all", () => {
  const longest = new BackOff(() => 1), shortest = new BackOff(() => 0);
  assert.deepEqual(Array.from({ length: 8 }, () => longest.next()), [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]);
  assert.deepEqual(Array.from({ length: 3 }, () => shortest.next()), [250, 500, 1000]);
  longest.reset();
  assert.equal(longest.next(), 500);
});

test("what the server tells is told on", () => {
  const told = heard(news, "audio-ready", "audio-failed");
  last().onopen();
  last().hears({ type: "audio-ready", message_id: "1", cursor: "7" });
  assert.deepEqual(told, [["audio-ready", { type: "audio-ready", message_id: "1", cursor: "7" }]]);
});

test("after a break the server is asked for what came since", () => {
  last().onopen();
  assert.deepEqual(last().sent, [{ type: "since", cursor: null }]);
  last().hears({ type: "audio-ready", message_id: "1", cursor: "7" });
  drop();
  mock.timers.tick(500);
  last().onopen();
  assert.deepEqual(last().sent, [{ type: "since", cursor: "7" }]);
});

test("each vain try is followed by a longer wait", () => {
  drop();
  mock.timers.tick(500);
  drop();
  mock.timers.tick(999);
  assert.equal(sockets.length, 2);
  mock.timers.tick(1);
  assert.equal(sockets.length, 3);
});

test("when the network is back nobody waits", () => {
  drop();
  news.hurry();
  news.hurry();
  assert.equal(sockets.length, 2);
});

test("who is not signed in, not allowed or not understood does not knock again", () => {
  for (const code of [4400, 4401, 4403]) {
    const before = sockets.length;
    drop(code);
    mock.timers.tick(60_000);
    assert.equal(sockets.length, before);
    news.open();
  }
});

test("a line that is dead without being closed is given up", () => {
  last().onopen();
  mock.timers.tick(25_000);
  assert.deepEqual(last().sent.slice(1), [{ type: "ping" }]);
  last().hears({ type: "pong" });
  mock.timers.tick(25_000);
  mock.timers.tick(10_000);
  assert.equal(sockets.length, 2);
  assert.equal(sockets[0].closed, true);
});

test("a closed socket stays closed, whatever it still says", () => {
  news.close();
  drop();
  mock.timers.tick(60_000);
  assert.equal(sockets.length, 1);
});
