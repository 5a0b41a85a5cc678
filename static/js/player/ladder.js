// Chooses the way an item is heard, and another one when that fails.

import { returned } from "./return.js";
import { RUNGS, VOICE_OF_BROWSER } from "./rungs.js";
import { captionsOf, freshAddress } from "./told.js";
import { isAway, remedyFor } from "./trouble.js";
import { Way } from "./way.js";

/** @import { Failure } from "../ask.js" */
/** @import { Item } from "./item.js" */
/** @import { Rung } from "./rungs.js" */
/** @import { Opening } from "./way.js" */

const PASSED_ON = ["playing", "pause", "waiting", "timeupdate", "durationchange", "ended"];
const OF_A_RUNG = [...PASSED_ON, "failed", "outgrown"];

/** What must have been heard since an address was renewed, for it to be worth doing again. */
const SOME_S = 1;

/** Ways that can be heard again without being opened anew. */
const KEPT = new Set(["progressive", "whole-file"]);

/**
 * The way to hear `item`.
 *
 * @param {Item} item
 * @param {Opening} opening
 * @returns {Way}
 */
export function open(item, opening) {
  return new Ladder(item, opening);
}

/** Stands on one rung at a time. Whoever listens hears of another rung, of failures only what he can do about. */
export class Ladder extends Way {
  /** Whether it is to be heard. */
  wanted = false;

  /** Whether it came to its end. */
  over = false;

  /** Whether captions were asked for, and were to be exact. @type {boolean | null} */
  asked = null;

  /** Ends the wait for a server that is away. */
  waiting = new AbortController();

  /** The second at which the address was renewed; null before. @type {number | null} */
  renewed = null;

  /** @param {Item} item @param {Opening} opening @param {Rung[]} rungs */
  constructor(item, opening, rungs = RUNGS) {
    super();
    this.item = item;
    this.opening = { ...opening };
    this.rungs = rungs;
    this.standing = new AbortController();
    opening.signal.addEventListener("abort", () => this.close(), { once: true });
    this.way = this.enter(this.below(-1) ?? rungs[0], opening.at);
  }

  get position() {
    return this.way.position;
  }

  /** @param {number} rate */
  set rate(rate) {
    this.opening.rate = rate;
    this.way.rate = rate;
  }

  /** @param {number} volume */
  set volume(volume) {
    this.opening.volume = volume;
    this.way.volume = volume;
  }

  play() {
    this.wanted = true;
    this.waiting.abort();
    this.renewed = null;
    if (this.over && !KEPT.has(this.name)) this.change(this.below(-1), 0);
    else this.way.play();
    this.over = false;
  }

  pause() {
    this.wanted = false;
    this.way.pause();
  }

  /** @param {number} seconds */
  seek(seconds) {
    this.over = false;
    this.way.seek(seconds);
  }

  close() {
    this.wanted = false;
    this.waiting.abort();
    this.standing.abort();
  }

  /** The next rung below one that can be stood on. @param {number} index */
  below(index) {
    return this.rungs.find(({ possible }, at) => at > index && possible(this.item));
  }

  get index() {
    return this.rungs.findIndex(({ name }) => name === this.name);
  }

  /** @param {Rung} rung @param {number} at */
  enter(rung, at) {
    this.standing.abort();
    this.standing = new AbortController();
    const { signal } = this.standing;
    const way = rung.open(this.item, { ...this.opening, at, signal });
    for (const name of OF_A_RUNG) way.addEventListener(name, this, { signal });
    this.way = way;
    this.name = way.name;
    this.mirror();
    return way;
  }

  /** Go on, on another rung or on this one anew. @param {Rung | undefined} rung @param {number} at */
  change(rung, at) {
    if (!rung) return;
    const from = this.name;
    this.enter(rung, at);
    if (from !== this.name) this.tell("descend", { from, to: this.name });
    this.tell("durationchange");
    if (this.wanted) this.way.play();
  }

  /** An event of the rung. @param {Event} event */
  handleEvent(event) {
    this.mirror();
    if (event.type === "failed") return this.mend(/** @type {CustomEvent<Failure>} */ (event).detail);
    if (event.type === "outgrown") return this.change(this.below(-1), this.position);
    if (event.type === "ended") this.over = true;
    if (event.type === "playing" || (event.type === "durationchange" && this.asked !== null)) this.learn();
    this.tell(event.type);
  }

  /** What can be said of the rung can be said of the ladder. */
  mirror() {
    const { seekable, live, duration } = this.way;
    Object.assign(this, { seekable, live, duration });
    if (this.name === VOICE_OF_BROWSER) this.captions = this.way.captions;
    else if (Number.isFinite(duration)) this.item = { ...this.item, live: false };
  }

  /** Ask for captions when the first sound is out, and again once they can be exact. */
  async learn() {
    const complete = !this.item.live;
    if (this.name === VOICE_OF_BROWSER || this.captions?.exact || this.asked === complete) return;
    this.asked = complete;
    const captions = await captionsOf(this.item);
    if (!captions || this.opening.signal.aborted || this.name === VOICE_OF_BROWSER) return;
    this.captions = captions;
    this.tell("durationchange");
  }

  /** @param {Failure} failure */
  async mend(failure) {
    const at = this.position;
    const { signal } = this.standing;
    const remedy = remedyFor(failure, this.renewed === null || at > this.renewed + SOME_S);
    if (remedy === "renew") {
      this.tell("waiting");
      this.renewed = at;
      const src = await freshAddress(this.item);
      if (signal.aborted) return;
      this.item = { ...this.item, src };
      return this.change(this.below(this.index - 1), at);
    }
    const next = remedy === "tell" ? undefined : this.rungBelow(remedy);
    if (next) return this.change(next, at);
    this.fail(failure);
  }

  /** @param {"descend" | "speak"} remedy */
  rungBelow(remedy) {
    const last = this.rungs.findIndex(({ name }) => name === VOICE_OF_BROWSER);
    return this.below(remedy === "speak" ? Math.max(this.index, last - 1) : this.index);
  }

  /** @param {Failure} failure */
  fail(failure) {
    this.over = this.name === VOICE_OF_BROWSER && !failure.needsTap;
    this.tell("failed", failure);
    if (this.wanted && isAway(failure)) this.comeBack();
  }

  /** Go on as soon as the server can be reached, unless that takes so long that nobody expects it any more. */
  async comeBack() {
    this.waiting = new AbortController();
    if (await returned(this.item.message, this.waiting.signal)) this.play();
  }
}
