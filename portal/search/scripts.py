"""Tells the signs of the world's scripts apart: letters, signs upon letters, and what no reader sees.

Most are told as parts of a character class of regular expressions.
"""

import re
import unicodedata

# Scripts that write no space between words, or join endings to them as Korean does: each letter with its
# signs is a token, and a word is a phrase of these.
UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Burmese and its neighbours
    "\u1780-\u17ff"  # Khmer
    "\u1950-\u19df\u1a20-\u1aaf\uaa80-\uaadf\ua980-\ua9df"  # Tai scripts, Javanese
    "\u3005-\u3007\u3021-\u3029\u3031-\u3035\u303b\u303c"  # 々〆〇 and others like them
    "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # Hiragana, Katakana
    "\u3100-\u312f\u31a0-\u31bf\ua000-\ua4cf"  # Bopomofo, Yi
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
    "\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff"  # Hangul
)
APOSTROPHES = "'’‘‛ʼ＇´`ʹ′\u055a"
# Soft hyphens, joiners, marks of direction and choices of glyphs: no part of a word, wherever they stand.
DIRECTION_MARKS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
INVISIBLE = (
    f"{DIRECTION_MARKS}\u00ad\u034f\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f"
    "\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff"
)

# Python looks the signs of a character class up at once as far as the first, and goes through the ranges of
# all later ones one by one; after the second come the emoji, and before them all that is a letter or a mark.
BASIC, ALL = 0x10000, 0x1F000
IS_UNSPACED = re.compile(f"[{UNSPACED}]").match
MARKS = [sign for sign in map(chr, range(0x300, ALL)) if unicodedata.category(sign)[0] == "M"]
# Ranges, since a class that names what a letter is not takes several times as long. The few of later signs
# hold the marks of their scripts as well.
LETTERS = "".join(
    f"{run[0]}-{run[-1]}"
    for run in re.findall(rf"[^\W\d_{UNSPACED}{APOSTROPHES}]+", "".join(map(chr, range(BASIC))))
)
LETTERS += "\U00010000-\U0001cfff\U0001d400-\U0001d7ff\U0001df00-\U0001efff"
# Besides marks the later letters of a Korean syllable, and the voicing marks of narrow Katakana.
ON_LETTERS = "".join(mark for mark in MARKS if ord(mark) < BASIC) + f"{INVISIBLE}\u1160-\u11ff\uff9e\uff9f"

# Combining classes of marks without which the word is another: voicing, viramas, vowels and tones.
KEPT_CLASSES = frozenset({0, 7, 8, 9, 84, 91, 103, 107, 118, 122, 129, 130, 132})


def is_dropped(mark):
    """Returns true for accents, for points of Hebrew and Arabic, and for the dot below of Indian letters."""
    return (
        unicodedata.combining(mark) not in KEPT_CLASSES
        or unicodedata.category(mark) == "Me"
        or "NUKTA" in unicodedata.name(mark)
        or "VARIATION SELECTOR" in unicodedata.name(mark)
    )


KEPT_MARKS = frozenset(mark for mark in MARKS if not is_dropped(mark))
# Letters that NFKD leaves as they are, though a keyboard without them writes others, and common variants.
TRANSLITERATION = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
    | {"ى": "ي", "ی": "ي", "ک": "ك", "ة": "ه", "ھ": "ه", "ہ": "ه", "ە": "ه", "ٱ": "ا"}
    # In each Indian block the candrabindu stands before the anusvara, which often replaces it.
    | {chr(block + 1): chr(block + 2) for block in range(0x900, 0xD00, 0x80)}
    # Signs that count as letters to Unicode and to no reader: tatweel, apostrophes, marks of stress.
    | dict.fromkeys(["ـ", "\u07fa", "\ua78c", *map(chr, range(0x2B9, 0x2E0)), "ˬ", "ˮ"], "")
    | {digit: str(unicodedata.decimal(digit)) for digit in re.findall(r"\d", "".join(map(chr, range(ALL))))}
)
