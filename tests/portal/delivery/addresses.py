"""Every URL pattern of the site, with an example address of something that is there."""

import re

from cms.models import CMSPlugin, PageContent
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, get_resolver

from advocacy.models import StoryOfChange
from impact.models import Claim
from organisation.models import PictureWithdrawal, Takedown, Term
from organisation.pictures.withdrawal import withdraw
from portal.models import Decision
from portal.pages import workflow
from tests.support.factory import (
    a_claim,
    a_passage,
    a_reading,
    a_source,
    a_statement,
    an_indicator,
    an_organisation,
    published,
)
from tests.support.pages import a_page, a_redirect, profile_of, version_of
from tests.support.people import alice, bob, staff_with
from tests.support.pictures import a_consent, a_picture
from tests.support.proposals import propose

# The value of an argument by its name.
VALUES = {
    "reference": "E10",
    "section": "pages",
    "part": 1,
    "way": "360",
    "look_hash": "0123456789ab",
    "side": 192,
    "number": 10,
    "edition": 1,
    "file_format": "ris",
    "name": "claims",
    "ending": "csv",
    "width": 320,
    "secret": "nobody-knows",
    "token": "nobody-knows",
    "app_label": "impact",
    "url": "nowhere",
    "label": "organisation.statement",
    "content_type_id": "1",
}
# The value of “slug” by the first part of the address.
SLUGS = {
    "evidence": "training-programmes",
    "indicators": "children-back-in-school",
    "instruments": "opac",
    "publications": "global-report-2001",
    "sources": "yearbook-of-harbour-aid",
    "data": "claims",
    "tables": "claims",
    "pages": "about",
}
# What the CMS asks for behind the path of an address, by a part of its pattern.
QUERIES = {
    "add-plugin": "cms_path=/about/&placeholder_id={placeholder}&plugin_type=TextPlugin"
    "&plugin_language=en&plugin_position=1",
    "-plugin": "cms_path=/about/",
    "placeholder/^edit-field": "edit_fields=body",
    "edit-field": "edit_fields=title",
    "clear-placeholder": "cms_path=/about/&language=en",
    "cms_wizard": "language=en&page={page}",
    "cms-toolbar": "cms_path=/about/",
    "pagecontentversion/$": "page={page}&language=en",
    "admin/autocomplete/": "app_label=organisation&model_name=citation&field_name=source&term=",
    "oembed": "url=http://testserver/evidence/e10/",
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


def keys_of(version):
    """Returns the primary keys of a version of a page and of its parts, by the names of their models."""
    placeholder = version.content.get_placeholders()[0]
    texts = CMSPlugin.objects.filter(placeholder=placeholder, plugin_type="TextPlugin")
    return {
        "pagecontentversion": version.pk,
        "pagecontent": version.content.pk,
        "placeholder": placeholder.pk,
        "plugin": texts.order_by("pk").first().pk,
    }


def a_read_document():
    """Returns a source with suggestions, of which one is accepted and not on record yet."""
    words = "We protect every harbour."
    organisation, text = an_organisation(), f"Our vision\n{words}\nWe taught 40 pilots in 2019.\n"
    source = a_source("Report of pilots", text=text, author=organisation)
    start = text.index(words)
    span = [start, start + len(words)]
    values = {"becomes": "vision", "text": words, "title": "", "date": "", "organisation": organisation.pk}
    Decision.objects.create(
        source=source,
        kind="statement",
        start=span[0],
        end=span[1],
        verdict=Decision.Verdict.ACCEPTED,
        values=values | {"figures": [], "places": [span]},
        by=alice(),
    )
    return source


def archived_version():
    version = version_of(a_page("Archived", "<p>Words.</p>")).copy(alice())
    version.archive(bob())
    return version


def submitted_draft(author, title="Submitted"):
    draft = version_of(a_page(title, "<p>Words.</p>")).copy(author)
    workflow.submit(draft, author)
    return draft


def submitted_claim(author):
    claim = a_claim(f"What {author} wants to say")
    claim.note_change(author)
    claim.submit(author, seen=Claim.AS_STORED)
    return claim


def withdrawn_claim():
    claim = published(a_claim("We said so once"))
    claim.withdraw(bob(), "It was wrong", seen=Claim.AS_STORED)
    return claim


def a_consent_to_confirm():
    """Returns a consent of children that somebody else has written than those who may confirm it here."""
    picture = a_picture(shows=None, colour=(1, 1, 1))
    return a_consent(picture, "children", confirmed=False, written_by=staff_with(name="fatima"))


class ExampleAddresses:
    """Makes addresses for a URL pattern, of things that are there, such as a draft of Alice's."""

    def __init__(self):
        about = PageContent.objects.get(page__urls__path="about")
        profile_of(an_organisation(profiled=True))
        statement = a_statement(owner=alice())
        propose(alice(), statement, text="Other words")
        changed = a_statement("A boat for every harbour.")
        changed.text = "A boat for every sailor."
        changed.save()
        source = published(a_claim()).citations.get().source
        quoted, read = a_passage("Nobody quotes this."), a_read_document()
        self.indicator = an_indicator()
        published(a_reading(self.indicator, 40))
        self.about, self.draft = version_of(about), version_of(about).copy(alice())
        self.primary_keys = {
            "claim": Claim.objects.get(number=10).pk,
            "source": source.pk,
            "page": about.page_id,
            "other_page": PageContent.objects.get(page__urls__path="organisations").page_id,
            "redirect": a_redirect("/old/", "/about/").pk,
            "kind": read.pk,
            "revert": archived_version().pk,
            "archive": version_of(a_page("Begun", "<p>Words.</p>")).copy(bob()).pk,
            "publish": submitted_draft(alice()).pk,
            "unpublish": version_of(a_page("Published", "<p>Words.</p>")).pk,
            "undone edition": Claim.objects.get(number=10).current_edition.pk,
            "undone withdrawal": withdrawn_claim().withdrawal.pk,
            "undone": changed.history.first().history_id,
            "reading": read.pk,
            "held": read.pk,
            "organisation": an_organisation().pk,
            "indicator": self.indicator.pk,
            "passage": a_passage("Nobody notes this.").pk,
            "confirm": a_consent_to_confirm().pk,
            "withdraw": a_picture("adults", colour=(2, 2, 2)).consents.get().pk,
            "quoted_source": quoted.source.pk,
            **keys_of(self.draft),
        }
        withdraw(a_picture("adults", colour=(4, 4, 4)).consents.get(), bob(), "She called.")
        # What nothing rests on, and no page shows.
        self.deletable_keys = {
            "organisation": an_organisation("Nobody's Aid").pk,
            "claim": a_claim("We never said so").pk,
            "source": a_source("Nobody's yearbook").pk,
            "passage": quoted.pk,
            "indicator": an_indicator("Nobody's boats").pk,
            "term": Term.objects.create(vocabulary="theme", name="Harbours", slug="harbours").pk,
            "storyofchange": StoryOfChange.objects.create(slug="nobodys", title="Nobody's story").pk,
            "picture": a_picture(colour=(3, 3, 3)).pk,
            "user": get_user_model().objects.create_user("erin").pk,
        }
        # What visitors can see, where the example is a draft, and what waits for somebody's decision.
        self.other_keys = [
            keys_of(self.about) | {"claim": submitted_claim(alice()).pk, "name": "timeline"},
            keys_of(submitted_draft(bob(), "Bob's"))
            | {"claim": submitted_claim(bob()).pk, "name": "publications"},
        ]
        self.content_type = ContentType.objects.get_for_model(PageContent).pk

    def addresses(self, pattern):
        """Returns the address of a pattern, and further ones that differ in what they are about."""
        keys, addresses = self.primary_keys, [self.address(pattern)]
        for others in self.other_keys:
            self.primary_keys = keys | others
            addresses.append(self.address(pattern))
        self.primary_keys = keys
        return list(dict.fromkeys(addresses))

    def address(self, pattern):
        arguments = []

        def value(match):
            arguments.append(match[1] or match[2])
            return str(self.value(arguments[-1], len(arguments), match[3] or "", pattern))

        path = "/" + re.sub(r"[\^$]|\(\?!.*", "", ARGUMENT.sub(value, pattern))
        query = next((query for part, query in QUERIES.items() if part in f"{pattern}$"), "")
        return f"{path}?{query.format(**self.primary_keys)}" if query else path

    def value(self, argument, position, group, pattern):
        """Returns the value of an argument; one without a name is known by its position and its group."""
        if argument == "slug":
            first_part = re.sub("^(admin|api/v1)/", "", pattern).partition("/")[0]
            return SLUGS.get("pages" if pattern.startswith("^") else first_part, "harbour-aid")
        if argument == "reference" and "receipt/" in pattern:
            return PictureWithdrawal.objects.get().reference
        if argument == "number" and "editions/" in pattern:
            return 1
        if argument == "number" and pattern.startswith("indicators/"):
            return self.indicator.number
        if (value := self.primary_keys.get(argument, VALUES.get(argument))) is not None:
            return value
        if pattern.startswith("admin/pages/"):
            return self.primary_keys["pagecontentversion"]
        if pattern.startswith("admin/takedowns/"):
            return Takedown.objects.latest("pk").pk
        if pattern.startswith("admin/undo/"):
            return self.primary_keys.get(f"undone {pattern.split('/')[2]}", self.primary_keys["undone"])
        if "object/" in pattern:
            return self.content_type if position == 1 else self.primary_keys["pagecontent"]
        if "a-z" in group:
            return "en"
        if re.search("-plugin/|placeholder/.*edit-field/", pattern):
            return self.primary_keys["plugin"]
        app, model = pattern.split("/")[1:3]
        action = pattern.rstrip("/").rpartition("/")[2]
        if action == "delete" and model in self.deletable_keys:
            return self.deletable_keys[model]
        key = self.primary_keys.get(action) or self.primary_keys.get(model) or self.first_key(app, model)
        if "/history/" in pattern and position == 2:
            return apps.get_model(app, model).history.filter(id=key).first().history_id
        return key

    def first_key(self, app, model):
        for each in admin.site._registry:
            if each._meta.label_lower == f"{app}.{model}" and (record := each._default_manager.first()):
                return record.pk
        return 1
