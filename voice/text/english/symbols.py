"""Signs that stand for words."""

from __future__ import annotations

import re
from typing import Final

from voice.text.english.rules import Rule

_PER: Final = "second|minute|hour|day|night|week|month|year|person|user|seat|token|request|page|item"

RULES: Final[tuple[Rule, ...]] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        (r"\bC\+\+", "C plus plus"),
        (r"\b([CF])#", r"\1 sharp"),
        (r"\s?(?:->|=>|[→⇒➜])\s?", " to "),
        (r"[←⇐™®©]", " "),
        (r"\s?(?:!=|≠)\s?", " does not equal "),
        (r"\s?(?:<=|≤)\s?", " less than or equal to "),
        (r"\s?(?:>=|≥)\s?", " greater than or equal to "),
        (r"\s?={1,3}\s?", " equals "),
        (r"\s?<\s?(?=\w)", " less than "),
        (r"\s?>\s?(?=\w)", " greater than "),
        (r"\s?≈\s?", " approximately "),
        (r"\s?±\s?", " plus or minus "),
        (r"\s?(?:×|(?<=\w)\s?\*\s?(?=\w))\s?", " times "),  # noqa: RUF001 - the multiplication sign
        (r"\s?÷\s?", " divided by "),
        (r"²|\^two\b", " squared"),
        (r"³|\^three\b", " cubed"),
        (r"\s?\^\s?", " to the power of "),
        (r"\s?\+\s?", " plus "),
        (r"\s?&\s?", " and "),
        (r"\s?@\s?", " at "),
        (r"\s?%", " percent "),
        (r"°", " degrees"),
        (r"§+\s?", "section "),
        (r"#(?=\w)", "hashtag "),
        (r"~\s?(?=\w)", "about "),
        (r"~", " tilde "),
        (rf"(?<=\w)\s?/\s?(?=(?:{_PER})\b)", " per "),
        (r"(?<=[A-Z])/(?=[A-Z])", " "),
        (r"/+", " slash "),
        (r"\\+", " backslash "),
        (r"[_|*#<>•$]", " "),
    )
)
