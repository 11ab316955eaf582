"""Writes a number in the formats of Word's lists and notes."""

ROMAN = dict(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        "M CM D CD C XC L XL X IX V IV I".split(),
        strict=True,
    )
)
MAX_ROMAN, MAX_LETTERS = 3_999, 780


def roman(number):
    text = ""
    for value, letters in ROMAN.items():
        text += letters * (number // value)
        number %= value
    return text


def letters(number):
    """Returns a, b, … z, aa, bb …, as Word counts in letters."""
    return chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def ordinal(number):
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def formatted(number, number_format):
    """Returns a number as a format writes it, None for a format that is not known here."""
    if number_format in ("none", "bullet"):
        return ""
    if number_format == "decimalZero":
        return f"{number:02}"
    if number_format == "ordinal":
        return ordinal(number)
    if number_format in ("upperRoman", "lowerRoman") and 0 < number <= MAX_ROMAN:
        return roman(number) if number_format == "upperRoman" else roman(number).lower()
    if number_format in ("upperLetter", "lowerLetter") and 0 < number <= MAX_LETTERS:
        return letters(number) if number_format == "upperLetter" else letters(number).lower()
    known = ("decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter")
    return str(number) if number_format in known else None
