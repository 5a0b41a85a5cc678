"""A page that does one of everything, served under a policy as strict as the application's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import lameenc
import numpy as np

TONE_S = 1.5

PAGE = """<!doctype html><html lang="en"><title>One of everything</title><link rel="icon" href="data:,">
<main><h1>One of everything</h1>
<audio src="tone.mp3"></audio><button id="play">Play</button>
<label>Name <input id="name"></label><p id="keys"></p>
<button id="log">Log</button><button id="throw">Throw</button><button id="reject">Reject</button>
<button id="violate">Violate</button><div id="room"></div>
</main><script type="module" src="page.js"></script></html>"""

SCRIPT = """
const audio = document.querySelector('audio'), on = (id, act) => document.getElementById(id).onclick = act;
window.heard = [];
window.refusal = audio.play().then(() => 'played', error => error.name);
for (const name of ['playing', 'timeupdate', 'ended', 'error'])
  audio.addEventListener(name, () => heard.push([name, audio.currentTime]));
on('play', () => audio.play());
on('log', () => console.error('logged', 'aloud'));
on('throw', () => { throw new Error('thrown aloud'); });
on('reject', () => { Promise.reject(new Error('rejected aloud')); });
on('violate', () => document.getElementById('room').innerHTML = '<p style="color: red">red</p>');
const tell = words => document.getElementById('keys').textContent += words;
document.addEventListener('keydown', event => tell(`[${event.key}]`));
document.addEventListener('click', event => tell(`(${event.target.id})`));
setTimeout(() => document.getElementById('room').innerHTML = '<button id="late">Late</button>', 200);
"""

BLOCKED_WHILE_PARSED = """<!doctype html><html lang="en"><title>Blocked</title><link rel="icon" href="data:,">
<body><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><script>document.title = 'Ran'</script>"""


class StrictHandler(SimpleHTTPRequestHandler):
    """Serves a folder, and names what its pages may load."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", "default-src 'self'; img-src 'self' data:")
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")  # moves the page into a process of its own
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def strict_site(folder: Path) -> Iterator[str]:
    """The address of the page; ``blocked.html`` beside it breaks the policy while it is parsed."""
    (folder / "index.html").write_text(PAGE)
    (folder / "page.js").write_text(SCRIPT)
    (folder / "blocked.html").write_text(BLOCKED_WHILE_PARSED)
    (folder / "tone.mp3").write_bytes(tone())
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StrictHandler, directory=folder)) as httpd:
        Thread(target=httpd.serve_forever).start()
        try:
            yield f"http://127.0.0.1:{httpd.server_port}/"
        finally:
            httpd.shutdown()


def tone() -> bytes:
    """TONE_S seconds of 440 Hz as MP3."""
    encoder = lameenc.Encoder()
    encoder.set_in_sample_rate(24_000)
    encoder.set_channels(1)
    wave = np.sin(2 * np.pi * 440 * np.arange(int(24_000 * TONE_S)) / 24_000) * 8_000
    return bytes(encoder.encode(wave.astype("<i2").tobytes()) + encoder.flush())
