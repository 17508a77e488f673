"""What a person may do with a page, where that differs from Wagtail's rules."""

from __future__ import annotations

from wagtail.models import PagePermissionTester

TAKE_OFF_SITE = "content.take_off_site"


class PageRights(PagePermissionTester):
    """Taking a page off the site is a right of its own.

    For Wagtail it is part of publishing, which no role may do alone. But a text that endangers someone
    must go at once, by one person, whoever else is at their desk; nothing new is shown to anybody by it.
    Pages with editions are withdrawn or taken down instead: people hold their addresses on paper.
    """

    def can_unpublish(self) -> bool:
        if self.page.keeps_editions:
            return False
        if super().can_unpublish():
            return True
        return (
            self.user.is_active
            and self.page.live
            and not self.page_is_root
            and self.user.has_perm(TAKE_OFF_SITE)
        )
