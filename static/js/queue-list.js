// Who waits to be heard.

/** `<queue-list>`: shows a queue; fires `waitingrequest`, whose `detail` is `{ act: "play" | "remove", id }`. */
export class QueueList extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector("ol");
    this.addEventListener("click", ({ target }) => this.press(target.closest("[data-act]")));
  }

  show(items) {
    const at = [...this.list.children].findIndex((entry) => entry.contains(document.activeElement));
    this.list.replaceChildren(...items.map((item) => this.entry(item)));
    this.querySelector(".note").hidden = items.length > 0;
    if (at >= 0) this.focusNear(at);
  }

  entry({ id, label }) {
    const entry = this.querySelector("template").content.cloneNode(true).firstElementChild;
    entry.dataset.id = id;
    entry.querySelector(".title").textContent = label;
    entry.querySelector("[data-act=remove]").setAttribute("aria-label", `Remove: ${label}`);
    entry.querySelector("[data-act=play]").setAttribute("aria-label", `Play now: ${label}`);
    return entry;
  }

  press(button) {
    if (!button) return;
    const { id } = button.closest("li").dataset;
    this.dispatchEvent(new CustomEvent("waitingrequest", { bubbles: true, detail: { act: button.dataset.act, id } }));
  }

  /** The entry that had the focus is drawn anew, or gone. */
  focusNear(at) {
    const entry = this.list.children[Math.min(at, this.list.children.length - 1)];
    (entry?.querySelector("[data-act=remove]") ?? this.closest("[popover]")?.querySelector("input"))?.focus();
  }
}

customElements.define("queue-list", QueueList);
