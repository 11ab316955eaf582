from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView
from impact.review_link import review_link

from . import bibliography, embed, sitemap, views, web_files
from .api.docs import api_docs
from .charts import chart_csv
from .data import TABLES
from .data.files import FORMS
from .data.package import package_json
from .data.views import table_file
from .feeds import claims_feed, corrections_feed, publications_feed
from .report import views as report
from .share import views as share
from .styleguide import styleguide

handler500 = "portal.views.server_error"

# For programs: in one language, at one address.
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("api/", include("portal.api.urls")),
    *(path(f"data/{name}.{form}", table_file, {"name": name, "form": form}, name=f"data-{name}-{form}") for name in TABLES for form in FORMS),
    path("data/datapackage.json", package_json, name="datapackage"),
    path("favicon.ico", web_files.favicon, name="favicon"),
    path("oembed", embed.oembed, name="oembed"),
    path("robots.txt", web_files.robots_txt, name="robots-txt"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<slug:section>-<int:part>.xml", sitemap.sitemap_part, name="sitemap-part"),
    path("timeline.csv", table_file, {"name": "timeline", "form": "csv"}, name="timeline-csv"),
    path(".well-known/security.txt", web_files.security_txt, name="security-txt"),
]
urlpatterns += i18n_patterns(
    path("accounts/", include("portal.accounts.urls")),
    path("admin/", admin.site.urls),
    # In place of the form of the CMS, which would be a second door.
    path("cms_login/", RedirectView.as_view(pattern_name="account_login", query_string=True), name="cms_login"),
    path("api/docs/", api_docs, name="api-docs"),
    path("data/charts/<slug:slug>.csv", chart_csv, name="chart-csv"),
    path("embed/e<int:number>/", embed.card, name="embed"),
    path("evidence/e<int:number>/", views.claim, name="claim-short"),
    path("evidence/e<int:number>-<slug:slug>/", views.claim, name="claim"),
    path("evidence/e<int:number>/v<int:edition>/", views.edition, name="edition"),
    path("evidence/e<int:number>/v<int:edition>/cite.<slug:form>", bibliography.edition_file, name="edition-citation"),
    path("evidence/e<int:number>/v<int:edition>/share.png", share.edition_picture, name="edition-picture"),
    path("feeds/claims.atom", claims_feed, name="claims-feed"),
    path("feeds/corrections.atom", corrections_feed, name="corrections-feed"),
    path("feeds/publications.atom", publications_feed, name="publications-feed"),
    path("impact/report/", report.page, name="impact-report"),
    path("impact/report.pdf", report.report_pdf, name="impact-report-pdf"),
    path("instruments/<slug:slug>/", views.instrument, name="instrument"),
    path("organisations/<slug:slug>/report.pdf", report.organisation_pdf, name="organisation-report-pdf"),
    path("organisations/<slug:slug>/share.png", share.organisation_picture, name="organisation-picture"),
    path("publications/<slug:slug>/", views.source, name="publication"),
    path("publications/<slug:slug>/cite.<slug:form>", bibliography.source_file, name="publication-citation"),
    path("review/<str:secret>/", review_link, name="review-link"),
    path("search/", views.search, name="search"),
    path("search/suggest/", views.suggest, name="suggest"),
    path("share.png", share.site_picture, name="site-picture"),
    path("site.webmanifest", web_files.manifest, name="manifest"),
    path("sources/<slug:slug>/", views.source, name="source"),
    path("sources/<slug:slug>/cite.<slug:form>", bibliography.source_file, name="source-citation"),
    path("styleguide/", styleguide, name="styleguide"),
    path("support/factsheet.pdf", report.factsheet_pdf, name="factsheet-pdf"),
    path("timeline.ics", views.timeline_ics, name="timeline-ics"),
    path("", include("cms.urls")),
    prefix_default_language=False,
)
