"""Loads the records that the blocks of a page show: together, so that more blocks do not cost more queries.

A plugin takes part by naming a queryset in `records`. Its block says by `condition()` which of them it shows,
which the plugin may widen, and by `rank()` in which order. Blocks whose plugins name the same queryset share
one query; all blocks share the query for citations, also those of the records that a plugin names by
`records_with_evidence`.
"""

from collections import defaultdict
from operator import attrgetter

from cms.utils.plugins import get_plugins
from django.db.models import Case, Q, When

from .lineage import current_lineage, current_organisations
from .models import Organisation
from .models.record import prefetch_evidence
from .request_cache import cached_for_request


def records_of(request, block):
    """Returns the list of records that a block shows, in its order and with their evidence."""
    return records_beside(request, block)[block.pk]


def records_beside(request, block):
    """Returns {primary key of a block: its records} of a block and those that stand on the page with it."""
    key = ("records", block.placeholder_id, block.language)
    return cached_for_request(request, key, lambda: load_page(sibling_blocks(request, block)))


def sibling_blocks(request, block):
    """Returns the blocks of a block's placeholder, itself and nested ones among them."""
    # No query while the CMS renders a page: its placeholders have their plugins then.
    blocks = list(get_plugins(request, block.placeholder, template=None, lang=block.language))
    for each in blocks:  # reaches what it appends too, so blocks at any depth
        blocks.extend(each.child_plugin_instances or [])
    return blocks


def stands_beside(request, block, plugin):
    """Tells whether a block of the plugin of this name stands on the page with a block."""
    return any(each.plugin_type == plugin for each in sibling_blocks(request, block))


def load_page(blocks):
    """Returns the same as `load_records`, and reads at once the evidence of all that the blocks show."""
    loaded, records = load_rows(blocks)
    of_plugin = defaultdict(list)
    for block in blocks:
        of_plugin[block.get_plugin_class()].append(block)
    for plugin, its_blocks in of_plugin.items():
        if name_records := getattr(plugin, "records_with_evidence", None):
            records += name_records(its_blocks, loaded)
    prefetch_evidence(records)
    return loaded


def load_records(blocks):
    """Returns {primary key of a block: its records} of the blocks whose plugins take part."""
    loaded, records = load_rows(blocks)
    prefetch_evidence(records)
    return loaded


def load_rows(blocks):
    """Returns the same without their evidence, and the list of all of these records."""
    sharing = defaultdict(list)
    for block in blocks:
        queryset = getattr(block.get_plugin_class(), "records", None)
        if queryset is not None:  # its truth value would run the query
            sharing[queryset].append(block)
    loaded, every_record = {}, []
    for queryset, its_blocks in sharing.items():
        wanted, ranks = Q(pk__in=[]), {}
        for block in its_blocks:
            condition = block.get_plugin_class().condition_of(block)
            wanted |= condition
            # Only the database can tell which record meets which condition: the others get null from it.
            ranks[f"rank_{block.pk}"] = Case(When(condition, then=block.rank()))
        records = list(queryset.filter(wanted).annotate(**ranks))
        for block in its_blocks:
            rank_of = attrgetter(f"rank_{block.pk}")
            loaded[block.pk] = sorted((each for each in records if rank_of(each) is not None), key=rank_of)
        every_record += records
    return loaded, every_record


def organisation_in_full(request, **lookup):
    """Returns the organisation with these values, with its evidence; None if there is none."""
    # The head of a page looks for a slug, its block of facts for a primary key: one load serves both.
    loaded = cached_for_request(request, "organisations", lambda: [*current_organisations()])
    organisation = next((each for each in loaded if has_values(each, lookup)), None)
    if organisation is None and (organisation := Organisation.objects.filter(**lookup).first()):
        loaded.append(organisation)
    if organisation:
        # Whoever shows it tells what became of it.
        prefetch_evidence([organisation, *current_lineage().successions])
    return organisation


def has_values(record, values):
    return all(getattr(record, name) == value for name, value in values.items())
