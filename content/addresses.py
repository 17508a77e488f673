"""What parts of an address may be made of, and which are no pages."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

slug_validator = RegexValidator(r"^[a-z0-9-]+$", _("Use letters a to z, digits and hyphens."))

#: Parts of addresses that are not pages; a page with such a slug could never be reached.
RESERVED_SLUGS = frozenset(
    {
        "accounts", "admin", "api", "booklet", "corridors", "directory", "documents", "e", "editions", "favicon",
        "health", "help-now", "hsds", "media", "plan", "robots", "search", "sitemap", "static", "updates", "with",
    }
)  # fmt: skip


def address_of(language: str, url_path: str) -> str:
    """A page's address from its ``url_path``, which begins with the home page's slug that no address shows."""
    below_home = url_path.strip("/").partition("/")[2]
    return f"/{language}/" + (f"{below_home}/" if below_home else "")
