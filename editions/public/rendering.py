"""The rendered body of an edition: made once from its frozen content, kept, and never made again."""

from __future__ import annotations

import logging
from typing import Any

from django.db import IntegrityError, models, transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from editions.models import Edition, EditionText

logger = logging.getLogger(__name__)

#: How many texts one run makes: some seconds of work.
AT_ONCE = 100


def rendered(edition: Edition) -> SafeString:
    """The frozen body as HTML, in the edition's language, without its title and without a frame around it.

    Made for the first who asks. Empty for an edition that was taken down. One query where it exists.
    """
    kept = _kept(edition)
    if kept is None:
        kept = _keep(edition, _render(edition)) if edition.content else ""
    return mark_safe(kept)  # noqa: S308  made by our own templates


def keep_texts() -> int:
    """Makes bodies that nobody has asked for yet, newest first; gives how many.

    The sooner the better: what a text names, such as a country, is shown in the words that it has then.
    """
    waiting = Edition.objects.filter(rendered=None).exclude(content={}).order_by("-pk")
    made = 0
    for edition in waiting[:AT_ONCE]:
        try:
            made += bool(rendered(edition))
        except Exception as error:  # noqa: BLE001  one text that cannot be made must not stop the others
            logger.error("The text of edition %s was not made: %s", edition.pk, type(error).__name__)
    return made


def _kept(edition: Edition) -> str | None:
    return EditionText.objects.filter(edition=edition.pk).values_list("html", flat=True).first()


def _render(edition: Edition) -> str:
    page = edition.page.specific
    text = page.with_content_json({**_without_lost_rows(page, edition.content), "pk": page.pk})
    with translation.override(edition.language):
        html = render_to_string("editions/text.html", {"page": text, "edition": edition, "frozen": True})
    return html.strip()


def _without_lost_rows(page: Any, content: dict[str, Any]) -> dict[str, Any]:
    """A row that the live page once protected may have been deleted since; Wagtail stops at one."""
    found = dict(content)
    for field in page._meta.concrete_fields:
        protects = field.remote_field and field.remote_field.on_delete is models.PROTECT
        if protects and field.null and found.get(field.name) is not None:
            rows = field.remote_field.model._default_manager.filter(pk=found[field.name])
            found[field.name] = found[field.name] if rows.exists() else None
    return found


def _keep(edition: Edition, html: str) -> str:
    """Keeps it, unless somebody else was quicker or the text was taken down meanwhile."""
    try:
        with transaction.atomic():
            row = Edition.objects.select_for_update().only("content").get(pk=edition.pk)
            if not row.content:
                return ""
            EditionText.objects.create(edition=edition, html=html)
    except IntegrityError:
        return _kept(edition) or ""
    return html
