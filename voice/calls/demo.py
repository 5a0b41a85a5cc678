"""A user and a conversation to try things with."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.db import transaction

from accounts.models import User
from voice.models import CallSession, Message

USERNAME: Final = "demo"
PASSWORD: Final = "demo-aloud"  # noqa: S105  # made to be printed: an account for trying things on one's own machine
CALL_ID: Final = UUID("a10adde0-0000-4000-8000-000000000001")
TITLE: Final = "Press the speaker icon"

_USER, _ASSISTANT = Message.Author.USER, Message.Author.ASSISTANT
CONVERSATION: Final = (
    (_USER, "Hello! What is this?"),
    (_ASSISTANT, "Welcome to **Aloud**. Press the speaker icon below, and I will read this to you."),
    (_USER, "Can you read numbers and abbreviations properly?"),
    (
        _ASSISTANT,
        "Judge for yourself. Dr. Smith paid $3.50 on Jan. 5th, 2026, for 2.5 kg of apples at 9:30 am. That is 12% less "
        "than the 1,200 people in line before him, e.g. Mrs. Jones, who paid nearly $4.",
    ),
    (_USER, "And what about Markdown?"),
    (
        _ASSISTANT,
        "You see *formatting*, you hear **words**:\n\n"
        "1. A list is read item by item.\n"
        "2. A link is read by [its text](https://commonmark.org/help/), not by its address.\n"
        "3. A name in code, like `audio_url`, is simply said.\n\n"
        "Longer code is announced, not spelled out:\n\n"
        '```python\nprint("You will not have to listen to this.")\n```\n\n'
        "And then I go on.",
    ),
    (_USER, "How fast is it the second time?"),
    (_ASSISTANT, "Press twice and find out. 😊"),
)


@transaction.atomic
def load() -> User:
    """The demo user, with the demo conversation. What is there already stays as it is."""
    user, is_new = User.objects.get_or_create(username=USERNAME)
    if is_new:
        user.set_password(PASSWORD)
        user.save()
    call, is_new = CallSession.objects.get_or_create(pk=CALL_ID, defaults={"owner": user, "title": TITLE})
    if is_new:
        for author, text in CONVERSATION:
            call.messages.create(author=author, text=text)
    return user
