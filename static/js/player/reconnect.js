// How long to wait before a lost connection is tried again.

const FIRST_MS = 500;
const LONGEST_MS = 30_000;

/** Twice as long each time, and never the same for all: a server that comes back is not run over. */
export class BackOff {
  tries = 0;

  /** @param {() => number} random from 0 to 1 */
  constructor(random = Math.random) {
    this.random = random;
  }

  /** The next wait, in milliseconds: between half and all of what it has grown to. */
  next() {
    const grown = Math.min(FIRST_MS * 2 ** this.tries++, LONGEST_MS);
    return grown * (0.5 + this.random() / 2);
  }

  /** It works again. */
  reset() {
    this.tries = 0;
  }
}
