"""Rids a text of signs that nobody sees and that no record may hold."""

import re

# A soft hyphen shows only at the end of a line; the others have no width and join or part nothing that is
# read. Joiners and marks of direction stay, because several scripts are written with them.
INVISIBLE_SIGNS = "\u00ad\u200b\u2060\ufeff"
INVISIBLE = re.compile(f"[{INVISIBLE_SIGNS}]")
# Windows-1252 has letters where Unicode has these control signs, and browsers read them so.
WINDOWS_SIGNS = {code: bytes([code]).decode("windows-1252", "replace") for code in range(0x80, 0xA0)}
# Any of the signs that are taken out or replaced, which most texts have none of.
ODD = re.compile("[\r\v\f\x1c-\x1f\x80-\x9f\u00ad\u200b\u2028\u2029\u2060\ufeff\ufffe\uffff]")
LINE_ENDS = re.compile("\r\n?|[\u2028\u2029]")


def visible(text):
    """Returns a text with plain line ends and without invisible signs; a vertical tab becomes a space."""
    if not ODD.search(text):
        return text
    text = INVISIBLE.sub("", LINE_ENDS.sub("\n", text))
    text = re.sub("\n?\f", "\n", text)  # the end of a page ends a line
    text = re.sub("[\v\x1c-\x1f\ufffe\uffff]", " ", text)
    return text.translate(WINDOWS_SIGNS)
