"""Writes the numbers of headings and items in figures, letters or Roman numerals."""

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
ROMAN += ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def in_format(count, number_format):
    """Returns a number in the format “1”, “a”, “A”, “i” or “I”."""
    if count < 1:
        return str(count) if number_format else ""
    if number_format in ("a", "A"):
        letters = chr(ord(number_format) + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters if count < 1000 else str(count)
    if number_format in ("i", "I") and count < 4000:
        text = ""
        for value, letters in ROMAN:
            text += letters * (count // value)
            count %= value
        return text.upper() if number_format == "I" else text
    return str(count) if number_format else ""
