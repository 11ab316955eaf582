"""Citations of editions and of sources: as a sentence, in APA style, and as BibTeX, RIS and CSL-JSON files.

Every format names the date that the work itself bears, the permanent address and the day of access, which is
the day of the request in UTC. That of a claim also says as what, and when, it was recorded here.
"""

import datetime
import json
import re
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from impact.views import with_edition
from organisation.dates import citation_date, partial_date_text
from organisation.models import Source, site_settings
from organisation.templatetags.records import wording
from portal.delivery.public_address import NO_PUBLIC_ADDRESS, public_origin

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
NOT_DATED = gettext_lazy("Date not stated (n.d.).")
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

    `issued` is ISO 8601, as precise as the source, or empty; `origin` is the scheme and host of the site, or
    empty; `sentence` and `apa` are ready to be copied.
    """

    key: str
    kind: str
    author: str
    title: str
    issued: str
    publisher: str
    origin: str
    path: str
    accessed: datetime.date
    note: str
    sentence: str
    apa: str

    @property
    def address(self):
        """Returns the permanent address; empty where the site has no public one yet."""
        return self.origin and f"{self.origin}{self.path}"

    @property
    def files(self):
        """Returns (name, path) of the citation in every file format."""
        return [
            (name, f"{self.path}cite.{file_format}")
            for file_format, (name, _media_type, _write) in FILE_FORMATS.items()
        ]

    @property
    def issued_parts(self):
        return [int(part) for part in self.issued.split("-") if part]


def entry_of_edition(edition, origin):
    """Returns the citation of the work that is quoted, dated as its source dates it.

    When the claim was recorded here is told apart, with its reference and edition.
    """
    work, today, path = edition.stated_in, timezone.now().date(), edition.get_absolute_url()
    values = {
        "statement": edition.statement,
        "wording": wording(edition),
        "organisation": edition.organisation,
        "work": work and (_("“%(words)s”") % {"words": work.title} if work.title else title_of(work)),
        "date": citation_date(work.published if work else ""),
        "reference": edition.claim.reference,
        "number": edition.number,
        "recorded": date_format(edition.published_at),
        "as_of": partial_date_text(edition.as_of),
    }
    in_our_words = "" if edition.is_quotation else _("In our words.")
    if in_our_words:
        values["wording"] = _("%(words)s (in our words).") % {"words": edition.statement}
    recorded = _("Recorded as %(reference)s, edition %(number)d (%(recorded)s).") % values
    life = life_of(edition.organisation)
    said_in = work and (_("After %(work)s.") if in_our_words else _("In %(work)s.")) % values
    dated_work = NOT_DATED
    if work:
        dated_work = (
            _("After %(work)s (%(date)s).") if in_our_words else _("In %(work)s (%(date)s).")
        ) % values
    return Entry(
        key=f"{edition.claim.reference.lower()}-v{edition.number}",
        kind=Source.Kind.WEB_PAGE,
        author=edition.organisation.official_name,
        title=edition.statement,
        issued=work.published if work else "",
        publisher=site_settings().title,
        origin=origin,
        path=path,
        accessed=today,
        note=joined(
            dated_work,
            in_our_words,
            recorded,
            _("As of: %(as_of)s.") % values,
            life,
            not origin and NO_PUBLIC_ADDRESS,
        ),
        sentence=joined(
            _("%(wording)s %(organisation)s (%(date)s).") % values,
            said_in,
            life,
            recorded,
            read_at(origin, path, today),
        ),
        apa=joined(
            _("%(organisation)s. (%(date)s). %(statement)s [Claim].") % values,
            said_in,
            life,
            recorded,
            retrieved_from(origin, path, today),
        ),
    )


def entry_of_source(source, origin):
    """Returns the citation of a source's page here, which is what the reader has read."""
    today, path = timezone.now().date(), source.get_absolute_url()
    values = {
        "who": source.author or source.publisher or _("Author not stated"),
        "title": title_of(source),
        "kind": capfirst(source.get_kind_display()),
        "date": citation_date(source.published),
        "site": site_settings().title,
        "link": source.address,
    }
    life = life_of(source.author or source.publisher)
    return Entry(
        key=source.slug,
        kind=source.kind,
        author=str(source.author or source.publisher or ""),
        title=values["title"],
        issued=source.published,
        publisher=str(source.publisher or ""),
        origin=origin,
        path=path,
        accessed=today,
        note=joined(
            not source.published and NOT_DATED,
            _("On record at %(site)s.") % values,
            life,
            not origin and NO_PUBLIC_ADDRESS,
            source.address and _("The document: %(link)s") % values,
        ),
        sentence=joined(
            _("%(who)s: %(title)s. %(kind)s (%(date)s).") % values, life, read_at(origin, path, today)
        ),
        apa=joined(
            _("%(who)s. (%(date)s). %(title)s [%(kind)s].") % values,
            life,
            retrieved_from(origin, path, today),
        ),
    )


def life_of(organisation):
    """Returns “Harbour Aid: closed 2019.” of an organisation that is over; else nothing."""
    mark = organisation.life.mark if organisation else ""
    return mark and _("%(organisation)s: %(mark)s.") % {"organisation": organisation, "mark": mark}


def title_of(source):
    """Returns the title of a source, or in brackets, as APA has it, the description in place of one."""
    return str(source) if source.title else _("[%(description)s]") % {"description": source}


def joined(*sentences):
    """Joins whole sentences, without those that are empty."""
    return " ".join(str(sentence) for sentence in sentences if sentence)


def read_at(origin, path, day):
    values = {"site": site_settings().title, "address": f"{origin}{path}", "day": date_format(day)}
    if origin:
        return _("%(site)s, %(address)s (accessed %(day)s).") % values
    return joined(_("%(site)s (accessed %(day)s).") % values, NO_PUBLIC_ADDRESS)


def retrieved_from(origin, path, day):
    values = {"site": site_settings().title, "address": f"{origin}{path}", "day": date_format(day)}
    if origin:
        return _("%(site)s. Retrieved %(day)s, from %(address)s") % values
    return joined(_("%(site)s. Retrieved %(day)s.") % values, NO_PUBLIC_ADDRESS)


def bibtex(entry):
    """Returns a BibTeX entry of type @misc, which every style knows.

    The inner braces keep the name of an organisation whole and the capitals of a title.
    """
    parts = entry.issued_parts
    fields = {
        "author": entry.author and f"{{{latex(entry.author)}}}",
        "title": f"{{{latex(entry.title)}}}",
        "year": parts and str(parts[0]),
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
    return citation_file(entry_of_edition(edition, public_origin(request)), file_format)


def source_file(request, slug, file_format):
    source = get_object_or_404(Source.objects.public().select_related("author", "publisher"), slug=slug)
    return citation_file(entry_of_source(source, public_origin(request)), file_format)


def citation_file(entry, file_format):
    if file_format not in FILE_FORMATS:
        raise Http404
    _name, media_type, write = FILE_FORMATS[file_format]
    response = HttpResponse(write(entry), content_type=f"{media_type}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{entry.key}.{file_format}"'
    return response
