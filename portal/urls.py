from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from advocacy.views import instrument_detail
from impact import views as claims
from organisation.views import picture_file, source_detail

from .delivery.health import healthz, readyz
from .exports import citation_formats, oembed, sitemap, well_known
from .exports.api.docs import api_docs
from .exports.charts.views import chart_csv
from .exports.feeds import claims_feed, corrections_feed, publications_feed
from .exports.report import views as report
from .exports.tables import TABLES
from .exports.tables.data_package import package_json
from .exports.tables.file_formats import FILE_FORMATS
from .exports.tables.views import table_file
from .exports.timeline import timeline_ics
from .graphics import look
from .graphics.share_images import views as share_images
from .search.views import search, suggest
from .staff.styleguide import styleguide

# In place of the login form of the CMS, which would be a second login page.
cms_login = RedirectView.as_view(pattern_name="account_login", query_string=True)

handler500 = "portal.delivery.errors.server_error"

# For programs: in one language, at one address each.
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("api/", include("portal.exports.api.urls")),
    *(
        path(
            f"data/{name}.{file_format}",
            table_file,
            {"name": name, "file_format": file_format},
            name=f"data-{name}-{file_format}",
        )
        for name in TABLES
        for file_format in FILE_FORMATS
    ),
    path("data/datapackage.json", package_json, name="datapackage"),
    path("favicon.ico", well_known.favicon, name="favicon"),
    path("look-<slug:look_hash>.css", look.style_sheet, name="look-style-sheet"),
    path("look-<slug:look_hash>.svg", look.drawing, name="look-drawing"),
    path("look-<slug:look_hash>/<int:side>.png", look.icon, name="look-icon"),
    path("oembed", oembed.oembed, name="oembed"),
    path("pictures/<slug:reference>/<int:width>.<slug:ending>", picture_file, name="picture"),
    path("robots.txt", well_known.robots_txt, name="robots-txt"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<slug:section>-<int:part>.xml", sitemap.sitemap_part, name="sitemap-part"),
    path("timeline.csv", table_file, {"name": "timeline", "file_format": "csv"}, name="timeline-csv"),
    path(".well-known/security.txt", well_known.security_txt, name="security-txt"),
]
urlpatterns += i18n_patterns(
    path("accounts/", include("portal.accounts.urls")),
    path("admin/", admin.site.urls),
    path("cms_login/", cms_login, name="cms_login"),
    path("api/docs/", api_docs, name="api-docs"),
    path("data/charts/<slug:slug>.csv", chart_csv, name="chart-csv"),
    path("embed/e<int:number>/", oembed.card, name="embed"),
    path("evidence/e<int:number>/", claims.claim, name="claim-short"),
    path("evidence/e<int:number>-<slug:slug>/", claims.claim, name="claim"),
    path("evidence/e<int:number>/v<int:edition>/", claims.edition, name="edition"),
    path(
        "evidence/e<int:number>/v<int:edition>/cite.<slug:file_format>",
        citation_formats.edition_file,
        name="edition-citation",
    ),
    path(
        "evidence/e<int:number>/v<int:edition>/share.png",
        share_images.edition_image,
        name="edition-picture",
    ),
    path("feeds/claims.atom", claims_feed, name="claims-feed"),
    path("feeds/corrections.atom", corrections_feed, name="corrections-feed"),
    path("feeds/publications.atom", publications_feed, name="publications-feed"),
    path("impact/report/", report.report_page, name="impact-report"),
    path("impact/report.pdf", report.report_pdf, name="impact-report-pdf"),
    path("indicators/i<int:number>/", claims.indicator, name="indicator-short"),
    path("indicators/i<int:number>-<slug:slug>/", claims.indicator, name="indicator"),
    path("instruments/<slug:slug>/", instrument_detail, name="instrument"),
    path("organisations/<slug:slug>/report.pdf", report.organisation_pdf, name="organisation-report-pdf"),
    path("organisations/<slug:slug>/share.png", share_images.organisation_image, name="organisation-picture"),
    path("publications/<slug:slug>/", source_detail, name="publication"),
    path(
        "publications/<slug:slug>/cite.<slug:file_format>",
        citation_formats.source_file,
        name="publication-citation",
    ),
    path("review/<str:secret>/", claims.review_link, name="review-link"),
    path("search/", search, name="search"),
    path("search/suggest/", suggest, name="suggest"),
    path("share.png", share_images.site_image, name="site-picture"),
    path("site.webmanifest", well_known.manifest, name="manifest"),
    path("sources/<slug:slug>/", source_detail, name="source"),
    path("sources/<slug:slug>/cite.<slug:file_format>", citation_formats.source_file, name="source-citation"),
    path("styleguide/", styleguide, name="styleguide"),
    path("support/factsheet.pdf", report.factsheet_pdf, name="factsheet-pdf"),
    path("timeline.ics", timeline_ics, name="timeline-ics"),
    path("", include("cms.urls")),
    prefix_default_language=False,
)
