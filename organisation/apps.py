from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "organisation"

    def ready(self):
        from .admin.proposals.row_changes import connect_recorder
        from .lineage import connect_lineage

        connect_recorder()
        connect_lineage()
