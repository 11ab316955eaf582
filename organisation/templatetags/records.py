"""Writes a record's values for a reader."""

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
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from ..dates import partial_date_text
from ..evidence_in_words import each_once
from ..founding import founding as founding_of

register = template.Library()


@register.tag
class Editable(CMSEditableObjectBlock):
    """Makes its content open the record's form while the page is edited; else it renders the content."""

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
    """Returns “2002”, “May 1998”, “12 February 2002”, or “not stated”."""
    return partial_date_text(value)


@register.filter
def founding(organisation):
    """Returns “1998, as Harbour Aid”, with a link to its former name; see founding.py."""
    return founding_of(organisation)


@register.filter
def sources_of_life(organisation):
    """Returns the evidence of what became of it and of its own facts, each source or passage once."""
    return each_once([*organisation.life.citations, *organisation.evidence])


@register.simple_tag
def not_on_record(*terms_and_values):
    """Returns the terms, each followed by its value, of which there is no value; empty without any."""
    pairs = zip(terms_and_values[::2], terms_and_values[1::2], strict=True)
    return _("; ").join(term for term, value in pairs if not value)


@register.filter
def figure_value(value):
    """Returns a number as text in the reader's language, never rounded: 4,500, 250 million, 2.5."""
    if value >= MILLION and value % MILLION == 0:
        return _("%(count)s million") % {"count": figure_value(value // MILLION)}
    whole, point, decimals = f"{Decimal(value):f}".partition(".")
    return number_format(Decimal(whole + point + decimals.rstrip("0")), force_grouping=True)


@register.filter
def quoted(words):
    """Returns the words between the quotation marks of the reader's language."""
    return _("“%(words)s”") % {"words": words}


@register.filter
def wording(record):
    """Returns the words of a record, between quotation marks if they are a quotation."""
    return quoted(record.quoted_words) if record.is_quotation else record.quoted_words


@register.filter
def is_in_our_words(record):
    """Returns whether a record quotes sources, and its words are ours all the same; false of a fact."""
    return bool(record) and not record.is_quotation


@register.filter
def named_more_sources(citations):
    """Returns how many sources a note has besides its first one, and how many of them contradict."""
    count = len(citations)
    contradicting = sum(each.contradicts for each in citations)
    if not contradicting:
        return ngettext("and %(count)d more", "and %(count)d more", count) % {"count": count}
    return ngettext(
        "and %(count)d more, of which %(contradicting)d contradicts it",
        "and %(count)d more, of which %(contradicting)d contradict it",
        contradicting,
    ) % {"count": count, "contradicting": contradicting}


@register.simple_tag
def record_language():
    """Returns the dir and lang attributes of an element that holds a record's own words.

    Records are in the site's first language, whatever the language of the page around them.
    """
    if get_language() == settings.LANGUAGE_CODE:
        return mark_safe('dir="auto"')
    return format_html('dir="auto" lang="{}"', settings.LANGUAGE_CODE)


@register.filter
def form_address(record):
    """Returns the address of the record's form in the admin."""
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


@register.filter
def record_key(record):
    """Returns the model and primary key of a record: “organisation.statement:12”."""
    return f"{record._meta.label_lower}:{record.pk}"
