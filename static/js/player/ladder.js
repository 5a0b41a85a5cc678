// Chooses the way an item is heard.

import { Progressive } from "./ways/progressive.js";

/** @import { Item } from "./item.js" */
/** @import { Opening, Way } from "./way.js" */

/**
 * The way to hear `item`.
 *
 * @param {Item} item
 * @param {Opening} opening
 * @returns {Way}
 */
export function open(item, opening) {
  return new Progressive(item, opening);
}
