from django.shortcuts import get_object_or_404, render

from impact.models import Edition

from .models import Instrument


def instrument_detail(request, slug):
    instruments = Instrument.objects.select_related("body", "source").with_evidence()
    instrument = get_object_or_404(instruments, slug=slug)
    editions = Edition.objects.current().filter(claim__instruments=instrument).in_full()
    context = {"instrument": instrument, "editions": editions}
    return render(request, "advocacy/instrument_detail.html", context)
