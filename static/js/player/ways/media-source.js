// The way of what is still being made: it can be sought in while it comes, and little of it is held.

import { Failure } from "../../ask.js";
import { fetchAudio } from "../audio-response.js";
import { BoundedBuffer, happens } from "../buffer.js";
import { ELSEWHERE, UNPLAYABLE, whyBroken } from "../trouble.js";
import { ElementWay } from "./element.js";

/** @import { Item } from "../item.js" */
/** @import { Opening } from "../way.js" */

/** The MediaSource of this browser; on telephones of Apple's there is but the managed one. @returns {typeof MediaSource | undefined} */
function sources() {
  return globalThis.MediaSource ?? /** @type {any} */ (globalThis).ManagedMediaSource;
}

/** Whether audio of a media type can be played this way. @param {string} type */
export function playsAsSource(type) {
  return sources()?.isTypeSupported(type) ?? false;
}

/** MediaSource fed from the answer's body, with no more of it in memory than is soon heard. */
export class FromMediaSource extends ElementWay {
  name = "media-source";

  /** Why nothing more comes, when the stream ended before the audio. @type {Failure | null} */
  lost = null;

  reading = new AbortController();

  /** Whether all of it was read. */
  whole = false;

  /** @param {Item} item @param {Opening} opening */
  constructor(item, opening) {
    super(item, opening);
    this.begin(opening.at);
  }

  /** @param {number} at */
  load(at) {
    const source = new (/** @type {typeof MediaSource} */ (sources()))();
    this.reading.abort();
    this.reading = new AbortController();
    this.lost = null;
    this.whole = false;
    this.live = true;
    this.audio.disableRemotePlayback = true; // nobody else could play it; and a managed source opens on no other terms
    const url = URL.createObjectURL(source);
    this.point(url, at);
    this.fill(source, this.reading.signal).catch((error) => this.lose(error));
    source.addEventListener("sourceopen", () => URL.revokeObjectURL(url), { once: true });
  }

  /** @param {MediaSource} source @param {AbortSignal} signal */
  async fill(source, signal) {
    const opened = source.readyState === "open" ? null : happens(source, ["sourceopen"], signal);
    const [response] = await Promise.all([fetchAudio(this.item.src, signal), opened]);
    const type = response.headers.get("Content-Type") ?? "";
    if (!response.body || !playsAsSource(type)) throw ELSEWHERE;
    const buffer = new BoundedBuffer(source.addSourceBuffer(type), this.audio, signal);
    const reader = response.body.getReader();
    for (let read = await reader.read(); !read.done; read = await reader.read()) await buffer.append(read.value);
    this.whole = true;
    source.endOfStream();
  }

  /** Within what is held at once; before it from the file, when there is one by now; after it as soon as it comes. @param {number} seconds */
  seek(seconds) {
    if (this.holds(seconds) || (!this.whole && seconds > this.held && !this.complete)) super.seek(seconds);
    else if (this.complete) this.outgrow(seconds);
    else this.restart(seconds);
  }

  /** A pause nobody knows the end of holds no connection open: the file has the rest. */
  pause() {
    super.pause();
    if (this.complete && !this.whole) this.outgrow(this.position);
  }

  close() {
    super.close();
    this.reading.abort();
    this.audio.removeAttribute("src");
    this.audio.load();
  }

  /** Whether the server has all of it. */
  get complete() {
    return Number.isFinite(this.duration);
  }

  /** How far is held, in seconds. */
  get held() {
    const { buffered } = this.audio;
    return buffered.length ? buffered.end(buffered.length - 1) : 0;
  }

  /** @param {number} seconds */
  holds(seconds) {
    const { buffered } = this.audio;
    const spans = Array.from({ length: buffered.length }, (_, at) => [buffered.start(at), buffered.end(at)]);
    return spans.some(([start, end]) => start <= seconds && seconds <= end);
  }

  /** The finished file is the better one from now on. @param {number} seconds */
  outgrow(seconds) {
    this.broken = seconds;
    this.tell("outgrown");
  }

  /** @param {number} seconds */
  restart(seconds) {
    const playing = !this.audio.paused;
    this.load(seconds);
    if (playing) this.play();
  }

  arrive() {
    this.seekable = true;
    this.tell("durationchange");
  }

  /** @param {number} seconds */
  last(seconds) {
    if (this.audio.ended) this.live = false;
    super.last(seconds);
  }

  /** Nothing more comes. What is there is heard first. @param {unknown} error */
  lose(error) {
    if (this.ending.signal.aborted || this.reading.signal.aborted) return;
    this.lost = error instanceof Failure ? error : UNPLAYABLE;
    if (this.held <= this.audio.currentTime + 0.5) this.giveUp();
  }

  wait() {
    if (this.lost) this.giveUp();
    else super.wait();
  }

  /** Before the first sound its answer says why; after it, whoever is asked now. */
  async giveUp() {
    const { lost } = this;
    if (!lost || this.broken !== null) return;
    this.unload();
    this.reading.abort();
    if (lost !== UNPLAYABLE) return this.fail(lost);
    this.tell("waiting");
    this.fail(await whyBroken(this.item.src));
  }

  /** The element's own errors are about what it was fed. */
  async explain() {
    if (this.audio.error && this.broken === null) this.lost = UNPLAYABLE;
    await this.giveUp();
  }
}
