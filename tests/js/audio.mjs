// An audio element without a browser: it does what a test tells it.

export class FakeAudio extends EventTarget {
  src = "";
  paused = true;
  ended = false;
  error = null;
  currentTime = 0;
  duration = NaN;
  playbackRate = 1;
  defaultPlaybackRate = 1;
  volume = 1;

  /** What `play()` is refused with. */
  refusal = null;

  async play() {
    if (this.refusal) throw this.refusal;
    this.paused = false;
    this.ended = false;
  }

  pause() {
    if (this.paused) return;
    this.paused = true;
    this.fire("pause");
  }

  load() {
    this.error = null;
  }

  hasAttribute() {
    return this.src !== "";
  }

  removeAttribute() {
    this.src = "";
  }

  fire(name, changes = {}) {
    Object.assign(this, changes);
    this.dispatchEvent(new Event(name));
  }
}

/** The names of the events of `target`, as they come, with their details. */
export function heard(target, ...names) {
  const told = [];
  for (const name of names) target.addEventListener(name, ({ detail }) => told.push(detail ? [name, detail] : name));
  return told;
}
