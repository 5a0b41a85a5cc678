// Tells those who read with their ears what changed, and never talks over the speech.

/** What is said while something is heard is said when it is silent; of several things the last. */
export class Announcer {
  /** @type {string | null} */
  held = null;

  silent = true;

  /** @param {(words: string) => void} say */
  constructor(say) {
    this.say = say;
  }

  /** @param {string} words */
  announce(words) {
    if (this.silent) this.say(words);
    else this.held = words;
  }

  /** Say it in silence, or never: it matters only now. @param {string} words */
  mention(words) {
    if (this.silent) this.say(words);
  }

  /** Whether nothing is heard just now. @param {boolean} silent */
  hush(silent) {
    this.silent = silent;
    if (!silent || this.held === null) return;
    this.say(this.held);
    this.held = null;
  }

  /** What was held no longer matters. */
  forget() {
    this.held = null;
  }
}
