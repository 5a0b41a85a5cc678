// A message's sentences, and where they are in the text people see.

import { aligned, wordsOf } from "./alignment.js";
import { sentenceAt, wordAt } from "./captions-clock.js";

/** @import { Place } from "./alignment.js" */
/** @import { Sentence } from "./way.js" */

/**
 * A stretch of the shown text.
 *
 * @typedef {{ from: number, to: number }} Stretch
 * @typedef {{ sentence: Sentence, words: (Place | null)[], lengths: number[], shown: Stretch | null }} Line
 */

/** Tells what is heard at a second, and what is heard at a place. */
export class Script {
  /** @param {Sentence[]} sentences @param {string} text */
  constructor(sentences, text) {
    this.sentences = sentences;
    const shown = wordsOf(text);
    const spoken = sentences.map((sentence) => wordsOf(sentence.text));
    const likes = aligned(spoken.flat(), shown);
    let first = 0;
    /** @type {Line[]} */
    this.lines = spoken.map((words, index) => {
      const places = likes.slice(first, (first += words.length)).map((like) => shown[like] ?? null);
      const lengths = words.map(({ word }) => word.length);
      return { sentence: sentences[index], words: places, lengths, shown: around(places) };
    });
  }

  /** The sentence heard at a second, and its word; null where none is shown. @param {number} position */
  at(position) {
    const index = sentenceAt(this.sentences, position);
    const line = this.lines[index];
    if (!line?.shown) return null;
    const word = line.words[wordAt(line.sentence, line.lengths, position)] ?? null;
    return { index, sentence: line.shown, word };
  }

  /** The second at which what stands at `place` begins to be heard; null where nothing of it is. @param {number} place */
  secondOf(place) {
    const line = this.lines.find(({ shown }) => shown && shown.from <= place && place <= shown.to);
    return line?.sentence.start ?? null;
  }
}

/** @param {(Place | null)[]} places @returns {Stretch | null} */
function around(places) {
  const known = places.filter((place) => place !== null);
  return known.length ? { from: known[0].from, to: known[known.length - 1].to } : null;
}
