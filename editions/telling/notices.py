"""Mail to the people whose text something happened to."""

from __future__ import annotations

import logging
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.dispatch import receiver
from django.template.loader import render_to_string
from django.urls import reverse
from django_tasks import task

from editions.choices import Kind
from editions.models import Edition
from editions.signals import edition_published

logger = logging.getLogger(__name__)


@receiver(edition_published, dispatch_uid="editions.telling.notices")
def after_publication(edition: Edition, coming: int | None, **kwargs: Any) -> None:
    """A correction beside an announced edition: whoever wrote that one must know that it lacks it."""
    if coming and edition.kind == Kind.CORRECTION:
        tell_of_missing_correction.enqueue(edition.pk, coming)


@task()
def tell_of_missing_correction(correction_id: int, coming_id: int) -> None:
    """One mail to the author of the announced edition's text, and to its owner's desk if it has an address."""
    correction = Edition.objects.get(pk=correction_id)
    coming = Edition.objects.select_related("revision__user", "page").get(pk=coming_id)
    page = coming.page.specific
    author = coming.revision.user if coming.revision else None
    recipients = {
        address
        for address in (
            author.email if author and author.is_active else "",
            page.desk.email if page.desk else "",
        )
        if address
    }
    if not recipients:
        return
    context = {
        "correction": correction,
        "coming": coming,
        "address": settings.PUBLIC_URL + reverse("wagtailadmin_pages:edit", args=[page.pk]),
    }
    subject = render_to_string("editions/mail/missing_correction_subject.txt", context).strip()
    body = render_to_string("editions/mail/missing_correction.txt", context)
    for address in sorted(recipients):
        try:
            send_mail(subject, body, None, [address])
        except (SMTPException, OSError) as error:
            # Neither raised nor told whole: a task's row and the log would keep the address.
            logger.error("The mail about edition %s was not sent: %s", coming_id, type(error).__name__)
