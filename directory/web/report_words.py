"""What people tell us is wrong, in words: on the form, on lists of reports, and on a listing until somebody looks."""

from flask_babel import LazyString

from directory.truth import Wrong
from directory.web.translate import lazy_gettext

KINDS: dict[Wrong, LazyString] = {
    Wrong.GONE: lazy_gettext("It is closed or gone"),
    Wrong.TIMES: lazy_gettext("The times or the place are wrong"),
    Wrong.CONTACT: lazy_gettext("The phone number or the website does not work"),
    Wrong.OTHER: lazy_gettext("Something else is wrong"),
}
_NOTICES: dict[Wrong, LazyString] = {
    Wrong.GONE: lazy_gettext("Several people told us that this is closed or gone. We are checking."),
    Wrong.TIMES: lazy_gettext("Several people told us that the times or the place are wrong. We are checking."),
    Wrong.CONTACT: lazy_gettext(
        "Several people told us that the phone number or the website does not work. We are checking."
    ),
    Wrong.OTHER: lazy_gettext("Several people told us that something here is wrong. We are checking."),
}


def notice(wrong: Wrong | None) -> str | None:
    """What stands on a listing that several people said the same about; None for nothing."""
    return str(_NOTICES[wrong]) if wrong else None
