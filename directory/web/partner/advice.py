"""What somebody might mend before they send a listing in. Advice, never a wall. Pure.

The reading age is Flesch and Kincaid's grade (1975) and five years, with syllables counted by vowels and by
LibreOffice's patterns for breaking words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyphen

from directory.model.snapshot import Snapshot
from directory.moderation import Fields
from directory.web.translate import gettext, lazy_gettext

EASY_AGE = 14
"""The oldest reading age that is let pass without a word; pages of the public sector aim at 9 to 11."""
LONG_SENTENCE = 25
"""Words in a sentence that most people still take in at once."""
FEW_WORDS = 20
"""A text shorter than this says nothing about how it reads."""
JARGON: Mapping[str, Any] = {
    "signposting": lazy_gettext("telling people where to go"),
    "signpost": lazy_gettext("tell people where to go"),
    "service users": lazy_gettext("people who come"),
    "service user": lazy_gettext("somebody who comes"),
    "stakeholders": lazy_gettext("the people it concerns"),
    "multi-agency": lazy_gettext("people from different services"),
    "multi-disciplinary": lazy_gettext("people with different jobs"),
    "early intervention": lazy_gettext("help early on"),
    "safeguarding": lazy_gettext("keeping children safe"),
    "universal offer": lazy_gettext("help for everybody"),
    "targeted support": lazy_gettext("help for those who need more"),
    "holistic": lazy_gettext("looking at everything together"),
    "facilitate": lazy_gettext("help or run"),
    "facilitated": lazy_gettext("run"),
    "utilise": lazy_gettext("use"),
    "commence": lazy_gettext("start"),
    "commences": lazy_gettext("starts"),
    "attendees": lazy_gettext("people who come"),
    "caregivers": lazy_gettext("parents or carers"),
    "primary caregiver": lazy_gettext("parent or carer"),
    "interventions": lazy_gettext("help"),
    "pathway": lazy_gettext("the steps to get help"),
    "triage": lazy_gettext("decide what comes first"),
    "outcomes": lazy_gettext("what gets better"),
    "wraparound": lazy_gettext("before and after school"),
    "neurodiverse": lazy_gettext("autistic people, people with ADHD, and others whose brains work differently"),
    "perinatal": lazy_gettext("while pregnant and in the baby's first year"),
    "antenatal": lazy_gettext("before the birth"),
    "postnatal": lazy_gettext("after the birth"),
    "toileting": lazy_gettext("using the toilet"),
    "co-production": lazy_gettext("planning it together with parents or carers"),
    "empower": lazy_gettext("help"),
    "enrichment": lazy_gettext("fun things to do"),
    "provision": lazy_gettext("what there is"),
    "practitioners": lazy_gettext("staff, or what they are: nurses, teachers"),
    "referral criteria": lazy_gettext("who can come"),
    "eligible": lazy_gettext("can get it"),
    "prior to": lazy_gettext("before"),
}
"""Words that people who run things use and that people who need them may not know, each with plainer ones."""
FREE_MAIL = frozenset(
    {
        "aol.com", "aol.co.uk", "btinternet.com", "gmail.com", "googlemail.com", "gmx.com", "gmx.co.uk", "hotmail.com",
        "hotmail.co.uk", "icloud.com", "live.co.uk", "live.com", "mail.com", "me.com", "msn.com", "outlook.com",
        "proton.me", "protonmail.com", "sky.com", "talktalk.net", "virginmedia.com", "yahoo.co.uk", "yahoo.com",
    }
)  # fmt: skip
"""Where people have mail of their own; a club may too, so it is only asked about."""
_TEXTS = ("summary", "description")
_END_OF_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(r"(?<=[^aeiouyl])e$|(?<=[^aeiouydt])ed$|(?<=[^aeiouycsxzgh])es$")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")


@dataclass(frozen=True)
class Advice:
    """One thing to think about: the listing's key that it is about, and a sentence."""

    key: str
    text: str


def advice_on(now: Fields, before: Fields, slug: str, snapshot: Snapshot) -> Sequence[Advice]:
    """Everything that could be mended in what was changed; of a new listing, ``before`` is empty."""
    changed = {key for key in now if now[key] != before.get(key)}
    return [
        *(one for key in _TEXTS if key in changed for one in _on_text(key, str(now[key]))),
        *_on_missing(now, before),
        *_on_phones(now, before, slug, snapshot),
        *_on_mail(now, before),
    ]


def sentences(text: str) -> list[str]:
    """The sentences of a text; the end of a line ends one too."""
    return [found.strip() for found in _END_OF_SENTENCE.split(text) if found.strip()]


@cache
def _patterns() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB")


def syllables(word: str) -> int:
    """About how many syllables a word has: its groups of vowels, or the places where it may be broken, if more.

    Books break words less often than voices do (com-munity), and vowels that meet may be two syllables (cre-ate).
    """
    small = word.casefold()
    return max(len(_VOWELS.findall(_SILENT.sub("", small))), len(_patterns().positions(small)) + 1)


def reading_age(text: str) -> float:
    """The age in years at which most people read a text with ease; 0 for a text without words."""
    words = _WORD.findall(text)
    count = len([one for one in sentences(text) if _WORD.search(one)])
    if not words:
        return 0.0
    grade = 0.39 * len(words) / count + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
    return max(grade, 0) + 5


def _on_text(key: str, text: str) -> Iterator[Advice]:
    if len(_WORD.findall(text)) >= FEW_WORDS:
        age = round(reading_age(text))
        longest = max(sentences(text), key=lambda one: len(_WORD.findall(one)))
        length = len(_WORD.findall(longest))
        if length > LONG_SENTENCE:
            yield Advice(
                key,
                gettext(
                    "One sentence has %(count)s words. Make two of it: “%(sentence)s”",
                    count=length,
                    sentence=_beginning(longest),
                ),
            )
        if age > EASY_AGE:
            yield Advice(
                key,
                gettext(
                    "This reads like a text for people of %(age)s. Shorter words and sentences help everybody.", age=age
                ),
            )
    for word in jargon_in(text):
        yield Advice(
            key,
            gettext("Not everybody knows “%(word)s”. Could you say “%(plain)s”?", word=word, plain=str(JARGON[word])),
        )


def _beginning(sentence: str) -> str:
    """Enough of a sentence to find it again."""
    words = sentence.split()
    return sentence if len(words) <= 12 else " ".join(words[:12]) + " …"


def jargon_in(text: str) -> list[str]:
    """The words of the list that a text uses, in the order of the list; of two that overlap, the longer."""
    said = " ".join(re.findall(r"[\w'’-]+", text.casefold()))
    found = [word for word in JARGON if re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", said)]
    return [word for word in found if not any(word != other and word in other for other in found)]


def _on_missing(now: Fields, before: Fields) -> Iterator[Advice]:
    """What people ask first, and the listing does not say; only where that part was touched, or all of it is new."""
    if now.get("kind") not in ("activity", "service"):
        return
    who, cost = now.get("eligibility", {}), now.get("cost", {})
    has_new_ages = not before or now.get("eligibility") != before.get("eligibility")
    if has_new_ages and "minimum_age" not in who and "maximum_age" not in who:
        yield Advice("eligibility", gettext("You have not said for which ages it is. Most people look for that."))
    if before and now.get("cost") == before.get("cost"):
        return
    if not cost:
        yield Advice("cost", gettext("You have not said what it costs. If it is free, say so."))
    elif cost["type"] == "paid" and not cost.get("cost_options") and not cost.get("fees_description"):
        yield Advice("cost", gettext("You have not said how much it costs. Even “from £3” helps."))


def digits(number: str) -> str:
    """A number by which others that are written in another way are the same."""
    bare = re.sub(r"\D", "", number)
    return "0" + bare[2:] if bare.startswith("44") and len(bare) > 10 else bare


def _on_phones(now: Fields, before: Fields, slug: str, snapshot: Snapshot) -> Iterator[Advice]:
    known = {digits(one["number"]) for one in before.get("phones", ())}
    for phone in now.get("phones", ()):
        number = digits(phone["number"])
        if number in known:
            continue
        other = _whose(number, str(now.get("provider", "")), slug, snapshot)
        if other:
            yield Advice(
                "phones",
                gettext(
                    "%(number)s is also the number of “%(title)s”. Is it the right one?",
                    number=phone["number"],
                    title=other,
                ),
            )
        if number.startswith("07"):
            yield Advice(
                "phones",
                gettext(
                    "%(number)s is a mobile. Everybody will see it: is it one that the organisation gives out?",
                    number=phone["number"],
                ),
            )


def _whose(number: str, provider: str, slug: str, snapshot: Snapshot) -> str | None:
    """The title of a listing of another provider that has the number."""
    return next(
        (
            one.title
            for one in snapshot.listings.values()
            if one.slug != slug and one.provider != provider and number in {digits(each.number) for each in one.phones}
        ),
        None,
    )


def _on_mail(now: Fields, before: Fields) -> Iterator[Advice]:
    address = str(now.get("email") or "")
    if address != before.get("email") and address.rpartition("@")[2].casefold() in FREE_MAIL:
        yield Advice(
            "email",
            gettext(
                "%(address)s looks like somebody's own address. Everybody will see it: is that what you want?",
                address=address,
            ),
        )
