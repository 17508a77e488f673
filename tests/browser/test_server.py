"""What the web server itself would otherwise answer, in English and without a way on."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def refused(address: str) -> tuple[int, str]:
    """Status and text of an answer that is an error."""
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(address, timeout=20)
    return caught.value.code, caught.value.read().decode()


def test_a_query_of_5000_characters_is_refused_in_the_readers_language(site: str) -> None:
    status, text = refused(f"{site}/km/procedures/?q={'x' * 5000}")
    assert status == 400
    assert '<html lang="km"' in text


def test_a_path_of_5000_characters_is_not_found_in_the_readers_language(site: str) -> None:
    status, text = refused(f"{site}/my/{'x' * 5000}/")
    assert status == 404
    assert '<html lang="my"' in text


def test_a_nul_is_refused(site: str) -> None:
    assert refused(f"{site}/en/procedures/?country=%00")[0] == 400
    assert refused(f"{site}/en/%00/")[0] in {400, 404}
