// What the buttons and keys of the player do.

/** @import { Playback } from "./playback.js" */
/** @import { Programme } from "./programme.js" */

const LITTLE_S = 5;
const SPEED_STEP = 0.1;
const VOLUME_STEP = 0.1;

/**
 * Commands by their names.
 *
 * @param {Programme} programme
 * @returns {Record<string, () => void>}
 */
export function commandsFor(programme) {
  const { playback, queue, taste } = programme;
  const faster = (/** @type {number} */ step) => taste.set({ rate: taste.settings.rate + step });
  const louder = (/** @type {number} */ step) => taste.set({ volume: taste.settings.volume + step, muted: false });
  return {
    toggle: () => programme.toggle(),
    next: () => programme.next(),
    previous: () => programme.previous(),
    skip: () => programme.next(),
    newest: () => programme.newest(),
    clear: () => queue.clear(),
    stop: () => programme.stop(),
    "sentence-next": () => playback.sentence(1),
    "sentence-previous": () => playback.sentence(-1),
    forward: () => playback.nudge(LITTLE_S),
    back: () => playback.nudge(-LITTLE_S),
    faster: () => faster(SPEED_STEP),
    slower: () => faster(-SPEED_STEP),
    louder: () => louder(VOLUME_STEP),
    quieter: () => louder(-VOLUME_STEP),
    mute: () => taste.set({ muted: !taste.settings.muted }),
    captions: () => taste.set({ captions: !taste.settings.captions }),
    continuous: () => programme.readOn(!taste.settings.continuous),
  };
}
