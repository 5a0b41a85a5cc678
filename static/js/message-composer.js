// Where a message is written and sent. A draft is never lost: what was not sent comes back.

import { ask } from "./ask.js";
import { draftOf, keepDraft } from "./drafts.js";

/** The code of a key that an input method took; Safari says it only so of the Enter that ends a word. */
const COMPOSING = 229;

/** `<message-composer action for>`: posts to `action` and shows what comes of it in the log named by `for`. */
export class MessageComposer extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.draft = this.querySelector("textarea");
    this.failure = this.querySelector("failure-notice");
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.draft.addEventListener("keydown", (event) => this.key(event));
    this.draft.addEventListener("input", () => this.keep());
    this.querySelector("[data-action=retry]").addEventListener("click", () => this.form.requestSubmit());
    this.log = document.getElementById(this.getAttribute("for"));
    this.log.addEventListener("click", (event) => this.suggested(event.target.closest("[data-suggestion]")));
    this.write(draftOf(this.action));
  }

  get action() {
    return this.getAttribute("action");
  }

  /** Enter sends; with Shift, or while an input method composes a word, it does what it always does. */
  key(event) {
    const composing = event.isComposing || event.keyCode === COMPOSING;
    if (event.key !== "Enter" || event.shiftKey || composing) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  suggested(button) {
    if (button) this.send(button.textContent.trim());
  }

  submit(event) {
    event.preventDefault();
    const text = this.draft.value.trim();
    if (text) this.send(text);
  }

  async send(text) {
    if (this.sending) return;
    this.sending = true;
    this.failure.hidden = true;
    this.write("");
    const said = this.log.said(text);
    const writing = this.log.writing();
    try {
      const { call, reply } = await ask(this.action, { method: "POST", body: { text } });
      said.classList.remove("pending");
      this.log.reply(reply);
      if (this.isConnected) this.entitle(call.title);
    } catch (failure) {
      said.remove();
      this.giveBack(text, failure);
    }
    writing.remove();
    this.sending = false;
  }

  /** The first thing said may have given the conversation its title. */
  entitle(title) {
    for (const element of document.querySelectorAll("[data-title]")) element.textContent = title;
  }

  /** Even when another conversation is shown by now: then it is there when its reader comes back. */
  giveBack(text, failure) {
    this.write([text, draftOf(this.action)].filter(Boolean).join("\n"));
    this.failure.tell(failure);
    this.draft.focus();
  }

  write(text) {
    this.draft.value = text;
    this.keep();
  }

  keep() {
    keepDraft(this.action, this.draft.value);
    this.fit();
  }

  /** As tall as its text, where the style sheet's `field-sizing` cannot see to it. */
  fit() {
    if (CSS.supports("field-sizing", "content")) return;
    this.draft.style.height = "auto";
    this.draft.style.height = `${this.draft.scrollHeight}px`;
  }
}

customElements.define("message-composer", MessageComposer);
