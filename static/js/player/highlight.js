// Makes stretches of a text stand out, without touching it where the browser can.

/** @import { Stretch } from "./script.js" */

/**
 * The range of a stretch of `element.textContent`; null where the element is shorter.
 *
 * @param {Element} element
 * @param {Stretch} stretch
 */
export function rangeOf(element, { from, to }) {
  const range = document.createRange();
  let passed = 0;
  let begun = false;
  for (const node of textNodesOf(element)) {
    const end = passed + node.data.length;
    if (!begun && from < end) {
      range.setStart(node, from - passed);
      begun = true;
    }
    if (to <= end) {
      range.setEnd(node, to - passed);
      return begun ? range : null;
    }
    passed = end;
  }
  return null;
}

/**
 * How many letters of `element.textContent` stand before a point of its inside.
 *
 * @param {Element} element
 * @param {Node} node
 * @param {number} offset
 */
export function placeIn(element, node, offset) {
  const range = document.createRange();
  range.setStart(element, 0);
  range.setEnd(node, offset);
  return range.toString().length;
}

/** @param {Element} element @returns {Text[]} */
function textNodesOf(element) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) nodes.push(/** @type {Text} */ (walker.currentNode));
  return nodes;
}

/**
 * Something that marks a stretch under a name, which style sheets know as `::highlight(name)` or `.name`.
 *
 * @param {string} name
 * @param {number} [priority] the higher one is seen where two overlap
 */
export function markerNamed(name, priority = 0) {
  return "highlights" in CSS ? new HighlightMarker(name, priority) : new ElementMarker(name);
}

/** The CSS Custom Highlight API: the document stays as it is. */
class HighlightMarker {
  /** @param {string} name @param {number} priority */
  constructor(name, priority) {
    this.name = name;
    this.priority = priority;
  }

  /** @param {Element} element @param {Stretch} stretch */
  mark(element, stretch) {
    const range = rangeOf(element, stretch);
    if (!range) return this.clear();
    CSS.highlights.set(this.name, Object.assign(new Highlight(range), { priority: this.priority }));
  }

  clear() {
    CSS.highlights.delete(this.name);
  }
}

/** Elements around the text, taken away again. */
class ElementMarker {
  /** @type {HTMLElement[]} */
  marks = [];

  /** @param {string} name */
  constructor(name) {
    this.name = name;
  }

  /** @param {Element} element @param {Stretch} stretch */
  mark(element, { from, to }) {
    this.clear();
    let passed = 0;
    for (const node of textNodesOf(element)) {
      const [start, end] = [Math.max(from - passed, 0), Math.min(to - passed, node.data.length)];
      passed += node.data.length;
      if (start < end) this.wrap(node, start, end);
    }
  }

  /** @param {Text} node @param {number} start @param {number} end */
  wrap(node, start, end) {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    const mark = document.createElement("span");
    mark.className = this.name;
    range.surroundContents(mark);
    this.marks.push(mark);
  }

  clear() {
    for (const mark of this.marks.splice(0)) {
      const { parentNode: parent } = mark;
      mark.replaceWith(...mark.childNodes);
      parent?.normalize();
    }
  }
}
