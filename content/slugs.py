"""A page stands at the same address in every language: changing the prefix changes the language.

What an editor changes on one version is changed on the others at once, drafts and schedules included. Each
change sends Wagtail's signal in its turn, so the old address of every version leads to the new one.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail.signals import page_slug_changed, post_page_move

from content.addresses import RESERVED_SLUGS, slug_validator


def check_slug(page: Page) -> None:
    """Refuses a slug that no address of ours can carry; asks for one where the title makes none."""
    if not page.slug:
        if page.title and not slugify(page.title):
            raise ValidationError(
                {
                    "slug": _(
                        "Addresses use the letters a to z. Write a short English title here, "
                        "for instance 'family-tracing'."
                    )
                }
            )
    elif page.slug in RESERVED_SLUGS:
        raise ValidationError({"slug": _("This address belongs to another part of the site.")})
    else:
        try:
            slug_validator(page.slug)
        except ValidationError as error:
            raise ValidationError({"slug": error}) from error


def check_address(page: Page) -> None:
    """Refuses a slug that is another page's in another language, or not that of the page's other versions."""
    parent = page.get_parent() if page.path else None
    if parent is None or parent.is_root():
        return
    if page._state.adding:
        version = page.get_translations().first()
        if version is not None and version.slug != page.slug:
            raise ValidationError(
                {"slug": _("In its other languages this page has the address '%s'.") % version.slug}
            )
    below_home = parent.url_path.strip("/").partition("/")[2]
    rest = f"{below_home}/{page.slug}/" if below_home else f"{page.slug}/"
    homes = Page.objects.filter(depth=2).values_list("url_path", flat=True)
    same = Page.objects.filter(url_path__in=[f"{home}{rest}" for home in homes])
    if same.exclude(translation_key=page.translation_key).exists():
        raise ValidationError({"slug": _("Another page has this address, in this or another language.")})


def take_slug_in_every_language(instance: Page, **kwargs: Any) -> None:
    """Gives the other versions the slug that one of them has taken."""
    for version in instance.get_translations().exclude(slug=instance.slug).specific():
        may_go_live = Q(pk=version.latest_revision_id) | Q(approved_go_live_at__isnull=False)
        for revision in version.revisions.filter(may_go_live):
            revision.content["slug"] = instance.slug
            revision.save(update_fields=["content"])
        version.slug = instance.slug
        version.save(clean=False)


def move_in_every_language(instance: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Moves the other versions below the same page; one whose language lacks that page stays."""
    parents = {parent.locale_id: parent for parent in parent_page_after.get_translations()}
    for version in instance.get_translations():
        parent = parents.get(version.locale_id)
        if parent is not None and not version.is_child_of(parent):
            version.move(parent, pos="last-child")


def connect() -> None:
    page_slug_changed.connect(take_slug_in_every_language, dispatch_uid="slug-in-every-language")
    post_page_move.connect(move_in_every_language, dispatch_uid="move-in-every-language")
