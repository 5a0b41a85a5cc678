// From sentence to sentence.

/** @import { Sentence } from "./way.js" */

/** Within so many seconds of its beginning, going back means the sentence before. */
const JUST_BEGUN_S = 1;

/**
 * Where the sentence before (`step` -1) or after (1) the one heard at `position` begins; null where there is none.
 *
 * @param {Sentence[] | undefined} sentences
 * @param {number} position
 * @param {number} step
 */
export function sentenceFrom(sentences, position, step) {
  const starts = (sentences ?? []).map((sentence) => sentence.start);
  if (step > 0) return starts.find((start) => start > position) ?? null;
  return starts.findLast((start) => start < position - JUST_BEGUN_S) ?? starts[0] ?? null;
}
