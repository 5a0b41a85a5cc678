// Renames a conversation, or deletes it.

import { ask } from "./ask.js";
import { navigation } from "./player/navigation.js";

/** `<conversation-editor action data-home>`: a dialog that patches or deletes what is at `action`. */
export class ConversationEditor extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.form = this.querySelector("form");
    this.alarm = this.querySelector(".alarm");
    this.form.addEventListener("submit", (event) => this.save(event));
    this.addEventListener("click", (event) => this.press(event.target.closest("[data-action]")));
  }

  press(button) {
    if (button?.dataset.action === "open") this.dialog.showModal();
    if (button?.dataset.action === "close") this.dialog.close();
    if (button?.dataset.action === "delete") this.remove(button);
  }

  save(event) {
    event.preventDefault();
    const { value: title } = this.form.elements.title;
    this.change("PATCH", { title }, () => navigation.go(location.href, { replace: true }));
  }

  /** The first press asks, the second deletes. */
  remove(button) {
    if (button.dataset.sure) this.change("DELETE", undefined, () => this.leave());
    button.dataset.sure = "yes";
    button.textContent = "Really delete";
  }

  leave() {
    document.dispatchEvent(new CustomEvent("callremoved", { detail: location.pathname }));
    navigation.go(this.dataset.home, { replace: true });
  }

  async change(method, body, then) {
    this.alarm.hidden = true;
    try {
      await ask(this.getAttribute("action"), { method, body });
      then();
    } catch (failure) {
      this.alarm.textContent = failure.message;
      this.alarm.hidden = false;
    }
  }
}

customElements.define("conversation-editor", ConversationEditor);
