// The patient way: all of the audio is fetched, and only then played.

import { Failure } from "../../ask.js";
import { fetchAudio } from "../audio-response.js";
import { whyBroken } from "../trouble.js";
import { ElementWay } from "./element.js";

/** @import { Item } from "../item.js" */
/** @import { Opening } from "../way.js" */

/** Where streams break in between, behind a proxy that buffers say. It waits longest, and then never again. */
export class WholeFile extends ElementWay {
  name = "whole-file";

  /** Whether it is to be heard as soon as it is there. */
  wanted = false;

  /** The second to start at, until there is something to start. */
  at = 0;

  /** What the element plays, while it is there. */
  url = "";

  /** @param {Item} item @param {Opening} opening */
  constructor(item, opening) {
    super(item, opening);
    this.begin(opening.at);
  }

  get position() {
    return this.broken ?? (this.url ? this.audio.currentTime : this.at);
  }

  play() {
    this.wanted = true;
    if (this.url || this.broken !== null) super.play();
  }

  pause() {
    this.wanted = false;
    super.pause();
  }

  /** @param {number} seconds */
  seek(seconds) {
    if (this.url) super.seek(seconds);
    else this.at = seconds;
  }

  close() {
    super.close();
    this.forget();
  }

  /** @param {number} at */
  load(at) {
    this.forget();
    this.at = at;
    this.broken = null;
    this.fetch();
  }

  async fetch() {
    const { signal } = this.ending;
    try {
      const response = await fetchAudio(this.item.src, signal);
      const file = await response.blob();
      if (!signal.aborted) this.have(file);
    } catch (error) {
      if (signal.aborted) return;
      this.broken = this.at;
      this.fail(error instanceof Failure ? error : await whyBroken(this.item.src));
    }
  }

  /** @param {Blob} file */
  have(file) {
    this.url = URL.createObjectURL(file);
    this.point(this.url, this.at);
    if (this.wanted) super.play();
  }

  /** While it is fetched there is nothing to load yet. */
  get mustReload() {
    return this.broken !== null || (this.url !== "" && super.mustReload);
  }

  forget() {
    if (!this.url) return;
    URL.revokeObjectURL(this.url);
    this.url = "";
    this.audio.removeAttribute("src");
    this.audio.load();
  }
}
