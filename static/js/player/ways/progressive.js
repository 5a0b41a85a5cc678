// The plain way: the audio element loads the address, and plays what comes.

import { ElementWay } from "./element.js";

/** @import { Item } from "../item.js" */
/** @import { Opening } from "../way.js" */

/** `<audio src>`: every browser can, and hears a stream while it is still being made. */
export class Progressive extends ElementWay {
  name = "progressive";

  /** @param {Item} item @param {Opening} opening */
  constructor(item, opening) {
    super(item, opening);
    this.begin(opening.at);
  }

  /** @param {number} at */
  load(at) {
    this.point(this.item.src, at);
    this.live = false;
  }

  /** What came as a stream cannot be sought in; but the same address answers with a file by now. @param {number} seconds */
  seek(seconds) {
    const { audio, live } = this;
    if (!live) return super.seek(seconds);
    const playing = !audio.paused;
    this.load(seconds);
    if (playing) this.play();
  }

  /** After the end of what was still being made, too: only now can it be sought in. */
  get mustReload() {
    return super.mustReload || (this.live && this.audio.ended);
  }
}
