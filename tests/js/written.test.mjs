import assert from "node:assert/strict";
import { test } from "node:test";

import { written } from "../../static/js/written.js";

test("figures are written as the tables beside them are", () => {
  assert.equal(written(1234, "count"), "1,234");
  assert.equal(written(0.594, "share"), "59.4%");
  assert.equal(written(0.3531, "seconds"), "0.353s");
  assert.equal(written(1234.56, "minutes"), "1,234.6");
});

test("less than a cent is still something", () => {
  assert.equal(written(12.5, "dollars"), "$12.50");
  assert.equal(written(0, "dollars"), "$0.00");
  assert.equal(written(0.000165, "dollars"), "$0.000165");
});

test("a day without a figure has a dash", () => {
  assert.equal(written(null, "share"), "–");
  assert.equal(written(undefined, "dollars"), "–");
});
