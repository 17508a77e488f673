"""Choices and dates of a page as words, for the table that the document only tells."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from content.partial_dates import PartialDateField
from content.taxonomy import taxonomy
from content.templatetags.homeward import partial_date
from editions.word.facts import Row


def told(page: Any, names: tuple[str, ...]) -> list[Row]:
    """A row a field that says something, labelled with the field's name."""
    rows = []
    for name in names:
        field = page._meta.get_field(name)
        lines = _lines(page, field)
        if lines:
            label = str(field.verbose_name)
            rows.append(Row(label[:1].upper() + label[1:], lines))
    return rows


def _lines(page: Any, field: Any) -> list[str]:
    if field.many_to_many:
        return [row.label for row in getattr(page, field.name).all()]
    value = getattr(page, field.attname)
    if value in (None, "", False):
        return []
    if value is True:
        return [_("Yes")]
    if field.is_relation:
        related = getattr(page, field.name)
        return [str(getattr(related, "label", related))]
    if isinstance(field, PartialDateField):
        return [partial_date(value)]
    if field.choices:
        return [str(getattr(page, f"get_{field.name}_display")())]
    return [str(value)]


def country_name(code: str) -> str:
    """A country's name in the language in use; the code itself where there is no such country."""
    country = taxonomy().countries.by_code.get(code)
    return country.label if country else code


def country_code(name: str) -> str | None:
    """The code of the country that is called so in any language; None where none is."""
    wanted = name.strip().casefold()
    for country in taxonomy().countries:
        if wanted == country.code.casefold() or wanted == country.label.casefold():
            return str(country.code)
    return None
