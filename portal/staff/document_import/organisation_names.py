"""Organisations that a text names, known by the words that such names are made of."""

import re

# What kinds of body call themselves.
KINDS = {
    *(
        "Agency Alliance Association Authority Centre Center Charity Coalition Commission Committee Confederation Council Court Department Federation "
        "Forces Forum Foundation Fund Group Initiative Institute League Ministry Movement Nations NGO Network Office Organisation Organization "
        "Service Services Society Tribunal Trust Union University Watch International Parliament"
    ).split()
}
# Of these the name goes on: “Office of the …”, “Committee on the …”; these bear a name after them: “Federation Terre des Hommes”.
GOING_ON = {
    *"Agency Association Centre Center Coalition Commission Committee Court Council Department Institute Ministry Office Organisation Organization Union University".split()
}
NAMED_AFTER = {"Federation", "Foundation", "Fund"}
WELL_KNOWN = {*"ASEAN AU ECOWAS EU ICRC ILO NATO OAS OECD OSCE UN UNDP UNESCO UNHCR UNICEF WHO".split()}
WORD = r"[A-ZÀ-Þ][\w’'-]*"
RUN = rf"{WORD}(?: (?:(?:des|de|du|la|le) )?{WORD})*"
BETWEEN = r" (?:(?:of|on|for|to)(?: the)?|the) "
NAME = re.compile(rf"\b{RUN}(?:{BETWEEN}{RUN})*")
LEADING = re.compile(
    r"(?:The|A|An|Our|Its|Their|This|In|At|By|With|Since|Over|As|For|We|\w+[’']+s)(?: the)? "
)


def names_in(text, start, end):
    """The names of organisations in a part of a text, as (start, end)."""
    found = []
    for name in NAME.finditer(text, start, end):
        if place := organisation_in(name[0]):
            found.append((name.start() + place[0], name.start() + place[1]))
    return found


def organisation_in(words):
    """The place of the name of an organisation within words that begin with capitals."""
    begin = match.end() if (match := LEADING.match(words)) else 0
    pieces = re.split(f"({BETWEEN})", words[begin:])
    runs, joints = pieces[::2], [*pieces[1::2], ""]
    for number, run in enumerate(runs):
        if length := own_part(run):
            first = last = number
            # “Defence for Children International”, “International Save the Children Alliance”
            while first and joints[first - 1] in (" for ", " the "):
                first -= 1
            if length == len(run) and run.split(" ")[-1] in GOING_ON:
                last = len(runs) - 1
            start = begin + len("".join(pieces[: 2 * first]))
            return start, begin + len("".join(pieces[: 2 * last])) + (
                length if last == number else len(runs[last])
            )
    return None


def own_part(run):
    """How much of a run of capital words is a name: up to the last word that says what kind of body it is."""
    words = run.split(" ")
    if len(words) == 1:
        return len(run) if run in WELL_KNOWN else 0
    last = max((place for place, word in enumerate(words) if re.split("[-’']", word)[0] in KINDS), default=0)
    if not last:
        return 0
    if words[last] in NAMED_AFTER:
        return len(run)
    # “African Union-led”, “the Coalition’s”
    return len(re.sub(r"-[a-zà-þ]\w*$|[’']+s$", "", " ".join(words[: last + 1])))
