"""Documents of all kinds keep the words that pandoc finds in them, in their order.

`DOCUMENTS` names the folder of the files, as the tests of python-docx, mammoth, pandoc and odfpy hold them;
without it those of our own tests are read. Each difference is written to the standard error.
"""

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path

import django
from django.core.exceptions import ValidationError

from portal.staff.document_import.document import EXTENSIONS, read_document

INPUTS = Path(__file__).parent.parent / "inputs"
LEAST_SHARE = 0.99
FORMATS = {".htm": "html", ".md": "markdown"}
# Descriptions of pictures and what is struck out are no words of the text; formulas are written otherwise.
NOT_COMPARED = {"Image", "Math", "RawBlock", "RawInline", "Strikeout"}
BLOCKS = {"Para", "Plain", "Header", "CodeBlock", "LineBlock", "Div", "Table", "BlockQuote", "Figure"}
SPACES = {"Space", "SoftBreak", "LineBreak"}
# Files that pandoc reads otherwise than a person, each with what was found when they were read side by side.
# Their differences are reported, and not counted.
EXPLAINED = {
    "9002.docx": "pandoc puts the caption before its table",
    "9358.docx": "pandoc puts the caption before its table, also that which stands after it",
    "closed-tab.html": "we say the name of a closed tab before its text, where a person finds it",
    "hiddenTextByStyle.odt": "all its words are hidden by a style, and refused; pandoc prints them",
    "wasm/index.html": "the labels of buttons, menus and forms of an application are no text of its page",
    "lists_sublist_reset.docx": "we keep the numbers of headings as LibreOffice shows them",
    "misc_rst_html4css1.html": "pandoc prints what stands in for films where a browser shows none",
    "misc_rst_html5.html": "pandoc prints what stands in for films where a browser shows none",
    "note-mark-after-number.html": "pandoc joins the raised mark of a note to the number before it",
    "odf2xhtml_8py_source.html": "boxes that a browser shows only when the pointer is over a word of code",
    "paragraph_insertion_deletion.docx": "the end of its paragraph is deleted, and so Word joins the words",
    "parastyles.odt": "a style strikes one of its paragraphs out; pandoc prints it",
    "simpleTableWithCaption.odt": "pandoc puts the caption before its table",
    "standalone_rst_html4css1.html": "pandoc prints what stands in for pictures where a browser shows none",
    "standalone_rst_html5.html": "pandoc joins words that a browser sets apart, and prints those struck out",
    "superscript-after-number.docx": "pandoc joins the raised mark of a note to the number before it",
    "table_captions_with_field.docx": "pandoc takes the caption out of the text",
    "tableWithCaption.odt": "pandoc puts the caption before its table",
    "template.html": "the template of a presentation, with no words but its title",
}
# Pandoc takes these paragraphs out of the text by their styles, and they stand before it.
TITLES = ("title", "subtitle", "author", "date", "abstract")


def main():
    django.setup()
    folder = Path(os.environ.get("DOCUMENTS") or INPUTS)
    found, kept, counts = Counter(), Counter(), Counter()
    for file in sorted(folder.rglob("*")):
        extension = file.suffix.lower()
        expected = words_by_pandoc(file) if extension in EXTENSIONS and extension != ".txt" else None
        if not expected:
            continue
        counts["files"] += 1
        counts["explained"] += bool(explanation(file))
        try:
            words = words_in(read_document(file.read_bytes(), extension).text)
        except ValidationError as refusal:
            counts["refused"] += 1
            report(file, f"refused: {refusal.messages[0]}")
            continue
        matcher = SequenceMatcher(None, expected, words, autojunk=False)
        if not explanation(file):
            found[extension] += len(expected)
            kept[extension] += sum(match.size for match in matcher.get_matching_blocks())
        for kind, start, end, own_start, own_end in matcher.get_opcodes():
            if kind != "equal":
                lost, added = " ".join(expected[start:end]), " ".join(words[own_start:own_end])
                report(file, f"pandoc has “{lost}”, we have “{added}”")
    shares = {extension: kept[extension] / found[extension] for extension in found}
    assert shares, f"There are no documents in {folder}: name another folder in DOCUMENTS."
    print(
        f"{counts['files']} documents, {counts['refused']} refused, {counts['explained']} explained; "
        "of the words that pandoc finds in the others we keep "
        + ", ".join(f"{share:.2%} of {found[name]:,} in {name}" for name, share in shares.items())
    )
    assert min(shares.values()) >= LEAST_SHARE, shares


def report(file, difference):
    reason = explanation(file)
    print(f"{file.name}: {difference}" + (f" ({reason})" if reason else ""), file=sys.stderr)


def explanation(file):
    return next((reason for name, reason in EXPLAINED.items() if file.as_posix().endswith(f"/{name}")), None)


def words_by_pandoc(file):
    """Returns the words of a file in the order of its pages, None if pandoc cannot read it."""
    source = FORMATS.get(file.suffix.lower(), file.suffix.lower()[1:])
    done = subprocess.run(["pandoc", "-f", source, "-t", "json", file], capture_output=True, timeout=120)
    if done.returncode:
        return None
    tree, notes = json.loads(done.stdout), []
    # The title of a web page stands on no page.
    titles = [] if source == "html" else [tree["meta"].get(name) for name in TITLES]
    body = [text_of([*titles, tree["blocks"]], notes)]
    while notes:
        body.append(text_of(notes.pop(0), notes))
    return words_in("\n".join(body))


def text_of(node, notes):
    """Returns the text of a part of pandoc's tree; what stands in notes is added to `notes`."""
    if isinstance(node, list):
        return "".join(text_of(each, notes) for each in node)
    if not isinstance(node, dict):
        return ""
    kind, content = node.get("t", ""), node.get("c")
    if kind in NOT_COMPARED:
        return ""
    if kind == "Note":
        notes.append(content)
        return " "
    if kind == "Str":
        return content
    if kind in ("Code", "CodeBlock"):
        return content[1] + "\n" * (kind == "CodeBlock")
    if kind in SPACES:
        return " "
    parts = content if kind == "LineBlock" else [content]
    text = "\n".join(text_of(each, notes) for each in parts)
    return f"\n{text}\n" if kind in BLOCKS or kind.startswith("Meta") else text


def words_in(text):
    # A soft hyphen is a place where a word may be broken, and no part of it.
    text = text.replace("\u00ad", "")
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold())


if __name__ == "__main__":
    main()
