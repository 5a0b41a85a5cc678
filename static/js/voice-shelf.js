// Lets voices be heard, and chosen: one for a conversation, one for everything else.

import { ask, whyNotHeard } from "./ask.js";

const METHODS = { call: "PATCH", default: "PUT" };
const TOLD = {
  call: (name) => `${name} reads this conversation.`,
  default: (name) => `${name} reads to you from now on.`,
};
const GIVEN_BACK = { call: "This conversation is read as all others.", default: "The usual voice reads to you from now on." };

/** `<voice-shelf data-call data-default>`: a list of voices; `data-call` and `data-default` are where a choice is kept. */
export class VoiceShelf extends HTMLElement {
  connectedCallback() {
    this.audio = this.querySelector("audio");
    this.status = this.querySelector("[role=status]");
    this.addEventListener("click", ({ target }) => this.press(target.closest("[data-action]")));
    for (const [event, state] of Object.entries({ loadstart: "loading", waiting: "loading", playing: "playing", pause: "idle", ended: "idle" }))
      this.audio.addEventListener(event, () => this.show(state));
    this.audio.addEventListener("error", () => this.fail());
  }

  press(button) {
    if (!button) return;
    const voice = button.closest("[data-voice]");
    voice.querySelector(".alarm").hidden = true;
    if (button.dataset.action === "listen") this.listen(voice, button.dataset.sample);
    else this.choose(voice, button);
  }

  /** Hear a voice; a second press stops it. */
  listen(voice, sample) {
    const again = voice === this.heard && !this.audio.paused;
    this.audio.pause();
    this.show("idle");
    if (again) return;
    this.heard = voice;
    this.audio.src = sample;
    this.audio.play().catch(() => {}); // what goes wrong comes as an event
  }

  show(state) {
    if (!this.heard) return;
    this.heard.dataset.state = state;
    const name = this.heard.querySelector("h2").firstChild.textContent.trim();
    this.heard.querySelector(".speak").setAttribute("aria-label", `${state === "idle" ? "Hear" : "Stop"} ${name}`);
  }

  /** Keep the choice; the chosen one is given back. */
  async choose(voice, button) {
    const { action } = button.dataset;
    const taken = button.getAttribute("aria-pressed") !== "true";
    try {
      await ask(this.dataset[action], { method: METHODS[action], body: { voice: taken ? voice.dataset.voice : "" } });
      for (const one of this.querySelectorAll(`[data-action=${action}]`)) one.setAttribute("aria-pressed", String(taken && one === button));
      this.status.textContent = taken ? TOLD[action](voice.querySelector("h2").firstChild.textContent.trim()) : GIVEN_BACK[action];
    } catch (failure) {
      this.complain(voice, failure.message);
    }
  }

  async fail() {
    const voice = this.heard;
    this.show("error");
    this.complain(voice, (await whyNotHeard(this.audio.currentSrc)).message);
  }

  complain(voice, why) {
    const alarm = voice.querySelector(".alarm");
    alarm.textContent = why;
    alarm.hidden = false;
  }
}

customElements.define("voice-shelf", VoiceShelf);
