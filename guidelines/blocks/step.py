"""The steps of a procedure."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from content.blocks import KeyBlock


class BranchBlock(blocks.StructBlock):
    """What happens instead when a condition holds."""

    condition = blocks.CharBlock(
        label=_("If"), max_length=300, help_text=_("For instance: the family assessment is negative")
    )
    then = blocks.CharBlock(label=_("Then"), max_length=500)
    target = KeyBlock(
        label=_("Go on at step"), required=False, help_text=_("The key of a step of this page.")
    )

    class Meta:
        icon = "redirect"
        label = _("Branch")


class StepBlock(blocks.StructBlock):
    """One step. Its block id is its permanent anchor; its key is only what branches refer to."""

    key = KeyBlock(
        label=_("Key"), help_text=_("A short code that branches use, for instance 'trace-family'.")
    )
    action = blocks.TextBlock(label=_("Action"), rows=2, help_text=_("What is done, in one sentence."))
    label = blocks.CharBlock(
        label=_("Short label"), max_length=60, help_text=_("Two or three words for the diagram.")
    )
    leads = KeyBlock(label=_("Leads"), help_text=_("The key of the agency that leads this step."))
    takes_part = blocks.ListBlock(
        KeyBlock(label=_("Agency")), label=_("Take part"), default=[], help_text=_("Keys of other agencies.")
    )
    place = blocks.CharBlock(
        label=_("Place"),
        required=False,
        max_length=300,
        help_text=_("No finer than a town or province, and never a shelter or a handover site."),
    )
    time_limit = blocks.CharBlock(
        label=_("Time limit"), required=False, max_length=300, help_text=_("A rule or a set interval.")
    )
    usual_time = blocks.CharBlock(
        label=_("Usual time"), required=False, max_length=300, help_text=_("How long it takes in practice.")
    )
    documents = blocks.ListBlock(
        blocks.CharBlock(label=_("Document"), max_length=300), label=_("Documents"), default=[]
    )
    note = blocks.TextBlock(label=_("Note"), required=False, rows=2)
    child_note = blocks.TextBlock(label=_("If the person is under 18"), required=False, rows=2)
    warning = blocks.TextBlock(label=_("Warning"), required=False, rows=2)
    branches = blocks.ListBlock(BranchBlock(), label=_("Branches"), default=[])

    class Meta:
        icon = "list-ol"
        label = _("Step")
        label_format = "{label} ({key})"
        template = "blocks/step.html"
        description = _("One action: who, what, where, until when, with which papers.")
        preview_value = {
            "key": "trace-family",
            "action": "Find the family and visit it",
            "label": "Trace family",
            "leads": "social-affairs",
            "takes_part": [],
            "usual_time": "2 to 3 weeks",
            "documents": ["family assessment"],
            "branches": [],
        }


class StepsBlock(blocks.StreamBlock):
    step = StepBlock()

    class Meta:
        collapsed = True
