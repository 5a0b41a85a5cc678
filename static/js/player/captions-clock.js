// Which sentence is heard at a second, and about which of its words.

/** @import { Sentence } from "./way.js" */

/**
 * The index of the sentence that is heard at `position`, or was heard last; -1 before the first.
 *
 * @param {Sentence[]} sentences in their order
 * @param {number} position
 */
export function sentenceAt(sentences, position) {
  let [low, high] = [0, sentences.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sentences[middle].start <= position) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/**
 * How many of `lengths`, the lengths of a sentence's words, are over at `position`: each takes its time by its letters.
 *
 * @param {Sentence} sentence
 * @param {number[]} lengths
 * @param {number} position
 */
export function wordAt({ start, end }, lengths, position) {
  const all = lengths.reduce((sum, length) => sum + length + 1, 0);
  let left = end > start ? ((position - start) / (end - start)) * all : all;
  const index = lengths.findIndex((length) => (left -= length + 1) < 0);
  return index < 0 ? lengths.length - 1 : index;
}
