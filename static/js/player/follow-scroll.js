// Scrolls the page along with the voice.

import { Following } from "./following.js";
import { rangeOf } from "./highlight.js";

/** @import { Captions } from "./captions.js" */
/** @import { Player } from "./player.js" */
/** @import { Stretch } from "./script.js" */

const SCROLLED_BY = ["wheel", "touchmove"];
const SCROLL_KEYS = new Set(["PageUp", "PageDown", "Home", "End", "ArrowUp", "ArrowDown", " "]);

/** Brings each sentence into sight, between what sticks to the edges, while captions are on. */
export class FollowScroll {
  following = new Following();

  /** @param {Player} player @param {Captions} captions */
  constructor(player, captions) {
    captions.addEventListener("sentence", (event) => this.show(/** @type {CustomEvent} */ (event).detail));
    for (const name of ["itemchange", "captionschange"]) player.addEventListener(name, () => this.following.resume());
    for (const name of SCROLLED_BY) addEventListener(name, () => this.following.yield(), { passive: true });
    addEventListener("keydown", (event) => this.press(event));
    addEventListener("pointerdown", (event) => this.drag(event));
  }

  /** @param {{ prose: HTMLElement, stretch: Stretch }} sentence */
  show({ prose, stretch }) {
    const box = rangeOf(prose, stretch)?.getBoundingClientRect();
    const top = box ? this.following.distance(box, sight()) : 0;
    if (top) scrollBy({ top, behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth" });
  }

  /** Keys that scroll the page, where nothing has a use of its own for them. @param {KeyboardEvent} event */
  press({ key, target, defaultPrevented }) {
    const elsewhere = target instanceof Element && target.closest("input, textarea, button, speech-player");
    if (SCROLL_KEYS.has(key) && !defaultPrevented && !elsewhere) this.following.yield();
  }

  /** The scroll bar is no part of any element. @param {PointerEvent} event */
  drag({ target }) {
    if (target === document.documentElement) this.following.yield();
  }
}

/** What is seen of the page between its head and its foot. */
function sight() {
  const { scrollPaddingBlockStart, scrollPaddingBlockEnd } = getComputedStyle(document.documentElement);
  const [top, bottom] = [scrollPaddingBlockStart, scrollPaddingBlockEnd].map((length) => Number.parseFloat(length) || 0);
  return { top, bottom: innerHeight - bottom };
}
