"""The printed documents: plain data for the Typst templates beside this file, which set them as PDF/UA-1 and PDF/A-2a.

A document is built once for its content and then kept in a file, which the next reader gets at once.
"""

import hashlib
import json
import os
import tempfile
from functools import cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock

import segno
import typst
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from impact.models.review import Change
from organisation.dates import partial_date_text
from organisation.templatetags.margin import figure_value
from portal.graphics.crease_patterns import crease_pattern

from . import labels as words
from .glyphs import FONTS, printable

HERE = Path(__file__).parent
STANDARDS = ["a-2a", "ua-1"]
MOST_KEPT = 40  # files; of each document the last few states of the record

one_at_a_time = Lock()


def built(template, data):
    """The tag of a document's content, and its bytes: from the file kept for that content, or set anew."""
    text = json.dumps(in_letters(data), ensure_ascii=False)
    tag = hashlib.sha256(f"{template} {look()} {text}".encode()).hexdigest()[:32]
    return tag, kept(tag) or set_anew(tag, template, text)


def path_of(tag):
    return settings.VAR_DIR / "reports" / f"{tag}.pdf"


def kept(tag):
    try:
        return path_of(tag).read_bytes()
    except FileNotFoundError:
        return None


def set_anew(tag, template, text):
    with one_at_a_time:  # who asks for the same document meanwhile waits for it, and finds it
        if found := kept(tag):
            return found
        document = typeset(template, text)
        keep(path_of(tag), document)
        return document


def typeset(template, text):
    return typst.compile(
        HERE / template,
        root=HERE,
        font_paths=[FONTS],
        ignore_system_fonts=True,
        pdf_standards=STANDARDS,
        sys_inputs={"data": text},
    )


@cache
def look():
    """Changes with the templates, the fonts and the program that sets them."""
    files = sorted([*HERE.glob("*.typ"), *FONTS.glob("*.ttf")])
    return hashlib.sha256(
        b"".join([version("typst").encode(), *(file.read_bytes() for file in files)])
    ).hexdigest()


def keep(path, document):
    """Write the whole file or none, and drop the oldest."""
    path.parent.mkdir(exist_ok=True)
    descriptor, unfinished = tempfile.mkstemp(dir=path.parent, suffix=".part")
    with os.fdopen(descriptor, "wb") as file:
        file.write(document)
    os.replace(unfinished, path)
    for old in sorted(path.parent.iterdir(), key=written, reverse=True)[MOST_KEPT:]:
        old.unlink(missing_ok=True)


def written(path):
    """When; long ago if another process has dropped the file meanwhile."""
    try:
        return path.stat().st_mtime
    except FileNotFoundError:
        return 0


def in_letters(data):
    """The same data, its texts in letters that can be printed; what gettext has put off is said now."""
    if isinstance(data, dict):
        return {name: in_letters(value) for name, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [in_letters(each) for each in data]
    if data is None or isinstance(data, (bool, int, float)):
        return data
    return printable(str(data))


def document(title, as_of, address):
    """What every printed document has: `address` is where its page stands, whole, for good."""
    dated = as_of or timezone.localdate()  # an archival PDF has to have a date
    return {
        "language": get_language(),
        "title": title,
        "site": settings.SITE_NAME,
        "date": [dated.year, dated.month, dated.day],
        "as_of": _("As of %(date)s")
        % {"date": formats.date_format(as_of) if as_of else partial_date_text("")},
        "address": address,
        "qr": {
            "svg": segno.make(address, micro=False, error="m").svg_inline(omitsize=True, border=0),
            "alt": _("QR code: %(address)s") % {"address": address},
        },
        "page": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
        "check": _("Printed copy. Check the reference online before citing."),
        "demonstration": _(
            "Demonstration content from published statements; not an official site of the organisations named."
        ),
        "not_on_record": _("Not on record."),
    }


def report_data(report, site):
    """A `Report` as the template wants it: texts, lists and nothing that still needs the database. `site` is the address of the portal."""
    organisation = report.organisation
    title = (
        _("%(organisation)s: the published record") % {"organisation": organisation}
        if organisation
        else _("The published record")
    )
    address = organisation.get_absolute_url() if organisation else reverse("impact-report")
    return document(title, report.as_of, site + address) | {
        "plate": drawing_of(organisation.slug if organisation else "report"),
        "lead": words.LEAD_OF_ONE if organisation else words.LEAD,
        "contents": _("Contents"),
        "how_to_read": {"title": _("How to read this report"), "sentences": words.HOW_TO_READ},
        "grades": [
            {"grade": grade, "word": word, "reason": reason} for grade, word, reason in words.grades()
        ],
        "parts": [part_data(part, site) for part in report.parts],
        "left_out": report.left_out_told,
        "chart": chart_data(report.chart, site),
        "missing": {"title": _("What is not on record"), "sentences": report.missing},
        "checked": {
            "title": _("How claims are checked"),
            "paragraphs": [{"title": title, "text": text} for title, text in words.HOW_CHECKED],
        },
    }


def part_data(part, site):
    organisation = part.organisation
    return {
        "name": organisation,
        "names": [
            *(_("Formerly %(other)s") % {"other": other} for other in organisation.formerly),
            *(_("Later known as %(other)s") % {"other": other} for other in organisation.later_known_as),
        ],
        "who": {"title": _("Who it is"), "facts": facts_of(organisation), "notes": notes(organisation, site)},
        "aim": {
            "title": _("Its aim, in its own words"),
            "statements": [
                {"kind": capfirst(each.get_kind_display()), "text": each.text, "notes": notes(each, site)}
                for each in part.aims
            ],
        },
        "figures": {
            "title": _("Its figures"),
            "caption": _("Figures that %(organisation)s gives, as published")
            % {"organisation": organisation},
            "headings": [_("Figure"), _("Value"), _("As of"), _("Claim")],
            "rows": [
                [figure.label, figure.words, partial_date_text(figure.as_of), edition.claim.reference]
                for figure, edition in part.figures
            ],
        },
        "claims": {
            "title": _("Its claims"),
            "list": [claim_data(edition, site) for edition in part.editions],
        },
        "missing": {"title": _("Not on record"), "list": part.missing},
    }


def facts_of(organisation):
    facts = [
        (_("Official name"), organisation.official_name),
        (_("Short name"), organisation.short_name),
        (_("Other names"), ", ".join(organisation.other_names.splitlines())),
        (_("Founded"), partial_date_text(organisation.founded)),
        (_("Closed"), partial_date_text(organisation.closed) if organisation.closed else ""),
        (_("Seat"), organisation.seat),
    ]
    return [{"term": term, "value": value} for term, value in facts if value]


def claim_data(edition, site):
    facts = [
        (_("Type"), capfirst(edition.get_type_display())),
        (_("Theme"), capfirst(edition.get_theme_display())),
        (_("Role claimed"), capfirst(edition.get_role_display())),
        (_("Together with"), edition.together_with),
        (_("As of"), partial_date_text(edition.as_of)),
    ]
    return {
        "reference": edition.claim.reference,
        "version": f"{edition.claim.reference} v{edition.number}",
        "edition": _("Edition %(number)d") % {"number": edition.number},
        "published": _("Published here: %(date)s") % {"date": formats.date_format(edition.published_at)},
        "grade": edition.grade,
        "word": capfirst(edition.get_grade_display()),
        "reason": edition.grade_reason,
        "change": capfirst(edition.get_change_display())
        if edition.change in (Change.CORRECTION, Change.RETIRED)
        else "",
        "statement": _("“%(words)s”") % {"words": edition.statement},
        "figures": [figure_data(figure) for figure in edition.figures.all()],
        "facts": [{"term": term, "value": value} for term, value in facts if value],
        "before": {"title": _("Before you rely on it"), "text": edition.limitations},
        "sources": {"title": _("Sources"), "notes": notes(edition, site)},
        "permanent": _("Permanent address"),
        "address": site + edition.get_absolute_url(),
    }


def figure_data(figure):
    return {
        "qualifier": figure.get_qualifier_display() if figure.qualifier else "",
        "value": figure_value(figure.value),
        "unit": figure.unit,
        "label": figure.label,
        "as_of": _("As of: %(date)s") % {"date": partial_date_text(figure.as_of)},
    }


def notes(record, site):
    """What a record rests on, each with its permanent address."""
    return [note(citation, site) for citation in record.evidence]


def note(citation, site):
    source = citation.source
    by = [source.author or source.publisher, partial_date_text(source.published) if source.published else ""]
    return {
        "title": citation.source_line_label,
        "by": [each for each in by if each],
        "bearing": citation.relation_label,
        "text": citation.note,
        "address": site + citation.source_line_url,
    }


def chart_data(chart, site):
    """The chart of the web page, drawn with its own shapes, and its table."""
    return {
        "title": chart.title,
        "takeaway": chart.takeaway,
        "notes": chart.notes,
        "panels": [
            {
                "title": panel.title,
                "svg": render_to_string("portal/report_panel.svg", {"panel": panel}),
                "alt": _("%(title)s. %(description)s.")
                % {"title": panel.title, "description": panel.description},
            }
            for panel in chart.panels
        ],
        "headings": [*chart.headings, _("Number"), _("Claims")],
        "rows": [
            {
                "names": row.names,
                "value": row.value,
                "records": [
                    {"text": record.text, "address": site + record.address} for record in row.records
                ],
            }
            for row in chart.rows
        ],
    }


def drawing_of(slug):
    return render_to_string("portal/report_crease_pattern.svg", {"plate": crease_pattern(slug)})
