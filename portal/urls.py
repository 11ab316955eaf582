from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path
from impact.review_link import review_link

from . import bibliography, embed, sitemap, views, web_files
from .charts import chart_csv
from .claim_data import claims_json
from .feeds import corrections_feed
from .share import views as share
from .styleguide import styleguide

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("favicon.ico", web_files.favicon, name="favicon"),
    path("oembed", embed.oembed, name="oembed"),
    path("robots.txt", web_files.robots_txt, name="robots-txt"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("sitemap-<slug:section>-<int:part>.xml", sitemap.sitemap_part, name="sitemap-part"),
    path(".well-known/security.txt", web_files.security_txt, name="security-txt"),
]
urlpatterns += i18n_patterns(
    path("admin/", admin.site.urls),
    path("embed/e<int:number>/", embed.card, name="embed"),
    path("evidence/e<int:number>/", views.claim, name="claim-short"),
    path("evidence/e<int:number>-<slug:slug>/", views.claim, name="claim"),
    path("evidence/e<int:number>/v<int:edition>/", views.edition, name="edition"),
    path("evidence/e<int:number>/v<int:edition>/cite.<slug:form>", bibliography.edition_file, name="edition-citation"),
    path("evidence/e<int:number>/v<int:edition>/share.png", share.edition_picture, name="edition-picture"),
    path("feeds/corrections.atom", corrections_feed, name="corrections-feed"),
    path("instruments/<slug:slug>/", views.instrument, name="instrument"),
    path("organisations/<slug:slug>/share.png", share.organisation_picture, name="organisation-picture"),
    path("publications/<slug:slug>/", views.source, name="publication"),
    path("publications/<slug:slug>/cite.<slug:form>", bibliography.source_file, name="publication-citation"),
    path("review/<str:secret>/", review_link, name="review-link"),
    path("search/", views.search, name="search"),
    path("share.png", share.site_picture, name="site-picture"),
    path("sources/<slug:slug>/", views.source, name="source"),
    path("sources/<slug:slug>/cite.<slug:form>", bibliography.source_file, name="source-citation"),
    path("data/claims.json", claims_json, name="claims-json"),
    path("data/charts/<slug:slug>.csv", chart_csv, name="chart-csv"),
    path("site.webmanifest", web_files.manifest, name="manifest"),
    path("timeline.csv", views.timeline_csv, name="timeline-csv"),
    path("timeline.ics", views.timeline_ics, name="timeline-ics"),
    path("styleguide/", styleguide, name="styleguide"),
    path("", include("cms.urls")),
    prefix_default_language=False,
)
