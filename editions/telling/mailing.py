"""Mail to those who asked to be told what changed.

A periodic job looks every minute, and only where something is owed it starts one task, so publishing costs
nothing more and a mail server that fails is asked again. "Immediately" is within a few minutes.

At most once: a subscription's time moves on before its mail is sent, and back again if the sending fails. If
the machine stops in between, that mail is lost; its updates stand in the feeds. Nobody is told twice.
"""

from __future__ import annotations

import datetime
import logging
from collections import defaultdict
from collections.abc import Iterator
from smtplib import SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django_tasks import task

from accounts import outbox
from editions.models import Edition, EditionEvent, Subscription
from editions.telling.scopes import Scope, find
from editions.telling.subscribing import token_for
from editions.telling.updates import Update, updates_in

logger = logging.getLogger(__name__)

#: An update carries the time at which its transaction worked, and is seen when that ends. Nothing younger
#: than this is told, so that no update can appear behind a subscription's time.
SETTLED = datetime.timedelta(minutes=2)
#: After so many failures in a row it is not the recipients; the next run tries again.
GIVE_UP_AFTER = 3


def start_telling() -> bool:
    """Has the mails written by a worker, if any are owed. Says whether. Four queries at most."""
    if outbox.is_in_use():
        return False
    until = timezone.now() - SETTLED
    if not _is_anything_owed(until):
        return False
    tell_subscribers.enqueue()
    return True


@task()
def tell_subscribers() -> None:
    tell(timezone.now() - SETTLED)


def _is_anything_owed(until: datetime.datetime) -> bool:
    if _due_weekly(until).exists():
        return True
    at_once = Subscription.objects.filter(pace=Subscription.Pace.IMMEDIATELY, told_until__lt=until)
    oldest = at_once.order_by("told_until").values_list("told_until", flat=True).first()
    if oldest is None:
        return False
    happened = EditionEvent.objects.filter(at__gt=oldest, at__lte=until)
    announced = Edition.objects.filter(published_at__gt=oldest, published_at__lte=until)
    return happened.exists() or announced.exists()


def _due_weekly(until: datetime.datetime) -> Any:
    """Weekly subscriptions that have not been told since the week began."""
    return Subscription.objects.filter(pace=Subscription.Pace.WEEKLY, told_until__lt=start_of_week(until))


def start_of_week(moment: datetime.datetime) -> datetime.datetime:
    """Monday, 00:00 in the site's time zone, at or before a moment."""
    today = timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)
    return today - datetime.timedelta(days=today.weekday())


def tell(until: datetime.datetime) -> int:
    """Sends what is owed up to a moment, one mail a person and language; gives how many were sent."""
    due = Q(pk__in=_due_weekly(until).values("pk")) | Q(
        pace=Subscription.Pace.IMMEDIATELY, told_until__lt=until
    )
    wishes = Subscription.objects.filter(due)
    reachable = Q(user__is_active=True) & ~Q(user__email="")
    found = list(wishes.filter(reachable).select_related("user").order_by("user_id", "language", "pk"))
    # Who comes back is told what happens from then on, not of all that was missed.
    quiet = set(wishes.exclude(reachable).values_list("pk", flat=True))
    owed: dict[tuple[int, str], list[tuple[Subscription, Scope, list[Update]]]] = defaultdict(list)
    for wish, scope, updates in _with_updates(found, until):
        if scope is not None and updates:
            owed[wish.user_id, wish.language].append((wish, scope, updates))
        else:
            quiet.add(wish.pk)
    Subscription.objects.filter(pk__in=quiet, told_until__lt=until).update(told_until=until)
    return _send_all(list(owed.values()), until)


def _with_updates(
    wishes: list[Subscription], until: datetime.datetime
) -> Iterator[tuple[Subscription, Scope | None, list[Update]]]:
    """Each subscription with what it is owed. Each scope is asked for once, whoever follows it."""
    same: dict[tuple[str, str, str], list[Subscription]] = defaultdict(list)
    for wish in wishes:
        same[wish.scope, wish.key, wish.language].append(wish)
    for named, followers in same.items():
        scope = find(*named)
        since = min(wish.told_until for wish in followers)
        updates = updates_in(scope, since=since, until=until) if scope is not None else []
        for wish in followers:
            yield wish, scope, [update for update in updates if update.at > wish.told_until]


def _send_all(owed: list[list[tuple[Subscription, Scope, list[Update]]]], until: datetime.datetime) -> int:
    if not owed:
        return 0
    sent = failures = 0
    connection = get_connection()
    try:
        for rows in owed:
            claimed = [row for row in rows if _claim(row[0], until)]
            if not claimed:
                continue
            if _send(claimed, connection):
                sent, failures = sent + 1, 0
                continue
            _give_back(claimed, until)
            failures += 1
            if failures == GIVE_UP_AFTER:
                break
    finally:
        connection.close()
    return sent


def _claim(wish: Subscription, until: datetime.datetime) -> bool:
    """Whether we may tell: one UPDATE decides, so of two workers only one does."""
    rows = Subscription.objects.filter(pk=wish.pk, told_until=wish.told_until)
    return rows.update(told_until=until) == 1


def _give_back(claimed: list[tuple[Subscription, Scope, list[Update]]], until: datetime.datetime) -> None:
    for wish, _scope, _updates in claimed:
        Subscription.objects.filter(pk=wish.pk, told_until=until).update(told_until=wish.told_until)


def _send(rows: list[tuple[Subscription, Scope, list[Update]]], connection: Any) -> bool:
    """Whether the mail is done with: sent, or refused for good because there is no such recipient."""
    try:
        message = _message(rows)
        message.connection = connection
        message.send()
    except SMTPRecipientsRefused:
        logger.warning("The mail server knows no address for subscription %s", rows[0][0].pk)
    except Exception as error:  # noqa: BLE001  whatever one mail raises, the next person must be told
        # Neither the message nor the trace: they may hold an address.
        logger.error(
            "The mail for subscription %s could not be sent: %s", rows[0][0].pk, type(error).__name__
        )
        return False
    return True


def _message(rows: list[tuple[Subscription, Scope, list[Update]]]) -> EmailMessage:
    """One mail to one person in one language: what changed in all that they follow, each thing once."""
    wishes = [wish for wish, _scope, _updates in rows]
    once = {update.key: update for _wish, _scope, updates in rows for update in updates}
    updates = sorted(once.values(), key=lambda update: update.at, reverse=True)
    leave = settings.PUBLIC_URL + reverse("leave_subscriptions", args=[token_for(wishes)])
    context = {
        "updates": updates,
        "scopes": [scope for _wish, scope, _updates in rows],
        "site": settings.WAGTAIL_SITE_NAME,
        "public_url": settings.PUBLIC_URL,
        "subscriptions": settings.PUBLIC_URL + reverse("subscriptions"),
        "leave": leave,
    }
    with override(wishes[0].language):
        subject = render_to_string("editions/mail/updates_subject.txt", context)
        body = render_to_string("editions/mail/updates.txt", context)
    return EmailMessage(
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        to=[wishes[0].user.email],
        headers={"List-Unsubscribe": f"<{leave}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"},
    )
