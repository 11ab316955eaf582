"""One sheet for donors: the aim, a few figures, one story of change as a chain of claims, and what is not on record."""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from impact.grades import Grade, grade_of
from impact.models import Edition, Highlight
from organisation.dates import partial_date_text
from organisation.models import Milestone, Statement

from .content import last_change
from .pdf import claim_data, document, figure_data, note, notes

MOST_FIGURES = 4
STORY = (20, 26)  # the claims of the treaty's story, in its order


def factsheet_data(site):
    """What the Support page says, for one sheet of paper."""
    highlighted = list(Edition.objects.highlighted(Highlight.Where.HOME_FIGURES).in_full())
    story = list(Edition.objects.current().filter(claim__number__in=STORY).in_full())
    statements = {(each.organisation.slug, each.slug): each for each in said()}
    figures = [
        figure_of(figure, edition, site) for edition in highlighted for figure in edition.figures.all()
    ][:MOST_FIGURES]
    shown = {figure["reference"] for figure in figures}
    in_foot = [edition for edition in highlighted if edition.claim.reference in shown] + [
        each for each in story if each not in highlighted
    ]
    address = site + reverse("pages-details-by-slug", kwargs={"slug": "support"})
    return document(_("What a donor should know first"), last_change([*highlighted, *story]), address) | {
        "aim": {
            "title": _("The aim"),
            "statement": statement_data(statements.get(("dallaire-initiative", "mission")), site),
        },
        "figures": {"title": _("What they say they have done, in numbers"), "list": figures},
        "story": {
            "title": _("One story of change: a treaty"),
            "steps": [
                *(step_of(each, site) for each in founding()),
                *(claim_step(each, site) for each in story),
            ],
        },
        "behind": {
            "title": _("Who stands behind it"),
            "statements": present(
                statements,
                [("child-soldiers-international", "team-and-board"), ("coalition", "steering-committee")],
                site,
            ),
        },
        "independence": {
            "title": _("Independence, in their own words"),
            "statements": present(statements, [("child-soldiers-international", "independence")], site),
        },
        "funds": {
            "title": _("How funds are used: not on record"),
            "text": _(
                "No source on record says how any of the organisations spends its money. Until one does, nothing is said about it here."
            ),
        },
        "grades": _(
            "Stated: by the organisation or its partners. Supported: by an independent source. Disputed: a source contradicts it."
        ),
        "more": _("Every claim with its sources"),
        "editions": [f"{edition.claim.reference} v{edition.number}" for edition in in_foot],
    }


def said():
    return (
        Statement.objects.filter(slug__in=["mission", "team-and-board", "steering-committee", "independence"])
        .select_related("organisation")
        .with_evidence()
    )


def founding():
    return (
        Milestone.objects.filter(organisation__slug="coalition", slug="founded")
        .select_related("organisation")
        .with_evidence()
    )


def present(statements, names, site):
    return [statement_data(statements[name], site) for name in names if name in statements]


def statement_data(statement, site):
    """None if staff deleted it: the sheet then says that it is not on record."""
    if statement is None:
        return None
    return {
        "speaker": statement.organisation,
        "kind": capfirst(statement.get_kind_display()),
        "text": statement.text,
        "notes": notes(statement, site)[:2],
    }


def figure_of(figure, edition, site):
    return figure_data(figure) | {
        "reference": edition.claim.reference,
        "address": site + edition.get_absolute_url(),
        "grade": edition.grade,
        "word": capfirst(edition.get_grade_display()),
        "speaker": edition.organisation.short_name or edition.organisation,
    }


def step_of(milestone, site):
    return {
        "when": partial_date_text(milestone.date),
        "reference": "",
        "speaker": milestone.organisation,
        "text": milestone.text,
        "notes": notes(milestone, site)[:2],
    }


def claim_step(edition, site):
    claim = claim_data(edition, site)
    return claim | {
        "when": "",
        "text": claim["statement"],
        "notes": [note(each, site) for each in telling(edition)],
    }


def telling(edition):
    """Where the claim stands, and the source that raised or lowered its grade."""
    citations = edition.evidence
    decisive = [each for each in citations if grade_of([each]) in (Grade.DISPUTED, Grade.SUPPORTED)]
    return [*[each for each in citations if each not in decisive][:1], *decisive[:1]]
