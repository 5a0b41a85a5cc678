// Shows how far a message has been heard, and moves there.

import { clock } from "./clock.js";

/** `<seek-bar>`: a range input and a time. Fires `seekrequest` with the second asked for. */
export class SeekBar extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.time = this.querySelector(".time");
    this.input.addEventListener("input", () => this.request(this.input.valueAsNumber));
    this.input.addEventListener("keydown", (event) => this.step(event));
  }

  /** Show `position` of `duration` seconds; a duration nobody knows yet is not finite. */
  show(position, duration, seekable) {
    const known = Number.isFinite(duration) && duration > 0;
    const told = known ? `${clock(position)} / ${clock(duration)}` : clock(position);
    this.input.disabled = !known || !seekable;
    this.toggleAttribute("data-endless", !known);
    this.input.max = known ? duration : 1;
    this.input.value = known ? position : 0;
    this.input.style.setProperty("--played", known ? `${(100 * position) / duration}%` : "0%");
    if (told === this.time.textContent) return;
    this.time.textContent = told;
    this.input.setAttribute("aria-valuetext", told.replace("/", "of"));
  }

  /** Arrows move a twentieth, and at least a second: the input's own step is a tenth of one. */
  step(event) {
    const way = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!way) return;
    event.preventDefault();
    const duration = Number(this.input.max);
    const target = this.input.valueAsNumber + way * Math.max(1, duration / 20);
    this.request(Math.min(Math.max(target, 0), duration));
  }

  request(seconds) {
    this.dispatchEvent(new CustomEvent("seekrequest", { bubbles: true, detail: seconds }));
  }
}

customElements.define("seek-bar", SeekBar);
