"""Says which files of a copy stand at an address that visitors may not open any more."""

from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.contrib.redirects.models import Redirect
from django.urls import Resolver404, resolve
from django.utils.translation import get_language_from_path, override

from advocacy.models import Instrument
from impact.models import Claim, Indicator
from organisation.models import Organisation, Picture, Source
from organisation.public_pages import public_contents
from portal.pages.addresses import VIEWS_OF_PAGES, address_of

from .crawl import excluded_prefixes


class ClosedPaths:
    """Finds the paths that are closed: asks the database once a kind, and the site of what that leaves open.

    An old address, or one in another language, leads to a page that may be open.
    """

    def __init__(self, client):
        self.client, self.excluded = client, excluded_prefixes()
        self.leading = dict(Redirect.objects.values_list("old_path", "new_path"))
        self.pages = {
            address_of(path, language)
            for path, language in public_contents().values_list("url_path", "language")
        }
        claims = Claim.objects.filter(current_edition__isnull=False).values_list("number", flat=True)
        sources = Source.objects.public().order_by().values_list("slug", flat=True)
        self.open_names = {
            "number": set(claims),
            "source": set(sources),
            "picture": set(Picture.objects.showable("portal").values_list("reference", flat=True)),
            "indicator": set(Indicator.objects.values_list("number", flat=True)),
            "instrument": set(Instrument.objects.values_list("slug", flat=True)),
            "organisation": set(Organisation.objects.profiled().values_list("slug", flat=True)),
            "organisation-picture": set(Organisation.objects.with_page().values_list("slug", flat=True)),
        }

    def among(self, paths):
        return {path for path in paths if not self.is_open(path)}

    def is_open(self, path):
        with override(get_language_from_path(path) or settings.LANGUAGE_CODE):
            try:
                match = resolve(unquote(path))
            except Resolver404:
                return True  # of the copy itself
        if match.url_name in VIEWS_OF_PAGES:
            return self.leading.get(unquote(path), path) in self.pages or self.answers(path)
        if match.url_name == "picture":
            return match.kwargs["reference"] in self.open_names["picture"]
        if match.url_name.startswith("indicator"):
            return match.kwargs["number"] in self.open_names["indicator"]
        if "number" in match.kwargs:
            return match.kwargs["number"] in self.open_names["number"]
        kind = match.url_name.replace("publication", "source").removesuffix("-citation")
        kind = kind.removesuffix("-report-pdf")
        return "slug" not in match.kwargs or match.kwargs["slug"] in self.open_names.get(
            kind, [match.kwargs["slug"]]
        )

    def answers(self, path, steps=2):
        """Asks the site itself; a fault of its own closes nothing."""
        answer = self.client.get(path)
        if not answer.location:
            return not answer.is_missing
        target = urlsplit(urljoin(path, answer.location)).path
        return bool(steps) and not target.startswith(self.excluded) and self.answers(target, steps - 1)
