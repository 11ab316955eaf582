"""Cleans the rich text that earlier versions have stored, and notes on each version of a page what went."""

from collections import Counter, defaultdict

from django.utils import timezone
from django.utils.translation import gettext as _

from .rich_text import clean, taken_away


def clean_stored_text(apps):
    """Cleans the texts of all versions, published ones too; yields a line for each version of a page.

    `apps` are those of a migration. A text of which nothing goes keeps its bytes, and every version its
    state and the time of its last change.
    """
    Text = apps.get_model("djangocms_text", "Text")
    taken = defaultdict(Counter)
    for pk, body, placeholder in Text.objects.values_list("pk", "body", "placeholder").iterator():
        cleaned = clean(body)
        if lost := taken_away(body, cleaned):
            Text.objects.filter(pk=pk).update(body=cleaned)
            taken[placeholder] += lost
    Text.objects.exclude(json=None).update(json=None)  # the editor's own notation of a body
    for version, title, lost in by_version(apps, taken):
        note = ", ".join(f"{name} ×{count}" for name, count in sorted(lost.items()))
        add_step(apps, version, note)
        yield f"{title} (#{version.number}, {version.state}): {note}"


def by_version(apps, taken):
    """Yields (version, title of its page, what went) for the placeholders of pages."""
    get = apps.get_model
    pages = get("contenttypes", "ContentType").objects.filter(app_label="cms", model="pagecontent").first()
    contents = defaultdict(Counter)
    for placeholder in get("cms", "Placeholder").objects.filter(pk__in=taken, content_type=pages):
        contents[placeholder.object_id] += taken[placeholder.pk]
    titles = dict(get("cms", "PageContent")._base_manager.filter(pk__in=contents).values_list("pk", "title"))
    versions = get("djangocms_versioning", "Version").objects.filter(
        content_type=pages, object_id__in=contents
    )
    for version in versions.order_by("pk"):
        yield version, titles.get(version.object_id, ""), contents[version.object_id]


def add_step(apps, version, note):
    """Notes what went as a step that holds for no draft: one that waits for a decision goes on waiting."""
    now = timezone.now()
    apps.get_model("portal", "PageStep").objects.create(
        version=version, kind="cleaned", by_name=_("an update of the site"), note=note, at=now, modified=now
    )
