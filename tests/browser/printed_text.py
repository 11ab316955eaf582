"""What stands on the paper that Chromium prints: the text of each page of a PDF, in the order in which it was drawn."""

import re
import zlib


def text_of_pages(pdf):
    objects = {int(number): each for number, each in re.findall(rb"(?s)(\d+) 0 obj\n(.*?)\nendobj", pdf)}
    return [text_of(each, objects) for each in objects.values() if re.search(rb"/Type /Page\b", each)]


def text_of(page, objects):
    fonts = {
        name: letters(objects[int(number)], objects)
        for name, number in re.findall(rb"/(F\d+) (\d+) 0 R", page)
    }
    drawn, text = (
        re.findall(rb"/(F\d+) [\d.]+ Tf|<([0-9A-F]+)>", stream(objects[reference(page, b"Contents")])),
        "",
    )
    for name, codes in drawn:
        if name:
            known, width = fonts[name]
            text += " "
        else:
            text += "".join(known.get(codes[at : at + width], "") for at in range(0, len(codes), width))
    return " ".join(text.split())


def letters(font, objects):
    """What each code of a font stands for, and how many digits a code has."""
    known = {}
    for first, last, letter in re.findall(
        rb"<([0-9A-F]+)> (?:<([0-9A-F]+)> )?<([0-9A-F]+)>\n", stream(objects[reference(font, b"ToUnicode")])
    ):
        for step in range(int(last or first, 16) - int(first, 16) + 1):
            known[b"%0*X" % (len(first), int(first, 16) + step)] = chr(int(letter[-4:], 16) + step)
    return known, 4 if b"/Type0" in font else 2


def reference(each, name):
    return int(re.search(rb"/%s (\d+) 0 R" % name, each)[1])


def stream(each):
    head, _stream, rest = each.partition(b"stream\n")
    content = rest.removesuffix(b"\nendstream")
    return zlib.decompress(content) if b"/FlateDecode" in head else content
