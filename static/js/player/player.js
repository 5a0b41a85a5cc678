// What the player offers to what stands beside it: captions, scrolling, and whoever else follows what is heard.

/** @import { Item } from "./item.js" */
/** @import { Way } from "./way.js" */

/**
 * `<speech-player>`, as others see it. It fires
 *
 * - `itemchange` when another item, or none, is the current one, and when its way is another;
 * - `timeupdate` while it is heard, with every frame that is drawn, and after a seek;
 * - `captionschange` when captions are switched on or off, or become known;
 * - `pagechange` when another conversation is shown: elements found before are gone.
 *
 * @typedef {object} PlayerMembers
 * @property {Item | null} item the current one
 * @property {Way | null} way how it is heard
 * @property {"idle" | "loading" | "playing" | "paused" | "error"} state
 * @property {boolean} captions whether captions are switched on
 * @property {HTMLElement | null} prose the current item's words in the page, where it is shown there
 * @property {(seconds: number) => void} seek
 *
 * @typedef {EventTarget & PlayerMembers} Player
 */

export {};
