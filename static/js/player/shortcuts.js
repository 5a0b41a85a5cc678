// Which key does what. Letters act only where the player has the focus; the pair with Alt acts anywhere.

/** @type {Record<string, string>} a key, and its command */
const KEYS = {
  k: "toggle",
  " ": "toggle",
  n: "next",
  p: "previous",
  ".": "sentence-next",
  ",": "sentence-previous",
  l: "forward",
  j: "back",
  ArrowRight: "forward",
  ArrowLeft: "back",
  ArrowUp: "louder",
  ArrowDown: "quieter",
  "+": "faster",
  "=": "faster",
  "-": "slower",
  m: "mute",
  c: "captions",
  r: "continuous",
  q: "queue",
  s: "settings",
  w: "newest",
  "?": "help",
};

const PRESSED_BY = "button, a, summary, [role=button]";
const MOVED_BY = "input[type=range]";

/**
 * The command of a key press inside the player; undefined where the key is for something else.
 *
 * @param {KeyboardEvent} event
 */
export function commandOf({ key, ctrlKey, metaKey, altKey, target }) {
  if (ctrlKey || metaKey || altKey || taken(key, /** @type {Element} */ (target))) return undefined;
  return KEYS[key.length === 1 ? key.toLowerCase() : key];
}

/** Whether an element has a use of its own for a key. @param {string} key @param {Element} target */
function taken(key, target) {
  if (key === " ") return target.matches(`${PRESSED_BY}, input`);
  return key.startsWith("Arrow") && target.matches(MOVED_BY);
}

/**
 * The command of a key press anywhere: Alt + P plays and pauses, with Shift it goes to the player and back.
 *
 * @param {KeyboardEvent} event
 */
export function globalCommandOf({ code, altKey, ctrlKey, metaKey, shiftKey }) {
  if (code !== "KeyP" || !altKey || ctrlKey || metaKey) return undefined;
  return shiftKey ? "focus" : "toggle";
}
