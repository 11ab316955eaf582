"""Makes throw-away sites to measure on: empty, or seeded and filled with as many claims as needed."""

import os
import random
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def empty_site():
    """Sets Django up on an empty database: that of DATABASE_URL, or an SQLite file.

    Models can be imported inside the context alone.
    """
    with tempfile.TemporaryDirectory(prefix="margin-benchmark-") as folder:
        os.environ |= {"PORTAL_VAR": folder, "DJANGO_SETTINGS_MODULE": "portal.settings"}
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connections

        call_command("migrate", verbosity=0)
        yield
        connections.close_all()


@contextmanager
def throw_away_site():
    """Sets up the seeded site on an empty database."""
    with empty_site():
        from django.core.management import call_command

        call_command("seed", verbosity=0)
        call_command("collectstatic", verbosity=0)
        yield


@contextmanager
def timed(label):
    """Prints the wall time of a block in seconds."""
    started = time.perf_counter()
    yield
    print(f"{label}: {time.perf_counter() - started:.2f} s", flush=True)


WORDS = (
    "children schools villages ministers officers training standards research "
    "reports networks rights courts treaties borders teachers"
).split()


# Those of fixtures/demo/terms.json.
THEMES = [
    "law and standards",
    "peacekeeping and doctrine",
    "training",
    "research and publications",
    "advocacy",
    "networks",
    "reintegration",
]


def add_claims(count, batch=2_000):
    """Adds published claims with a figure and a citation each, in words that are the same in every run."""
    from django.contrib.auth import get_user_model
    from django.contrib.contenttypes.models import ContentType

    from impact.models import Claim, ClaimText, Edition, Figure, RegisterEntry
    from organisation.models import Citation, Organisation, Source

    chance = random.Random(1)
    publisher = get_user_model().objects.get(username="seed")
    organisations = list(Organisation.objects.profiled())
    source = Source.objects.get(slug="coalition-what-we-do")
    first = Claim.objects.order_by("-number").first().number + 1
    edition_type = ContentType.objects.get_for_model(Edition)
    for start in range(first, first + count, batch):
        numbers = range(start, min(start + batch, first + count))
        texts = [
            {
                "organisation": chance.choice(organisations),
                "statement": f"We reached {number} {' '.join(chance.choices(WORDS, k=12))}",
                "subject": f"{chance.choice(WORDS)} {number // 3}",
                "theme": chance.choice(THEMES),
                "type": chance.choice(
                    [ClaimText.Type.OUTPUT, ClaimText.Type.OUTCOME, ClaimText.Type.ACTIVITY]
                ),
                "slug": f"claim-{number}",
                "as_of": str(chance.randint(1998, 2025)),
            }
            for number in numbers
        ]
        claims = Claim.objects.bulk_create(
            [
                Claim(number=number, stage="published", **text)
                for number, text in zip(numbers, texts, strict=True)
            ]
        )
        editions = Edition.objects.bulk_create(
            [
                Edition(claim=claim, number=1, published_by=publisher, grade="organisation only", **text)
                for claim, text in zip(claims, texts, strict=True)
            ]
        )
        for claim, edition in zip(claims, editions, strict=True):
            claim.current_edition = edition
        Claim.objects.bulk_update(claims, ["current_edition"])
        RegisterEntry.objects.bulk_create([RegisterEntry.for_edition(edition) for edition in editions])
        for name, rows in (("claim", claims), ("edition", editions)):
            Figure.objects.bulk_create(
                [
                    Figure(**{name: row}, label="people reached", value=number, unit="people")
                    for row, number in zip(rows, numbers, strict=True)
                ]
            )
        Citation.objects.bulk_create(
            [
                Citation(content_type=edition_type, object_id=edition.pk, source=source, relation="states")
                for edition in editions
            ]
        )
    run_daily_tasks()


def add_pages(sections, each):
    """Adds published pages: /archive/, so many sections below it, and `each` pages below each section."""
    from cms.models import CMSPlugin, Page, PageContent, PageUrl, Placeholder
    from django.contrib.contenttypes.models import ContentType
    from djangocms_text.models import Text
    from djangocms_versioning.models import Version

    chance = random.Random(1)
    content_type = ContentType.objects.get_for_model(PageContent)
    example = PageContent.objects.get(page__urls__path="about")
    version, slot = Version.objects.get_for_content(example), example.get_placeholders()[0].slot

    def publish(slugs, paths, parents):
        pages = Page.objects.bulk_create(
            [
                Page(
                    path=path,
                    depth=len(path) // Page.steplen,
                    numchild=[sections, each, 0][len(path) // Page.steplen - 1],
                    parent=parent,
                    site=example.page.site,
                )
                for path, parent in zip(paths, parents, strict=True)
            ]
        )
        PageUrl.objects.bulk_create(
            [
                PageUrl(page=page, language="en", slug=slug.rpartition("/")[2], path=slug, site=page.site)
                for page, slug in zip(pages, slugs, strict=True)
            ]
        )
        contents = PageContent._base_manager.bulk_create(
            [
                PageContent(
                    page=page,
                    language="en",
                    title=slug.replace("/", " ").capitalize(),
                    slug=slug.rpartition("/")[2],
                    template=example.template,
                )
                for page, slug in zip(pages, slugs, strict=True)
            ]
        )
        Version.objects.bulk_create(
            [
                Version(
                    content_type=content_type,
                    object_id=content.pk,
                    state=version.state,
                    number="1",
                    created_by=version.created_by,
                )
                for content in contents
            ]
        )
        placeholders = Placeholder.objects.bulk_create(
            [Placeholder(slot=slot, content_type=content_type, object_id=content.pk) for content in contents]
        )
        plugins = CMSPlugin.objects.bulk_create(
            [
                CMSPlugin(placeholder=placeholder, position=1, language="en", plugin_type="TextPlugin")
                for placeholder in placeholders
            ]
        )
        for plugin in plugins:
            text = Text(cmsplugin_ptr=plugin, body=f"<p>{' '.join(chance.choices(WORDS, k=200))}</p>")
            text.__dict__.update(
                {field.attname: getattr(plugin, field.attname) for field in CMSPlugin._meta.concrete_fields}
            )
            text.save_base(raw=True)
        return pages

    def children(pages, name, count):
        """Returns the slugs, tree paths and parents of so many new pages below each of {(slug, page)}."""
        rows = [
            (f"{slug}/{name}-{number}", Page._get_path(page.path, page.depth + 1, number), page)
            for slug, page in pages
            for number in range(1, count + 1)
        ]
        return zip(*rows, strict=True)

    archive = publish(["archive"], [Page._inc_path(Page.get_last_root_node())], [None])
    slugs, *positions = children([("archive", archive[0])], "section", sections)
    published = publish(slugs, *positions)
    publish(*children(zip(slugs, published, strict=True), "page", each))
    run_daily_tasks()


def run_daily_tasks():
    """Runs `tick` as on a new day, when it updates the statistics of the database's query planner."""
    from django.core.management import call_command

    from portal.operations.scheduled_tasks import LAST_ANALYZE

    (Path(os.environ["PORTAL_VAR"]) / LAST_ANALYZE).unlink(missing_ok=True)
    call_command("tick")
