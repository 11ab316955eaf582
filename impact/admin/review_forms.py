"""The forms of a claim's review page, one for each action."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.admin.review_form import ReviewForm, text_field, time_field
from organisation.templatetags.records import form_address
from organisation.visibility_lock import lock_visibility

from ..checklist import findings
from ..models import Change, ReviewLink, Stage
from ..usage import pages_saying_the_same, resting_on_the_same
from .public_with import is_seen

MAX_DAYS = 60
STILL_READ = _(
    "These rest on the same words and are still read: look whether they say them. {records}. "
    "Withdraw a claim that does: a new edition of it would leave the earlier one to be read."
)


class ClaimForm(ReviewForm):
    permission = "impact.change_claim"

    def __init__(self, claim, by, step="", **kwargs):
        super().__init__(by, step, **kwargs)
        self.claim = claim

    @property
    def reference(self):
        return self.claim.reference

    @transaction.atomic
    def perform(self):
        """Acts on the claim as it is once nobody else changes it: with that, what was shown is compared."""
        lock_visibility()
        self.claim = self.claim.locked()
        return super().perform()


class TransitionForm(ClaimForm):
    """An action that depends on what was shown: the checksum of that comes back with it."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_seen(self):
        """Returns the fingerprint of the words if the page has shown what there is now, else nothing."""
        return self.claim.fingerprint if is_seen(self.claim, self.cleaned_data["seen"]) else ""


class SubmitForm(TransitionForm):
    steps = {"submit": _("%(reference)s is submitted for review.")}
    note = text_field(_("note for the reviewer"), _("For whoever publishes it: what to look at."))

    def is_offered(self):
        return not self.claim.awaits_decision and self.claim.differs_from_published()

    def act(self, seen, note):
        self.claim.submit(self.by, note, seen=seen)


class RetireForm(TransitionForm):
    """Submits the claim to be retired; somebody else decides, as with any change."""

    steps = {"retire": _("%(reference)s is submitted to be retired.")}
    note = text_field(
        _("note for the reviewer"), _("Why it does not hold any more, and since when, if that is known.")
    )

    def is_offered(self):
        return self.claim.can_be_retired()

    def act(self, seen, note):
        self.claim.ask_to_retire(self.by, note, seen=seen)


class DecisionForm(TransitionForm):
    """Publishes the words that were read, now or later, with every warning of the checklist seen."""

    permission = "impact.publish_claim"
    steps = {"publish": _("%(reference)s is published."), "schedule": _("%(reference)s is on the schedule.")}

    change = forms.ChoiceField(
        label=_("kind of change"),
        required=False,
        widget=forms.RadioSelect,
        choices=[(kind.value, kind.label) for kind in (Change.CORRECTION, Change.UPDATE, Change.RETIRED)],
    )
    reason = text_field(
        _("reason for readers"), _("Read by everyone once it is published: what changed, and why.")
    )
    at = time_field()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.findings = findings(self.claim)
        for finding in self.findings:
            self.fields[finding.key] = forms.BooleanField(
                label=_("I have seen this."),
                error_messages={"required": _("Tick that you have seen this, or change the claim.")},
            )
        self.has_readers = self.claim.editions.exists()
        if not self.has_readers:
            del self.fields["change"], self.fields["reason"]
        elif self.claim.is_to_be_retired:
            self.fields["change"].choices = [(Change.RETIRED.value, Change.RETIRED.label)]
            self.fields["change"].initial = Change.RETIRED.value

    def is_offered(self):
        return self.claim.awaits_decision and not self.claim.is_own_change(self.by)

    @property
    def checklist(self):
        return [(finding.sentence, self[finding.key]) for finding in self.findings]

    def clean(self):
        cleaned = super().clean()
        if not self.claim.awaits_decision:
            raise ValidationError(_("The claim is not submitted for review: nothing was decided."))
        # Asked before the other fields, and again under the lock by the transition itself.
        self.claim.check_seen(cleaned["seen"])
        if self.has_readers and not cleaned.get("change") and "change" not in self.errors:
            self.add_error("change", _("Choose what kind of change it is: readers see it."))
        self.check_reason(cleaned.get("reason", ""))
        if self.step == "schedule" and not cleaned.get("at") and "at" not in self.errors:
            self.add_error("at", _("Give the date and the time at which readers are to see it."))
        return cleaned

    def check_reason(self, reason):
        try:
            self.claim.check_publishable(reason)
        except ValidationError as error:
            self.add_error(None, error)
            return
        if self.has_readers and not reason:
            self.add_error("reason", _("Say what changed and why: readers see the reason."))

    def act(self, seen, at, change="", reason="", **ticks):
        warnings = [finding.sentence for finding in self.findings]
        if self.step == "schedule":
            self.claim.schedule(self.by, at, reason, change, warnings, seen=seen)
        else:
            self.claim.publish(self.by, reason, change, warnings, seen=seen)


class ReturnForm(TransitionForm):
    permission = "impact.publish_claim"
    steps = {"return": _("%(reference)s is returned.")}
    reason = text_field(_("reason"), _("For whoever wrote it: what has to change. Readers do not see it."))

    def is_offered(self):
        return self.claim.awaits_decision

    def act(self, seen, reason):
        self.claim.send_back(self.by, reason, seen=seen)


class UnscheduleForm(TransitionForm):
    permission = "impact.publish_claim"
    steps = {"unschedule": _("%(reference)s is taken off the schedule and waits for a decision.")}
    reason = text_field(_("reason"), _("Kept in the record of the review. Readers do not see it."))

    def is_offered(self):
        return self.claim.stage == Stage.SCHEDULED

    def act(self, seen, reason):
        self.claim.unschedule(self.by, reason, seen=seen)


class WithdrawForm(TransitionForm):
    permission = "impact.publish_claim"
    steps = {"withdraw": _("%(reference)s is withdrawn.")}
    reason = text_field(_("reason for readers"), _("Stands where the claim stood."))
    is_for_safety = forms.BooleanField(
        label=_("withhold the words that it quotes, for somebody's safety"),
        required=False,
        help_text=_(
            "Readers find them blacked out in the sources, too, with a sentence that says why. "
            "Name nobody in the reason."
        ),
    )

    def is_offered(self):
        return self.claim.current_edition_id is not None

    def act(self, seen, reason, is_for_safety):
        self.claim.withdraw(self.by, reason, is_for_safety, seen=seen)

    def perform(self):
        """Names those, too, that may repeat in words of their own what readers must not find."""
        message = super().perform()
        if not message or not self.cleaned_data["is_for_safety"]:
            return message
        places = [
            (each.address, f"{each.title} ({each.address})") for each in pages_saying_the_same(self.claim)
        ]
        others = [(form_address(each), each) for each in resting_on_the_same(self.claim)] + places
        if others:
            links = format_html_join("; ", '<a href="{}">{}</a>', others)
            message = format_html("{} {}", message, format_html(STILL_READ, records=links))
        return message


class RestoreForm(TransitionForm):
    permission = "impact.publish_claim"
    steps = {"restore": _("%(reference)s shows the earlier wording again.")}
    edition = forms.ModelChoiceField(
        None,
        label=_("edition"),
        empty_label=None,
        error_messages={
            "required": _("Choose an earlier edition."),
            "invalid_choice": _("Choose an earlier edition of this claim."),
        },
    )
    reason = text_field(_("reason for readers"), _("Stands in the log of corrections."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["edition"].queryset = self.claim.editions.exclude(
            pk=self.claim.current_edition_id
        ).order_by("-number")
        self.fields["edition"].label_from_instance = lambda edition: (
            gettext("Edition %(number)d: %(words)s")
            % {
                "number": edition.number,
                "words": edition.statement[:80],
            }
        )

    def is_offered(self):
        return self.fields["edition"].queryset.exists()

    def act(self, seen, edition, reason):
        self.claim.restore(edition, self.by, reason, seen=seen)


class LinkForm(ClaimForm):
    """Makes a link for somebody without an account. `address` holds its secret, this once, afterwards."""

    permission = "impact.add_reviewlink"
    steps = {"link": _("The link for an outside reviewer of %(reference)s is made.")}
    for_whom = forms.CharField(
        label=_("name of the person"),
        max_length=200,
        help_text=_("Stands in the record of the review beside what they say."),
        error_messages={"required": _("Say for whom the link is.")},
    )
    days = forms.IntegerField(
        label=_("days"),
        min_value=1,
        max_value=MAX_DAYS,
        initial=ReviewLink.LIFETIME.days,
        help_text=_("How long the link leads to the draft."),
        error_messages={
            code: _("Give a number of days from 1 to 60.")
            for code in ("required", "invalid", "min_value", "max_value")
        },
    )
    address = ""

    def is_offered(self):
        return self.claim.stage != Stage.PUBLISHED

    def act(self, for_whom, days):
        _link, self.address = ReviewLink.issue(self.claim, self.by, for_whom, timedelta(days=days))


class RevokeForm(ClaimForm):
    permission = "impact.change_reviewlink"
    steps = {"revoke": _("The link for an outside reviewer of %(reference)s is taken back.")}
    link = forms.ModelChoiceField(
        None,
        widget=forms.HiddenInput,
        error_messages={
            code: _("That link leads nowhere any more.") for code in ("required", "invalid_choice")
        },
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["link"].queryset = self.claim.review_links.open()

    def act(self, link):
        link.revoke(self.by)


FORMS = [
    SubmitForm,
    RetireForm,
    DecisionForm,
    ReturnForm,
    UnscheduleForm,
    WithdrawForm,
    RestoreForm,
    LinkForm,
    RevokeForm,
]
FORM_OF_STEP = {step: form for form in FORMS for step in form.steps}
