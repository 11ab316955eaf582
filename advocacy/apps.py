from django.apps import AppConfig


class AdvocacyConfig(AppConfig):
    name = "advocacy"

    def ready(self):
        from organisation.models import Source

        from .models import Ask, Instrument

        Source.public_links += [(Instrument, "source"), (Ask, "status_source")]
