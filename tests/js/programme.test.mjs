import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Playback } from "../../static/js/player/playback.js";
import { Programme } from "../../static/js/player/programme.js";
import { Queue } from "../../static/js/player/queue.js";
import { Taste } from "../../static/js/player/taste.js";
import { ids, item, Memory, Ways } from "./items.mjs";

let page, ways, queue, taste, playback, programme;

beforeEach(() => {
  page = ["1", "2", "3"].map((id) => item(id));
  ways = new Ways();
  queue = new Queue();
  taste = new Taste(new Memory());
  playback = new Playback({}, ways.open, taste);
  programme = new Programme(playback, queue, taste, () => page);
});

const arrive = (id) => {
  page.push(item(id));
  programme.arrive(page.at(-1));
};

test("what is asked for is heard at once, and in place of what was", () => {
  programme.request(page[0]);
  programme.request(page[2]);
  assert.deepEqual(ways.played, ["1", "3"]);
  assert.equal(ways.opened[0].opening.signal.aborted, true);
});

test("to ask for what is paused is to go on", () => {
  programme.request(page[0]);
  playback.pause();
  programme.request(page[0]);
  assert.equal(ways.opened.length, 1);
  assert.deepEqual(ways.last.asked, ["play", "pause", "play"]);
});

test("a reply that comes while another is heard waits its turn", () => {
  programme.request(page[0]);
  arrive("4");
  arrive("5");
  assert.deepEqual(ways.played, ["1"]);
  ways.last.tell("ended");
  ways.last.tell("ended");
  ways.last.tell("ended");
  assert.deepEqual(ways.played, ["1", "4", "5"]);
  assert.equal(playback.state, "idle");
});

test("a reply that comes in silence is heard only by who reads on", () => {
  arrive("4");
  assert.deepEqual(ways.played, []);
  programme.readOn(true);
  arrive("5");
  assert.deepEqual(ways.played, ["5"]);
});

test("who reads on hears what follows, and what comes, in the order of the page", () => {
  programme.readOn(true);
  programme.request(page[1]);
  arrive("4");
  ways.last.tell("ended");
  ways.last.tell("ended");
  assert.deepEqual(ways.played, ["2", "3", "4"]);
});

test("reading on can be decided while something is heard", () => {
  programme.request(page[0]);
  programme.readOn(true);
  assert.deepEqual(ids(queue.upcoming), ["2", "3"]);
});

test("a reply that comes while the one before has failed waits until that is decided", () => {
  programme.readOn(true);
  programme.request(page[2]);
  ways.last.tell("failed", new Error("broken off"));
  arrive("4");
  assert.deepEqual(ways.played, ["3"]);
  programme.next();
  assert.deepEqual(ways.played, ["3", "4"]);
});

test("next is who waits, or else the reply below; previous is the reply above", () => {
  programme.request(page[1]);
  queue.add(item("x"));
  programme.next();
  assert.equal(playback.item.id, "x");
  programme.request(page[1]);
  programme.next();
  assert.equal(playback.item.id, "3");
  programme.previous();
  programme.previous();
  programme.previous();
  assert.equal(playback.item.id, "1");
});

test("the newest is the last who waits, or else the last of the page", () => {
  programme.newest();
  assert.equal(playback.item.id, "3");
  arrive("4");
  arrive("5");
  programme.newest();
  assert.equal(playback.item.id, "5");
  assert.deepEqual(queue.upcoming, []);
});

test("another conversation may be shown meanwhile: what waits is heard all the same", () => {
  programme.request(page[0]);
  arrive("4");
  page = [];
  ways.last.tell("ended");
  assert.equal(playback.item.id, "4");
  assert.equal(programme.beside(1), undefined);
});

test("with a conversation goes what is heard of it", () => {
  programme.request(page[0]);
  programme.forget("/calls/c/messages");
  assert.deepEqual([playback.item, playback.state, queue.current], [null, "idle", null]);
});

test("toggling goes from silence to the newest reply, to a pause, and on", () => {
  programme.toggle();
  assert.equal(playback.item.id, "3");
  programme.toggle();
  assert.equal(playback.state, "paused");
  programme.toggle();
  assert.equal(playback.state, "playing");
});

test("who waits can be heard now, or not at all", () => {
  programme.request(page[0]);
  for (const id of ["4", "5", "6"]) arrive(id);
  programme.remove("4");
  programme.play("6");
  assert.equal(playback.item.id, "6");
  assert.deepEqual(ids(queue.upcoming), ["5"]);
});
