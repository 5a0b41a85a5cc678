"""Signs in as the demo user and hears the first reply of the demo conversation, with nothing but HTTP."""

import re
import sys
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar

address = sys.argv[1]
cookies = CookieJar()
browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(cookies))
browser.addheaders = [("Accept", "text/html")]


def page(path: str, **form: str) -> str:
    """The page at ``path``, after posting ``form`` to it."""
    body = urllib.parse.urlencode(form).encode() if form else None
    with browser.open(urllib.request.Request(address + path, body, {"Referer": address + path})) as response:  # noqa: S310
        return str(response.read().decode())


token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page("/accounts/login/"))
assert token is not None  # noqa: S101
listed = page("/accounts/login/", csrfmiddlewaretoken=token[1], login="demo", password="demo-aloud")  # noqa: S106
conversation = re.search(r"/calls/[0-9a-f-]{36}/messages", listed)
assert conversation is not None, "the demo user has no conversation"  # noqa: S101
audio = re.search(r"/tts/audio/[0-9a-f-]{36}", page(conversation[0]))
assert audio is not None, "the conversation has nothing to hear"  # noqa: S101
with browser.open(address + audio[0]) as response:
    heard = response.read()
    assert response.headers["Content-Type"] == "audio/mpeg"  # noqa: S101
assert len(heard) > 5000, "the reply is too short to be speech"  # noqa: PLR2004, S101
print(f"make run serves: the demo user heard {len(heard)} bytes of MP3")  # noqa: T201
