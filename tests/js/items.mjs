// Items to play, and ways that are played by a test.

import { Way } from "../../static/js/player/way.js";

export const item = (id, more = {}) => ({
  id,
  src: `/tts/audio/${id}`,
  message: `/calls/c/messages/${id}`,
  conversation: "/calls/c/messages",
  label: id,
  text: id,
  live: false,
  ...more,
});

export const ids = (items) => items.map(({ id }) => id);

/** Opens ways that do nothing by themselves; `opened` holds them, the newest last. */
export class Ways {
  opened = [];

  open = (wanted, opening) => {
    const way = Object.assign(new ToldWay(), { item: wanted, opening });
    this.opened.push(way);
    return way;
  };

  get last() {
    return this.opened.at(-1);
  }

  get played() {
    return this.opened.map(({ item: { id } }) => id);
  }
}

class ToldWay extends Way {
  asked = [];
  at = 0;
  duration = 10;
  seekable = true;

  get position() {
    return this.at;
  }

  set rate(rate) {
    this.asked.push(["rate", rate]);
  }

  set volume(volume) {
    this.asked.push(["volume", volume]);
  }

  play() {
    this.asked.push("play");
    this.tell("playing");
  }

  pause() {
    this.asked.push("pause");
  }

  seek(seconds) {
    this.at = seconds;
    this.asked.push(["seek", seconds]);
  }
}

/** A storage that remembers for one test. */
export class Memory {
  kept = new Map();
  getItem = (key) => this.kept.get(key) ?? null;
  setItem = (key, value) => this.kept.set(key, value);
}
