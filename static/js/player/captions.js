// Lights up in the message what is heard of it, and goes to the sentence that is clicked.

import { markerNamed, placeIn } from "./highlight.js";
import { Script } from "./script.js";

/** @import { Player } from "./player.js" */
/** @import { Captions as Timing } from "./way.js" */

const USED_OTHERWISE = "a, button, input, summary";

/** Stands beside a player. Fires `sentence` when another sentence is heard that is shown. */
export class Captions extends EventTarget {
  sentence = markerNamed("spoken-sentence");
  word = markerNamed("spoken-word", 1);

  /** @type {Script | null} */
  script = null;

  /** What the script is of. @type {{ timing: Timing | null, prose: HTMLElement | null }} */
  of = { timing: null, prose: null };

  /** What is lit just now. */
  lit = "";

  index = -1;

  /** @param {Player} player */
  constructor(player) {
    super();
    this.player = player;
    for (const name of ["itemchange", "captionschange", "pagechange"]) player.addEventListener(name, () => this.learn());
    player.addEventListener("timeupdate", () => this.paint());
    player.addEventListener("statechange", () => this.paint());
    document.addEventListener("click", (event) => this.click(event));
  }

  /** The words on the page, and their times, where both are there and wanted. */
  learn() {
    const { player } = this;
    const timing = (player.captions && player.way?.captions) || null;
    const prose = timing && player.prose;
    if (timing === this.of.timing && prose === this.of.prose) return;
    this.darken();
    this.of.prose?.removeAttribute("data-captions");
    prose?.setAttribute("data-captions", "");
    this.of = { timing, prose };
    this.script = timing && prose ? new Script(timing.sentences, prose.textContent) : null;
    this.paint();
  }

  paint() {
    const { player, script } = this;
    if (!script || !player.way || player.state === "idle") return this.darken();
    this.light(script.at(player.way.position));
  }

  /** @param {ReturnType<Script["at"]>} heard */
  light(heard) {
    const { prose } = this.of;
    const now = heard ? `${heard.sentence.from} ${heard.word?.from}` : "";
    if (!prose || now === this.lit) return;
    if (!heard) return this.darken();
    this.lit = now;
    this.sentence.mark(prose, heard.sentence);
    if (heard.word) this.word.mark(prose, heard.word);
    else this.word.clear();
    if (heard.index === this.index) return;
    this.index = heard.index;
    this.dispatchEvent(new CustomEvent("sentence", { detail: { prose, stretch: heard.sentence } }));
  }

  darken() {
    if (this.lit === "") return;
    this.lit = "";
    this.index = -1;
    this.word.clear();
    this.sentence.clear();
  }

  /** @param {MouseEvent} event */
  click({ target, clientX, clientY }) {
    const { prose } = this.of;
    if (!this.script || !(target instanceof Element) || !prose?.contains(target)) return;
    if (target.closest(USED_OTHERWISE) || getSelection()?.isCollapsed === false) return;
    const caret = caretAt(clientX, clientY);
    if (!caret || !prose.contains(caret.node)) return;
    const second = this.script.secondOf(placeIn(prose, caret.node, caret.offset));
    if (second !== null) this.player.seek(second);
  }
}

/** The letter under a point. @param {number} x @param {number} y */
function caretAt(x, y) {
  if ("caretPositionFromPoint" in document) {
    const position = document.caretPositionFromPoint(x, y);
    return position && { node: position.offsetNode, offset: position.offset };
  }
  const range = /** @type {Document} */ (document).caretRangeFromPoint(x, y);
  return range && { node: range.startContainer, offset: range.startOffset };
}
