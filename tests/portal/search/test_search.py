"""What Charlie finds, in which order, and what he must never find. The same lists hold on SQLite and on PostgreSQL."""

import io
import re
from html import unescape

import pytest
from cms.api import add_plugin, create_page
from cms.models import PageContent
from django.core.management import call_command
from django.db import transaction
from django.utils.html import strip_tags
from djangocms_versioning.models import Version

from impact.models import Claim, ClaimText, Edition
from organisation.models import Citation, Organisation, Source, Statement, Succession
from portal.models import SearchEntry, SearchWord
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db

NOTHING = "Nothing on record contains these words"
MARKER = "zugzwang"


def page(client, query, **values):
    response = client.get("/search/", {"q": query} | values)
    assert response.status_code == 200
    return response.content.decode().split("<main")[1]


def hits(client, query, **values):
    """The titles of one page of results, claims by their reference."""
    found = []
    for hit in page(client, query, **values).split('<div class="record" data-record="portal.searchentry')[1:]:
        label = re.search(r'class="reference">(\w+)<', hit)
        title = re.search(r'<p class="title"[^>]*>(.*?)</p>', hit, re.DOTALL)
        found.append(label[1] if label else unescape(strip_tags(title[1])).strip())
    return found


def addresses(client, query, **values):
    return re.findall(r'<p class="title"[^>]*><a href="([^"]+)"', page(client, query, **values))


def suggested(client, typed):
    return client.get("/search/suggest/", {"q": typed}).json()["suggestions"]


# What is found


def test_charlie_finds_a_claim_an_organisation_and_a_source_by_their_words(client):
    assert "/evidence/e10-training-programmes/" in addresses(client, "4,500 participants")
    assert addresses(client, "International Coalition")[0] == "/organisations/coalition/"
    assert any(address.startswith("/sources/canada-") for address in addresses(client, "doctrine"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (
            "child soldiers",
            [
                "Child Soldiers International",
                "Coalition to Stop the Use of Child Soldiers",
                "E30",
                "E18",
                "E23",
                "E22",
                "E4",
                "E19",
            ],
        ),
        (
            "vision",
            [
                "Vision",
                "Vision",
                "Dallaire Initiative",
                "Child Soldiers International",
                "Our story",
                "Who we are",
            ],
        ),
        ("doctrine note", ["E4", "Canadian Armed Forces Joint Doctrine Note 2017-01"]),
        ("E10", ["E10"]),
        ("CSI", ["Child Soldiers International", "Coalition to Stop the Use of Child Soldiers"]),
        (
            "Coalition to Stop the Use of Child Soldiers",
            [
                "Coalition to Stop the Use of Child Soldiers",
                "Formerly the Coalition to Stop the Use of Child Soldiers",
                "Child Soldiers International",
            ],
        ),
        ("UNICEF", ["UNICEF", "E3", "Structure"]),
    ],
)
def test_the_best_hits_come_first_names_before_texts_organisations_and_claims_before_sources(
    client, query, expected
):
    assert hits(client, query)[: len(expected)] == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Roméo", "ROMEO"),
        ("recruitment", "recruiting"),
        ("children", "child"),
        ("training programme", "training programs"),
        ("organisation", "organizations"),
        ("4,500", "4500"),
        ("council's", "councils"),
    ],
)
def test_accents_endings_and_spellings_make_no_difference(client, one, other):
    assert hits(client, one) == hits(client, other) != []


def test_a_phrase_is_found_where_its_words_stand_together(client):
    apart, together = hits(client, "soldiers child", page=1), hits(client, '"soldiers child"')
    assert "E30" in apart
    assert "E30" not in together
    assert hits(client, '"government-backed paramilitaries armed"') == [
        "E30",
        "Mission Statement; History and Structure",
    ]
    assert hits(client, "“government-backed paramilitaries armed") == [
        "E30",
        "Mission Statement; History and Structure",
    ]


def test_a_phrase_of_three_words_is_not_put_together_from_two_places(client):
    claim = Claim.objects.get(number=10)
    publish(claim, "Alpha beta, and elsewhere beta gamma")
    assert hits(client, '"alpha beta"') == hits(client, '"beta gamma"') == ["E10"]
    assert NOTHING in page(client, '"alpha beta gamma"')


def test_a_word_or_a_phrase_after_a_minus_sign_must_not_occur(client):
    with_treaty, without = hits(client, "treaty"), hits(client, "treaty -protocol")
    assert without and set(without) < set(with_treaty)
    assert "E30" not in hits(client, 'soldiers -"armed opposition groups"', kind="claim")
    assert "There is no word to look for" in page(client, "-treaty")


def test_the_name_of_a_speaker_counts_where_its_records_do_not_say_it(client):
    assert hits(client, "Dallaire 4,500", kind="claim") == ["E10"]


def test_former_and_other_names_find_the_organisation_of_today(client):
    csi = Organisation.objects.get(slug="child-soldiers-international")
    csi.other_names = "Friends of Quux"
    csi.save()
    assert hits(client, "quux") == ["Child Soldiers International"]
    older = Organisation.objects.create(slug="older", official_name="Frobnicators United")
    succession = Succession.objects.create(earlier=older, later=csi, kind="renamed")
    assert hits(client, "frobnicators") == ["Child Soldiers International"]
    older.official_name = "Grumblers United"
    older.save()
    assert hits(client, "grumblers") == ["Child Soldiers International"]
    succession.delete()
    assert NOTHING in page(client, "grumblers")


def test_every_hit_of_the_seeded_site_leads_to_a_page_that_answers(client):
    found = set()
    for kind in (
        "organisation",
        "claim",
        "page",
        "statement",
        "milestone",
        "instrument",
        "ask",
        "affiliation",
        "source",
    ):
        for query in ("children", "the", "united nations", "organisation", "coalition"):
            found.update(addresses(client, query, kind=kind))
    assert len(found) > 60
    assert [address for address in found if client.get(address.partition("#")[0]).status_code != 200] == []


def test_a_statement_leads_to_the_page_that_says_it(client):
    [address] = addresses(client, "Equality", kind="statement")[:1]
    assert address == "/organisations/child-soldiers-international/values/"


# What is shown


def test_found_words_are_marked_in_their_own_spelling_and_nothing_else_is_markup(client):
    assert "<mark>Roméo</mark> Dallaire" in page(client, "romeo")
    publish(Claim.objects.get(number=10), "We <script>alert(1)</script> & frobnicated <b>all</b>")
    found = page(client, "frobnicate script")
    assert (
        "We &lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt; &amp; <mark>frobnicated</mark> &lt;b&gt;all&lt;/b&gt;"
        in found
    )


def test_an_excerpt_of_a_long_text_shows_the_place_that_was_found(client):
    text = "Nothing here. " * 200 + "A frobnicated sentence stands here. " + "Nothing here. " * 200
    statement = Statement.objects.create(
        organisation=Organisation.objects.get(slug="coalition"), slug="long", kind="position", text=text
    )
    shown = re.search(r'<p class="excerpt"[^>]*>(.*?)</p>', page(client, "frobnicated"))[1]
    assert "A <mark>frobnicated</mark> sentence stands here." in shown
    assert shown.startswith("… ") and shown.endswith(" …") and len(shown) < 330
    statement.delete()
    assert NOTHING in page(client, "frobnicated")


def test_results_are_narrowed_by_kind_and_organisation_with_counts(client):
    everything = page(client, "children")
    kinds = dict(re.findall(r'kind=(\w+)[^>]*>[^<]*<span class="count">\((\d+)\)', everything))
    assert f"{kinds['claim']} results" in page(client, "children", kind="claim") and int(kinds["claim"]) > 20
    assert set(hits(client, "children", kind="claim")) < {
        edition.claim.reference for edition in Edition.objects.current()
    }
    narrowed = page(client, "children", kind="claim", organisation="coalition")
    assert re.search(r'aria-current="true">Claims', narrowed)
    coalition = {
        edition.claim.reference
        for edition in Edition.objects.current().filter(organisation__slug="coalition")
    }
    assert set(hits(client, "children", kind="claim", organisation="coalition")) < coalition
    assert "Search everything instead" in page(client, "children", organisation="nobody")
    assert hits(client, "children", kind="nonsense") == hits(client, "children")


def test_results_come_in_pages_of_twenty_without_a_gap_or_a_repetition(client):
    pages, number = [hits(client, "children")], 1
    while 'rel="next"' in page(client, "children", page=number):
        number += 1
        pages.append(hits(client, "children", page=number))
    assert [len(each) for each in pages[:-1]] == [20] * (len(pages) - 1)
    told = int(re.search(r"(\d+) results", page(client, "children"))[1])
    assert sum(map(len, pages)) == told > 60
    for wrong in ("0", "-1", "x", "", "9" * 5000):
        assert hits(client, "children", page=wrong) in (pages[0], pages[-1])


def test_a_page_of_results_costs_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(20):
        page(client, "children")


def test_more_than_a_thousand_are_not_counted(client):
    SearchEntry.objects.bulk_create(
        SearchEntry(
            id=number,
            kind="source",
            object_id=10_000 + number,
            language="en",
            title="frob",
            tokens="kind=source lang=en | frob |",
        )
        for number in range(1, 1102)
    )
    found = page(client, "frob")
    assert "More than 1,000 results: the best 1,000 are listed." in found
    assert len(hits(client, "frob", page=50)) == 20
    assert hits(client, "frob", page=999) == hits(client, "frob", page=50)
    assert "(1,000+)" in page(client, "frob", kind="source")


def test_an_organisation_is_counted_in_full_beside_one_that_says_a_word_a_thousand_times(client):
    often, seldom = (
        Organisation.objects.get(slug="coalition"),
        Organisation.objects.get(slug="child-soldiers-international"),
    )
    SearchEntry.objects.bulk_create(
        SearchEntry(
            id=number,
            kind="source",
            object_id=10_000 + number,
            language="en",
            title="frob",
            organisation=whose,
            tokens=f"kind=source lang=en org={whose.pk} | frob |",
        )
        for number in range(1, 3001)
        for whose in [seldom if number in (2, 3, 2999) else often]
    )
    counted = dict(
        re.findall(r'organisation=([\w-]+)[^>]*>[^<]*<span class="count">\(([^)]+)\)', page(client, "frob"))
    )
    assert counted == {"coalition": "1,000+", "child-soldiers-international": "3"}


# Where nothing is found


def test_what_is_not_on_record_is_said_so_and_what_was_meant_is_offered(client):
    assert NOTHING in page(client, MARKER)
    assert '<a href="?q=treaty">treaty</a>' in page(client, "tretay")
    assert '<a href="?q=child+recruitment">child recruitment</a>' in page(client, "child recruitmnt")
    assert '<a href="?q=children">children</a>' in page(client, "hcildren")
    assert (
        NOTHING in (found := page(client, "participants treaty doctrine"))
        and '<a href="?q=doctrine">' in found
    )


@pytest.mark.parametrize(
    "query",
    [
        "", " ", '"', "%", "\\", "a\x00b", "\x00", "’" * 3000, "OR 1=1 --", "*", "child*", "NEAR(a b)", "a NEAR b", "title:child", "child AND", "NOT", "AND OR NOT",
        '"child', '""', '"" ""', "-", "--", '-"', "'", "a'b", "''", "(", "((child", "child & | !", "<-> child", "x" * 10_000, "word " * 2000, "-word " * 2000,
        '"' + "a " * 3000, "{}", "%s", "%(q)s", "kind=claim", "n=child", "a_b", "\ud800", "🙂", "½ ² ﬁ", "عالم لا يُجنَّد", "e\u0301" * 50, "\u0301", "1,000,000,000", "<script>",
    ],
)  # fmt: skip
def test_no_query_breaks_the_page_or_the_suggestions(client, query):
    query = query.encode("utf-8", "replace").decode()
    assert "<script>" not in page(client, query)
    assert client.get("/search/suggest/", {"q": query}).status_code == 200


# What is kept in step


def publish(claim, statement):
    claim.statement = statement
    claim.save()
    claim.publish(by=bob(), reason="In a test")
    return claim


def test_a_claim_is_found_by_its_published_words_alone(client):
    claim = Claim.objects.get(number=10)
    claim.statement = f"We {MARKER}"
    claim.save()
    assert NOTHING in page(client, MARKER)
    claim.submit(alice())
    assert NOTHING in page(client, MARKER)
    claim.refresh_from_db()
    claim.publish(by=bob(), reason="In a test")
    assert hits(client, MARKER) == ["E10"]
    assert NOTHING in page(client, "4,500 participants countries delivered", kind="claim")
    claim.restore(claim.editions.get(number=1), bob(), "It was right")
    assert NOTHING in page(client, MARKER)
    assert hits(client, "4,500 participants", kind="claim") == ["E10"]


def test_a_withdrawn_claim_is_found_no_more_nor_counted_nor_offered(client):
    claim = publish(Claim.objects.get(number=10), f"Only here stands {MARKER}")
    before = SearchEntry.objects.count()
    claim.withdraw(bob(), "It was wrong")
    assert SearchEntry.objects.count() == before - 1
    assert NOTHING in page(client, MARKER)
    assert MARKER not in page(client, MARKER.replace("w", "v"))
    claim.refresh_from_db()
    claim.restore(claim.editions.get(number=1), bob(), "It was right after all")
    assert hits(client, "4,500 participants", kind="claim") == ["E10"]


def test_a_claim_that_was_never_published_is_not_found(client):
    Claim.objects.create(
        organisation=Organisation.objects.get(slug="coalition"),
        statement=f"We {MARKER}",
        subject="s",
        theme=ClaimText.Theme.LAW,
        type="output",
    )
    assert NOTHING in page(client, MARKER)
    assert suggested(client, MARKER) == []


def test_what_a_rolled_back_transaction_published_is_not_found(client):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        publish(Claim.objects.get(number=10), f"We {MARKER}")
        assert hits(client, MARKER) == ["E10"]
        raise ZeroDivisionError
    assert NOTHING in page(client, MARKER)
    assert hits(client, "4,500 participants", kind="claim") == ["E10"]


def test_the_new_words_and_address_of_a_record_are_found_as_soon_as_it_is_saved(client):
    source = Source.objects.get(slug="canada-doctrine-note-2017")
    source.title, source.slug = f"On {MARKER}", "another-address"
    source.save()
    assert addresses(client, MARKER) == [source.get_absolute_url()]


def test_a_source_is_found_while_something_public_cites_it(client):
    source = Source.objects.create(slug="new", kind="news", title=f"News of {MARKER}")
    assert NOTHING in page(client, MARKER)
    claim = Claim.objects.get(number=10)
    citation = Citation.objects.create(record=claim, source=source, relation="context")
    assert NOTHING in page(client, MARKER)
    claim.publish(by=bob(), reason="In a test")
    assert hits(client, MARKER) == [f"News of {MARKER}"]
    other = Source.objects.create(slug="newer", kind="news", title="News of frobnication")
    cited = Citation.objects.create(record=Statement.objects.first(), source=other, relation="context")
    assert hits(client, "frobnication") == ["News of frobnication"]
    cited.delete()
    assert NOTHING in page(client, "frobnication")
    citation.refresh_from_db()


def test_what_an_organisation_says_is_found_while_it_has_a_profile(client):
    csi = Organisation.objects.get(slug="child-soldiers-international")
    assert "Equality" in hits(client, "equality")
    csi.profiled = False
    csi.save()
    assert "Equality" not in hits(client, "equality")
    assert "Child Soldiers International" not in hits(
        client, "Child Soldiers International", kind="organisation"
    )
    csi.profiled = True
    csi.save()
    assert "Equality" in hits(client, "equality")


def new_page(slug, body):
    page = create_page(slug, "pages/page.html", "en", slug=slug, created_by=alice())
    content = PageContent.admin_manager.get(page=page)
    add_plugin(content.get_placeholders().get(slot="content"), "TextPlugin", "en", body=body)
    return Version.objects.get_for_content(content)


def test_a_page_is_found_by_its_own_words_while_it_is_published(client):
    draft = new_page("frobnication", f"<h2>A heading</h2><p>We&nbsp;<strong>{MARKER}</strong></p>")
    assert NOTHING in page(client, MARKER)
    draft.publish(bob())
    assert addresses(client, MARKER) == ["/frobnication/"]
    newer = draft.copy(alice())
    plugin = newer.content.get_placeholders().get(slot="content").get_plugins()[0].get_plugin_instance()[0]
    plugin.body = "<p>Other words: brillig</p>"
    plugin.save()
    assert addresses(client, MARKER) == ["/frobnication/"]
    assert NOTHING in page(client, "brillig")
    newer.publish(bob())
    assert addresses(client, "brillig") == ["/frobnication/"]
    assert NOTHING in page(client, MARKER)
    newer.unpublish(bob())
    assert NOTHING in page(client, "brillig")


def test_a_page_keeps_its_right_address_when_the_page_above_it_takes_another(client):
    parent, child = new_page("above", "<p>up</p>"), new_page("below", f"<p>{MARKER}</p>")
    parent.publish(bob())
    child.publish(bob())
    child.content.page.move_page(parent.content.page, "first-child")
    assert addresses(client, MARKER) == ["/above/below/"]
    newer = parent.copy(alice())
    newer.content.slug = "elsewhere"
    newer.content.save()
    newer.publish(bob())
    [address] = addresses(client, MARKER)
    assert client.get(address).status_code == 200
    child.content.page.delete()
    assert NOTHING in page(client, MARKER)


def test_an_organisation_is_no_hit_while_its_profile_is_taken_down(client):
    profile = PageContent.objects.get(page__urls__path="organisations/coalition")
    Version.objects.get_for_content(profile).unpublish(bob())
    assert hits(client, "International Coalition", kind="organisation") == ["Child Soldiers International"]


# The command


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
    assert hits(client, "4,500 participants", kind="claim") == [] and hits(client, MARKER) == [MARKER]
    said = io.StringIO()
    call_command("reindex", stdout=said)
    assert re.match(r"(\d+) of \1 records looked at\.", said.getvalue())
    assert list(SearchEntry.objects.values_list("id", "tokens", "address")) == wanted
    assert hits(client, "4,500 participants", kind="claim") == ["E10"]
    assert NOTHING in page(client, MARKER) and NOTHING in page(client, "stale")
    assert not SearchWord.objects.filter(word=MARKER).exists()
    again = io.StringIO()
    call_command("reindex", stdout=again)
    assert "Entries changed: 0." in again.getvalue()


def test_whoever_watches_sees_a_bar():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    said = Terminal()
    call_command("reindex", stdout=said)
    assert re.match(rf"\[{'#' * 40}\] (\d+)/\1\n", said.getvalue().split("\r")[-1])


# Suggestions


def test_suggestions_begin_as_charlie_types_and_lead_to_the_record(client):
    assert suggested(client, "d") == []
    first, *_others = suggested(client, "dalla")
    assert first == {
        "title": "Dallaire Initiative",
        "kind": "Organisation",
        "address": "/organisations/dallaire-initiative/",
    }
    assert [each["title"] for each in suggested(client, "child sol")][:2] == [
        "Child Soldiers International",
        "Coalition to Stop the Use of Child Soldiers",
    ]
    assert suggested(client, "E10")[0]["address"] == "/evidence/e10-training-programmes/"
    assert len(suggested(client, "children")) == 8
