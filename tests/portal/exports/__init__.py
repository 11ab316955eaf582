"""The paths of the report and of its PDFs, which several tests read."""

REPORT_PAGE = "/impact/report/"
REPORT = "/impact/report.pdf"
ORGANISATION_REPORT = "/organisations/harbour-aid/report.pdf"  # which conftest.py makes
FACTSHEET = "/support/factsheet.pdf"
PDFS = [REPORT, ORGANISATION_REPORT, FACTSHEET]
