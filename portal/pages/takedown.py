"""Takes a page down with a reason, and puts the same version back at the same address."""

from functools import wraps

from cms.utils.plugins import downcast_plugins
from django.contrib import messages
from django.contrib.redirects.models import Redirect
from django.core import serializers
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from djangocms_text.models import Text
from djangocms_versioning.constants import DRAFT, OPERATION_PUBLISH, PUBLISHED, UNPUBLISHED
from djangocms_versioning.models import StateTracking, Version

from organisation.admin.proposals import given_reason
from organisation.characters import prose_of
from organisation.models import Takedown
from organisation.quotation import check_unsaid

from .addresses import address_of, old_addresses_lead_on, public_addresses
from .plain_text import plain_text
from .tree import lock_tree


def with_reason(unpublish_view):
    """Decorates the view that takes a page down: it asks for a reason, and notes who did it and why."""

    @wraps(unpublish_view)
    @transaction.atomic
    def unpublish_with_reason(self, request, object_id):
        version = self.get_object(request, object_id)
        is_taken_down = (
            request.method == "POST"
            and version is not None
            and version.state == PUBLISHED
            and version.check_unpublish.as_bool(request.user)
        )
        if not is_taken_down:
            return unpublish_view(self, request, object_id)
        reason = given_reason(request)
        if not reason:
            messages.error(request, _("Say why you take the page down: nothing was done."))
            return redirect(request.get_full_path())
        title, rows = version.content.title, redirects_to(version)
        response = unpublish_view(self, request, object_id)
        state = StateTracking.objects.filter(version=version, new_state=UNPUBLISHED).latest("pk")
        stored = Version.objects.get(pk=version.pk)
        Takedown.objects.note(stored, request.user, reason, title=title, at=state.date, rows=rows)
        return response

    return unpublish_with_reason


def redirects_to(version):
    """Returns the old addresses that lead to a page, or to one below it, as Django serialises them."""
    path = version.content.page.get_path(version.content.language)
    address = address_of(path, version.content.language)
    leading = Q(new_path=address) | (Q(new_path__startswith=address) if path else Q())
    return serializers.serialize("python", Redirect.objects.filter(leading))


def put_back(version, by, rows):
    """Publishes the version again that was taken down; the old addresses that led to it do so again."""
    lock_tree()
    taken_down = Version.objects.select_for_update(of=("self",)).get(pk=version.pk)
    if taken_down.state != UNPUBLISHED or versions_beside(version).filter(state=PUBLISHED).exists():
        raise ValidationError(_("The page was published anew since: nothing was put back."), code="state")
    check_unsaid(*texts_of(version.content))
    # The CMS publishes drafts alone, and this version was read by two people before it went up.
    Version.objects.filter(pk=version.pk).update(state=DRAFT)
    try:
        with old_addresses_lead_on():
            Version.objects.get(pk=version.pk).publish(by)
    except IntegrityError as error:
        raise ValidationError(
            _("Another page has its address now: move that one first, then put this one back.")
        ) from error
    state = StateTracking.objects.filter(version=version, new_state=PUBLISHED).latest("pk")
    state.old_state = UNPUBLISHED  # the log tells it from a publication by that
    state.save(update_fields=["old_state"])
    answering = public_addresses().values()
    for row in rows:
        if row["fields"]["new_path"] in answering:
            gone = Redirect.objects.filter(old_path=row["fields"]["old_path"], new_path="")
            gone.update(new_path=row["fields"]["new_path"])


def texts_of(content):
    """Yields what somebody wrote into a page: into its titles, and into each block."""
    yield prose_of(content)
    for placeholder in content.get_placeholders():
        for block in downcast_plugins(placeholder.get_plugins()):
            yield plain_text(block.body) if isinstance(block, Text) else prose_of(block)


def versions_beside(version):
    """Returns the versions of the same page in the same language."""
    return Version.objects.filter_by_content_grouping_values(version.content)


def settle(obj, operation, **kwargs):
    """Closes what was taken down of a page once a version of it is published; is called by a signal."""
    if operation == OPERATION_PUBLISH:
        down = Takedown.objects.open().about(versions_beside(obj))
        down.update(state=Takedown.State.PUBLIC_AGAIN)
