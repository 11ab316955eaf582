"""The drawing of lineage shows what sources date, hatches what they do not, and no two texts overlap."""

import re
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from organisation.models import Organisation, Succession
from portal.graphics.drawings import text_width
from portal.graphics.drawings.labels import Label, Lanes
from portal.graphics.drawings.lineage import OWN_FONT, WIDE, WIDTH, LineageDrawing
from portal.graphics.drawings.text_width import fitted
from portal.staff.drawn_examples import lineages

RENAMED, CLOSED, MERGED = Succession.Kind.RENAMED, Succession.Kind.CLOSED, Succession.Kind.MERGED
PASSED_ON = Succession.Kind.PASSED_ON
SIZES = {"lineage-name": 18, "lineage-year": 16}


def an_organisation(pk, name, founded="", **values):
    organisation = Organisation(pk=pk, official_name=name, founded=founded, **values)
    organisation.evidence = []
    return organisation


HARBOUR, LANTERN = an_organisation(1, "Harbour Aid", "1998-05"), an_organisation(2, "Lantern Fund")
PILOTS = an_organisation(3, "Pilots", "2007")


def successions(*rows):
    made = [
        Succession(pk=number, earlier=earlier, later=later, kind=kind, date=date)
        for number, (earlier, later, kind, date) in enumerate(rows, 1)
    ]
    for each in made:
        each.evidence = []
    return made


def drawn(organisations, *rows, **options):
    return LineageDrawing(organisations, successions(*rows), **options).drawn()


def words(drawing):
    return [text[-1] for text in drawing.texts]


def shapes(drawing, name):
    return [shape for shape in [*drawing.rects, *drawing.lines, *drawing.marks] if shape[0].startswith(name)]


def test_a_name_is_a_bar_from_its_founding_to_its_end():
    drawing = drawn([an_organisation(1, "Harbour Aid", "1998-05", closed="2019-06-07")])
    assert len(shapes(drawing, "lineage-bar")) == len(shapes(drawing, "lineage-cap")) == 1
    assert {"May 1998, founded", "7 June 2019, closed", "1998", "2019", "Harbour Aid"} == set(words(drawing))
    assert shapes(drawing, "lineage-hatch") == shapes(drawing, "lineage-end") == []


def test_an_organisation_without_an_end_on_record_ends_in_an_arrow():
    drawing = drawn([HARBOUR])
    assert len(shapes(drawing, "lineage-end")) == 1
    assert not any("closed" in text for text in words(drawing))


def test_a_new_name_that_nobody_dates_is_hatched_between_what_is_known_on_either_side():
    rows = [(HARBOUR, LANTERN, RENAMED, ""), (LANTERN, None, PASSED_ON, "2011")]
    [hatch] = shapes(drawn([HARBOUR, LANTERN], *rows, documents=[(1, "2008")]), "lineage-hatch")
    [longer] = shapes(drawn([HARBOUR, LANTERN], *rows), "lineage-hatch")
    assert hatch[2] == longer[2]
    assert float(hatch[1][:-1]) > float(longer[1][:-1])
    assert "new name, undated" in words(drawn([HARBOUR, LANTERN], *rows))


def test_a_new_name_with_a_date_is_not_hatched():
    drawing = drawn([HARBOUR, LANTERN], (HARBOUR, LANTERN, RENAMED, "2003"))
    assert shapes(drawing, "lineage-hatch") == []
    assert "2003, new name" in words(drawing)


def test_what_nobody_dates_at_all_is_hatched_from_side_to_side():
    drawing = drawn([LANTERN])
    [(_name, start, end, *_)] = shapes(drawing, "lineage-hatch")
    assert (start, end) == ("0%", "100%")
    assert words(drawing) == ["Lantern Fund", "founding undated"]


def test_an_end_without_a_day_says_so_and_has_no_arrow():
    drawing = drawn([HARBOUR], (HARBOUR, None, CLOSED, ""))
    assert "closed, undated" in words(drawing)
    assert shapes(drawing, "lineage-end") == []
    assert len(shapes(drawing, "lineage-hatch")) == 1


def test_an_arrow_leads_to_an_heir_with_a_bar_and_an_heir_without_one_is_named():
    rows = [(HARBOUR, PILOTS, PASSED_ON, "2019"), (HARBOUR, LANTERN, PASSED_ON, "2019")]
    drawing = drawn([HARBOUR, PILOTS], *rows)
    assert len(shapes(drawing, "lineage-arrow")) == 1
    assert {"2019, programmes pass to Pilots", "2019, programmes pass to Lantern Fund"} <= set(words(drawing))


def test_names_that_follow_one_another_in_a_circle_are_drawn_once_each():
    rows = [(HARBOUR, PILOTS, RENAMED, "2001"), (PILOTS, HARBOUR, RENAMED, "2003")]
    drawing = drawn([HARBOUR, PILOTS], *rows)
    assert sorted(each for each in words(drawing) if each in ("Harbour Aid", "Pilots")) == [
        "Harbour Aid",
        "Pilots",
    ]


def test_on_a_profile_its_bar_is_lit_and_only_those_tied_to_it_are_drawn():
    drawing = drawn([HARBOUR, LANTERN, PILOTS], (HARBOUR, PILOTS, MERGED, "2010"), present=HARBOUR)
    assert len([shape for shape in drawing.rects if shape[0].endswith(" lit")]) == 1
    assert "Lantern Fund" not in words(drawing)
    assert "Pilots" in words(drawing)
    assert "Lantern Fund" in words(drawn([HARBOUR, LANTERN, PILOTS]))


@pytest.mark.parametrize("number", range(1, 4))
def test_no_text_overlaps_another_at_the_narrowest_width_nor_at_a_wider_one(number):
    drawing = LineageDrawing(**lineages()[number]).drawn()
    for width, hidden in ((WIDTH, "lineage-wide"), (WIDE, "lineage-narrow"), (1123, "lineage-narrow")):
        texts = [text for text in drawing.texts if hidden not in text[0]]
        boxes = [box_of(text, width) for text in texts]
        for place, (left, right, y) in enumerate(boxes):
            assert left >= -1 and right <= width + 1, texts[place]
            for other, (its_left, its_right, its_y) in enumerate(boxes[:place]):
                apart = right <= its_left or its_right <= left or abs(y - its_y) >= 12
                assert apart, (texts[place], texts[other])


def test_a_name_stands_in_its_bar_where_that_is_long_enough_and_else_above_it():
    names = "A Harbour for Every Ship and Every Sailor", "A"
    long, short = (an_organisation(pk, name, "2000", closed="2010") for pk, name in enumerate(names, 1))
    other = an_organisation(3, "Pilots", "1990")
    places = {text[-1]: [] for text in drawn([long, short, other]).texts}
    for text in drawn([long, short, other]).texts:
        places[text[-1]].append(text[0])
    assert places["A"] == ["lineage-name lineage-in-bar"]
    assert sorted(places[names[0]]) == [
        "lineage-name lineage-in-bar lineage-wide",
        "lineage-name lineage-narrow",
    ]
    brief = an_organisation(1, names[0], "2000", closed="2001")
    assert [text[0] for text in drawn([brief, other]).texts if text[-1] == names[0]] == ["lineage-name"]


def box_of(text, width):
    name, x, y, anchor, shift, content = text
    at = float(x[:-1]) * width / 100 + float(shift)
    long = text_width(content, SIZES.get(name.split()[0], 15)) * (OWN_FONT if "in-bar" in name else 1)
    left = {"start": at, "end": at - long, "middle": at - long / 2}[anchor]
    return left, left + long, float(y)


def test_time_runs_from_the_right_where_the_page_is_read_from_the_right():
    with translation.override("ar"):
        mirrored = drawn([HARBOUR, PILOTS])
    plain = drawn([HARBOUR, PILOTS])
    years = [{text[-1]: float(text[1][:-1]) for text in each.texts} for each in (plain, mirrored)]
    assert years[0]["1998"] < years[0]["2007"]
    assert years[1]["1998"] > years[1]["2007"]


def read(**context):
    html = render_to_string("components/site/lineage.html", context | {"request": Request()})
    return html, " ".join(unescape(re.sub(r"<svg.*</svg>|<[^>]+>", " ", html, flags=re.DOTALL)).split())


class Request:
    class toolbar:
        edit_mode_active = False


def test_the_list_tells_all_of_it_in_words_with_an_undated_name_between_what_is_dated():
    rows = [
        (HARBOUR, LANTERN, RENAMED, ""),
        (LANTERN, PILOTS, PASSED_ON, "2019"),
        (LANTERN, None, CLOSED, "2019-06-07"),
    ]
    html, text = read(organisations=[HARBOUR, LANTERN, PILOTS], successions=successions(*rows))
    told = [
        "May 1998 Harbour Aid is founded",
        "2007 Pilots is founded",
        "Undated Harbour Aid takes the name Lantern Fund",
        "2019 Lantern Fund passes programmes on to Pilots",
        "7 June 2019 Lantern Fund closes",
    ]
    assert text.endswith(" ".join(told))
    assert 'role="img" aria-label="Who came after whom from 1998 to 2019' in html


def test_nothing_on_record_says_so():
    assert read(organisations=[], successions=[])[1] == "Not on record."


def test_a_text_too_wide_is_cut_and_one_that_fits_is_not():
    assert fitted("Harbour Aid", 18, text_width("Harbour Aid", 18)) == "Harbour Aid"
    assert fitted("Harbour Aid", 18, text_width("Harbour Aid", 18) - 1).endswith("…")
    assert fitted("港" * 50, 18, 740).endswith("…")


def test_labels_of_one_place_stand_in_lanes_and_a_full_row_never_ends_the_search():
    lanes = Lanes(740)
    for number in range(30):
        lanes.add(Label(50, f"a label of some length, number {number}"))
    lanes.close(50, 8, 12)
    lanes.add(Label(50, "x" * 400))
    assert len({(label.lane, label.anchor) for label in lanes.labels}) == 31
