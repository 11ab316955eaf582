"""The fact sheet for donors: the aim, a few figures, one story of change, and what is not on record."""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from impact.grades import Grade, grade_of
from impact.models import Edition, Highlight
from organisation.dates import partial_date_text
from organisation.models import Milestone, Statement

from .content import last_change
from .template_data import claim_data, common_data, figure_data, source_note, source_notes, with_whose_words

MAX_FIGURES = 4
STORY_CLAIMS = (20, 26)  # of the treaty


def factsheet_data(site):
    """Returns the data of the Support page for one sheet of paper."""
    highlighted = list(Edition.objects.highlighted(Highlight.Where.HOME_FIGURES).in_full())
    story = list(Edition.objects.current().filter(claim__number__in=STORY_CLAIMS).in_full())
    statements = {(each.organisation.slug, each.slug): each for each in fact_sheet_statements()}
    figures = [
        highlighted_figure(figure, edition, site)
        for edition in highlighted
        for figure in edition.figures.all()
    ][:MAX_FIGURES]
    references = {figure["reference"] for figure in figures}
    in_footer = [edition for edition in highlighted if edition.claim.reference in references] + [
        each for each in story if each not in highlighted
    ]
    speakers = {each.organisation for each in [*in_footer, *statements.values(), *founding_milestones()]}
    path = reverse("pages-details-by-slug", kwargs={"slug": "support"})
    as_of = last_change([*highlighted, *story])
    return common_data(_("What a donor should know first"), as_of, site, path) | {
        "standing": {"title": _("Who is still there"), "sentences": standing_sentences(speakers)},
        "aim": {
            "title": _("The aim"),
            "statement": statement_data(statements.get(("dallaire-initiative", "mission")), site),
        },
        "figures": {"title": _("What they say they have done, in numbers"), "list": figures},
        "story": {
            "title": _("One story of change: a treaty"),
            "steps": [
                *(milestone_step(each, site) for each in founding_milestones()),
                *(claim_step(each, site) for each in story),
            ],
        },
        "governance": {
            "title": _("Who stands behind it"),
            "statements": statements_data(
                statements,
                [("child-soldiers-international", "team-and-board"), ("coalition", "steering-committee")],
                site,
            ),
        },
        "independence": {
            "title": _("Independence, in their own words"),
            "statements": statements_data(
                statements, [("child-soldiers-international", "independence")], site
            ),
        },
        "funds": {
            "title": _("How funds are used: not on record"),
            "text": _(
                "No source on record says how any of the organisations spends its money. "
                "Until one does, nothing is said about it here."
            ),
        },
        "grade_key": _(
            "Supported: by an independent source, the whole or a part. "
            "A partner works with the organisation or funds it. Disputed: a source contradicts it."
        ),
        "link_label": _("Every claim with its sources"),
        "editions": [f"{edition.claim.reference} v{edition.number}" for edition in in_footer],
    }


def standing_sentences(organisations):
    """Returns what is on record of each organisation's end, first of those of which there is none."""
    sentences = [
        _("%(name)s: no source on record says that it has closed.") % {"name": each}
        for each in in_order(organisations, is_over=False)
    ]
    for each in in_order(organisations, is_over=True):
        sentences.append(_("%(name)s: %(life)s") % {"name": each, "life": each.life.text})
    return [*sentences, _("Where to give: not on record.")]


def in_order(organisations, is_over):
    shown = [each for each in organisations if each.life.is_over == is_over]
    return sorted(shown, key=lambda each: (each.order, each.official_name))


def spoken_by(record):
    """Returns who speaks, what became of it, and when it said so if it is over."""
    return ", ".join(filter(None, [record.organisation.named, record.as_it_said]))


def fact_sheet_statements():
    return (
        Statement.objects.filter(slug__in=["mission", "team-and-board", "steering-committee", "independence"])
        .select_related("organisation")
        .with_evidence()
    )


def founding_milestones():
    return (
        Milestone.objects.filter(organisation__slug="coalition", slug="founded")
        .select_related("organisation")
        .with_evidence()
    )


def statements_data(statements, names, site):
    """Returns the data of those named that staff have not deleted, as (organisation slug, slug)."""
    return [statement_data(statements[name], site) for name in names if name in statements]


def statement_data(statement, site):
    """Returns None for a statement that staff deleted: the sheet then says that it is not on record."""
    if statement is None:
        return None
    return {
        "speaker": with_whose_words(statement, spoken_by(statement)),
        "kind": capfirst(statement.get_kind_display()),
        "text": statement.text,
        "is_quotation": statement.is_quotation,
        "notes": source_notes(statement, site)[:2],
    }


def highlighted_figure(figure, edition, site):
    return figure_data(figure) | {
        "reference": edition.claim.reference,
        "address": site + edition.get_absolute_url(),
        "grade": edition.grade,
        "grade_label": capfirst(edition.get_grade_display()),
        "speaker": spoken_by(edition),
    }


def milestone_step(milestone, site):
    return {
        "when": with_whose_words(milestone, partial_date_text(milestone.date)),
        "reference": "",
        "speaker": spoken_by(milestone),
        "text": milestone.text,
        "notes": source_notes(milestone, site)[:2],
    }


def claim_step(edition, site):
    claim = claim_data(edition, site)
    return claim | {
        "when": "",
        "speaker": spoken_by(edition),
        "text": claim["statement"],
        "notes": [source_note(each, site, edition) for each in decisive_citations(edition)],
    }


def decisive_citations(edition):
    """Returns the citation that states the claim, and the one that raised or lowered its grade, if any."""
    citations = edition.evidence
    grade = grade_of(citations)
    decisive = [each for each in citations if grade != Grade.ORGANISATION_ONLY and grade_of([each]) == grade]
    return [*[each for each in citations if each not in decisive][:1], *decisive[:1]]
