from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from . import views
from .charts import chart_csv
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
    path("instruments/<slug:slug>/", views.instrument, name="instrument"),
    path("publications/<slug:slug>/", views.source, name="publication"),
    path("search/", views.search, name="search"),
    path("sources/<slug:slug>/", views.source, name="source"),
    path("data/charts/<slug:slug>.csv", chart_csv, name="chart-csv"),
    path("timeline.csv", views.timeline_csv, name="timeline-csv"),
    path("timeline.ics", views.timeline_ics, name="timeline-ics"),
    path("styleguide/", styleguide, name="styleguide"),
    path("", include("cms.urls")),
    prefix_default_language=False,
)
