"""Letters that sign people in."""

import datetime

from directory.mail.outbox import Letter


def sign_in_link(*, name: str, site: str, link: str, lasts: datetime.timedelta) -> Letter:
    """The link that somebody asked for."""
    return Letter(
        "Your link to sign in",
        f"""Hello {name},

Here is your link to sign in to {site}

{link}

It works once, for {_minutes(lasts)} minutes, in the browser where you asked for it.

If you did not ask for it, you need not do anything. Nobody can sign in without this mail.
""",
    )


def invitation(*, name: str, site: str, link: str, lasts: datetime.timedelta) -> Letter:
    """The first link that somebody gets, or one for a role that they did not have."""
    return Letter(
        "You can now help keep the directory right",
        f"""Hello {name},

You have been asked to help keep the family information directory right:

{site}

Use this link to sign in for the first time. You do not need a password.

{link}

It works once, for {lasts.days} days. After that, go to {site}/sign-in and ask for a new one with this mail address.

If you did not expect this mail, you need not do anything.
""",
    )


def _minutes(lasts: datetime.timedelta) -> int:
    return int(lasts.total_seconds()) // 60
