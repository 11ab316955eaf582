"""Throw-away sites to measure on: empty, or seeded and filled with as many claims as a question needs."""

import os
import random
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def empty_site():
    """Django set up on a database of its own: the one of DATABASE_URL, which must be empty, or an SQLite file. Models are imported inside."""
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
    """The site as a newcomer finds it."""
    with empty_site():
        from django.core.management import call_command

        call_command("seed", verbosity=0)
        call_command("collectstatic", verbosity=0)
        yield


@contextmanager
def seconds(what):
    """Say how long a block takes."""
    started = time.perf_counter()
    yield
    print(f"{what}: {time.perf_counter() - started:.2f} s", flush=True)


WORDS = "children schools villages ministers officers training standards research reports networks rights courts treaties borders teachers".split()


def add_claims(count, batch=2_000):
    """Published claims with a figure and a citation each, in made-up words; the same ones at every call."""
    from django.contrib.auth import get_user_model
    from django.contrib.contenttypes.models import ContentType

    from impact.models import Claim, ClaimText, Edition, Figure, RegisterEntry
    from organisation.models import Citation, Organisation, Source

    chance = random.Random(1)
    by = get_user_model().objects.get(username="seed")
    organisations = list(Organisation.objects.profiled())
    source = Source.objects.get(slug="coalition-what-we-do")
    first = Claim.objects.order_by("-number").first().number + 1
    of_edition = ContentType.objects.get_for_model(Edition)
    for start in range(first, first + count, batch):
        numbers = range(start, min(start + batch, first + count))
        texts = [
            {
                "organisation": chance.choice(organisations),
                "statement": f"We reached {number} {' '.join(chance.choices(WORDS, k=12))}",
                "subject": f"{chance.choice(WORDS)} {number // 3}",
                "theme": chance.choice(ClaimText.Theme.values),
                "type": chance.choice(
                    [ClaimText.Type.OUTPUT, ClaimText.Type.OUTCOME, ClaimText.Type.ACTIVITY]
                ),
                "slug": f"claim-{number}",
                "as_of": str(chance.randint(1998, 2025)),
            }
            for number in numbers
        ]
        claims = Claim.objects.bulk_create(
            [Claim(number=number, stage="published", **text) for number, text in zip(numbers, texts)]
        )
        editions = Edition.objects.bulk_create(
            [
                Edition(claim=claim, number=1, published_by=by, grade="stated", **text)
                for claim, text in zip(claims, texts)
            ]
        )
        for claim, edition in zip(claims, editions):
            claim.current_edition = edition
        Claim.objects.bulk_update(claims, ["current_edition"])
        RegisterEntry.objects.bulk_create([RegisterEntry.for_edition(edition) for edition in editions])
        for whose in ({"claim": claims}, {"edition": editions}):
            [(name, rows)] = whose.items()
            Figure.objects.bulk_create(
                [
                    Figure(**{name: row}, label="people reached", value=number, unit="people")
                    for row, number in zip(rows, numbers)
                ]
            )
        Citation.objects.bulk_create(
            [
                Citation(content_type=of_edition, object_id=edition.pk, source=source, relation="states")
                for edition in editions
            ]
        )
    a_day_later()


def add_pages(sections, each):
    """Published pages with a text block: /archive/, below it /archive/section-1/ and so on, and so many below each of those."""
    from cms.models import CMSPlugin, Page, PageContent, PageUrl, Placeholder
    from django.contrib.contenttypes.models import ContentType
    from djangocms_text.models import Text
    from djangocms_versioning.models import Version

    chance = random.Random(1)
    of_content = ContentType.objects.get_for_model(PageContent)
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
                for path, parent in zip(paths, parents)
            ]
        )
        PageUrl.objects.bulk_create(
            [
                PageUrl(page=page, language="en", slug=slug.rpartition("/")[2], path=slug, site=page.site)
                for page, slug in zip(pages, slugs)
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
                for page, slug in zip(pages, slugs)
            ]
        )
        Version.objects.bulk_create(
            [
                Version(
                    content_type=of_content,
                    object_id=content.pk,
                    state=version.state,
                    number="1",
                    created_by=version.created_by,
                )
                for content in contents
            ]
        )
        placeholders = Placeholder.objects.bulk_create(
            [Placeholder(slot=slot, content_type=of_content, object_id=content.pk) for content in contents]
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

    def below(pages, name, count):
        """The addresses, places and parents of so many pages below each."""
        places = [(number, address, page) for address, page in pages for number in range(1, count + 1)]
        return zip(
            *[
                (f"{address}/{name}-{number}", Page._get_path(page.path, page.depth + 1, number), page)
                for number, address, page in places
            ]
        )

    archive = publish(["archive"], [Page._inc_path(Page.get_last_root_node())], [None])
    addresses, *where = below([("archive", archive[0])], "section", sections)
    publish(*below(zip(addresses, publish(addresses, *where)), "page", each))
    a_day_later()


def a_day_later():
    """What is due once a day has been done."""
    from django.core.management import call_command

    from portal.operations.scheduled_tasks import LAST_ANALYZE

    (Path(os.environ["PORTAL_VAR"]) / LAST_ANALYZE).unlink(missing_ok=True)
    call_command("tick")
