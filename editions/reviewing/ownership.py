"""Which desk owns which pages, over all kinds of versioned page."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from wagtail.log_actions import log
from wagtail.models import Page, get_page_models

from content.models import Country
from editions.models import Desk, VersionedPage


@cache
def versioned_types() -> tuple[type[Any], ...]:
    """Every kind of versioned page, whichever room it lives in."""
    return tuple(model for model in get_page_models() if issubclass(model, VersionedPage))


def kind_choices() -> list[tuple[str, Any]]:
    """``app.model`` and its name, for filters."""
    return [(model._meta.label_lower, model._meta.verbose_name) for model in versioned_types()]


def of_kinds(kinds: Iterable[str]) -> Q:
    """Standings of pages of these kinds. One query where the content types are not in memory yet."""
    models_by_label = {model._meta.label_lower: model for model in versioned_types()}
    wanted = [models_by_label[kind] for kind in kinds]
    types = ContentType.objects.get_for_models(*wanted).values()
    return Q(page__content_type__in=[content_type.pk for content_type in types])


def owner_of_page() -> Coalesce:
    """For annotating standings with the primary key of the owning desk: every kind has its own column."""
    columns = [f"page__{model._meta.pk.related_query_name()}__desk" for model in versioned_types()]
    nobody = models.Value(None, output_field=models.BigIntegerField(null=True))
    return Coalesce(*columns, nobody, output_field=models.BigIntegerField(null=True))


def about_countries(countries: Iterable[Country]) -> Q:
    """Standings of pages that name one of the countries, or that apply everywhere in the region."""
    chosen = list(countries)
    found = Q(pk__in=[])
    for model in versioned_types():
        named = Q(pk__in=[])
        for field in model._meta.get_fields():
            if field.related_model is Country and field.concrete:
                named |= Q(**{f"{field.name}__in": chosen})
            elif field.name == "all_corridors" and any(country.is_member for country in chosen):
                named |= Q(all_corridors=True)
        found |= Q(page__in=model._base_manager.filter(named).values("pk"))
    return found


def pages_owned() -> dict[int, int]:
    """How many pages each desk owns, drafts too, each counted once whatever its languages: a query a kind."""
    counts: dict[int, int] = {}
    for model in versioned_types():
        rows = model._base_manager.filter(desk__isnull=False).values_list("desk")
        for desk, number in rows.annotate(number=models.Count("translation_key", distinct=True)).order_by():
            counts[desk] = counts.get(desk, 0) + number
    return counts


@transaction.atomic
def hand_over(desk: Desk, to: Desk, user: Any) -> int:
    """Gives all pages of a desk to another, drafts and every language too; says how many there were.

    The owner is bookkeeping beside the text, so this makes no edition and needs no approval.
    """
    number = pages_owned().get(desk.pk, 0)
    for model in versioned_types():
        model._base_manager.filter(desk=desk).update(desk=to)
    if number:
        log(instance=desk, action="wagtail.edit", user=user, data={"handed_over_to": to.pk, "pages": number})
    return number


def page_of(key: int) -> Any:
    """The versioned page with this primary key, None where there is none: two queries."""
    page = Page.objects.filter(pk=key).specific().first()
    return page if isinstance(page, VersionedPage) else None
