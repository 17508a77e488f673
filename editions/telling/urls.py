"""Telling people by mail. These addresses hold forms, so nothing here is ever cached."""

from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.utils.urlpatterns import decorate_urlpatterns

from editions.telling import subscribing

urlpatterns = decorate_urlpatterns(
    [
        path("", subscribing.subscriptions, name="subscriptions"),
        path("<int:pk>/", subscribing.change, name="subscription"),
        path("<int:pk>/end/", subscribing.end, name="end_subscription"),
        path("leave/<str:token>/", subscribing.leave, name="leave_subscriptions"),
    ],
    never_cache,
)
