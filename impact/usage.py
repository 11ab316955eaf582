"""The usage of claims: the public pages that show one, or that change with it.

It is asked of the blocks themselves, so that no table of it has to be kept in step with the pages.
"""

from functools import reduce
from html import unescape
from operator import or_

from cms.plugin_pool import plugin_pool
from django.db.models import Q
from django.urls import reverse
from django.utils.html import strip_tags
from djangocms_text.models import Text

from organisation.block_plugins import TEXT_PLUGINS
from organisation.models import Citation, Passage, Source
from organisation.quotation import folded, texts_of
from organisation.usage import PageUse, blocks_of_pages, pages_holding, records_saying, rows_saying
from organisation.whole_words import find_whole

from .models import Claim, Edition, Indicator


def pages_showing(claim_or_edition):
    """Returns the published pages whose blocks show a current edition, or would show a working copy.

    It takes one query.
    """
    return list(pages_holding(blocks_showing(claim_or_edition)).values())


def blocks_showing(claim_or_edition):
    """Returns the blocks that show it, on any page and in any version of one."""
    condition = Q(pk__in=[])
    for plugin in plugin_pool.get_all_plugins():
        if hasattr(plugin, "blocks_showing"):
            blocks = plugin.blocks_showing(claim_or_edition)
            condition |= Q(plugin_type=plugin.__name__, pk__in=blocks.values("pk"))
    return blocks_of_pages().filter(condition)


def pages_changed_by(claim):
    """Returns every public page that changes once the working copy is published.

    Its own comes first, at the address that it will have.
    """
    wordings = [each for each in (claim.current_edition, claim) if each]
    own = PageUse(claim.reference, reverse("claim", kwargs={"number": claim.number, "slug": claim.slug}))
    pages = [page for wording in wordings for page in pages_showing(wording)]
    return list(dict.fromkeys([own, *pages, *pages_of_related_records(claim, wordings)]))


def pages_of_related_records(claim, wordings):
    """Returns the pages of claims on the same subject, of records that name the claim, and of its sources."""
    same_subject = (
        Edition.objects.current()
        .filter(subject__in={wording.subject for wording in wordings} - {""})
        .exclude(claim=claim)
    )
    pages = [
        PageUse(edition.claim.reference, edition.claim.get_absolute_url())
        for edition in same_subject.select_related("claim__current_edition")
    ]
    for relation in Claim._meta.related_objects:
        # A block has no page of its own; those that show it are found with the wordings.
        if relation.many_to_many and hasattr(relation.related_model, "get_absolute_url"):
            naming = relation.related_model.objects.filter(**{relation.field.name: claim})
            pages += [PageUse(str(record), record.get_absolute_url()) for record in naming]
    counted = Q(figures__claim=claim)
    if claim.current_edition:
        counted |= Q(figures__edition=claim.current_edition)
    indicators = Indicator.objects.filter(counted).distinct()
    pages += [PageUse(str(each), each.get_absolute_url()) for each in indicators.order_by("number")]
    cited = Q(pk__in=claim.citations.values("source"))
    if claim.current_edition:
        cited |= Q(pk__in=claim.current_edition.citations.values("source"))
    return pages + [
        PageUse(str(source), source.get_absolute_url())
        for source in Source.objects.filter(cited).select_related("author")
    ]


def pages_saying_the_same(claim):
    """Returns the public pages whose own text says a wording of the claim, or words that it quotes."""
    wordings = claim.editions.values_list("statement", flat=True)
    passages = Passage.objects.filter(cited_by__edition__claim=claim)
    sought = {folded(words) for words in [*wordings, *texts_of(passages)]}
    blocks = blocks_of_pages().filter(plugin_type__in=TEXT_PLUGINS)
    bodies = Text.objects.filter(pk__in=blocks.values("pk")).values_list("pk", "body")
    texts = ((pk, folded(unescape(strip_tags(body)))) for pk, body in bodies)
    saying = [pk for pk, text in texts if any(find_whole(words, text) for words in sought)]
    return list(pages_holding(blocks.filter(pk__in=saying)).values())


def resting_on_the_same(claim):
    """Returns the public records that quote, or say, words that the claim has ever quoted, but not it."""
    passages = Passage.objects.filter(cited_by__edition__claim=claim)
    same_words = [
        Q(passage__source=each.source_id, passage__start__lt=each.end, passage__end__gt=each.start)
        for each in passages.distinct()
    ]
    citations = Citation.objects.public().filter(reduce(or_, same_words, Q(pk__in=[])))
    records = [citation.record for citation in citations.prefetch_related("record")]
    texts = [*passages.values_list("words", flat=True)]
    records += [*records_saying(texts), *rows_saying(Edition.objects.current(), texts)]
    claims = [record.claim if isinstance(record, Edition) else record for record in records]
    return [each for each in dict.fromkeys(claims) if each != claim]
