"""`manage.py seed` is repeatable, keeps what editors changed, and refuses what is wrong as a whole."""

import hashlib
import json
import shutil
from io import StringIO

import pytest
from cms.api import add_plugin
from cms.models import PageContent
from django.core.management import call_command
from django.core.management.base import CommandError
from djangocms_versioning.models import Version

from impact.models import Claim
from organisation.models import Affiliation, Citation, Organisation, Statement
from tests.support.factory import a_source, restate_figures
from tests.support.people import alice, bob

from .made_up import AID, LOG, VISION

pytestmark = pytest.mark.django_db


TEXT = "Our log.\nWe hope for a calm sea."
CITATION = {"source": "log", "line": 2, "words": "a calm sea", "relation": "states", "independence": "own"}
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
    """The fixtures of Harbour Aid, whose vision cites the text of its log, once they are seeded."""
    (fixtures.folder / "log.txt").write_text(TEXT)
    log = LOG | {"file": "log.txt", "sha256": hashlib.sha256(TEXT.encode()).hexdigest()}
    entries = {"organisations": [AID], "sources": [log], "statements": [VISION | {"citations": [CITATION]}]}
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


def test_what_alice_deleted_stays_deleted_until_it_is_overwritten():
    value = Statement.objects.get(slug="equality")
    value.delete()
    assert "Kept as an editor left it: equality" in seed()
    assert not Statement.objects.filter(slug="equality").exists()
    seed("--overwrite")
    assert Statement.objects.filter(slug="equality").exists()
    assert seed() == UNCHANGED


def test_a_citation_that_alice_added_is_kept_until_it_is_overwritten(harbour_aid):
    Citation.objects.create(record=vision_statement(), source=a_source(), relation="context")
    edit(vision_statement(), alice())
    assert "Kept as an editor left it: Harbour Aid, vision" in seed()
    assert vision_statement().citations.count() == 2
    seed("--overwrite")
    assert vision_statement().citations.count() == 1
    assert seed() == UNCHANGED


def test_what_rests_on_an_organisation_that_bob_deleted_is_left_alone():
    unicef = Organisation.objects.get(slug="unicef")
    Affiliation.objects.filter(with_whom=unicef).delete()
    unicef.delete()
    assert "Kept as an editor left it" in seed()
    assert not Organisation.objects.filter(slug="unicef").exists()


def test_a_page_that_bob_took_down_stays_down_until_it_is_overwritten(client):
    page = PageContent.objects.get(page__reverse_id="timeline")
    Version.objects.get_for_content(page).unpublish(bob())
    assert "Kept as an editor left it: Timeline" in seed()
    assert client.get("/timeline/").status_code == 404
    seed("--overwrite")
    assert client.get("/timeline/").status_code == 200


def test_a_page_that_bob_deleted_stays_deleted_until_it_is_overwritten(client):
    PageContent.objects.get(page__reverse_id="contact").page.delete()
    assert "Kept as an editor left it: Contact" in seed()
    assert client.get("/contact/").status_code == 404
    seed("--overwrite")
    assert client.get("/contact/").status_code == 200


def test_a_claim_that_alice_changed_and_bob_published_is_kept():
    claim = Claim.objects.get(number=10)
    edit(claim, alice(), statement="Alice's words", in_our_words=True)
    restate_figures(claim)
    claim.publish(by=bob(), reason="A newer count", seen=Claim.AS_STORED)
    assert "Kept as an editor left it: E10" in seed()
    assert Claim.objects.get(number=10).current_edition.statement == "Alice's words"


def test_overwriting_a_claim_publishes_the_next_edition_and_keeps_the_others():
    claim = Claim.objects.get(number=10)
    edit(claim, alice(), statement="Alice's words", in_our_words=True)
    restate_figures(claim)
    claim.publish(by=bob(), reason="A newer count", seen=Claim.AS_STORED)
    seed("--overwrite")
    assert [edition.statement[:12] for edition in claim.editions.order_by("number")] == [
        "Our training",
        "Alice's word",
        "Our training",
    ]
    assert Claim.objects.get(number=10).current_edition.number == 3


def test_a_page_that_alice_changed_is_kept_and_overwriting_restores_it_without_losing_hers():
    page = PageContent.objects.get(page__reverse_id="timeline")
    draft = Version.objects.get_for_content(page).copy(alice())
    add_plugin(
        draft.content.get_placeholders().get(slot="content"),
        "TextPlugin",
        "en",
        body="<p>Alice's paragraph</p>",
    )
    draft.publish(bob())
    assert "Kept as an editor left it: Timeline" in seed()
    seed("--overwrite")
    plugins = (
        PageContent.objects.get(page__reverse_id="timeline")
        .get_placeholders()
        .get(slot="content")
        .get_plugins()
    )
    assert [plugin.plugin_type for plugin in plugins] == ["TimelinePlugin", "SearchWordsPlugin"]
    assert Version.objects.filter_by_grouper(page.page).count() == 3


@pytest.fixture
def broken_fixtures(settings, tmp_path):
    """Copies the fixtures into a folder where a test can spoil them."""
    settings.FIXTURES_DIR = shutil.copytree(settings.FIXTURES_DIR, tmp_path / "fixtures")
    return settings.FIXTURES_DIR


def test_a_source_text_that_was_changed_on_disk_is_refused(harbour_aid):
    (harbour_aid.folder / "log.txt").write_text(TEXT.replace("calm", "warm"))
    with pytest.raises(CommandError, match="log.txt is not the text it was .* restore it"):
        seed()


def change_first(folder, name, **values):
    path = folder / f"{name}.json"
    entries = json.loads(path.read_text())
    entries[0] |= values
    path.write_text(json.dumps(entries))


def test_a_fixture_that_names_an_unknown_organisation_is_refused_and_nothing_is_half_written(broken_fixtures):
    change_first(broken_fixtures, "organisations", seat="Nowhere")
    change_first(broken_fixtures, "statements", organisation="nobody")
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


def test_a_slip_of_the_pen_in_a_fixture_is_named(broken_fixtures):
    change_first(broken_fixtures, "statements", citations=[{"line": 9}])
    with pytest.raises(
        CommandError, match="statements.json, .*: “source” is missing: add it. Nothing was changed."
    ):
        seed()


def test_a_figure_without_a_unit_is_refused(broken_fixtures):
    change_first(broken_fixtures, "claims", figures=[{"label": "countries", "value": "4", "unit": ""}])
    with pytest.raises(CommandError, match="claims.json, E1 .*A figure needs a unit: say what is counted"):
        seed()
