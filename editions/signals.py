"""What other rooms may want to know. Sent after the transaction has been committed."""

from django.dispatch import Signal

#: ``sender`` the page's class, ``edition`` the edition that came into force (or was put up as starter
#: content, then ``starter`` is true); ``coming`` the id of the edition announced beside it, or None.
#: Receivers start tasks; what they raise is logged and changes nothing.
edition_published = Signal()
#: ``sender`` the page's class, ``edition`` the edition that was approved and waits for its day.
edition_announced = Signal()
#: ``sender`` the page's class, ``translation_key``: the page was withdrawn, replaced, brought back or taken down.
standing_changed = Signal()
