"""The addresses that search engines should know, each with the time when what readers see there last changed.

An earlier edition is not among them: it is found from its claim, and nobody should meet it first. Nothing here is told by drafts:
the working copy of a claim, and the history of what only it cites, are never asked.
"""

from collections import defaultdict
from itertools import chain, islice
from math import ceil

from cms.models import CMSPlugin, PageContent
from django.contrib.contenttypes.models import ContentType
from django.db.models import F, Max
from django.http import Http404, StreamingHttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from advocacy.models import Ask, Instrument
from impact.models import Edition, ReviewStep
from organisation.models import (
    Affiliation,
    Mend,
    Milestone,
    Organisation,
    Source,
    SourceNote,
    Statement,
    Succession,
)

MOST = 50_000  # rows that a file may have, by the protocol
WITHDRAWN = ReviewStep.objects.filter(kind=ReviewStep.Kind.WITHDRAWN)
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def current():
    return Edition.objects.current()


def public():
    return Source.objects.public().select_related("author").defer("text").order_by("slug")


def spoken_of():
    return Instrument.objects.order_by("slug")


def published():
    """The contents of pages, in each language that they are published in."""
    return PageContent.objects.filter(
        page__urls__language=F("language"), page__urls__path__isnull=False
    ).order_by("page__path", "language")


def claims():
    for number, slug, at in current().values_list("claim__number", "slug", "published_at").iterator():
        yield reverse("claim", kwargs={"number": number, "slug": slug}), at


def sources():
    """A source's page also tells what is noted of its words and which claims rest on it, and changes with each that ever did."""
    changed, claims_changed = newest(Source.history, "id", "history_date"), changes_of_claims()
    for notes in (Mend, SourceNote):
        for pk, at in newest(notes.history, "passage__source", "history_date").items():
            changed[pk] = latest(changed.get(pk), at)
    for pk, claim in Edition.objects.order_by().values_list("citations__source", "claim").distinct():
        changed[pk] = latest(changed.get(pk), claims_changed[claim])
    for source in public().iterator():
        yield source.get_absolute_url(), changed.get(source.pk)


def instruments():
    changed, claims_changed = newest(Instrument.history, "id", "history_date"), changes_of_claims()
    for pk, claim in Instrument.claims.through.objects.values_list("instrument", "claim"):
        changed[pk] = latest(changed.get(pk), claims_changed.get(claim))
    for instrument in spoken_of():
        yield instrument.get_absolute_url(), changed.get(instrument.pk)


def changes_of_claims():
    """{claim: when readers were last given other words of it, or none}"""
    withdrawn = newest(WITHDRAWN, "claim", "at")
    return {
        pk: latest(at, withdrawn.get(pk))
        for pk, at in newest(Edition.objects, "claim", "published_at").items()
    }


def pages():
    """A page changes when it is published and, if it has blocks that show records, when those do: below a profile, those of its organisation."""
    rows = (
        published()
        .annotate(at=Max("versions__statetracking__date"))
        .values_list("pk", "language", "page__urls__path", "at")
    )
    showing, (of_organisation, of_any) = with_records(), changes_of_records()
    for pk, language, path, at in rows:
        section, _slash, rest = path.partition("/")
        of_records = (
            of_organisation.get(rest.partition("/")[0]) if section == "organisations" and rest else of_any
        )
        with override(language):
            address = (
                reverse("pages-details-by-slug", kwargs={"slug": path}) if path else reverse("pages-root")
            )
        yield address, latest(at, of_records if pk in showing else None)
    yield reverse("impact-report"), of_any


def with_records():
    """The contents of pages that have any block but prose."""
    blocks = CMSPlugin.objects.filter(
        placeholder__content_type=ContentType.objects.get_for_model(PageContent)
    ).exclude(plugin_type="TextPlugin")
    return set(blocks.values_list("placeholder__object_id", flat=True))


def changes_of_records():
    """({slug of an organisation: the last change of its records}, the last change of any)."""
    found = defaultdict(list)
    for model, whose in (
        (Organisation, "id"),
        (Statement, "organisation"),
        (Milestone, "organisation"),
        (Affiliation, "organisation"),
        (Ask, "organisation"),
    ):
        add(found, newest(model.history, whose, "history_date"))
    for whose in ("earlier", "later"):
        add(found, newest(Succession.history, whose, "history_date"))
    add(
        found,
        newest(Source.history.filter(id__in=Source.objects.public().values("pk")), "author", "history_date"),
    )
    add(found, newest(Edition.objects, "organisation", "published_at"))
    add(found, newest(WITHDRAWN, "claim__editions__organisation", "at"))
    slugs = dict(Organisation.objects.values_list("pk", "slug"))
    instruments_changed = Instrument.history.aggregate(at=Max("history_date"))["at"]
    return {slugs.get(pk): latest(*times) for pk, times in found.items()}, latest(
        *chain(*found.values()), instruments_changed
    )


def add(found, times):
    for pk, at in times.items():
        found[pk].append(at)


def newest(rows, by, when):
    """{what the rows are grouped by: the last time in its group}"""
    return dict(rows.order_by().values_list(by).annotate(Max(when)))


def latest(*times):
    return max((at for at in times if at), default=None)


# Of each the rows, and the query that counts them.
SECTIONS = {
    "pages": (pages, published),
    "claims": (claims, current),
    "sources": (sources, public),
    "instruments": (instruments, spoken_of),
}


def sitemap(request):
    """All in one file, or the list of files where one may not hold them all."""
    counts = {name: counted().count() for name, (_rows, counted) in SECTIONS.items()}
    if sum(counts.values()) <= MOST:
        return urlset(request, chain.from_iterable(rows() for rows, _counted in SECTIONS.values()))
    parts = [
        {"section": name, "part": part + 1}
        for name, count in counts.items()
        for part in range(ceil(count / MOST))
    ]
    return xml(
        request, "sitemapindex", "sitemap", [(reverse("sitemap-part", kwargs=part), None) for part in parts]
    )


def sitemap_part(request, section, part):
    if section not in SECTIONS or not 0 < part <= ceil(SECTIONS[section][1]().count() / MOST):
        raise Http404
    rows, _counted = SECTIONS[section]
    return urlset(request, islice(rows(), (part - 1) * MOST, part * MOST))


def urlset(request, rows):
    return xml(request, "urlset", "url", rows)


def xml(request, root, element, rows):
    def written():
        yield f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{NAMESPACE}">\n'
        for path, at in rows:
            changed = f"<lastmod>{at.isoformat()}</lastmod>" if at else ""
            yield f"<{element}><loc>{escape(request.build_absolute_uri(path))}</loc>{changed}</{element}>\n"
        yield f"</{root}>\n"

    return StreamingHttpResponse(written(), content_type="application/xml; charset=utf-8")
