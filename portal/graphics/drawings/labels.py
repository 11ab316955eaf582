"""Places labels in lanes above or below a row of a drawing, so that no two of them overlap."""

from dataclasses import dataclass, field

from .text_width import fitted, text_width

SPACE = 10  # pixels between two labels
HALF_TICK = 2
CLEAR = 14  # pixels between words and a line that crosses all lanes


@dataclass
class Label:
    """Words at a place of a row; from `anchor` on they run to the end or the start, else the other way."""

    x: float
    words: str
    name: str = ""
    anchor: str = "start"
    size: int = 15
    clear: int = 0  # pixels between the place and the words
    lane: int = 0
    ticked: bool = True  # a line leads from it to its place; not where another line or no room is there


@dataclass
class Lanes:
    """The lanes on one side of a row; `width` is the narrowest width of the drawing in pixels."""

    width: float
    labels: list[Label] = field(default_factory=list)
    taken: list[list[tuple[float, float]]] = field(default_factory=list)
    closed: list[tuple[float, float]] = field(default_factory=list)  # to every lane

    def close(self, x, before, after):
        """Keeps labels off a line that crosses all lanes."""
        at = x * self.width / 100
        self.closed.append((at - before, at + after))

    def add(self, label):
        """Puts a label into the first lane where it stands free on one of its two sides.

        Where there is none, it stands in the first with room for the words alone: they have a halo.
        """
        label.words = fitted(label.words, label.size, self.width)
        at, long = label.x * self.width / 100, text_width(label.words, label.size)
        if any(start <= at <= end for start, end in self.closed):
            label.clear, label.ticked = max(label.clear, CLEAR), False
        places = {"start": (at + label.clear, at + label.clear + long)}
        places["end"] = (at - label.clear - long, at - label.clear)
        if not any(map(self.is_inside, places.values())):
            label.x, label.clear, label.ticked = (0 if at < self.width / 2 else 100), 0, False
            places = {"start": (0, long)} if label.x == 0 else {"end": (self.width - long, self.width)}
        order = [anchor for anchor, place in places.items() if self.is_inside(place)]
        order.sort(key=lambda anchor: anchor != label.anchor)
        free = (
            (lane, anchor)
            for is_free in (self.is_free, self.has_room)
            for lane in range(len(self.taken) + 1)
            for anchor in order
            if is_free(lane, places[anchor], at)
        )
        label.lane, label.anchor = next(free)
        self.take(label, places[label.anchor], at)
        self.labels.append(label)

    def is_inside(self, place):
        return place[0] >= -1 and place[1] <= self.width + 1

    def is_free(self, lane, place, at):
        """Returns true if nothing stands at the place, nor between it and the row."""
        tick = (at - HALF_TICK, at + HALF_TICK)
        between = [each for number in range(lane) for each in self.lane(number)]
        return (
            self.has_room(lane, place)
            and not any(overlap(place, each) for each in self.closed)
            and not any(overlap(tick, each) for each in between)
        )

    def has_room(self, lane, place, _at=None):
        return not any(overlap(place, each) for each in self.lane(lane))

    def lane(self, number):
        return self.taken[number] if number < len(self.taken) else []

    def take(self, label, place, at):
        while len(self.taken) <= label.lane:
            self.taken.append([])
        self.taken[label.lane].append((place[0] - SPACE, place[1] + SPACE))
        for number in range(label.lane if label.ticked else 0):
            self.taken[number].append((at - HALF_TICK, at + HALF_TICK))

    def __len__(self):
        return len(self.taken)


def overlap(one, other):
    return one[0] < other[1] and other[0] < one[1]
