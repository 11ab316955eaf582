"""The page on which the draft of a page is submitted, and somebody else decides on it."""

from cms.models import PageContent
from cms.toolbar.utils import get_object_edit_url, get_object_preview_url
from django import forms
from django.contrib import admin, messages
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, SuspiciousOperation, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from djangocms_versioning.constants import DRAFT
from djangocms_versioning.helpers import version_list_url
from djangocms_versioning.models import Version

from organisation.admin.review_form import ReviewForm, text_field, time_field
from organisation.differences import Difference, field_texts
from portal.models import PageStep
from portal.pages import prose, workflow
from portal.pages.addresses import address_of
from portal.pages.markup_values import markup_values
from portal.pages.review import (
    accessibility_faults,
    is_confirmed,
    is_own_change,
    unseen_faults,
    withheld_faults,
)
from portal.search.page_text import page_text, search_words

Kind = PageStep.Kind


class DraftForm(ReviewForm):
    """An action on a draft as it was shown: the time of its last change comes back with it."""

    permission = "cms.change_page"
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    kinds = ()  # the last steps after which it is offered; None stands for a draft that nobody submitted

    def __init__(self, draft, by, step="", **kwargs):
        super().__init__(by, step, **kwargs)
        self.draft, self.last_kind = draft, workflow.kind_of_last_step(draft)

    @property
    def reference(self):
        return self.draft.content.title

    def is_offered(self):
        return self.last_kind in self.kinds

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("seen") != seen_value(self.draft):
            raise ValidationError(_("The draft was changed since this page was opened: read it once more."))
        return cleaned


class SubmitForm(DraftForm):
    steps = {"submit": _("“%(reference)s” is submitted for review.")}
    kinds = (None, Kind.RETURNED, Kind.TAKEN_BACK)
    note = text_field(_("note for the reviewer"), _("For whoever publishes it: what to look at."))

    def act(self, seen, note):
        workflow.submit(self.draft, self.by, note)


class TakeBackForm(DraftForm):
    steps = {"take-back": _("“%(reference)s” is a draft again.")}
    kinds = workflow.AWAITING

    def act(self, seen):
        workflow.take_back(self.draft, self.by)


class PublishForm(DraftForm):
    permission = "cms.publish_page"
    steps = {
        "publish": _("“%(reference)s” is published."),
        "schedule": _("“%(reference)s” is on the schedule."),
    }
    kinds = workflow.PUBLISHABLE
    at = time_field()

    def is_offered(self):
        return workflow.is_publishable_by(self.draft, self.by)

    def clean(self):
        cleaned = super().clean()
        if not self.is_offered():
            raise ValidationError(_("The draft does not wait for a decision of yours: nothing was done."))
        if self.step == "schedule" and not cleaned.get("at") and "at" not in self.errors:
            self.add_error("at", _("Give the date and the time at which readers are to see it."))
        return cleaned

    def act(self, seen, at):
        if self.step == "schedule":
            workflow.schedule(self.draft, self.by, at)
        else:
            workflow.publish(self.draft, self.by)


class DecisionForm(DraftForm):
    """For whoever may decide: a publisher, or an editor where the change is a publisher's."""

    def is_offered(self):
        return super().is_offered() and workflow.may_be_decided_by(self.draft, self.by)


class ConfirmForm(DecisionForm):
    steps = {"confirm": _("“%(reference)s” is confirmed: whoever made the change may publish it.")}
    kinds = workflow.AWAITING

    def is_offered(self):
        return super().is_offered() and not self.by.has_perm(workflow.PUBLISH)

    def act(self, seen):
        workflow.confirm(self.draft, self.by)


class ReturnForm(DecisionForm):
    steps = {"return": _("“%(reference)s” is returned.")}
    kinds = (*workflow.PUBLISHABLE, Kind.SCHEDULED)
    reason = text_field(_("reason"), _("For whoever wrote it: what has to change. Readers do not see it."))

    def act(self, seen, reason):
        workflow.send_back(self.draft, self.by, reason)


class UnscheduleForm(DraftForm):
    permission = "cms.publish_page"
    steps = {"unschedule": _("“%(reference)s” is taken off the schedule and waits for a decision.")}
    kinds = (Kind.SCHEDULED,)

    def act(self, seen):
        workflow.unschedule(self.draft, self.by)


FORMS = [SubmitForm, PublishForm, ConfirmForm, ReturnForm, UnscheduleForm, TakeBackForm]
FORM_OF_STEP = {step: form for form in FORMS for step in form.steps}


def seen_value(draft):
    return draft.modified.isoformat()


def page_review(request, pk):
    """Shows a draft with its steps and the forms of what may be done with it; takes one of them."""
    if not request.user.has_perm("cms.change_page"):
        raise PermissionDenied
    draft = draft_or_404(pk, is_locked=request.method == "POST")
    if draft.state != DRAFT:
        messages.info(request, gettext("This is no draft any more: here are all versions of the page."))
        return redirect(version_list_url(draft.content))
    form = None
    if request.method == "POST":
        step = request.POST.get("do")
        if step not in FORM_OF_STEP:
            raise SuspiciousOperation("no such step")
        if not request.user.has_perm(FORM_OF_STEP[step].permission):
            raise PermissionDenied
        form = FORM_OF_STEP[step](draft, request.user, step, data=request.POST)
        if message := form.perform():
            messages.success(request, message)
            return redirect("admin:index" if step in ("publish", "return") else request.path)
        draft = draft_or_404(pk)  # it may be another than the one the form was filled in for
    return show(request, draft, form)


def draft_or_404(pk, is_locked=False):
    """Returns the version; locked until the transaction ends, if nobody may change what was seen."""
    versions = Version.objects.filter(content_type=ContentType.objects.get_for_model(PageContent))
    return get_object_or_404(versions.select_for_update(of=("self",)) if is_locked else versions, pk=pk)


def show(request, draft, sent_form):
    content = draft.content
    published = Version.objects.filter_by_content_grouping_values(content).filter(state="published").first()
    context = admin.site.each_context(request) | {
        "title": gettext("Review of “%(title)s”") % {"title": content.title},
        "draft": draft,
        "seen": seen_value(draft),
        "last_step": workflow.last_step(draft),
        "is_own_change": is_own_change(draft, request.user),
        "is_confirmed": is_confirmed(draft),
        "published": published,
        "faults": [*withheld_faults(content), *unseen_faults(content), *accessibility_faults(content)],
        "findings": list(prose.findings(content)),
        "differences": setting_differences(published and published.content, content),
        "words": word_differences(published and published.content, content),
        "preview_url": get_object_preview_url(content),
        "edit_url": get_object_edit_url(content),
        "versions_url": version_list_url(content),
        "steps": PageStep.objects.filter(version=draft).order_by("-at", "-pk"),
        "forms": forms_for(request.user, draft, sent_form),
    }
    return render(request, "admin/page_review.html", context)


def setting_differences(old, new):
    """Returns the settings of a page that a draft changes, which the page itself need not show."""
    differences = [
        Difference(field.verbose_name, *field_texts(old, new, field))
        for field in PageContent._meta.concrete_fields
        if field.editable and not field.is_relation and not field.primary_key
    ]
    places = [content and address_once_published(content) or "" for content in (old, new)]
    return [each for each in [Difference(gettext("address"), *places), *differences] if each.old != each.new]


def address_once_published(content):
    """Returns the address that a content gives its page; empty below a page that is not published."""
    path = content.page.get_url_data(content.slug, content.overwrite_url, content.language)["path"]
    return "" if path is None else address_of(path, content.language)


def word_differences(old, new):
    """Returns what a draft changes of a page that is not all seen on it.

    Searches find the heading of a block that has nothing to show yet; no word says where a link leads.
    """
    differences = [
        Difference(name, *[content and read(content) or "" for content in (old, new)])
        for name, read in (
            (gettext("words of the page"), page_text),
            (gettext("words that find the page"), lambda content: ", ".join(search_words(content))),
            (gettext("links, abbreviations and dates in its texts"), markup_values),
        )
    ]
    return [each for each in differences if each.old != each.new]


def forms_for(user, draft, sent_form):
    """Returns {first step: form} of the forms on offer; a refused one comes back as it was sent."""
    offered = {}
    for form_class in FORMS:
        is_sent = isinstance(sent_form, form_class) and sent_form.errors
        form = sent_form if is_sent else form_class(draft, user)
        if user.has_perm(form.permission) and (is_sent or form.is_offered()):
            offered[form.prefix.replace("-", "_")] = form
    return offered
