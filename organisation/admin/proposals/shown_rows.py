"""Lays out the rows of a proposal for whoever decides, so that of many new ones each is read at a glance."""

from collections import Counter

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ...dates import partial_date_text
from ...differences import value_text
from ...models import Citation
from ...models.qualifier import Qualifier

SHOWN_AT_ONCE = 3  # so many rows are taken in without a count of them


def shown_rows(changes):
    """Returns the rows with the address of each form; those of a new row that say little are its `rest`.

    Nothing is left out: what a new row says by default, and what staff alone see, stands in one line.
    """
    rows = []
    for change in changes:
        row = change | {"url": address_of_form(change["model"], change["pk"]), "rest": []}
        row["is_new"] = change["action"] in ("added", "published")
        if row["is_new"]:
            is_cited = change["model"] == Citation._meta.label_lower
            row["is_citation"] = is_cited and change["action"] == "added"
            row["rest"] = [each for each in change["fields"] if is_cited or says_little(each)]
            row["fields"] = [each for each in change["fields"] if each not in row["rest"]]
        rows.append(row)
    return rows


def says_little(field):
    nothing = {"", value_text(False), partial_date_text(""), str(Qualifier.NONE.label)}
    return field["is_private"] or field["name"] == "order" or field["new"] in nothing


def counts(changes):
    """Returns “Statement 6, Milestone 5” of many rows; empty for a few."""
    if len(changes) <= SHOWN_AT_ONCE:
        return ""
    kinds = Counter(capfirst(each["kind"]) for each in changes)
    pairs = [_("%(kind)s %(count)d") % {"kind": kind, "count": count} for kind, count in kinds.items()]
    return ", ".join(pairs)


def label_of(content_type):
    return f"{content_type.app_label}.{content_type.model}" if content_type else ""


def address_of_form(label, pk):
    """Returns the address of the form of a record; empty for a new one, and for one that has no form."""
    if pk is None:
        return ""
    try:
        opts = apps.get_model(label)._meta
        return reverse(f"admin:{opts.app_label}_{opts.model_name}_change", args=[pk])
    except (LookupError, NoReverseMatch):
        return ""
