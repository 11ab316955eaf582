"""Each slug has a crease pattern of its own, which could be folded flat."""

import hashlib
import os
import re
import subprocess
import sys
from cmath import phase
from math import pi
from xml.etree import ElementTree

import pytest
from django.template import Context, Template

from impact.models import Claim
from portal.graphics.crease_patterns import crease_pattern
from portal.graphics.crease_patterns.plate import SIDE, Line, path_segment
from tests.support.factory import an_organisation
from tests.support.pages import a_page, profile_of

ORGANISATIONS = ["harbour-aid", "lantern-fund", "league-of-ports", "zorble-aid"]  # one of each figure
CLAIMS = [f"e{number}" for number in range(1, 31)]
TOLERANCE = 0.3  # mm: lines on a plate are rounded to a tenth


def svg_of(slug):
    return Template("{% load crease_patterns %}{% crease_pattern slug %}").render(Context({"slug": slug}))


def test_a_slug_has_the_same_crease_pattern_in_another_process():
    code = (
        "import sys; from portal.graphics.crease_patterns import crease_pattern; "
        "sys.stdout.write(repr(crease_pattern('harbour-aid')))"
    )
    other = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=True,
        cwd=os.getcwd(),
    )
    assert other.stdout == repr(crease_pattern("harbour-aid"))


def test_a_crease_pattern_is_small_hidden_from_screen_readers_and_free_of_styles_and_ids():
    for number in range(300):
        svg = svg_of(f"record-{number}")
        assert len(svg.encode()) <= 2500
        root = ElementTree.fromstring(svg)
        assert root.attrib["aria-hidden"] == "true"
        assert not any({"style", "id", "fill", "stroke"} & set(element.attrib) for element in root.iter())
        assert {element.tag for element in root.iter()} == {"svg", "path"}


def test_the_crease_pattern_of_any_slug_stays_on_its_plate():
    for slug in ["", "كتاب", "<script>", "x" * 300]:
        lines = crease_pattern(slug).lines
        assert all(
            0 <= coordinate <= SIDE for line in lines for coordinate in (line.x1, line.y1, line.x2, line.y2)
        )


@pytest.mark.parametrize("slug", ORGANISATIONS + CLAIMS)
def test_every_pattern_could_be_folded_flat(slug):
    """Checks two theorems at each point inside the sheet where creases meet.

    Every other angle around it adds up to half a turn (Kawasaki), and the numbers of its mountains and
    valleys differ by two (Maekawa).
    """
    creases, corners = creases_of(slug)
    inside = [point for point in meeting_points(creases) if not on_edge(point, corners)]
    assert inside
    for point in inside:
        rays = sorted(
            (phase(end - point), kind)
            for kind, *ends in creases
            if passes(point, *ends)
            for end in ends
            if abs(end - point) > TOLERANCE
        )
        angles = [
            (after[0] - before[0]) % (2 * pi) for before, after in zip(rays, rays[1:] + rays[:1], strict=True)
        ]
        assert sum(angles[::2]) == pytest.approx(pi, abs=0.08)
        assert abs(sum(1 if kind == "mountain" else -1 for _angle, kind in rays)) == 2


def creases_of(slug):
    """Returns the creases as (kind, start, end), and the corners of the sheet."""
    lines = [
        (line.kind, complex(line.x1, line.y1), complex(line.x2, line.y2))
        for line in crease_pattern(slug).lines
    ]
    return [line for line in lines if line[0] != "edge"], [
        start for kind, start, _end in lines if kind == "edge"
    ]


def meeting_points(creases):
    """Returns each point where creases end or cross once."""
    candidates = [end for _kind, *ends in creases for end in ends]
    for position, (_kind, a, b) in enumerate(creases):
        for _other, c, d in creases[:position]:
            across = ((b - a).conjugate() * (d - c)).imag
            along = ((c - a).conjugate() * (d - c)).imag / across if abs(across) > 1e-6 else -1
            point = a + along * (b - a)
            if 0 <= along <= 1 and passes(point, c, d):
                candidates.append(point)
    points = []
    for point in candidates:
        if all(abs(point - other) > TOLERANCE for other in points):
            points.append(point)
    return points


def passes(point, start, end):
    """Returns true if a line runs through a point, or ends in it."""
    along = max(0, min(1, ((point - start) * (end - start).conjugate()).real / abs(end - start) ** 2))
    return abs(start + along * (end - start) - point) <= TOLERANCE


def on_edge(point, corners):
    return any(
        passes(point, start, end) for start, end in zip(corners, corners[1:] + corners[:1], strict=True)
    )


def patterns_on(client, path):
    return re.findall(r'<svg class="plate".*?</svg>', client.get(path).content.decode(), re.DOTALL)


@pytest.mark.django_db
def test_a_profile_and_a_claim_have_a_crease_pattern_of_their_own_hidden_from_screen_readers(client):
    for name in ("Harbour Aid", "Lantern Fund"):
        profile_of(an_organisation(name, profiled=True))
    paths = [
        "/organisations/harbour-aid/",
        "/organisations/lantern-fund/",
        "/evidence/e10/v1/",
        Claim.objects.get(number=11).get_absolute_url(),
    ]
    patterns = [patterns_on(client, path) for path in paths]
    assert [len(on_page) for on_page in patterns] == [1, 1, 1, 1]
    assert len({svg for [svg] in patterns}) == 4
    assert all('aria-hidden="true"' in svg for [svg] in patterns)


@pytest.mark.django_db
def test_an_edition_has_the_crease_pattern_of_its_claim(client):
    assert patterns_on(client, "/evidence/e10/v1/") == patterns_on(
        client, Claim.objects.get(number=10).get_absolute_url()
    )


@pytest.mark.django_db
def test_no_card_and_no_other_page_of_an_organisation_has_a_crease_pattern(client):
    a_page("History", parent=profile_of(an_organisation(profiled=True)))
    own = "/organisations/harbour-aid/history/"
    for path in ("/impact/", own, "/evidence/"):
        assert patterns_on(client, path) == [], path


@pytest.mark.django_db
def test_the_directory_shows_the_pattern_of_each_organisation_with_a_profile(client):
    before = len(patterns_on(client, "/organisations/"))
    an_organisation(profiled=True)
    assert len(patterns_on(client, "/organisations/")) == before + 1


def test_every_record_keeps_its_pattern_for_good():
    patterns = [svg_of(f"record-{number}").partition(">")[2] for number in range(120)]
    known = "0b560f875554ccde"  # pragma: allowlist secret
    assert hashlib.sha256("".join(patterns).encode()).hexdigest()[:16] == known
    figures = {crease_pattern(f"record-{number}").figure for number in range(120)}
    assert figures == {"boat", "bird", "plane", "swan"}


def test_a_plate_is_ruled_every_two_millimetres_and_every_eight_both_ways():
    pattern = crease_pattern("harbour-aid")
    assert pattern.squares.startswith("M8 0V80M16 0V80") and pattern.squares.endswith("M0 72H80")
    assert (pattern.squares.count("M"), pattern.squares.count("V"), pattern.squares.count("H")) == (18, 9, 9)
    assert pattern.rules.startswith("M0 2H80M0 4H80M0 6H80M0 10H80") and pattern.rules.endswith("M0 78H80")
    assert pattern.rules.count("M") == 30


@pytest.mark.parametrize(
    ("line", "path"),
    [((1, 2, 1, 5), "M1 2V5"), ((1, 2, 4, 2), "M1 2H4"), ((1, 2, 3.5, 4), "M1 2L3.5 4")],
)
def test_a_line_is_written_in_the_shortest_form(line, path):
    assert path_segment(Line("mountain", *line)) == path
