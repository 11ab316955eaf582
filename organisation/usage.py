"""The usage of records: the public pages on which they stand.

It is asked of the blocks themselves, so that no table of it has to be kept in step with the pages.
"""

from dataclasses import dataclass

from cms.models import CMSPlugin, PageContent
from cms.utils.plugins import downcast_plugins
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils.translation import get_language

from .characters import prose_fields
from .lineage import current_lineage
from .models import Organisation, Record, Source, Succession
from .models.withheld import first_lines, says_in
from .page_records import load_records
from .public_pages import public_contents
from .quotation import folded
from .whole_words import find_whole


@dataclass(frozen=True)
class PageUse:
    """A public page."""

    title: str
    address: str


def blocks_of_pages():
    """Returns the blocks of every version of every page."""
    return CMSPlugin.objects.filter(placeholder__content_type=ContentType.objects.get_for_model(PageContent))


def pages_holding(blocks):
    """Returns {primary key of its content: PageUse} of the published pages that hold any of the blocks.

    They come in the order of the page tree; it takes one query.
    """
    contents = public_contents().filter(
        language=get_language(), pk__in=blocks.values("placeholder__object_id")
    )
    rows = contents.order_by("page__path").values_list("pk", "title", "url_path")
    return {
        pk: PageUse(
            title, reverse("pages-details-by-slug", kwargs={"slug": path}) if path else reverse("pages-root")
        )
        for pk, title, path in rows
    }


def pages_showing(rows):
    """Returns the public pages that show any of these rows: those with a block of it, then the records' own.

    A row that stands on no page itself names in `shown_with` the records that show it, and a document stands
    with whatever cites or names it, too.
    """
    records = {record for row in rows for record in records_with(row)}
    pages = pages_holding(blocks_of_pages())
    blocks = downcast_plugins(
        blocks_of_pages().filter(placeholder__object_id__in=pages).select_related("placeholder")
    )
    holding = {
        block.placeholder.object_id for block, shown in records_shown(blocks, records) if shown & records
    }
    own = [
        PageUse(str(record), record.get_absolute_url())
        for record in sorted(records, key=str)
        if hasattr(record, "get_absolute_url") and record.is_public
    ]
    return list(dict.fromkeys([page for pk, page in pages.items() if pk in holding] + own))


def records_with(row):
    """Returns the records that read otherwise when a row changes."""
    records = [record for record in getattr(row, "shown_with", [row]) if record]
    for document in [record for record in records if isinstance(record, Source)]:
        records += [citation.record for citation in document.cited_by.public().prefetch_related("record")]
        for model, name in Source.public_links:
            records += model.objects.filter(**{name: document})
    return records


def records_shown(blocks, records):
    """Yields each block with the set of those records that it shows."""
    models = {type(record) for record in records}
    asked = []
    for block in blocks:
        plugin = block.get_plugin_class()
        if beside := getattr(plugin, "records_beside", None):
            yield block, beside(block) & records
        queryset = getattr(plugin, "records", None)
        if queryset is not None and queryset.model in models:
            asked.append(block)
        if lists := models & set(getattr(plugin, "lists", ())):
            yield block, {record for record in records if type(record) in lists and is_about(block, record)}
    loaded = load_records(asked)
    yield from ((block, set(loaded[block.pk])) for block in asked)


def is_about(block, record):
    """Returns true unless the block is about another organisation than the record."""
    organisation = getattr(block, "organisation_id", None)
    if isinstance(record, Organisation):
        own = {record.pk}
    elif isinstance(record, Succession):
        own = current_lineage().under_every_name(record.earlier_id, record.later_id)
    else:
        own = {getattr(record, "organisation_id", None)} - {None}
    return organisation is None or not own or organisation in own


def records_saying(texts):
    """Returns the public records, but sources and claims, of which a field has one of these texts whole."""
    public = [model for model in apps.get_models() if issubclass(model, Record) and model.is_public]
    return [
        record
        for model in public
        if model is not Source
        for record in rows_saying(model.objects.all(), texts)
        if record.is_public
    ]


def rows_saying(rows, texts):
    """Returns the rows of which a field in which somebody wrote words has one of these texts whole."""
    names, sought = prose_fields(rows.model), {folded(text) for text in texts}
    return [
        row
        for row in rows.filter(says_in(names, first_lines(texts)))
        if any(find_whole(words, folded(getattr(row, name))) for name in names for words in sought)
    ]
