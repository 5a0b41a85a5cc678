import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { LockScreen } from "../../static/js/player/media-session.js";
import { item } from "./items.mjs";

class FakeSession {
  actions = {};
  setActionHandler = (action, act) => {
    if (action === "stop") throw new TypeError("unknown here");
    this.actions[action] = act;
  };
  setPositionState = mock.fn();
}

let session, controls, lockScreen;

beforeEach(() => {
  globalThis.MediaMetadata = class {
    constructor(facts) {
      Object.assign(this, facts);
    }
  };
  session = new FakeSession();
  controls = Object.fromEntries(
    ["play", "pause", "stop", "next", "previous", "seek", "nudge"].map((name) => [name, mock.fn()]),
  );
  lockScreen = new LockScreen(session, controls);
});

test("what is pressed there is done here, as far as the browser knows of it", () => {
  session.actions.play();
  session.actions.nexttrack();
  session.actions.seekbackward({});
  session.actions.seekto({ seekTime: 4 });
  assert.equal(controls.play.mock.callCount(), 1);
  assert.equal(controls.next.mock.callCount(), 1);
  assert.deepEqual(controls.nudge.mock.calls[0].arguments, [-10]);
  assert.deepEqual(controls.seek.mock.calls[0].arguments, [4]);
});

test("what is heard is named there", () => {
  lockScreen.show(item("a", { label: "Good morning." }));
  assert.equal(session.metadata.title, "Good morning.");
  lockScreen.show(null);
  assert.equal(session.metadata, null);
});

test("its state is shown there", () => {
  const shown = ["playing", "loading", "paused", "idle"].map((state) => (lockScreen.become(state), session.playbackState));
  assert.deepEqual(shown, ["playing", "playing", "paused", "none"]);
});

test("a place is shown once the duration is known, and never beyond it", () => {
  lockScreen.place(3, NaN, 1);
  lockScreen.place(12, 10, 1.25);
  const [[unknown], [known]] = session.setPositionState.mock.calls.map((call) => call.arguments);
  assert.equal(unknown, undefined);
  assert.deepEqual(known, { duration: 10, position: 10, playbackRate: 1.25 });
});

test("a browser without a lock screen is left in peace", () => {
  const nowhere = new LockScreen(undefined, controls);
  nowhere.show(item("a"));
  nowhere.become("playing");
  nowhere.place(1, 2, 1);
});
