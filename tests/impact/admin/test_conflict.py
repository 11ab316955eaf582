import pytest
from django.urls import reverse

from impact.models import Conflict
from tests.support.factory import a_claim, published
from tests.support.forms import filled_in
from tests.support.people import alice, bob, staff_with

pytestmark = pytest.mark.django_db


def test_who_may_only_look_at_conflicts_decides_none(client):
    one, other = (a_claim(f"We taught {number} pilots", figure=number) for number in (35, 40))
    conflict = Conflict.objects.create(first=one, second=other, rule="value")
    page_of_conflict = reverse("admin:impact_conflict_change", args=[conflict.pk])
    client.force_login(staff_with("view_conflict"))
    assert "says “35 pilots”" in client.get(page_of_conflict).content.decode()
    assert client.post(page_of_conflict, {"decision": "confirmed", "why": "So it is"}).status_code == 403
    conflict.refresh_from_db()
    assert conflict.decision == ""
    published(other, statement="We taught 40 pilots elsewhere")
    other.statement = "We taught 41 pilots"
    other.save()
    page = client.get(page_of_conflict).content.decode()
    assert "Nothing: it is not published." in page and "“We taught 40 pilots elsewhere”" in page


def test_a_decision_stands_under_the_name_of_whoever_took_it_last(client):
    one, other = (a_claim(f"We taught {number} pilots", figure=number) for number in (35, 40))
    conflict = Conflict.objects.create(first=one, second=other, rule="value")
    for person, decision in ((alice(), "confirmed"), (bob(), "dismissed")):
        client.force_login(person)
        form = reverse("admin:impact_conflict_change", args=[conflict.pk])
        answer = client.post(form, filled_in(client.get(form), decision=decision, why="So it is"))
        assert answer.status_code == 302
        conflict.refresh_from_db()
        assert (conflict.decision, conflict.decided_by) == (decision, person)
