// What the ways have in common that play through the page's audio element.

import { BROKEN_OFF, TAP } from "../../ask.js";
import { durationOf } from "../../duration.js";
import { cutShort, whyBroken } from "../trouble.js";
import { Way } from "../way.js";

/** @import { Item } from "../item.js" */
/** @import { Opening } from "../way.js" */

const HEARD = ["playing", "pause", "waiting", "timeupdate", "durationchange", "loadedmetadata", "ended", "error"];
const PATIENCE_MS = 12_000;

/** A subclass says in `load()` what the element plays, and calls `begin()` when it is made. */
export class ElementWay extends Way {
  /** Where the audio broke off, in seconds; null while it did not. @type {number | null} */
  broken = null;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  patience;

  /** @param {Item} item @param {Opening} opening */
  constructor(item, { audio, rate, volume, signal }) {
    super();
    this.item = item;
    this.audio = audio;
    this.ending = new AbortController();
    signal.addEventListener("abort", () => this.close(), { signal: this.ending.signal });
    for (const name of HEARD) audio.addEventListener(name, this, { signal: this.ending.signal });
    this.rate = rate;
    this.volume = volume;
  }

  /** @param {number} at */
  begin(at) {
    this.load(at);
    this.learn();
  }

  get position() {
    return this.broken ?? this.audio.currentTime;
  }

  /** @param {number} rate */
  set rate(rate) {
    Object.assign(this.audio, { defaultPlaybackRate: rate, playbackRate: rate });
  }

  /** @param {number} volume */
  set volume(volume) {
    this.audio.volume = volume;
  }

  play() {
    if (this.mustReload) this.load(this.broken ?? 0);
    this.audio.play().catch((error) => this.refused(error));
  }

  pause() {
    this.audio.pause();
  }

  /** @param {number} seconds */
  seek(seconds) {
    this.audio.currentTime = seconds;
  }

  close() {
    clearTimeout(this.patience);
    this.ending.abort();
    this.audio.pause();
  }

  /** Have the element play from a second on, anew. @param {number} _at */
  load(_at) {}

  /** Load an address into the element. @param {string} src @param {number} at */
  point(src, at) {
    this.broken = null;
    this.audio.src = src;
    if (at) this.audio.currentTime = at;
  }

  /** Whether only a fresh start leads on. */
  get mustReload() {
    return this.broken !== null || !this.audio.hasAttribute("src") || Boolean(this.audio.error);
  }

  /** What the server tells: of a stream browsers know nothing, or guess. */
  async learn() {
    const { audio, ending } = this;
    const told = await durationOf(this.item.message, () => !ending.signal.aborted && !audio.ended && !audio.error);
    if (!ending.signal.aborted && told) this.last(told);
  }

  /** It lasts that many seconds. @param {number} seconds */
  last(seconds) {
    this.duration = seconds;
    this.seekable = true;
    this.tell("durationchange");
  }

  /** Only a missing gesture is this promise's to tell: errors come as events, and being outrun is no failure. @param {Error} error */
  refused(error) {
    if (error.name === "NotAllowedError") this.fail(TAP);
  }

  /** @param {Error} failure */
  fail(failure) {
    if (!this.ending.signal.aborted) this.tell("failed", failure);
  }

  /** An event of the audio. @param {Event} event */
  handleEvent(event) {
    if (event.type !== "timeupdate") clearTimeout(this.patience);
    if (event.type === "loadedmetadata") this.arrive();
    else if (event.type === "waiting") this.wait();
    else if (event.type === "error") this.explain();
    else if (event.type === "ended") this.end();
    else if (event.type !== "pause" || !(this.audio.ended || this.broken !== null)) this.tell(event.type);
  }

  /** Its beginning is there. */
  arrive() {
    this.live = !Number.isFinite(this.audio.duration);
  }

  /** Out of audio. A browser may go on asking for the rest of what broke off for minutes; nobody waits for that. */
  wait() {
    if (this.audio.paused || this.broken !== null) return;
    this.tell("waiting");
    if (this.position > 0) this.patience = setTimeout(() => this.breakOff(), PATIENCE_MS);
  }

  /** To some engines a connection that was cut looks like the end of what was streamed. */
  async end() {
    const { currentTime } = this.audio;
    const failure = this.live ? await cutShort(this.item.message, this.duration, currentTime) : null;
    if (this.ending.signal.aborted) return;
    if (failure) {
      this.broken = currentTime;
      return this.fail(failure);
    }
    this.last(this.audio.duration);
    this.tell("ended");
  }

  breakOff() {
    this.unload();
    this.fail(BROKEN_OFF);
  }

  /** Let the element go, and remember the place. */
  unload() {
    this.broken = this.position;
    this.audio.removeAttribute("src");
    this.audio.load();
  }

  async explain() {
    if (!this.audio.error) return;
    this.broken = this.position;
    this.tell("waiting");
    const failure = await whyBroken(this.item.src);
    if (this.broken !== null) this.fail(failure);
  }
}
