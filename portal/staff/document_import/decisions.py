"""Decides on suggestions: one, or all of a kind, and takes a decision back."""

from django.contrib import messages
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from impact.models import Claim
from organisation.models import Organisation
from portal.models import Decision

from .classification import missing_sentence
from .forms import SuggestionForm
from .record import create_record
from .rules.suggestion import CLAIM, EVIDENCE

Verdict = Decision.Verdict
# These become drafts or parts of drafts, which nobody but staff sees; others wait to be put on record.
AT_ONCE = (CLAIM, EVIDENCE)


def organisation_choices(source):
    """Returns the organisations whose words a text may hold: those with a profile, and the author."""
    names = {organisation.pk: str(organisation) for organisation in Organisation.objects.profiled()}
    if source.author:
        names.setdefault(source.author_id, str(source.author))
    return [("", "–"), *names.items()]


def decide(request, source, item):
    """Accepts or refuses a suggestion or takes its decision back; returns the form if it is not valid."""
    suggestion, action = item.suggestion, request.POST.get("do")
    if action == "take back":
        take_back_decision(request, item)
        return None
    if item.records and not item.decision:
        messages.warning(request, _("These words are on record meanwhile: nothing was changed."))
        return None
    values = {}
    if action != "refuse":
        choices = organisation_choices(source)
        form = SuggestionForm(suggestion, source, request.user, choices, item.claims, request.POST)
        if not form.is_valid():
            return form
        values = form.values()
    record_decision(request, source, item, action != "refuse", values)
    return None


def record_decision(request, source, item, is_accepted, values):
    """Stores a decision and makes the record of it that may stand at once; says what came of it."""
    decision, is_first = store_decision(request.user, source, item.suggestion, is_accepted, values)
    if not is_first:
        messages.warning(
            request,
            _("%(who)s came first: “%(words)s” is %(verdict)s already, and nothing was changed.")
            % {
                "who": decision.who,
                "verdict": decision.get_verdict_display(),
                "words": item.words[:60],
            },
        )
    elif claim := decision.record:
        says = _("%(reference)s is a draft now, resting on these words.")
        if values["becomes"] == EVIDENCE:
            says = _("The working copy of %(reference)s cites these words now.")
            messages.success(request, says % {"reference": claim.reference})
        else:
            says = f"{says % {'reference': claim.reference}} {missing_sentence(claim)}"
            messages.success(request, says.strip())


@transaction.atomic
def store_decision(user, source, suggestion, is_accepted, values):
    """Returns the decision on a suggestion, and False if somebody has made one before, which is kept."""
    # The unique constraint decides between two people at once: the second gets the decision of the first.
    decision, is_first = Decision.objects.select_for_update().get_or_create(
        source=source,
        kind=suggestion.kind,
        start=suggestion.start,
        end=suggestion.end,
        defaults={
            "verdict": Verdict.ACCEPTED if is_accepted else Verdict.REFUSED,
            "values": values,
            "by": user,
        },
    )
    if is_first and values.get("becomes") in AT_ONCE:
        decision.record = create_record(values, source, user)
        decision.save()
    return decision, is_first


@transaction.atomic
def decide_all(request, source, items, is_accepted):
    """Decides on open suggestions as they stand; those with a question or a mistake are left open."""
    choices, left, count, drafts = organisation_choices(source), 0, 0, 0
    for item in items:
        values = {}
        if is_accepted:
            form = unchanged_form(request, source, item, choices)
            if has_question(item.suggestion) or not form.is_valid():
                left += 1
                continue
            values = form.values()
        decision, is_first = store_decision(request.user, source, item.suggestion, is_accepted, values)
        count += is_first
        if is_first and values.get("becomes") == CLAIM:
            drafts += bool(decision.record.missing_fields())
    says = (
        ngettext("%(count)d suggestion is accepted.", "%(count)d suggestions are accepted.", count)
        if is_accepted
        else ngettext("%(count)d suggestion is refused.", "%(count)d suggestions are refused.", count)
    )
    messages.success(request, says % {"count": count})
    if drafts:
        says = ngettext(
            "%(count)d draft cannot be submitted yet: its suggestion says what is missing.",
            "%(count)d drafts cannot be submitted yet: their suggestions say what is missing.",
            drafts,
        )
        messages.warning(request, says % {"count": drafts})
    if left:
        says = ngettext(
            "%(count)d has a question that only you can answer, and is still open.",
            "%(count)d have a question that only you can answer, and are still open.",
            left,
        )
        messages.warning(request, says % {"count": left})


def unchanged_form(request, source, item, choices):
    """Returns the form of a suggestion as the browser would send it without any change."""
    arguments = (item.suggestion, source, request.user, choices, item.claims)
    unchanged = SuggestionForm(*arguments)
    data = unchanged.unchanged_data()
    if unchanged.classification():  # which may be given once for all of them
        data |= {unchanged.add_prefix(name): request.POST.get(name, "") for name in Claim.REQUIRED_FIELDS}
    return SuggestionForm(*arguments, data)


def has_question(suggestion):
    """Says that somebody has to look at a suggestion: a doubtful number, a wrong sum, evidence."""
    is_doubtful = any(figure.question for figure in suggestion.figures)
    return is_doubtful or bool(suggestion.remark) or suggestion.kind == EVIDENCE


@transaction.atomic
def take_back_decision(request, item):
    """Deletes a decision that has made no record yet, so that the suggestion is open again."""
    decision = (
        Decision.objects.select_for_update(of=("self",)).filter(pk=item.decision.pk).first()
        if item.decision
        else None
    )
    if decision and decision.record is None:
        decision.delete()
    elif decision:
        messages.error(request, _("It is on record already: change it there."))
