from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Concat

from organisation.models.organisation import SECTION, pages_of_profiles
from organisation.public_pages import public_contents
from portal.models import SearchEntry

from .documents import PAGE


def closed_entries():
    """Returns the ids of the entries whose page visitors may not open now, in one query."""
    pages = Q(kind=PAGE) & ~Q(object_id__in=public_contents().values("pk"))
    profiles = Q(kind="organisation") & ~Q(profile__in=pages_of_profiles().values("url_path"))
    entries = SearchEntry.objects.order_by().alias(
        profile=Concat(Value(f"{SECTION}/"), F("organisation__slug"), output_field=CharField())
    )
    return tuple(entries.filter(pages | profiles).values_list("pk", flat=True))
