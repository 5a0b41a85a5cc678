// How somebody likes to listen, remembered by their browser.

const KEY = "aloud-listening";
const USUAL = { rate: 1, volume: 1, muted: false, captions: false, continuous: false, listens: false };

export const SLOWEST = 0.5;
export const FASTEST = 3;
const STEP = 0.05;

/** @typedef {typeof USUAL} Settings */

/** Rate, volume, captions, continuous reading, and whether anything was ever listened to. Fires `change`. */
export class Taste extends EventTarget {
  /** @param {Pick<Storage, "getItem" | "setItem">} storage */
  constructor(storage) {
    super();
    this.storage = storage;
    /** @type {Settings} */
    this.settings = { ...USUAL, ...this.remembered() };
  }

  /** Change some of it. @param {Partial<Settings>} changes */
  set(changes) {
    Object.assign(this.settings, changes);
    this.settings.rate = within(SLOWEST, Math.round(this.settings.rate / STEP) * STEP, FASTEST);
    this.settings.volume = within(0, this.settings.volume, 1);
    try {
      this.storage.setItem(KEY, JSON.stringify(this.settings));
    } catch {
      // a browser that remembers nothing still plays
    }
    this.dispatchEvent(new Event("change"));
  }

  /** What is heard of it: 0 to 1. */
  get loudness() {
    return this.settings.muted ? 0 : this.settings.volume;
  }

  /** @returns {Partial<Settings>} */
  remembered() {
    try {
      return JSON.parse(this.storage.getItem(KEY) ?? "{}");
    } catch {
      return {};
    }
  }
}

/** @param {number} least @param {number} number @param {number} most */
function within(least, number, most) {
  return Math.min(Math.max(Number(number.toFixed(2)), least), most);
}
