// A button that reads something aloud.

import { ICONS, shadowOf } from "./look.js";
import { SpeakingElement } from "./speaking-element.js";

const CONTENT = `<button type="button" part="button" aria-pressed="false">${ICONS}<span part="label"><slot>Listen</slot></span></button>`;

/** `<speak-button>`: pressed once it speaks, pressed again it is silent; its content is its label. */
export class SpeakButton extends SpeakingElement {
  #shadow = shadowOf(this, CONTENT);
  #button = /** @type {HTMLButtonElement} */ (this.#shadow.querySelector("button"));
  #alarm = /** @type {HTMLElement} */ (this.#shadow.querySelector(".error"));

  constructor() {
    super();
    this.#button.addEventListener("click", () => this.toggle());
  }

  /** @override @param {string} state */
  show(state) {
    super.show(state);
    this.#button.setAttribute("aria-pressed", String(state === "playing" || state === "loading"));
    this.#alarm.hidden = state !== "error";
    this.#alarm.textContent = this.error?.message ?? "";
  }
}
