"""What stands for the characters that GSM 03.38 lacks, where taking accents off is not enough."""

from collections.abc import Mapping
from types import MappingProxyType

REPLACEMENTS: Mapping[str, str] = MappingProxyType(
    {
        # Letters that Unicode does not decompose
        "œ": "oe", "Œ": "OE", "ẞ": "SS", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d",
        "Ð": "D", "þ": "th", "Þ": "Th", "ħ": "h", "Ħ": "H", "ŧ": "t", "Ŧ": "T", "ı": "i",
        "µ": "u",
        # Greek capitals that look like Latin ones; the others are in the alphabet
        "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M",
        "Ν": "N", "Ο": "O", "Ρ": "P", "Τ": "T", "Υ": "Y", "Χ": "X",
        # Quotation marks and apostrophes
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "′": "'", "‹": "'", "›": "'",
        "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"', "«": '"',
        "»": '"',
        # Dashes, points, signs
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "•": "-",
        "·": ".", "…": "...", "⁄": "/", "×": "x", "÷": "/", "°": "o", "©": "(c)", "®": "(r)",
        "¢": "c", "¦": "|",
        # Spaces and line ends
        "\t": " ", "\u2028": "\n", "\u2029": "\n",
        # Skin tones only colour the emoji before them
        "\U0001f3fb": "", "\U0001f3fc": "", "\U0001f3fd": "", "\U0001f3fe": "", "\U0001f3ff": "",
    }
)  # fmt: skip
"""The simple version of each character; each is written in GSM 03.38 alone."""
