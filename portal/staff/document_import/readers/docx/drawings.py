"""Finds the words in drawings: text boxes, lettering, diagrams and the titles of charts."""

import re

from portal.staff.colours import UNKNOWN, read_css

from ..shape import CAPTION, CHARTS, DIAGRAMS, HIDDEN, JOINED, LEFT_OUT, Line
from .xml import attribute, child, chosen_content, descendants, is_on_value, name_of

# Those of newer kinds of charts have a namespace of their own.
CHART_FRAMES, CHART_TITLES = ("c:chart", ":chart"), ("c:title", ":title")
OLDER_SHAPES = {"shape", "rect", "roundrect", "oval", "polyline"}
OTHER_FILLS = {"noFill", "gradFill", "blipFill", "pattFill", "grpFill"}
HIDDEN_SHAPE = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)


def drawing_lines(story, element):
    """Returns the lines of a drawing; `story` reads the paragraphs of its boxes."""
    name, lines = name_of(element), []
    if is_hidden_shape(element):
        if descendants(element, "w:t", "a:t"):
            story.tell(HIDDEN)
        return lines
    if ground := ground_of_shape(element, story.document.theme):
        story.place = story.place._replace(ground=ground[0])
    if name == "w:txbxContent":
        story.add_blocks(element, lines)
    elif name == "a:p":
        lines += filter(None, [drawn_paragraph(element)])
    elif name == "v:textpath":
        lines += [Line(" ".join(attribute(element, "string").split()))]
    elif name == "dgm:relIds":
        lines += diagram_lines(story, attribute(element, "dm"))
    elif name in CHART_FRAMES and attribute(element, "id"):
        lines += chart_lines(story, attribute(element, "id"))
    elif name == "mc:AlternateContent":
        for each in chosen_content(element):
            lines += drawing_lines(story, each)
    else:
        if name == "o:OLEObject":
            story.tell(LEFT_OUT, JOINED)
        place = story.place
        for each in element:
            lines += drawing_lines(story, each)
            story.place = place
    return lines


def is_hidden_shape(element):
    """Says that a drawing or a shape of older programs is hidden."""
    if name_of(element) in ("wp:inline", "wp:anchor"):
        properties = child(element, "wp:docPr")
        return is_on_value(element, "hidden") or is_on_value(properties, "hidden")
    return name_of(element).startswith("v:") and bool(HIDDEN_SHAPE.search(attribute(element, "style")))


def ground_of_shape(element, theme):
    """Returns (the colour behind the words of a shape,); empty for what is no shape."""
    name, local = name_of(element), element.tag.rpartition("}")[2]
    if name.startswith("v:") and local in OLDER_SHAPES:
        fill = next((each for each in element if name_of(each) == "v:fill"), None)
        is_clear = attribute(element, "filled", "t").lower()[:1] in ("f", "0")
        if is_clear or attribute(fill, "type", "solid") != "solid" or attribute(fill, "on", "t")[:1] != "t":
            return (UNKNOWN,)
        found = read_css(re.sub(r"\s*\[\d+\]", "", attribute(element, "fillcolor", "white")))
        return (found.color if found else UNKNOWN,)
    if local != "wsp":
        return ()
    parts = {each.tag.rpartition("}")[2]: each for each in element}
    fills = {each.tag.rpartition("}")[2]: each for each in parts.get("spPr", ())}
    if "solidFill" in fills:
        return (theme.drawn(fills["solidFill"]),)
    reference = next((each for each in parts.get("style", ()) if each.tag.endswith("}fillRef")), None)
    is_styled = attribute(reference, "idx", "0") != "0" and not fills.keys() & OTHER_FILLS
    return (theme.drawn(reference) if is_styled else UNKNOWN,)


def drawn_paragraph(paragraph):
    """Returns the line of a paragraph in a drawing, None without words."""
    parts = {"a:br": "\n", "a:tab": "\t"}
    texts = [
        parts.get(name_of(each), each.text or "") for each in descendants(paragraph, "a:t", "a:br", "a:tab")
    ]
    text = "".join(texts).strip()
    return Line(text) if text else None


def diagram_lines(story, identity):
    """Returns the lines of a diagram, each point after the one that it hangs on."""
    root = story.related_root(identity)
    if root is None:
        story.tell(LEFT_OUT, DIAGRAMS)
        return []
    points = {attribute(each, "modelId"): each for each in descendants(root, "dgm:pt")}
    links = {}
    for each in descendants(root, "dgm:cxn"):
        if attribute(each, "type", "parOf") == "parOf":
            place = attribute(each, "srcOrd", "0")
            links.setdefault(attribute(each, "srcId"), []).append(
                (int(place) if place.isdecimal() else 0, attribute(each, "destId"))
            )
    ordered, open_points = {}, [key for key, point in points.items() if attribute(point, "type") == "doc"]
    while open_points:
        key = open_points.pop()
        if key in points and key not in ordered:
            ordered[key] = points[key]
            open_points += [target for _place, target in sorted(links.get(key, []), reverse=True)]
    lines = []
    for point in (ordered | points).values():
        lines += filter(None, map(drawn_paragraph, descendants(child(point, "dgm:t"), "a:p")))
    return lines


def chart_lines(story, identity):
    """Returns the title of a chart, and tells that its figures are left out."""
    story.tell(LEFT_OUT, CHARTS)
    root = story.related_root(identity)
    title = next(iter(descendants(root, *CHART_TITLES)), None)
    lines = filter(None, map(drawn_paragraph, descendants(title, "a:p")))
    return [Line(line.text, CAPTION) for line in lines]
