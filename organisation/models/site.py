import re
from functools import partial

from django.conf import settings
from django.contrib.sites.models import Site
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from ..characters import PlainText
from ..request_cache import LoadedOnce
from .contact import Contact
from .look import LookFields

HOST = r"(?:[A-Za-z0-9](?:[-A-Za-z0-9]*[A-Za-z0-9])?\.)+[A-Za-z](?:[-A-Za-z0-9]*[A-Za-z0-9])"
check_licence = RegexValidator(
    r"\A(?:https?://[^\s\"<>]+|[-A-Za-z0-9._]+)\Z",
    _("“%(value)s” is no licence: write its usual name, such as CC-BY-4.0, or its address."),
)
# As its makers write the name: “CC BY 4.0”.
CREATIVE_COMMONS = re.compile(r"(cc0|cc(?:[ -](?:by|nc|nd|sa))+)[ -](\d\.\d)", re.IGNORECASE)
# A host without a path: every address of the site is appended to it.
check_origin = RegexValidator(
    rf"\Ahttps?://{HOST}(?::[0-9]{{1,5}})?\Z",
    _("“%(value)s” is not the address of a site: write it like https://www.example.org, without a path."),
)


class SiteSettings(LookFields, PlainText, Contact):
    """The settings of the site are one row: its name, whose it is, how it speaks and how to reach its people.

    What belongs to the machine stands in the environment instead.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(
        _("name of the site"),
        max_length=100,
        help_text=_("It stands at the head of every page, in titles, feeds, documents and shared pictures."),
    )
    sentence = models.CharField(
        _("one sentence"),
        max_length=200,
        blank=True,
        help_text=_(
            "What readers find here, for searches and shared links. "
            "Left empty, a sentence says that the site shows who you are, what you did and what shows it."
        ),
    )
    publisher = models.CharField(
        _("whose site it is"),
        max_length=200,
        blank=True,
        help_text=_("The organisation or network that publishes this site, as it writes its name."),
    )
    footer_note = models.CharField(
        _("note in the footer"),
        max_length=300,
        blank=True,
        help_text=_("A sentence at the foot of every page and document. Left empty, there is none."),
    )
    licence = models.CharField(
        _("licence of the data"),
        max_length=200,
        blank=True,
        validators=[check_licence],
        help_text=_(
            "The licence of the published data, by its usual name, such as CC-BY-4.0, or its address. "
            "Left empty, the site says that none is on record."
        ),
    )
    several_organisations = models.BooleanField(
        _("it speaks of several organisations"),
        default=False,
        help_text=_("Tick this where the site shows several organisations: it then says “they”, not “we”."),
    )
    one_person_alone = models.BooleanField(
        _("one person alone publishes here"),
        default=False,
        help_text=_(
            "Tick this only if there is nobody else: nobody then reads what changes before readers do, "
            "and every page says so. It takes a publisher to propose it."
        ),
    )
    public_address = models.CharField(
        _("public address"),
        max_length=260,
        blank=True,
        validators=[check_origin],
        help_text=_(
            "The address under which others reach the site, such as https://www.example.org: citations, "
            "documents and codes to scan name it. Left empty, the site finds it out by itself where it can."
        ),
    )
    history = HistoricalRecords()

    # The change of any field is proposed, though only its staff knows why it is there.
    is_public = True
    private_fields = ()
    # What nobody but a publisher may so much as propose, by whichever way.
    fields_of_publishers = ("one_person_alone",)
    natural_key_fields = ()

    class Meta:
        verbose_name = _("settings of the site")
        verbose_name_plural = _("settings of the site")
        ordering = ["pk"]
        # There is always one row: nobody adds or deletes one.
        default_permissions = ("view", "change")
        constraints = [models.CheckConstraint(name="one_row_of_site_settings", condition=models.Q(id=1))]

    def __str__(self):
        return gettext("Settings of the site")

    def clean_fields(self, exclude=None):
        if licence := CREATIVE_COMMONS.fullmatch(self.licence.strip()):
            self.licence = f"{licence[1].upper().replace(' ', '-')}-{licence[2]}"
        super().clean_fields(exclude)

    def clean(self):
        from ..quotation import check_unsaid

        check_unsaid(self.name, self.sentence, self.publisher, self.footer_note, self.postal_address)
        self.clean_look()

    @property
    def title(self):
        """Returns the name, or words in its place on a site that has none yet."""
        return self.name or gettext("This site")

    @property
    def description(self):
        """Returns the sentence that says what the site is, one of the house's own where none is written."""
        if self.sentence:
            return self.sentence
        if self.several_organisations:
            return gettext("Who these organisations are, what they say they have done, and what shows it.")
        return gettext("Who we are, what we say we have done, and what shows it.")


# Returns the settings of the site; those of a new site where no row is stored.
site_settings = LoadedOnce("settings of the site", lambda: SiteSettings.objects.first() or SiteSettings())


@receiver(post_save, sender=SiteSettings)
def follow_site_settings(instance, **kwargs):
    # Not before it holds: what is only proposed is rolled back, and Django keeps its sites in memory.
    transaction.on_commit(partial(name_site_of_the_cms, instance.title))


def name_site_of_the_cms(name):
    """Gives the site its name in the menus that the CMS shows to staff."""
    site = Site.objects.filter(pk=settings.SITE_ID).first()
    if site:
        site.name = name[: Site._meta.get_field("name").max_length]
        site.save(update_fields=["name"])
