"""Units as they are written and what they are called."""

from __future__ import annotations

from typing import Final

_REGULAR: Final = {
    "km": "kilometer",
    "m": "meter",
    "cm": "centimeter",
    "mm": "millimeter",
    "µm": "micrometer",
    "nm": "nanometer",
    "mi": "mile",
    "yd": "yard",
    "ha": "hectare",
    "kg": "kilogram",
    "g": "gram",
    "mg": "milligram",
    "µg": "microgram",
    "lb": "pound",
    "oz": "ounce",
    "tsp": "teaspoon",
    "tbsp": "tablespoon",
    "L": "liter",
    "l": "liter",
    "dl": "deciliter",
    "cl": "centiliter",
    "ml": "milliliter",
    "mL": "milliliter",
    "h": "hour",
    "hr": "hour",
    "min": "minute",
    "s": "second",
    "sec": "second",
    "yr": "year",
    "wk": "week",
    "ms": "millisecond",
    "µs": "microsecond",
    "ns": "nanosecond",
    "kB": "kilobyte",
    "KB": "kilobyte",
    "MB": "megabyte",
    "GB": "gigabyte",
    "TB": "terabyte",
    "PB": "petabyte",
    "KiB": "kibibyte",
    "MiB": "mebibyte",
    "GiB": "gibibyte",
    "TiB": "tebibyte",
    "kbit": "kilobit",
    "Mbit": "megabit",
    "Gbit": "gigabit",
    "px": "pixel",
    "MP": "megapixel",
    "V": "volt",
    "kV": "kilovolt",
    "W": "watt",
    "kW": "kilowatt",
    "MW": "megawatt",
    "GW": "gigawatt",
    "mA": "milliamp",
    "Wh": "watt hour",
    "kWh": "kilowatt hour",
    "MWh": "megawatt hour",
    "mAh": "milliamp hour",
    "dB": "decibel",
    "cal": "calorie",
    "kcal": "kilocalorie",
    "J": "joule",
    "kJ": "kilojoule",
    "Pa": "pascal",
    "kPa": "kilopascal",
}
"""Their plural takes an s."""

_IRREGULAR: Final = {
    "ft": ("foot", "feet"),
    "sq ft": ("square foot", "square feet"),
    "lbs": ("pound", "pounds"),
    "hrs": ("hour", "hours"),
    "mins": ("minute", "minutes"),
    "secs": ("second", "seconds"),
    "yrs": ("year", "years"),
    "mph": ("mile per hour", "miles per hour"),
    "kph": ("kilometer per hour", "kilometers per hour"),
    "kmh": ("kilometer per hour", "kilometers per hour"),
    "rpm": ("revolution per minute", "revolutions per minute"),
    "fps": ("frame per second", "frames per second"),
    "bps": ("bit per second", "bits per second"),
    "kbps": ("kilobit per second", "kilobits per second"),
    "Mbps": ("megabit per second", "megabits per second"),
    "Gbps": ("gigabit per second", "gigabits per second"),
    "dpi": ("dot per inch", "dots per inch"),
    "Hz": ("hertz", "hertz"),
    "kHz": ("kilohertz", "kilohertz"),
    "MHz": ("megahertz", "megahertz"),
    "GHz": ("gigahertz", "gigahertz"),
    "%": ("percent", "percent"),
    "°": ("degree", "degrees"),
    "x": ("times", "times"),
    "°C": ("degree Celsius", "degrees Celsius"),
    "° C": ("degree Celsius", "degrees Celsius"),
    "℃": ("degree Celsius", "degrees Celsius"),
    "°F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "° F": ("degree Fahrenheit", "degrees Fahrenheit"),
    "℉": ("degree Fahrenheit", "degrees Fahrenheit"),
}
"""One and many."""

_POWERS: Final = {
    f"{unit}{power}": (f"{said} {_REGULAR[unit]}", f"{said} {_REGULAR[unit]}s")
    for unit in ("km", "m", "cm", "mm")
    for power, said in (("²", "square"), ("³", "cubic"))
}

UNITS: Final = {**{unit: (word, f"{word}s") for unit, word in _REGULAR.items()}, **_IRREGULAR, **_POWERS}
"""Written -> (one, many)."""

_RATES: Final = ("s", "sec", "min", "h", "hr", "yr", "wk", "kg", "g", "L", "l", "m", "km", "kWh")

PER: Final = {unit: _REGULAR[unit] for unit in _RATES} | {
    "mo": "month",
    "d": "day",
    "s²": "second squared",
    "m²": "square meter",
    "m³": "cubic meter",
}
"""What can stand after the stroke of a rate: km/h."""
