// What is done about a failure on the way to the ear, before anybody hears of it.

import { ask, BROKEN_OFF, Failure, TAP, whyNotHeard } from "../ask.js";

/** The server has the audio, and this way cannot play it, or no longer: an address that ended, a stream that broke. */
export const UNPLAYABLE = new Failure("The audio broke off.", { retryable: true });

/** Another server has all of it, which only the audio element may ask. */
export const ELSEWHERE = new Failure("The audio is elsewhere.", { retryable: true });

const OURS = new Set([UNPLAYABLE, ELSEWHERE, BROKEN_OFF, TAP]);

/** What nobody would miss at the end. */
const MISSED_S = 1;

const FORBIDDEN = 403;
const UNSPEAKABLE = 422;
const GONE = 410;
const SERVER_ERROR = 500;

/**
 * - `renew`: the same way again, with a fresh address, at the same second;
 * - `descend`: the next way down, at the same second;
 * - `speak`: the server cannot speak, so the browser does;
 * - `tell`: it is for the person to decide: a refusal with its reason, a missing gesture, a network that is away.
 *
 * @typedef {"renew" | "descend" | "speak" | "tell"} Remedy
 */

/**
 * @param {Failure} failure
 * @param {boolean} moved whether anything was heard since it was renewed last, or it never was
 * @returns {Remedy}
 */
export function remedyFor(failure, moved) {
  if (failure === ELSEWHERE) return "descend";
  if (failure === UNPLAYABLE) return moved ? "renew" : "descend";
  if (failure.status === FORBIDDEN || failure.status === GONE) return moved ? "renew" : "tell";
  return failure.status >= SERVER_ERROR || failure.status === UNSPEAKABLE ? "speak" : "tell";
}

/** Whether it is the network, or the server, that cannot be reached. @param {Failure} failure */
export function isAway(failure) {
  return failure.status === 0 && failure.retryable && !OURS.has(failure);
}

/**
 * Why a stream that seems to be over is not; null where it is, as far as anybody knows.
 *
 * @param {string} message where it is told how long it is
 * @param {number} duration of all of it, in seconds; NaN where that is not known yet
 * @param {number} heard seconds of it
 * @returns {Promise<Failure | null>}
 */
export async function cutShort(message, duration, heard) {
  try {
    const all = Number.isNaN(duration) ? (await ask(message)).duration : duration;
    return heard + MISSED_S < all ? UNPLAYABLE : null;
  } catch (failure) {
    return failure instanceof Failure && isAway(failure) ? failure : null;
  }
}

/**
 * Why audio the server began to send could not be heard to its end.
 *
 * @param {string} src
 */
export async function whyBroken(src) {
  const failure = await whyNotHeard(src);
  return failure === BROKEN_OFF ? UNPLAYABLE : failure;
}
