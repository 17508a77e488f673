"""Every environment variable that Homeward reads, in one place.

README.md holds the same table for people; a test compares the two.
"""

from __future__ import annotations

import os
from dataclasses import dataclass

from django.core.exceptions import ImproperlyConfigured


@dataclass(frozen=True)
class Variable:
    """``default`` None means that production does not start without the variable."""

    name: str
    default: str | None
    meaning: str


VARIABLES: dict[str, Variable] = {
    variable.name: variable
    for variable in [
        Variable("SECRET_KEY", None, "signs sessions and links; at least 50 random characters"),
        Variable("ALLOWED_HOSTS", None, "host names that may be asked for, separated by commas"),
        Variable("DATABASE_URL", "", "a PostgreSQL address; empty for SQLite in DATA_DIR"),
        Variable("DATA_DIR", "var", "folder of the SQLite database, uploads and collected static files"),
        Variable("PUBLIC_URL", "http://127.0.0.1:8000", "address of the site in prints, mail and sitemap"),
        Variable("QUICK_EXIT_URL", "", "where 'Leave now' goes, for every language; empty for our choice"),
        Variable("EMAIL_URL", "", "smtp://user:password@host:port; empty keeps mail in the admin's outbox"),
        Variable("DEFAULT_FROM_EMAIL", "homeward@localhost", "sender of mail"),
        Variable("CHROMIUM", "", "the browser that makes PDFs; empty to look for it by its usual names"),
        Variable("CHROMIUM_SANDBOX", "yes", "'no' where its sandbox cannot start, as in most containers"),
        Variable("CHROMIUM_TIMEOUT", "60", "seconds after which a PDF that is not ready is given up"),
        Variable("TRUSTED_PROXY", "no", "'yes' if a proxy in front sets X-Forwarded-Proto"),
        Variable("LOG_LEVEL", "INFO", "DEBUG, INFO, WARNING or ERROR"),
        Variable("PORT", "8000", "port that 'make run' listens on, on 127.0.0.1"),
        Variable("WEB_CONCURRENCY", "2", "number of web processes that 'make run' starts"),
    ]
}


def read(name: str) -> str:
    """The value of a declared variable.

    Raises ImproperlyConfigured, in a sentence that says what to do, where it is missing and has no default.
    """
    variable = VARIABLES[name]
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if variable.default is None:
        raise ImproperlyConfigured(
            f"{name} is not set. It is needed because it {_reason(name)}. "
            f"Set the environment variable {name} ({variable.meaning}) and start again; "
            "'make run' does this for you on one machine."
        )
    return variable.default


def read_list(name: str) -> list[str]:
    """A comma-separated value as a list without empty parts."""
    return [part.strip() for part in read(name).split(",") if part.strip()]


def read_flag(name: str) -> bool:
    """True for yes, true, on or 1."""
    return read(name).lower() in {"1", "on", "true", "yes"}


def _reason(name: str) -> str:
    return {
        "SECRET_KEY": "protects sign-in: with a known key anybody could forge a session",
        "ALLOWED_HOSTS": "stops answers to forged host names",
    }[name]
