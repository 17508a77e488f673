"""Reviews: who may say "still correct" and what follows, and the mails to owners."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.users.models import UserProfile

from accounts.models import OutboxMessage, Role, User
from editions.choices import EventKind, OutOfUse
from editions.models import Desk, EditionEvent, Standing
from editions.reviewing.reminders import latest_step, remind_owners
from editions.reviewing.reviews import confirm, next_review
from portal.periodic import JOBS
from tests.factories.accounts import UserFactory
from tests.factories.concepts import CountryFactory
from tests.factories.editions import person_with, publish
from tests.factories.pages import SOPPageFactory, sop_steps

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def published(due_in: int | None = None, **values: Any) -> Any:
    """A page with edition 1.0, whose review is due in so many days."""
    values = {"title": "Return", **sop_steps(1), **values}
    page = SOPPageFactory(live=False, **values)
    publish(page)
    mail.outbox.clear()  # what Wagtail writes about the approval
    if due_in is not None:
        set_due(page, due_in)
    return page


def set_due(page: Any, due_in: int, **more: Any) -> None:
    due = timezone.localdate() + datetime.timedelta(days=due_in)
    Standing.objects.filter(page=page.pk).update(review_due=due, **more)


def standing_of(page: Any) -> Standing:
    return Standing.objects.get(page=page.pk)


def is_overdue(page: Any) -> bool:
    return standing_of(page).is_overdue


def desk(name: str = "Return desk", email: str = "return@example.org", members: Any = ()) -> Desk:
    made = Desk.objects.create(name=name, email=email)
    made.members.set(members)
    return made


def translated(page: Any) -> Any:
    copy = SOPPageFactory(live=False, translation_of=page, language="km", title="ត្រឡប់", desk=page.desk)
    publish(copy)
    return copy


# ---- The next review


def test_the_next_review_is_the_last_day_of_a_shorter_month() -> None:
    assert next_review(datetime.date(2027, 8, 31), 6) == datetime.date(2028, 2, 29)


# ---- Still correct


def test_still_correct_moves_the_review_on() -> None:
    page = published(due_in=-3, review_every=6)
    confirm(page, person_with(), "Compared with the ministry's circular.")
    assert standing_of(page).review_due == next_review(timezone.localdate(), 6)


def test_still_correct_is_kept_with_the_edition() -> None:
    page, person = published(), person_with()
    confirm(page, person, "Telephoned the shelter network.")
    event = EditionEvent.objects.get(kind=EventKind.STILL_CORRECT)
    assert (event.edition, event.by, event.reason) == (
        standing_of(page).current,
        person,
        "Telephoned the shelter network.",
    )


def test_still_correct_needs_a_word_on_what_was_checked() -> None:
    with pytest.raises(ValidationError):
        confirm(published(), person_with(), " ")


def test_after_still_correct_the_reminders_start_anew() -> None:
    page = published()
    set_due(page, -3, reminded_on=TODAY)
    confirm(page, person_with(), "Read it.")
    assert standing_of(page).reminded_on is None


def test_a_member_of_the_owning_desk_may_say_it() -> None:
    member = UserFactory(role=Role.Code.TRANSLATOR)
    page = published(desk=desk(members=[member]))
    confirm(page, member, "Read it.")
    assert EditionEvent.objects.filter(kind=EventKind.STILL_CORRECT, by=member).exists()


def test_a_member_of_another_desk_may_not_say_it() -> None:
    member = UserFactory(role=Role.Code.TRANSLATOR)
    desk("Other desk", members=[member])
    with pytest.raises(PermissionDenied):
        confirm(published(desk=desk()), member, "Read it.")


def test_an_editor_of_another_country_may_not_say_it() -> None:
    page = published(countries=[CountryFactory(code="KH")])
    editor = person_with("editor", countries=[CountryFactory(code="TH")])
    with pytest.raises(PermissionDenied):
        confirm(page, editor, "Read it.")


def test_a_member_who_left_may_not_say_it() -> None:
    member = UserFactory(is_active=False)
    with pytest.raises(PermissionDenied):
        confirm(published(desk=desk(members=[member])), member, "Read it.")


def test_starter_content_is_approved_and_not_confirmed() -> None:
    page = published()
    Standing.objects.filter(page=page.pk).update(unconfirmed=True)
    with pytest.raises(ValidationError, match="submit it for approval"):
        confirm(page, person_with(), "Read it.")


def test_what_is_out_of_use_needs_no_review() -> None:
    page = published()
    Standing.objects.filter(page=page.pk).update(out_of_use=OutOfUse.WITHDRAWN)
    with pytest.raises(ValidationError, match="out of use"):
        confirm(page, person_with(), "Read it.")


def test_a_page_without_an_edition_is_refused() -> None:
    with pytest.raises(ValidationError, match="no edition"):
        confirm(SOPPageFactory(live=False), person_with(), "Read it.")


def test_what_is_said_of_the_original_holds_for_its_translation() -> None:
    page = published(due_in=-3)
    khmer = translated(page)
    set_due(khmer, -3)
    confirm(page, person_with(), "Read it.")
    assert standing_of(khmer).review_due == standing_of(page).review_due


def test_an_outdated_translation_stays_due() -> None:
    page = published()
    khmer = translated(page)
    page.purpose = "Clearer."
    publish(page, "minor")
    set_due(khmer, -3)
    confirm(page, person_with(), "Read it.")
    assert is_overdue(khmer)


def test_what_is_said_of_a_translation_leaves_the_original_due() -> None:
    page = published(due_in=-3)
    confirm(translated(page), person_with(), "Read it.")
    assert is_overdue(page)


def test_still_correct_costs_the_same_in_any_number_of_languages(django_assert_num_queries: Any) -> None:
    page, person = published(), person_with()
    confirm(page, person, "Read it.")  # what is kept in memory is loaded
    with django_assert_num_queries(6):
        confirm(page, person, "Read it again.")
    translated(page)
    with django_assert_num_queries(6):
        confirm(page, person, "Read it once more.")


# ---- The screen


def editor_at(client: Client, person: User | None = None) -> Client:
    client.force_login(person or person_with())
    return client


def test_one_click_with_a_note_records_it(client: Client) -> None:
    page = published(due_in=-3)
    editor_at(client).post(f"/admin/reviews/{page.pk}/", {"note": "Asked the border office."})
    assert EditionEvent.objects.filter(reason="Asked the border office.").exists()


def test_a_look_at_the_screen_records_nothing(client: Client) -> None:
    page = published(due_in=-3)
    assert editor_at(client).get(f"/admin/reviews/{page.pk}/").status_code == 200
    assert not EditionEvent.objects.filter(kind=EventKind.STILL_CORRECT).exists()


def test_the_screen_says_why_starter_content_cannot_be_confirmed(client: Client) -> None:
    page = published()
    Standing.objects.filter(page=page.pk).update(unconfirmed=True)
    answer = editor_at(client).post(f"/admin/reviews/{page.pk}/", {"note": "Read it."})
    assert "submit it for approval" in answer.content.decode()


def test_the_screen_refuses_who_may_not_say_it(client: Client) -> None:
    page = published(due_in=-3)
    editor_at(client, UserFactory(role=Role.Code.TRANSLATOR)).post(
        f"/admin/reviews/{page.pk}/", {"note": "Read it."}
    )
    assert is_overdue(page)


def test_the_screen_of_what_is_no_versioned_page_is_not_found(client: Client) -> None:
    assert editor_at(client).get("/admin/reviews/1/").status_code == 404


def test_the_editor_offers_still_correct(client: Client) -> None:
    page = published()
    answer = editor_at(client).get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert f"/admin/reviews/{page.pk}/" in answer


def test_the_editor_of_a_draft_does_not_offer_it(client: Client) -> None:
    page = SOPPageFactory(live=False)
    page.save_revision()
    answer = editor_at(client).get(f"/admin/pages/{page.pk}/edit/").content.decode()
    assert "/admin/reviews/" not in answer


# ---- Reminders


@pytest.mark.parametrize(
    ("days_before", "step"), [(31, None), (30, 30), (12, 30), (0, 0), (-29, 0), (-30, -30), (-75, -60)]
)
def test_the_last_step_of_a_reminder(days_before: int, step: int | None) -> None:
    due = datetime.date(2027, 6, 15)
    expected = None if step is None else due - datetime.timedelta(days=step)
    assert latest_step(due, due - datetime.timedelta(days=days_before)) == expected


def test_an_owner_is_told_thirty_days_before() -> None:
    published(due_in=30, desk=desk())
    remind_owners()
    assert [message.to for message in mail.outbox] == [["return@example.org"]]


def test_nobody_is_told_earlier() -> None:
    published(due_in=31, desk=desk())
    remind_owners()
    assert mail.outbox == []


def test_nobody_is_told_twice_of_one_step() -> None:
    published(due_in=0, desk=desk())
    remind_owners()
    remind_owners()
    assert len(mail.outbox) == 1


def test_the_day_itself_is_another_step() -> None:
    page = published(desk=desk())
    set_due(page, 0, reminded_on=TODAY - datetime.timedelta(days=30))
    remind_owners()
    assert len(mail.outbox) == 1


def test_a_step_that_passed_without_a_run_is_made_up_for() -> None:
    page = published(desk=desk())
    set_due(page, -5, reminded_on=TODAY - datetime.timedelta(days=25))
    remind_owners()
    assert len(mail.outbox) == 1


def test_a_late_reminder_does_not_put_off_the_next() -> None:
    """Told five days late at the first step, thirty days before; the day itself has come now."""
    page = published(desk=desk())
    set_due(page, 0, reminded_on=TODAY - datetime.timedelta(days=25))
    remind_owners()
    assert len(mail.outbox) == 1


def test_a_desk_gets_one_mail_with_all_its_pages() -> None:
    owner = desk()
    published(due_in=-3, desk=owner, title="Return by boat")
    published(due_in=10, desk=owner, title="Return by land")
    remind_owners()
    (message,) = mail.outbox
    assert "Return by boat" in message.body
    assert "Return by land" in message.body
    assert "3 days ago" in message.body


def test_the_mail_leads_to_the_editor() -> None:
    page = published(due_in=0, desk=desk())
    remind_owners()
    assert f"http://localhost/admin/pages/{page.pk}/edit/" in mail.outbox[0].body


def test_titles_are_written_as_they_are() -> None:
    published(due_in=0, desk=desk(), title="Men & boys")
    remind_owners()
    assert "Men & boys" in mail.outbox[0].body


def test_without_an_address_of_the_desk_its_members_get_it() -> None:
    members = [UserFactory(), UserFactory(email=""), UserFactory(is_active=False)]
    published(due_in=0, desk=desk(email="", members=members))
    remind_owners()
    assert [message.to for message in mail.outbox] == [[members[0].email]]


def test_a_member_gets_it_in_the_language_of_their_work(monkeypatch: pytest.MonkeyPatch) -> None:
    member = UserFactory()
    UserProfile.objects.create(user=member, preferred_language="th")
    published(due_in=0, desk=desk(email="", members=[member]))
    monkeypatch.setattr("editions.reviewing.reminders.render_to_string", lambda *args: get_language())
    remind_owners()
    assert [message.subject for message in mail.outbox] == ["th"]


def test_a_desk_that_nobody_can_reach_stays_to_be_told() -> None:
    page = published(due_in=0, desk=desk(email=""))
    remind_owners()
    assert mail.outbox == []
    assert standing_of(page).reminded_on is None


def test_a_page_without_an_owner_gives_no_mail() -> None:
    published(due_in=0)
    assert remind_owners() == 0


def test_what_is_out_of_use_gives_no_mail() -> None:
    page = published(desk=desk())
    set_due(page, -3, out_of_use=OutOfUse.REPLACED)
    remind_owners()
    assert mail.outbox == []


def test_owned_starter_content_is_to_be_approved() -> None:
    page = published(desk=desk())
    set_due(page, 0, unconfirmed=True)
    remind_owners()
    assert "submit it for approval" in mail.outbox[0].body


def test_a_failed_mail_is_tried_again_and_stops_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    broken = published(due_in=0, desk=desk("A desk", "broken@example.org"))
    published(due_in=0, desk=desk("B desk", "other@example.org"), title="Other")
    send = mail.EmailMessage.send

    def fail_for_one(message: Any, *args: Any) -> int:
        if message.to == ["broken@example.org"]:
            raise ConnectionRefusedError
        return send(message, *args)

    monkeypatch.setattr("editions.reviewing.reminders.EmailMessage.send", fail_for_one)
    with pytest.raises(ConnectionRefusedError):
        remind_owners()
    assert [message.to for message in mail.outbox] == [["other@example.org"]]
    assert standing_of(broken).reminded_on is None


def test_without_a_mail_server_the_reminder_is_in_the_outbox(settings: Any) -> None:
    published(due_in=0, desk=desk())
    settings.EMAIL_BACKEND = "accounts.outbox.OutboxBackend"
    remind_owners()
    assert OutboxMessage.objects.get().to == "return@example.org"


def test_owners_are_reminded_every_day() -> None:
    assert remind_owners in [job.run for job in JOBS]
