"""Where readers meet a claim. The blocks themselves are asked, so that nothing has to be kept in step with the pages."""

from dataclasses import dataclass

from cms.models import CMSPlugin, PageContent
from cms.plugin_pool import plugin_pool
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language

from organisation.models import Source

from .models import Claim, Edition


@dataclass(frozen=True)
class PageUse:
    """A public page."""

    title: str
    address: str


def pages_showing(words):
    """The published pages whose blocks show an edition while it is the current one, or would show a working copy; one query."""
    language = get_language()
    contents = PageContent.objects.filter(
        language=language,
        page__urls__language=language,
        page__urls__path__isnull=False,
        pk__in=blocks_showing(words).values("placeholder__object_id"),
    )
    found = contents.order_by("page__path").values_list("title", "page__urls__path")
    return [
        PageUse(
            title, reverse("pages-details-by-slug", kwargs={"slug": path}) if path else reverse("pages-root")
        )
        for title, path in found
    ]


def blocks_showing(claim_or_edition):
    """Returns the blocks of any page, in any version of it, that show an edition or would show a working copy."""
    shown = Q(pk__in=[])
    for plugin in plugin_pool.get_all_plugins():
        if hasattr(plugin, "blocks_showing"):
            blocks = plugin.blocks_showing(claim_or_edition)
            shown |= Q(plugin_type=plugin.__name__, pk__in=blocks.values("pk"))
    return CMSPlugin.objects.filter(
        shown, placeholder__content_type=ContentType.objects.get_for_model(PageContent)
    )


def pages_changed_by(claim):
    """Every public page that will be another once the working copy is published: its own first, at the address that it will have."""
    wordings = [each for each in (claim.current_edition, claim) if each]
    own = PageUse(claim.reference, reverse("claim", kwargs={"number": claim.number, "slug": claim.slug}))
    pages = [page for words in wordings for page in pages_showing(words)]
    return list(dict.fromkeys([own, *pages, *records_with_a_page(claim, wordings)]))


def records_with_a_page(claim, wordings):
    """Claims on the same subject, records that name the claim, and the sources that it rests on."""
    beside = (
        Edition.objects.current()
        .filter(subject__in={words.subject for words in wordings} - {""})
        .exclude(claim=claim)
    )
    places = [
        PageUse(each.claim.reference, each.claim.get_absolute_url())
        for each in beside.select_related("claim__current_edition")
    ]
    for relation in Claim._meta.related_objects:
        if relation.many_to_many:
            naming = relation.related_model.objects.filter(**{relation.field.name: claim})
            places += [PageUse(str(record), record.get_absolute_url()) for record in naming]
    cited = Q(pk__in=claim.citations.values("source"))
    if claim.current_edition:
        cited |= Q(pk__in=claim.current_edition.citations.values("source"))
    return places + [
        PageUse(str(source), source.get_absolute_url())
        for source in Source.objects.filter(cited).select_related("author")
    ]
