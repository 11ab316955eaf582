"""Finds public records that contain every word of a query. Nothing of a draft is looked at."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext as _
from impact.models import Edition
from organisation.models import Organisation, Source, Statement

MOST = 50


@dataclass
class Hit:
    kind: str
    title: str
    address: str
    text: str
    record: models.Model


def find(query):
    """At most 50 hits of each kind; none for an empty query."""
    words = query.split()
    if not words:
        return []
    organisations = Organisation.objects.profiled()
    editions = Edition.objects.current().select_related("claim__current_edition", "organisation")
    statements = Statement.objects.filter(organisation__profiled=True).select_related("organisation")
    sources = Source.objects.public().select_related("author", "publisher")
    return [
        *(Hit(_("Organisation"), str(each), each.get_absolute_url(), "", each) for each in containing(words, organisations, "official_name", "short_name", "other_names")),
        *(Hit(_("Claim"), each.claim.reference, each.claim.get_absolute_url(), each.statement, each) for each in containing(words, editions, "statement", "subject")),
        *(Hit(_("Statement"), str(each.organisation), each.organisation.get_absolute_url(), each.text, each) for each in containing(words, statements, "title", "text")),
        *(Hit(_("Source"), str(each), each.get_absolute_url(), "", each) for each in containing(words, sources, "title", "subject")),
    ]


def containing(words, records, *fields):
    for word in words:
        anywhere = models.Q()
        for field in fields:
            anywhere |= models.Q(**{f"{field}__icontains": word})
        records = records.filter(anywhere)
    return records[:MOST]
