// Speed, volume, captions and reading on: the controls that show and change how somebody likes to listen.

/** Keeps the settings of a `<speech-player>` and what is remembered of them in step. */
export class PlayerSettings {
  constructor(player) {
    this.player = player;
    this.taste = player.taste;
    this.one("#player-rate").addEventListener("input", ({ target }) => this.taste.set({ rate: target.valueAsNumber }));
    this.one("#player-volume").addEventListener("input", ({ target }) => this.turn(target.valueAsNumber));
    this.one(".quick").addEventListener("click", ({ target }) => this.hurry(target.closest("[data-rate]")));
    player.addEventListener("tastechange", () => this.paint());
    this.paint();
  }

  one(css) {
    return this.player.querySelector(css);
  }

  /** Who turns the volume wants to hear something. */
  turn(volume) {
    this.taste.set({ volume, muted: false });
  }

  hurry(button) {
    if (button) this.taste.set({ rate: Number(button.dataset.rate) });
  }

  paint() {
    const { rate, volume, muted, captions, continuous } = this.taste.settings;
    const told = `${rate}×`;
    this.one(".rate").textContent = told;
    this.one("output").value = told;
    this.slide("#player-rate", rate, told);
    this.slide("#player-volume", muted ? 0 : volume, muted ? "muted" : `${Math.round(100 * volume)} %`);
    for (const quick of this.player.querySelectorAll("[data-rate]")) press(quick, Number(quick.dataset.rate) === rate);
    press(this.one("[data-command=captions]"), captions);
    press(this.one("[data-command=mute]"), muted);
    this.one("[data-command=continuous]").checked = continuous;
  }

  slide(css, value, told) {
    const slider = this.one(css);
    slider.value = value;
    slider.setAttribute("aria-valuetext", told);
    slider.style.setProperty("--played", `${(100 * (value - slider.min)) / (slider.max - slider.min)}%`);
  }
}

function press(button, pressed) {
  button.setAttribute("aria-pressed", String(pressed));
}
