// Says that another conversation could not be opened; the one that is shown stays.

import { navigation } from "./player/navigation.js";

/** `<page-failure>`: holds a `<failure-notice>`, and tries again when that asks for it. */
export class PageFailure extends HTMLElement {
  connectedCallback() {
    this.notice = this.querySelector("failure-notice");
    this.addEventListener("click", ({ target }) => target.closest("[data-action=retry]") && this.retry());
    navigation.addEventListener("pagefailure", ({ detail }) => this.tell(detail));
    navigation.addEventListener("pagechange", () => this.hide());
  }

  tell(address) {
    this.address = address;
    this.notice.tell({ message: "That page cannot be reached. Check your connection.", retryable: true });
  }

  hide() {
    this.notice.hidden = true;
  }

  retry() {
    this.hide();
    navigation.go(this.address);
  }
}

customElements.define("page-failure", PageFailure);
