"""A comparison of two long procedures costs at most three times showing one of them."""

from __future__ import annotations

import json
import random
import time
import uuid
from collections.abc import Callable
from statistics import median
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import RequestFactory
from django.utils import timezone
from wagtail.models import Page

from editions.choices import Kind
from editions.comparison.views import comparison
from editions.content import text_of
from editions.models import Edition
from editions.models.editions import checksum
from tests.editions.test_comparison_wording import SENTENCES
from tests.factories.pages import SOPPageFactory, sop_steps

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

STEPS = 60
MOST = 3.0
ROUNDS = 15


def long_steps(language: str) -> list[dict[str, Any]]:
    """Sixty steps, each with what a step can hold."""
    sentence = SENTENCES[language]
    steps: list[dict[str, Any]] = sop_steps(STEPS)["steps"]
    for index, step in enumerate(steps):
        step["value"] |= {
            "action": f"{sentence} {index}",
            "place": "Poipet",
            "time_limit": "Within 3 days",
            "usual_time": "2 to 3 weeks",
            "takes_part": ["office"],
            "documents": ["family assessment", "travel document"],
            "note": f"{sentence} {sentence} {sentence} {index}",
            "child_note": f"{sentence} {index}",
        }
    return steps


def rewritten(steps: list[dict[str, Any]], language: str) -> list[dict[str, Any]]:
    """Half of the steps changed in three fields, six of them moved, two added, two removed."""
    numbers = random.Random(4)
    after = json.loads(json.dumps(steps))
    for step in after[::2]:
        value = step["value"]
        for name in ("action", "note", "child_note"):
            middle = numbers.randrange(10, len(value[name]) - 10)
            value[name] = f"{value[name][:middle]} (30) {value[name][middle + 8 :]}"
        value["time_limit"] = "Within 5 days"
    for index in (5, 15, 25, 35, 45, 55):
        after.insert((index + 7) % STEPS, after.pop(index))
    del after[3], after[30]
    after.insert(10, {**after[10], "id": str(uuid.uuid4())})
    after.insert(40, {**after[40], "id": str(uuid.uuid4())})
    return after


def edition_of(page: Page, content: dict[str, Any], minor: int) -> Edition:
    """As good as published: a comparison reads nothing but the row."""
    return Edition(
        page=page,
        language=page.language,
        major=1,
        minor=minor,
        text=1,
        kind=Kind.MINOR,
        change_note="The steps were hard to follow.",
        published_at=timezone.now(),
        title=page.title,
        content=content,
        sha256=checksum(content),
    )


def asked(view: str = "changes") -> HttpRequest:
    query = {"from": "1.0", "to": "1.1", "show": view}
    return RequestFactory().get("/en/procedures/long/editions/compare/", query)


def seconds(work: Callable[[], object]) -> float:
    """Of the processor, so that others at work on the machine do not count."""
    started = time.process_time()
    work()
    return time.process_time() - started


@pytest.mark.parametrize("language", ["en", "km", "th"])
@pytest.mark.parametrize("view", ["changes", "all"])
def test_a_comparison_costs_at_most_three_times_the_page(language: str, view: str) -> None:
    page = SOPPageFactory(
        title="Long", language=language, slug="long", **sop_steps(2) | {"steps": long_steps(language)}
    )
    content = json.loads(json.dumps(text_of(page.serializable_data()), default=str))
    steps = json.loads(content["steps"])
    before = edition_of(page, content, 0)
    after = edition_of(page, {**content, "steps": json.dumps(rewritten(steps, language))}, 1)

    def show() -> None:
        fresh = type(page).objects.select_related("locale").get(pk=page.pk)
        fresh.serve(asked()).render()

    def compare() -> None:
        fresh = [edition_of(page, edition.content, edition.minor) for edition in (before, after)]
        comparison(asked(view), page, *fresh).render()

    show()
    compare()
    pairs = [(seconds(show), seconds(compare)) for _round in range(ROUNDS)]
    page_seconds, comparison_seconds = median(first for first, _ in pairs), median(last for _, last in pairs)
    assert comparison_seconds <= MOST * page_seconds
