"""Notes each change of a draft's blocks, by whichever address of the CMS it is made.

The steps of a draft, and whose change the last one is, rest on the time of the last change. Versioning sets
it for the operations that the CMS tells of: not for those of a request that does not say from which page it
comes, nor for blocks that are copied from another language.
"""

from functools import wraps

from cms.admin.forms import PluginAddValidationForm
from cms.admin.placeholderadmin import PlaceholderAdmin
from cms.models import CMSPlugin, PageContent, Placeholder
from cms.operations import CUT_PLUGIN, MOVE_PLUGIN
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import transaction
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from djangocms_versioning.cms_config import VersioningCMSPageAdminMixin
from djangocms_versioning.constants import DRAFT
from djangocms_versioning.models import Version

MOST_BLOCKS = 9_999  # the columns of positions hold little more
# What the stock views fail without.
REQUIRED_FIELDS = {
    "move_plugin": ("plugin_id", "target_language"),
    "copy_plugins": ("source_placeholder_id", "target_placeholder_id", "source_language", "target_language"),
}


def note_changes_of_blocks():
    """Replaces methods of the CMS's admin; is called once the models are loaded."""
    admin = PlaceholderAdmin
    admin._send_pre_placeholder_operation = with_lock(with_origin(admin._send_pre_placeholder_operation))
    admin._send_post_placeholder_operation = with_origin(admin._send_post_placeholder_operation)
    admin.move_plugin = with_another_place(admin.move_plugin)
    for name, fields in REQUIRED_FIELDS.items():
        setattr(admin, name, with_fields(getattr(admin, name), fields))
    place = PluginAddValidationForm.base_fields["plugin_position"]
    place.validators += [MinValueValidator(0), MaxValueValidator(MOST_BLOCKS)]
    for name in ("delete_plugin", "clear_placeholder"):  # the lock ends with a transaction
        setattr(admin, name, transaction.atomic(getattr(admin, name)))
    mixin = VersioningCMSPageAdminMixin
    mixin.copy_language = from_another_language(mixin.copy_language)


def with_lock(send):
    """Decorates the method that is called before blocks change: it lets their draft be published by nobody.

    The stock view has looked whether it is a draft, but somebody may have published it meanwhile.
    """

    @wraps(send)
    def send_and_lock(self, request, operation, **kwargs):
        names = ["placeholder", "target_placeholder"]
        if operation in (CUT_PLUGIN, MOVE_PLUGIN):  # the others read their source
            names.append("source_placeholder")
        for name in names:
            content = kwargs[name].source if name in kwargs else None
            is_page = isinstance(content, PageContent)
            if is_page and drafts_of(PageContent.admin_manager.filter(pk=content.pk)).first() is None:
                raise PermissionDenied(_("This is no draft any more: somebody else was first."))
        return send(self, request, operation, **kwargs)

    return send_and_lock


def drafts_of(contents):
    """Returns the drafts among the versions of contents of pages; whoever reads one locks it."""
    return Version.objects.select_for_update(of=("self",)).filter(
        content_type=ContentType.objects.get_for_model(PageContent),
        object_id__in=contents.values("pk"),
        state=DRAFT,
    )


def with_origin(send):
    """Decorates a method that tells of an operation only if the request says from which page it comes."""

    @wraps(send)
    def send_always(self, request, *args, **kwargs):
        if not request.GET.get("cms_path"):
            request.GET = request.GET.copy()
            request.GET["cms_path"] = "/"
        return send(self, request, *args, **kwargs)

    return send_always


def is_number(value):
    """True for a number that is not too long for a column of the database."""
    return value.isdecimal() and len(value) < 19


def with_fields(view, fields):
    """Decorates a view, so that it answers a form without these fields with a sentence, not with an error."""

    @wraps(view)
    def checked(self, request):
        values = [(name, request.POST.get(name, "")) for name in fields]
        if request.method == "POST" and not all(
            is_number(value) if name.endswith("_id") else value for name, value in values
        ):
            return HttpResponseBadRequest(
                _("The request does not say which blocks it is about: reload the page, and try again.")
            )
        return view(self, request)

    return checked


def with_another_place(move_plugin):
    """Decorates the view that moves a block, which fails where the place is none, or the block's own."""

    @wraps(move_plugin)
    def checked(self, request):
        numbers = {
            name: request.POST.get(name) or "0"
            for name in ("plugin_id", "placeholder_id", "plugin_parent", "target_position")
        }
        block, place = numbers["plugin_id"], numbers["placeholder_id"]
        is_nowhere = (
            not all(map(is_number, numbers.values()))
            or int(numbers["target_position"]) > MOST_BLOCKS
            or numbers["plugin_parent"] == block
            or CMSPlugin.objects.filter(pk=block, placeholder=place).exists()
            or (place != "0" and not Placeholder.objects.filter(pk=place).exists())
        )
        if request.method == "POST" and is_nowhere:
            return HttpResponseBadRequest(
                _("A block cannot be moved there: reload the page, and choose another place.")
            )
        return move_plugin(self, request)

    return checked


def from_another_language(copy_language):
    """Decorates the view that copies blocks: never within one language, and as a change of the draft."""

    @wraps(copy_language)
    @transaction.atomic
    def copy_and_note(self, request, object_id):
        source = get_object_or_404(PageContent.admin_manager, pk=object_id)
        language = request.POST.get("target_language")
        if language == source.language:
            return HttpResponseBadRequest(
                _("These blocks are in this language already: choose another one to copy them into.")
            )
        contents = PageContent.admin_manager.filter(page=source.page, language=language)
        draft = drafts_of(contents).first()
        if draft is None:
            return HttpResponseBadRequest(_("This page has no draft in that language: begin one first."))
        response = copy_language(self, request, object_id)
        if response.status_code == 200:
            draft.modified = timezone.now()
            draft.save(update_fields=["modified"])
        return response

    return copy_and_note
