"""No text stores a control sign, and signs that look alike count as the same."""

from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from impact.models import Claim
from organisation.characters import named, without_control_signs
from organisation.models import Passage, Source
from organisation.quotation import is_quotation
from tests.support.factory import a_claim, a_figure, a_source, an_organisation, published
from tests.support.people import alice

VERTICAL_TAB = "The Lantern Network\vtrained\x02 1,240 teachers."
MENDED = "The Lantern Network trained 1,240 teachers."


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        (VERTICAL_TAB, MENDED),
        ("first\fnetwork", "first\nnetwork"),
        ("one\x85two", "one\ntwo"),
        ("well\x1eknown", "well-known"),
        ("a\x00b\x1fc\x7fd\x9fe\ufffef\ud800g", "abcdefg"),
        ("tab\tline\r\nnext\u00a0\u200dé", "tab\tline\r\nnext\u00a0\u200dé"),
    ],
)
def test_a_control_sign_becomes_what_it_does_or_nothing(text, stored):
    assert without_control_signs(text) == stored


@pytest.mark.django_db
def test_no_record_stores_a_control_sign_and_its_history_does_not_either():
    claim = a_claim(VERTICAL_TAB, limitations="By\fpage")
    assert Claim.objects.filter(statement=MENDED, limitations="By\npage").get() == claim
    assert claim.history.first().statement == MENDED
    assert a_figure(claim, 1240, unit="teach\x02ers").unit == "teachers"
    assert an_organisation("Hill Aid", other_names="a\vb").other_names == "a b"


@pytest.mark.django_db
def test_a_document_is_stored_without_control_signs_and_is_never_changed_afterwards():
    source = a_source(text="One\fTwo\v")
    assert Source.objects.get(pk=source.pk).text == "One\nTwo "
    Source.objects.filter(pk=source.pk).update(text="One\fTwo\v")
    stored = Source.objects.get(pk=source.pk)
    with pytest.raises(ValidationError, match="kept as found"):
        stored.save()
    assert stored.text == "One\fTwo\v"


@pytest.mark.django_db
def test_a_field_of_nothing_but_control_signs_is_empty():
    figure = a_figure(a_claim("We taught 40 pilots"), 40)
    figure.unit = "\x01"
    with pytest.raises(ValidationError, match="A figure needs a unit"):
        figure.full_clean()


@pytest.mark.django_db
def test_a_sign_that_is_stored_already_stops_no_export(client):
    claim = published(a_claim("We taught pilots", in_our_words=True))
    for records in (Claim.objects.filter(pk=claim.pk), type(claim.current_edition).objects.all()):
        super(type(records), records).update(statement="We\vtaught\x01 pilots", limitations="a\x02b\fc")
    for name in ("claims", "editions", "figures", "evidence", "organisations"):
        for ending in ("csv", "json", "xlsx"):
            answer = client.get(f"/data/{name}.{ending}")
            contents = b"".join(answer.streaming_content)
            assert answer.status_code == 200 and contents
    rows = openpyxl.load_workbook(BytesIO(b"".join(client.get("/data/claims.xlsx").streaming_content)))
    assert "We taught pilots" in [cell.value for row in rows.active.rows for cell in row]
    for feed in ("/feeds/claims.atom", "/timeline.ics"):
        assert b"\x01" not in client.get(feed).content
    client.force_login(alice())
    for ending in ("csv", "xlsx"):
        assert client.get(f"/admin/tables/claims.{ending}").status_code == 200


SOFT = (
    "The network trained teachers\u00a0in Port\u202f\u00a0Sabel "
    "and five tea\u00adchers at sea by follow\u2011up."
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("in Port Sabel", "in Port\u202f\u00a0Sabel"),
        ("five teachers", "five tea\u00adchers"),
        ("tea\u200bchers at", "tea\u00adchers at"),
        ("trained teachers\u2009in", "trained teachers\u00a0in"),
        ("by follow-up", "by follow\u2011up"),
        ("follow\u2010up", "follow\u2011up"),
    ],
)
def test_words_typed_with_signs_that_look_alike_are_found(typed, found):
    start, end = Source(title="Report", text=SOFT).locate(typed)
    assert SOFT[start:end] == found


@pytest.mark.parametrize("typed", ["in PortSabel", "follow–up", "tea\u2060chers", "in Port Sabel und"])
def test_words_that_look_different_or_stand_twice_are_refused(typed):
    with pytest.raises(ValidationError):
        Source(title="Report", text=SOFT).locate(typed)


def test_a_difference_is_named_where_it_really_is():
    with pytest.raises(ValidationError, match="at character 15, after “in Port Sabel ”: here “u”, .*“a”"):
        Source(title="Report", text=SOFT).locate("in Port Sabel und")


def test_a_sign_that_cannot_be_told_by_its_looks_is_named():
    assert [named(each) for each in " é"] == ["“ ”", "“é”"]
    assert named("\u00a0") == "“\u00a0” (U+00A0 no-break space)"
    assert named("\u00ad") == "“\u00ad” (U+00AD soft hyphen)"
    assert named("\n") == "“\n” (U+000A)"


@pytest.mark.django_db
def test_a_passage_keeps_the_signs_of_its_source_and_typed_words_are_its_quotation():
    passage = Passage.objects.quote(a_source(text=SOFT), "in Port Sabel and five teachers")
    assert passage.words == "in Port\u202f\u00a0Sabel and five tea\u00adchers"
    assert is_quotation("in Port Sabel and five teachers", [passage])
    assert not is_quotation("in Port Sabel and 5 teachers", [passage])
