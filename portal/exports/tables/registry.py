from .claims import CLAIMS, EDITIONS
from .evidence import EVIDENCE
from .figures import FIGURES
from .instruments import INSTRUMENTS
from .organisations import ORGANISATIONS
from .publications import PUBLICATIONS
from .stories import STORIES
from .timeline import TIMELINE

TABLES = {
    table.name: table
    for table in (
        CLAIMS,
        EDITIONS,
        FIGURES,
        EVIDENCE,
        ORGANISATIONS,
        TIMELINE,
        PUBLICATIONS,
        INSTRUMENTS,
        STORIES,
    )
}
