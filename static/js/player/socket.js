// Hears from the server what became of the audio of one's messages, and misses nothing while the line is down.

import { BackOff } from "./reconnect.js";

const PING_MS = 25_000;
const PATIENCE_MS = 10_000;

/** Codes after which knocking again is of no use: not signed in, not allowed, not understood, too much. */
const FINAL = new Set([1009, 4400, 4401, 4403, 4429]);

/**
 * Fires `audio-ready` and `audio-failed`, whose `detail` is what the server told.
 *
 * What came last is known by its cursor: after a break the server is asked for what came since.
 */
export class Notifications extends EventTarget {
  /** @type {string | null} null before anything was told */
  cursor = null;

  /** @type {WebSocket | null} */
  socket = null;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;

  /**
   * @param {string} url
   * @param {{ connect?: (url: string) => WebSocket, backOff?: BackOff }} [more]
   */
  constructor(url, { connect = (address) => new WebSocket(address), backOff = new BackOff() } = {}) {
    super();
    this.url = url;
    this.connect = connect;
    this.backOff = backOff;
  }

  open() {
    this.close();
    const socket = this.connect(this.url);
    this.socket = socket;
    socket.onopen = () => this.opened();
    socket.onmessage = ({ data }) => this.heard(JSON.parse(data));
    socket.onclose = ({ code }) => this.closed(socket, code);
  }

  /** For good, or until it is opened again. */
  close() {
    clearTimeout(this.timer);
    const { socket } = this;
    this.socket = null;
    socket?.close();
  }

  /** The network is back: no need to wait for the next try. */
  hurry() {
    if (!this.socket) this.open();
  }

  opened() {
    this.send({ type: "since", cursor: this.cursor });
    this.listen();
  }

  /** @param {{ type: string, cursor?: string }} told */
  heard(told) {
    this.backOff.reset();
    this.listen();
    if (told.cursor !== undefined) this.cursor = told.cursor;
    this.dispatchEvent(new CustomEvent(told.type, { detail: told }));
  }

  /** Ask now and then whether anybody is there: a line may be dead without being closed. */
  listen() {
    this.after(PING_MS, () => {
      this.send({ type: "ping" });
      this.after(PATIENCE_MS, () => this.lost());
    });
  }

  /** @param {WebSocket} socket @param {number} code */
  closed(socket, code) {
    if (socket !== this.socket) return;
    this.socket = null;
    if (FINAL.has(code)) clearTimeout(this.timer);
    else this.after(this.backOff.next(), () => this.open());
  }

  lost() {
    this.close();
    this.open();
  }

  /** @param {object} told */
  send(told) {
    this.socket?.send(JSON.stringify(told));
  }

  /** One thing is waited for at a time. @param {number} wait_ms @param {() => void} act */
  after(wait_ms, act) {
    clearTimeout(this.timer);
    this.timer = setTimeout(act, wait_ms);
  }
}
