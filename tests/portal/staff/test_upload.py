"""Hostile and unreadable files are refused with one message each, and nothing is stored."""

import tracemalloc
import zipfile
from io import BytesIO

import pytest

from organisation.models import Passage, Source
from portal.models import DocumentImport
from tests.support.documents import NAMESPACE, docx, package, paragraph
from tests.support.uploads import upload_document

pytestmark = pytest.mark.django_db

MEGABYTE = 1024 * 1024


def stored_counts():
    return [model.objects.count() for model in (Source, Passage, DocumentImport)]


def zip_bomb():
    """Returns a Word document of 20 kB that would unpack to 21 MB."""
    return docx(paragraph("a" * 21 * MEGABYTE))


def many_members():
    return package({"word/document.xml": "<w/>"} | {f"word/{number}.xml": "" for number in range(2_500)})


def zip_bomb_with_false_size():
    """Returns a package that declares a small size for a large document."""
    package_bytes = docx(paragraph("a" * 3 * MEGABYTE))
    with zipfile.ZipFile(BytesIO(package_bytes)) as archive:
        size = archive.getinfo("word/document.xml").file_size
    return package_bytes.replace(size.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))


def encrypted():
    """Returns a package with the flag of an encrypted member in its central directory."""
    package_bytes = bytearray(docx(paragraph("words")))
    package_bytes[package_bytes.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(package_bytes)


def docx_with(document):
    return docx(**{"word/document.xml": document})


# The “billion laughs” attack: each entity repeats the one before it ten times.
ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
BILLION_LAUGHS = (
    f'<!DOCTYPE w [<!ENTITY l0 "ha">{ENTITIES}]>'
    f"<w:document {NAMESPACE}><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>"
)
EXTERNAL_ENTITY = BILLION_LAUGHS.replace(
    '<!ENTITY l0 "ha">', '<!ENTITY l0 SYSTEM "file:///etc/passwd">'
).replace("&l9;", "&l0;")

WRONG_EXTENSION = (
    "Files of this kind are not taken: choose one whose name ends in .txt, .docx, .html, .htm, .odt, .md."
)
NO_TEXT = "The file holds something else than text, whatever its name says."
NO_DOCX = "The file is not a .docx file, or a password locks it: save it again, without one."
ZIP_BOMB = (
    "The file would unpack to far more than it is: open it in the program that made it and save it again, "
    "or in parts."
)
DAMAGED = "The file is damaged: open it in a word processor and save it again."
WRONG_ENCODING = "The file’s letters cannot be read: save it in the encoding UTF-8."
TOO_LONG = "The document has more than 400000 signs or 20000 lines: bring it in by chapters."
NO_WORDS = "There are no words in the file: nothing is stored."

OLD_DOCUMENT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100)
OLD_WORD = (
    "A Word file of the older kind (.doc) cannot come in: open it in a word processor, such as LibreOffice, "
    "and save it as .docx."
)

REFUSED = {
    "ten megabytes": (
        "a.txt",
        lambda: b"word " * 2 * MEGABYTE,
        "The file is larger than 2 MB: save it without pictures, or in parts.",
    ),
    "an empty file": ("a.txt", lambda: b"", "The file is empty: choose one with words in it."),
    "nothing but space": ("a.txt", lambda: b" \n\t\n", NO_WORDS),
    "signs of NUL": ("a.txt", lambda: b"words\0words", NO_TEXT),
    "a program named as a text": (
        "a.txt",
        lambda: b"\x7fELF\x02\x01\x01" + bytes(range(1, 255)),
        WRONG_ENCODING,
    ),
    "control signs": ("a.txt", lambda: b"words \x1b[31m words", NO_TEXT),
    "another encoding": ("a.txt", lambda: "Привет".encode("windows-1251"), WRONG_ENCODING),
    "half of UTF-16": ("a.txt", lambda: b"\xff\xfea\x00b", WRONG_ENCODING),
    "300,000 lines": ("a.txt", lambda: b"word\n" * 300_000, TOO_LONG),
    "one endless line": ("a.txt", lambda: b"word " * 100_000, TOO_LONG),
    "no ending": ("a", lambda: b"words", WRONG_EXTENSION),
    "a program": ("a.exe", lambda: b"MZ", WRONG_EXTENSION),
    "a document with macros by its name": (
        "a.docm",
        lambda: docx(paragraph("words")),
        "A Word file with macros, which are programs, cannot come in: open it in Word or LibreOffice and "
        "save it as .docx, without them.",
    ),
    "a document of an older kind": ("a.doc", lambda: OLD_DOCUMENT, OLD_WORD),
    "macros behind another name": (
        "a.docx",
        lambda: docx(paragraph("words"), **{"word/vbaProject.bin": "x"}),
        "The file holds macros, which are programs: save it as .docx, without them.",
    ),
    "an older document behind another name": (
        "a.docx",
        lambda: OLD_DOCUMENT,
        OLD_WORD,
    ),
    "a text behind another name": ("a.docx", lambda: b"words", NO_DOCX),
    "half a package": ("a.docx", lambda: docx(paragraph("words"))[:200], NO_DOCX),
    "a package of something else": (
        "a.docx",
        lambda: package({"xl/workbook.xml": "<x/>"}),
        "A spreadsheet cannot come in: bring its table in under “Tables”, or copy it into a text document "
        "and save that as .docx.",
    ),
    "a workbook that names its main part": (
        "a.docx",
        lambda: package(
            {
                "_rels/.rels": '<R><R Id="a" Type="t/officeDocument" Target="xl/workbook.xml"/></R>',
                "xl/workbook.xml": "<x/>",
            }
        ),
        "A spreadsheet cannot come in: bring its table in under “Tables”, or copy it into a text document "
        "and save that as .docx.",
    ),
    "a document nested without end": (
        "a.docx",
        lambda: docx("<w:ins>" * 300 + paragraph("words") + "</w:ins>" * 300),
        "The file is nested too deeply to be read: save its text as a .txt file.",
    ),
    "a name that leads out of the package": (
        "a.docx",
        lambda: docx(paragraph("words"), **{"../../words.txt": "words"}),
        "Names in the file lead out of it: open it in the program that made it and save it again.",
    ),
    "a main part on a server": (
        "a.docx",
        lambda: docx(
            paragraph("words"),
            **{
                "_rels/.rels": '<R><R Id="a" Type="t/officeDocument" TargetMode="External" '
                'Target="https://example.org/a.xml"/></R>'
            },
        ),
        "The file is no document of Word, whatever its name says: open it in the program that made it "
        "and save it as .docx.",
    ),
    "an encrypted document": ("a.docx", encrypted, NO_DOCX),
    "a bomb": ("a.docx", zip_bomb, ZIP_BOMB),
    "a package of too many parts": ("a.docx", many_members, ZIP_BOMB),
    "a bomb that lies": ("a.docx", zip_bomb_with_false_size, DAMAGED),
    "a document that is no XML": ("a.docx", lambda: docx_with("<w:p>"), DAMAGED),
    "entities that multiply": ("a.docx", lambda: docx_with(BILLION_LAUGHS), DAMAGED),
    "an entity from outside": ("a.docx", lambda: docx_with(EXTERNAL_ENTITY), DAMAGED),
    "no words in a document": ("a.docx", lambda: docx(), NO_WORDS),
    "nothing but a script": ("a.html", lambda: b"<script>words()</script>", NO_WORDS),
    "a page of nothing but tags": ("a.html", lambda: b"<b>" * 150 + b"<i>a</i><br>" * 90_000, TOO_LONG),
    "a page nested without end": (
        "a.html",
        lambda: b"<div>" * 100_000 + b"words",
        "The file is nested too deeply to be read: save its text as a .txt file.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_one_message_and_nothing_is_stored(client, case):
    file_name, contents, message = REFUSED[case]
    before = stored_counts()
    response = upload_document(client, file_name, contents())
    assert response.status_code == 200
    errors = response.context["form"].errors
    messages = [error for field_errors in errors.values() for error in field_errors]
    assert [error.replace("'", "’") for error in messages] == [message]
    assert stored_counts() == before


@pytest.mark.parametrize(
    "case",
    [
        "ten megabytes",
        "a bomb",
        "a package of too many parts",
        "a bomb that lies",
        "entities that multiply",
        "300,000 lines",
        "a page nested without end",
        "a page of nothing but tags",
    ],
)
def test_it_is_refused_without_filling_the_memory(client, case):
    file_name, make_contents, _message = REFUSED[case]
    contents = make_contents()
    upload_document(client, "a.txt", b"")  # the first request loads modules that would be counted
    tracemalloc.start()
    try:
        upload_document(client, file_name, contents)
        _current, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 50 * MEGABYTE


def test_a_hostile_file_name_is_only_a_name(client):
    upload_document(client, "../../etc/‮txt.passwd\x00.txt", b"Words of ours.")
    assert not Source.objects.filter(slug__contains="passwd").exists()
    assert "/" not in DocumentImport.objects.get().file_name
