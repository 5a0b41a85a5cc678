import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { Announcer } from "../../static/js/player/announcer.js";

let said, announcer;

beforeEach(() => {
  said = [];
  announcer = new Announcer((words) => said.push(words));
});

test("in silence it is said at once", () => {
  announcer.announce("A conversation");
  assert.deepEqual(said, ["A conversation"]);
});

test("nothing is said over the speech, and only the last thing after it", () => {
  announcer.hush(false);
  announcer.announce("One");
  announcer.announce("Two");
  assert.deepEqual(said, []);
  announcer.hush(true);
  announcer.hush(true);
  assert.deepEqual(said, ["Two"]);
});

test("what no longer matters is not said at all", () => {
  announcer.hush(false);
  announcer.announce("One");
  announcer.forget();
  announcer.hush(true);
  assert.deepEqual(said, []);
});

test("what matters only now is said in silence or never", () => {
  announcer.mention("Here");
  announcer.hush(false);
  announcer.mention("There");
  announcer.hush(true);
  assert.deepEqual(said, ["Here"]);
});
