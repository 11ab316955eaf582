"""Pages reach readers as claims do: nobody publishes what they changed last themselves, or a page that its readers' programs cannot follow."""

from functools import wraps
from html.parser import HTMLParser
from textwrap import shorten

from cms.utils.permissions import get_current_user
from cms.utils.plugins import downcast_plugins
from django.conf import settings
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import post_save
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from djangocms_text.models import Text
from djangocms_versioning.admin import VersionAdmin
from djangocms_versioning.conditions import user_can_publish
from djangocms_versioning.constants import DRAFT
from djangocms_versioning.exceptions import ConditionFailed
from djangocms_versioning.models import Version

from organisation.models import Block


def review_pages():
    """Called once the models are loaded: adds our conditions to those of djangocms-versioning."""
    Version.check_publish.extend([other_eyes, can_be_followed])
    Version.check_archive.append(user_can_publish(_("Only a publisher archives a version.")))
    VersionAdmin._get_publish_link = publish_link
    VersionAdmin._get_unpublish_link = for_publishers(VersionAdmin._get_unpublish_link)
    VersionAdmin._get_archive_link = for_publishers(VersionAdmin._get_archive_link)
    post_save.connect(note_who_changed, sender=Version, dispatch_uid="who changed a page")


def note_who_changed(instance, update_fields, **kwargs):
    """Versioning marks each change of a draft's blocks or title with its time; the log of the admin keeps whose it was."""
    user = get_current_user()
    if (
        update_fields
        and "modified" in update_fields
        and user
        and user.is_authenticated
        and last_changed_by(instance) != user
    ):
        LogEntry.objects.create(
            user=user,
            content_type=ContentType.objects.get_for_model(Version),
            object_id=instance.pk,
            object_repr=str(instance)[:200],
            action_flag=CHANGE,
            change_message=gettext("Changed the page"),
        )


def last_changed_by(version):
    kept = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Version), object_id=version.pk, action_flag=CHANGE
    )
    last = kept.order_by("action_time", "pk").select_related("user").last()
    return last.user if last else version.created_by


def other_eyes(version, user):
    if version.state == DRAFT and last_changed_by(version) == user and not settings.PORTAL_SINGLE_EDITOR:
        raise ConditionFailed(
            gettext("The last change to this page is your own: somebody else has to publish it.")
        )


def can_be_followed(version, user):
    for fault in faults_of(version.content):
        raise ConditionFailed(fault)


def publish_link(self, obj, request):
    """Who may publish can press it even where it is refused, and then reads why; others do not see it."""
    if not obj.can_be_published() or not obj.has_publish_permission(request.user):
        return ""
    address = reverse(f"admin:{obj._meta.app_label}_{self.model._meta.model_name}_publish", args=(obj.pk,))
    return self.admin_action_button(
        address, icon="publish", title=_("Publish"), name="publish", action="post", keepsideframe=False
    )


def for_publishers(link):
    @wraps(link)
    def link_or_nothing(self, obj, request, *args, **kwargs):
        return link(self, obj, request, *args, **kwargs) if obj.has_publish_permission(request.user) else ""

    return link_or_nothing


def faults_of(content):
    """What a program that reads the page aloud would stumble over, each in a sentence that names the block."""
    levels = [1] if content.template == "pages/page.html" else []
    for block in blocks_of(content):
        named = {"block": name_of(block)}
        words = Words(block)
        for level in words.levels:
            before = levels[-1] if levels else 1
            if level == 1 and 1 in levels:
                yield (
                    gettext("“%(block)s” has a heading of level 1, but a page has only one: choose level 2.")
                    % named
                )
            elif level > before + 1:
                named |= {"level": level, "before": before, "wanted": before + 1}
                yield (
                    gettext(
                        "“%(block)s” goes from a heading of level %(before)d to one of level %(level)d: choose level %(wanted)d."
                    )
                    % named
                )
            levels.append(level)
        if words.has_empty_link:
            yield gettext("“%(block)s” has a link without words: write where it leads.") % named


def blocks_of(content):
    for placeholder in content.get_placeholders():
        yield from downcast_plugins(placeholder.get_plugins(content.language))


def name_of(block):
    words = strip_tags(block.body).split() if isinstance(block, Text) else []
    return (
        shorten(" ".join(words), 60, placeholder="…")
        or getattr(block, "heading", "")
        or str(block.get_plugin_class().name)
    )


class Words(HTMLParser):
    """The levels of a block's headings, and whether one of its links has nothing to read."""

    HEADINGS = {f"h{level}": level for level in range(1, 7)}

    def __init__(self, block):
        super().__init__()
        self.levels, self.has_empty_link, self.link = [], False, None
        if isinstance(block, Text):
            self.feed(block.body)
            self.close()
        elif block.plugin_type == "HeroPlugin":
            self.levels = [1]
        elif isinstance(block, Block) and block.heading:
            self.levels = [2]

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag in self.HEADINGS:
            self.levels.append(self.HEADINGS[tag])
        if tag == "a" and "href" in attributes:
            self.link = attributes.get("aria-label") or ""
        elif self.link is not None and (tag == "cms-plugin" or attributes.get("alt")):
            self.link += tag

    def handle_data(self, data):
        if self.link is not None:
            self.link += data

    def handle_endtag(self, tag):
        if tag == "a" and self.link is not None:
            self.has_empty_link |= not self.link.strip()
            self.link = None
