// Lets a voice be heard before it is chosen.

import { whyNotHeard } from "./ask.js";

/** `<voice-sample for data-sample data-default>`: plays the sample of the voice chosen in the list named by `for`. */
export class VoiceSample extends HTMLElement {
  connectedCallback() {
    this.audio = this.querySelector("audio");
    this.alarm = this.querySelector(".alarm");
    this.list = document.getElementById(this.getAttribute("for"));
    this.querySelector("[data-action=listen]").addEventListener("click", () => this.listen());
    this.list.addEventListener("change", () => this.audio.pause());
    this.audio.addEventListener("error", () => this.fail());
  }

  /** Where the chosen voice introduces itself; the service's own, where none is chosen. */
  get source() {
    return this.dataset.sample.replace("VOICE", encodeURIComponent(this.list.value || this.dataset.default));
  }

  listen() {
    this.alarm.hidden = true;
    this.audio.src = this.source;
    this.audio.play().catch(() => {}); // what goes wrong comes as an event
  }

  async fail() {
    const { message } = await whyNotHeard(this.source);
    this.alarm.textContent = message;
    this.alarm.hidden = false;
  }
}

customElements.define("voice-sample", VoiceSample);
