"""Makes a site ready to go live, as far as its records and pages go."""

from django.conf import settings
from djangocms_versioning.models import Version

from organisation.models import SiteSettings
from portal.operations.going_live import LEGAL_TEMPLATES
from portal.seeding.records import FILES

from .pages import a_page
from .people import bob
from .second_factor import with_app
from .site_settings import set_up_site


def make_ready(settings):
    leave_demonstration()
    for template in LEGAL_TEMPLATES:
        a_legal_page(template)
    with_app(bob())
    settings.PORTAL_PASSWORD_ONLY = False
    set_up_site(email="office@example.org")


def leave_demonstration():
    """Makes all records, pages and settings those of somebody who has typed them."""
    for model in {*FILES.values(), SiteSettings}:
        model.history.update(history_change_reason="")
    Version.objects.update(created_by=bob())


def a_legal_page(template, *blocks, **values):
    title = str(dict(settings.CMS_TEMPLATES)[template])
    return a_page(title, *(blocks or ["<p>We ask nobody for a name.</p>"]), template=template, **values)
