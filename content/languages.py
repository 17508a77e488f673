"""The seven languages: their names, what Django lacks for them, and how a document names them.

Django knows no Lao: without an entry in ``LANG_INFO`` its middleware redirects ``/lo/`` away and the
admin's language list raises KeyError. The entry is made here and imported by the settings, before
Django looks. Wagtail's and our own code take the languages from this module only.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.conf.locale import LANG_INFO

LANG_INFO.setdefault("lo", {"bidi": False, "code": "lo", "name": "Lao", "name_local": "ລາວ"})
# Django writes it in Latin letters, in the list where an editor looks for it.
LANG_INFO["km"] = {**LANG_INFO["km"], "name_local": "ខ្មែរ"}


@dataclass(frozen=True)
class Language:
    """``code`` is Django's and the address's, ``tag`` the document's (BCP 47), ``own_name`` its readers' word."""

    code: str
    tag: str
    english_name: str
    own_name: str


LANGUAGES: tuple[Language, ...] = (
    Language("en", "en", "English", "English"),
    Language("km", "km", "Khmer", "ខ្មែរ"),
    Language("lo", "lo", "Lao", "ລາວ"),
    Language("my", "my", "Burmese", "မြန်မာ"),
    Language("th", "th", "Thai", "ไทย"),
    Language("vi", "vi", "Vietnamese", "Tiếng Việt"),
    Language("zh-hans", "zh-Hans", "Simplified Chinese", "简体中文"),
)
BY_CODE: dict[str, Language] = {language.code: language for language in LANGUAGES}
DEFAULT_LANGUAGE = "en"


def document_tag(code: str) -> str:
    """The value of a ``lang`` attribute for a language code: ``zh-Hans`` for ``zh-hans``."""
    return BY_CODE[code].tag if code in BY_CODE else code
