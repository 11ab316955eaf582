"""The forms of the start; each is checked as a whole, and saves nothing unless all of it is right."""

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisation.admin.look import NAMES, colour_field
from organisation.models import Organisation, SiteSettings
from organisation.slugs import unique_slug

from .progress import people_exist

REASON = "The start of the portal"


class PeopleExist(Exception):
    """Refuses to make the first people a second time."""


class SettingsForm(forms.ModelForm):
    """Edits some of the settings of the site, in the one row that there is."""

    def __init__(self, data=None, *, progress, **options):
        self.progress = progress
        instance = SiteSettings.objects.first() or SiteSettings()
        super().__init__(data, instance=instance, **options)

    def save(self, user=None):
        self.instance._history_user, self.instance._change_reason = user, REASON
        return super().save()


class WhoForm(SettingsForm):
    """Names the site, and makes the record of the organisation whose it is."""

    short_name = forms.CharField(
        label=_("short name"),
        max_length=100,
        required=False,
        help_text=_(
            "The name its own texts use after the first mention, for example “Harbour Aid”. "
            "Leave it empty if there is none."
        ),
    )

    class Meta:
        model = SiteSettings
        fields = ["name", "sentence", "publisher"]

    def __init__(self, data=None, *, progress, **options):
        super().__init__(data, progress=progress, **options)
        self.organisation = Organisation.objects.filter(pk=progress.organisation or 0).first()
        if self.organisation:
            self.initial["short_name"] = self.organisation.short_name
        self.fields["name"].required = self.fields["publisher"].required = True
        self.fields["publisher"].label = _("your organisation")
        self.fields["publisher"].help_text = _("Its official name, as it writes it.")

    def clean(self):
        values = super().clean()
        if values.get("publisher"):
            organisation = self.organisation or Organisation(profiled=True)
            organisation.official_name = values["publisher"]
            organisation.short_name = values.get("short_name", "")
            if not organisation.pk:
                stem = slugify(organisation.short_name or organisation.official_name) or "organisation"
                organisation.slug = unique_slug(Organisation.objects.all(), stem, 50)
            try:
                organisation.full_clean()
            except ValidationError as error:
                for name, messages in error.message_dict.items():
                    self.add_error(name if name == "short_name" else "publisher", messages)
            self.organisation = organisation
        return values

    def save(self, user=None):
        self.organisation._history_user, self.organisation._change_reason = user, REASON
        self.organisation.save()
        self.progress.organisation = self.organisation.pk
        return super().save(user)


class LookForm(SettingsForm):
    """Chooses the colours; what could not be read is refused with the nearest that can be."""

    class Meta:
        model = SiteSettings
        fields = list(NAMES)

    def __init__(self, data=None, *, progress, **options):
        super().__init__(data, progress=progress, **options)
        for name in NAMES:
            self.fields[name] = colour_field(SiteSettings._meta.get_field(name))


class ContactForm(SettingsForm):
    """Says what may be done with the data, and how readers reach the people of the site."""

    class Meta:
        model = SiteSettings
        fields = ["licence", "email", "postal_address", "telephone"]
        widgets = {"postal_address": forms.Textarea(attrs={"rows": 4})}


class PeopleForm(forms.Form):
    """Makes the accounts of the first two people, or of one who is alone for now."""

    name = forms.CharField(
        label=_("your name for logging in"),
        max_length=150,
        help_text=_("Letters, digits and @ . + - _, for example “alice”."),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    password = forms.CharField(
        label=_("your password"),
        strip=False,
        help_text=_("At least 12 characters, such as four words that do not belong together."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("your password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    alone = forms.BooleanField(
        label=_("I am alone for now"),
        required=False,
        help_text=_("Nobody else then reads what changes before readers do, and every page says so."),
    )
    second_name = forms.CharField(
        label=_("the second person's name for logging in"), max_length=150, required=False
    )
    second_password = forms.CharField(
        label=_("a first password for the second person"),
        strip=False,
        required=False,
        help_text=_(
            "At least 12 characters; it can be read here, so that you can hand it over in private. "
            "They change it under “How you log in”."
        ),
        # Nobody writes it twice, so a slip that cannot be seen would lock the second person out.
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )

    def __init__(self, data=None, *, progress, **options):
        super().__init__(data, **options)

    def clean(self):
        values = super().clean()
        if values.get("password") and values.get("password") != values.get("password_again"):
            self.add_error("password_again", _("The two passwords differ: write the same one twice."))
        self.first = self.account("name", "password")
        self.second = None
        if values.get("alone"):
            if values.get("second_name") or values.get("second_password"):
                self.add_error("alone", _("You name a second person: take the tick away, or their name."))
        elif not values.get("second_name"):
            self.add_error("second_name", _("Name the second person, or tick that you are alone for now."))
        elif values["second_name"].casefold() == values.get("name", "").casefold():
            self.add_error("second_name", _("These are two people: give each a name of their own."))
        else:
            self.second = self.account("second_name", "second_password")
        return values

    def account(self, name_field, password_field):
        """Returns an account that is not stored yet; what is wrong with it stands at its fields."""
        name, password = self.cleaned_data.get(name_field), self.cleaned_data.get(password_field)
        account = get_user_model()(username=name or "", is_staff=True)
        if name:
            try:
                account.full_clean(exclude=["password"])
            except ValidationError as error:
                self.add_error(name_field, error.messages)
        if not password:
            if not self.has_error(password_field):
                self.add_error(password_field, gettext("Write a password."))
            return account
        try:
            validate_password(password, account)
        except ValidationError as error:
            self.add_error(password_field, error.messages)
        account.raw_password = password
        return account

    def save(self, user=None):
        """Stores the accounts, each of somebody who may publish the other's changes; returns the first."""
        # Of two that are sent at once, the second waits here, and finds the people of the first.
        publisher = Group.objects.select_for_update().get(name="publisher")
        if people_exist():
            raise PeopleExist
        for account in filter(None, (self.first, self.second)):
            account.set_password(account.raw_password)
            account.save()
            account.groups.add(publisher)
        if self.second is None:
            row = SiteSettings.objects.first() or SiteSettings()
            row.one_person_alone = True
            row._history_user, row._change_reason = self.first, REASON
            row.save()
        return self.first


FORMS = {"who": WhoForm, "look": LookForm, "people": PeopleForm, "contact": ContactForm}
