"""How readers reach, support and follow the people of a site."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator, validate_email
from django.db import models
from django.utils.translation import gettext_lazy as _

is_web_address = URLValidator(schemes=["http", "https"])


def check_web_address(value):
    try:
        is_web_address(value)
    except ValidationError as error:
        raise ValidationError(
            _("“%(value)s” is no address of a page: write it whole, from https:// on."),
            code="address",
            params={"value": value},
        ) from error


def check_web_addresses(text):
    """Refuses a text of which a line is no address of a page."""
    for line in lines_of(text):
        check_web_address(line)


def check_email(value):
    try:
        validate_email(value)
    except ValidationError as error:
        raise ValidationError(
            _("“%(value)s” is no e-mail address: write it whole, such as office@example.org."),
            code="email",
            params={"value": value},
        ) from error


check_telephone = RegexValidator(
    r"\A\+?[0-9][-0-9 ()./]{3,}\Z",
    _("“%(value)s” is no telephone number: write digits, with + and the code of the country before them."),
)


def lines_of(text):
    return [line.strip() for line in text.splitlines() if line.strip()]


class Contact(models.Model):
    """Adds the ways in which readers reach, support and follow the people of a site."""

    email = models.CharField(
        _("e-mail address"),
        max_length=254,
        blank=True,
        validators=[check_email],
        help_text=_(
            "Readers write to it from the contact page, and whoever finds a hole in the site's security too. "
            "Left empty, the page says that no address is on record."
        ),
    )
    postal_address = models.TextField(
        _("postal address"),
        max_length=500,
        blank=True,
        help_text=_("For the contact page, line by line as on an envelope."),
    )
    telephone = models.CharField(
        _("telephone"),
        max_length=40,
        blank=True,
        validators=[check_telephone],
        help_text=_("For the contact page, with the code of the country, such as +44 20 7946 0000."),
    )
    giving_address = models.CharField(
        _("where to give"),
        max_length=500,
        blank=True,
        validators=[check_web_address],
        help_text=_("The page on which somebody can give money. Left empty, no page asks for it."),
    )
    helping_address = models.CharField(
        _("where to help"),
        max_length=500,
        blank=True,
        validators=[check_web_address],
        help_text=_("The page on which somebody can offer help. Left empty, no page asks for it."),
    )
    social_addresses = models.TextField(
        _("social networks"),
        max_length=2000,
        blank=True,
        validators=[check_web_addresses],
        help_text=_("The addresses of your profiles, one on each line. The contact page links to them."),
    )

    class Meta:
        abstract = True

    @property
    def is_reachable(self):
        return bool(self.email or self.telephone or self.postal_address)

    @property
    def dialled_telephone(self):
        return re.sub(r"[^+0-9]", "", self.telephone)

    @property
    def social_links(self):
        """Returns (host, address) of each profile in a social network."""
        return [
            (address.partition("://")[2].partition("/")[0].removeprefix("www."), address)
            for address in lines_of(self.social_addresses)
        ]
