"""Recognises files of kinds that cannot come in, by content or name, and says the way to one that can."""

import re
import zipfile
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

WORD_PROCESSOR = _("open it in a word processor, such as LibreOffice, and save it as .docx")
COPY_WORDS = _("copy its words into a .txt file and bring that in, with a link to the original")
PLAIN = _("save its words as a .txt file")
# Of each kind: its name at the start of a sentence, the way for its words, and the endings of its files.
KINDS = {
    "pdf": (
        _("A PDF file"),
        _("open it in Word or LibreOffice, save it as .docx, and compare the two"),
        ".pdf",
    ),
    "rtf": (_("An RTF file"), WORD_PROCESSOR, ".rtf"),
    "doc": (_("A Word file of the older kind (.doc)"), WORD_PROCESSOR, ".doc .dot .wps .wpd .sxw"),
    "docm": (
        _("A Word file with macros, which are programs,"),
        _("open it in Word or LibreOffice and save it as .docx, without them"),
        ".docm .dotm",
    ),
    "docx": (_("A Word file or template"), WORD_PROCESSOR, ".docx .dotx"),
    "odt": (_("An OpenDocument text or template"), WORD_PROCESSOR, ".odt .ott .odm"),
    "fodt": (
        _("A flat OpenDocument file (.fodt)"),
        _("open it in LibreOffice and save it as .docx"),
        ".fodt",
    ),
    "pages": (
        _("A Pages document"),
        _("in Pages, choose Export To, Word, and bring in the .docx file"),
        ".pages",
    ),
    "mail": (_("An e-mail"), COPY_WORDS, ".eml .msg"),
    "mht": (
        _("A web page saved as a single file (MHTML)"),
        _("open it in a browser and save it as a web page, “HTML only” or “complete”"),
        ".mht .mhtml .webarchive",
    ),
    "presentation": (_("A presentation"), COPY_WORDS, ".ppt .pptx .pptm .odp .key"),
    "spreadsheet": (
        _("A spreadsheet"),
        _("bring its table in under “Tables”, or copy it into a text document and save that as .docx"),
        ".xls .xlsx .xlsm .xlsb .ods .numbers .csv .tsv",
    ),
    "epub": (
        _("An e-book"),
        _("convert it to .docx, for example with Calibre or pandoc"),
        ".epub .mobi .azw3",
    ),
    "html": (
        _("A web page"),
        _("open it in a browser and save it as a web page, “HTML only”"),
        ".html .htm .xhtml .xht",
    ),
    "tex": (_("A LaTeX text"), _("convert it to .docx, for example with pandoc"), ".tex .latex .ltx"),
    "zip": (
        _("An archive of several files"),
        _("unpack it and bring in the documents one by one"),
        ".zip .rar .7z .gz .tar",
    ),
    "picture": (
        _("A picture"),
        _("have its words recognised, or type them, into a .txt file"),
        ".png .jpg .jpeg .gif .webp .tif .tiff .bmp .heic .svg",
    ),
}
KIND_OF_ENDING = {
    ending: kind for kind, (_name, _way, endings) in KINDS.items() for ending in endings.split()
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The name of a stream tells what an OLE container is.
OLE_STREAMS = {
    "EncryptedPackage": "locked",
    "WordDocument": "doc",
    "Workbook": "spreadsheet",
    "PowerPoint Document": "presentation",
    "__properties_version1.0": "mail",
}
PICTURES = re.compile(
    rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|RIFF....WEBP|II\*\0|MM\0\*|BM....\0\0\0\0|....ftyp(?:hei|mif|avi)",
    re.DOTALL,
)
MIME_TYPES = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.spreadsheet": "spreadsheet",
    "application/vnd.oasis.opendocument.presentation": "presentation",
    "application/epub+zip": "epub",
}
FOLDERS = {
    "word/": "docx",
    "xl/": "spreadsheet",
    "ppt/": "presentation",
    "index/": "pages",
    "index.zip": "pages",
}
# What a file of each of these endings may be by its content.
EXPECTED = {".docx": "docx", ".odt": "odt", ".xlsx": "spreadsheet", ".html": "html", ".htm": "html"}
PACKAGES = (".docx", ".odt", ".xlsx")
# Some databases give a page the name of a Word file or a workbook.
PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:[^-]|-(?!->))*-->\s*)?<(?:!doctype\s+html|html)[\s>]",
    re.IGNORECASE,
)


LOCKED = _("A password locks the file: open it with its password, save it without one, and bring that in.")


def refuse_by_name(extension, allowed):
    """Raises ValidationError for an ending that a form does not take, with the way to one that it does."""
    if extension in allowed:
        return
    if extension in KIND_OF_ENDING:
        raise foreign(KIND_OF_ENDING[extension], allowed)
    raise ValidationError(
        _("Files of this kind are not taken: choose one whose name ends in %(endings)s."),
        params={"endings": ", ".join(allowed)},
    )


def refuse_by_content(contents, extension, allowed):
    """Raises ValidationError for a file that is of another kind than its ending says."""
    kind = kind_of(contents)
    if kind == "locked":
        raise ValidationError(LOCKED)
    is_text = extension not in PACKAGES and kind == "html"
    if not kind or kind == EXPECTED.get(extension) or is_text:
        return
    own_ending = next((ending for ending in allowed if EXPECTED.get(ending) == kind), None)
    if own_ending and (contents.startswith(b"PK") or kind == "html"):
        raise ValidationError(
            _("The file is a %(ending)s file, whatever its name says: give it that ending."),
            params={"ending": own_ending},
        )
    raise foreign(kind, allowed)


def foreign(kind, allowed):
    name, way, _endings = KINDS[kind]
    if ".xlsx" in allowed:
        sentence = _(
            "%(name)s cannot come in as a table: open it in a spreadsheet program and save it as .xlsx."
        )
    else:
        sentence = _("%(name)s cannot come in: %(way)s.")
    return ValidationError(sentence, params={"name": name, "way": way})


def kind_of(contents):
    """Returns the kind of a file by its content; empty if that is text or unknown."""
    if b"%PDF-" in contents[:1024]:
        return "pdf"
    if contents.startswith(b"{\\rtf"):
        return "rtf"
    if contents.startswith(OLE):
        streams = (kind for name, kind in OLE_STREAMS.items() if name.encode("utf-16-le") in contents)
        return next(streams, "doc")
    if contents.startswith(b"PK\x03\x04"):
        return kind_of_package(contents)
    if PICTURES.match(contents):
        return "picture"
    opening = contents[:4096]
    if re.search(rb"^content-type:\s*multipart/related", opening, re.IGNORECASE | re.MULTILINE) and re.match(
        rb"\s*[\w-]+:", opening
    ):
        return "mht"
    if PAGE.match(opening):
        return "html"
    return "fodt" if re.search(rb"<office:document\s", opening) else ""


def kind_of_package(contents):
    """Returns the kind of a ZIP archive; empty if it cannot be opened, or the checks know it better."""
    try:
        with zipfile.ZipFile(BytesIO(contents)) as package:
            members = {member.filename: member for member in package.infolist()}
            if "mimetype" in members and not members["mimetype"].flag_bits & 1:
                with package.open("mimetype") as stream:
                    mime_type = stream.read(100).decode("ascii", "replace").strip()
                found = next((kind for name, kind in MIME_TYPES.items() if mime_type.startswith(name)), "")
                if found:
                    return found
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, RuntimeError, EOFError):
        return ""
    names = [name.lower().replace("\\", "/") for name in members]
    for folder, kind in FOLDERS.items():
        if any(name.startswith(folder) for name in names):
            return kind
    return "" if {"content.xml", "[content_types].xml", "_rels/.rels"} & set(names) else "zip"
