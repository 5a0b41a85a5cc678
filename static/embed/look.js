// How the elements look, and what of it a page may change: custom properties that begin with --aloud-, and parts.

const SHEET = new CSSStyleSheet();
SHEET.replaceSync(`
:host {
  --accent: var(--aloud-accent, #0b6a50);
  --on-accent: var(--aloud-on-accent, #fff);
  --ink: var(--aloud-ink, inherit);
  display: inline-block;
  font: var(--aloud-font, inherit);
  color: var(--ink);
}
:host([hidden]) { display: none; }
button {
  display: inline-flex; align-items: center; gap: 0.5em;
  min-width: 2.75em; min-height: 2.75em; padding: 0.25em 1em;
  border: 0; border-radius: var(--aloud-radius, 999px);
  background: var(--accent); color: var(--on-accent);
  font: inherit; cursor: pointer;
}
button.round { flex: none; justify-content: center; padding: 0; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
svg { width: 1.25em; height: 1.25em; fill: currentcolor; }
.pause, :host([data-state="playing"]) .play, :host([data-state="loading"]) .play { display: none; }
:host([data-state="playing"]) .pause, :host([data-state="loading"]) .pause { display: inline; }
:host([data-state="loading"]) .pause { opacity: 0.5; }
.error { margin: 0.25em 0 0; color: var(--aloud-alarm, #a12c16); }
.bar {
  display: flex; flex-wrap: wrap; align-items: center; gap: 0.5em 0.75em;
  padding: 0.5em; border-radius: var(--aloud-radius, 1.5em);
  background: var(--aloud-surface, transparent); border: 1px solid var(--aloud-line, currentcolor);
}
input { flex: 1 1 5em; min-width: 0; min-height: 1.75em; accent-color: var(--accent); }
.time { font-variant-numeric: tabular-nums; }
select { min-height: 2.25em; font: inherit; color: inherit; background: var(--aloud-surface, transparent); border: 1px solid var(--aloud-line, currentcolor); border-radius: 0.5em; }
option { color: CanvasText; background: Canvas; }
`);

export const ICONS = `<svg viewBox="0 0 24 24" aria-hidden="true" part="icon"><path class="play" d="M8 5.5v13l10.5-6.5z"/><path class="pause" d="M7 6h3.500v12H7zM13.500 6H17v12h-3.500z"/></svg>`;

/**
 * A shadow of `host` with this content.
 *
 * @param {HTMLElement} host
 * @param {string} content
 */
export function shadowOf(host, content) {
  const shadow = host.attachShadow({ mode: "open", delegatesFocus: true });
  shadow.adoptedStyleSheets = [SHEET];
  shadow.innerHTML = `${content}<p class="error" part="error" role="alert" hidden></p>`;
  return shadow;
}
