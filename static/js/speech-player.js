// The page's one voice: a single <audio>, those who wait for it, and the bar at the foot of the page.

import { AudioNews } from "./audio-news.js";
import { PlayerFace } from "./player-face.js";
import { PlayerKeys } from "./player-keys.js";
import { PlayerNews } from "./player-news.js";
import { PlayerSettings } from "./player-settings.js";
import { Captions } from "./player/captions.js";
import { commandsFor } from "./player/commands.js";
import { FollowScroll } from "./player/follow-scroll.js";
import { open } from "./player/ladder.js";
import { navigation } from "./player/navigation.js";
import { Playback } from "./player/playback.js";
import { Programme } from "./player/programme.js";
import { Queue } from "./player/queue.js";
import { Taste } from "./player/taste.js";
import { repliesShown, replyOf } from "./replies.js";

/**
 * `<speech-player>`: plays the `<message-player>` that asks, whichever conversation is shown.
 *
 * What it offers to those beside it is said in player/player.js. To its own parts it fires `statechange`, `queuechange`
 * and `tastechange` as well.
 */
export class SpeechPlayer extends HTMLElement {
  connectedCallback() {
    this.queue = new Queue();
    this.taste = new Taste(localStorage);
    this.playback = new Playback(this.querySelector("audio"), open, this.taste);
    this.programme = new Programme(this.playback, this.queue, this.taste, repliesShown);
    this.commands = commandsFor(this.programme);
    this.parts = [new PlayerFace(this), new PlayerSettings(this), new PlayerKeys(this), new PlayerNews(this)];
    this.parts.push(new FollowScroll(this, new Captions(this)));
    this.hearRequests();
    this.audioNews = new AudioNews(this);
    this.passOn(this.playback, "statechange", "itemchange", "timeupdate", "durationchange", "descend");
    this.queue.addEventListener("change", () => this.tell("queuechange"));
    this.taste.addEventListener("change", () => this.tell("tastechange"));
    this.addEventListener("statechange", () => this.follow());
    navigation.addEventListener("pagechange", () => this.tell("pagechange"));
  }

  get item() {
    return this.playback.item;
  }

  get way() {
    return this.playback.way;
  }

  get state() {
    return this.playback.state;
  }

  get captions() {
    return this.taste.settings.captions;
  }

  get prose() {
    return (this.item && replyOf(this.item.id)?.querySelector(".prose")) ?? null;
  }

  seek(seconds) {
    this.playback.seek(seconds);
  }

  /** Do what a button or a key asks for, by its name; whether there is such a command. */
  command(name) {
    this.commands[name]?.();
    return name in this.commands;
  }

  /** What messages ask for, and what happens to them. */
  hearRequests() {
    document.addEventListener("playrequest", ({ target }) => this.programme.request(target.item));
    document.addEventListener("pauserequest", () => this.playback.pause());
    document.addEventListener("queuerequest", ({ target }) => this.queue.add(target.item));
    document.addEventListener("replyarrived", ({ target }) => this.programme.arrive(target.item));
    document.addEventListener("callremoved", ({ detail }) => this.programme.forget(detail));
    this.addEventListener("seekrequest", ({ detail }) => this.seek(detail));
    this.addEventListener("waitingrequest", ({ detail }) => this.programme[detail.act](detail.id));
    this.addEventListener("click", ({ target }) => this.press(target.closest("[data-command]")));
  }

  press(button) {
    if (button && button.getAttribute("aria-disabled") !== "true") this.command(button.dataset.command);
  }

  passOn(source, ...names) {
    for (const name of names) source.addEventListener(name, () => this.tell(name));
  }

  tell(name) {
    this.dispatchEvent(new Event(name));
    if (name === "tastechange" || name === "durationchange") this.tell("captionschange");
  }

  /** Keep the bar moving smoothly: a way tells its place but four times a second. */
  follow() {
    cancelAnimationFrame(this.frame);
    if (this.state !== "playing") return;
    this.tell("timeupdate");
    this.frame = requestAnimationFrame(() => this.follow());
  }
}

customElements.define("speech-player", SpeechPlayer);
