// A small player: play and pause, where one is, and how fast.

import { ICONS, shadowOf } from "./look.js";
import { SpeakingElement } from "./speaking-element.js";

const SPEEDS = [0.5, 0.8, 1, 1.25, 1.5, 2, 3];
const CONTENT = `<div class="bar" part="bar" role="group" aria-label="Audio player">
  <button type="button" class="round" part="button" aria-label="Play">${ICONS}</button>
  <input type="range" part="seek" min="0" max="1" step="0.1" value="0" disabled aria-label="Position">
  <span class="time" part="time" aria-hidden="true">0:00</span>
  <select part="speed" aria-label="Speed">${SPEEDS.map((speed) => `<option value="${speed}"${speed === 1 ? " selected" : ""}>${speed}×</option>`).join("")}</select>
</div>`;

/** `<speech-player>`: as `<speak-button>`, with a bar to seek on and a choice of speed. */
export class SpeechPlayer extends SpeakingElement {
  #shadow = shadowOf(this, CONTENT);
  #button = /** @type {HTMLButtonElement} */ (this.#shadow.querySelector("button"));
  #seek = /** @type {HTMLInputElement} */ (this.#shadow.querySelector("input"));
  #time = /** @type {HTMLElement} */ (this.#shadow.querySelector(".time"));
  #speed = /** @type {HTMLSelectElement} */ (this.#shadow.querySelector("select"));
  #alarm = /** @type {HTMLElement} */ (this.#shadow.querySelector(".error"));

  constructor() {
    super();
    this.#button.addEventListener("click", () => this.toggle());
    this.#seek.addEventListener("input", () => { this.currentTime = Number(this.#seek.value); });
    this.#speed.addEventListener("change", () => { this.playbackRate = Number(this.#speed.value); });
    for (const name of ["timeupdate", "durationchange", "seeked"]) this.addEventListener(name, () => this.#follow());
  }

  /** @override @param {string} state */
  show(state) {
    super.show(state);
    this.#button.setAttribute("aria-label", state === "playing" || state === "loading" ? "Pause" : "Play");
    this.#alarm.hidden = state !== "error";
    this.#alarm.textContent = this.error?.message ?? "";
  }

  /** Show where one is; while it is being made nobody knows how long it will be. */
  #follow() {
    const known = Number.isFinite(this.duration);
    this.#seek.disabled = !known;
    if (known) this.#seek.max = String(this.duration);
    this.#seek.value = String(known ? this.currentTime : 0);
    this.#seek.setAttribute("aria-valuetext", written(this.currentTime));
    this.#time.textContent = known ? `${written(this.currentTime)} / ${written(this.duration)}` : written(this.currentTime);
  }
}

/** Seconds as people write them: 1:05. @param {number} seconds */
function written(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}
