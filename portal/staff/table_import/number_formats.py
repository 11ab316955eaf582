"""Shows a number of a workbook as its cell does: rounded, as a percentage, as a month alone.

Dates come out in ISO 8601, only as precise as the format; grouping signs of thousands are left out.
"""

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache

# The formats that a file names by number alone (ECMA-376, 18.8.30).
BUILT_IN = {
    **{0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00"},
    **{12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy"},
    **{18: "h:mm", 19: "h:mm:ss", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm"},
    **{37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00"},
    **{45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss", 48: "0.0E+0", 49: "@"},
    # In East Asian editions alone, and not the same in all: as much as each of them shows.
    **dict.fromkeys([27, 36, 50, 52, 55, 57], "yyyy-mm"),
    **dict.fromkeys([28, 29, 51, 53, 54, 56, 58], "m-d"),
    **dict.fromkeys([30, 31], "yyyy-mm-dd"),
    **dict.fromkeys([32, 33, 34, 35], "h:mm"),
}
UNSEEN_PARTS = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
SECTION = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[^;])*)(?:;|$)')
CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?[\d.]+)\]")
DATE_TOKENS = re.compile(r"\[(h+|m+|s+)\]|y+|e+|m+|d+|h+|s+", re.IGNORECASE)
DIGITS = re.compile(r"[0#?][0#?,. ]*(?:E[+-]?[0#?]+|/ ?[0-9#?]+)?|\.[0#?]+", re.IGNORECASE)
LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|(.)', re.DOTALL)
# The characters of a cell that is as wide as Excel makes it, and the digits that a number keeps.
GENERAL_WIDTH, PRECISION = 11, 15
WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
COMPARISONS = {
    "<": Decimal.__lt__,
    ">": Decimal.__gt__,
    "<=": Decimal.__le__,
    ">=": Decimal.__ge__,
    "=": Decimal.__eq__,
    "<>": Decimal.__ne__,
}


def shown_number(number, code, from_1904=False):
    """Returns a finite float as a cell with this format shows it; ValueError for a date that is none."""
    value = Decimal(f"{number:.{PRECISION}g}")
    section, is_negative_section = section_for(value, code)
    letters = visible(section)
    if standard := re.search("general|@", section, re.IGNORECASE):
        start, end = section[: standard.start()], section[standard.end() :]
        return f"{literals(start)}{general(value)}{literals(end)}".strip()
    if re.search("[ymdhs]", letters, re.IGNORECASE) and not re.search("(?<!s[.])(?<!0)[0#?]", letters):
        return shown_date(number, letters, from_1904)
    return formatted(abs(value) if is_negative_section else value, section)


def shown_text(text, code):
    """Returns text as a cell with this format shows it, which may hide it."""
    parts = sections(code)
    if len(parts) < 4:
        return text
    before, sign, after = parts[3].partition("@")
    return f"{literals(before)}{text if sign else ''}{literals(after)}".strip()


@cache
def sections(code):
    return [match[1] for match in SECTION.finditer(code)][: UNSEEN_PARTS.sub("", code).count(";") + 1]


def section_for(value, code):
    """Returns the section of a format for a value, and True if that writes the sign of a negative itself."""
    parts = sections(code)[:3]
    if any(CONDITION.search(part) for part in parts):
        for part in parts[:-1] or parts:
            if (test := CONDITION.search(part)) and COMPARISONS[test[1]](value, Decimal(test[2])):
                return part, False
        return parts[-1], False
    if value < 0 and len(parts) > 1:
        return parts[1], True
    if value == 0 and len(parts) > 2:
        return parts[2], False
    return parts[0], False


@cache
def visible(section):
    return re.sub("AM/PM|A/P", "", UNSEEN_PARTS.sub("", section), flags=re.IGNORECASE)


def general(value):
    if value == value.to_integral_value():
        return f"{value.to_integral_value():f}"
    decimals = max(0, GENERAL_WIDTH - 1 - len(f"{abs(value):f}".partition(".")[0]))
    text = f"{rounded(value, decimals):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def rounded(value, decimals):
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def literals(part):
    """Returns the signs that a part of a format writes as they are."""
    return "".join(match[1] or match[2] or match[3] or match[4] or "" for match in LITERAL.finditer(part))


def formatted(value, section):
    masked = UNSEEN_PARTS.sub(lambda match: "\0" * len(match[0]), section)
    place = DIGITS.search(masked)
    if not place:
        return literals(section).strip()
    digits = place[0].rstrip()
    end = place.start() + len(digits)
    value = value.scaleb(2 * masked.count("%"))
    before, after = literals(section[: place.start()]), literals(section[end:])
    text = digits_of(abs(value), digits)
    if (scale := 3 * (len(digits) - len(digits.rstrip(",")))) and not re.search(r"\w", before + after):
        # A head such as “in thousands” is not read: without a letter beside it “1,240” would be that many.
        text = f"{Decimal(text).scaleb(scale):f}"
    sign = "-" if value < 0 and re.search("[1-9]", text) else ""
    return f"{sign}{before}{text}{after}".strip()


def digits_of(value, digits):
    """Returns a value of no sign as the placeholders for its digits show it."""
    if "/" in digits:
        return fraction(value, digits)
    if exponent := re.search("E", digits, re.IGNORECASE):
        significant = len(re.sub("[^0#?]", "", digits[: exponent.start()]))
        return f"{rounded(value, significant - 1 - value.adjusted()) if value else value:f}"
    whole, _point, decimals = digits.partition(".")
    thousands = len(digits) - len(digits.rstrip(","))
    most, least = len(re.findall("[0#?]", decimals)), decimals.count("0")
    text = f"{rounded(value.scaleb(-3 * thousands), most):f}"
    first, _point, rest = text.partition(".")
    rest = rest[:least] + rest[least:].rstrip("0")
    first = first.zfill(whole.count("0"))
    return f"{first}.{rest}" if rest else first


def fraction(value, digits):
    denominator = re.search(r"/ ?(\S+)", digits)[1]
    exact = Fraction(value)
    if denominator.isdigit() and int(denominator):
        near = Fraction(round(exact * int(denominator)), int(denominator))
    else:
        near = exact.limit_denominator(10 ** len(denominator) - 1)
    whole, rest = divmod(near, 1) if re.search("[0#?] ", digits) else (0, near)
    return " ".join(filter(None, [str(whole) if whole or not rest else "", str(rest) if rest else ""]))


def shown_date(number, letters, from_1904):
    moment = moment_of(number, from_1904)
    kinds = token_kinds(letters)
    if "y" in kinds:
        parts = [f"{moment:%Y}", *([f"{moment:%m}"] if {"M"} & kinds else [])]
        return "-".join([*parts, f"{moment:%d}"] if {"M", "d"} <= kinds else parts)
    # Without its year it is no date that could be recorded, and without its day no time.
    day = [str(moment.day)] if "d" in kinds else []
    month = [MONTHS[moment.month - 1]] if "M" in kinds else []
    time = [f"{moment:%H:%M}"] if {"h", "s", "m"} & kinds else []
    if not (day or month) and "w" in kinds:
        day = [WEEKDAYS[moment.weekday()]]
    return " ".join([*day, *month, *time])


@cache
def token_kinds(letters):
    """Returns the parts of a date that a format shows: y, M for a month, d, w, h, m for minutes, s."""
    found = [match[0].strip("[]").lower() for match in DATE_TOKENS.finditer(letters)]
    tokens = ["w" if each in ("ddd", "dddd") else each[0].replace("e", "y") for each in found]
    kinds = set()
    for place, token in enumerate(tokens):
        after, before = tokens[place + 1 : place + 2], tokens[place - 1 : place] if place else []
        is_minute = token == "m" and (before == ["h"] or after == ["s"])
        kinds.add("M" if token == "m" and not is_minute else token)
    return frozenset(kinds)


def moment_of(number, from_1904):
    """Returns the moment of a serial number of days; ValueError for one that a spreadsheet has not either."""
    first = datetime.datetime(1904, 1, 1) if from_1904 else datetime.datetime(1899, 12, 30)
    if not from_1904 and number < 60:
        first += datetime.timedelta(days=1)  # Excel counts a 29 February 1900, which there was not
    if number < 0 or (not from_1904 and 60 <= number < 61):
        raise ValueError
    try:
        return first + datetime.timedelta(seconds=round(number * 86400))
    except OverflowError as error:
        raise ValueError from error
