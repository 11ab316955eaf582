"""The colours of the site in its form: chosen with the browser's tool, and checked meanwhile."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..look import THEMES, TOKEN_OF, own_colours, palette
from ..models.look import check_colour, look_names, look_of, refused_in

NAMES = {name: (theme, field) for name, theme, field in look_names()}
URL_NAME = "organisation_sitesettings_look"


class ColourInput(forms.TextInput):
    input_type = "color"


class ColourField(forms.CharField):
    """A colour; where none is chosen it shows the product's own, for the tool of a browser has always one."""

    widget = ColourInput

    def __init__(self, *, own, **options):
        self.own = own
        options["help_text"] = _("The product's own is %(colour)s.") % {"colour": own}
        super().__init__(**options)

    def prepare_value(self, value):
        return value or self.own

    def to_python(self, value):
        value = super().to_python(value).lower()
        return "" if value == self.own else value

    def has_changed(self, initial, data):
        return (initial or "") != self.to_python(data)


class LookAdmin:
    """Adds the colours of the site to the form of its settings, with a specimen in both themes."""

    class Media:
        css = {"all": ["css/admin/look.css"]}
        js = ["js/look.js"]

    def get_urls(self):
        address = path("look/", self.admin_site.admin_view(self.check_look), name=URL_NAME)
        return [address, *super().get_urls()]

    def check_look(self, request):
        """Returns what is refused of the colours in the query, and every colour that follows from them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        return JsonResponse(checked_look(request.GET))

    def formfield_for_dbfield(self, db_field, request, **options):
        if db_field.name not in NAMES:
            return super().formfield_for_dbfield(db_field, request, **options)
        return colour_field(db_field)

    def get_fieldsets(self, request, obj=None):
        context = specimen_context((obj or self.model()).look, reverse(f"admin:{URL_NAME}"))
        specimen = render_to_string("admin/organisation/sitesettings/look.html", context)
        fieldset = (_("The look"), {"fields": list(NAMES), "description": specimen})
        return [*super().get_fieldsets(request, obj), fieldset]


def colour_field(db_field):
    """Returns the field of a form for one of the colours of the settings."""
    theme, field = NAMES[db_field.name]
    own = own_colours()[theme][TOKEN_OF[field]]
    return ColourField(
        own=own, label=capfirst(db_field.verbose_name), required=False, validators=[check_colour]
    )


def specimen_context(look, address):
    """Returns the context of the specimen of a look; `address` answers what may be chosen."""
    return {
        "address": address,
        "figures": [(theme, palette(theme, getattr(look, theme))) for theme in THEMES],
    }


def checked_look(query):
    """Returns what is refused of the colours in a query, and every colour that follows from them."""
    look = look_of({name: chosen_colour(name, query.get(name, "")) for name in NAMES})
    return {
        "refused": {
            name: {
                "sentence": sentence,
                "nearest": nearest,
                "take": gettext("Take %(colour)s") % {"colour": nearest},
            }
            for name, (sentence, nearest) in refused_in(look).items()
        },
        "colours": {theme: palette(theme, getattr(look, theme)) for theme in THEMES},
    }


def chosen_colour(name, value):
    """Returns a colour of a query; the product's own, and what is no colour, as none."""
    theme, field = NAMES[name]
    colour = value.lower()
    is_chosen = check_colour.regex.match(colour) and colour != own_colours()[theme][TOKEN_OF[field]]
    return colour if is_chosen else ""
