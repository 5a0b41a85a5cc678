// The chat's one voice: a single <audio>, and the message that has it.

import { durationOf } from "./duration.js";
import { BROKEN_OFF, Failure, whyNotHeard } from "./ask.js";

const HEARD = ["playing", "pause", "waiting", "timeupdate", "durationchange", "loadedmetadata", "ended", "error"];
const PATIENCE_MS = 12_000;
const TAP = new Failure("Your browser wants a tap first. Tap to play.", { retryable: true });

/** `<speech-stage>`: plays the `<message-player>` that asks; whoever played before falls silent. */
export class SpeechStage extends HTMLElement {
  connectedCallback() {
    this.audio = this.querySelector("audio");
    this.player = null;
    this.addEventListener("playrequest", (event) => this.play(event.target));
    this.addEventListener("pauserequest", () => this.pause());
    this.addEventListener("seekrequest", (event) => this.seek(event.detail));
    for (const name of HEARD) this.audio.addEventListener(name, this);
  }

  /** An event of the audio, told to the player that has the stage. */
  handleEvent(event) {
    if (event.type !== "timeupdate") clearTimeout(this.waiting);
    if (this.player) this[`on${event.type}`]();
  }

  play(player) {
    if (player !== this.player || this.mustReload) this.give(player);
    player.state = "loading";
    this.audio.play().catch((error) => this.refused(player, error));
  }

  pause() {
    this.audio.pause();
    this.player.state = "paused";
  }

  /** What came as a stream cannot be sought in; but the same address answers with a file by now. */
  seek(seconds) {
    const { audio, player, live } = this;
    const playing = !audio.paused;
    if (live) audio.src = player.src;
    this.live = false;
    audio.currentTime = seconds;
    if (live && playing) this.play(player);
    this.ontimeupdate();
  }

  give(player) {
    if (this.player !== player) this.player?.leave();
    this.player = player;
    this.audio.src = player.src;
    this.told = NaN;
    this.ontimeupdate();
    this.learn(player);
  }

  /** What the server tells: of a stream browsers know nothing, or guess. */
  async learn(player) {
    const { audio } = this;
    const told = await durationOf(player.message, () => player === this.player && !audio.ended && !audio.error);
    if (player === this.player) this.told = told;
  }

  /** Seconds; NaN while nobody knows. */
  get duration() {
    return this.audio.ended ? this.audio.duration : this.told;
  }

  /** After an error; and after the end of what was still being made, for only now can it be sought in. */
  get mustReload() {
    const { audio } = this;
    return !audio.hasAttribute("src") || Boolean(audio.error) || (this.live && audio.ended);
  }

  /** Only a missing gesture is this promise's to tell: errors come as events, and being outrun is no failure. */
  refused(player, error) {
    if (error.name === "NotAllowedError" && player === this.player) player.fail(TAP);
  }

  onloadedmetadata() {
    this.live = !Number.isFinite(this.audio.duration);
  }

  onplaying() {
    this.player.state = "playing";
    cancelAnimationFrame(this.frame);
    this.follow();
  }

  /** Out of audio. A browser may go on asking for the rest of what broke off for minutes; nobody waits for that. */
  onwaiting() {
    if (this.audio.paused) return;
    this.player.state = "loading";
    if (this.audio.currentTime > 0) this.waiting = setTimeout(() => this.breakOff(), PATIENCE_MS);
  }

  onpause() {
    if (!this.audio.ended) this.player.state = "paused";
  }

  ontimeupdate() {
    this.player.show(this.audio.currentTime, this.duration);
  }

  ondurationchange() {
    this.ontimeupdate();
  }

  onended() {
    this.player.state = "idle";
    this.ontimeupdate();
  }

  breakOff() {
    this.audio.removeAttribute("src");
    this.audio.load();
    this.player.fail(BROKEN_OFF);
  }

  async onerror() {
    const { player } = this;
    player.state = "loading";
    const failure = await whyNotHeard(player.src);
    if (player === this.player && this.audio.error) player.fail(failure);
  }

  /** Keep the bar moving smoothly: `timeupdate` comes but four times a second. */
  follow() {
    if (this.audio.paused) return;
    this.ontimeupdate();
    this.frame = requestAnimationFrame(() => this.follow());
  }
}

customElements.define("speech-stage", SpeechStage);
