"""Where claims of one organisation on one subject do not agree. Each rule finds pairs, and says in a sentence what it found."""

from collections import defaultdict
from itertools import combinations, pairwise

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from organisation.models import Succession

from .models import Claim, ClaimText, Conflict, Figure
from .models.claim import claim_of

Rule, Role = Conflict.Rule, ClaimText.Role

# The parts that can be compared, the strongest first: to be a member or to deliver is neither more nor less than these.
STRENGTHS = (Role.LED, Role.CO_DRAFTED, Role.CONTRIBUTED, Role.INFLUENCED, Role.ATTENDED)
# Two words for one meaning; a bare number is an exact one.
SAME_MEANING = {
    Figure.Qualifier.MORE_THAN: Figure.Qualifier.OVER,
    Figure.Qualifier.EXACTLY: Figure.Qualifier.NONE,
}
# Each value of a figure is compared with each other; where there are more, each only with the next larger.
MOST_VALUES = 12


def explanations(rule, one, other):
    """A sentence for each thing in which two claims or editions differ by a rule; none if they agree."""
    return {Rule.VALUE: values_differ, Rule.QUALIFIER: qualifiers_differ, Rule.ROLE: roles_differ}[rule](
        one, other
    )


def values_differ(one, other):
    return [
        both(one, other, a.words, b.words) for a, b in comparable_figures(one, other) if a.value != b.value
    ]


def qualifiers_differ(one, other):
    return [
        both(one, other, a.words, b.words)
        for a, b in comparable_figures(one, other)
        if a.value == b.value and meaning(a.qualifier) != meaning(b.qualifier)
    ]


def roles_differ(one, other):
    if one.role == other.role or not {one.role, other.role} <= set(STRENGTHS):
        return []
    return [both(one, other, one.get_role_display(), other.get_role_display())]


def both(one, other, said, other_said):
    return _("%(one)s says “%(said)s”, %(other)s says “%(other_said)s”.") % {
        "one": claim_of(one).reference,
        "said": said,
        "other": claim_of(other).reference,
        "other_said": other_said,
    }


def comparable_figures(one, other):
    """Pairs of figures with the same label and unit."""
    others = {(figure.label, figure.unit): figure for figure in other.figures.all()}
    pairs = [(figure, others.get((figure.label, figure.unit))) for figure in one.figures.all()]
    return [(figure, match) for figure, match in pairs if match]


def meaning(qualifier):
    return SAME_MEANING.get(qualifier, qualifier)


@transaction.atomic
def find_conflicts(claim=None):
    """Bring the open conflicts up to date, all of them or those on a claim's subject. Decided ones stay.

    Returns how many were found, how many of them nobody knew of, and how many open ones no longer hold.
    """
    claims, known = Claim.objects.exclude(subject=""), Conflict.objects.all()
    if claim:
        # The claim may have left a subject, where others now have to be compared without it.
        known = known.filter(
            Q(first=claim)
            | Q(second=claim)
            | Q(first__subject=claim.subject)
            | Q(second__subject=claim.subject)
        )
        subjects = {
            subject for pair in known.values_list("first__subject", "second__subject") for subject in pair
        } | {claim.subject}
        claims = claims.filter(subject__in=subjects)
        known = Conflict.objects.filter(
            Q(pk__in=known.values("pk")) | Q(first__subject__in=subjects) | Q(second__subject__in=subjects)
        )
    found = pairs_in(claims)
    decisions = {(each.first_id, each.second_id, each.rule): each for each in known}
    gone = [each.pk for key, each in decisions.items() if not each.decision and key not in found]
    new = [
        Conflict(first_id=first, second_id=second, rule=rule)
        for first, second, rule in sorted(found - decisions.keys())
    ]
    for some in batches(gone):
        Conflict.objects.filter(pk__in=some).delete()
    Conflict.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    return len(found), len(new), len(gone)


def batches(rows, size=500):
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def pairs_in(claims):
    """Every (lower key, higher key, rule) among some claims, in one pass over them and one over their figures.

    Where many claims say the same, one of them stands for all, so that a subject of thousands yields few pairs.
    """
    one_body = bodies()
    groups, roles = {}, defaultdict(dict)
    for pk, organisation, subject, role in claims.order_by("number").values_list(
        "pk", "organisation", "subject", "role"
    ):
        groups[pk] = group = (one_body.get(organisation, organisation), subject)
        roles[group].setdefault(role, pk)
    found = {
        paired(*pair, Rule.ROLE)
        for said in roles.values()
        for pair in combinations([said[role] for role in STRENGTHS if role in said], 2)
    }
    figures = defaultdict(lambda: defaultdict(dict))
    rows = (
        Figure.objects.filter(claim__in=claims)
        .order_by("claim__number")
        .values_list("claim", "label", "unit", "value", "qualifier")
    )
    for pk, label, unit, value, qualifier in rows:
        figures[groups[pk], label, unit][value].setdefault(meaning(qualifier), pk)
    for said in figures.values():
        first_to_say = [next(iter(said[value].values())) for value in sorted(said)]
        pairs = combinations(first_to_say, 2) if len(said) <= MOST_VALUES else pairwise(first_to_say)
        found |= {paired(*pair, Rule.VALUE) for pair in pairs}
        found |= {
            paired(*pair, Rule.QUALIFIER)
            for qualified in said.values()
            for pair in combinations(qualified.values(), 2)
        }
    return found


def paired(one, other, rule):
    return min(one, other), max(one, other), str(rule)


def bodies():
    """The organisations that are one body under several names: each as the key of the same one of them."""
    body = {}

    def of(organisation):
        while organisation in body:
            organisation = body[organisation]
        return organisation

    renamed = Succession.objects.filter(
        kind=Succession.Kind.RENAMED, earlier__isnull=False, later__isnull=False
    )
    for earlier, later in renamed.values_list("earlier", "later"):
        if of(earlier) != of(later):
            body[of(earlier)] = of(later)
    return {organisation: of(organisation) for organisation in body}
