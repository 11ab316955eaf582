from django.apps import AppConfig


class AdvocacyConfig(AppConfig):
    name = "advocacy"

    def ready(self):
        from impact.admin.public_with import shown_in_apps
        from organisation.models import Source

        from .models import Ask, Instrument
        from .models.fold import folds_with

        Source.public_links += [(Instrument, "source"), (Ask, "status_source")]
        shown_in_apps.append(folds_with)
