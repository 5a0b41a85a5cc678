// Where it is said what went wrong, with what can be done about it.

/** `<failure-notice>`: an alarm, and a way on: trying again, signing in, or the account page. */
export class FailureNotice extends HTMLElement {
  /** Say why, and offer what helps. */
  tell({ message, retryable, needsSignIn, seeAccount, needsTap }) {
    this.querySelector(".alarm").textContent = message;
    this.offer("retry", retryable);
    this.name(needsTap);
    this.offer("sign-in", needsSignIn);
    this.offer("account", seeAccount);
    this.hidden = false;
  }

  /** A missing gesture is asked for by its name. */
  name(needsTap) {
    const retry = this.querySelector("[data-action=retry]");
    this.usual ??= retry.textContent;
    retry.textContent = needsTap ? "Tap to play" : this.usual;
  }

  offer(action, helps) {
    this.querySelector(`[data-action=${action}]`).hidden = !helps;
  }
}

customElements.define("failure-notice", FailureNotice);
