// How long a message is: while it is being made only the server can know, and only once it is done.

import { ask } from "./ask.js";

const FIRST_WAIT_MS = 250;

/**
 * The seconds of the message at `url`, asked for less and less often; NaN when they are no longer `wanted()`.
 *
 * @param {string} url
 * @param {() => boolean} wanted
 * @returns {Promise<number>}
 */
export async function durationOf(url, wanted) {
  for (let wait = FIRST_WAIT_MS; wanted(); wait *= 2) {
    const { duration } = await ask(url).catch(() => ({}));
    if (duration) return duration;
    await new Promise((done) => setTimeout(done, wait));
  }
  return NaN;
}
