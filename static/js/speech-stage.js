// The chat's one voice: a single <audio>, and the message that has it.

import { open } from "./player/ladder.js";

const TOLD = ["playing", "pause", "waiting", "timeupdate", "durationchange", "ended", "failed"];

/** `<speech-stage>`: plays the `<message-player>` that asks; whoever played before falls silent. */
export class SpeechStage extends HTMLElement {
  connectedCallback() {
    this.audio = this.querySelector("audio");
    this.addEventListener("playrequest", (event) => this.play(event.target));
    this.addEventListener("pauserequest", () => this.pause());
    this.addEventListener("seekrequest", (event) => this.way.seek(event.detail));
  }

  play(player) {
    if (player !== this.player) this.give(player);
    player.state = "loading";
    this.way.play();
  }

  pause() {
    this.way.pause();
    this.player.state = "paused";
  }

  give(player) {
    this.player?.leave();
    this.way?.close();
    this.player = player;
    const { signal } = new AbortController();
    this.way = open(player.item, { audio: this.audio, at: 0, rate: 1, volume: 1, signal });
    for (const name of TOLD) this.way.addEventListener(name, this);
    this.ontimeupdate();
  }

  /** An event of the way the message is heard. */
  handleEvent(event) {
    this[`on${event.type}`](event);
  }

  onplaying() {
    this.player.state = "playing";
    cancelAnimationFrame(this.frame);
    this.follow();
  }

  onpause() {
    this.player.state = "paused";
  }

  onwaiting() {
    this.player.state = "loading";
  }

  ontimeupdate() {
    this.player.show(this.way.position, this.way.duration);
  }

  ondurationchange() {
    this.ontimeupdate();
  }

  onended() {
    this.player.state = "idle";
    this.ontimeupdate();
  }

  onfailed({ detail: failure }) {
    this.player.fail(failure);
  }

  /** Keep the bar moving smoothly: `timeupdate` comes but four times a second. */
  follow() {
    if (this.audio.paused) return;
    this.ontimeupdate();
    this.frame = requestAnimationFrame(() => this.follow());
  }
}

customElements.define("speech-stage", SpeechStage);
