// What the server tells of an item that can be heard: when each sentence is, and where it is by now.

import { ask } from "../ask.js";

/** @import { Item } from "./item.js" */
/** @import { Captions } from "./way.js" */

/**
 * Null where nobody knows: captions are a help, and their failures nobody's concern.
 *
 * @param {Item} item
 * @returns {Promise<Captions | null>}
 */
export async function captionsOf({ id, src }) {
  if (!src.endsWith(`/${id}`)) return null; // a signed address: it tells nothing but the audio
  return ask(`${src}/captions`).catch(() => null);
}

/**
 * Where a message's audio is to be had just now: an address may have ended since it was told.
 *
 * @param {Item} item
 * @returns {Promise<string>}
 */
export async function freshAddress({ message, src }) {
  const { audio_url: fresh } = await ask(message).catch(() => ({}));
  return fresh ?? src;
}
