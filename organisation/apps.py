from django.apps import AppConfig
from django.db.models.signals import pre_save


class OrganisationConfig(AppConfig):
    name = "organisation"

    def ready(self):
        from .admin.proposals.row_changes import connect_recorder
        from .block_pages import pages_by_language
        from .characters import remove_control_signs
        from .lineage import current_lineage, current_organisations
        from .mentions import current_organisations_over
        from .models import Organisation, SiteSettings, Source, Succession, Term
        from .models.site import site_settings
        from .models.term import current_terms

        pre_save.connect(remove_control_signs)
        connect_recorder()
        current_lineage.connect(Organisation, Succession)
        current_organisations.connect(Organisation, Source)
        current_organisations_over.connect(Organisation, Succession)
        current_terms.connect(Term)
        site_settings.connect(SiteSettings)
        pages_by_language.connect()
