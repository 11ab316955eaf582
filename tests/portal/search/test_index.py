"""The index follows what is public: Charlie never finds a draft or what was withdrawn."""

import io
import re

import pytest
from cms.api import add_plugin, create_page
from cms.models import PageContent
from django.core.management import call_command
from django.db import transaction
from djangocms_versioning.models import Version

from impact.models import Claim
from organisation.models import Citation, Source, Statement, Succession
from portal.models import SearchEntry, SearchWord
from tests.support.factory import a_claim, a_statement, an_organisation, restate_figures
from tests.support.pages import profile_of, version_of
from tests.support.people import alice, bob

from .results_page import (
    MARKER,
    NOTHING_FOUND,
    hit_addresses,
    hit_titles,
    publish_claim,
    results_page,
    suggestions,
)

pytestmark = pytest.mark.django_db


def test_a_claim_is_found_by_its_published_words_alone(client):
    claim = Claim.objects.get(number=10)
    claim.statement = f"We {MARKER}"
    claim.in_our_words = True
    claim.save()
    restate_figures(claim)
    assert NOTHING_FOUND in results_page(client, MARKER)
    claim.submit(alice(), seen=Claim.AS_STORED)
    assert NOTHING_FOUND in results_page(client, MARKER)
    claim.refresh_from_db()
    claim.publish(by=bob(), reason="In a test", seen=Claim.AS_STORED)
    assert hit_titles(client, MARKER) == ["E10"]
    assert NOTHING_FOUND in results_page(client, "4,500 participants countries delivered", kind="claim")
    claim.restore(claim.editions.get(number=1), bob(), "It was right", seen=Claim.AS_STORED)
    assert NOTHING_FOUND in results_page(client, MARKER)
    assert hit_titles(client, "4,500 participants", kind="claim") == ["E10"]


def test_a_withdrawn_claim_is_found_no_more_nor_counted_nor_offered(client):
    claim = publish_claim(Claim.objects.get(number=10), f"Only here stands {MARKER}")
    before = SearchEntry.objects.count()
    claim.withdraw(bob(), "It was wrong", seen=Claim.AS_STORED)
    assert SearchEntry.objects.count() == before - 1
    assert NOTHING_FOUND in results_page(client, MARKER)
    assert MARKER not in results_page(client, MARKER.replace("w", "v"))
    claim.refresh_from_db()
    claim.restore(claim.editions.get(number=1), bob(), "It was right after all", seen=Claim.AS_STORED)
    assert hit_titles(client, "4,500 participants", kind="claim") == ["E10"]


def test_a_claim_that_was_never_published_is_not_found(client):
    a_claim(f"We {MARKER}", theme="law and standards")
    assert NOTHING_FOUND in results_page(client, MARKER)
    assert suggestions(client, MARKER) == []


def test_what_a_rolled_back_transaction_published_is_not_found(client):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish_claim(Claim.objects.get(number=10), f"We {MARKER}")
        assert hit_titles(client, MARKER) == ["E10"]
        raise ZeroDivisionError
    assert NOTHING_FOUND in results_page(client, MARKER)
    assert hit_titles(client, "4,500 participants", kind="claim") == ["E10"]


def test_the_new_words_and_address_of_a_record_are_found_as_soon_as_it_is_saved(client):
    source = Source.objects.get(slug="canada-doctrine-note-2017")
    source.title, source.slug = f"On {MARKER}", "another-address"
    source.save()
    assert hit_addresses(client, MARKER) == [source.get_absolute_url()]


def test_a_source_is_found_while_something_public_cites_it(client):
    source = Source.objects.create(slug="new", kind="news", title=f"News of {MARKER}")
    assert NOTHING_FOUND in results_page(client, MARKER)
    claim = Claim.objects.get(number=10)
    citation = Citation.objects.create(record=claim, source=source, relation="context")
    assert NOTHING_FOUND in results_page(client, MARKER)
    claim.publish(by=bob(), reason="In a test", seen=Claim.AS_STORED)
    assert hit_titles(client, MARKER) == [f"News of {MARKER}"]
    other = Source.objects.create(slug="newer", kind="news", title="News of frobnication")
    cited = Citation.objects.create(record=Statement.objects.first(), source=other, relation="context")
    assert hit_titles(client, "frobnication") == ["News of frobnication"]
    cited.delete()
    assert NOTHING_FOUND in results_page(client, "frobnication")
    citation.refresh_from_db()


def test_what_an_organisation_says_is_found_while_it_has_a_profile(client):
    organisation = an_organisation(profiled=True)
    profile_of(organisation)
    a_statement("Every pilot counts.", kind="value", title="Seamanship")
    assert "Seamanship" in hit_titles(client, "seamanship")
    assert hit_titles(client, "Harbour Aid", kind="organisation") == ["Harbour Aid"]
    organisation.profiled = False
    organisation.save()
    assert "Seamanship" not in hit_titles(client, "seamanship")
    assert "Harbour Aid" not in hit_titles(client, "Harbour Aid", kind="organisation")
    organisation.profiled = True
    organisation.save()
    assert "Seamanship" in hit_titles(client, "seamanship")


def new_page(slug, body):
    page = create_page(slug, "pages/page.html", "en", slug=slug, created_by=alice())
    content = PageContent.admin_manager.get(page=page)
    add_plugin(content.get_placeholders().get(slot="content"), "TextPlugin", "en", body=body)
    return Version.objects.get_for_content(content)


def test_a_page_is_found_by_its_own_words_while_it_is_published(client):
    draft = new_page("frobnication", f"<h2>A heading</h2><p>We&nbsp;<b>{MARKER[:3]}</b>{MARKER[3:]}</p><p>x")
    assert NOTHING_FOUND in results_page(client, MARKER)
    draft.publish(bob())
    assert hit_addresses(client, MARKER) == ["/frobnication/"]
    newer = draft.copy(alice())
    plugin = newer.content.get_placeholders().get(slot="content").get_plugins()[0].get_plugin_instance()[0]
    plugin.body = "<p>Other words: brillig</p>"
    plugin.save()
    assert hit_addresses(client, MARKER) == ["/frobnication/"]
    assert NOTHING_FOUND in results_page(client, "brillig")
    newer.publish(bob())
    assert hit_addresses(client, "brillig") == ["/frobnication/"]
    assert NOTHING_FOUND in results_page(client, MARKER)
    newer.unpublish(bob())
    assert NOTHING_FOUND in results_page(client, "brillig")


def test_a_page_keeps_its_right_address_when_the_page_above_it_takes_another(client):
    parent, child = new_page("above", "<p>up</p>"), new_page("below", f"<p>{MARKER}</p>")
    parent.publish(bob())
    child.publish(bob())
    child.content.page.move_page(parent.content.page, "first-child")
    assert hit_addresses(client, MARKER) == ["/above/below/"]
    newer = parent.copy(alice())
    newer.content.slug = "elsewhere"
    newer.content.save()
    newer.publish(bob())
    [address] = hit_addresses(client, MARKER)
    assert client.get(address).status_code == 200
    child.content.page.delete()
    assert NOTHING_FOUND in results_page(client, MARKER)


def test_an_organisation_is_no_hit_while_its_profile_is_taken_down(client):
    union, aid = an_organisation("Harbour Union", profiled=True), an_organisation(profiled=True)
    Succession.objects.create(earlier=union, later=aid, kind="renamed")
    profile = profile_of(union)
    profile_of(aid)
    assert hit_titles(client, "Harbour Union", kind="organisation") == ["Harbour Union", "Harbour Aid"]
    version_of(profile).unpublish(bob())
    assert hit_titles(client, "Harbour Union", kind="organisation") == ["Harbour Aid"]


def test_reindexing_brings_back_what_is_lost_and_drops_what_is_gone_and_changes_nothing_the_second_time(
    client,
):
    wanted = list(SearchEntry.objects.values_list("id", "tokens", "address"))
    SearchEntry.objects.filter(kind="claim").delete()
    SearchEntry.objects.filter(kind="page").update(tokens="kind=page lang=en | stale |")
    SearchEntry.objects.create(
        id=7,
        kind="source",
        object_id=123_456,
        language="en",
        title=MARKER,
        tokens=f"kind=source lang=en | {MARKER} |",
    )
    SearchWord.objects.create(key=MARKER, word=MARKER)
    assert hit_titles(client, "4,500 participants", kind="claim") == [] and hit_titles(client, MARKER) == [
        MARKER
    ]
    output = io.StringIO()
    call_command("reindex", stdout=output)
    assert re.match(r"(\d+) of \1 records looked at\.", output.getvalue())
    assert list(SearchEntry.objects.values_list("id", "tokens", "address")) == wanted
    assert hit_titles(client, "4,500 participants", kind="claim") == ["E10"]
    assert NOTHING_FOUND in results_page(client, MARKER) and NOTHING_FOUND in results_page(client, "stale")
    assert not SearchWord.objects.filter(word=MARKER).exists()
    again = io.StringIO()
    call_command("reindex", stdout=again)
    assert "Entries changed: 0." in again.getvalue()


def test_entries_of_an_earlier_version_are_rebuilt_by_the_next_tick(client, capsys):
    count = SearchEntry.objects.filter(kind="claim").update(tokens="kind=claim lang=en version=1 | stale |")
    assert hit_titles(client, "4,500 participants", kind="claim") == []
    call_command("tick")
    assert capsys.readouterr().out == f"The search index is rebuilt. Entries changed: {count}.\n"
    assert hit_titles(client, "4,500 participants", kind="claim") == ["E10"]
    call_command("tick")
    assert capsys.readouterr().out == ""


def test_whoever_watches_sees_a_bar():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    output = Terminal()
    call_command("reindex", stdout=output)
    assert re.match(rf"\[{'#' * 40}\] (\d+)/\1\n", output.getvalue().split("\r")[-1])
