// A message that can be heard: its button and its error. It owns no audio; it asks the player of the page.

import { labelOf } from "./player/item.js";

const VERBS = { idle: "Play", loading: "Stop", playing: "Pause", paused: "Play", error: "Play" };
const BUSY = new Set(["loading", "playing"]);

/**
 * `<message-player src data-message data-state="idle|loading|playing|paused|error">`, with `data-queued` while it waits
 * its turn, and with `data-audio="ready|failed"` once that is known; then `audioready` or `audiofailed` is fired too.
 * Fires `playrequest`, `pauserequest` and `queuerequest`; the player answers through `state` and `fail`.
 */
export class MessagePlayer extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("[data-action=play]");
    this.failure = this.querySelector("failure-notice");
    this.addEventListener("click", (event) => this.press(event.target.closest("[data-action]")?.dataset.action));
    this.state = "idle";
  }

  /** What is to be played. */
  get item() {
    return {
      id: this.closest("article").id.replace("message-", ""),
      src: this.getAttribute("src"),
      message: this.dataset.message,
      conversation: location.pathname,
      label: labelOf(this.words),
      text: this.words,
      live: this.dataset.audio !== "ready",
    };
  }

  get words() {
    return this.querySelector(".prose").textContent;
  }

  get state() {
    return this.dataset.state;
  }

  set state(state) {
    if (state === this.state && this.button.hasAttribute("data-told")) return;
    this.dataset.state = state;
    this.button.toggleAttribute("data-told", true);
    this.button.setAttribute("aria-label", `${VERBS[state]}: ${labelOf(this.words)}`);
    this.failure.hidden = state !== "error";
  }

  press(action) {
    if (action === "play" && BUSY.has(this.state)) this.request("pauserequest");
    else if (action === "play" || action === "retry") this.request("playrequest");
    else if (action === "queue") this.request("queuerequest");
    if (action === "retry") this.button.focus();
  }

  request(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));
  }

  /** Say what went wrong, once, and offer what can be done about it. */
  fail(failure) {
    if (this.state === "error") return;
    const hadFocus = this.contains(document.activeElement);
    this.failure.tell(failure);
    this.state = "error";
    if (hadFocus && failure.retryable) this.failure.querySelector("[data-action=retry]").focus();
  }
}

customElements.define("message-player", MessagePlayer);
