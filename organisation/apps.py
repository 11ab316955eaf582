from django.apps import AppConfig
from django.db.models.signals import pre_save


class OrganisationConfig(AppConfig):
    name = "organisation"

    def ready(self):
        from .admin.proposals.row_changes import connect_recorder
        from .characters import remove_control_signs
        from .lineage import connect_lineage
        from .request_cache import connect_request_cache

        pre_save.connect(remove_control_signs)
        connect_recorder()
        connect_lineage()
        connect_request_cache()
