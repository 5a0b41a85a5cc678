// Feeds a SourceBuffer, and keeps it small however long the audio is.

/** Seconds kept ahead of what is heard, and behind it: two minutes of speech at most, about a megabyte. */
const AHEAD_S = 90;
const BEHIND_S = 30;

/** What a browser throws when it has no room. */
const FULL = "QuotaExceededError";

/** Whoever appends waits until it may: for room, and for the step before. Its waits end with `signal`. */
export class BoundedBuffer {
  /**
   * @param {SourceBuffer} buffer
   * @param {HTMLAudioElement} audio
   * @param {AbortSignal} signal
   */
  constructor(buffer, audio, signal) {
    this.buffer = buffer;
    this.audio = audio;
    this.signal = signal;
  }

  /** Seconds ahead of what is heard; negative when the place that is wanted is still to come. */
  get ahead() {
    const { buffered } = this.buffer;
    return buffered.length ? buffered.end(buffered.length - 1) - this.audio.currentTime : 0;
  }

  /** @param {Uint8Array<ArrayBuffer>} chunk */
  async append(chunk) {
    while (this.ahead > AHEAD_S) await this.passes();
    await this.forget();
    for (;;) {
      try {
        return await this.step(() => this.buffer.appendBuffer(chunk));
      } catch (error) {
        if (!(error instanceof Error) || error.name !== FULL) throw error;
        await this.passes();
        await this.forget(1);
      }
    }
  }

  /** Drop what was heard more than `behind` seconds ago. */
  async forget(behind = BEHIND_S) {
    const { buffered } = this.buffer;
    const until = this.audio.currentTime - behind;
    if (buffered.length && buffered.start(0) < until - 1) await this.step(() => this.buffer.remove(0, until));
  }

  /** Until something is heard of it, or another place is wanted. */
  passes() {
    return happens(this.audio, ["timeupdate", "seeking"], this.signal);
  }

  /** @param {() => void} act */
  async step(act) {
    act();
    if (this.buffer.updating) await happens(this.buffer, ["updateend"], this.signal);
  }
}

/**
 * Resolves with the first of those events; rejects when `signal` is aborted.
 *
 * @param {EventTarget} target
 * @param {string[]} names
 * @param {AbortSignal} signal
 * @returns {Promise<void>}
 */
export function happens(target, names, signal) {
  return new Promise((done, fail) => {
    const once = new AbortController();
    const finish = (/** @type {() => void} */ settle) => () => {
      once.abort();
      settle();
    };
    for (const name of names) target.addEventListener(name, finish(done), { signal: once.signal });
    signal.addEventListener("abort", finish(() => fail(signal.reason)), { signal: once.signal });
    if (signal.aborted) finish(() => fail(signal.reason))();
  });
}
