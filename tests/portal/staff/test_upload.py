"""Files that nobody should be able to bring in: each is refused in one sentence, and nothing is stored."""

import tracemalloc
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from organisation.models import Organisation, Passage, Source
from portal.models import DocumentImport
from tests.support.documents import NAMESPACE, docx, package, paragraph
from tests.support.people import alice

pytestmark = pytest.mark.django_db

NEW = "/admin/organisation/source/document/"
MEGABYTE = 1024 * 1024


def facts(**changes):
    author = Organisation.objects.get(slug="coalition").pk
    return {"kind": "web page", "title": "A text", "author": author, "publisher": author} | changes


def bring(client, name, contents, **changes):
    client.force_login(alice())
    return client.post(NEW, facts(**changes) | {"file": SimpleUploadedFile(name, contents)})


def everything():
    return [model.objects.count() for model in (Source, Passage, DocumentImport)]


def bomb():
    """A Word document of 20 kB that would fill 21 MB."""
    return docx(paragraph("a" * 21 * MEGABYTE))


def many_members():
    return package({"word/document.xml": "<w/>"} | {f"word/{number}.xml": "" for number in range(2_500)})


def lying_bomb():
    """A package whose list says that its document is short."""
    whole = docx(paragraph("a" * 3 * MEGABYTE))
    with zipfile.ZipFile(BytesIO(whole)) as archive:
        size = archive.getinfo("word/document.xml").file_size
    return whole.replace(size.to_bytes(4, "little"), (1_000).to_bytes(4, "little"))


def locked():
    whole = bytearray(docx(paragraph("words")))
    whole[whole.rindex(b"PK\x01\x02") + 8] |= 1
    return bytes(whole)


def entities(document):
    return docx(**{"word/document.xml": document})


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LAUGHING = f'<!DOCTYPE w [<!ENTITY l0 "ha">{LAUGHS}]><w:document {NAMESPACE}><w:body><w:p><w:r><w:t>&l9;</w:t></w:r></w:p></w:body></w:document>'
OUTSIDE = LAUGHING.replace('<!ENTITY l0 "ha">', '<!ENTITY l0 SYSTEM "file:///etc/passwd">').replace(
    "&l9;", "&l0;"
)

OTHER_KIND = "Files of this kind are not taken: choose one whose name ends in .txt, .docx, .html, .htm."
NO_TEXT = "The file holds something else than text, whatever its name says."
NO_WORD = "The file is not a .docx file, or a password locks it: save it again, without one."
BOMB = "The file would unpack to far more than it is: it is not read."
DAMAGED = "The file is damaged: open it in a word processor and save it again."
ENCODING = "The file’s letters cannot be read: save it in the encoding UTF-8."
LONG = "The document has more than 400000 signs or 20000 lines: bring it in by chapters."
NO_WORDS = "There are no words in the file: nothing is stored."

REFUSED = {
    "ten megabytes": (
        "a.txt",
        lambda: b"word " * 2 * MEGABYTE,
        "The file is larger than 2 MB: save it without pictures, or in parts.",
    ),
    "an empty file": ("a.txt", lambda: b"", "The file is empty: choose one with words in it."),
    "nothing but space": ("a.txt", lambda: b" \n\t\n", NO_WORDS),
    "signs of NUL": ("a.txt", lambda: b"words\0words", NO_TEXT),
    "a program named as a text": ("a.txt", lambda: b"\x7fELF\x02\x01\x01" + bytes(range(1, 255)), ENCODING),
    "control signs": ("a.txt", lambda: b"words \x1b[31m words", NO_TEXT),
    "another encoding": ("a.txt", lambda: "Roméo’s".encode("windows-1252"), ENCODING),
    "half of UTF-16": ("a.txt", lambda: b"\xff\xfea\x00b", ENCODING),
    "300,000 lines": ("a.txt", lambda: b"word\n" * 300_000, LONG),
    "one endless line": ("a.txt", lambda: b"word " * 100_000, LONG),
    "no ending": ("a", lambda: b"words", OTHER_KIND),
    "a program": ("a.exe", lambda: b"MZ", OTHER_KIND),
    "a document with macros by its name": ("a.docm", lambda: docx(paragraph("words")), OTHER_KIND),
    "a document of an older kind": ("a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OTHER_KIND),
    "macros behind another name": (
        "a.docx",
        lambda: docx(paragraph("words"), **{"word/vbaProject.bin": "x"}),
        "The file holds macros, which are programs: save it as .docx, without them.",
    ),
    "an older document behind another name": (
        "a.docx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100),
        NO_WORD,
    ),
    "a text behind another name": ("a.docx", lambda: b"words", NO_WORD),
    "half a package": ("a.docx", lambda: docx(paragraph("words"))[:200], NO_WORD),
    "a package of something else": ("a.docx", lambda: package({"xl/workbook.xml": "<x/>"}), NO_WORD),
    "a locked document": ("a.docx", locked, NO_WORD),
    "a bomb": ("a.docx", bomb, BOMB),
    "a package of too many parts": ("a.docx", many_members, BOMB),
    "a bomb that lies": ("a.docx", lying_bomb, DAMAGED),
    "a document that is no XML": ("a.docx", lambda: entities("<w:p>"), DAMAGED),
    "entities that multiply": ("a.docx", lambda: entities(LAUGHING), DAMAGED),
    "an entity from outside": ("a.docx", lambda: entities(OUTSIDE), DAMAGED),
    "no words in a document": ("a.docx", lambda: docx(), NO_WORDS),
    "nothing but a script": ("a.html", lambda: b"<script>words()</script>", NO_WORDS),
    "a page of nothing but tags": ("a.html", lambda: b"<b>" * 150 + b"<i>a</i><br>" * 90_000, LONG),
    "a page nested without end": (
        "a.html",
        lambda: b"<div>" * 100_000 + b"words",
        "The page is nested too deeply to be read: save its text as a .txt file.",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_in_one_sentence_and_nothing_is_stored(client, case):
    name, contents, sentence = REFUSED[case]
    before = everything()
    response = bring(client, name, contents())
    assert response.status_code == 200
    told = [sentence for sentences in response.context["form"].errors.values() for sentence in sentences]
    assert [each.replace("'", "’") for each in told] == [sentence]
    assert everything() == before


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
    name, contents, _sentence = REFUSED[case]
    contents = contents()
    bring(client, "a.txt", b"")  # what a first request loads is not this one's
    tracemalloc.start()
    try:
        bring(client, name, contents)
        _now, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 50 * MEGABYTE


def test_a_name_that_plays_tricks_is_only_a_name(client):
    bring(client, "../../etc/‮txt.passwd\x00.txt", b"Words of ours.")
    assert not Source.objects.filter(slug__contains="passwd").exists()
    assert "/" not in DocumentImport.objects.get().file_name
