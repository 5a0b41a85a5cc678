// Lock screens, headphones and media keys.

/** @import { Item } from "./item.js" */
/** @import { Player } from "./player.js" */

const STEP_S = 10;

/**
 * @typedef {object} Controls
 * @property {() => void} play
 * @property {() => void} pause
 * @property {() => void} stop
 * @property {() => void} next
 * @property {() => void} previous
 * @property {(seconds: number) => void} seek
 * @property {(seconds: number) => void} nudge
 */

/** Says there what is heard, and does what is asked there. Where a browser has none of it, nothing happens. */
export class LockScreen {
  /** @param {MediaSession | undefined} session @param {Controls} controls */
  constructor(session, controls) {
    this.session = session;
    this.on("play", controls.play);
    this.on("pause", controls.pause);
    this.on("stop", controls.stop);
    this.on("nexttrack", controls.next);
    this.on("previoustrack", controls.previous);
    this.on("seekbackward", ({ seekOffset }) => controls.nudge(-(seekOffset ?? STEP_S)));
    this.on("seekforward", ({ seekOffset }) => controls.nudge(seekOffset ?? STEP_S));
    this.on("seekto", ({ seekTime }) => controls.seek(seekTime ?? 0));
  }

  /** @param {Item | null} item */
  show(item) {
    if (!this.session) return;
    this.session.metadata = item && new MediaMetadata({ title: item.label, artist: "Aloud" });
  }

  /** @param {Player["state"]} state */
  become(state) {
    if (!this.session) return;
    if (state === "playing" || state === "loading") this.session.playbackState = "playing";
    else this.session.playbackState = state === "paused" ? "paused" : "none";
  }

  /** @param {number} position @param {number} duration @param {number} rate */
  place(position, duration, rate) {
    const known = Number.isFinite(duration) && duration > 0;
    const place = known ? { duration, position: Math.min(position, duration), playbackRate: rate } : undefined;
    this.session?.setPositionState?.(place); // Firefox for Android has the session, and not this
  }

  /** @param {MediaSessionAction} action @param {MediaSessionActionHandler} act */
  on(action, act) {
    try {
      this.session?.setActionHandler(action, act);
    } catch {
      // an action this browser does not know
    }
  }
}
