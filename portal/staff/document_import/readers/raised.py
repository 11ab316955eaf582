"""Writes raised and lowered letters so that they run into no number before them."""

import re

# Raised letters that belong to the number before them, in English and French.
ORDINALS = set("st nd rd th e er re ère eme ème nd nde".split())
# After these raised digits are a power: “km²”.
POWERS = re.compile(r"(?:^|[^\w])(?:[kKdcmµ]?m|ft|in|mi|yd|s|[xyznabcr]|10)$")
SUPERSCRIPTS = str.maketrans("0123456789+-−=()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾")
SUBSCRIPTS = str.maketrans("0123456789+-−=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
MAX_MARK_LENGTH = 8


def written_raised(before, raised):
    """Returns how raised letters are written after other words: a note mark as “[2]”, a power as “²”."""
    signs = raised.strip()
    if not any(sign.isalnum() for sign in signs) or len(signs) > MAX_MARK_LENGTH or signs[0] in "([":
        return f" {raised}" if before[-1:].isdigit() and raised[:1].isdigit() else raised
    is_number = any(sign.isdigit() for sign in signs)
    if is_number and POWERS.search(before[-4:]) and (power := signs.translate(SUPERSCRIPTS)) != signs:
        return raised.replace(signs, power)
    is_letter_after_number = before[-1:].isdigit() and signs.lower() not in ORDINALS
    return raised.replace(signs, f"[{signs}]") if is_number or is_letter_after_number else raised
