"""Every address of the site, each with an example of it that is there."""

import re

from cms.models import CMSPlugin, PageContent
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, get_resolver
from djangocms_versioning.models import Version

from impact.models import Claim
from organisation.models import Source
from tests.support.people import alice

# By the name of the argument, where the first part of the address does not say more.
WORDS = {
    "reference": "E10",
    "section": "pages",
    "part": 1,
    "number": 10,
    "edition": 1,
    "form": "ris",
    "name": "claims",
    "ending": "csv",
    "secret": "nobody-knows",
    "app_label": "impact",
    "url": "nowhere",
    "label": "organisation.statement",
    "content_type_id": "1",
}
SLUGS = {
    "evidence": "training-programmes",
    "instruments": "opac",
    "publications": "global-report-2001",
    "sources": "dallaire-our-story",
    "data": "publications",
    "tables": "claims",
    "pages": "about",
}
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)|\(([^?)][^)]*)\)")


def patterns(found=None, before=""):
    """(the whole pattern as it is written, its name) of every address."""
    for each in get_resolver().url_patterns if found is None else found:
        written = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield written, each.name or ""
        else:
            yield from patterns(each.url_patterns, written)


class Examples:
    """An address for each pattern, of things that are there; of the page “About” there is a draft of Alice's."""

    def __init__(self):
        published = PageContent.objects.get(page__urls__path="about")
        self.draft = Version.objects.get_for_content(published).copy(alice())
        self.keys = {
            "pagecontent": self.draft.content.pk,
            "pagecontentversion": self.draft.pk,
            "claim": Claim.objects.get(number=10).pk,
            "source": Source.objects.get(slug="dallaire-our-story").pk,
            "plugin": CMSPlugin.objects.filter(plugin_type="TextPlugin").order_by("pk").first().pk,
            "placeholder": self.draft.content.get_placeholders()[0].pk,
            "page": self.draft.content.page_id,
        }
        self.types = ContentType.objects.get_for_model(PageContent).pk

    def address(self, pattern):
        used = []

        def value(found):
            argument = found[1] or found[2]
            used.append(argument)
            return str(self.value(argument, len(used), found[3] or "", pattern))

        return "/" + re.sub(r"[\^$]|\(\?!.*", "", ARGUMENT.sub(value, pattern))

    def value(self, argument, place, written, pattern):
        if argument == "slug":
            above = re.sub("^(admin|api/v1)/", "", pattern).partition("/")[0]
            return SLUGS.get("pages" if pattern.startswith("^") else above, "coalition")
        if argument == "number" and "editions/" in pattern:
            return 1
        if argument in WORDS:
            return WORDS[argument]
        if "object/" in pattern:
            return self.types if place == 1 else self.keys["pagecontent"]
        if "a-z" in written:
            return "title" if "field" in pattern else "en"
        if re.search("-plugin/|placeholder/.*edit-field/", pattern):
            return self.keys["plugin"]
        return self.keys.get(pattern.split("/")[2]) or self.first(*pattern.split("/")[1:3])

    def first(self, app, model):
        for each in admin.site._registry:
            if each._meta.label_lower == f"{app}.{model}" and (record := each._default_manager.first()):
                return record.pk
        return 1
