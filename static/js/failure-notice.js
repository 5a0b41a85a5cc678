// Where it is said what went wrong, with what can be done about it.

/** `<failure-notice>`: an alarm, and a way on: trying again, signing in, or the account page. */
export class FailureNotice extends HTMLElement {
  /** Say why, and offer what helps. */
  tell({ message, retryable, needsSignIn, seeAccount }) {
    this.querySelector(".alarm").textContent = message;
    this.offer("retry", retryable);
    this.offer("sign-in", needsSignIn);
    this.offer("account", seeAccount);
    this.hidden = false;
  }

  offer(action, helps) {
    this.querySelector(`[data-action=${action}]`).hidden = !helps;
  }
}

customElements.define("failure-notice", FailureNotice);
