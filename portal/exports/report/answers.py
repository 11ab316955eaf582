"""The answers of the fact sheet as data: what a block of its page says, and how that is known.

Every answer has the same keys, so that one row of the sheet can print it: see `answer`.
"""

from django.utils.translation import gettext as _

from advocacy.models import StoryOfChange
from advocacy.models.fold import folds_of
from impact.models import Edition
from impact.undated import undated_note
from organisation.dates import partial_date_text
from organisation.models import Milestone, Statement
from organisation.moments import Moment
from organisation.templatetags.records import figure_value, wording

from .template_data import figure_data, source_notes, with_whose_words

MAX_NOTES = 2  # sources beside one answer


def answer(kind, text="", **values):
    """Returns an answer: `kind` is quote, words, prose, figures or counts.

    `by` says whose words they are, `ended` the same where these are over, `small` what holds of them. `known`
    has how they are known: a text, an address or none, and a label or none. `strip` has the marks and the
    words of a claim, or is None.
    """
    return {
        "kind": kind,
        "heading": "",
        "text": text,
        "ended": "",
        "by": "",
        "small": "",
        "strip": None,
        "known": [],
        "list": [],
    } | values


def spoken_by(record):
    """Returns who speaks, what became of it, and when it said so if it is over."""
    return ", ".join(filter(None, [record.organisation.named, record.as_it_said]))


def whose(record):
    return with_whose_words(record, spoken_by(record))


def kind_of(record):
    return "quote" if record.is_quotation else "words"


def known_from(record, site):
    return [known(each["title"], each["address"], each["relation"]) for each in source_notes(record, site)]


def known(text, address="", label=""):
    return {"text": text, "address": address, "label": label}


def statement_answer(statement, site):
    return answer(
        kind_of(statement),
        wording(statement),
        heading=statement.title,
        **{"ended" if statement.organisation.life.is_over else "by": whose(statement)},
        known=known_from(statement, site)[:MAX_NOTES],
    )


def moment_answer(moment, site, heading=""):
    milestone = moment.record
    notes = [note for each in moment.tellings for note in known_from(each, site)]
    return answer(
        "words",
        milestone.text,
        heading=heading or dates_text(moment),
        by=whose(milestone),
        known=notes[:MAX_NOTES],
    )


def dates_text(moment):
    """Returns the date of an event, with those that other texts give."""
    text = partial_date_text(moment.date)
    for other in moment.other_dates:
        text = _("%(date)s (a text says %(other)s)") % {"date": text, "other": partial_date_text(other)}
    return text


def claim_answer(edition, site, heading=""):
    return answer(
        kind_of(edition),
        wording(edition),
        heading=heading,
        by=whose(edition),
        small=edition.limitations,
        strip=strip_data(edition),
        known=[known(edition.claim.reference, site + edition.get_absolute_url())],
    )


def strip_data(edition):
    strip = edition.strip
    return {"marks": list(strip.marks), "words": str(strip.words)}


def figures_answer(pairs, site):
    """Returns one answer for (figure, edition) pairs; that no source dates any of them is said once."""
    dates = (day for figure, edition in pairs for day in (edition.as_of, figure.as_of or figure.starts))
    return answer(
        "figures",
        small=undated_note(dates),
        list=[
            figure_data(figure)
            | {
                "as_of": figure_data(figure)["as_of"] if figure.as_of or figure.starts else "",
                "reference": edition.claim.reference,
                "address": site + edition.get_absolute_url(),
                "strip": strip_data(edition),
                "speaker": spoken_by(edition) if edition.organisation.life.is_over else "",
            }
            for figure, edition in pairs
        ],
    )


def counts_answer(sheet, site):
    return answer(
        "counts",
        list=[{"count": figure_value(each.count), "words": str(each.words)} for each in sheet.found],
        known=[known(_("Counted from the register"), sheet.address and site + sheet.address)],
    )


def fold_answer(fold, site):
    """Returns what a fold of a story quotes, or says is not on record."""
    if fold.claim_id:
        return claim_answer(fold.record, site, fold.shown_heading)
    if fold.milestone_id:
        return moment_answer(Moment(fold.record), site, fold.shown_heading)
    return answer("prose", fold_line(fold))


def fold_line(fold):
    if fold.heading.endswith(("?", "!", "…")):
        return f"{fold.heading} {fold.text}"
    return _("%(heading)s: %(text)s") % {"heading": fold.heading, "text": fold.text}


def folds_to_print(story):
    """Returns those folds of a story that quote, and those that say what is not on record."""
    folds = folds_of([story])[story.pk]
    return [fold for fold in folds if not fold.record or fold.claim_id or fold.milestone_id]


ANSWER_OF = {Statement: statement_answer, Moment: moment_answer, Edition: claim_answer}
PRINTED = (Statement, Milestone, Edition, StoryOfChange)
