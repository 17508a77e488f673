"""The table of addresses. Public ones are printed on paper and must not change."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from content.serving import page_patterns
from editions.public.urls import below_pages, short_addresses
from portal import booklet, errors, updates, views
from portal.api import pages_api
from portal.sitemaps import sitemap

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error

urlpatterns = [
    path("", views.choose_language, name="choose_language"),
    path("health/live", views.live, name="health_live"),
    path("health/ready", views.ready, name="health_ready"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
    path("api/v2/", pages_api.urls),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include("accounts.urls")),
    path("accounts/subscriptions/", include("editions.telling.urls")),
    path("admin/", include("accounts.admin_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("media/images/<path:path>", views.media, name="media"),
    *short_addresses,
]

urlpatterns += i18n_patterns(
    path("corridors/", views.corridors, name="corridors"),
    path("corridors/<slug:slug>/", views.corridor, name="corridor"),
    path("corridors/<slug:slug>/updates.atom", updates.corridor_feed, name="corridor_feed"),
    path("updates/", updates.updates, name="updates"),
    re_path(r"^(?P<path>(?:[^/\s\x00-\x1f\x7f]+/)*)updates\.atom$", updates.page_feed, name="page_feed"),
    re_path(r"^(?P<path>(?:[^/\s\x00-\x1f\x7f]+/)+)booklet/$", booklet.booklet, name="booklet"),
    *below_pages,
    path("", include(page_patterns)),
)
