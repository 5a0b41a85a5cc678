// One way to have an item heard, whichever it is: the contract between the player and the ladder.

/** @import { Item } from "./item.js" */
/** @import { Failure } from "../ask.js" */

/**
 * What a way is opened with. Opening is silent and synchronous, so that `play()` may follow within the same gesture.
 *
 * @typedef {object} Opening
 * @property {HTMLAudioElement} audio the page's only one
 * @property {number} at the second to start at
 * @property {number} rate 0.5 to 3, the pitch kept
 * @property {number} volume 0 to 1
 * @property {AbortSignal} signal aborted when nobody wants it any more: the same as `close()`
 */

/**
 * A sentence and when it is heard, in seconds; `from` and `to` are places in the spoken text.
 *
 * @typedef {{ text: string, start: number, end: number, from: number, to: number }} Sentence
 * @typedef {{ duration: number | null, exact: boolean, sentences: Sentence[] }} Captions
 */

/**
 * A way to have one item heard. It fires, as a media element does:
 *
 * - `playing`, `pause`, `waiting` (out of audio for now), `ended`;
 * - `timeupdate` (about four times a second), `durationchange` (of `duration`, `seekable`, `live` or `captions`);
 * - `failed`, whose `detail` is a `Failure`: nothing more is heard until `play()` is called again, which goes on at the
 *   same second. A missing gesture is a Failure too, whose `needsTap` is true;
 * - `descend`, whose `detail` is `{ from, to }`: from now on it is heard in another way, whose name is `to`.
 *
 * None of them is fired after `close()`, and none before the call that opened the way has returned.
 */
export class Way extends EventTarget {
  /** Which it is: `progressive`, `media-source`, `whole-file` or `browser-voice`. */
  name = "";

  /** Whether `seek()` can be asked for just now. */
  seekable = false;

  /** Whether the audio is still being made. */
  live = false;

  /** Seconds; NaN while nobody knows. */
  duration = NaN;

  /** @type {Captions | null} null while they are not known */
  captions = null;

  /** Seconds heard so far. @returns {number} */
  get position() {
    return 0;
  }

  /** How fast: 0.5 to 3. @param {number} _rate */
  set rate(_rate) {}

  /** How loud: 0 to 1. @param {number} _volume */
  set volume(_volume) {}

  /** Start, go on, try again after a failure, or start over after the end. Comes as `playing`, or as `failed`. */
  play() {}

  /** Comes as `pause`. */
  pause() {}

  /** Go to a second; playing goes on if it was. @param {number} _seconds */
  seek(_seconds) {}

  /** Fall silent for good, and let the audio element go. */
  close() {}

  /** @param {string} type @param {unknown} [detail] */
  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
