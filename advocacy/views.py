from django.shortcuts import get_object_or_404, render

from impact.models import Edition

from .models import Instrument


def instrument(request, slug):
    found = get_object_or_404(Instrument.objects.select_related("body", "source").with_evidence(), slug=slug)
    editions = Edition.objects.current().filter(claim__instruments=found).in_full()
    return render(request, "advocacy/instrument_detail.html", {"instrument": found, "editions": editions})
