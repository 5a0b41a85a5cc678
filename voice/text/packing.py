"""A long text in as few pieces as a provider's limit allows."""

from __future__ import annotations

from voice.text.segments import segments


def packed(text: str, max_characters: int) -> list[str]:
    """``text`` in pieces of whole sentences, each as long as ``max_characters`` allows; one that fits stays as it is.

    Every border between pieces costs a call and may be heard, so there are as few as possible.
    """
    if len(text) <= max_characters:
        return [text]
    pieces: list[str] = []
    for segment in segments(text, max_characters):
        if pieces and len(pieces[-1]) + 1 + len(segment) <= max_characters:
            pieces[-1] = f"{pieces[-1]} {segment}"
        else:
            pieces.append(segment)
    return pieces
