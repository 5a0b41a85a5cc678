"""A site of somebody else's, whose page embeds the elements; its policy lets in what docs/embedding.md says it must."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

PAGE = """<!doctype html><html lang="en"><title>Another site</title><link rel="icon" href="data:,">
<script src="before.js"></script><script type="module" src="{aloud}/static/embed/aloud.js"></script>
<main><h1>Another site</h1><p id="story">Once there was a page that nobody heard, until somebody added a script.</p>
<speak-button id="button" for="story" key="{key}">Read it to me</speak-button>
<speech-player id="player" text="{text}" voice="local:bright" key="{key}"></speech-player>
<speak-button id="keyless" text="Nobody asked for this."></speak-button>
<speech-player id="signed" src="{signed}"></speech-player></main></html>"""

TEXT = "This is a longer text. It has three sentences. Somebody seeks in it, and hears its end."

BEFORE = """
window.heard = [];
window.before = Object.getOwnPropertyNames(window);
for (const name of ['playing', 'timeupdate', 'pause', 'ended', 'error'])
  document.addEventListener(name, ({target, detail}) => heard.push([target.id, name, detail?.code]), {capture: true});
"""


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder; ``policy`` names what its pages may load."""

    def __init__(self, *arguments: Any, policy: str, **options: Any) -> None:
        self._policy = policy
        super().__init__(*arguments, **options)

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self._policy)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def another_site(folder: Path, port: int, aloud: str, key: str, signed: str) -> Iterator[None]:
    """Serve the page on ``port``: at http://localhost and, which is another origin, at http://127.0.0.1."""
    (folder / "index.html").write_text(PAGE.format(aloud=aloud, key=key, text=TEXT, signed=signed))
    (folder / "before.js").write_text(BEFORE)
    theirs = f"script-src 'self' {aloud}; connect-src {aloud}; media-src {aloud}"
    handler = partial(Handler, directory=folder, policy=f"default-src 'none'; img-src data:; {theirs}")
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as httpd:
        Thread(target=httpd.serve_forever).start()
        try:
            yield
        finally:
            httpd.shutdown()
