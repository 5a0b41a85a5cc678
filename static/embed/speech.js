// Asks Aloud where something can be heard.

/** Why something cannot be heard: `code` is one of docs/api.md, or `unreachable` or `nothing_to_say`. */
export class SpeechFailure extends Error {
  /** @param {string} code @param {string} message @param {number} [retryAfter] seconds */
  constructor(code, message, retryAfter) {
    super(message);
    this.code = code;
    this.retryAfter = retryAfter;
  }
}

/** Where this script comes from, which is where it asks unless told otherwise. */
export const HOME = new URL("/", import.meta.url).href;

/**
 * The address of some text's audio. Throws a SpeechFailure.
 *
 * @param {{ api?: string, key?: string, text: string, voice?: string, format?: string }} asked
 * @param {AbortSignal} [signal]
 * @returns {Promise<string>}
 */
export async function addressOf({ api = HOME, key = "", text, voice, format }, signal) {
  if (!text.trim()) throw nothingToSay();
  const door = new URL("tts", api.endsWith("/") ? api : `${api}/`);
  const answer = await post(door, key, { text, ...(voice && { voice }), ...(format && { format }) }, signal);
  if (answer.status === 204) throw nothingToSay();
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok || !told.audio_url) throw failureOf(answer.status, told.error);
  return new URL(told.audio_url, door).href;
}

/** @param {URL} door @param {string} key @param {object} body @param {AbortSignal} [signal] */
async function post(door, key, body, signal) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json", "Content-Type": "application/json" };
  if (key) headers.Authorization = `Bearer ${key}`;
  try {
    return await fetch(door, { method: "POST", headers, body: JSON.stringify(body), credentials: "omit", signal });
  } catch {
    throw new SpeechFailure("unreachable", "Speech cannot be reached just now.");
  }
}

/** @param {number} status @param {{ code: string, message: string, retry_after?: number }} [error] */
function failureOf(status, error) {
  if (error) return new SpeechFailure(error.code, error.message, error.retry_after);
  return new SpeechFailure("unknown", `Speech was answered with ${status}.`);
}

function nothingToSay() {
  return new SpeechFailure("nothing_to_say", "There is nothing to read aloud.");
}
