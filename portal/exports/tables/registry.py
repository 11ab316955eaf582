from .claims import CLAIMS, EDITIONS
from .evidence import EVIDENCE
from .figures import FIGURES
from .indicators import INDICATORS, READINGS
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
        INDICATORS,
        READINGS,
        EVIDENCE,
        ORGANISATIONS,
        TIMELINE,
        PUBLICATIONS,
        INSTRUMENTS,
        STORIES,
    )
}
