"""Checks an uploaded file by its extension, size and contents before any parser reads it."""

import re
import zipfile
from codecs import BOM_UTF8
from io import BytesIO
from pathlib import PurePath

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from .foreign_files import LOCKED, refuse_by_content, refuse_by_name

MAX_BYTES = 2 * 1024 * 1024

# Zip-bomb limits: how many members a package may have, what they may unpack to, and how many times its size
# one member may unpack to (documents of words come to about fifteen), unless it stays below the exempt size.
MAX_MEMBERS = 2_000
MAX_UNPACKED_BYTES = 20 * 1024 * 1024
MAX_COMPRESSION_RATIO = 100
RATIO_EXEMPT_BYTES = 512 * 1024

# A reader of Word documents opens no others, such as pictures, which may pack well.
READ_ENDINGS = (".xml", ".rels")
UNREAD_FOLDERS = ("customxml/", "docprops/")

# The member without which a package is not what its extension says; the relations of a Word package may name
# another one.
MAIN_MEMBERS = {".docx": "word/document.xml", ".odt": "content.xml", ".xlsx": "xl/workbook.xml"}
# Such names are made to write over files of whoever unpacks a package; no usual program writes them.
LEADS_OUT = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)")
UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# An HTML page may declare its encoding.
META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,30})", re.IGNORECASE)
KNOWN_ENCODING = re.compile(
    r"utf-?8|us-ascii|iso-8859-\d{1,2}|windows-\d{3,4}|koi8-[ru]|shift_jis|euc-(?:jp|kr)|gb2312|gbk|gb18030|big5"
)
# The WHATWG Encoding Standard reads these labels as Windows-1252.
WEB_ENCODINGS = {"iso-8859-1": "windows-1252", "us-ascii": "windows-1252"}
# What Windows-1252 writes in western languages; anything else speaks for another encoding.
WESTERN = re.compile(
    "[\t\n\v\f\r -~\xa0£§©«®°·»¿¡²³½€…‘’“”„‚–—•™‹›œŒŸ"
    "àâäáãåæçèéêëìíîïñòóôöõøùúûüýÿßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØÙÚÛÜÝ]+"
)
RUN_OF_OTHER_LETTERS = re.compile(r"[^\W\d_a-zA-Z]{3}")


class UploadField(forms.FileField):
    """A file with one of these extensions; its checked bytes are `contents` of the cleaned value."""

    def __init__(self, *, extensions, max_bytes=MAX_BYTES, **kwargs):
        super().__init__(
            **{"widget": forms.FileInput(attrs={"accept": ",".join(extensions)}), "max_length": 255} | kwargs
        )
        self.extensions, self.max_bytes = extensions, max_bytes
        self.error_messages |= {
            "required": _("Choose a file."),
            "empty": _("The file is empty: choose one with words in it."),
            "max_length": _("The name of the file is too long: give it a shorter one."),
        }

    def clean(self, data, initial=None):
        upload = super().clean(data, initial)
        if upload:
            upload.extension = PurePath(upload.name).suffix.lower()
            upload.contents = checked_contents(upload, upload.extension, self.extensions, self.max_bytes)
        return upload


def checked_contents(upload, extension, allowed_extensions, max_bytes=MAX_BYTES):
    """Returns the bytes of an upload; ValidationError if its extension, size or contents are refused."""
    refuse_by_name(extension, allowed_extensions)
    if upload.size > max_bytes:
        raise ValidationError(
            _("The file is larger than %(most)d MB: save it without pictures, or in parts."),
            params={"most": max_bytes // 1024**2},
        )
    contents = upload.read()
    refuse_by_content(contents, extension, allowed_extensions)
    if extension in MAIN_MEMBERS:
        check_package(contents, extension)
    elif b"\0" in contents and not contents.startswith(UTF16_MARKS):
        raise ValidationError(_("The file holds something else than text, whatever its name says."))
    return contents


def check_package(contents, extension):
    """Raises ValidationError for a package of another kind, with macros, or that would unpack to too much."""
    wrong_kind = ValidationError(
        _("The file is not a %(ending)s file, or a password locks it: save it again, without one."),
        params={"ending": extension},
    )
    if not contents.startswith(b"PK\x03\x04"):
        raise wrong_kind
    try:
        with zipfile.ZipFile(BytesIO(contents)) as package:
            members = package.infolist()
            if extension == ".odt":
                check_password(package)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise wrong_kind from error
    # Some programs write the folders of a package as Windows does.
    names = {member.filename.replace("\\", "/") for member in members}
    main_members = {MAIN_MEMBERS[extension], "_rels/.rels" if extension == ".docx" else ""}
    if names.isdisjoint(main_members) or any(member.flag_bits & 1 for member in members):
        raise wrong_kind
    if any(LEADS_OUT.search(name) for name in names):
        raise ValidationError(
            _("Names in the file lead out of it: open it in the program that made it and save it again.")
        )
    if any(name.lower().endswith(("vbaproject.bin", "vbadata.xml")) for name in names):
        raise ValidationError(
            _("The file holds macros, which are programs: save it as %(ending)s, without them."),
            params={"ending": extension},
        )
    read = [member for member in members if extension == ".xlsx" or is_read(member.filename.lower())]
    if (
        len(members) > MAX_MEMBERS
        or sum(member.file_size for member in read) > MAX_UNPACKED_BYTES
        or any(is_zip_bomb(member, extension) for member in read)
    ):
        raise ValidationError(
            _(
                "The file would unpack to far more than it is: open it in the program that made it and "
                "save it again, or in parts."
            )
        )


def is_read(name):
    return name.endswith(READ_ENDINGS) and not name.startswith(UNREAD_FOLDERS)


def check_password(package):
    """Raises ValidationError for an OpenDocument file whose manifest says that its members are encrypted."""
    names = {name.replace("\\", "/"): name for name in package.namelist()}
    if "META-INF/manifest.xml" in names:
        with package.open(names["META-INF/manifest.xml"]) as manifest:
            if b"encryption-data" in manifest.read(RATIO_EXEMPT_BYTES):
                raise ValidationError(LOCKED)


def is_zip_bomb(member, extension):
    # A sheet of rows that are alike packs well, and is read as a stream.
    if extension == ".xlsx":
        return False
    ratio_limit = max(RATIO_EXEMPT_BYTES, MAX_COMPRESSION_RATIO * member.compress_size)
    return member.file_size > ratio_limit


def decode_text(contents, extension=".txt"):
    """Decodes a text file: UTF-8, UTF-16 with a byte order mark, or the encoding an HTML page declares.

    What declares none and is no UTF-8 is read as Windows-1252 if all of its letters are those of a western
    language.
    """
    encoding = "utf-8-sig"
    # As for browsers, the mark says more than what a page declares.
    declares = extension != ".txt" and not contents.startswith(BOM_UTF8)
    if contents.startswith(UTF16_MARKS):
        encoding = "utf-16"
    elif declares and (charset := META_CHARSET.search(contents[:2048])):
        encoding = charset[1].decode().lower()
        encoding = encoding if KNOWN_ENCODING.fullmatch(encoding) else "unknown"
        encoding = "utf-8-sig" if encoding in ("utf8", "utf-8") else WEB_ENCODINGS.get(encoding, encoding)
    try:
        return contents.decode(encoding)
    except (UnicodeDecodeError, LookupError) as error:
        text = contents.decode("windows-1252", "replace") if encoding == "utf-8-sig" else ""
        if WESTERN.fullmatch(text) and not RUN_OF_OTHER_LETTERS.search(text):
            return text
        raise ValidationError(
            _("The file's letters cannot be read: save it in the encoding UTF-8.")
        ) from error
