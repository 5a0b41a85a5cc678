// Which reply is worth having made before anybody asks for it.

/** @import { Item } from "./item.js" */

/**
 * The newest reply, for somebody who listens: who never does costs nothing, and who saves data is asked first.
 *
 * @param {Item[]} replies those the page shows, the oldest first
 * @param {{ listens: boolean, savesData: boolean, asked: Set<string> }} reader `asked` are those asked for already
 * @returns {Item | null}
 */
export function worthMaking(replies, { listens, savesData, asked }) {
  const newest = replies.at(-1);
  return newest && newest.live && listens && !savesData && !asked.has(newest.id) ? newest : null;
}
