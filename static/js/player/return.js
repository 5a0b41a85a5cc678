// Waits for a server that cannot be reached.

import { ask } from "../ask.js";
import { BackOff } from "./reconnect.js";

/** Whoever hears nothing for so long has turned to something else, and would be startled. */
const LONGEST_MS = 120_000;

/**
 * Whether the server answers at `url` again; false when it does not for long, or `signal` is aborted first.
 *
 * @param {string} url
 * @param {AbortSignal} signal
 * @param {{ backOff?: BackOff, longest_ms?: number }} [more]
 * @returns {Promise<boolean>}
 */
export async function returned(url, signal, { backOff = new BackOff(), longest_ms = LONGEST_MS } = {}) {
  const deadline = performance.now() + longest_ms;
  while (performance.now() < deadline) {
    await turn(backOff.next(), signal);
    if (signal.aborted) return false;
    if (await answers(url)) return !signal.aborted;
  }
  return false;
}

/** Whether anybody answers, and be it with a refusal. @param {string} url */
function answers(url) {
  return ask(url).then(
    () => true,
    ({ status }) => status !== 0,
  );
}

/** After a while, or as soon as the browser has a network again. @param {number} wait_ms @param {AbortSignal} signal */
function turn(wait_ms, signal) {
  return new Promise((/** @type {(value?: unknown) => void} */ done) => {
    const timer = setTimeout(done, wait_ms);
    globalThis.addEventListener?.("online", done, { once: true, signal });
    signal.addEventListener("abort", done, { once: true });
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
  });
}
