"""The read-only pages API: live public pages only; Wagtail's write API stays unmounted."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from rest_framework.renderers import JSONRenderer
from wagtail.api.v2.filters import SearchFilter
from wagtail.api.v2.pagination import WagtailPagination
from wagtail.api.v2.router import WagtailAPIRouter
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import PagesAPIViewSet
from wagtail.models import Page

from content.models import BasePageQuerySet

#: Far beyond the last page of any site; a database refuses far larger numbers with an error.
LARGEST_OFFSET = 1_000_000


class BoundedPagination(WagtailPagination):
    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> Any:
        offset = request.GET.get("offset", "")
        if len(offset) > len(str(LARGEST_OFFSET)):
            raise BadRequestError(f"offset cannot be higher than {LARGEST_OFFSET}")
        return super().paginate_queryset(queryset, request, view)


class PublicPagesAPIViewSet(PagesAPIViewSet):
    """Pages that anybody may read, without what they rest on inside the house."""

    name = "pages"
    renderer_classes = [JSONRenderer]
    #: Owners are staff; the public sees the desk, never a name.
    meta_fields = [field for field in PagesAPIViewSet.meta_fields if field != "owner"]
    #: Readers search at ``/{lang}/search/``, in seven languages; Wagtail's search cannot, and breaks on quotes.
    filter_backends = [backend for backend in PagesAPIViewSet.filter_backends if backend is not SearchFilter]
    known_query_parameters = PagesAPIViewSet.known_query_parameters - {"search", "search_operator"}
    pagination_class = BoundedPagination

    def get_base_queryset(self) -> Any:
        visible = super().get_base_queryset()
        return visible.filter(pk__in=BasePageQuerySet(Page).shown().values("pk"))

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("locale")

    def filter_queryset(self, queryset: Any) -> Any:
        try:
            return super().filter_queryset(queryset)
        except ValidationError as error:  # a malformed date; Wagtail catches only ValueError
            raise BadRequestError("; ".join(error.messages)) from error

    def find_object(self, queryset: Any, request: Any) -> Any:
        """Finds by ``id``, or by ``html_path`` as it stands in the browser, with its language."""
        path = request.GET.get("html_path")
        if path is not None:
            language, _slash, rest = path.strip("/").partition("/")
            url_path = f"/home-{language}/" + (f"{rest}/" if rest else "")
            return queryset.filter(url_path=url_path).first()
        try:
            return super().find_object(queryset, request)
        except ValueError as error:
            raise BadRequestError("id must be a number") from error


pages_api = WagtailAPIRouter("pages_api")
pages_api.register_endpoint("pages", PublicPagesAPIViewSet)
