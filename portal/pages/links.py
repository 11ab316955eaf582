"""Lets the links of a text follow the page that they name."""

from cms.models import Page
from djangocms_text.html import dynamic_href, dynamic_src, register_attr

from organisation.public_pages import public_contents


def lead_to_pages_alone():
    """Replaces what djangocms-text makes of references to records; is called once the models are loaded.

    It would give the address of any record by its number, a draft claim's too.
    """
    register_attr("data-cms-href", page_href)
    register_attr("data-cms-src", no_source)


def page_href(element, record, attribute, edit_mode=False):
    """Lets a link lead to a page; its words alone stay where visitors would not find the page."""
    is_page = isinstance(record, Page)
    is_found = is_page and (edit_mode or public_contents().filter(page=record).exists())
    dynamic_href(element, record if is_found else None, attribute, edit_mode)


def no_source(element, record, attribute, edit_mode=False):
    dynamic_src(element, None, attribute, edit_mode)
