"""The data of the Typst templates: texts and lists, and nothing that still needs the database.

`site` is the public address of the portal, with which every path becomes an address that can be read on
paper. It is empty where there is none yet: the document says so once, and paths stay paths.
"""

import segno
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from impact.models.review import Change
from organisation.dates import citation_date, partial_date_text
from organisation.models import site_settings
from organisation.models.quoting import Quoting, cited_place
from organisation.templatetags.records import figure_value, wording
from portal.delivery.public_address import NO_PUBLIC_ADDRESS
from portal.graphics.crease_patterns import crease_pattern

from . import labels


def common_data(title, as_of, site, path):
    """Returns what every document has; `path` is that of its page."""
    address = site and f"{site}{path}"
    date = as_of or timezone.localdate()  # PDF/A requires a date
    return {
        "language": get_language(),
        "title": title,
        "site": site_settings().title,
        "date": [date.year, date.month, date.day],
        "as_of": _("As of %(date)s")
        % {"date": formats.date_format(as_of) if as_of else partial_date_text("")},
        "address": address or NO_PUBLIC_ADDRESS,
        "qr": address
        and {
            "svg": segno.make(address, micro=False, error="m").svg_inline(omitsize=True, border=0),
            "alt": _("QR code: %(address)s") % {"address": address},
        },
        "page_numbers": _("Page %(page)s of %(pages)s") % {"page": "{page}", "pages": "{pages}"},
        "print_notice": _("Printed copy. Check the reference online before citing."),
        "footer_note": site_settings().footer_note,
        "not_on_record": _("Not on record."),
    }


def report_data(report, site):
    organisation = report.organisation
    title = (
        _("%(organisation)s: the published record") % {"organisation": organisation}
        if organisation
        else _("The published record")
    )
    path = (organisation and organisation.get_absolute_url()) or reverse("impact-report")
    return common_data(title, report.as_of, site, path) | {
        "crease_pattern": crease_pattern_svg(organisation.slug if organisation else "report"),
        "lead": labels.lead(report),
        "contents": _("Contents"),
        "how_to_read": {"title": _("How to read this report"), "sentences": labels.how_to_read(report)},
        "grades": [
            {"grade": grade, "label": label, "reason": reason}
            for grade, label, reason in labels.grade_labels()
        ],
        "parts": [part_data(part, site) for part in report.parts],
        "omission_note": report.omission_note,
        "chart": chart_data(report.chart, site),
        "missing": {"title": _("What is not on record"), "sentences": report.missing},
        "how_checked": {
            "title": _("How claims are checked"),
            "paragraphs": [{"title": title, "text": text} for title, text in labels.how_checked(report)],
        },
    }


def part_data(part, site):
    organisation = part.organisation
    return {
        "name": organisation,
        "life": {
            "sentences": [str(each) for each in organisation.life.sentences],
            "notes": [source_note(each, site) for each in organisation.life.citations],
        },
        "identity": {
            "title": part.identity_title,
            "facts": facts_of(organisation),
            "notes": source_notes(organisation, site),
        },
        "aim": {
            "title": part.aim_title,
            "statements": [
                {
                    "kind": with_whose_words(
                        each, ", ".join(filter(None, [capfirst(each.get_kind_display()), each.as_it_said]))
                    ),
                    "text": each.text,
                    "is_quotation": each.is_quotation,
                    "notes": source_notes(each, site),
                }
                for each in part.aims
            ],
        },
        "figures": {
            "title": part.figures_title,
            "caption": _("Figures that %(organisation)s gives, as published")
            % {"organisation": organisation},
            "headings": [_("Figure"), _("Value"), _("As of"), _("Claim")],
            "rows": [
                [
                    figure.label,
                    "\n".join(filter(None, [figure.text, figure.origin])),
                    figure.holds_for,
                    edition.claim.reference,
                ]
                for figure, edition in part.figures
            ],
        },
        "claims": {
            "title": part.claims_title,
            "list": [claim_data(edition, site) for edition in part.editions],
        },
        "missing": {"title": _("What no source says"), "list": part.missing},
    }


def facts_of(organisation):
    facts = [
        (_("Official name"), organisation.official_name),
        (_("Short name"), organisation.short_name),
        (_("Other names"), ", ".join(organisation.other_names.splitlines())),
        (_("Founded"), organisation.founded and partial_date_text(organisation.founded)),
        (
            _("Closed"),
            partial_date_text(organisation.life.closed_on) if organisation.life.has_closed else "",
        ),
        (_("Seat"), organisation.seat),
    ]
    return [{"term": term, "value": value} for term, value in facts if value]


def claim_data(edition, site):
    facts = [
        (_("Type"), capfirst(edition.get_type_display()) if edition.type == edition.Type.CONTEXT else ""),
        (_("Theme"), capfirst(edition.get_theme_display())),
        (_("Part claimed"), capfirst(edition.get_role_display())),
        (_("Together with"), edition.together_with),
        (_("As of"), edition.as_of and partial_date_text(edition.as_of)),
        (_("Said"), edition.as_it_said),
    ]
    return {
        "reference": edition.claim.reference,
        "version": f"{edition.claim.reference} v{edition.number}",
        "edition": with_whose_words(edition, _("Edition %(number)d") % {"number": edition.number}),
        "published": _("Published here: %(date)s") % {"date": formats.date_format(edition.published_at)},
        "grade": edition.grade,
        "grade_label": capfirst(edition.get_grade_display()),
        "reason": edition.grade_reason,
        "change": capfirst(edition.get_change_display())
        if edition.change in (Change.CORRECTION, Change.RETIRED)
        else "",
        "statement": wording(edition),
        "is_quotation": edition.is_quotation,
        "figures": [figure_data(figure) for figure in edition.figures.all()],
        "facts": [{"term": term, "value": value} for term, value in facts if value],
        "limitations": {"title": _("Before you rely on it"), "text": edition.limitations},
        "sources": {"title": _("Sources"), "notes": source_notes(edition, site)},
        "permanent": _("Permanent address"),
        "address": site + edition.get_absolute_url(),
    }


def figure_data(figure):
    return {
        "qualifier": figure.get_qualifier_display() if figure.qualifier else "",
        "value": figure_value(figure.value) if figure.is_counted else figure.answer,
        "unit": figure.unit if figure.is_counted else "",
        "label": figure.label,
        "origin": figure.origin,
        "as_of": _("As of: %(date)s") % {"date": figure.holds_for},
    }


def with_whose_words(record, text):
    """Returns a text about a record, which says that its words are ours where they are no quotation."""
    return text if record.is_quotation else _("%(text)s, in our words") % {"text": text}


def source_notes(record, site):
    return [source_note(citation, site, record) for citation in record.evidence]


def source_note(citation, site, record=None):
    """Returns what a margin note says of a cited source, with its permanent address.

    Beside words that are to be a quotation, and are ours, it names no line.
    """
    source = citation.source
    title, address = cited_place(citation, record)
    is_ours = isinstance(record, Quoting) and not record.is_quotation and citation.is_own_words
    label = citation.relation_label if isinstance(record, Quoting) else citation.fact_label
    if isinstance(record, Quoting) and record.is_mended and citation.passage and citation.passage.mended:
        label = _("%(label)s, mended") % {"label": label}
    whose = source.author or source.publisher
    by = [whose and whose.named, citation_date(source.published)]
    return {
        "title": title,
        "by": [each for each in by if each],
        "relation": _("in our words") if is_ours else label,
        "text": citation.for_readers["note"],
        "address": site + address,
    }


def chart_data(chart, site):
    """Returns the chart of the web page: the same shapes as SVG, and its table."""
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


def crease_pattern_svg(slug):
    return render_to_string("portal/report_crease_pattern.svg", {"pattern": crease_pattern(slug)})
