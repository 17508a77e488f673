"""Addresses of Wagtail's own sign-in, answered by ours. Mounted above Wagtail's."""

from allauth.account.views import logout
from django.urls import path, re_path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from wagtail.utils.urlpatterns import decorate_urlpatterns

from accounts.views import admin_login

urlpatterns = decorate_urlpatterns(
    [
        path("login/", admin_login, name="admin_login"),
        path("logout/", logout, name="admin_logout"),
        re_path(
            r"^password_reset/",
            RedirectView.as_view(pattern_name="account_reset_password", query_string=True),
        ),
    ],
    never_cache,
)
