// One item being heard, in whichever way the ladder chose.

import { sentenceFrom } from "./sentences.js";

/** @import { Failure } from "../ask.js" */
/** @import { Item } from "./item.js" */
/** @import { Player } from "./player.js" */
/** @import { Taste } from "./taste.js" */
/** @import { Opening, Way } from "./way.js" */

const TOLD = ["playing", "pause", "waiting", "timeupdate", "durationchange", "ended", "failed", "descend"];
const BECOMES = new Map(
  /** @type {[string, Player["state"]][]} */ ([
    ["playing", "playing"],
    ["waiting", "loading"],
    ["pause", "paused"],
    ["ended", "idle"],
    ["failed", "error"],
  ]),
);

/** Fires `itemchange`, `statechange`, and of the events of a way `timeupdate`, `durationchange`, `descend`, `ended`. */
export class Playback extends EventTarget {
  /** @type {Item | null} */
  item = null;

  /** @type {Player["state"]} */
  state = "idle";

  /** @type {Failure | null} why it is not heard, in the state `error` */
  failure = null;

  /** @type {Way | null} */
  way = null;

  leaving = new AbortController();

  /**
   * @param {HTMLAudioElement} audio
   * @param {(item: Item, opening: Opening) => Way} open
   * @param {Taste} taste
   */
  constructor(audio, open, taste) {
    super();
    this.audio = audio;
    this.open = open;
    this.taste = taste;
    taste.addEventListener("change", () => this.adjust());
  }

  /** Whether it is heard, or about to be. */
  get busy() {
    return this.state === "playing" || this.state === "loading";
  }

  /** Have `item` heard from its beginning, in place of what was. @param {Item} item */
  start(item) {
    this.leave();
    this.item = item;
    const { signal } = this.leaving;
    const { rate } = this.taste.settings;
    this.way = this.open(item, { audio: this.audio, at: 0, rate, volume: this.taste.loudness, signal });
    for (const name of TOLD) this.way.addEventListener(name, this, { signal });
    this.tell("itemchange");
    this.resume();
  }

  /** Go on; or start over, after the end; or try again, after a failure. */
  resume() {
    if (!this.way) return;
    this.become("loading");
    this.way.play();
  }

  pause() {
    if (!this.busy) return;
    this.way?.pause();
    this.become("paused");
  }

  /** Fall silent, and have no item any more. */
  stop() {
    this.leave();
    this.item = null;
    this.become("idle");
    this.tell("itemchange");
  }

  /** @param {number} seconds */
  seek(seconds) {
    if (!this.way?.seekable) return;
    this.way.seek(Math.min(Math.max(seconds, 0), this.way.duration || Infinity));
    this.tell("timeupdate");
  }

  /** @param {number} seconds */
  nudge(seconds) {
    if (this.way) this.seek(this.way.position + seconds);
  }

  /** To where a sentence begins: -1 the one before, 1 the one after. @param {number} step */
  sentence(step) {
    const start = sentenceFrom(this.way?.captions?.sentences, this.way?.position ?? 0, step);
    if (start !== null) this.seek(start);
  }

  leave() {
    this.leaving.abort();
    this.leaving = new AbortController();
    this.way = null;
  }

  adjust() {
    if (this.way) Object.assign(this.way, { rate: this.taste.settings.rate, volume: this.taste.loudness });
  }

  /** An event of the way. @param {Event} event */
  handleEvent(event) {
    const state = BECOMES.get(event.type);
    if (state) this.become(state, event instanceof CustomEvent ? event.detail : null);
    if (!state || event.type === "ended") this.tell(event.type);
  }

  /** @param {Player["state"]} state @param {Failure | null} [failure] */
  become(state, failure = null) {
    this.state = state;
    this.failure = failure;
    this.tell("statechange");
  }

  /** @param {string} type */
  tell(type) {
    this.dispatchEvent(new Event(type));
  }
}
