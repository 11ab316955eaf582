"""The log of corrections as an Atom feed."""

import re
from datetime import datetime, timezone
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.http import HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from impact.corrections import log

# XML knows no way to write these.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
NOTHING_YET = datetime(1970, 1, 1, tzinfo=timezone.utc)


class CorrectionsFeed(Atom1Feed):
    def latest_post_date(self):
        """A feed without entries has not changed either, whenever it is asked for."""
        return super().latest_post_date() if self.items else NOTHING_YET

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})


def corrections_feed(request):
    page = request.build_absolute_uri(reverse("pages-details-by-slug", kwargs={"slug": "corrections"}))
    address = request.build_absolute_uri(reverse("corrections-feed"))
    title = _("Corrections: %(site)s") % {"site": settings.SITE_NAME}
    feed = CorrectionsFeed(title, page, "", get_language(), author_name=settings.SITE_NAME, feed_url=address, feed_guid=address)
    for entry in log().entries:
        feed.add_item(
            title=title_of(entry),
            link=request.build_absolute_uri(entry.address),
            description=None,
            unique_id=id_of(entry),
            updateddate=entry.at,
            pubdate=entry.at,
            content=CONTROLS.sub("", render_to_string("impact/correction.html", {"entry": entry})),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def title_of(entry):
    if not entry.edition:
        return _("%(reference)s: withdrawn") % {"reference": entry.reference}
    return _("%(reference)s, edition %(number)d: %(change)s") % {
        "reference": entry.reference, "number": entry.edition.number, "change": entry.edition.get_change_display()
    }


def id_of(entry):
    """The same for good, and at whichever of its names the site is asked."""
    return uuid5(NAMESPACE_URL, f"{entry.key} {entry.reference} {entry.at.astimezone(timezone.utc).isoformat()}").urn
