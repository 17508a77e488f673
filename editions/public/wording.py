"""How an edition stands, in sentences that readers see.

Where the text is about an instrument, such as a law, "in force" is said of the instrument alone; its
edition is the current text, or was.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from content.templatetags.homeward import long_date
from editions.choices import State
from editions.public.states import Stand

INSTRUMENT_WORDS = {
    State.IN_FORCE: pgettext_lazy("edition", "Current text"),
    State.COMING: pgettext_lazy("edition", "Not yet the current text"),
    State.CANCELLED: pgettext_lazy("edition", "Never became the current text"),
}

#: Icon and tone of a state. Shape and word say it; colour only helps.
SIGNS = {
    State.IN_FORCE: ("force", ""),
    State.UNCONFIRMED: ("ask", "due"),
    State.COMING: ("clock", "due"),
    State.SUPERSEDED: ("past", "none"),
    State.WITHDRAWN: ("minus", "ended"),
    State.CANCELLED: ("cross", "none"),
    State.TAKEN_DOWN: ("cross", "ended"),
}
#: The tone of a note that says no more than the state.
TONES = {State.IN_FORCE: "accent", State.WITHDRAWN: "stop", State.CANCELLED: "stop", State.TAKEN_DOWN: "stop"}


def state_words(stand: Stand) -> Any:
    """Two or three words: ``In force``."""
    words = INSTRUMENT_WORDS if stand.about_instrument else {}
    return words.get(stand.state, stand.state.label)


def answer(stand: Stand) -> str:
    """The first thing to know about an edition, as a sentence."""
    return _answers(stand)[stand.state] % {"number": stand.edition.label}


def _answers(stand: Stand) -> dict[State, str]:
    words = {
        State.UNCONFIRMED: _("Edition %(number)s is starter content, not approved."),
        State.SUPERSEDED: _("Edition %(number)s is superseded."),
        State.WITHDRAWN: _("Edition %(number)s is withdrawn. Do not act on it."),
        State.TAKEN_DOWN: _("Edition %(number)s was taken down. Do not act on it."),
    }
    if stand.about_instrument:
        return words | {
            State.IN_FORCE: _("Edition %(number)s is the current text."),
            State.COMING: _("Edition %(number)s is not yet the current text."),
            State.CANCELLED: _("Edition %(number)s never became the current text. Do not act on it."),
        }
    return words | {
        State.IN_FORCE: _("Edition %(number)s is in force."),
        State.COMING: _("Edition %(number)s is not yet in force."),
        State.CANCELLED: _("Edition %(number)s never came into force. Do not act on it."),
    }


def period(stand: Stand) -> str:
    """When an edition holds or held, as a sentence; empty where there is nothing to say."""
    edition, law = stand.edition, stand.about_instrument
    since, until = long_date(edition.effective_date), long_date(stand.until)
    if stand.state == State.IN_FORCE:
        words = _("The current text since %(since)s.") if law else _("In force since %(since)s.")
    elif stand.state == State.COMING:
        words = _("The current text from %(since)s.") if law else _("In force from %(since)s.")
    elif stand.state == State.CANCELLED:
        words = _("It was announced for %(since)s.")
    elif stand.until is None:
        return ""
    elif not stand.was_approved:
        words = _("Shown as starter content until %(until)s.")
    elif law:
        words = _("The current text from %(since)s until %(until)s.")
    else:
        words = _("In force from %(since)s until %(until)s.")
    return words % {"since": since, "until": until}
