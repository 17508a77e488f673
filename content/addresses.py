"""Parts of addresses that are not pages."""

#: Parts of addresses that are not pages; a page with such a slug could never be reached.
RESERVED_SLUGS = frozenset(
    {
        "accounts", "admin", "api", "corridors", "directory", "documents", "e", "editions", "health",
        "help-now", "hsds", "media", "plan", "robots", "search", "sitemap", "static", "updates", "with",
    }
)  # fmt: skip
