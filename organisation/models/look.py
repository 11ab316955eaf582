from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..look import FIELDS, THEMES, TOKEN_OF, Choice, Look, own_colours, refusals

check_colour = RegexValidator(
    r"\A#[0-9a-fA-F]{6}\Z", _("“%(value)s” is no colour: write # and six signs, such as #4b2a91.")
)


def colour_field(name):
    return models.CharField(name, max_length=7, blank=True, validators=[check_colour])


class LookFields(models.Model):
    """The colours that an organisation chooses for the light and the dark theme; empty, the product's own."""

    accent_light = colour_field(_("accent, light theme"))
    margin_light = colour_field(_("margin colour, light theme"))
    paper_light = colour_field(_("paper, light theme"))
    accent_dark = colour_field(_("accent, dark theme"))
    margin_dark = colour_field(_("margin colour, dark theme"))
    paper_dark = colour_field(_("paper, dark theme"))

    class Meta:
        abstract = True

    @property
    def look(self):
        return look_of(vars(self))

    def clean_look(self):
        """Refuses colours that could not be read; the product's own are stored as none."""
        for name, theme, field in look_names():
            value = getattr(self, name).lower()
            own = own_colours()[theme][TOKEN_OF[field]]
            if value and not check_colour.regex.match(value):
                return  # the field has its own sentence
            setattr(self, name, "" if value == own else value)
        if refused := refused_in(self.look):
            raise ValidationError({name: sentence for name, (sentence, _nearest) in refused.items()})


def look_names():
    """Returns (name of the field of the row, theme, field of a choice) of each colour."""
    return [(f"{field}_{theme}", theme, field) for theme in THEMES for field in FIELDS]


def look_of(values):
    """Returns the look of {name of a field: colour}."""
    return Look(*(Choice(**{field: values[f"{field}_{theme}"] for field in FIELDS}) for theme in THEMES))


def refused_in(look):
    """Returns {name of a field: (sentence, nearest colour that passes)} for what cannot be read of a look."""
    return {
        f"{field}_{theme}": refusal
        for theme in THEMES
        for field, refusal in refusals(theme, getattr(look, theme)).items()
    }
