"""Of a table of figures only what was measured is proposed: no target, no total of what is not there."""

import pytest

from portal.staff.document_import.rules.suggestions import suggest

from .test_table_figures import claims, figures

HEAD = "Indicator|Unit|Baseline 2022|Target 2027|Result 2024|Change|Comment"


def dated(*rows, **options):
    return [
        (str(each.value), each.date, each.question)
        for claim in claims(*rows, **options)
        for each in claim.figures
    ]


def test_kind_year_and_unit_are_read_from_the_heads():
    [claim] = claims(HEAD, "Share of girls|%|40|50|46|6|good")
    assert figures(claim) == [
        ("Share of girls, Baseline 2022", "40", "2022"),
        ("Share of girls, Result 2024", "46", "2024"),
    ]
    assert [(figure.unit, figure.question) for figure in claim.figures] == [("%", "baseline"), ("%", "")]
    assert (claim.values["text"], claim.values["date"]) == (
        "Share of girls (%): 40 (Baseline 2022), 46 (Result 2024)",
        "2024",
    )


@pytest.mark.parametrize(
    "head",
    [
        "Target 2025",
        "2025 (planned)",
        "Goal 2025",
        "Forecast 2025",
        "2025 (projected)",
        "Budget 2025",
        "2075",
    ],
)
def test_a_column_of_targets_or_of_a_year_to_come_is_left_out(head):
    assert dated(f"Indicator|2024|{head}", "Teachers|312|900") == [("312", "2024", "")]
    assert claims(f"Indicator|{head}", "Teachers|900") == []


def test_a_result_of_a_year_to_come_is_asked_about():
    assert dated("Indicator|Baseline 2074|Result 2075", "Teachers|120|312") == [
        ("120", "2074", "baseline"),
        ("312", "2075", "future"),
    ]


@pytest.mark.parametrize(
    "rows",
    [
        ["Indicator|2024", "Teachers (target)|312"],
        ["Indicator|2024", "Target: teachers|312"],
        ["Indicator|2024", "Teachers to be trained|312"],
        ["Expected results|2024", "Teachers|312"],
        ["Indicator|Baseline 2024", "Teachers|312"],
    ],
)
def test_a_row_or_a_table_of_targets_or_baselines_is_none(rows):
    assert claims(*rows) == []


def test_the_caption_may_call_all_figures_targets():
    rows = ["Indicator|2024", "Teachers|312"]
    assert claims(*rows, caption="Table 3. Targets for teachers") == []
    assert len(claims(*rows, caption="Table 3. Results against targets")) == 1


@pytest.mark.parametrize("absent", ["n/a", "–", "", "not collected", "n/a*", "tbc"])
def test_a_total_of_which_a_part_is_absent_is_not_proposed(absent):
    caption = "Participants by district, 2025"
    found = claims("District|Girls|Boys|Total", "South|10|" + absent + "|10", "All|22|13|35", caption=caption)
    assert [[figure[:2] for figure in figures(claim)] for claim in found] == [
        [("South, Girls", "10")],
        [("All, Girls", "22")],
    ]
    [row, total] = claims("Path|2024|2025", f"School|10|{absent}", "Total|10|20")
    assert [figure.date for figure in total.figures] == ["2024"]


def test_a_total_over_years_is_no_year_and_stands_in_nobodys_way():
    assert dated("Indicator|2023|2024|Total", "Teachers|120|312|432", caption="Up to 2024") == [
        ("120", "2023", ""),
        ("312", "2024", ""),
    ]


@pytest.mark.parametrize(
    ("cell", "written"), [("312[i]", "312"), ("312 [a]", "312"), ("312*", "312"), ("1,312¹", "1,312")]
)
def test_the_mark_of_a_note_is_no_part_of_a_number_a_name_or_a_year(cell, written):
    [claim] = claims("Indicator|2024*", f"Teachers³|{cell}")
    assert [(figure.as_written, figure.label) for figure in claim.figures] == [(written, "Teachers, 2024")]


@pytest.mark.parametrize(
    ("head", "cell", "value", "unit"),
    [
        ("2024", "£1,200", "1200", "£"),
        ("2024", "60 per cent", "60", "%"),
        ("2024", "1,200 girls", "1200", "girls"),
        ("2024 (USD)", "1,200", "1200", "USD"),
        ("2024", "1,200", "1200", "teachers trained"),
    ],
)
def test_a_figure_has_the_unit_of_its_cell_its_head_or_its_name(head, cell, value, unit):
    [claim] = claims(f"Indicator|{head}", f"Teachers trained|{cell}")
    assert [(str(figure.value), figure.unit) for figure in claim.figures] == [(value, unit)]


def test_heads_over_several_columns_tell_kind_and_year():
    below = "Indicator|2023||2024|", "|Target|Actual|Target|Actual", "Teachers|100|120|300|312"
    above = "Indicator|Target||Actual|", "|2023|2024|2023|2024", "Teachers|100|300|120|312"
    for rows in (below, above):
        assert dated(*rows) == [("120", "2023", ""), ("312", "2024", "")]


def test_rows_may_be_the_years():
    found = claims("Year|Teachers|Target", "2023|120|100", "2024|312|300", "2075|900|900", "Total|432|400")
    assert [figures(claim) for claim in found] == [
        [("Teachers, 2023", "120", "2023")],
        [("Teachers, 2024", "312", "2024")],
    ]


def test_a_row_is_named_by_all_the_cells_before_its_figures():
    [claim] = claims("Ref.|Outcome|Indicator|2024", "1.1|Learning|Teachers|312")
    assert figures(claim) == [("Learning, Teachers, 2024", "312", "2024")]


def test_french_heads_are_read():
    prose = "Nous sommes là pour les enfants des îles et pour toutes les personnes qui les entourent. " * 4
    head = "Indicateur\tUnité\tValeur de référence 2022\tCible 2027\tRésultat 2024"
    row = "Classes\tsalles\t10\t30\t20"
    text, parts = prose + "\n", []
    for line in (head, row):
        start = len(text)
        parts.append([start, start + len(line), "row", 1])
        for cell in line.split("\t"):
            parts.append([start, start + len(cell), "cell", 1])
            start += len(cell) + 1
        text += line + "\n"
    [claim] = [each for each in suggest(text, parts, until="2026") if each.rule == "table"]
    assert [(str(figure.value), figure.unit, figure.date) for figure in claim.figures] == [
        ("10", "salles", "2022"),
        ("20", "salles", "2024"),
    ]
