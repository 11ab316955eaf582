"""The forms of a review page: each is one action, and every refusal comes back in its form."""

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def text_field(label, help_text="", rows=2):
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=2000,
        widget=AdminTextareaWidget(attrs={"rows": rows}),
    )


def reason_field(help_text, refusal):
    """Returns a field for a reason that has to be given; `refusal` is said where it is not."""
    return forms.CharField(
        label=_("reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=help_text,
        error_messages={"required": refusal},
    )


def time_field():
    """Returns a field for the date and the time at which readers are to see something."""
    return forms.SplitDateTimeField(
        label=_("date and time (UTC)"),
        required=False,
        help_text=_("Only for the schedule: when readers are to see it, in universal time."),
        widget=forms.SplitDateTimeWidget(
            date_format="%Y-%m-%d",
            date_attrs={"type": "date", "aria-label": _("date")},
            time_format="%H:%M",
            time_attrs={"type": "time", "aria-label": _("time (UTC)")},
        ),
        error_messages={
            "invalid_date": _("That is no date: write it as 2027-03-31."),
            "invalid_time": _("That is no time: write it as 09:00."),
        },
    )


class ReviewForm(forms.Form):
    """An action that a permission allows. `steps` are its buttons: {value: the message once it is done}."""

    permission = ""
    steps = {}
    # The fields at which refusals with these codes are shown; all others stand above the form.
    field_of_code = {"reason": "reason", "past": "at"}

    def __init__(self, by, step="", prefix="", **kwargs):
        super().__init__(prefix=prefix or next(iter(self.steps)), **kwargs)
        self.by, self.step = by, step

    @property
    def reference(self):
        """What the messages call the thing under review."""
        raise NotImplementedError

    def is_offered(self):
        return True

    def perform(self):
        """Acts, and returns the message that says so; empty if it was refused, and then the form says why."""
        if self.is_valid():
            try:
                self.act(**self.cleaned_data)
                return self.steps[self.step] % {"reference": self.reference}
            except ValidationError as error:
                self.add_error(self.field_of_code.get(getattr(error, "code", None)), error)
        return ""
