import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Queue } from "../../static/js/player/queue.js";
import { heard } from "./audio.mjs";
import { ids, item } from "./items.mjs";

let queue;

beforeEach(() => {
  queue = new Queue();
  queue.start(item("a"));
  for (const id of ["b", "c", "d"]) queue.add(item(id));
});

test("who comes first is heard first", () => {
  const order = [];
  while (queue.advance()) order.push(queue.current.id);
  assert.deepEqual(order, ["b", "c", "d"]);
  assert.equal(queue.current.id, "d");
});

test("nobody waits twice, nor while being heard", () => {
  queue.add(item("c"));
  queue.add(item("a"));
  assert.deepEqual(ids(queue.upcoming), ["b", "c", "d"]);
});

test("who is started out of turn waits no longer, the others do", () => {
  queue.start(item("c"));
  assert.equal(queue.current.id, "c");
  assert.deepEqual(ids(queue.upcoming), ["b", "d"]);
});

test("the newest passes over all others", () => {
  assert.equal(queue.newest().id, "d");
  assert.deepEqual(queue.upcoming, []);
  assert.equal(queue.newest(), null);
  assert.equal(queue.current.id, "d");
});

test("who is removed is not heard", () => {
  queue.remove("b");
  assert.equal(queue.advance().id, "c");
});

test("what is cleared no longer waits, and what is heard is heard on", () => {
  queue.clear();
  assert.deepEqual([queue.current.id, queue.upcoming], ["a", []]);
});

test("of a conversation that is gone nothing waits", () => {
  queue.add(item("x", { conversation: "/calls/other/messages" }));
  queue.forget("/calls/c/messages");
  assert.deepEqual(ids(queue.upcoming), ["x"]);
});

test("what is learnt of an item is known wherever it stands", () => {
  queue.revise("a", { live: true });
  queue.revise("c", { live: true });
  assert.deepEqual([queue.current.live, queue.upcoming[0].live, queue.upcoming[1].live], [true, false, true]);
});

test("every change is told", () => {
  const told = heard(queue, "change");
  queue.advance();
  queue.remove("c");
  queue.empty();
  assert.equal(told.length, 3);
});
