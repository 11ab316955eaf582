"""The upkeep of a text in the admin: owner, next review, words to check, and the action “Still true”."""

from functools import partial

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html_join
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from ..style_checks import aging_words, superlatives
from .proposals import propose_or_save, proposed_sentence, request_to, save_or_proposal
from .record import RecordAdmin


class UpkeepFilter(admin.SimpleListFilter):
    title = _("upkeep")
    parameter_name = "upkeep"

    def lookups(self, request, model_admin):
        return [
            ("overdue", _("review overdue")),
            ("aging", _("with words that age")),
            ("superlatives", _("with a superlative that nobody independent supports")),
            ("mine", _("mine to look after")),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "overdue":
                return queryset.overdue()
            case "aging":
                return queryset.with_aging_words()
            case "superlatives":
                return queryset.with_unsupported_superlatives()
            case "mine":
                return queryset.filter(owner=request.user)


class EvidenceFilter(admin.SimpleListFilter):
    title = _("evidence")
    parameter_name = "evidence"

    def lookups(self, request, model_admin):
        return [("unsourced", _("no source states or supports it"))]

    def queryset(self, request, queryset):
        return queryset.unsourced() if self.value() == "unsourced" else queryset


class UpkeepAdmin(RecordAdmin):
    """Edits a record with an owner and a review date."""

    actions = ["find_still_true"]
    readonly_fields = ["confirmed_on", "words_that_age", "words_that_excel"]
    upkeep_fieldset = (
        _("Care"),
        {"fields": ["owner", "review_by", "confirmed_on", "words_that_age", "words_that_excel"]},
    )

    def get_urls(self):
        name = f"{self.opts.app_label}_{self.opts.model_name}_still_true"
        return [
            path("<path:object_id>/still-true/", self.admin_site.admin_view(self.still_true_view), name=name),
            *super().get_urls(),
        ]

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name != "owner":
            return super().formfield_for_foreignkey(db_field, request, **kwargs)
        staff = get_user_model().objects.filter(is_active=True, is_staff=True)
        errors = {"required": _("Name an owner: a member of staff who sees to it that it stays true.")}
        options = {
            "queryset": staff,
            "required": True,
            "initial": request.user.pk,
            "error_messages": errors,
        }
        return super().formfield_for_foreignkey(db_field, request, **kwargs | options)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change and self.has_change_permission(request, obj):
            name = f"admin:{self.opts.app_label}_{self.opts.model_name}_still_true"
            context["still_true_address"] = reverse(name, args=[obj.pk])
        return super().render_change_form(
            request, context, add=add, change=change, form_url=form_url, obj=obj
        )

    @method_decorator(require_POST)
    def still_true_view(self, request, object_id):
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        if not self.has_change_permission(request, record):
            raise PermissionDenied

        def confirm():
            if self.confirm(request, record):
                message = gettext("Found still true today; the next review is a year from now.")
                self.message_user(request, message, messages.SUCCESS)
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", record.pk)

        return propose_or_save(request, confirm, record)

    def confirm(self, request, record):
        """Returns whether the record could be found still true; says why not."""
        try:
            record.confirm(request.user)
        except ValidationError as error:
            self.message_user(request, " ".join(error.messages), messages.ERROR)
            return False
        return True

    @admin.action(description=_("Still true"), permissions=["change"])
    def find_still_true(self, request, queryset):
        """Sends the form of “Still true” for each record, so that each is a proposal of its own."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_still_true"
        outcomes = [
            save_or_proposal(
                request_to(request, reverse(name, args=[record.pk])),
                partial(self.confirm, request, record),
                record,
            )
            for record in queryset
        ]
        if confirmed := outcomes.count((True, None)):
            message = ngettext(
                "%(count)d was found still true today.", "%(count)d were found still true today.", confirmed
            )
            self.message_user(request, message % {"count": confirmed}, messages.SUCCESS)
        for proposal in [proposal for _response, proposal in outcomes if proposal]:
            self.message_user(request, proposed_sentence(request.user, proposal), messages.SUCCESS)

    @admin.display(description=_("words that age"))
    def words_that_age(self, record):
        return matches_html(record, aging_words)

    @admin.display(description=_("superlatives"))
    def words_that_excel(self, record):
        return matches_html(record, superlatives)


def matches_html(record, find):
    """Returns a line for each match of a style check in the record's text, with the reason."""
    matches = find(" ".join(getattr(record, name) for name in record.style_checked_fields))
    lines = [gettext("“%(words)s”: %(why)s") % {"words": match, "why": why} for match, why in matches.items()]
    return format_html_join("", "<div>{}</div>", [[line] for line in lines]) or _("none found")
