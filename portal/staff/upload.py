"""The one door for files: whatever a form takes is looked at here before anything reads it, and refused in one sentence."""

import re
import zipfile
from io import BytesIO
from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_BYTES = 2 * 1024 * 1024
# Of a packed file: how many parts, what each may unpack to, and how far; documents of words come to about a fifteenth.
MOST_MEMBERS, MOST_UNPACKED, MOST_RATIO, SMALL = 2_000, 20 * 1024 * 1024, 100, 512 * 1024

# What reads workbooks keeps whole rows, and takes a second for each 150 kB of styles.
MOST_OF_PART = {".docx": MOST_UNPACKED, ".xlsx": 2 * 1024 * 1024}
MOST_OF_STYLES = 256 * 1024

# The part without which a package is not what its name says.
PACKAGES = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml"}
# Web pages may say their encoding; “latin-1” means Windows-1252 on the web.
CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*(utf-?8|us-ascii|iso-8859-\d{1,2}|windows-125\d)\b",
    re.IGNORECASE,
)
LATIN = {"iso-8859-1": "windows-1252", "us-ascii": "windows-1252"}


class UploadField(forms.FileField):
    """A file of one of these endings; its bytes, looked at, are its `contents`."""

    def __init__(self, *, endings, **kwargs):
        super().__init__(
            **{"widget": forms.FileInput(attrs={"accept": ",".join(endings)}), "max_length": 255} | kwargs
        )
        self.endings = endings
        self.error_messages |= {
            "required": _("Choose a file."),
            "empty": _("The file is empty: choose one with words in it."),
            "max_length": _("The name of the file is too long: give it a shorter one."),
        }

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if upload:
            upload.ending = PurePath(upload.name).suffix.lower()
            upload.contents = contents_of(upload, upload.ending, self.endings)
        return upload


def contents_of(upload, ending, endings):
    """The bytes of an upload; ValidationError, with one sentence, unless its name, size and inside are those of a file that is taken."""
    if ending not in endings:
        raise ValidationError(
            _("Files of this kind are not taken: choose one whose name ends in %(endings)s."),
            params={"endings": ", ".join(endings)},
        )
    if upload.size > MOST_BYTES:
        raise ValidationError(
            _("The file is larger than %(most)d MB: save it without pictures, or in parts."),
            params={"most": MOST_BYTES // 1024**2},
        )
    contents = upload.read()
    if ending in PACKAGES:
        check_package(contents, ending)
    elif b"\0" in contents and not contents.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ValidationError(_("The file holds something else than text, whatever its name says."))
    return contents


def check_package(contents, ending):
    """Raise ValidationError for a package that is not what its name says, that could run something, or that would unpack to too much."""
    not_one = ValidationError(
        _("The file is not a %(ending)s file, or a password locks it: save it again, without one."),
        params={"ending": ending},
    )
    if not contents.startswith(b"PK\x03\x04"):
        raise not_one
    try:
        with zipfile.ZipFile(BytesIO(contents)) as package:
            members = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise not_one from error
    names = {member.filename for member in members}
    if PACKAGES[ending] not in names or any(member.flag_bits & 1 for member in members):
        raise not_one
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise ValidationError(
            _("The file holds macros, which are programs: save it as %(ending)s, without them."),
            params={"ending": ending},
        )
    if (
        len(members) > MOST_MEMBERS
        or sum(member.file_size for member in members) > MOST_UNPACKED
        or any(is_bomb(member, ending) for member in members)
    ):
        raise ValidationError(_("The file would unpack to far more than it is: it is not read."))


def is_bomb(member, ending):
    most = MOST_OF_STYLES if member.filename == "xl/styles.xml" else MOST_OF_PART[ending]
    return member.file_size > min(most, max(SMALL, MOST_RATIO * member.compress_size))


def member_of(contents, name):
    """A part of a package that was checked, as a stream; None if it has none. No part gives more than it declared."""
    package = zipfile.ZipFile(BytesIO(contents))
    return package.open(name) if name in package.namelist() else None


def decoded(contents, ending=".txt"):
    """The words of a file of text; ValidationError for another encoding than UTF-8, unless the file names its own."""
    encoding = "utf-8-sig"
    if contents.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif ending != ".txt" and (said := CHARSET.search(contents[:2048])):
        encoding = said[1].decode().lower()
        encoding = "utf-8-sig" if encoding in ("utf8", "utf-8") else LATIN.get(encoding, encoding)
    try:
        return contents.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        raise ValidationError(
            _("The file's letters cannot be read: save it in the encoding UTF-8.")
        ) from error
