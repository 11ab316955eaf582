"""Names the signs that fonts of symbols draw in the place of letters."""

import re

# From 0x20 on, as Adobe's encoding of the font has them; a space where it has no sign.
SYMBOL = dict(
    enumerate(
        " !∀#∃%&∍()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼",
        0x20,
    )
) | dict(
    enumerate(
        "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪ 〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭",
        0xA0,
    )
)
WINGDINGS = {
    0x20: " ", 0x21: "✏", 0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x36: "⌛", 0x3F: "✍",
    0x41: "✌", 0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹",
    0x43: "👍", 0x44: "👎", 0x4E: "☠", 0x4F: "⚐", 0x51: "✈", 0x52: "☼", 0x54: "❄", 0x55: "✞",
    0x59: "✡", 0x5A: "☪", 0x6C: "●", 0x6D: "❍", 0x6E: "■", 0x6F: "☐", 0x70: "☐", 0x71: "❑",
    0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥", 0x78: "☒", 0x7B: "❀",
    0x7C: "✿", 0x7D: "“", 0x7E: "”", 0x80: "⓪", 0x9F: "•", 0xA0: " ", 0xA1: "○", 0xA4: "◉",
    0xA5: "◎", 0xA7: "▪", 0xA8: "☐", 0xAA: "✦", 0xAB: "★", 0xAC: "✶", 0xD5: "⌫", 0xD8: "➢",
    0xDC: "➲", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xE9: "⬆", 0xEA: "⬇",
    0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xF3: "⬄", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒",
    0xFE: "☑",
}  # fmt: skip
WINGDINGS |= {0x81 + number: chr(0x2460 + number) for number in range(10)}  # ① to ⑩
WINGDINGS |= {0x8C + number: chr(0x2776 + number) for number in range(10)}  # ❶ to ❿
WINGDINGS_2 = {
    0x20: " ", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x95: "•", 0x96: "•",
    0x97: "●", 0x98: "●", 0x99: "○", 0x9F: "■", 0xA0: "■", 0xA2: "■", 0xA3: "☐", 0xA9: "☐",
}  # fmt: skip
WEBDINGS = {
    0x20: " ", 0x33: "◀", 0x34: "▶", 0x35: "▲", 0x36: "▼", 0x61: "✓", 0x63: "☐", 0x67: "■", 0x6E: "●",
    0x72: "✗", 0x6F: "⚑",
}  # fmt: skip
DINGBATS = {0x20: " ", 0x33: "✓", 0x34: "✔", 0x35: "✕", 0x36: "✖", 0x37: "✗", 0x38: "✘", 0x6C: "●", 0x6E: "■"}
FONTS = {
    "symbol": SYMBOL,
    "wingdings": WINGDINGS,
    "wingdings 2": WINGDINGS_2,
    "webdings": WEBDINGS,
    "zapfdingbats": DINGBATS,
    "zapf dingbats": DINGBATS,
}
# Word keeps signs of such fonts in this range, that nobody else gives a meaning.
PRIVATE = range(0xF000, 0xF100)
PRIVATE_SIGN = re.compile("[\uf000-\uf0ff]")


def readable(text, font):
    """Returns the signs that a font draws for a text; a sign that nobody can name becomes NUL."""
    signs = FONTS.get(font.lower())
    if signs is None and not PRIVATE_SIGN.search(text):
        return text
    return "".join(sign(ord(letter), signs) for letter in text)


def sign(code, signs):
    if code not in PRIVATE:
        return chr(code) if signs is None or code > 0xFF else signs.get(code, "\0")
    # A bullet is the one sign that is pasted without its font everywhere.
    return (signs or {0xB7: "•"}).get(code - PRIVATE.start, "\0")
