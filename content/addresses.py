"""What parts of an address may be made of, and which are no pages."""

from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

slug_validator = RegexValidator(r"^[a-z0-9-]+$", _("Use letters a to z, digits and hyphens."))

#: Parts of addresses that are not pages; a page with such a slug could never be reached.
RESERVED_SLUGS = frozenset(
    {
        "accounts", "admin", "api", "corridors", "directory", "documents", "e", "editions", "health",
        "help-now", "hsds", "media", "plan", "robots", "search", "sitemap", "static", "updates", "with",
    }
)  # fmt: skip
