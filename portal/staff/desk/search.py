"""Finds what staff keep, drafts included, and what they can do; each hit leads to its form."""

import re
from dataclasses import dataclass

from cms.models import PageContent
from cms.toolbar.utils import get_object_edit_url, get_object_preview_url
from django.contrib import admin
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from djangocms_versioning.constants import DRAFT

from impact.models import Claim
from organisation.models import Milestone, Organisation, Source, Statement

from .attention import conflicts
from .worklist import form_of

SHOWN = 10
MOST_LOOKED_AT = 50
# A longer question is no question, and each word costs a comparison.
LONGEST, MOST_WORDS = 200, 8


@dataclass
class Hit:
    title: str
    address: str
    text: str = ""


@dataclass
class Group:
    title: str
    hits: list[Hit]
    is_cut: bool = False


def find(query, request):
    """Everything that contains all words of the query, by kind; for an empty query what staff can do."""
    words = query[:LONGEST].split()[:MOST_WORDS]
    groups = [Group(_("Commands"), commands(words, request.user))]
    if words:
        groups += [group(_("Claims"), claims(words), claim_hit, request)]
        groups += [
            group(title, containing(words, records, *fields), hit, request)
            for title, records, fields, hit in (
                (
                    _("Statements"),
                    Statement.objects.select_related("organisation"),
                    ("title", "text"),
                    words_hit,
                ),
                (
                    _("Milestones"),
                    Milestone.objects.select_related("organisation"),
                    ("title", "text"),
                    words_hit,
                ),
                (
                    _("Organisations"),
                    Organisation.objects.all(),
                    ("official_name", "short_name", "other_names"),
                    plain_hit,
                ),
                (_("Pages"), pages(), ("title", "menu_title"), page_hit),
                (
                    _("Sources"),
                    Source.objects.defer("text"),
                    ("title", "subject", "byline", "author__official_name"),
                    plain_hit,
                ),
            )
        ]
    return [each for each in groups if each.hits]


def group(title, records, hit, request):
    if not admin.site.get_model_admin(records.model).has_view_permission(request):
        return Group(title, [])
    found = list(records[: SHOWN + 1])
    return Group(title, [hit(record) for record in found[:SHOWN]], len(found) > SHOWN)


def claims(words):
    """By reference as readers see it, E10, else by words."""
    reference = re.fullmatch(r"[Ee]?(\d{1,9})", words[0]) if len(words) == 1 else None
    known = Claim.objects.filter(number=int(reference[1])) if reference else Claim.objects.none()
    return known if known.exists() else containing(words, Claim.objects.all(), "statement", "subject")


def pages():
    return PageContent.admin_manager.current_content().select_related("page").prefetch_related("versions")


def claim_hit(claim):
    return Hit(claim.reference, form_of(claim), claim.statement)


def words_hit(record):
    return Hit(str(record), form_of(record), record.text)


def plain_hit(record):
    return Hit(str(record), form_of(record))


def page_hit(content):
    is_draft = any(version.state == DRAFT for version in content.versions.all())
    return Hit(str(content), get_object_edit_url(content) if is_draft else get_object_preview_url(content))


# What staff can do, in the words they may look for it with, and the permission it takes.
COMMANDS = (
    (gettext_lazy("New claim"), "admin:new-claim", "impact.add_claim"),
    (gettext_lazy("New claim, the long form"), "admin:impact_claim_add", "impact.add_claim"),
    (gettext_lazy("Bring in a document"), "admin:new-document", "organisation.add_source"),
    (
        gettext_lazy("Bring in a table of claims, figures, publications or the timeline"),
        "admin:tables",
        "impact.add_claim",
    ),
    (gettext_lazy("New source"), "admin:organisation_source_add", "organisation.add_source"),
    (gettext_lazy("New statement"), "admin:organisation_statement_add", "organisation.add_statement"),
    (gettext_lazy("New milestone"), "admin:organisation_milestone_add", "organisation.add_milestone"),
    (
        gettext_lazy("New organisation"),
        "admin:organisation_organisation_add",
        "organisation.add_organisation",
    ),
    (gettext_lazy("New page"), "admin:cms_pagecontent_changelist", "cms.add_page"),
    (gettext_lazy("Check claims without a source"), "admin:unsourced", "impact.view_claim"),
    (
        gettext_lazy("Check what organisations have on record"),
        "admin:completeness",
        "organisation.view_organisation",
    ),
)


def commands(words, user):
    known = [
        Hit(str(name), reverse(address))
        for name, address, permission in COMMANDS
        if user.has_perm(permission)
    ]
    if user.has_perm("impact.view_claim"):
        known.append(Hit(_("Check conflicts between claims"), conflicts()))
    return [hit for hit in known if all(word.lower() in hit.title.lower() for word in words)]


def containing(words, records, *fields):
    """Records that hold every word in one of the fields, as it is typed."""
    for word in words:
        anywhere = models.Q()
        for field in fields:
            anywhere |= models.Q(**{f"{field}__icontains": word})
        records = records.filter(anywhere)
    return records[:MOST_LOOKED_AT]
