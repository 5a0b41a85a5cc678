import assert from "node:assert/strict";
import { test } from "node:test";

import { labelOf } from "../../static/js/player/item.js";

test("a label is the text, in one line", () => {
  assert.equal(labelOf("  Good\n  morning.  "), "Good morning.");
});

test("a long text is known by its first words", () => {
  const label = labelOf("word ".repeat(100));
  assert.equal(label, `${"word ".repeat(12).trim()}…`);
});
