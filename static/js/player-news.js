// What the player tells those who do not look at it: screen readers, and the lock screen.

import { Announcer } from "./player/announcer.js";
import { LockScreen } from "./player/media-session.js";
import { replyOf } from "./replies.js";

/** Speaks for a `<speech-player>`. */
export class PlayerNews {
  constructor(player) {
    this.player = player;
    const status = player.querySelector("[role=status]");
    this.announcer = new Announcer((words) => {
      status.textContent = words;
    });
    this.lockScreen = new LockScreen(navigator.mediaSession, this.controls());
    player.addEventListener("statechange", () => this.state());
    player.addEventListener("itemchange", () => this.item());
    player.addEventListener("timeupdate", () => this.pass());
    player.addEventListener("descend", () => this.descend());
    for (const name of ["pagechange", "tastechange"]) player.addEventListener(name, () => this.quietLog());
    for (const name of ["durationchange", "tastechange"]) player.addEventListener(name, () => this.place());
    player.addEventListener("pagechange", () => this.pageChange());
  }

  controls() {
    const { player } = this;
    const { playback, programme } = player;
    return {
      play: () => playback.resume(),
      pause: () => playback.pause(),
      stop: () => programme.stop(),
      next: () => programme.next(),
      previous: () => programme.previous(),
      seek: (seconds) => playback.seek(seconds),
      nudge: (seconds) => playback.nudge(seconds),
    };
  }

  state() {
    const { state, item, playback } = this.player;
    this.announcer.hush(!playback.busy);
    this.quietLog();
    this.lockScreen.become(state);
    // A message that is shown says it itself.
    if (playback.failure && !replyOf(item.id)) this.announcer.announce(playback.failure.message);
  }

  /** A screen reader would read a new reply out while another is heard, or this very one. */
  quietLog() {
    const { playback, taste } = this.player;
    const heard = playback.busy || taste.settings.continuous;
    document.querySelector("chat-log")?.setAttribute("aria-live", heard ? "off" : "polite");
  }

  /** A heading that has the focus is read out as it is. */
  pageChange() {
    if (!document.activeElement?.matches("h1, h2")) this.announcer.mention(document.title);
  }

  /** Of all the ways only this one sounds otherwise. */
  descend() {
    if (this.player.way.name === "browser-voice") this.announcer.announce("From here on: browser voice.");
  }

  item() {
    this.lockScreen.show(this.player.item);
    this.announcer.forget();
  }

  /** Another second is heard. */
  pass() {
    const second = Math.floor(this.player.way?.position ?? 0);
    if (second === this.second) return;
    this.second = second;
    this.place();
  }

  place() {
    const { way, taste } = this.player;
    if (way) this.lockScreen.place(way.position, way.duration, taste.settings.rate);
  }
}
