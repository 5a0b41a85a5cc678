// Something shown this once, and a button that takes it along.

/** `<copy-once>`: copies the text of its `<code>`. The page was the answer to a form: loading it anew sends none. */
export class CopyOnce extends HTMLElement {
  connectedCallback() {
    this.code = this.querySelector("code");
    this.told = this.querySelector("[role=status]");
    this.querySelector("button").addEventListener("click", () => this.copy());
    history.replaceState(null, "", document.querySelector("nav a[data-account]").href);
  }

  /** Where a page may not write to the clipboard, it selects the text: the person's own keys can. */
  async copy() {
    try {
      await navigator.clipboard.writeText(this.code.textContent);
      this.told.textContent = "Copied.";
    } catch {
      getSelection().selectAllChildren(this.code);
      this.told.textContent = "Selected: press Ctrl + C, or ⌘ C.";
    }
  }
}

customElements.define("copy-once", CopyOnce);
