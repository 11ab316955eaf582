"""Changes that members of staff make, and the parts of the desk that show them."""

from django.db.models import QuerySet
from django.urls import reverse

from impact.models import Claim
from organisation.models import Statement

from .factory import a_statement, an_organisation, restate_figures
from .people import alice, bob

DESK = "/admin/"


def section(page, heading):
    """Returns the part of the desk under a heading."""
    return page.split(f"<h2>{heading}</h2>")[1].split("</section>")[0]


def save_draft(number, user, statement):
    claim = Claim.objects.get(number=number)
    claim.statement, claim._history_user = statement, user
    claim.in_our_words = claim.in_our_words or bool(claim.partings())
    claim.save()
    claim.note_change(user)
    return Claim.objects.get(number=number)


def submit_draft(number, user, statement):
    claim = save_draft(number, user, statement)
    restate_figures(claim, user)
    claim.submit(user, seen=Claim.AS_STORED)
    return Claim.objects.get(number=number)


def publish_update(number, statement):
    claim = save_draft(number, alice(), statement)
    restate_figures(claim, alice())
    return claim.publish(bob(), reason="Told anew", change="update", seen=Claim.AS_STORED).current_edition


def vision():
    """Returns the vision of Harbour Aid, which the first call makes."""
    return Statement.objects.filter(organisation=an_organisation(), kind="vision").first() or a_statement(
        "A world in which every harbour is safe"
    )


def save_record(user, record, **values):
    """Saves a record with these values and returns its row of history."""
    for name, value in values.items():
        setattr(record, name, value)
    record._history_user = user
    record.save()
    return record.history.first()


def move(row, **moments):
    """Sets times of a row, even of one that is on record and cannot be changed."""
    QuerySet(type(row)).filter(pk=row.pk).update(**moments)


def undo_url(row):
    return reverse("admin:undo-record", args=[row.instance_type._meta.label_lower, row.history_id])
