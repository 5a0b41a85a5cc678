import assert from "node:assert/strict";
import { test } from "node:test";

import { commandsFor } from "../../static/js/player/commands.js";
import { commandOf, globalCommandOf } from "../../static/js/player/shortcuts.js";

const on = (...kinds) => ({ matches: (css) => kinds.some((kind) => css.includes(kind)) });
const press = (key, target = on(), more = {}) => commandOf({ key, target, ...more });

test("letters are commands, large and small", () => {
  assert.deepEqual(["k", "K", "n", ".", "?"].map((key) => press(key)), ["toggle", "toggle", "next", "sentence-next", "help"]);
});

test("what somebody presses with Control, Alt or Command is theirs", () => {
  for (const more of [{ ctrlKey: true }, { altKey: true }, { metaKey: true }])
    assert.equal(press("k", on(), more), undefined);
});

test("a button keeps its space, and a slider its arrows", () => {
  assert.equal(press(" ", on("button")), undefined);
  assert.equal(press(" "), "toggle");
  assert.equal(press("ArrowLeft", on("input[type=range]")), undefined);
  assert.equal(press("ArrowLeft", on("button")), "back");
});

test("keys that mean nothing do nothing", () => {
  assert.deepEqual(["x", "Tab", "Enter", "Escape"].map((key) => press(key)), Array(4).fill(undefined));
});

test("one pair acts anywhere, whatever letter Alt makes of it", () => {
  const pair = { code: "KeyP", key: "π", altKey: true };
  assert.equal(globalCommandOf(pair), "toggle");
  assert.equal(globalCommandOf({ ...pair, shiftKey: true }), "focus");
  assert.equal(globalCommandOf({ ...pair, ctrlKey: true }), undefined);
  assert.equal(globalCommandOf({ ...pair, altKey: false }), undefined);
});

test("every key has a command that there is", () => {
  const known = new Set([...Object.keys(commandsFor({})), "queue", "settings", "help"]);
  const keys = [..."k npljm,.c+=-rqsw?", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight"];
  assert.deepEqual(keys.filter((key) => !known.has(press(key))), []);
});
