// What becomes of the audio of one's messages, in whichever tab they were written: marked on the messages themselves.

import { ask } from "./ask.js";
import { worthMaking } from "./player/prefetch.js";
import { Notifications } from "./player/socket.js";
import { repliesShown, replyOf } from "./replies.js";

/** Keeps `data-audio="ready|failed"` of the `<message-player>`s up to date, and has the newest made for who listens. */
export class AudioNews {
  /** What was told of a message, by its id. */
  told = new Map();

  /** The messages that were asked for ahead of time. */
  asked = new Set();

  constructor(player) {
    this.player = player;
    this.news = new Notifications(`${location.origin.replace(/^http/, "ws")}/ws/notifications`);
    this.news.addEventListener("audio-ready", ({ detail }) => this.hear(detail, "ready"));
    this.news.addEventListener("audio-failed", ({ detail }) => this.hear(detail, "failed"));
    addEventListener("online", () => this.news.hurry());
    addEventListener("pagehide", () => this.news.close());
    addEventListener("pageshow", () => this.news.hurry());
    player.addEventListener("pagechange", () => this.look());
    player.addEventListener("statechange", () => this.listened());
    this.news.open();
    this.look();
  }

  hear({ message_id: id, duration }, audio) {
    this.told.set(id, audio);
    this.player.queue.revise(id, { live: audio !== "ready" });
    this.mark(id);
    replyOf(id)?.request(`audio${audio}`, { id, duration });
  }

  mark(id) {
    const reply = replyOf(id);
    if (reply && this.told.has(id)) reply.dataset.audio = this.told.get(id);
  }

  /** Another page is shown. */
  look() {
    for (const id of this.told.keys()) this.mark(id);
    this.prefetch();
  }

  /** From now on it is known that somebody listens here. */
  listened() {
    const { state, taste } = this.player;
    if (state === "playing" && !taste.settings.listens) taste.set({ listens: true });
  }

  /** Nobody has asked for it yet: whatever comes in between, it is made when somebody does. */
  prefetch() {
    const url = document.querySelector("chat-log")?.dataset.prefetch;
    const reader = { ...this.player.taste.settings, savesData: Boolean(navigator.connection?.saveData), asked: this.asked };
    const item = url ? worthMaking(repliesShown(), reader) : null;
    if (!item) return;
    this.asked.add(item.id);
    ask(url, { method: "POST", body: { message_ids: [item.id] } }).catch(() => this.asked.delete(item.id));
  }
}
