"""How a record's values are written for a reader."""

from decimal import Decimal

from classytags.arguments import Argument
from classytags.core import Options
from cms.templatetags.cms_tags import CMSEditableObjectBlock
from cms.toolbar.utils import get_toolbar_from_request
from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..dates import partial_date_text

register = template.Library()


@register.tag
class Editable(CMSEditableObjectBlock):
    """What a record says on a page: for who edits the page it opens the record's form, for everybody else it costs nothing."""

    name = "editable"
    options = Options(Argument("instance"), blocks=[("endeditable", "nodelist")])

    def render_tag(self, context, instance, nodelist):
        if not get_toolbar_from_request(context["request"]).edit_mode_active:
            return nodelist.render(context)
        return super().render_tag(
            context,
            instance=instance,
            nodelist=nodelist,
            edit_fields=None,
            language=None,
            view_url=None,
            view_method=None,
            varname=None,
        )


MILLION = 1_000_000


@register.filter
def partial_date(value):
    """“2002”, “May 1998”, “12 February 2002”, or “not stated”."""
    return partial_date_text(value)


@register.filter
def figure_value(value):
    """A number as its source would write it, in the reader's language, never rounded: 4,500, 250 million, 2.5."""
    if value >= MILLION and value % MILLION == 0:
        return _("%(count)s million") % {"count": figure_value(value // MILLION)}
    whole, point, decimals = f"{Decimal(value):f}".partition(".")
    return number_format(Decimal(whole + point + decimals.rstrip("0")), force_grouping=True)


@register.filter
def quoted(words):
    """The words between the quotation marks of the reader's language."""
    return _("“%(words)s”") % {"words": words}


@register.simple_tag
def as_said():
    """The attributes of an element in a record's own words: their direction and, on a page of another language, their language."""
    if get_language() == settings.LANGUAGE_CODE:
        return mark_safe('dir="auto"')
    return format_html('dir="auto" lang="{}"', settings.LANGUAGE_CODE)


@register.filter
def has_selection(rows):
    """Whether any row of facets has a choice made; its first link is the one for all."""
    return any(not row.links[0].current for row in rows)


@register.filter
def form_address(record):
    """The address of the record's form in the admin."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


@register.filter
def record_key(record):
    """Which record an element shows, as in “organisation.statement:12”."""
    return f"{record._meta.label_lower}:{record.pk}"
