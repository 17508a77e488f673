"""Approval by a second person, as a task of Wagtail's workflows."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Task, TaskState

from accounts.models import Role
from editions.approval import covers, has_written_since_last_publication
from editions.reasons import Reason, refuse

#: Who approves: any of these whose assignment covers the page, if they wrote none of it.
APPROVERS = (Role.Code.EDITOR, Role.Code.SAFEGUARDING_REVIEWER, Role.Code.ADMINISTRATOR)


class SecondPersonTask(Task):
    """What every approval here has in common; subclasses say who in ``roles``.

    The second person wrote none of the saves since the last edition and did not ask for the approval.
    That counts for everybody, whatever their groups: an administrator who wrote it asks someone else too.
    """

    roles: tuple[str, ...] = APPROVERS

    class Meta:
        abstract = True

    def may_approve(self, user: Any, text: Any) -> bool:
        """Whether this person could be the second one for this text: three queries."""
        return covers(user, text, *self.roles) and not has_written_since_last_publication(user, text)

    def may_decide(self, user: Any, task_state: TaskState) -> bool:
        """The same, for exactly the text that waits: it may name countries that the page does not name yet."""
        revision = task_state.revision
        return self.may_approve(user, revision.content_object) and covers(
            user, revision.as_object(), *self.roles
        )

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, Any, bool]]:
        """Who may approve may also send it back; who covers it but wrote it may do neither."""
        if not self.may_approve(user, obj):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with a comment"), True),
        ]

    @transaction.atomic
    def on_action(self, task_state: TaskState, user: Any, action_name: str, **kwargs: Any) -> None:
        """Raises PublicationRefused for whoever may not act, from whatever screen they came.

        Whatever changes a page locks it first, and what waits for it afterwards: taking down does, too.
        """
        text = task_state.revision.content_object
        if isinstance(text, Page):
            Page.objects.select_for_update().filter(pk=text.pk).values_list("pk").first()
        if not self.may_decide(user, task_state):
            message = _(
                "Somebody else must approve this: a person whose assignment covers it and who wrote none of it. "
                "Nothing was lost."
            )
            refuse([Reason(message)])
        super().on_action(task_state, user, action_name, **kwargs)

    def user_can_access_editor(self, obj: Any, user: Any) -> bool:
        return user.has_role(*self.roles)

    def locked_for_user(self, obj: Any, user: Any) -> bool:
        """While a text waits, those who approve may still correct it; then somebody else approves."""
        return not user.has_role(*self.roles)

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        """What waits for this person, and not what they wrote themselves."""
        if not user.has_role(*self.roles):
            return TaskState.objects.none()
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).select_related("revision")
        return TaskState.objects.filter(
            pk__in=[state.pk for state in waiting if self.may_decide(user, state)]
        )

    @classmethod
    def get_description(cls) -> Any:
        return _(
            "A second person approves: somebody whose assignment covers the text and who wrote none of it."
        )


class ApprovalTask(SecondPersonTask):
    """Approval of guidance and terms by an editor, a safeguarding reviewer or an administrator."""

    class Meta:
        verbose_name = _("approval by a second person")
        verbose_name_plural = _("approvals by a second person")
