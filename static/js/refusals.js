// Why something cannot be heard just now, in words for a person: by the codes of docs/api.md.

import { whenAgain } from "./waiting.js";

const STILL_PLAYS = "What you heard before still plays.";
const LONG_WAIT_S = 120;

/** @typedef {{ message: string, retryable?: boolean, seeAccount?: boolean }} Refusal */
/** @typedef {{ code: string, message?: string, limit?: string, retry_after?: number }} ToldError */

/** @type {Record<string, string>} */
const ALLOWANCES = {
  characters_per_day: "today’s characters",
  characters_per_month: "this month’s characters",
  milliseconds_per_month: "this month’s minutes of speech",
  microdollars_per_month: "this month’s money for voices",
};

/**
 * Each tells `message`, whether trying again can help, and whether the account page has more about it.
 *
 * @type {Record<string, (error: ToldError) => Refusal>}
 */
const WORDS = {
  quota_exceeded: ({ limit, retry_after: wait }) => ({
    message: `Too little is left of ${ALLOWANCES[limit ?? ""] ?? "what your plan allows"} for this. It starts anew ${again(wait)}. ${STILL_PLAYS}`,
    seeAccount: true,
  }),
  trial_ended: () => ({
    message: `Your trial is over. Whoever runs this service can give you another plan. ${STILL_PLAYS}`,
    seeAccount: true,
  }),
  throttled: ({ retry_after: wait }) =>
    (wait ?? 0) > LONG_WAIT_S
      ? { message: `That was as much as one day allows. More ${again(wait)}. ${STILL_PLAYS}`, seeAccount: true }
      : { message: `That was a little fast. Try again ${again(wait)}. ${STILL_PLAYS}`, retryable: true },
  feature_off: () => ({
    message: "This is switched off for your account. Whoever runs this service can switch it on.",
    seeAccount: true,
  }),
  provider_not_allowed: () => ({
    message: "Your plan does not include this voice. Another one can be chosen for your account.",
    seeAccount: true,
  }),
  text_too_long: () => ({ message: "This is longer than your plan has read aloud at once.", seeAccount: true }),
  speech_disabled: () => ({
    message: "Reading aloud is switched off for everybody just now. Your messages are all here; listen later.",
    retryable: true,
  }),
  all_providers_failed: ({ retry_after: wait }) => ({
    message: `No voice can be reached just now; it is not your fault. Try again ${again(wait)}.`,
    retryable: true,
  }),
  limits_unavailable: ({ retry_after: wait }) => ({
    message: `Nothing new can be read aloud for a moment. Try again ${again(wait)}. ${STILL_PLAYS}`,
    retryable: true,
  }),
};

/**
 * What to say of an `error` the API told; undefined when its own message is as good.
 *
 * @param {ToldError} [error]
 */
export function refusalOf(error) {
  return error && WORDS[error.code]?.(error);
}

/** @param {number} [wait] */
function again(wait) {
  return wait ? whenAgain(wait) : "in a little while";
}
