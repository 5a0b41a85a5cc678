// What is heard, and what waits its turn.

/** @import { Item } from "./item.js" */

/** One item is the current one; the others wait behind it. Fires `change`. */
export class Queue extends EventTarget {
  /** @type {Item | null} */
  current = null;

  /** @type {Item[]} the next one first */
  upcoming = [];

  /** Let `item` wait its turn, unless it does already. @param {Item} item */
  add(item) {
    if (item.id !== this.current?.id && !this.waits(item.id)) this.put(this.current, [...this.upcoming, item]);
  }

  /** Make `item` the current one; who waits goes on waiting. @param {Item} item */
  start(item) {
    this.put(item, this.without(item.id));
  }

  /** Make `item` the current one, and let `others` wait in place of who waited. @param {Item} item @param {Item[]} others */
  startWith(item, others) {
    this.put(item, others);
  }

  /** Who is first in line, now the current one; null when nobody waits, and all stays as it is. */
  advance() {
    const [first] = this.upcoming;
    if (first) this.start(first);
    return first ?? null;
  }

  /** Who came last becomes the current one; the others are passed over. Null when nobody waits. */
  newest() {
    const last = this.upcoming.at(-1);
    if (last) this.put(last, []);
    return last ?? null;
  }

  /** @param {string} id */
  waits(id) {
    return this.upcoming.some((item) => item.id === id);
  }

  /** Let nobody of that id wait. @param {string} id */
  remove(id) {
    this.put(this.current, this.without(id));
  }

  /** Let nobody wait. */
  clear() {
    this.put(this.current, []);
  }

  /** Let nobody wait, and nobody be heard. */
  empty() {
    this.put(null, []);
  }

  /** A conversation is gone: nothing of it waits any more. @param {string} conversation */
  forget(conversation) {
    this.put(
      this.current,
      this.upcoming.filter((item) => item.conversation !== conversation),
    );
  }

  /** What is known of an item is out of date. @param {string} id @param {Partial<Item>} facts */
  revise(id, facts) {
    for (const item of [this.current, ...this.upcoming]) if (item?.id === id) Object.assign(item, facts);
  }

  /** @param {string} id */
  without(id) {
    return this.upcoming.filter((item) => item.id !== id);
  }

  /** @param {Item | null} current @param {Item[]} upcoming */
  put(current, upcoming) {
    this.current = current;
    this.upcoming = upcoming;
    this.dispatchEvent(new Event("change"));
  }
}
