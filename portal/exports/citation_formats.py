"""Citations of editions and of sources: as a sentence, in APA style, and as BibTeX, RIS and CSL-JSON files.

Every format names the permanent address and the day of access, which is the day of the request in UTC; that
of a claim names the edition, too.
"""

import datetime
import json
import re
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from impact.views import with_edition
from organisation.dates import partial_date_text
from organisation.models import Source

# The types of CSL and RIS for our kinds of document.
CSL_TYPES = {
    "web page": "webpage",
    "report": "report",
    "treaty": "treaty",
    "resolution": "legislation",
    "news": "article-newspaper",
}
RIS_TYPES = {
    "web page": "ELEC",
    "report": "RPRT",
    "treaty": "LEGAL",
    "resolution": "GOVDOC",
    "news": "NEWS",
    "official record": "GOVDOC",
}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
# BibTeX counts braces even behind a backslash, so they are written by name.
BIBTEX_ESCAPES = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}
BIBTEX_ESCAPES |= {character: f"\\{character}" for character in "%&$#_"}


@dataclass(frozen=True)
class Entry:
    """A cited work.

    `issued` is ISO 8601, as precise as the source, or empty; `sentence` and `apa` are ready to be copied.
    """

    key: str
    kind: str
    author: str
    title: str
    issued: str
    publisher: str
    address: str
    accessed: datetime.date
    note: str
    sentence: str
    apa: str
    edition: str = ""
    number: str = ""

    @property
    def files(self):
        """Returns (name, address) of the citation in every file format."""
        return [
            (name, f"{self.address}cite.{file_format}")
            for file_format, (name, _media_type, _write) in FILE_FORMATS.items()
        ]

    @property
    def issued_parts(self):
        return [int(part) for part in self.issued.split("-") if part]


def entry_of_edition(edition, address):
    today, reference = timezone.now().date(), edition.claim.reference
    values = {
        "statement": edition.statement,
        "organisation": edition.organisation,
        "reference": reference,
        "number": edition.number,
        "date": date_format(edition.published_at),
        "as_of": partial_date_text(edition.as_of),
        "site": settings.SITE_NAME,
        "address": address,
        "today": date_format(today),
    }
    return Entry(
        key=f"{reference.lower()}-v{edition.number}",
        kind=Source.Kind.WEB_PAGE,
        author=edition.organisation.official_name,
        title=edition.statement,
        issued=edition.published_at.date().isoformat(),
        publisher=settings.SITE_NAME,
        address=address,
        accessed=today,
        note=_("%(reference)s, edition %(number)d. As of: %(as_of)s.") % values,
        sentence=_(
            "“%(statement)s” %(organisation)s. %(reference)s, edition %(number)d, published %(date)s. "
            "%(site)s. %(address)s (accessed %(today)s)."
        )
        % values,
        apa=_(
            "%(organisation)s. (%(date)s). %(statement)s (%(reference)s, edition %(number)d) [Claim]. "
            "%(site)s. Retrieved %(today)s, from %(address)s"
        )
        % values,
        edition=str(edition.number),
        number=reference,
    )


def entry_of_source(source, address):
    """Returns the citation of a source's page here, which is what the reader has read.

    A description in place of a title stands in brackets, as APA has it.
    """
    today = timezone.now().date()
    values = {
        "who": source.author or source.publisher or _("Author not stated"),
        "title": source.title or _("[%(description)s]") % {"description": source.subject},
        "kind": capfirst(source.get_kind_display()),
        "date": partial_date_text(source.published),
        "year": partial_date_text(source.published) if source.published else _("n.d."),
        "site": settings.SITE_NAME,
        "address": address,
        "today": date_format(today),
        "link": source.address,
    }
    return Entry(
        key=source.slug,
        kind=source.kind,
        author=str(source.author or source.publisher or ""),
        title=values["title"],
        issued=source.published,
        publisher=str(source.publisher or ""),
        address=address,
        accessed=today,
        note=(
            _("On record at %(site)s. The document: %(link)s")
            if source.address
            else _("On record at %(site)s.")
        )
        % values,
        sentence=_(
            "%(who)s: %(title)s. %(kind)s, published: %(date)s. "
            "On record at %(site)s, %(address)s (accessed %(today)s)."
        )
        % values,
        apa=_("%(who)s. (%(year)s). %(title)s [%(kind)s]. %(site)s. Retrieved %(today)s, from %(address)s")
        % values,
    )


def bibtex(entry):
    """Returns a BibTeX entry of type @misc, which every style knows.

    The inner braces keep the name of an organisation whole and the capitals of a title.
    """
    parts = entry.issued_parts
    fields = {
        "author": entry.author and f"{{{latex(entry.author)}}}",
        "title": f"{{{latex(entry.title)}}}",
        "year": parts and str(parts[0]),
        "edition": entry.edition,
        "number": entry.number,
        "howpublished": latex(entry.publisher),
        "note": latex(entry.note),
        "url": entry.address,
        "urldate": entry.accessed.isoformat(),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    month = [f"  month = {MONTHS[parts[1] - 1]},"] if len(parts) > 1 else []
    return "\n".join([f"@misc{{{entry.key},", *lines, *month, "}", ""])


def latex(text):
    return "".join(BIBTEX_ESCAPES.get(character, character) for character in one_line(text))


def ris(entry):
    """Returns a RIS record: one tag a line, with the CRLF that the format requires."""
    tags = [
        ("TY", RIS_TYPES.get(entry.kind, "GEN")),
        ("ID", entry.key),
        ("AU", entry.author),
        ("TI", entry.title),
        ("PY", entry.issued[:4]),
        ("DA", entry.issued.replace("-", "/")),
        ("ET", entry.edition),
        ("M1", entry.number),
        ("PB", entry.publisher),
        ("N1", entry.note),
        ("UR", entry.address),
        ("Y2", f"{entry.accessed:%Y/%m/%d}"),
    ]
    return "".join(
        f"{tag}  - {one_line(value)}\r\n" for tag, value in [*tags, ("ER", "")] if value or tag == "ER"
    )


def csl(entry):
    item = {
        "id": entry.key,
        "type": CSL_TYPES.get(entry.kind, "document"),
        "author": entry.author and [{"literal": one_line(entry.author)}],
        "title": one_line(entry.title),
        "issued": entry.issued and {"date-parts": [entry.issued_parts]},
        "accessed": {"date-parts": [[entry.accessed.year, entry.accessed.month, entry.accessed.day]]},
        "edition": entry.edition,
        "number": entry.number,
        "publisher": one_line(entry.publisher),
        "note": one_line(entry.note),
        "URL": entry.address,
    }
    return (
        json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2)
        + "\n"
    )


def one_line(text):
    """Returns the text without control characters and line ends, which would end an entry or a tag."""
    return CONTROL_CHARACTERS.sub("", " ".join(text.split()))


FILE_FORMATS = {
    "bib": (gettext_lazy("BibTeX"), "application/x-bibtex", bibtex),
    "ris": (gettext_lazy("RIS"), "application/x-research-info-systems", ris),
    "json": (gettext_lazy("CSL-JSON"), "application/vnd.citationstyles.csl+json", csl),
}


@with_edition
def edition_file(request, edition, file_format):
    entry = entry_of_edition(edition, request.build_absolute_uri(edition.get_absolute_url()))
    return citation_file(entry, file_format)


def source_file(request, slug, file_format):
    source = get_object_or_404(Source.objects.public().select_related("author", "publisher"), slug=slug)
    entry = entry_of_source(source, request.build_absolute_uri(source.get_absolute_url()))
    return citation_file(entry, file_format)


def citation_file(entry, file_format):
    if file_format not in FILE_FORMATS:
        raise Http404
    _name, media_type, write = FILE_FORMATS[file_format]
    response = HttpResponse(write(entry), content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{entry.key}.{file_format}"'
    return response
