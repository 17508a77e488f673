"""The read-only pages API: live public pages only; Wagtail's write API stays unmounted."""

from __future__ import annotations

from typing import Any

from rest_framework.renderers import JSONRenderer
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Page

from content.models import BasePageQuerySet


class PublicPagesAPIViewSet(PagesAPIViewSet):
    """Pages that anybody may read, without what they rest on inside the house."""

    name = "pages"
    renderer_classes = [JSONRenderer]
    #: Owners are staff; the public sees the desk, never a name.
    meta_fields = [field for field in PagesAPIViewSet.meta_fields if field != "owner"]

    def get_base_queryset(self) -> Any:
        visible = super().get_base_queryset()
        return visible.filter(pk__in=BasePageQuerySet(Page).shown().values("pk"))


pages_api = WagtailAPIRouter("pages_api")
pages_api.register_endpoint("pages", PublicPagesAPIViewSet)
