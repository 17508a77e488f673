"""Buttons that take a page out of use, and what the page's history in the admin says of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import include, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import Page

from editions.choices import EventKind
from editions.models.editions import Edition
from editions.models.standing import Standing
from editions.models.versioned import VersionedPage
from editions.retiring import urls as admin_urls
from editions.retiring.cancelling import may_cancel
from editions.retiring.retirement import may_retire
from editions.retiring.taking_down import may_take_down


@hooks.register("register_admin_urls")
def screens() -> list[Any]:
    return [path("retirement/", include((admin_urls, "retirement")))]


@hooks.register("register_page_header_buttons")
def buttons(page: Page, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """Only what this person may do with the page as it stands today: five queries at most."""
    if not issubclass(page.specific_class or Page, VersionedPage):
        return
    page = page.specific
    standing: Standing | None = page.standing_today
    if standing is None:
        return
    if may_retire(user, page):
        if standing.out_of_use:
            yield _button("undo", page, _("Bring back into use"), "undo", 80)
        elif standing.current_id and not standing.taken_down:
            yield _button("withdraw", page, _("Withdraw"), "no-view", 81)
            yield _button("replace", page, _("Replace by another page"), "redirect", 82)
    if standing.coming_id and may_cancel(user, page):
        yield _button("cancel", page, _("Cancel the announced edition"), "calendar-alt", 83)
    if may_take_down(user) and Edition.objects.filter(page=page.pk).exists():
        yield _button("take_down", page, _("Take down"), "warning", 84)


def _button(screen: str, page: Page, label: str, icon: str, priority: int) -> Button:
    return Button(label, reverse(f"retirement:{screen}", args=[page.pk]), icon_name=icon, priority=priority)


class WithReason(LogFormatter):
    """The reason that the person gave stands below, as comments of approvals do."""

    def format_message(self, log_entry: Any) -> str:
        number = log_entry.data.get("number")
        return f"{self.label}: {number}" if number else str(self.label)

    def format_comment(self, log_entry: Any) -> str:
        return str(log_entry.data.get("reason", ""))


#: Words of the history of a page, in the past.
LOGGED = {
    EventKind.WITHDRAWN: gettext_lazy("Withdrawn in all languages"),
    EventKind.WITHDRAWAL_UNDONE: gettext_lazy("Withdrawal undone in all languages"),
    EventKind.REPLACED: gettext_lazy("Replaced by another page in all languages"),
    EventKind.REPLACEMENT_UNDONE: gettext_lazy("Replacement undone in all languages"),
    EventKind.CANCELLED: gettext_lazy("Announced edition cancelled"),
    EventKind.TAKEN_DOWN: gettext_lazy("Taken down"),
}


@hooks.register("register_log_actions")
def words_of_history(actions: LogActionRegistry) -> None:
    for kind, label in LOGGED.items():
        actions.register_action(f"editions.{kind.value}")(
            type(f"Format{kind.name}", (WithReason,), {"label": label})
        )
