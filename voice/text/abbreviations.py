"""Abbreviations of English that end in a full stop: what each stands for, and whether a sentence can end on it.

The tables are keyed without the last full stop, in the case they are written in.
"""

from __future__ import annotations

from typing import Final

TITLES: Final = {
    "Mr": "Mister",
    "Mrs": "Missus",
    "Ms": "Miz",
    "Dr": "Doctor",
    "Prof": "Professor",
    "St": "Saint",
    "Mt": "Mount",
    "Ft": "Fort",
    "Gen": "General",
    "Gov": "Governor",
    "Sen": "Senator",
    "Rep": "Representative",
    "Pres": "President",
    "Capt": "Captain",
    "Cmdr": "Commander",
    "Col": "Colonel",
    "Maj": "Major",
    "Lt": "Lieutenant",
    "Sgt": "Sergeant",
    "Rev": "Reverend",
    "Hon": "Honorable",
}
"""Followed by a name, so no sentence ends on them."""

STREETS: Final = {
    "St": "Street",
    "Dr": "Drive",
    "Ave": "Avenue",
    "Blvd": "Boulevard",
    "Rd": "Road",
    "Ln": "Lane",
    "Hwy": "Highway",
    "Pkwy": "Parkway",
}
"""Preceded by a name."""

BEFORE_NUMBERS: Final = {
    "No": "number",
    "no": "number",
    "Nos": "numbers",
    "nos": "numbers",
    "Fig": "figure",
    "fig": "figure",
    "Figs": "figures",
    "figs": "figures",
    "Vol": "volume",
    "vol": "volume",
    "Ch": "chapter",
    "ch": "chapter",
    "Sec": "section",
    "Eq": "equation",
    "eq": "equation",
    "Art": "article",
    "p": "page",
    "pp": "pages",
    "c": "circa",
}
"""Stand for these words only before a number."""

MID_SENTENCE: Final = {
    "e.g": "for example",
    "E.g": "For example",
    "i.e": "that is",
    "I.e": "That is",
    "vs": "versus",
    "cf": "compare",
    "Cf": "Compare",
    "approx": "approximately",
    "Approx": "Approximately",
    "ca": "circa",
    "incl": "including",
    "esp": "especially",
    "viz": "namely",
    "a.k.a": "also known as",
}
"""Always followed by more."""

ANYWHERE: Final = {
    "etc": "et cetera",
    "Jr": "Junior",
    "Sr": "Senior",
    "Inc": "Incorporated",
    "Ltd": "Limited",
    "Corp": "Corporation",
    "Co": "Company",
    "Bros": "Brothers",
    "Dept": "Department",
    "dept": "department",
    "Univ": "University",
    "Govt": "Government",
    "govt": "government",
    "Apt": "Apartment",
    "avg": "average",
    "misc": "miscellaneous",
    "et al": "and others",
    "Ph.D": "PHD",
}
"""A sentence may end on them or go on."""

MONTHS: Final = {
    "Jan": "January",
    "Feb": "February",
    "Mar": "March",
    "Apr": "April",
    "Jun": "June",
    "Jul": "July",
    "Aug": "August",
    "Sep": "September",
    "Sept": "September",
    "Oct": "October",
    "Nov": "November",
    "Dec": "December",
}

WEEKDAYS: Final = {
    "Mon": "Monday",
    "Tue": "Tuesday",
    "Tues": "Tuesday",
    "Wed": "Wednesday",
    "Thu": "Thursday",
    "Thur": "Thursday",
    "Thurs": "Thursday",
    "Fri": "Friday",
    "Sat": "Saturday",
    "Sun": "Sunday",
}

NEVER_LAST: Final = frozenset([*TITLES, *MID_SENTENCE])
"""Their full stop is not the end of a sentence."""

MAYBE_LAST: Final = frozenset([*STREETS, *BEFORE_NUMBERS, *ANYWHERE, *MONTHS, *WEEKDAYS]) - NEVER_LAST
"""Their full stop is the end of a sentence only when a new one visibly begins."""
