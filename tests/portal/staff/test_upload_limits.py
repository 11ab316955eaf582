"""The last file that is taken and the first that is refused, for each limit of an upload."""

import zipfile
from io import BytesIO
from pathlib import PurePath

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from portal.staff import upload
from portal.staff.upload import UploadField, decode_text

KILOBYTE, MEGABYTE = 1024, 1024 * 1024
MAIN = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}


def package(extension, parts, compression=zipfile.ZIP_STORED):
    file = BytesIO()
    with zipfile.ZipFile(file, "w", compression) as archive:
        for name, content in ({MAIN[extension]: "<w/>"} | parts).items():
            archive.writestr(name, content)
    return file.getvalue()


def refusal(contents, file_name="a.docx", extensions=(".docx", ".xlsx", ".txt")):
    """Returns the sentence with which a file is refused; empty if it is taken."""
    try:
        upload = UploadField(extensions=extensions).clean(SimpleUploadedFile(file_name, contents))
    except ValidationError as error:
        return str(error.messages[0])
    assert (upload.contents, upload.extension) == (contents, PurePath(file_name).suffix.lower())
    return ""


def test_two_megabytes_are_taken_and_a_byte_more_is_not():
    assert refusal(b"w" * 2 * MEGABYTE, "a.txt") == ""
    assert refusal(b"w" * 2 * MEGABYTE + b"w", "a.txt").startswith("The file is larger than 2 MB")


def test_a_name_may_have_255_signs():
    assert refusal(b"words", "n" * 251 + ".txt") == ""


def test_an_extension_is_known_in_capitals_and_must_be_one_of_the_form(monkeypatch):
    assert refusal(b"words", "A.TXT") == ""
    assert refusal(b"words", "a.txt", (".csv", ".xlsx")) == (
        "Files of this kind are not taken: choose one whose name ends in .csv, .xlsx."
    )


def is_bomb(contents, extension=".docx"):
    sentence = refusal(contents, f"a{extension}")
    assert not sentence or sentence.startswith("The file would unpack to far more than it is: open it")
    return bool(sentence)


@pytest.mark.parametrize(("count", "expected"), [(2_000, False), (2_001, True)])
def test_a_package_has_two_thousand_members_at_most(count, expected):
    assert is_bomb(package(".docx", {f"word/{number}.xml": "" for number in range(count - 1)})) is expected


def test_parts_that_nobody_reads_may_pack_as_well_as_they_like():
    names = ("word/media/image1.bmp", "word/fonts/font1.odttf", "customXml/item1.xml", "docProps/app.xml")
    for name, expected in (*((each, False) for each in names), ("word/footnotes.xml", True)):
        contents = package(".docx", {name: "w" * 21 * MEGABYTE}, zipfile.ZIP_DEFLATED)
        assert is_bomb(contents) is expected


@pytest.mark.parametrize(
    ("name", "is_taken"), [("word/document.xml", True), ("_rels/.rels", True), ("word/document2.xml", False)]
)
def test_a_word_file_has_its_main_part_or_says_where_it_is(monkeypatch, name, is_taken):
    monkeypatch.setitem(MAIN, ".docx", name)
    assert (refusal(package(".docx", {})) == "") is is_taken


def test_a_package_unpacks_to_so_much_in_all_its_members(monkeypatch):
    contents = package(".docx", {f"word/{number}.xml": "w" * 1_000 for number in range(3)})
    for limit, expected in ((3_004, False), (3_003, True)):
        monkeypatch.setattr("portal.staff.upload.MAX_UNPACKED_BYTES", limit)
        assert is_bomb(contents) is expected
    monkeypatch.undo()
    assert upload.MAX_UNPACKED_BYTES == 20 * MEGABYTE


def test_a_workbook_may_pack_as_well_as_rows_that_are_alike_do():
    alike = {"xl/worksheets/sheet1.xml": "w" * MEGABYTE}
    for extension, expected in ((".docx", True), (".xlsx", False)):
        assert is_bomb(package(extension, alike, zipfile.ZIP_DEFLATED), extension) is expected


def test_a_form_may_take_larger_files():
    field = UploadField(extensions=(".csv",), max_bytes=3 * MEGABYTE)
    assert field.clean(SimpleUploadedFile("a.csv", b"w" * 3 * MEGABYTE)).size == 3 * MEGABYTE
    with pytest.raises(ValidationError, match="The file is larger than 3 MB"):
        field.clean(SimpleUploadedFile("a.csv", b"w" * 3 * MEGABYTE + b"w"))


@pytest.mark.parametrize(("size", "expected"), [(512 * KILOBYTE, False), (512 * KILOBYTE + 1, True)])
def test_a_part_that_unpacks_to_hundreds_of_times_its_size_is_taken_while_it_is_small(size, expected):
    assert is_bomb(package(".docx", {"word/more.xml": "w" * size}, zipfile.ZIP_DEFLATED)) is expected


def test_a_larger_part_unpacks_to_a_hundred_times_its_size_at_most(monkeypatch):
    monkeypatch.setattr("portal.staff.upload.RATIO_EXEMPT_BYTES", 0)
    contents = package(".docx", {"word/more.xml": "w" * 100_000}, zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(BytesIO(contents)) as archive:
        [_main, member] = archive.infolist()
    for ratio, expected in ((100, True), (member.file_size // member.compress_size + 1, False)):
        monkeypatch.setattr("portal.staff.upload.MAX_COMPRESSION_RATIO", ratio)
        assert is_bomb(contents) is expected


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/vbaData.xml", "VBAPROJECT.BIN"])
def test_a_program_is_known_by_its_name(name):
    assert refusal(package(".docx", {name: "x"})).startswith("The file holds macros")


def test_a_package_is_what_its_extension_says():
    for extension, other in ((".docx", ".xlsx"), (".xlsx", ".docx")):
        assert refusal(package(extension, {}), f"a{extension}") == ""
        assert f"is a {extension} file, whatever its name says" in refusal(
            package(extension, {}), f"a{other}"
        )
    assert "is not a .docx file" in refusal(b"#!/bin/sh\n" + package(".docx", {}))


@pytest.mark.parametrize(
    ("contents", "extension", "text"),
    [
        ("Roméo".encode(), ".txt", "Roméo"),
        ("Roméo".encode("utf-8-sig"), ".html", "Roméo"),
        (b"\xfe\xff" + "Roméo".encode("utf-16-be"), ".txt", "Roméo"),
        (b"\xff\xfe" + "Roméo".encode("utf-16-le"), ".html", "Roméo"),
        (b"\xef\xbb\xbf" + '<meta charset="latin1">é'.encode(), ".html", '<meta charset="latin1">é'),
        ('<meta charset="windows-1251">Ж'.encode("windows-1251"), ".html", '<meta charset="windows-1251">Ж'),
        (
            "<META content='a' charset=ISO-8859-2>ł".encode("iso-8859-2"),
            ".htm",
            "<META content='a' charset=ISO-8859-2>ł",
        ),
        ("Roméo’s – 5 £".encode("windows-1252"), ".txt", "Roméo’s – 5 £"),
        ("<p>Roméo".encode("windows-1252"), ".html", "<p>Roméo"),
        ('<meta charset="shift_jis">学校'.encode("shift_jis"), ".html", '<meta charset="shift_jis">学校'),
        (b"<meta charset=us-ascii>\x93", ".html", "<meta charset=us-ascii>“"),
        (b"<meta charset=iso-8859-1>\x93", ".html", "<meta charset=iso-8859-1>“"),
        (b"<meta charset=utf8>\xc3\xa9", ".html", "<meta charset=utf8>é"),
        ("<meta charset=windows-1252>é".encode(), ".txt", "<meta charset=windows-1252>é"),
        (
            b" " * 2022 + b"<meta charset=windows-1252>\xe9",
            ".html",
            " " * 2022 + "<meta charset=windows-1252>é",
        ),
    ],
)
def test_letters_are_read_as_the_file_or_the_page_says(contents, extension, text):
    assert decode_text(contents, extension) == text


@pytest.mark.parametrize(
    ("contents", "extension"),
    [
        ("Привет".encode("windows-1251"), ".txt"),
        (b" " * 2023 + "<meta charset=windows-1251>Привет".encode("windows-1251"), ".html"),
        (b"<meta charset=iso-8859-99>\xe9", ".html"),
        (b"<meta charset=utf-7>\xe9", ".html"),
        ("Łódź".encode("iso-8859-2"), ".csv"),
        (b"\x81\xe9", ".txt"),
    ],
)
def test_letters_of_which_nobody_says_how_to_read_them_are_refused(contents, extension):
    with pytest.raises(ValidationError, match="save it in the encoding UTF-8"):
        decode_text(contents, extension)


def test_text_with_nul_is_taken_where_its_first_bytes_say_utf_16_and_refused_elsewhere():
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert refusal(mark + "words".encode(encoding), "a.txt") == ""
        assert "something else than text" in refusal("words".encode(encoding), "a.txt")
