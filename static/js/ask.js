// Asks the API, and says in one shape what went wrong.

import { refusalOf } from "./refusals.js";

const UNREACHABLE = "Aloud cannot be reached. Check your connection and try again.";

/**
 * Why a request failed, in words for a person; whether trying again can help, whether the account page can, and whether
 * a tap is all it takes.
 */
export class Failure extends Error {
  /**
   * @param {string} message
   * @param {{ status?: number, retryable?: boolean, seeAccount?: boolean, needsTap?: boolean }} [more]
   */
  constructor(message, { status = 0, retryable = false, seeAccount = false, needsTap = false } = {}) {
    super(message);
    this.status = status;
    this.retryable = retryable;
    this.seeAccount = seeAccount;
    this.needsTap = needsTap;
  }

  get needsSignIn() {
    return this.status === 401;
  }

  static unreachable() {
    return new Failure(UNREACHABLE, { retryable: true });
  }

  /** @param {Response} response */
  static async from(response) {
    const { status } = response;
    const { error } = await response.json().catch(() => ({}));
    const told = error?.message ?? `The server answered ${status}. Try again in a moment.`;
    const { message = told, ...more } = refusalOf(error) ?? { retryable: status >= 500 || status === 429 };
    return new Failure(message, { status, ...more });
  }
}

export const BROKEN_OFF = new Failure("The audio broke off.", { retryable: true });
export const TAP = new Failure("Your browser plays nothing before a tap.", { retryable: true, needsTap: true });
const NOTHING = new Failure("Nothing to read aloud.");

/**
 * The JSON answer of `url`, or null when there is none. Throws a Failure.
 *
 * @param {string} url
 * @param {{ method?: string, body?: object }} [sent]
 */
export async function ask(url, { method = "GET", body } = {}) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json", "X-CSRFToken": csrfToken() };
  if (body) headers["Content-Type"] = "application/json";
  try {
    const response = await fetch(url, { method, headers, redirect: "manual", body: body && JSON.stringify(body) });
    if (response.type === "opaqueredirect") return {}; // to the storage, which lets the audio element in, and no script
    if (!response.ok) throw await Failure.from(response);
    return response.status === 204 ? null : await told(response);
  } catch (error) {
    throw error instanceof Failure ? error : Failure.unreachable();
  }
}

/**
 * Why the audio at `url` could not be heard.
 *
 * @param {string} url
 * @returns {Promise<Failure>}
 */
export async function whyNotHeard(url) {
  try {
    const answer = await ask(url);
    return answer === null ? NOTHING : BROKEN_OFF;
  } catch (failure) {
    return /** @type {Failure} */ (failure);
  }
}

/** The JSON of a response; an empty object where it is something else, audio say, which nobody waits for. @param {Response} response */
async function told(response) {
  if (response.headers.get("Content-Type")?.includes("json")) return response.json();
  await response.body?.cancel();
  return {};
}

function csrfToken() {
  return document.querySelector("meta[name=csrf-token]")?.getAttribute("content") ?? "";
}
