// The plain way: the audio element loads the address, and plays what comes.

import { BROKEN_OFF, TAP, whyNotHeard } from "../../ask.js";
import { durationOf } from "../../duration.js";
import { Way } from "../way.js";

/** @import { Item } from "../item.js" */
/** @import { Opening } from "../way.js" */

const HEARD = ["playing", "pause", "waiting", "timeupdate", "durationchange", "loadedmetadata", "ended", "error"];
const PATIENCE_MS = 12_000;

/** `<audio src>`: every browser can, and hears a stream while it is still being made. */
export class Progressive extends Way {
  name = "progressive";

  /** Where the audio broke off, in seconds. */
  broken = 0;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  patience;

  /** @param {Item} item @param {Opening} opening */
  constructor(item, { audio, at, rate, volume, signal }) {
    super();
    this.item = item;
    this.audio = audio;
    this.ending = new AbortController();
    signal.addEventListener("abort", () => this.close(), { signal: this.ending.signal });
    for (const name of HEARD) audio.addEventListener(name, this, { signal: this.ending.signal });
    this.rate = rate;
    this.volume = volume;
    this.load(at);
    this.learn();
  }

  get position() {
    return this.audio.currentTime;
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
    if (this.mustReload) this.load(this.audio.ended ? 0 : this.broken);
    this.audio.play().catch((error) => this.refused(error));
  }

  pause() {
    this.audio.pause();
  }

  /** What came as a stream cannot be sought in; but the same address answers with a file by now. @param {number} seconds */
  seek(seconds) {
    const { audio, live } = this;
    const playing = !audio.paused;
    if (live) this.load(seconds);
    else audio.currentTime = seconds;
    if (live && playing) this.play();
  }

  close() {
    clearTimeout(this.patience);
    this.ending.abort();
    this.audio.pause();
  }

  /** @param {number} at */
  load(at) {
    this.audio.src = this.item.src;
    if (at) this.audio.currentTime = at;
    this.live = false;
    this.broken = 0;
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

  /** After an error; and after the end of what was still being made, for only now can it be sought in. */
  get mustReload() {
    const { audio } = this;
    return !audio.hasAttribute("src") || Boolean(audio.error) || (this.live && audio.ended);
  }

  /** Only a missing gesture is this promise's to tell: errors come as events, and being outrun is no failure. @param {Error} error */
  refused(error) {
    if (error.name === "NotAllowedError" && !this.ending.signal.aborted) this.tell("failed", TAP);
  }

  /** An event of the audio. @param {Event} event */
  handleEvent(event) {
    if (event.type !== "timeupdate") clearTimeout(this.patience);
    if (event.type === "loadedmetadata") this.live = !Number.isFinite(this.audio.duration);
    else if (event.type === "waiting") this.wait();
    else if (event.type === "error") this.explain();
    else if (event.type === "ended") this.end();
    else if (event.type !== "pause" || !this.audio.ended) this.tell(event.type);
  }

  /** Out of audio. A browser may go on asking for the rest of what broke off for minutes; nobody waits for that. */
  wait() {
    if (this.audio.paused) return;
    this.tell("waiting");
    if (this.position > 0) this.patience = setTimeout(() => this.breakOff(), PATIENCE_MS);
  }

  end() {
    this.last(this.audio.duration);
    this.tell("ended");
  }

  breakOff() {
    this.broken = this.position;
    this.audio.removeAttribute("src");
    this.audio.load();
    this.tell("failed", BROKEN_OFF);
  }

  async explain() {
    this.broken = this.position;
    this.tell("waiting");
    const failure = await whyNotHeard(this.item.src);
    if (!this.ending.signal.aborted && this.audio.error) this.tell("failed", failure);
  }
}
