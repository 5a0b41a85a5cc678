// What can be played.

const LABEL_LENGTH = 60;

/**
 * A reply that can be heard. It knows nothing of the page, and outlives it.
 *
 * @typedef {object} Item
 * @property {string} id the message's id
 * @property {string} src where its audio is, for its owner
 * @property {string} message where its facts are, as JSON: `audio_ready`, `duration`
 * @property {string} conversation the address of the page it is on
 * @property {string} label its first words
 * @property {string} text all its words, as the page shows them
 * @property {boolean} live whether it is still being made, as far as is known: false once it was told to be ready
 */

/**
 * The first words of `text`, to tell one message from another.
 *
 * @param {string} text
 */
export function labelOf(text) {
  const words = text.trim().replace(/\s+/g, " ");
  return words.length > LABEL_LENGTH ? `${words.slice(0, LABEL_LENGTH).trimEnd()}…` : words;
}
