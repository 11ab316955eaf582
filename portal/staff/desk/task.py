from dataclasses import dataclass, field
from datetime import datetime

TASKS_PER_SECTION = 10


@dataclass
class Task:
    """A claim or page on a worklist, with the state that it is in and who brought it there."""

    title: str
    url: str
    text: str = ""
    state: str = ""
    person: str = ""
    at: datetime | None = None


@dataclass
class Section:
    """A list of tasks under a heading, and the sentence that stands there if it is empty."""

    title: str
    empty: str
    tasks: list[Task] = field(default_factory=list)
    more_url: str = ""  # the whole list, where not all is shown
    is_always_shown: bool = True
