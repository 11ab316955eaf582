"""Every URL pattern of the site, with an example address of something that is there."""

import re

from cms.models import CMSPlugin, PageContent
from django.apps import apps
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, get_resolver
from djangocms_versioning.models import Version

from impact.models import Claim
from organisation.models import Takedown
from tests.support.factory import a_claim, a_statement, an_organisation, published
from tests.support.pages import a_redirect, profile_of
from tests.support.people import alice, bob
from tests.support.proposals import propose

# The value of an argument by its name.
VALUES = {
    "reference": "E10",
    "section": "pages",
    "part": 1,
    "number": 10,
    "edition": 1,
    "file_format": "ris",
    "name": "claims",
    "ending": "csv",
    "secret": "nobody-knows",
    "app_label": "impact",
    "url": "nowhere",
    "label": "organisation.statement",
    "content_type_id": "1",
}
# The value of “slug” by the first part of the address.
SLUGS = {
    "evidence": "training-programmes",
    "instruments": "opac",
    "publications": "global-report-2001",
    "sources": "yearbook-of-harbour-aid",
    "data": "publications",
    "tables": "claims",
    "pages": "about",
}
ARGUMENT = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)|\(([^?)][^)]*)\)")


def url_patterns(resolver=None, prefix=""):
    """Yields every URL pattern as it is written in the code, from the root of the site."""
    for each in (resolver or get_resolver()).url_patterns:
        pattern = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield pattern
        else:
            yield from url_patterns(each, pattern)


class ExampleAddresses:
    """Makes an address for a URL pattern, of something that is there, such as a draft of Alice's."""

    def __init__(self):
        about = PageContent.objects.get(page__urls__path="about")
        profile_of(an_organisation(profiled=True))
        propose(alice(), a_statement(owner=alice()), text="Other words")
        source = published(a_claim()).citations.get().source
        published(a_claim("They are safe")).withdraw(bob(), "They are not", seen=Claim.AS_STORED)
        self.takedown = Takedown.objects.get()
        self.draft = Version.objects.get_for_content(about).copy(alice())
        self.primary_keys = {
            "pagecontent": self.draft.content.pk,
            "pagecontentversion": self.draft.pk,
            "claim": Claim.objects.get(number=10).pk,
            "source": source.pk,
            "plugin": CMSPlugin.objects.filter(plugin_type="TextPlugin").order_by("pk").first().pk,
            "placeholder": self.draft.content.get_placeholders()[0].pk,
            "page": self.draft.content.page_id,
            "redirect": a_redirect("/old/", "/about/").pk,
        }
        self.content_type = ContentType.objects.get_for_model(PageContent).pk

    def address(self, pattern):
        arguments = []

        def value(match):
            arguments.append(match[1] or match[2])
            return str(self.value(arguments[-1], len(arguments), match[3] or "", pattern))

        return "/" + re.sub(r"[\^$]|\(\?!.*", "", ARGUMENT.sub(value, pattern))

    def value(self, argument, position, group, pattern):
        """Returns the value of an argument; one without a name is known by its position and its group."""
        if argument == "slug":
            first_part = re.sub("^(admin|api/v1)/", "", pattern).partition("/")[0]
            return SLUGS.get("pages" if pattern.startswith("^") else first_part, "harbour-aid")
        if argument == "number" and "editions/" in pattern:
            return 1
        if argument in VALUES:
            return VALUES[argument]
        if pattern.startswith("admin/pages/"):
            return self.draft.pk
        if pattern.startswith("admin/takedowns/"):
            return self.takedown.pk
        if "object/" in pattern:
            return self.content_type if position == 1 else self.primary_keys["pagecontent"]
        if "a-z" in group:
            return "title" if "field" in pattern else "en"
        if re.search("-plugin/|placeholder/.*edit-field/", pattern):
            return self.primary_keys["plugin"]
        app, model = pattern.split("/")[1:3]
        key = self.primary_keys.get(model) or self.first_key(app, model)
        if "/history/" in pattern and position == 2:
            return apps.get_model(app, model).history.filter(id=key).first().history_id
        return key

    def first_key(self, app, model):
        for each in admin.site._registry:
            if each._meta.label_lower == f"{app}.{model}" and (record := each._default_manager.first()):
                return record.pk
        return 1
