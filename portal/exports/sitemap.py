"""The sitemap: the addresses that search engines should know, each with the time of its last visible change.

Earlier editions are left out: they are found from their claim, and nobody should meet one first. Nothing
here depends on drafts: the working copies of claims, and the history of sources that only these cite, are
not read.
"""

from collections import defaultdict
from itertools import chain, islice
from math import ceil

from cms.models import CMSPlugin, PageContent
from django.contrib.contenttypes.models import ContentType
from django.db.models import Max
from django.http import Http404, StreamingHttpResponse
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import override

from advocacy.models import Ask, Fold, Instrument, StoryOfChange
from impact.models import Absence, Edition, Figure, Indicator, ReviewStep
from organisation.block_plugins import SEARCH_WORDS, TEXT_PLUGINS
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
from organisation.models.organisation import SECTION
from organisation.models.record import seen_history
from organisation.public_pages import public_contents
from portal.delivery.public_address import lasting_origin

MAX_URLS = 50_000  # in one file, by the protocol
WITHDRAWALS = ReviewStep.objects.filter(kind=ReviewStep.Kind.WITHDRAWN)
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def current_editions():
    return Edition.objects.current()


def public_sources():
    return Source.objects.public().select_related("author").defer("text").order_by("slug")


def all_instruments():
    return Instrument.objects.order_by("slug")


def all_indicators():
    return Indicator.objects.order_by("number")


def published_contents():
    """Returns the contents of CMS pages, one for each language that a page is published in."""
    return public_contents().order_by("page__path", "language")


# Each of the following yields (path, time of the last change or None).


def claim_urls():
    rows = current_editions().values_list("claim__number", "slug", "published_at")
    for number, slug, published_at in rows.iterator():
        yield reverse("claim", kwargs={"number": number, "slug": slug}), published_at


def source_urls():
    """Yields the sources, whose pages change also with notes and with each claim that has ever cited them."""
    changed, claims_changed = latest_by("id", seen_history(Source), "history_date"), changes_of_claims()
    for notes in (Mend, SourceNote):
        for pk, at in latest_by("passage__source", seen_history(notes), "history_date").items():
            changed[pk] = latest(changed.get(pk), at)
    for pk, claim in Edition.objects.order_by().values_list("citations__source", "claim").distinct():
        changed[pk] = latest(changed.get(pk), claims_changed[claim])
    for source in public_sources().iterator():
        yield source.get_absolute_url(), changed.get(source.pk)


def instrument_urls():
    changed, claims_changed = latest_by("id", seen_history(Instrument), "history_date"), changes_of_claims()
    for pk, claim in Instrument.claims.through.objects.values_list("instrument", "claim"):
        changed[pk] = latest(changed.get(pk), claims_changed.get(claim))
    for instrument in all_instruments():
        yield instrument.get_absolute_url(), changed.get(instrument.pk)


def indicator_urls():
    """Yields the indicators, whose pages change also with the claims that give a reading of one."""
    changed, claims_changed = latest_by("id", seen_history(Indicator), "history_date"), changes_of_claims()
    for pk, at in latest_by("indicator", seen_history(Absence), "history_date").items():
        changed[pk] = latest(changed.get(pk), at)
    readings = Figure.objects.filter(edition__isnull=False, indicator__isnull=False)
    for pk, claim in readings.order_by().values_list("indicator", "edition__claim").distinct():
        changed[pk] = latest(changed.get(pk), claims_changed[claim])
    for indicator in all_indicators():
        yield indicator.get_absolute_url(), changed.get(indicator.pk)


def page_urls():
    """Yields the CMS pages and the report.

    A page changes when it is published; if it has blocks that show records, also when those change. Below a
    profile these are the records of its organisation, elsewhere any.
    """
    rows = (
        published_contents()
        .annotate(at=Max("versions__statetracking__date"))
        .values_list("pk", "language", "url_path", "at")
    )
    showing_records, (changes_by_slug, last_change) = contents_with_records(), changes_of_records()
    for pk, language, path, at in rows:
        section, _slash, rest = path.partition("/")
        records_changed = (
            changes_by_slug.get(rest.partition("/")[0]) if section == SECTION and rest else last_change
        )
        with override(language):
            address = (
                reverse("pages-details-by-slug", kwargs={"slug": path}) if path else reverse("pages-root")
            )
        yield address, latest(at, records_changed if pk in showing_records else None)
    yield reverse("impact-report"), last_change


def contents_with_records():
    """Returns the primary keys of page contents that have any block but prose."""
    blocks = CMSPlugin.objects.filter(
        placeholder__content_type=ContentType.objects.get_for_model(PageContent)
    ).exclude(plugin_type__in=[*TEXT_PLUGINS, SEARCH_WORDS])
    return set(blocks.values_list("placeholder__object_id", flat=True))


def changes_of_claims():
    """Returns {claim id: time of its last edition or withdrawal}."""
    withdrawn = latest_by("claim", WITHDRAWALS, "at")
    return {
        pk: latest(at, withdrawn.get(pk))
        for pk, at in latest_by("claim", Edition.objects, "published_at").items()
    }


def changes_of_records():
    """Returns ({organisation slug: last change of its records}, last change of any record)."""
    times_of = defaultdict(list)

    def add(times):
        for pk, at in times.items():
            times_of[pk].append(at)

    for model, organisation in (
        (Statement, "organisation"),
        (Milestone, "organisation"),
        (Affiliation, "organisation"),
        (Ask, "organisation"),
        (Indicator, "organisation"),
        (Absence, "indicator__organisation"),
    ):
        add(latest_by(organisation, seen_history(model), "history_date"))
    for organisation in ("earlier", "later"):
        add(latest_by(organisation, seen_history(Succession), "history_date"))
    for model, organisation in ((Organisation, "id"), (Source, "author")):
        public_history = seen_history(model).filter(id__in=model.objects.public().values("pk"))
        add(latest_by(organisation, public_history, "history_date"))
    add(latest_by("organisation", Edition.objects, "published_at"))
    add(latest_by("claim__editions__organisation", WITHDRAWALS, "at"))
    slugs = dict(Organisation.objects.values_list("pk", "slug"))
    of_none = [
        seen_history(Instrument),
        seen_history(StoryOfChange).filter(id__in=StoryOfChange.objects.public().order_by().values("pk")),
        seen_history(Fold).filter(id__in=Fold.objects.public().order_by().values("pk")),
    ]
    changed = [rows.aggregate(at=Max("history_date"))["at"] for rows in of_none]
    return {slugs.get(pk): latest(*times) for pk, times in times_of.items()}, latest(
        *chain(*times_of.values()), *changed
    )


def latest_by(group, rows, time):
    """Returns {value of the field `group`: latest value of the field `time`}."""
    return dict(rows.order_by().values_list(group).annotate(Max(time)))


def latest(*times):
    return max((at for at in times if at), default=None)


# {section: (generator of its addresses, queryset that counts them)}
SECTIONS = {
    "pages": (page_urls, published_contents),
    "claims": (claim_urls, current_editions),
    "sources": (source_urls, public_sources),
    "instruments": (instrument_urls, all_instruments),
    "indicators": (indicator_urls, all_indicators),
}


def sitemap(request):
    """Serves one file, or an index of files if there are more addresses than one may hold."""
    counts = {section: queryset().count() for section, (_urls, queryset) in SECTIONS.items()}
    if sum(counts.values()) <= MAX_URLS:
        return urlset(request, chain.from_iterable(urls() for urls, _queryset in SECTIONS.values()))
    parts = [
        {"section": section, "part": part + 1}
        for section, count in counts.items()
        for part in range(ceil(count / MAX_URLS))
    ]
    return xml_response(
        request, "sitemapindex", "sitemap", [(reverse("sitemap-part", kwargs=part), None) for part in parts]
    )


def sitemap_part(request, section, part):
    if section not in SECTIONS:
        raise Http404
    urls, queryset = SECTIONS[section]
    if not 0 < part <= ceil(queryset().count() / MAX_URLS):
        raise Http404
    return urlset(request, islice(urls(), (part - 1) * MAX_URLS, part * MAX_URLS))


def urlset(request, rows):
    return xml_response(request, "urlset", "url", rows)


def xml_response(request, root, element, rows):
    origin = lasting_origin(request)

    def chunks():
        yield f'<?xml version="1.0" encoding="utf-8"?>\n<{root} xmlns="{NAMESPACE}">\n'
        for path, at in rows:
            changed = f"<lastmod>{at.isoformat()}</lastmod>" if at else ""
            yield f"<{element}><loc>{escape(origin + path)}</loc>{changed}</{element}>\n"
        yield f"</{root}>\n"

    return StreamingHttpResponse(chunks(), content_type="application/xml; charset=utf-8")
