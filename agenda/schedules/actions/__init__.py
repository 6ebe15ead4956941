from agenda.schedules.actions.importing import Report, import_programme
from agenda.schedules.actions.reading import FIELDS, LIMITS, PROGRAMMES, read_programme

__all__ = [
    "FIELDS",
    "LIMITS",
    "PROGRAMMES",
    "Report",
    "import_programme",
    "read_programme",
]
