"""Finds what nobody sees yet, but what readers would see by a decision on something else.

It counts as seen: otherwise one person could change it between the moment at which somebody reads it and
the moment at which readers do.
"""

from django.core import serializers

from ...models import Organisation, Proposal, Source, Takedown

# Functions that yield the keys, (model, primary key), of what waits in an app that comes after this one, and
# of the documents and organisations that it names. The app appends its own when it is ready.
awaited_in_apps = []
# The models of what readers see because of other rows alone, such as a document that something public cites;
# `objects.public()` gives what they see of each. An app that comes after this one appends its own.
seen_by_others = [Source, Organisation]


def awaited_keys(proposed=()):
    """Returns the keys, (model, primary key), of the rows that something awaited makes public.

    `proposed` are the changes of a proposal that counts although it waits no more.
    """
    keys = {key for found in awaited_in_apps for key in found()}
    for rows in Takedown.objects.open().exclude(rows=[]).values_list("rows", flat=True):
        for each in serializers.deserialize("python", rows, ignorenonexistent=True):
            keys |= keys_named_by(each.object)
    for changes in [proposed, *Proposal.objects.waiting().values_list("changes", flat=True)]:
        keys |= keys_in(changes)
    documents = Source.objects.filter(pk__in=[pk for model, pk in keys if model is Source])
    for names in documents.values_list("author", "publisher"):
        keys |= {(Organisation, pk) for pk in names}
    return {(model, pk) for model, pk in keys if pk}


def keys_in(changes):
    """Returns the keys of what readers see by others, of which they would see such a change."""
    models = {model._meta.label_lower: model for model in seen_by_others}
    return {
        (models[each["model"]], each["pk"])
        for each in changes
        if each["model"] in models
        and (not each["fields"] or any(not field["is_private"] for field in each["fields"]))
    }


def keys_named_by(row):
    """Returns the keys of what a row names that readers see by others, and its own if it is of this kind."""
    links = [each for each in row._meta.concrete_fields if each.related_model in seen_by_others]
    keys = {(each.related_model, getattr(row, each.attname)) for each in links}
    itself = {(type(row), row.pk)} if type(row) in seen_by_others else set()
    return {(model, pk) for model, pk in keys | itself if pk}
