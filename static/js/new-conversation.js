// Starts a conversation and goes there.

import { ask } from "./ask.js";
import { navigation } from "./player/navigation.js";

/** `<new-conversation action>`: its button posts to `action`. */
export class NewConversation extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.button.addEventListener("click", () => this.start());
  }

  async start() {
    const alarm = this.querySelector(".alarm");
    this.button.disabled = true;
    alarm.hidden = true;
    try {
      const call = await ask(this.getAttribute("action"), { method: "POST", body: {} });
      if (this.isConnected) await navigation.go(call.messages_url);
    } catch (failure) {
      alarm.textContent = failure.message;
      alarm.hidden = false;
    }
    this.button.disabled = false;
  }
}

customElements.define("new-conversation", NewConversation);
