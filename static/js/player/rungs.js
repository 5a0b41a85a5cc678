// The ways there are, the best first, and when each of them can be gone.

import { BrowserVoice, hasVoice } from "./ways/browser-voice.js";
import { FromMediaSource, playsAsSource } from "./ways/media-source.js";
import { Progressive } from "./ways/progressive.js";
import { WholeFile } from "./ways/whole-file.js";

/** @import { Item } from "./item.js" */
/** @import { Opening, Way } from "./way.js" */

/**
 * @typedef {object} Rung
 * @property {string} name
 * @property {(item: Item) => boolean} possible
 * @property {(item: Item, opening: Opening) => Way} open
 */

const MADE_HERE = "audio/mpeg";

/**
 * What is still being made can be sought in through MediaSource only; for a finished file nothing is as good as its
 * address.
 *
 * @type {Rung[]}
 */
export const RUNGS = [
  {
    name: "media-source",
    possible: ({ live }) => live && playsAsSource(MADE_HERE),
    open: (item, opening) => new FromMediaSource(item, opening),
  },
  { name: "progressive", possible: () => true, open: (item, opening) => new Progressive(item, opening) },
  { name: "whole-file", possible: () => true, open: (item, opening) => new WholeFile(item, opening) },
  { name: "browser-voice", possible: hasVoice, open: (item, opening) => new BrowserVoice(item, opening) },
];

export const VOICE_OF_BROWSER = "browser-voice";
