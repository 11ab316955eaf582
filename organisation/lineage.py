"""Loads who came after whom, once a request: every succession on record."""

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property

from django.core.signals import request_finished, request_started
from django.db.models.signals import post_delete, post_save

from .models import Organisation, Succession
from .models.record import prefetch_evidence


class Lineage:
    """Successions, by default every one on record, by the organisation before and by the one after."""

    def __init__(self, successions=None):
        if successions is None:
            successions = Succession.objects.select_related("earlier", "later")
        self.successions = list(successions)
        self.of_earlier, self.of_later = defaultdict(list), defaultdict(list)
        for each in self.successions:
            # One side may be empty, and so may be the key of an organisation that is not saved yet.
            if each.earlier_id:
                self.of_earlier[each.earlier_id].append(each)
            if each.later_id:
                self.of_later[each.later_id].append(each)

    def after(self, organisation, *kinds):
        return [each for each in self.of_earlier.get(organisation.pk, []) if each.kind in kinds]

    def before(self, organisation, *kinds):
        return [each for each in self.of_later.get(organisation.pk, []) if each.kind in kinds]

    @cached_property
    def with_evidence(self):
        """Fetches the evidence of all successions, in one query, and returns them."""
        prefetch_evidence(self.successions)
        return self.successions

    def naming(self, pk):
        """Returns the successions that name the organisation with this primary key, with their evidence."""
        return [each for each in self.with_evidence if pk in (each.earlier_id, each.later_id)]

    def related(self, pks):
        """Returns the primary keys of all organisations that a chain of successions ties to these."""
        found, waiting = set(), set(pks)
        while waiting:
            pk = waiting.pop()
            found.add(pk)
            rows = [*self.of_earlier.get(pk, []), *self.of_later.get(pk, [])]
            waiting |= {other for each in rows for other in (each.earlier_id, each.later_id) if other} - found
        return found


# Holds the lineage of a request once it is loaded; None where none is held, and each question loads it anew.
held_lineage = ContextVar("held_lineage", default=None)


def current_lineage():
    held = held_lineage.get()
    if held is None:
        return Lineage()
    if not held:
        held.append(Lineage())
    return held[0]


@contextmanager
def one_lineage(*given):
    """Answers all that is asked meanwhile from the given lineage, or from one that it loads once."""
    token = held_lineage.set([*given])
    try:
        yield
    finally:
        held_lineage.reset(token)


def begin_request(**kwargs):
    held_lineage.set([])


def end_request(**kwargs):
    held_lineage.set(None)


def forget_lineage(**kwargs):
    if held_lineage.get():
        held_lineage.get().clear()


def connect_lineage():
    """Connects the receivers; called once, when the site starts."""
    request_started.connect(begin_request, dispatch_uid="lineage of a request")
    request_finished.connect(end_request, dispatch_uid="lineage of a request")
    for model in (Organisation, Succession):
        for signal in (post_save, post_delete):
            signal.connect(forget_lineage, sender=model, dispatch_uid="lineage of a request")
