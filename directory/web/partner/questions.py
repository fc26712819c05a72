"""What is asked of something new, one question at a time: each question is some fields of a part of a listing's form.

A draft keeps all that was typed, as one form would have sent it, and which questions were answered. Whether an answer
is sound is worked out anew each time.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import LazyString
from werkzeug.datastructures import MultiDict

from directory.model.snapshot import Snapshot
from directory.moderation import Fields, Proposed
from directory.web.partner.drafts import typed_again, typed_in
from directory.web.partner.sections import (
    About,
    Contact,
    Cost,
    GoodToKnow,
    People,
    SectionForm,
    WayIn,
    When,
    Where,
    opened,
    with_taken,
)
from directory.web.translate import lazy_gettext

ANSWERED = "answered"
KIND = "kind"


class Status(StrEnum):
    """How far a question, or a part with several, is."""

    NOT_STARTED = "not started"
    BEGUN = "begun"
    NEEDS_ATTENTION = "needs attention"
    DONE = "done"


@dataclass(frozen=True)
class Question:
    """One page: ``fields`` of a part's form, and the ``keys`` of the listing that they become.

    A key such as ``eligibility.not_for`` is one within another.
    """

    slug: str
    section: type[SectionForm]
    title: LazyString
    fields: tuple[str, ...]
    keys: tuple[str, ...]
    is_needed: bool = False

    def asks(self, name: str) -> bool:
        """Whether a name in a sent form is one of its fields, or of a row of one."""
        return any(name == field or name.startswith(f"{field}-") for field in self.fields)


QUESTIONS = (
    Question(
        "name",
        About,
        lazy_gettext("What is it called?"),
        ("title", "alternate_names"),
        ("title", "alternate_names"),
        is_needed=True,
    ),
    Question(
        "sentence", About, lazy_gettext("What is it, in one sentence?"), ("summary",), ("summary",), is_needed=True
    ),
    Question("more", About, lazy_gettext("What else should people know about it?"), ("description",), ("description",)),
    Question(
        "subject",
        About,
        lazy_gettext("What is it about?"),
        ("category_1", "category_2", "category_3"),
        ("categories",),
        is_needed=True,
    ),
    Question(
        "ages",
        People,
        lazy_gettext("What ages is it for?"),
        ("minimum_age", "maximum_age"),
        ("eligibility.minimum_age", "eligibility.maximum_age"),
    ),
    Question(
        "who",
        People,
        lazy_gettext("Is it only for some people?"),
        ("eligibility_description", "not_for", "audience"),
        ("eligibility.eligibility_description", "eligibility.not_for", "eligibility.audience"),
    ),
    Question(
        "needs",
        People,
        lazy_gettext("Is it made for children with special needs or disabilities?"),
        ("send_needs",),
        ("eligibility.send_needs",),
    ),
    Question("times", When, lazy_gettext("When is it on?"), ("sessions",), ("sessions",)),
    Question(
        "opening",
        When,
        lazy_gettext("Is there a door or a line that is open at set hours?"),
        ("opening", "by_appointment", "opening_note"),
        ("opening_hours", "by_appointment", "opening_note"),
    ),
    Question("place", Where, lazy_gettext("Where is it?"), ("delivery", "locations"), ("delivery", "locations")),
    Question(
        "price", Cost, lazy_gettext("What does it cost?"), ("cost", "prices", "fees_description", "haf"), ("cost",)
    ),
    Question(
        "joining",
        WayIn,
        lazy_gettext("What do people do first?"),
        ("ways", "access_url", "application_process"),
        ("access",),
        is_needed=True,
    ),
    Question("phones", Contact, lazy_gettext("Which number can people ring?"), ("phones",), ("phones",)),
    Question(
        "online",
        Contact,
        lazy_gettext("How can people reach you online?"),
        ("email", "url", "booking_url"),
        ("email", "url", "booking_url"),
    ),
    Question(
        "languages",
        GoodToKnow,
        lazy_gettext("Which languages can people speak with you?"),
        ("languages", "interpretation_services"),
        ("languages", "interpretation_services"),
    ),
    Question(
        "getting-in",
        GoodToKnow,
        lazy_gettext("What is there for people who need it?"),
        ("facilities", "accessibility_description"),
        ("accessibility",),
    ),
)
_NO_PLACE_OR_TIME = (When, Where)
"""Parts that a website or a helpline is not asked for."""


@dataclass(frozen=True)
class Part:
    """A part of the task list: its questions, each with how far it is."""

    section: type[SectionForm]
    questions: tuple[tuple[Question, Status], ...]

    @property
    def status(self) -> Status:
        """How far the part as a whole is."""
        found = {status for _, status in self.questions}
        if Status.NEEDS_ATTENTION in found:
            return Status.NEEDS_ATTENTION
        return found.pop() if len(found) == 1 else Status.BEGUN


class Answers:
    """Everything that was answered about something new, sound or not."""

    def __init__(self, draft: Proposed, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._typed = typed_again(draft.typed)
        self._before: Fields = draft.wanted
        self.provider = draft.provider
        self.kind = self._typed.get(KIND) or str(draft.wanted.get(KIND, ""))
        self.questions = tuple(one for one in QUESTIONS if self._is_asked(one))
        self._answered = frozenset(self._typed.getlist(ANSWERED) if self._typed else (one.slug for one in QUESTIONS))
        self._forms = {one: self._looked_at(one) for one in dict.fromkeys(one.section for one in self.questions)}

    def _is_asked(self, question: Question) -> bool:
        return self.kind != "link" or question.section not in _NO_PLACE_OR_TIME

    def _opened(self, section: type[SectionForm], typed: MultiDict[str, str], button: str = "") -> SectionForm:
        return opened(section, self._before, self._snapshot, typed or None, button)

    def _looked_at(self, section: type[SectionForm]) -> SectionForm:
        form = self._opened(section, self._typed)
        form.validate()
        return form

    def parts(self) -> Iterator[Part]:
        """The task list."""
        for section in self._forms:
            yield Part(section, tuple((one, self.status(one)) for one in self.questions if one.section is section))

    def question(self, slug: str) -> Question | None:
        """The question of that name, if it is asked of such a thing."""
        return next((one for one in self.questions if one.slug == slug), None)

    def following(self, question: Question) -> Question | None:
        """The next question of the same part."""
        return self._beside(question, 1)

    def before(self, question: Question) -> Question | None:
        """The question before it in the same part."""
        return self._beside(question, -1)

    def _beside(self, question: Question, step: int) -> Question | None:
        same = [one for one in self.questions if one.section is question.section]
        at = same.index(question) + step
        return same[at] if 0 <= at < len(same) else None

    def status(self, question: Question) -> Status:
        """How far a question is."""
        if question.slug not in self._answered:
            return Status.NOT_STARTED
        return Status.NEEDS_ATTENTION if self._faults(question) else Status.DONE

    def _faults(self, question: Question) -> bool:
        form = self._forms[question.section]
        return any(form[name].errors for name in question.fields)

    def form_of(self, question: Question) -> SectionForm:
        """The form of one question as the draft keeps it, with its faults if it was answered."""
        is_answered = question.slug in self._answered
        form = self._looked_at(question.section) if is_answered else self._opened(question.section, self._typed)
        return _alone(form, question)

    def answered(self, question: Question, typed: MultiDict[str, str], button: str = "") -> SectionForm:
        """The form of one question as it was just sent, looked at unless a button was pressed that adds a row."""
        form = self._opened(question.section, self._with(question, typed), button)
        if not button:
            form.validate()
        return _alone(form, question)

    def _with(self, question: Question, typed: MultiDict[str, str]) -> MultiDict[str, str]:
        kept = [(name, value) for name, value in self._typed.items(multi=True) if not question.asks(name)]
        return MultiDict([*kept, *((name, value) for name, value in typed.items(multi=True) if question.asks(name))])

    def with_answer(
        self, question: Question, typed: MultiDict[str, str], *, is_sent: bool = True
    ) -> dict[str, list[str]]:
        """What the draft should keep; a question counts as answered once its page was sent."""
        answered = [one.slug for one in QUESTIONS if one.slug in self._answered or (is_sent and one == question)]
        return {**typed_in(self._with(question, typed)), ANSWERED: answered}

    def missing(self) -> list[Question]:
        """The questions that must be answered, or answered otherwise, before it can be sent."""
        return [one for one in self.questions if self.status(one) is not Status.DONE and self._must_be(one)]

    def _must_be(self, question: Question) -> bool:
        if self.status(question) is Status.NEEDS_ATTENTION:
            return True
        return question.is_needed and (question.section is not WayIn or self.kind != "link")

    def wanted(self) -> dict[str, Any]:
        """The listing as far as its answers are sound."""
        faulty = [one for one in self.questions if self.status(one) is Status.NEEDS_ATTENTION]
        kept = [pair for pair in self._typed.items(multi=True) if not any(one.asks(pair[0]) for one in faulty)]
        sound = [self._opened(one, MultiDict(kept)) for one in self._forms]
        whole = with_taken({**self._before, KIND: self.kind, "provider": self.provider}, sound)
        return {key: value for key, value in whole.items() if value not in ("", [], {})}

    def said(self, question: Question, wanted: Mapping[str, Any]) -> dict[str, Any]:
        """What a question's answer made of the listing: its keys, and of those within another only its own."""
        found: dict[str, Any] = {}
        for key in question.keys:
            outer, _, inner = key.partition(".")
            value = wanted.get(outer)
            if value and inner and inner in value:
                found.setdefault(outer, {})[inner] = value[inner]
            elif value and not inner:
                found[outer] = value
        return found


def _alone(form: SectionForm, question: Question) -> SectionForm:
    """The form without what other questions ask."""
    for name in [field.short_name for field in form if field.short_name not in question.fields]:
        del form[name]
    return form


def question_of(key: str) -> Question | None:
    """The question whose answer a key of a listing, such as ``cost.type``, comes from."""
    outer = key.partition(".")[0]
    return next((one for one in QUESTIONS if any(name.partition(".")[0] == outer for name in one.keys)), None)
