// Asks for audio without the audio element.

import { Failure, whyNotHeard } from "../ask.js";
import { ELSEWHERE } from "./trouble.js";

const NO_CONTENT = 204;

/**
 * The answer, whose body is audio. Throws a Failure; one nobody should hear of once `signal` is aborted.
 *
 * A redirect is not followed: the storage it leads to lets the audio element in, and no script.
 *
 * @param {string} src
 * @param {AbortSignal} signal
 */
export async function fetchAudio(src, signal) {
  const response = await fetch(src, { headers: { Accept: "audio/*" }, redirect: "manual", signal }).catch(() => {
    throw Failure.unreachable();
  });
  if (response.type === "opaqueredirect") throw ELSEWHERE;
  if (response.status === NO_CONTENT) throw await whyNotHeard(src);
  if (!response.ok) throw await Failure.from(response);
  return response;
}
