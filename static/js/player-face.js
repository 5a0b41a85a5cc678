// How the player looks: what its bar, its queue and the messages of the page show.

import { paintReplies, replyOf } from "./replies.js";

const VERBS = { idle: "Play", loading: "Stop", playing: "Pause", paused: "Play", error: "Play again" };
const WAYS = { "browser-voice": "browser voice" };

/** Paints a `<speech-player>` whenever something about it changes. */
export class PlayerFace {
  constructor(player) {
    this.player = player;
    this.on(["statechange", "itemchange", "queuechange", "descend", "durationchange", "pagechange"], () => this.paint());
    this.on(["queuechange"], () => this.paintQueue(player.queue.upcoming));
    this.on(["timeupdate", "itemchange", "durationchange"], () => this.paintTime());
    document.addEventListener("replyarrived", () => this.paint());
    new ResizeObserver(() => this.makeRoom()).observe(player);
  }

  one(css) {
    return this.player.querySelector(css);
  }

  on(names, act) {
    for (const name of names) this.player.addEventListener(name, act);
  }

  paint() {
    const { player } = this;
    const { item, state, playback, queue, programme } = player;
    player.dataset.state = state;
    player.hidden = !item && queue.upcoming.length === 0;
    this.paintItem(item);
    this.paintFailure(playback.failure);
    this.one(".transport .speak").setAttribute("aria-label", VERBS[state]);
    this.able("next", queue.upcoming.length > 0 || programme.beside(1));
    this.able("previous", programme.beside(-1));
    this.able("skip", queue.upcoming.length > 0);
    this.able("clear", queue.upcoming.length > 0);
    for (const way of ["sentence-next", "sentence-previous"]) this.able(way, player.way?.captions && player.way.seekable);
    paintReplies(playback, queue);
  }

  paintItem(item) {
    const title = this.one(".what .title");
    title.textContent = item?.label ?? "";
    this.player.toggleAttribute("data-elsewhere", Boolean(item) && !replyOf(item.id));
    if (item) title.href = `${item.conversation}#message-${item.id}`;
    const way = WAYS[this.player.way?.name];
    this.one(".what .way").textContent = way ?? "";
    this.one(".what .way").hidden = !way;
    const download = this.one("[data-download]");
    if (item) Object.assign(download, { href: item.src, download: `${fileName(item.label)}.mp3` });
  }

  paintQueue(upcoming) {
    const { length } = upcoming;
    const count = this.one(".count");
    count.textContent = length;
    count.hidden = length === 0;
    this.one("[popovertarget=player-queue]").setAttribute("aria-label", length ? `Queue: ${length} waiting` : "Queue");
    this.one("queue-list").show(upcoming);
  }

  paintFailure(failure) {
    const notice = this.one("failure-notice");
    const hadFocus = notice.contains(document.activeElement);
    if (failure) notice.tell(failure);
    else notice.hidden = true;
    if (hadFocus && notice.hidden) this.one(".transport .speak").focus();
  }

  paintTime() {
    const { way } = this.player;
    this.one("seek-bar").show(way?.position ?? 0, way?.duration ?? NaN, way?.seekable ?? false);
  }

  able(command, able) {
    this.one(`[data-command=${command}]`).setAttribute("aria-disabled", String(!able)); // and the focus stays where it is
  }

  /** What sticks to the foot of the page sticks above the bar. */
  makeRoom() {
    document.documentElement.style.setProperty("--player", `${this.player.offsetHeight}px`);
  }
}

/** A name most file systems take. */
function fileName(label) {
  return label.replace(/[^\p{L}\p{N} -]/gu, "").trim() || "message";
}
