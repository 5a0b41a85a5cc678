import assert from "node:assert/strict";
import { test } from "node:test";

import { Following } from "../../static/js/player/following.js";

const SIGHT = { top: 60, bottom: 660 };

test("a sentence in sight is left where it is", () => {
  assert.equal(new Following().distance({ top: 60, bottom: 100 }, SIGHT), 0);
});

test("a sentence below comes to a third of the sight, and so does one above", () => {
  const following = new Following();
  assert.equal(following.distance({ top: 700, bottom: 740 }, SIGHT), 700 - 260);
  assert.equal(following.distance({ top: -300, bottom: -260 }, SIGHT), -300 - 260);
});

test("a sentence larger than the sight begins at its top", () => {
  assert.equal(new Following().distance({ top: 900, bottom: 1900 }, SIGHT), 900 - 60);
});

test("who scrolled away is left alone", () => {
  const following = new Following();
  following.yield();
  assert.equal(following.distance({ top: 900, bottom: 940 }, SIGHT), 0);
});

test("who came back to where it is read is followed again", () => {
  const following = new Following();
  following.yield();
  following.distance({ top: 300, bottom: 340 }, SIGHT);
  assert.notEqual(following.distance({ top: 700, bottom: 740 }, SIGHT), 0);
});
