from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.admin import SimpleHistoryAdmin

from ..models import Consent, Picture
from ..models.consent_rules import CHECKLIST, USE_FIELDS
from ..pictures.sizes import encoded
from ..pictures.upload import PictureField
from .picture_steps import confirm_consent, receipt, withdraw_consent
from .proposals import ProposingAdmin
from .protected_delete import ProtectedDeleteAdmin

PREVIEW_WIDTH = 320
SOON = 60  # days before its end in which a consent counts as ending soon


class PictureForm(forms.ModelForm):
    """Takes a new picture with what is said of it; its file is neither changed nor replaced later."""

    upload = PictureField(
        help_text=_(
            "JPEG, PNG, WebP or AVIF, up to 40 megapixels and 20 MB. Place, camera and names inside the file "
            "are removed at once, and the file itself is not kept."
        )
    )

    class Meta:
        model = Picture
        fields = ["alt_text", "decorative", "caption", "credit", "licence", "made", "focal_x", "focal_y"]
        widgets = {"alt_text": AdminTextareaWidget(attrs={"rows": 2})}

    def clean_upload(self):
        upload = self.cleaned_data["upload"]
        Picture.objects.refuse_known(upload.picture)
        return upload

    def save(self, commit=True):
        if upload := self.cleaned_data.get("upload"):
            self.instance.take(upload.picture)
        return super().save(commit)


class ConsentInline(admin.StackedInline):
    """Edits the consents of a picture; they go with it alone."""

    model = Consent
    fk_name = "picture"
    extra = 0
    can_delete = False
    fieldsets = [
        (None, {"fields": ["shows", "given_by", "role", "how", "day", "ends_on"]}),
        (_("They agreed to"), {"fields": [USE_FIELDS]}),
        (_("The signed form"), {"fields": ["form_at", "seen_by", "renews"]}),
        (
            _("Of a child"),
            {"fields": ["guardian", "child_assents", "name_changed", "no_place", *CHECKLIST]},
        ),
    ]

    def get_extra(self, request, obj=None, **kwargs):
        return 0 if obj else 1

    def get_formset(self, request, obj=None, **kwargs):
        """Offers to renew the consents of this picture alone."""
        formset = super().get_formset(request, obj, **kwargs)
        renews = formset.form.base_fields.get("renews")
        if renews:
            renews.queryset = Consent.objects.filter(picture=obj, renews=None)
        return formset


class PictureFilter(admin.SimpleListFilter):
    title = _("pictures")
    parameter_name = "pictures"

    def lookups(self, request, model_admin):
        return [
            ("hidden", _("that readers may not see")),
            ("soon", _("whose consent ends soon")),
            ("unconfirmed", _("that wait to be confirmed")),
            ("children", _("that show children")),
            ("undescribed", _("without alternative text")),
            ("unused", _("that stand nowhere")),
            ("withdrawn", _("that were withdrawn")),
        ]

    def queryset(self, request, queryset):
        children = Consent.objects.filter(shows=Consent.Shows.CHILDREN)
        match self.value():
            case "hidden":
                return queryset.filter(withdrawn_at=None).exclude(pk__in=Picture.objects.showable("portal"))
            case "soon":
                return queryset.filter(pk__in=Consent.objects.ending_within(SOON).values("picture"))
            case "unconfirmed":
                waiting = children.filter(confirmed_by=None, withdrawn_at=None)
                return queryset.filter(pk__in=waiting.values("picture"))
            case "children":
                return queryset.filter(pk__in=children.values("picture"))
            case "undescribed":
                return queryset.filter(alt_text="")
            case "unused":
                return queryset.unused()
            case "withdrawn":
                return queryset.withdrawn()


@admin.register(Picture)
class PictureAdmin(ProposingAdmin, ProtectedDeleteAdmin, SimpleHistoryAdmin):
    """Edits pictures with their consents; a new one is seen by nobody until something shows it."""

    form = PictureForm
    inlines = [ConsentInline]
    list_display = ["__str__", "made", "added_at"]
    list_filter = [PictureFilter, "made"]
    list_per_page = 24
    actions = None
    search_fields = ["alt_text", "caption", "credit", "reference", "consents__given_by"]
    fieldsets = [
        (None, {"fields": ["upload", "alt_text", "decorative", "caption"]}),
        (_("Where it is from"), {"fields": ["credit", "licence", "made"]}),
        (_("Where to look"), {"fields": [("focal_x", "focal_y")]}),
    ]

    class Media:
        css = {"all": ["css/admin/pictures.css"]}

    def get_queryset(self, request):
        shown = Picture.objects.showable("portal").filter(pk=models.OuterRef("pk"))
        return (
            super()
            .get_queryset(request)
            .annotate(is_showable=models.Exists(shown))
            .prefetch_related("consents")
        )

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.fieldsets
        (name, options), *others = self.fieldsets
        first = {"fields": ["preview", "state", "steps", *options["fields"][1:]]}
        return [(name, first), *others]

    def get_readonly_fields(self, request, obj=None):
        own = ("preview", "state", "steps") if obj else ()
        return (*super().get_readonly_fields(request, obj), *own)

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        if obj:
            form.base_fields.pop("upload", None)
        return form

    def save_formset(self, request, form, formset, change):
        for each in formset.forms:
            if isinstance(each.instance, Consent) and each.has_changed():
                each.instance.written_by = request.user
        super().save_formset(request, form, formset, change)

    def has_delete_permission(self, request, obj=None):
        """Lets nobody delete what stands somewhere: it is withdrawn, or taken from there."""
        return super().has_delete_permission(request, obj) and not (obj and obj.places)

    @admin.display(description=_("picture"))
    def preview(self, picture):
        if not picture.file_id:
            return gettext("Withdrawn: nothing of it is left.")
        return format_html(
            '<img class="picture-preview" src="{}" width="{}" height="{}" alt="{}">',
            reverse("admin:picture-preview", args=[picture.pk]),
            min(PREVIEW_WIDTH, picture.width),
            picture.height_at(min(PREVIEW_WIDTH, picture.width)),
            picture.alt,
        )

    @admin.display(description=_("may it be shown?"))
    def state(self, picture):
        return state_of(picture)

    @admin.display(description=_("consents"))
    def steps(self, picture):
        return format_html_join("", '<a href="{}">{}</a> ', links_to_steps(picture)) or "–"

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/preview/", view(preview_file), name="picture-preview"),
            path("consent/<int:pk>/confirm/", view(confirm_consent), name="consent-confirm"),
            path("consent/<int:pk>/withdraw/", view(withdraw_consent), name="consent-withdraw"),
            path("receipt/<slug:reference>/", view(receipt), name="picture-receipt"),
            *super().get_urls(),
        ]


def state_of(picture):
    """Returns in a few words whether readers may see a picture, and until when or why not."""
    if picture.withdrawn_at:
        return gettext("withdrawn")
    consents = list(picture.consents.all())
    if not consents:
        return gettext("nobody has said who is in it")
    if not is_showable(picture):
        if any(consent.needs_confirmation for consent in consents):
            return gettext("waits until somebody else confirms the consent")
        return gettext("not shown: a consent has ended, has not begun, or is not for this site")
    day = last_day(consents)
    return gettext("until %(day)s") % {"day": day.isoformat()} if day else gettext("nobody in it")


def last_day(consents):
    """Returns the last day on which those in a picture that is shown are all covered; None of nobody.

    A consent that is renewed lasts as long as what renews it.
    """
    today, ends = timezone.now().date(), {}
    for each in consents:
        if each.for_portal and each.ends_on >= today and not each.needs_confirmation:
            first = each.renews_id or each.pk
            ends[first] = max(each.ends_on, ends.get(first, each.ends_on))
    return min(ends.values(), default=None)


def is_showable(picture):
    """Answers from what a list has asked already, else of an earlier state, too, by itself."""
    if hasattr(picture, "is_showable"):
        return picture.is_showable
    return Picture.objects.showable("portal").filter(pk=picture.pk).exists()


def links_to_steps(picture):
    """Returns (address, words) of what can be done with each consent, and of the receipt of a withdrawal."""
    links = []
    if picture.withdrawn_at:
        address = reverse("admin:picture-receipt", args=[picture.reference])
        return [(address, gettext("Receipt of the withdrawal"))]
    for consent in picture.consents.all():
        if consent.needs_confirmation:
            links.append(("admin:consent-confirm", _("Read and confirm: %(consent)s"), consent))
        of_nobody = consent.shows == Consent.Shows.NOBODY
        words = _("Somebody is in it after all") if of_nobody else _("Consent withdrawn: %(consent)s")
        links.append(("admin:consent-withdraw", words, consent))
    return [
        (reverse(name, args=[consent.pk]), words % {"consent": consent}) for name, words, consent in links
    ]


def preview_file(request, pk):
    """Sends a picture to staff, whether readers may see it or not."""
    if not request.user.has_perm("organisation.view_picture"):
        raise PermissionDenied
    picture = get_object_or_404(Picture, pk=pk)
    if not picture.file_id:
        raise Http404
    width = min(PREVIEW_WIDTH, picture.width)
    contents = encoded(picture.file.read(), (width, picture.height_at(width)), "webp")
    return HttpResponse(contents, content_type="image/webp")
