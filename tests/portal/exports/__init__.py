"""The paths of the report and of its PDFs, which several tests read."""

REPORT_PAGE = "/impact/report/"
REPORT = "/impact/report.pdf"
COALITION_REPORT = "/organisations/coalition/report.pdf"
FACTSHEET = "/support/factsheet.pdf"
PDFS = [REPORT, COALITION_REPORT, FACTSHEET]
