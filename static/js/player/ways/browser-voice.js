// The last way: the browser reads the text itself, and no server has a part in it.

import { Failure, TAP } from "../../ask.js";
import { languageOf, PACE, paced, voiceFor } from "../spoken-text.js";
import { Way } from "../way.js";

/** @import { Item } from "../item.js" */
/** @import { Opening, Sentence } from "../way.js" */

const TICK_MS = 250;
const SPEECHLESS = new Failure("Your browser could not read this aloud either.", { retryable: true });
const OUTRUN = new Set(["canceled", "interrupted"]);

/** Whether the browser has a voice. Some load theirs when they are first asked for. */
export function hasVoice() {
  return (globalThis.speechSynthesis?.getVoices().length ?? 0) > 0;
}

/**
 * Reads sentence by sentence, each an utterance of its own. Its seconds are those of somebody who speaks at an even
 * pace: they are put right with each word the voice tells of, and with each sentence.
 */
export class BrowserVoice extends Way {
  name = "browser-voice";
  seekable = true;

  /** The place in the text's time, in seconds, at `since`. */
  place = 0;

  /** When the voice was last heard of, in milliseconds; null while it is silent. @type {number | null} */
  since = null;

  speed = 1;
  loudness = 1;

  /** @type {SpeechSynthesisUtterance | null} */
  utterance = null;

  /** @type {ReturnType<typeof setInterval> | undefined} */
  ticking;

  /** @param {Item} item @param {Opening} opening */
  constructor(item, { at, rate, volume, signal }) {
    super();
    this.synthesis = globalThis.speechSynthesis;
    this.captions = paced(item.text);
    this.duration = this.captions.duration ?? NaN;
    this.voice = voiceFor(this.synthesis.getVoices(), languageOf(item.text, document.documentElement.lang));
    this.speed = rate;
    this.loudness = volume;
    this.place = this.beginning(at);
    signal.addEventListener("abort", () => this.close(), { once: true });
  }

  get position() {
    if (this.since === null) return this.place;
    const passed = ((performance.now() - this.since) / 1000) * this.speed;
    return Math.min(this.place + passed, this.sentenceAt(this.place)?.end ?? this.place);
  }

  /** What is said just now is said anew from its last word. @param {number} rate */
  set rate(rate) {
    if (rate !== this.speed) this.change(() => Object.assign(this, { speed: rate }));
  }

  /** @param {number} volume */
  set volume(volume) {
    if (volume !== this.loudness) this.change(() => Object.assign(this, { loudness: volume }));
  }

  play() {
    if (this.place >= this.duration) this.place = 0;
    this.say();
  }

  pause() {
    this.hush();
    this.tell("pause");
  }

  /** @param {number} seconds */
  seek(seconds) {
    this.change(() => Object.assign(this, { place: this.beginning(seconds) }));
    this.tell("timeupdate");
  }

  close() {
    this.hush();
  }

  /** @param {() => void} act */
  change(act) {
    const speaking = this.utterance !== null;
    this.hush();
    act();
    if (speaking) this.say();
  }

  /** Say the sentence of this place, from its word on; and then the others. */
  say() {
    const sentence = this.sentenceAt(this.place);
    if (!sentence) return this.finish();
    const skipped = wordAt(sentence.text, Math.round((this.place - sentence.start) * PACE));
    const utterance = new SpeechSynthesisUtterance(sentence.text.slice(skipped));
    Object.assign(utterance, { rate: this.speed, volume: this.loudness, voice: this.voice });
    if (this.voice) utterance.lang = this.voice.lang;
    utterance.onstart = () => this.begin();
    utterance.onboundary = ({ charIndex }) => this.hear(sentence.start + (skipped + charIndex) / PACE);
    utterance.onend = () => this.pass(utterance, sentence);
    utterance.onerror = ({ error }) => this.stumble(utterance, error);
    this.utterance = utterance;
    this.synthesis.speak(utterance);
  }

  /** Its voice is heard. */
  begin() {
    this.hear(this.place);
    clearInterval(this.ticking);
    this.ticking = setInterval(() => this.tell("timeupdate"), TICK_MS);
    this.tell("playing");
  }

  /** @param {number} place */
  hear(place) {
    this.place = place;
    this.since = performance.now();
  }

  /** @param {SpeechSynthesisUtterance} utterance @param {Sentence} sentence */
  pass(utterance, sentence) {
    if (utterance !== this.utterance) return;
    this.place = sentence.end;
    this.since = null;
    this.say();
  }

  finish() {
    this.hush();
    this.place = this.duration;
    this.tell("ended");
  }

  /** @param {SpeechSynthesisUtterance} utterance @param {string} error */
  stumble(utterance, error) {
    if (utterance !== this.utterance || OUTRUN.has(error)) return;
    this.hush();
    this.tell("failed", error === "not-allowed" ? TAP : SPEECHLESS);
  }

  /** Fall silent, and remember the place. */
  hush() {
    this.place = this.position;
    this.since = null;
    clearInterval(this.ticking);
    if (this.utterance === null) return;
    this.utterance = null;
    this.synthesis.cancel();
  }

  /** The sentence that is said at a second; undefined after the last. @param {number} seconds */
  sentenceAt(seconds) {
    return this.captions?.sentences.find(({ end }) => seconds < end);
  }

  /** Where the sentence of a second begins. @param {number} seconds */
  beginning(seconds) {
    return (this.sentenceAt(seconds) ?? this.captions?.sentences.at(-1))?.start ?? 0;
  }
}

/** Where the word at a place begins. @param {string} text @param {number} place */
function wordAt(text, place) {
  return text.lastIndexOf(" ", Math.min(place, text.length - 1)) + 1;
}
