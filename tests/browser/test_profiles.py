"""A student reads, without a click, how one organisation became another, and what then."""

import pytest

DESK, TELEPHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
LINKS = "each => each.map(link => link.getAttribute('href'))"


@pytest.fixture
def desk(visit):
    return visit(viewport=DESK)


@pytest.fixture
def profiles(desk):
    """Returns the addresses of the organisations."""
    desk.goto("/organisations/")
    found = desk.locator(".directory .title a").evaluate_all(LINKS)
    assert len(found) == 3
    return found


def test_a_student_sees_on_each_profile_who_became_whom_and_what_then(desk, visit, profiles):
    telephone = visit(viewport=TELEPHONE)
    for path in profiles:
        desk.goto(path)
        drawn = desk.locator(".lineage-drawn [role=img]")
        assert drawn.is_visible()
        words = " ".join(drawn.locator("text").all_text_contents())
        for said in ("May 1998, founded", "new name", "2011, independent", "7 June 2019, closed"):
            assert said in words, (path, said)
        telephone.goto(path)
        told = telephone.locator(".lineage-told ol")
        assert told.is_visible()
        order = [
            told.inner_text().index(said) for said in ("takes the name", "passes programmes on to", "closes")
        ]
        assert order == sorted(order)


def test_what_became_of_it_and_its_aim_stand_on_the_first_screen_beside_a_whole_plate(desk, profiles):
    for path in profiles:
        desk.goto(path)
        for part in (".life-line", ".aim .quote"):
            box = desk.locator(part).bounding_box()
            assert box["y"] + box["height"] < DESK["height"], (path, part)
        plate = desk.locator("main > .plate").bounding_box()
        assert plate["width"] == plate["height"] > 300


def test_the_heads_of_the_lanes_stay_in_view(desk):
    desk.goto("/timeline/")
    desk.evaluate("scrollTo(0, 1800)")
    assert desk.locator(".lanes-heads").bounding_box()["y"] == 0
