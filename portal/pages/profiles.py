"""Begins the page of each new organisation with a profile, and lets it be linked once visitors find it."""

from cms.api import add_plugin, create_page
from cms.models import PageContent
from cms.signals import post_obj_operation
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override
from djangocms_versioning.signals import post_version_operation
from simple_history.signals import post_create_historical_record

from organisation.models import Organisation, Statement, Term
from organisation.models.organisation import SECTION

from .tree import lock_tree

# One of the roles that a new site begins with; where it was deleted, a profile begins without it.
PARTNER = "partner"


def connect_profiles():
    """Connects the receivers; is called once the models are loaded, before search connects its own."""
    post_version_operation.connect(find_pages, sender=PageContent, dispatch_uid="pages of organisations")
    post_obj_operation.connect(find_pages, dispatch_uid="pages of organisations")
    post_create_historical_record.connect(
        organisation_saved, sender=Organisation.history.model, dispatch_uid="page of a new organisation"
    )


def find_pages(**kwargs):
    Organisation.objects.find_pages()


def organisation_saved(instance, history_instance, history_user, **kwargs):
    """Begins the page when somebody gives an organisation a profile; what a command makes has its own."""
    if not instance.profiled or history_user is None:
        return
    before = history_instance.prev_record if history_instance.history_type != "+" else None
    if before is None or not before.profiled:
        begin_page(instance, history_user)


@transaction.atomic
def begin_page(organisation, user):
    """Makes the draft of an organisation's profile, unless there is a page at its address.

    The draft is the person's who has made the organisation, and waits for nobody.
    """
    lock_tree()
    contents = PageContent.admin_manager.filter(language=settings.LANGUAGE_CODE)  # of drafts, too
    above = contents.filter(slug=SECTION, page__parent=None).first()
    if above is None or contents.filter(slug=organisation.slug, page__parent=above.page_id).exists():
        return
    page = create_page(
        organisation.official_name[:255],
        "pages/page.html",
        settings.LANGUAGE_CODE,
        slug=organisation.slug,
        parent=above.page,
        created_by=user,
    )
    content = PageContent.admin_manager.get(page=page)
    slot = content.get_placeholders().get(slot="content")
    with override(settings.LANGUAGE_CODE):
        for plugin, values in blocks_of_profile():
            add_plugin(slot, plugin, settings.LANGUAGE_CODE, organisation=organisation, **values)


def blocks_of_profile():
    """Returns (plugin, its values): what readers look for first, each below a heading of its own."""
    partners = Term.objects.filter(vocabulary=Term.Vocabulary.ROLE, slug=PARTNER)
    return [
        ("StatementsPlugin", {"heading": gettext("Vision"), "kind": Statement.Kind.VISION}),
        ("StatementsPlugin", {"heading": gettext("Mission"), "kind": Statement.Kind.MISSION}),
        ("HistoryPlugin", {"heading": gettext("History")}),
        ("FactsPlugin", {"heading": gettext("At a glance")}),  # stands beside the block before it
        *[("AffiliationsPlugin", {"heading": gettext("Partners"), "role": each.slug}) for each in partners],
        ("OrganisationAsksPlugin", {"heading": gettext("What it asks")}),
        ("SourceNotesPlugin", {"heading": gettext("Notes on the sources")}),
    ]
