"""Alice accepts a row of a table: the claim has a figure for each period, with its unit and its date."""

import pytest
from django.urls import reverse

from impact.models import Claim
from organisation.models import Source
from tests.support.uploads import upload_document

pytestmark = pytest.mark.django_db

PAGE = (
    "<html lang=en><h1>Annual review</h1><p>We are here for the children of the islands and for all of the "
    "people who look after them.</p><table><tr><th>Indicator<th>Unit<th>2024<th>2025"
    "<tr><td>Children in school<td>pupils<td>1,200<td>1,450</table></html>"
)


def test_an_accepted_row_has_its_figures_with_unit_and_date(client):
    upload_document(client, "review.html", PAGE.encode(), title="Annual review")
    url = reverse("admin:reading", args=[Source.objects.get(title="Annual review").pk])
    items = [item for block in client.get(url).context["page"] for item in block.items]
    [item] = [item for item in items if item.suggestion.rule == "table"]
    data = {"key": item.suggestion.key, "do": "accept"}
    data |= {field.html_name: field.value() for field in item.form}
    client.post(url, data, follow=True)
    figures = Claim.objects.latest("number").figures.all()
    assert [(each.label, str(each), each.as_of) for each in figures] == [
        ("Children in school, 2024", "1200 pupils", "2024"),
        ("Children in school, 2025", "1450 pupils", "2025"),
    ]
