"""What a page is made to lack or to suffer, so that a message is heard in another way."""

from __future__ import annotations

from typing import Final

from tests.browser.chat import AUDIO

PLAYER: Final = "document.querySelector('speech-player')"
WAY: Final = f"{PLAYER}.way.name"
POSITION: Final = f"{PLAYER}.way.position"

BEST: Final = "globalThis.MediaSource?.isTypeSupported('audio/mpeg') ? 'media-source' : 'progressive'"
"""The way an engine goes with what is still being made."""

UNHEARD: Final = "document.querySelectorAll('message-player').forEach(reply => delete reply.dataset.audio)"
"""Nobody knows of any message whether its audio is there."""

NO_SOURCES: Final = "(() => { window.MediaSource = window.ManagedMediaSource = undefined; })()"
"""A browser without MediaSource."""

ONLY_MANAGED: Final = "(() => { window.MediaSource = undefined; return 'ManagedMediaSource' in window; })()"
"""A telephone of Apple's; false where the engine is no such thing."""

_LEAD_ASTRAY: Final = """(() => {
  const {get, set} = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, 'src');
  let times = %s;
  Object.defineProperty(HTMLMediaElement.prototype, 'src', {get, set(src) {
    const astray = !src.startsWith('blob:') && times-- > 0;
    set.call(this, astray ? '/static/no-such-audio.mp3' : src);
  }});
})()"""

NO_ADDRESS_PLAYS: Final = _LEAD_ASTRAY % "Infinity"
"""Whatever address the audio element is given, it gets an error; what lies in memory it plays."""

ADDRESS_HAS_ENDED: Final = _LEAD_ASTRAY % "1"
"""The first address the audio element is given is one no longer; the next one is."""

ENDS_MIDWAY: Final = f"""(() => {{
  {ADDRESS_HAS_ENDED};
  const audio = {AUDIO}, {{currentTime}} = audio;
  audio.src = audio.src;
  audio.currentTime = currentTime;
  audio.play().catch(() => {{}});
}})()"""
"""What is heard just now comes from such an address."""

VOICE: Final = """(() => {
  window.said = [];
  let timer;
  const voice = {name: 'Test', lang: 'en-GB', localService: true, default: true};
  const synthesis = {
    getVoices: () => [voice],
    speak(utterance) {
      said.push(utterance.text);
      timer = setTimeout(() => { utterance.onstart(); timer = setTimeout(() => utterance.onend(), 400); }, 20);
    },
    cancel: () => clearTimeout(timer),
  };
  Object.defineProperty(window, 'speechSynthesis', {value: synthesis, configurable: true});
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
})()"""
"""A voice of the browser's own, which no headless browser has: it says everything in 0.4 s, and ``said`` holds it."""

LIT: Final = """('highlights' in CSS
  ? [...(CSS.highlights.get('spoken-sentence') ?? [])].map(String)
  : [...document.querySelectorAll('.spoken-sentence')].map(({textContent}) => textContent)).join('')"""
"""The text that stands out just now."""

TRACE: Final = f"""(() => {{
  const player = {PLAYER};
  window.states = [];
  player.addEventListener('statechange', () => states.push(player.state));
}})()"""
"""Note the states of the player from now on, in ``states``."""
