"""The rules that find conflicts: claims of one organisation on one subject that do not agree.

Each rule finds pairs of claims, and explains in a sentence what differs. Figures are compared if they have
the same label and unit and hold for the same time: a figure's own date, else its claim's. “2024” and
“2024-05” can mean the same day and are compared; “2024-05” and “2024-06” cannot, and one that has no date is
compared with those that have none. A reading of an indicator, and each part of one, is compared with those of
the same indicator, kind and period alone, whatever the subjects of their claims.
"""

from collections import defaultdict
from itertools import combinations, pairwise

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from organisation.models import Succession

from .models import Claim, ClaimText, Conflict, Figure, Part
from .models.claim import claim_of
from .periods import iso_period
from .values import meaning

Rule, Role = Conflict.Rule, ClaimText.Role

# The roles that can be compared, the strongest first: to be a member or to deliver is neither more nor less.
COMPARABLE_ROLES = (Role.LED, Role.CO_DRAFTED, Role.CONTRIBUTED, Role.INFLUENCED, Role.ATTENDED)
# Up to here, each value of a figure is compared with every other; beyond it, only with the next larger one.
MAX_VALUES_IN_PAIRS = 12


def explanations(rule, one, other):
    """Returns a sentence for each difference that a rule finds between two claims or editions."""
    return {Rule.VALUE: values_differ, Rule.QUALIFIER: qualifiers_differ, Rule.ROLE: roles_differ}[rule](
        one, other
    )


def values_differ(one, other):
    return [
        explanation(one, other, said_by(a), said_by(b))
        for a, b in comparable_figures(one, other)
        if a.value != b.value
    ]


def qualifiers_differ(one, other):
    return [
        explanation(one, other, said_by(a), said_by(b))
        for a, b in comparable_figures(one, other)
        if a.value == b.value and meaning(a.qualifier) != meaning(b.qualifier)
    ]


def roles_differ(one, other):
    if one.role == other.role or not {one.role, other.role} <= set(COMPARABLE_ROLES):
        return []
    return [explanation(one, other, one.get_role_display(), other.get_role_display())]


def explanation(one, other, text, other_text):
    return _("%(one)s says “%(said)s”, %(other)s says “%(other_said)s”.") % {
        "one": claim_of(one).reference,
        "said": text,
        "other": claim_of(other).reference,
        "other_said": other_text,
    }


def said_by(figure_or_part):
    return str(figure_or_part) if isinstance(figure_or_part, Part) else figure_or_part.text


def comparable_figures(one, other):
    """Returns the pairs of figures, or parts of them, that count the same and hold for the same time."""
    return [
        (number, match)
        for key, date, number in compared_numbers(one)
        for other_key, other_date, match in compared_numbers(other)
        if key == other_key and is_same_time(date, other_date)
    ]


def compared_numbers(claim_or_edition):
    """Yields (what is counted, when, figure or part) of each number; readings in words have none."""
    for figure in claim_or_edition.figures.all():
        if figure.value is None:
            continue
        if not figure.indicator_id:
            yield (figure.label, figure.unit), figure.as_of or claim_or_edition.as_of, figure
            continue
        *key, period = figure.reading_of
        yield tuple(key), period, figure
        for part in figure.parts.all():
            if part.value is not None:
                yield (*key, part.axis, part.group), period, part


def is_same_time(date, other):
    """True if one partial date holds the other; what has no date is compared with what has none."""
    return date in (other, *longer_periods(other)) or other in longer_periods(date)


def longer_periods(date):
    """Returns the month and the year that hold a partial date, without itself; nothing holds two dates."""
    return [] if "/" in date else [date[:length] for length in (7, 4) if len(date) > length]


@transaction.atomic
def find_conflicts(claim=None):
    """Brings the open conflicts up to date: all of them, or those on a claim's subject. Decided ones stay.

    Returns the numbers of conflicts that hold, that are new, and that were open and hold no longer.
    """
    claims, known = compared_claims(), Conflict.objects.all()
    if claim:
        # The claim may have left a subject, where others now have to be compared without it.
        known = known.filter(Q(first=claim) | Q(second=claim) | Q(first__subject=claim.subject))
        pairs_of_subjects = known.values_list("first__subject", "second__subject")
        claims = connected_claims(claim, {each for pair in pairs_of_subjects for each in pair})
        touched = claims.values("pk")
        known = Conflict.objects.filter(
            Q(pk__in=known.values("pk")) | Q(first__in=touched) | Q(second__in=touched)
        )
    pairs = conflicting_pairs(claims)
    known_by_pair = {(conflict.first_id, conflict.second_id, conflict.rule): conflict for conflict in known}
    obsolete = [
        conflict.pk for pair, conflict in known_by_pair.items() if not conflict.decision and pair not in pairs
    ]
    new = [
        Conflict(first_id=first, second_id=second, rule=rule)
        for first, second, rule in sorted(pairs - known_by_pair.keys())
    ]
    for batch in batches(obsolete):
        Conflict.objects.filter(pk__in=batch).delete()
    # Two people may save claims of one subject at once and find the same conflict.
    Conflict.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(pairs), len(new), len(obsolete)


def compared_claims():
    """Returns the claims with a subject, and those that are compared by their readings alone."""
    readings = Figure.objects.filter(indicator__isnull=False)
    return Claim.objects.filter(~Q(subject="") | Q(pk__in=readings.values("claim")))


def connected_claims(claim, subjects):
    """Returns the claims on these subjects and that of a claim, and those with readings of their indicators.

    As one of these may be on another subject, it goes on until nothing is added: no group is cut in two.
    """
    subjects, indicators = {*subjects, claim.subject} - {""}, set()
    while True:
        readings = Figure.objects.filter(
            Q(claim=claim) | Q(claim__subject__in=subjects), indicator__isnull=False
        )
        found = set(readings.order_by().values_list("indicator", flat=True)) | indicators
        of_readings = Claim.objects.filter(figures__indicator__in=found)
        if found == indicators:
            return Claim.objects.filter(Q(subject__in=subjects) | Q(pk__in=of_readings.values("pk")))
        indicators = found
        subjects |= set(of_readings.order_by().values_list("subject", flat=True)) - {""}


def batches(rows, size=500):
    """Returns the rows in parts, since SQLite limits the parameters of a statement."""
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def conflicting_pairs(claims):
    """Returns every (lower key, higher key, rule), in one pass over the claims and one over their figures.

    Where many claims say the same, one stands for all, so that a subject of thousands yields few pairs.
    """
    canonical = canonical_organisations()
    groups, roles = {}, defaultdict(dict)
    for pk, organisation, subject, role in claims.order_by("number").values_list(
        "pk", "organisation", "subject", "role"
    ):
        groups[pk] = group = (canonical.get(organisation, organisation), subject)
        if subject:
            roles[group].setdefault(role, pk)
    pairs = {
        ordered(*pair, Rule.ROLE)
        for claim_by_role in roles.values()
        for pair in combinations(
            [claim_by_role[role] for role in COMPARABLE_ROLES if role in claim_by_role], 2
        )
    }
    figures = defaultdict(lambda: defaultdict(dict))
    for key, value, qualifier, pk in [*plain_numbers(claims, groups), *numbers_of_readings(claims)]:
        figures[key][value].setdefault(meaning(qualifier), pk)
    # {(what is counted, …, date): {value: {qualifier: the first claim that says so}}}
    for key in figures:
        claims_by_value = with_longer_periods(figures, key)
        first_claims = [next(iter(claims_by_value[value].values())) for value in sorted(claims_by_value)]
        is_few = len(first_claims) <= MAX_VALUES_IN_PAIRS
        value_pairs = combinations(first_claims, 2) if is_few else pairwise(first_claims)
        pairs |= {ordered(*pair, Rule.VALUE) for pair in value_pairs}
        pairs |= {
            ordered(*pair, Rule.QUALIFIER)
            for claim_by_qualifier in claims_by_value.values()
            for pair in combinations(claim_by_qualifier.values(), 2)
        }
    return pairs


def plain_numbers(claims, groups):
    """Yields (group, label, unit, date), value, qualifier and claim of each figure that stands alone."""
    rows = (
        Figure.objects.filter(claim__in=claims, indicator=None)
        .exclude(claim__subject="")
        .order_by("claim__number", "pk")
        .values_list("claim", "label", "unit", "value", "qualifier", "as_of", "claim__as_of")
    )
    for pk, label, unit, value, qualifier, as_of, as_of_claim in rows:
        yield (groups[pk], label, unit, as_of or as_of_claim), value, qualifier, pk


def numbers_of_readings(claims):
    """Yields (indicator, kind, axis, group, period), value, qualifier and claim of readings and parts."""
    readings = Figure.objects.filter(claim__in=claims, indicator__isnull=False, value__isnull=False)
    rows = readings.order_by("claim__number", "pk").values_list(
        "indicator", "kind", "starts", "ends", "value", "qualifier", "claim"
    )
    for indicator, kind, starts, ends, *number in rows:
        yield (indicator, kind, "", "", iso_period(starts, ends)), *number
    parts = Part.objects.filter(figure__in=readings, value__isnull=False)
    rows = parts.order_by("figure__claim__number", "pk").values_list(
        *("figure__indicator", "figure__kind", "axis", "group", "figure__starts", "figure__ends"),
        *("value", "qualifier", "figure__claim"),
    )
    for indicator, kind, axis, group, starts, ends, *number in rows:
        yield (indicator, kind, axis, group, iso_period(starts, ends)), *number


def with_longer_periods(figures, key):
    """Returns what is said for a date, with what is said for the month and the year that hold it."""
    *rest, date = key
    longer = [figures[period] for each in longer_periods(date) if (period := (*rest, each)) in figures]
    if not longer:
        return figures[key]
    merged = {value: dict(by_qualifier) for value, by_qualifier in figures[key].items()}
    for claims_by_value in longer:
        for value, by_qualifier in claims_by_value.items():
            for qualifier, pk in by_qualifier.items():
                merged.setdefault(value, {}).setdefault(qualifier, pk)
    return merged


def ordered(one, other, rule):
    return min(one, other), max(one, other), str(rule)


def canonical_organisations():
    """Returns {key of an organisation: key of its latest form} for those that were renamed."""
    later_form = {}

    def latest(organisation):
        while organisation in later_form:
            organisation = later_form[organisation]
        return organisation

    renamed = Succession.objects.filter(
        kind=Succession.Kind.RENAMED, earlier__isnull=False, later__isnull=False
    )
    for earlier, later in renamed.values_list("earlier", "later"):
        # Two rows that name each other must not send `latest` round in a circle.
        if latest(earlier) != latest(later):
            later_form[latest(earlier)] = latest(later)
    return {organisation: latest(organisation) for organisation in later_form}
