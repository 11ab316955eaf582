"""`manage.py seed` is repeatable, keeps what editors changed, and refuses what is wrong as a whole."""

import hashlib
from io import StringIO

import pytest
from cms.api import add_plugin
from cms.models import PageContent
from django.core.management import call_command
from django.core.management.base import CommandError
from djangocms_versioning.models import Version

from impact.models import Claim
from organisation.models import Affiliation, Citation, Organisation, Statement
from tests.support.factory import a_source
from tests.support.people import alice, bob

from .made_up import AID, LOG, VISION

pytestmark = pytest.mark.django_db


TEXT = "Our log.\nWe hope for a calm sea."
CITATION = {"source": "log", "line": 2, "words": "a calm sea", "relation": "states", "independence": "own"}
CLAIM = {
    "reference": "E901",
    "slug": "calm",
    "organisation": "harbour-aid",
    "statement": "We hope for a calm sea",
    "subject": "s",
    "theme": "training",
    "type": "output",
    "citations": [CITATION | {"words": "We hope for a calm sea"}],
}
LANTERN = {"slug": "lantern-aid", "official_name": "Lantern Aid"}
PARTNER = {"organisation": "harbour-aid", "role": "partner", "with_whom": "lantern-aid"}
PAGE = {
    "key": "tides",
    "title": "Tides",
    "description": "About tides",
    "blocks": [{"plugin": "TextPlugin", "body": "<p>High and low.</p>"}],
}
UNCHANGED = "Records written: 0. Pages written: 0.\n"


def seed(*options):
    output = StringIO()
    call_command("seed", *options, stdout=output)
    return output.getvalue()


def edit(record, user, **values):
    for name, value in values.items():
        setattr(record, name, value)
    record._history_user = user
    record.save()


@pytest.fixture
def harbour_aid(fixtures):
    """The fixtures of Harbour Aid, whose vision and claim cite the text of its log, once they are seeded."""
    (fixtures.folder / "log.txt").write_text(TEXT)
    log = LOG | {"file": "log.txt", "sha256": hashlib.sha256(TEXT.encode()).hexdigest()}
    entries = {
        "organisations": [AID, LANTERN],
        "sources": [log],
        "statements": [VISION | {"citations": [CITATION]}],
        "affiliations": [PARTNER],
        "claims": [CLAIM],
        "pages": [PAGE],
    }
    for name, each in entries.items():
        fixtures.write(name, each)
    seed()
    return fixtures


def vision_statement():
    return Statement.objects.get(organisation__slug="harbour-aid", slug="vision")


def test_seeding_again_changes_nothing():
    assert seed() == UNCHANGED


def test_seeding_again_keeps_what_alice_changed_and_says_so(harbour_aid):
    edit(vision_statement(), alice(), text="Alice's words")
    assert "Kept as an editor left it: Harbour Aid, vision" in seed()
    assert vision_statement().text == "Alice's words"


def test_overwriting_brings_the_words_of_the_source_back(harbour_aid):
    edit(vision_statement(), alice(), text="Alice's words")
    seed("--overwrite")
    assert vision_statement().text == "A calm sea"
    assert seed() == UNCHANGED


def test_what_alice_deleted_stays_deleted_until_it_is_overwritten(harbour_aid):
    vision_statement().delete()
    assert "Kept as an editor left it: vision" in seed()
    assert not Statement.objects.filter(organisation__slug="harbour-aid").exists()
    seed("--overwrite")
    assert vision_statement().text == "A calm sea"
    assert seed() == UNCHANGED


def test_a_citation_that_alice_added_is_kept_until_it_is_overwritten(harbour_aid):
    Citation.objects.create(record=vision_statement(), source=a_source(), relation="context")
    edit(vision_statement(), alice())
    assert "Kept as an editor left it: Harbour Aid, vision" in seed()
    assert vision_statement().citations.count() == 2
    seed("--overwrite")
    assert vision_statement().citations.count() == 1
    assert seed() == UNCHANGED


def test_what_rests_on_an_organisation_that_bob_deleted_is_left_alone(harbour_aid):
    lantern = Organisation.objects.get(slug="lantern-aid")
    Affiliation.objects.get(with_whom=lantern).delete()
    lantern.delete()
    assert "Kept as an editor left it" in seed()
    assert not Organisation.objects.filter(slug="lantern-aid").exists()


def test_a_page_that_bob_took_down_stays_down_until_it_is_overwritten(client, harbour_aid):
    Version.objects.get_for_content(tides()).unpublish(bob())
    assert "Kept as an editor left it: Tides" in seed()
    assert client.get("/tides/").status_code == 404
    seed("--overwrite")
    assert client.get("/tides/").status_code == 200


def tides():
    return PageContent.objects.get(page__reverse_id="tides")


def test_a_page_that_bob_deleted_stays_deleted_until_it_is_overwritten(client, harbour_aid):
    tides().page.delete()
    assert "Kept as an editor left it: Tides" in seed()
    assert client.get("/tides/").status_code == 404
    seed("--overwrite")
    assert client.get("/tides/").status_code == 200


def test_a_claim_that_alice_changed_and_bob_published_is_kept_until_it_is_overwritten(harbour_aid):
    claim = Claim.objects.get(number=901)
    edit(claim, alice(), statement="Alice's words", in_our_words=True)
    claim.publish(by=bob(), reason="Another sea", seen=Claim.AS_STORED)
    assert "Kept as an editor left it: E901" in seed()
    assert Claim.objects.get(number=901).current_edition.statement == "Alice's words"
    seed("--overwrite")
    assert [edition.statement for edition in claim.editions.order_by("number")] == [
        "We hope for a calm sea",
        "Alice's words",
        "We hope for a calm sea",
    ]
    assert Claim.objects.get(number=901).current_edition.number == 3


def test_a_page_that_alice_changed_is_kept_and_overwriting_restores_it_without_losing_hers(harbour_aid):
    draft = Version.objects.get_for_content(tides()).copy(alice())
    add_plugin(
        draft.content.get_placeholders().get(slot="content"),
        "TextPlugin",
        "en",
        body="<p>Alice's paragraph</p>",
    )
    draft.publish(bob())
    assert "Kept as an editor left it: Tides" in seed()
    seed("--overwrite")
    [plugin] = tides().get_placeholders().get(slot="content").get_plugins()
    assert plugin.get_plugin_instance()[0].body == "<p>High and low.</p>"
    assert Version.objects.filter_by_grouper(tides().page).count() == 3


def test_a_source_text_that_was_changed_on_disk_is_refused(harbour_aid):
    (harbour_aid.folder / "log.txt").write_text(TEXT.replace("calm", "warm"))
    with pytest.raises(CommandError, match="log.txt is not the text it was .* restore it"):
        seed()


def test_a_fixture_that_names_an_unknown_organisation_is_refused_and_nothing_is_half_written(harbour_aid):
    harbour_aid.write("organisations", [AID | {"seat": "Nowhere"}, LANTERN])
    harbour_aid.write("statements", [VISION | {"organisation": "nobody"}])
    with pytest.raises(
        CommandError, match="statements.json, .*: there is no organisation “nobody”: correct the name"
    ):
        seed()
    assert not Organisation.objects.filter(seat="Nowhere").exists()


def test_a_quotation_that_departs_from_its_source_is_refused_with_the_first_differing_character(
    harbour_aid,
):
    citation = CITATION | {"words": "We hope for a warm sea"}
    harbour_aid.write("statements", [VISION | {"citations": [citation]}])
    with pytest.raises(
        CommandError, match="at character 15, after “We hope for a ”: here “w”, in the source “c”"
    ):
        seed()


def test_a_slip_of_the_pen_in_a_fixture_is_named(harbour_aid):
    harbour_aid.write("statements", [VISION | {"citations": [{"line": 9}]}])
    with pytest.raises(
        CommandError, match="statements.json, .*: “source” is missing: add it. Nothing was changed."
    ):
        seed()


def test_a_figure_without_a_unit_is_refused(harbour_aid):
    figure = {"label": "countries", "value": "4", "unit": ""}
    harbour_aid.write("claims", [CLAIM | {"figures": [figure]}])
    with pytest.raises(CommandError, match="claims.json, E901 .*A figure needs a unit: say what is counted"):
        seed()
