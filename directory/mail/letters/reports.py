"""Letters about what people tell us is wrong: to whoever runs a listing, to moderators, and back to who told us."""

import datetime
import textwrap

from directory.mail.outbox import Letter

LONGEST_QUOTE = 600
"""Characters of a person's own words that go into a letter; all of them stand on the page that it links to."""


def to_owner(*, title: str, wrong: str, words: str, link: str) -> Letter:
    """Asks whoever runs a listing to put it right. ``wrong`` is a short clause, as "it has closed or moved"."""
    return Letter(
        f"Is {title} still right? Somebody told us that something is wrong",
        f"""\
Somebody who looked at {title} told us that {wrong}.
{_quoted(words)}
If they are right, change the listing here. Sign in with this e-mail address:
{link}

If the listing is right as it is, you need not do anything. Our team looks at it too.

There may be more reports about this listing. We write to you about it once a day at most.
""",
    )


def to_moderator(*, title: str, wrong: str, words: str, reference: str, by: datetime.date, link: str) -> Letter:
    """Tells a moderator that a report waits, and by when its answer is promised."""
    return Letter(
        f"Report about {title}: answer by {_written(by)}",
        f"""\
Somebody told us that {wrong}: {title}.
{_quoted(words)}
Reference: {reference}
We promised to look at it by {_written(by)}.

Look at it here:
{link}

There may be more reports about this listing. We write to you about it once a day at most.
""",
    )


def answered(*, title: str, told_on: datetime.date, reference: str, answer: str) -> Letter:
    """Answers somebody who told us that something is wrong and asked to hear what became of it."""
    return Letter(
        f"What we did about {title} ({reference})",
        f"""\
Thank you for telling us on {_written(told_on)} that something was wrong with {title}.

This is our answer:
{_quoted(answer, longest=len(answer))}
Your reference is {reference}. We forget your e-mail address 30 days from now.
""",
    )


def _quoted(words: str, longest: int = LONGEST_QUOTE) -> str:
    """Somebody's own words, set apart line by line; empty where they wrote none."""
    if not words:
        return ""
    lines = textwrap.shorten(words, longest, placeholder=" ...") if len(words) > longest else words
    return "\n" + "\n".join(f"> {line}" for line in lines.splitlines()) + "\n"


def _written(day: datetime.date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
