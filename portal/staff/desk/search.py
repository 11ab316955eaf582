"""Finds the records of staff, drafts included, and the commands of the desk; each hit leads to its form."""

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

from advocacy.models import StoryOfChange
from impact.models import Claim
from organisation.models import Milestone, Organisation, Source, Statement
from organisation.paging import first_rows

from .attention import open_conflicts_url
from .worklist import form_url

HITS_PER_GROUP = 10
MAX_MATCHES = 50
# Each term costs a comparison in every column, and nobody types a longer query by hand.
MAX_QUERY_LENGTH, MAX_TERMS = 200, 8


@dataclass
class Hit:
    title: str
    url: str
    text: str = ""


@dataclass
class Group:
    title: str
    hits: list[Hit]
    is_cut: bool = False


def search_groups(query, request):
    """Returns everything that contains all terms of the query, by kind; for an empty query the commands."""
    terms = query[:MAX_QUERY_LENGTH].split()[:MAX_TERMS]
    groups = [Group(_("Commands"), matching_commands(terms, request.user))]
    if terms:
        groups += [hit_group(_("Claims"), matching_claims(terms), claim_hit, request)]
        groups += [
            hit_group(title, containing_all(terms, records, *fields), make_hit, request)
            for title, records, fields, make_hit in (
                (
                    _("Statements"),
                    Statement.objects.select_related("organisation"),
                    ("title", "text"),
                    text_hit,
                ),
                (
                    _("Milestones"),
                    Milestone.objects.select_related("organisation"),
                    ("title", "text"),
                    text_hit,
                ),
                (_("Stories of change"), StoryOfChange.objects.all(), ("title", "lead"), title_hit),
                (
                    _("Organisations"),
                    Organisation.objects.all(),
                    ("official_name", "short_name", "other_names"),
                    title_hit,
                ),
                (_("Pages"), page_contents(), ("title", "menu_title"), page_hit),
                (
                    _("Sources"),
                    Source.objects.defer("text"),
                    ("title", "subject", "byline", "author__official_name"),
                    title_hit,
                ),
            )
        ]
    return [group for group in groups if group.hits]


def hit_group(title, records, make_hit, request):
    if not admin.site.get_model_admin(records.model).has_view_permission(request):
        return Group(title, [])
    return group_of_hits(title, records, make_hit, HITS_PER_GROUP)


def group_of_hits(title, records, make_hit, size):
    shown, has_more = first_rows(records, size)
    return Group(title, [make_hit(record) for record in shown], has_more)


def matching_claims(terms):
    """Returns the claim with this reference, such as E10, else the claims that contain all terms."""
    reference = re.fullmatch(r"[Ee]?(\d{1,9})", terms[0]) if len(terms) == 1 else None
    numbered = Claim.objects.filter(number=int(reference[1])) if reference else Claim.objects.none()
    return (
        numbered if numbered.exists() else containing_all(terms, Claim.objects.all(), "statement", "subject")
    )


def page_contents():
    return PageContent.admin_manager.current_content().select_related("page").prefetch_related("versions")


def claim_hit(claim):
    return Hit(claim.reference, form_url(claim), claim.statement)


def text_hit(record):
    return Hit(str(record), form_url(record), record.text)


def title_hit(record):
    return Hit(str(record), form_url(record))


def page_hit(content):
    is_draft = any(version.state == DRAFT for version in content.versions.all())
    return Hit(content.title, get_object_edit_url(content) if is_draft else get_object_preview_url(content))


# What staff can do, in the words they may look for it with: (title, URL name, permission).
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
    (gettext_lazy("New story of change"), "admin:advocacy_storyofchange_add", "advocacy.add_storyofchange"),
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


def matching_commands(terms, user):
    commands = [
        Hit(str(title), reverse(url_name))
        for title, url_name, permission in COMMANDS
        if user.has_perm(permission)
    ]
    if user.has_perm("impact.view_claim"):
        commands.append(Hit(_("Check conflicts between claims"), open_conflicts_url()))
    if user.has_perm("organisation.view_sitesettings"):
        commands.append(
            Hit(_("Settings of the site"), reverse("admin:organisation_sitesettings_change", args=[1]))
        )
    return [hit for hit in commands if all(term.lower() in hit.title.lower() for term in terms)]


def containing_all(terms, records, *fields):
    """Returns the records that hold every term, exactly as typed, in one of the fields."""
    for term in terms:
        in_any_field = models.Q()
        for field in fields:
            in_any_field |= models.Q(**{f"{field}__icontains": term})
        records = records.filter(in_any_field)
    return records[:MAX_MATCHES]
