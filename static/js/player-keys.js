// The player by keyboard.

import { commandOf, globalCommandOf } from "./player/shortcuts.js";
import { replyOf } from "./replies.js";

/** Hears the keys of a `<speech-player>`, and everywhere the one pair that works anywhere. */
export class PlayerKeys {
  constructor(player) {
    this.player = player;
    this.help = player.querySelector("dialog.keyboard");
    Object.assign(player.commands, {
      help: () => this.help.showModal(),
      focus: () => this.comeAndGo(),
      stop: () => this.stop(),
      queue: () => this.toggle("#player-queue"),
      settings: () => this.toggle("#player-settings"),
    });
    player.addEventListener("keydown", (event) => this.act(event, commandOf(event)));
    document.addEventListener("keydown", (event) => this.act(event, globalCommandOf(event)));
  }

  act(event, command) {
    if (event.defaultPrevented || !this.player.command(command)) return;
    event.preventDefault();
  }

  /** The player goes, with its panels; who was in it is back at the message. */
  stop() {
    const { player } = this;
    const reply = player.contains(document.activeElement) && player.item && replyOf(player.item.id);
    for (const panel of player.querySelectorAll(":popover-open")) panel.hidePopover();
    player.programme.stop();
    if (reply) reply.button.focus();
  }

  toggle(panel) {
    const element = this.player.querySelector(panel);
    if (element.togglePopover()) element.querySelector("button, input, a")?.focus();
  }

  /** To the player; and from there back to where one was. */
  comeAndGo() {
    const { player } = this;
    if (player.contains(document.activeElement)) return this.before?.focus();
    this.before = document.activeElement;
    if (player.hidden) player.command("newest");
    player.querySelector(".transport .speak").focus();
  }
}
