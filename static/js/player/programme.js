// In which order replies are heard.

/** @import { Item } from "./item.js" */
/** @import { Playback } from "./playback.js" */
/** @import { Queue } from "./queue.js" */
/** @import { Taste } from "./taste.js" */

/** What was asked for first, then who waits; `replies` are those the page shows just now, the oldest first. */
export class Programme {
  /**
   * @param {Playback} playback
   * @param {Queue} queue
   * @param {Taste} taste
   * @param {() => Item[]} replies
   */
  constructor(playback, queue, taste, replies) {
    this.playback = playback;
    this.queue = queue;
    this.taste = taste;
    this.replies = replies;
    playback.addEventListener("ended", () => this.advance());
  }

  /** Somebody asks for `item`: now; with continuous reading, what follows it waits its turn. @param {Item} item */
  request(item) {
    if (item.id === this.queue.current?.id) return this.playback.resume();
    if (this.taste.settings.continuous) this.queue.startWith(item, this.following(item));
    else this.queue.start(item);
    this.playback.start(item);
  }

  /** A new reply: it waits its turn while another is heard, and is heard at once if that is wanted. @param {Item} item */
  arrive(item) {
    if (this.playback.busy || this.playback.failure) this.queue.add(item);
    else if (this.taste.settings.continuous) this.request(item);
  }

  /** Hear who waits, now; the others go on waiting. @param {string} id */
  play(id) {
    const item = this.queue.upcoming.find((waiting) => waiting.id === id);
    if (!item) return;
    this.queue.start(item);
    this.playback.start(item);
  }

  /** @param {string} id */
  remove(id) {
    this.queue.remove(id);
  }

  /** Pause or go on; where there is nothing yet, the newest reply. */
  toggle() {
    if (this.playback.busy) this.playback.pause();
    else if (this.queue.current) this.playback.resume();
    else this.newest();
  }

  /** Who waits first, or else the reply after this one. */
  next() {
    if (!this.advance()) this.neighbour(1);
  }

  previous() {
    this.neighbour(-1);
  }

  /** The newest of those who wait, or else of the page. */
  newest() {
    const item = this.queue.newest() ?? this.replies().at(-1);
    if (!item) return;
    this.queue.startWith(item, []);
    this.playback.start(item);
  }

  /** Read on after what is heard, or only what is asked for. @param {boolean} continuous */
  readOn(continuous) {
    this.taste.set({ continuous });
    const { current, upcoming } = this.queue;
    if (continuous && current && upcoming.length === 0) this.queue.startWith(current, this.following(current));
  }

  /** Fall silent, with nobody waiting. */
  stop() {
    this.queue.empty();
    this.playback.stop();
  }

  /** A conversation is gone. @param {string} conversation */
  forget(conversation) {
    this.queue.forget(conversation);
    if (this.queue.current?.conversation === conversation) this.stop();
  }

  advance() {
    const item = this.queue.advance();
    if (item) this.playback.start(item);
    return item;
  }

  /** @param {number} step */
  neighbour(step) {
    const item = this.beside(step);
    if (!item) return;
    this.queue.start(item);
    this.playback.start(item);
  }

  /** The reply before (-1) or after (1) what is heard, on the page. @param {number} step */
  beside(step) {
    const replies = this.replies();
    const at = replies.findIndex((reply) => reply.id === this.queue.current?.id);
    return at < 0 ? undefined : replies[at + step];
  }

  /** @param {Item} item */
  following(item) {
    const replies = this.replies();
    const at = replies.findIndex((reply) => reply.id === item.id);
    return at < 0 ? [] : replies.slice(at + 1);
  }
}
