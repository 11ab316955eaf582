"""Lets a page be published by a second person only, as claims are, and only if it is accessible."""

from functools import wraps
from html.parser import HTMLParser
from textwrap import shorten

from cms.models import CMSPlugin
from cms.utils.permissions import get_current_user
from cms.utils.plugins import downcast_plugins
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db.models.signals import post_save
from django.http import Http404
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from djangocms_text.models import Text
from djangocms_versioning.admin import VersionAdmin
from djangocms_versioning.cms_config import VersioningCMSPageAdminMixin
from djangocms_versioning.conditions import in_state, user_can_publish
from djangocms_versioning.constants import DRAFT, PUBLISHED
from djangocms_versioning.exceptions import ConditionFailed
from djangocms_versioning.models import Version
from djangocms_versioning.signals import post_version_operation

from organisation.models import Block, site_settings
from organisation.quotation import check_unsaid
from portal.models import PageStep

from .legal import require_written
from .plain_text import plain_text
from .takedown import settle, texts_of, with_reason


def review_pages():
    """Adds the conditions of this site to djangocms-versioning; is called once the models are loaded."""
    Version.check_publish.extend(
        [require_second_person, require_seen, require_accessible, require_written, require_unsaid]
    )
    Version.check_archive.append(user_can_publish(_("Only a publisher archives a version.")))
    Version.check_discard.append(require_no_pages_below)
    VersionAdmin._get_publish_link = publish_link
    VersionAdmin.publish_view = lead_to_review
    mixin = VersioningCMSPageAdminMixin
    mixin.get_indicator_menu = classmethod(publishing_on_review(mixin.get_indicator_menu.__func__))
    VersionAdmin._get_unpublish_link = for_publishers(VersionAdmin._get_unpublish_link)
    VersionAdmin._get_archive_link = for_publishers(VersionAdmin._get_archive_link)
    # The lock of a draft is in nobody's way who takes down what is published.
    Version.check_unpublish[:] = [
        user_can_publish(_("Only a publisher takes a page down.")),
        in_state([PUBLISHED], _("This version is not published.")),
    ]
    VersionAdmin.unpublish_view = with_reason(VersionAdmin.unpublish_view)
    post_version_operation.connect(settle, dispatch_uid="what was taken down")
    post_save.connect(log_change, sender=Version, dispatch_uid="who changed a page")


def log_change(instance, update_fields, **kwargs):
    """Writes into the log of the admin who changed a draft.

    Versioning updates `modified` whenever a block or the title of a draft changes, but not who did it.
    """
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
    changes = LogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(Version), object_id=version.pk, action_flag=CHANGE
    )
    last = changes.order_by("action_time", "pk").select_related("user").last()
    return last.user if last else version.created_by


def is_own_change(version, user):
    return last_changed_by(version) == user and not site_settings().one_person_alone


def is_confirmed(version):
    """True if somebody else has confirmed the draft as it is now; a site may have no second publisher."""
    last = PageStep.objects.holding(version).exclude(kind=PageStep.Kind.SCHEDULED).last()
    return bool(last) and last.kind == PageStep.Kind.CONFIRMED


def require_second_person(version, user):
    if version.state == DRAFT and is_own_change(version, user) and not is_confirmed(version):
        raise ConditionFailed(
            gettext("The last change to this page is your own: somebody else has to publish or confirm it.")
        )


def require_no_pages_below(version, user):
    """Keeps the pages below a page whose only version is discarded: the page would go, and they with it."""
    is_last = not Version.objects.filter_by_grouper(version.grouper).exclude(pk=version.pk).exists()
    if is_last and version.content.page.get_child_pages().exists():
        raise ConditionFailed(
            gettext("Other pages stand below this one, and would go with it: move them elsewhere first.")
        )


def require_seen(version, user):
    """Refuses to publish blocks that nobody sees: whoever reads the draft does not see them either."""
    for fault in unseen_faults(version.content):
        raise ConditionFailed(fault)


def require_accessible(version, user):
    """Refuses to publish with the first accessibility fault of the page."""
    for fault in accessibility_faults(version.content):
        raise ConditionFailed(fault)


def require_unsaid(version, user):
    """Refuses to publish words that are withheld for somebody's safety."""
    for fault in withheld_faults(version.content):
        raise ConditionFailed(fault)


def withheld_faults(content):
    """Returns what a page says that is withheld for somebody's safety, in a sentence; empty if nothing is."""
    try:
        check_unsaid(*texts_of(content))
    except ValidationError as error:
        return error.messages
    return []


def publish_link(self, obj, request):
    """Shows to publishers alone a link to the review of a draft, where it is published.

    The stock link publishes at once, even words that changed after they were read.
    """
    if not obj.can_be_published() or not obj.has_publish_permission(request.user):
        return ""
    address = reverse("admin:page-review", args=[obj.pk])
    return self.admin_action_button(
        address, icon="publish", title=_("Publish"), name="publish", keepsideframe=False
    )


@method_decorator(require_POST)
def lead_to_review(self, request, object_id):
    """Leads who would publish a draft by the stock view to its review."""
    version = self.get_object(request, object_id)
    if version is None:
        raise Http404
    if version.state == DRAFT:
        messages.info(request, gettext("Read the draft first: once it is submitted, it is published here."))
    return redirect("admin:page-review", version.pk)


def publishing_on_review(get_indicator_menu):
    """Decorates the method that makes the menu of a page in the tree: a script would publish from there."""

    @wraps(get_indicator_menu)
    def menu(cls, request, page_content):
        template, entries = get_indicator_menu(cls, request, page_content)
        return template, [
            (label, icon, reverse("admin:page-review", args=[resolve(url).kwargs["object_id"]]), "")
            if icon == "cms-icon-publish"
            else (label, icon, url, script)
            for label, icon, url, script in entries
        ]

    return menu


def for_publishers(link):
    """Decorates a method of VersionAdmin that renders a link, so that only publishers see the link."""

    @wraps(link)
    def link_or_nothing(self, obj, request, *args, **kwargs):
        return link(self, obj, request, *args, **kwargs) if obj.has_publish_permission(request.user) else ""

    return link_or_nothing


def accessibility_faults(content):
    """Yields a sentence, which names the block, for each heading or link that misleads a screen reader."""
    # The template of a page has a heading of level 1; on the home page it stands in the opening block.
    levels = [] if content.template == "pages/home.html" else [1]
    for block in blocks_of(content):
        values = {"block": block_name(block)}
        markup = BlockMarkup(block)
        for level in markup.heading_levels:
            before = levels[-1] if levels else 1
            if level == 1 and 1 in levels:
                yield (
                    gettext("“%(block)s” has a heading of level 1, but a page has only one: choose level 2.")
                    % values
                )
            elif level > before + 1:
                values |= {"level": level, "before": before, "wanted": before + 1}
                yield (
                    gettext(
                        "“%(block)s” goes from a heading of level %(before)d to one of level %(level)d: "
                        "choose level %(wanted)d."
                    )
                    % values
                )
            levels.append(level)
        if markup.has_empty_link:
            yield gettext("“%(block)s” has a link without words: write where it leads.") % values


def unseen_faults(content):
    """Yields a sentence for each block that nobody sees on its page, but that searches and prints find."""
    blocks = CMSPlugin.objects.filter(placeholder__in=content.get_placeholders())
    unseen = blocks.exclude(parent=None, language=content.language)
    for block in downcast_plugins(unseen.order_by("placeholder", "position", "pk")):
        where = (
            gettext("“%(block)s” stands within another block, and nobody sees it: move it out, or delete it.")
            if block.parent_id
            else gettext("“%(block)s” is in another language than the page, and nobody sees it: delete it.")
        )
        yield where % {"block": block_name(block)}


def blocks_of(content):
    for placeholder in content.get_placeholders():
        yield from downcast_plugins(placeholder.get_plugins(content.language))


def block_name(block):
    """Returns the first words of a text, the heading of another block, or else the name of its plugin."""
    words = plain_text(block.body).split() if isinstance(block, Text) else []
    return (
        shorten(" ".join(words), 60, placeholder="…")
        or getattr(block, "heading", "")
        or str(block.get_plugin_class().name)
    )


class BlockMarkup(HTMLParser):
    """The levels of a block's headings, and whether one of its links has no text."""

    HEADINGS = {f"h{level}": level for level in range(1, 7)}

    def __init__(self, block):
        super().__init__()
        # `link_text` is the text of the link that is open; None outside links.
        self.heading_levels, self.has_empty_link, self.link_text = [], False, None
        if isinstance(block, Text):
            self.feed(block.body)
            self.close()
        elif block.plugin_type == "HeroPlugin":
            self.heading_levels = [1]
        elif isinstance(block, Block) and block.heading:
            self.heading_levels = [2]

    def handle_starttag(self, tag, attributes):
        if tag in self.HEADINGS:
            self.heading_levels.append(self.HEADINGS[tag])
        if tag == "a" and "href" in dict(attributes):
            self.link_text = ""

    def handle_data(self, data):
        if self.link_text is not None:
            self.link_text += data

    def handle_endtag(self, tag):
        if tag == "a" and self.link_text is not None:
            self.has_empty_link |= not self.link_text.strip()
            self.link_text = None
