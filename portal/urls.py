from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from impact.review_link import review_link

from . import views
from .api.docs import api_docs
from .charts import chart_csv
from .data import TABLES
from .data.files import FORMS
from .data.package import package_json
from .data.views import table_file
from .feeds import claims_feed, corrections_feed, publications_feed
from .report import views as report
from .styleguide import styleguide

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    # For programs: in one language, at one address.
    path("api/", include("portal.api.urls")),
    *(path(f"data/{name}.{form}", table_file, {"name": name, "form": form}, name=f"data-{name}-{form}") for name in TABLES for form in FORMS),
    path("data/datapackage.json", package_json, name="datapackage"),
    path("timeline.csv", table_file, {"name": "timeline", "form": "csv"}, name="timeline-csv"),
]
urlpatterns += i18n_patterns(
    path("admin/", admin.site.urls),
    path("api/docs/", api_docs, name="api-docs"),
    path("evidence/e<int:number>/", views.claim, name="claim-short"),
    path("evidence/e<int:number>-<slug:slug>/", views.claim, name="claim"),
    path("evidence/e<int:number>/v<int:edition>/", views.edition, name="edition"),
    path("feeds/claims.atom", claims_feed, name="claims-feed"),
    path("feeds/corrections.atom", corrections_feed, name="corrections-feed"),
    path("impact/report/", report.page, name="impact-report"),
    path("impact/report.pdf", report.report_pdf, name="impact-report-pdf"),
    path("feeds/publications.atom", publications_feed, name="publications-feed"),
    path("instruments/<slug:slug>/", views.instrument, name="instrument"),
    path("organisations/<slug:slug>/report.pdf", report.organisation_pdf, name="organisation-report-pdf"),
    path("publications/<slug:slug>/", views.source, name="publication"),
    path("review/<str:secret>/", review_link, name="review-link"),
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggest, name="suggest"),
    path("sources/<slug:slug>/", views.source, name="source"),
    path("data/charts/<slug:slug>.csv", chart_csv, name="chart-csv"),
    path("support/factsheet.pdf", report.factsheet_pdf, name="factsheet-pdf"),
    path("timeline.ics", views.timeline_ics, name="timeline-ics"),
    path("styleguide/", styleguide, name="styleguide"),
    path("", include("cms.urls")),
    prefix_default_language=False,
)
