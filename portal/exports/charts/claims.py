from collections import Counter, defaultdict

from django.db import models
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, npgettext

from impact.grades import Grade
from impact.models import RegisterEntry
from organisation.block_pages import address_with
from organisation.models import Organisation

from .chart import Chart, Link, Row
from .drawing import bars, marks_are_distinct

MAX_LINKED_CLAIMS = 50  # in one line of a table; beyond that it links to the register


def claims_chart(organisation=None):
    """Counts the claims of every organisation, or of one, by grade, all on one scale."""
    chart = Chart("claims", _("Published claims by grade and organisation"), [_("Organisation"), _("Grade")])
    entries = (
        RegisterEntry.objects.filter(organisation=organisation)
        if organisation
        else RegisterEntry.objects.all()
    )
    groups = list(
        entries.order_by()
        .values_list("organisation", "grade")
        .annotate(models.Count("pk"), models.Max("published_at"))
    )
    if not groups:
        return chart
    counts = Counter({(organisation_id, grade): count for organisation_id, grade, count, _at in groups})
    as_of = timezone.localdate(max(published_at for *_group, published_at in groups)).isoformat()
    shown = (
        Organisation.objects.filter(pk=organisation.pk)
        if organisation
        else Organisation.objects.filter(
            models.Q(profiled=True) | models.Q(pk__in={organisation_id for organisation_id, _grade in counts})
        )
    )
    register = address_with("RegisterPlugin")
    links_to = claim_links(entries, counts, register)
    longest = max(counts.values())
    for each in shown.order_by("-profiled", "order", "official_name", "pk"):
        name = each.named
        for grade in Grade:
            count = counts[each.pk, grade.value]
            row = Row(
                (name, str(grade.label)),
                count,
                npgettext("counted", "claim", "claims", count),
                as_of=as_of,
            )
            row.records, row.addresses = links_to(each, grade)
            chart.rows.append(row)
        by_grade = [(str(grade.label), counts[each.pk, grade.value], grade.value) for grade in Grade]
        chart.panels.append(bars(name, by_grade, longest))
    chart.takeaway = [takeaway(counts)]
    chart.notes = [_("Each mark is one claim.")] if marks_are_distinct(longest) else []
    chart.notes += [
        _(
            "A grade is computed from the sources of a claim; "
            "how many claims have it says nothing about their weight."
        )
    ]
    if register:
        chart.sources = [Link(_("The register of every claim"), register)]
    if len(chart.panels) == 1:
        chart.title = _("Published claims by grade")
    return chart


def takeaway(counts):
    total, by_grade = counts.total(), Counter()
    for (_organisation, grade), count in counts.items():
        by_grade[grade] += count
    grades = _("; ").join(
        _("%(grade)s: %(count)d") % {"grade": grade.label, "count": by_grade[grade.value]} for grade in Grade
    )
    return ngettext(
        "%(count)d claim is published, by grade: %(grades)s.",
        "%(count)d claims are published, by grade: %(grades)s.",
        total,
    ) % {"count": total, "grades": grades}


def claim_links(entries, counts, register):
    """Returns a function from (organisation, grade) to the links and the permanent addresses of its claims.

    A group of more than `MAX_LINKED_CLAIMS` gets one link, to the register narrowed to it, or none where no
    public page holds the register. The claims of all other groups are fetched in one query.
    """
    small_groups = models.Q(pk__in=[])
    for (organisation_id, grade), count in counts.items():
        if count <= MAX_LINKED_CLAIMS:
            small_groups |= models.Q(organisation=organisation_id, grade=grade)
    editions_of = defaultdict(list)
    for entry in entries.filter(small_groups).select_related("edition__claim__current_edition"):
        editions_of[entry.organisation_id, entry.grade].append(entry.edition)

    def links_to(organisation, grade):
        if counts[organisation.pk, grade.value] > MAX_LINKED_CLAIMS:
            if not register:
                return [], []
            address = f"{register}?{urlencode({'organisation': organisation.slug, 'grade': grade.value})}"
            return [Link(_("In the register"), address)], [address]
        editions = editions_of[organisation.pk, grade.value]
        return [Link(each.claim.reference, each.claim.get_absolute_url()) for each in editions], [
            each.get_absolute_url() for each in editions
        ]

    return links_to
