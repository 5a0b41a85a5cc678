// Whether the page follows the voice, or the person who scrolled away from it.

/** @typedef {{ top: number, bottom: number }} Span of what is seen, in pixels from the top of the window */

/** Follows until somebody scrolls by themselves; and again when what is spoken is in their sight. */
export class Following {
  yielded = false;

  /** Somebody scrolled. */
  yield() {
    this.yielded = true;
  }

  /** Something else is heard, or another place of it was asked for. */
  resume() {
    this.yielded = false;
  }

  /**
   * How far to scroll to have a sentence in sight, in pixels; 0 where that is not wanted, or it is there.
   *
   * @param {Span} sentence
   * @param {Span} sight
   */
  distance(sentence, sight) {
    const seen = sentence.top >= sight.top && sentence.bottom <= sight.bottom;
    if (seen) this.resume();
    if (seen || this.yielded) return 0;
    const third = sight.top + (sight.bottom - sight.top) / 3;
    return sentence.top - Math.max(sight.top, Math.min(third, sight.bottom - (sentence.bottom - sentence.top)));
  }
}
