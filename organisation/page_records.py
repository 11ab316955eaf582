"""Loads the records that the blocks of a page show: together, so that more blocks do not cost more queries.

A plugin takes part by naming a queryset in `records`. Its block says by `condition()` which of them it shows,
which the plugin may widen, and by `rank()` in which order. Blocks whose plugins name the same queryset share
one query; all blocks share the query for citations.
"""

from collections import defaultdict
from operator import attrgetter

from cms.utils.plugins import get_plugins
from django.db.models import Case, Q, When, prefetch_related_objects

from .models import Organisation
from .models.record import prefetch_evidence
from .request_cache import cached_for_request


def records_of(request, block):
    """Returns the list of records that a block shows, in its order and with their evidence."""
    return records_beside(request, block)[block.pk]


def records_beside(request, block):
    """Returns {primary key of a block: its records} of a block and those that stand on the page with it."""
    key = ("records", block.placeholder_id, block.language)
    return cached_for_request(request, key, lambda: load_records(sibling_blocks(request, block)))


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


def load_records(blocks):
    """Returns {primary key of a block: its records} of the blocks whose plugins take part."""
    sharing = defaultdict(list)
    for block in blocks:
        queryset = getattr(block.get_plugin_class(), "records", None)
        if queryset is not None:  # its truth value would run the query
            sharing[queryset].append(block)
    loaded, every_record = {}, []
    for queryset, its_blocks in sharing.items():
        prefetch_relations(its_blocks)
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
    prefetch_evidence(every_record)
    return loaded


def prefetch_relations(blocks):
    """Fetches what the conditions of blocks read, with one query a relation."""
    for model in {type(block) for block in blocks}:
        prefetch_related_objects([each for each in blocks if type(each) is model], *model.prefetch)


def organisation_in_full(request, **lookup):
    """Returns the organisation with these values, with its evidence; None if there is none."""
    # The head of a page looks for a slug, its block of facts for a primary key: one load serves both.
    loaded = cached_for_request(request, "organisations", list)
    for organisation in loaded:
        if all(getattr(organisation, name) == value for name, value in lookup.items()):
            return organisation
    organisation = Organisation.objects.with_evidence().filter(**lookup).first()
    if organisation:
        loaded.append(organisation)
    return organisation
