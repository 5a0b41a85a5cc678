// A message that can be heard: its button, its bar, its error. It owns no audio; it asks the stage.

import { labelOf } from "./player/item.js";

const VERBS = { idle: "Play", loading: "Stop", playing: "Pause", paused: "Play", error: "Play" };
const BUSY = new Set(["loading", "playing"]);

/**
 * `<message-player src data-state="idle|loading|playing|paused|error">`.
 * Fires `playrequest` and `pauserequest`; the stage answers through `state`, `show`, `fail` and `leave`.
 */
export class MessagePlayer extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("[data-action=play]");
    this.bar = this.querySelector("seek-bar");
    this.failure = this.querySelector("failure-notice");
    this.addEventListener("click", (event) => this.press(event.target.closest("[data-action]")?.dataset.action));
    this.state = "idle";
  }

  /** What is to be played. */
  get item() {
    return {
      id: this.closest("[id]").id.replace("message-", ""),
      src: this.getAttribute("src"),
      message: this.dataset.message,
      conversation: location.pathname,
      label: this.label,
      text: this.words,
      live: true,
    };
  }

  get words() {
    return this.querySelector(".prose").textContent;
  }

  get state() {
    return this.dataset.state;
  }

  set state(state) {
    this.dataset.state = state;
    this.button.setAttribute("aria-label", `${VERBS[state]}: ${this.label}`);
    this.failure.hidden = state !== "error";
    if (BUSY.has(state)) this.bar.hidden = false;
  }

  /** Its first words, to tell one message's button from another's. */
  get label() {
    return labelOf(this.words);
  }

  press(action) {
    if (action === "play" && BUSY.has(this.state)) this.request("pauserequest");
    else if (action === "play" || action === "retry") this.request("playrequest");
    if (action === "retry") this.button.focus();
  }

  request(name) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true }));
  }

  /** Show how much was heard. */
  show(position, duration) {
    this.bar.show(position, duration);
  }

  /** Say what went wrong, and offer what can be done about it. */
  fail(failure) {
    const hadFocus = this.contains(document.activeElement);
    this.failure.tell(failure);
    this.bar.hidden = true;
    this.state = "error";
    if (hadFocus && failure.retryable) this.failure.querySelector("[data-action=retry]").focus();
  }

  /** Another message has the stage now. */
  leave() {
    this.state = "idle";
    this.bar.hidden = true;
  }
}

customElements.define("message-player", MessagePlayer);
