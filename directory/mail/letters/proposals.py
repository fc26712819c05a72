"""Letters about proposals: to those who decide, when something begins to wait, and to the other side of a talk."""

import datetime

from directory.mail.letters.facts import written
from directory.mail.outbox import Letter


def something_waits(*, title: str, hub: str, link: str) -> Letter:
    """Tells a moderator that the queue is no longer empty. What comes after it while it waits sends no mail."""
    return Letter(
        "A change waits for an answer",
        f"""Hello,

Somebody proposed a change to "{title}"{f", which {hub} looks after" if hub else ""}.

Look at it here:

{link}

This mail is sent when something new waits and nothing else did. There may be more by the time you look.
""",
    )


def a_date_waits(*, title: str, hub: str, day: datetime.date, link: str) -> Letter:
    """Tells a moderator of a change of a date that is so near that people may come in vain while it waits."""
    when = f"{day:%A} {written(day)}"
    return Letter(
        f"Please look today: {title} changes on {when}",
        f"""Hello,

Somebody says that "{title}"{f", which {hub} looks after," if hub else ""} is not as usual on {when}.

That is soon. People may come in vain until somebody has looked at it. It takes one tap:

{link}
""",
    )


def approved(*, name: str, title: str, reason: str, is_in_part: bool, link: str) -> Letter:
    """Tells the proposer that the change is live, or part of it."""
    what = "Part of what you asked for is now live." if is_in_part else "What you asked for is now live."
    return Letter(f"Your change to {title} is live", _to_proposer(name, f"{what}\n{_said(reason)}", link))


def declined(*, name: str, title: str, reason: str, link: str) -> Letter:
    """Tells the proposer that the listing stays as it is, and why."""
    said = f"We have not made the change that you asked for.\n{_said(reason)}"
    return Letter(f"Your change to {title} was not made", _to_proposer(name, said, link))


def sent_back(*, name: str, title: str, reason: str, link: str) -> Letter:
    """Asks the proposer to mend the proposal."""
    said = f"Please look at your change once more and send it again. Nothing that you typed is lost.\n{_said(reason)}"
    return Letter(f"Please look at your change to {title} again", _to_proposer(name, said, link))


def message(*, name: str, by: str, title: str, text: str, link: str) -> Letter:
    """Passes on a message about a proposal."""
    said = f'{by} wrote about the change to "{title}":\n\n{text}\n'
    return Letter(f"A message about the change to {title}", _to_proposer(name, said, link))


def _said(reason: str) -> str:
    return f"\nThis is what the team says about it:\n\n{reason}\n" if reason else ""


def _to_proposer(name: str, said: str, link: str) -> str:
    return f"""Hello {name},

{said}
See all of it, and answer, here:

{link}
"""
