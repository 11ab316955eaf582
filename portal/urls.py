from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from impact.review_link import review_link

from . import views
from .charts import chart_csv
from .claim_data import claims_json
from .feeds import corrections_feed
from .report import views as report
from .styleguide import styleguide

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
urlpatterns += i18n_patterns(
    path("admin/", admin.site.urls),
    path("evidence/e<int:number>/", views.claim, name="claim-short"),
    path("evidence/e<int:number>-<slug:slug>/", views.claim, name="claim"),
    path("evidence/e<int:number>/v<int:edition>/", views.edition, name="edition"),
    path("feeds/corrections.atom", corrections_feed, name="corrections-feed"),
    path("impact/report/", report.page, name="impact-report"),
    path("impact/report.pdf", report.report_pdf, name="impact-report-pdf"),
    path("instruments/<slug:slug>/", views.instrument, name="instrument"),
    path("organisations/<slug:slug>/report.pdf", report.organisation_pdf, name="organisation-report-pdf"),
    path("publications/<slug:slug>/", views.source, name="publication"),
    path("review/<str:secret>/", review_link, name="review-link"),
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggest, name="suggest"),
    path("sources/<slug:slug>/", views.source, name="source"),
    path("data/claims.json", claims_json, name="claims-json"),
    path("data/charts/<slug:slug>.csv", chart_csv, name="chart-csv"),
    path("support/factsheet.pdf", report.factsheet_pdf, name="factsheet-pdf"),
    path("timeline.csv", views.timeline_csv, name="timeline-csv"),
    path("timeline.ics", views.timeline_ics, name="timeline-ics"),
    path("styleguide/", styleguide, name="styleguide"),
    path("", include("cms.urls")),
    prefix_default_language=False,
)
