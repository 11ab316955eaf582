"""Plates: what a slug is drawn as."""

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
from portal.graphics.crease_patterns import SIDE, crease_pattern

ORGANISATIONS = ["coalition", "child-soldiers-international", "dallaire-initiative"]
CLAIMS = [f"e{number}" for number in range(1, 31)]
NEAR = 0.3  # mm: the plates are rounded to a tenth


def drawn(slug):
    return Template("{% load drawing %}{% crease_pattern slug %}").render(Context({"slug": slug}))


def test_a_slug_has_the_same_plate_in_another_process():
    code = "import sys; from portal.graphics.crease_patterns import crease_pattern; sys.stdout.write(repr(crease_pattern('coalition')))"
    other = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=True,
        cwd=os.getcwd(),
    )
    assert other.stdout == repr(crease_pattern("coalition"))


def test_the_three_organisations_have_a_boat_a_bird_and_a_plane():
    assert [crease_pattern(slug).figure for slug in ORGANISATIONS] == ["boat", "bird", "plane"]


def test_no_two_of_the_organisations_and_first_claims_look_the_same():
    assert len({drawn(slug) for slug in ORGANISATIONS + CLAIMS}) == len(ORGANISATIONS + CLAIMS)


def test_a_plate_is_small_hidden_from_screen_readers_and_free_of_styles_and_ids():
    for number in range(300):
        svg = drawn(f"record-{number}")
        assert len(svg.encode()) <= 2500
        root = ElementTree.fromstring(svg)
        assert root.attrib["aria-hidden"] == "true"
        assert not any({"style", "id", "fill", "stroke"} & set(element.attrib) for element in root.iter())
        assert {element.tag for element in root.iter()} == {"svg", "path"}


def test_a_plate_of_any_slug_stays_on_its_paper():
    for slug in ["", "كتاب", "<script>", "x" * 300]:
        lines = crease_pattern(slug).lines
        assert all(0 <= place <= SIDE for line in lines for place in (line.x1, line.y1, line.x2, line.y2))


@pytest.mark.parametrize("slug", ORGANISATIONS + CLAIMS)
def test_every_pattern_could_be_folded_flat(slug):
    """Around each point inside the sheet, every other angle adds up to half a turn (Kawasaki), and mountains and valleys differ by two (Maekawa)."""
    creases, corners = creases_of(slug)
    inside = [point for point in meeting_points(creases) if not on_edge(point, corners)]
    assert inside
    for point in inside:
        rays = sorted(
            (phase(end - point), kind)
            for kind, *ends in creases
            if passes(point, *ends)
            for end in ends
            if abs(end - point) > NEAR
        )
        angles = [(after[0] - before[0]) % (2 * pi) for before, after in zip(rays, rays[1:] + rays[:1])]
        assert sum(angles[::2]) == pytest.approx(pi, abs=0.08)
        assert abs(sum(1 if kind == "mountain" else -1 for _angle, kind in rays)) == 2


def creases_of(slug):
    lines = [
        (line.kind, complex(line.x1, line.y1), complex(line.x2, line.y2))
        for line in crease_pattern(slug).lines
    ]
    return [line for line in lines if line[0] != "edge"], [
        start for kind, start, _end in lines if kind == "edge"
    ]


def meeting_points(creases):
    found = [end for _kind, *ends in creases for end in ends]
    for place, (_kind, a, b) in enumerate(creases):
        for _other, c, d in creases[:place]:
            across = ((b - a).conjugate() * (d - c)).imag
            along = ((c - a).conjugate() * (d - c)).imag / across if abs(across) > 1e-6 else -1
            point = a + along * (b - a)
            if 0 <= along <= 1 and passes(point, c, d):
                found.append(point)
    points = []
    for point in found:
        if all(abs(point - other) > NEAR for other in points):
            points.append(point)
    return points


def passes(point, start, end):
    """Whether a line runs through a point, or ends in it."""
    along = max(0, min(1, ((point - start) * (end - start).conjugate()).real / abs(end - start) ** 2))
    return abs(start + along * (end - start) - point) <= NEAR


def on_edge(point, corners):
    return any(passes(point, start, end) for start, end in zip(corners, corners[1:] + corners[:1]))


def on_page(client, path):
    return re.findall(r'<svg class="plate".*?</svg>', client.get(path).content.decode(), re.DOTALL)


@pytest.mark.django_db
def test_a_profile_and_a_claim_have_a_plate_of_their_own_hidden_from_screen_readers(client):
    paths = [
        "/organisations/coalition/",
        "/organisations/dallaire-initiative/",
        "/evidence/e10/v1/",
        Claim.objects.get(number=11).get_absolute_url(),
    ]
    plates = [on_page(client, path) for path in paths]
    assert [len(found) for found in plates] == [1, 1, 1, 1]
    assert len({found[0] for found in plates}) == 4
    assert all('aria-hidden="true"' in found[0] for found in plates)


@pytest.mark.django_db
def test_an_edition_has_the_plate_of_its_claim(client):
    assert on_page(client, "/evidence/e10/v1/") == on_page(
        client, Claim.objects.get(number=10).get_absolute_url()
    )


@pytest.mark.django_db
def test_no_card_and_no_other_page_of_an_organisation_has_a_plate(client):
    for path in ("/impact/", "/organisations/", "/organisations/coalition/history/", "/press/", "/evidence/"):
        assert on_page(client, path) == [], path
