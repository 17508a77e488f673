"""Conventions that would break in silence, as system checks."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connection

from content.addresses import RESERVED_SLUGS


@register(Tags.database)
def no_page_has_a_reserved_slug(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """``content.E001``: a page's slug is an address of something else."""
    from wagtail.models import Page

    if not databases or Page._meta.db_table not in connection.introspection.table_names():
        return []
    return [
        Error(
            f"The page {page.title!r} (id {page.pk}) has the slug {page.slug!r}, which is reserved.",
            hint="Give it another slug; this one is the address of something else.",
            id="content.E001",
        )
        for page in Page.objects.filter(slug__in=RESERVED_SLUGS, depth__gt=1)
    ]
