// What both elements are: something with a text or an address, which can be heard, and tells of it as media elements do.

import { SpeechFailure, addressOf } from "./speech.js";

const TOLD = ["play", "playing", "pause", "waiting", "timeupdate", "durationchange", "seeking", "seeked", "ratechange", "volumechange", "ended"];

/** @type {Record<string, string>} */
const STATES = { waiting: "loading", playing: "playing", pause: "paused", ended: "idle" };

const BROKEN_OFF = new SpeechFailure("broken_off", "The audio broke off. Press again to go on.");
const NOT_THERE = new SpeechFailure("not_there", "The audio cannot be had. Press to try again.");
const NOT_ALLOWED = new SpeechFailure("not_allowed", "Your browser plays nothing before a press. Press once more.");

/** Who is heard: one at a time on a page. @type {SpeakingElement | null} */
let heard = null;

/** Attributes: `src`, or `text` or `for` with `api`, `key`, `voice` and `format`. Fires what `<audio>` fires, and `error`. */
export class SpeakingElement extends HTMLElement {
  static observedAttributes = ["src", "text", "for", "api", "key", "voice", "format"];

  /** What was the matter last. @type {SpeechFailure | null} */
  error = null;

  #audio = new Audio();
  #asking = new AbortController();
  #address = "";
  #from = 0;

  constructor() {
    super();
    this.#audio.preload = "none";
    for (const name of TOLD) this.#audio.addEventListener(name, () => this.#tell(name));
    this.#audio.addEventListener("error", () => this.#break());
    this.#audio.addEventListener("loadedmetadata", () => this.#resume());
  }

  disconnectedCallback() {
    this.pause();
  }

  /** Another text, another voice: what was loaded is no longer it. */
  attributeChangedCallback() {
    if (!this.#address && this.dataset.state !== "loading") return;
    this.#forget();
    this.#from = 0;
    this.show("idle");
  }

  get paused() { return this.#audio.paused; }
  get ended() { return this.#audio.ended; }
  get duration() { return this.#audio.duration; }
  get currentTime() { return this.#audio.currentTime; }
  set currentTime(seconds) { this.#audio.currentTime = seconds; }
  get playbackRate() { return this.#audio.playbackRate; }
  set playbackRate(rate) { this.#audio.playbackRate = this.#audio.defaultPlaybackRate = rate; }
  get volume() { return this.#audio.volume; }
  set volume(volume) { this.#audio.volume = volume; }

  /** Be heard. What goes wrong is told as an `error` event; this promise is kept either way. */
  async play() {
    if (heard !== this) heard?.pause();
    heard = this;
    this.error = null;
    const started = this.#address ? this.#audio.play() : this.#begin();
    await started.catch((failure) => this.#fail(failure));
  }

  pause() {
    this.#asking.abort();
    this.#audio.pause();
    if (this.dataset.state === "loading") this.show("idle");
  }

  toggle() {
    const busy = !this.paused || this.dataset.state === "loading";
    return busy ? this.pause() : this.play();
  }

  /** How it stands: idle, loading, playing, paused or error. @param {string} state */
  show(state) {
    this.dataset.state = state;
  }

  /** Ask where it is, and play it; loading nothing first lets WebKit remember the gesture. */
  async #begin() {
    this.show("loading");
    this.#audio.load();
    this.#asking = new AbortController();
    const { signal } = this.#asking;
    const address = await this.#find(signal).catch((failure) => { if (!signal.aborted) throw failure; });
    if (!address || signal.aborted) return;
    this.#address = this.#audio.src = address;
    await this.#audio.play();
  }

  /** @param {AbortSignal} signal */
  async #find(signal) {
    const src = this.getAttribute("src");
    if (src) return new URL(src, document.baseURI).href;
    const of = (/** @type {string} */ name) => this.getAttribute(name) ?? undefined;
    return addressOf({ api: of("api"), key: of("key"), text: this.#text(), voice: of("voice"), format: of("format") }, signal);
  }

  /** What is to be said: its own `text`, or what is written in the element named by `for`. */
  #text() {
    const named = document.getElementById(this.getAttribute("for") ?? "");
    return this.getAttribute("text") ?? named?.innerText ?? "";
  }

  /** @param {string} name */
  #tell(name) {
    if (!this.#address) return;
    const over = name === "pause" && (this.#audio.ended || this.dataset.state === "error");
    if (name in STATES && !over) this.show(STATES[name]);
    this.dispatchEvent(new Event(name));
  }

  /** The audio is gone or broken off: it is asked for anew with the next press, and goes on from here. */
  #break() {
    if (!this.#address) return;
    const from = this.#audio.currentTime;
    this.#forget();
    this.#from = from;
    this.#fail(from ? BROKEN_OFF : NOT_THERE);
  }

  #resume() {
    if (this.#from) this.#audio.currentTime = this.#from;
    this.#from = 0;
  }

  #forget() {
    this.#asking.abort();
    this.#address = "";
    this.#audio.removeAttribute("src");
    this.#audio.load();
  }

  /** @param {unknown} failure */
  #fail(failure) {
    if (failure instanceof DOMException && failure.name !== "NotAllowedError") return; // paused, or told as an error of the audio
    this.error = failure instanceof SpeechFailure ? failure : NOT_ALLOWED;
    this.show("error");
    this.dispatchEvent(new CustomEvent("error", { detail: this.error }));
  }
}
