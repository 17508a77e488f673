"""What a feed or a subscription is about: everything, a section, a country, a way home, a service area, a page.

Which pages belong to a country or a way home is known above this room only, so the finder comes from there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.http import QueryDict
from django.urls import reverse


@dataclass(frozen=True)
class Scope:
    """``kind`` and ``key`` are those of ``Subscription``; ``title`` is in the scope's language.

    ``address`` is the path of what it is about, ``pages`` the condition that a ``wagtailcore.Page`` meets.
    """

    kind: str
    key: str
    language: str
    title: str
    address: str
    pages: Q

    @property
    def feed_address(self) -> str:
        return f"{self.address}updates.atom"

    @property
    def subscription_address(self) -> str:
        """Where a signed-in person asks to be told by mail."""
        query = QueryDict(mutable=True)
        query.update({"scope": self.kind, "key": self.key, "language": self.language})
        return f"{reverse('subscriptions')}?{query.urlencode()}"


#: Gives the scope of a kind, key and language; None where it does not exist for readers of that language.
Finder = Callable[[str, str, str], Scope | None]

_finders: list[Finder] = []


def connect(finder: Finder) -> None:
    """Makes this the finder. Called once, when the site starts."""
    _finders[:] = [finder]


def find(kind: str, key: str, language: str) -> Scope | None:
    """The scope, if there is such a thing and readers may see it in this language."""
    return _finders[0](kind, key, language) if _finders else None
