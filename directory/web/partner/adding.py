"""Something new: a few pages with one question each, kept at every step, then all answers to check, then sent."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, request
from werkzeug.wrappers import Response

from directory.accounts import Who
from directory.model.session import Session
from directory.model.snapshot import Snapshot
from directory.moderation import Fields, NotSound, Proposed, What
from directory.web import listing_words
from directory.web.access import signed_in
from directory.web.lapsed import keeps_typed
from directory.web.listing_parts import Lines
from directory.web.partner.advice import advice_on
from directory.web.partner.drafts import Typed
from directory.web.partner.own_listings import go_to
from directory.web.partner.questions import KIND, Answers, Question, Status, question_of
from directory.web.partner.sections import SectionForm, When
from directory.web.partner.sections.boxes import CHOOSE, choices, needed, one_of, pick
from directory.web.partner.sections.playing_back import PlayedBack, played_back
from directory.web.partner.similar import places_of, similar
from directory.web.partner.state_words import UNFINISHED
from directory.web.sent_forms import Form
from directory.web.showing import showing, shown
from directory.web.staff_page import staff_page
from directory.web.translate import gettext, lazy_gettext
from directory.web.words import KINDS

adding = Blueprint("adding", __name__)
_TO_ANSWERS = "answers"
LATER = "later"
Fault = tuple[Question | None, str]
"""What a listing cannot hold, and the question whose answer it comes from."""


class StartForm(Form):
    """What kind of thing it is, and who runs it."""

    kind = one_of(
        lazy_gettext("What do you want to add?"),
        "",
        (
            ("activity", lazy_gettext("Something to do: a group, a club, a class, an event")),
            ("service", lazy_gettext("Help or advice that people can get")),
            ("link", lazy_gettext("A website or a helpline")),
        ),
        needed(lazy_gettext("Choose what you want to add")),
    )
    provider = pick(lazy_gettext("Who runs it?"), "", (), needed(lazy_gettext("Choose who runs it")))


@dataclass(frozen=True)
class Answer:
    """One question with its answer in words; ``lines`` are empty where nothing was said."""

    question: Question
    lines: Lines
    needs_attention: bool


@adding.route("/desk/new", methods=["GET", "POST"])
def start() -> str | Response:
    """Asks what kind of thing it is, and begins a draft of it."""
    person, now = signed_in(), showing()
    form = StartForm()
    providers = _providers(person, now.snapshot)
    form.provider.choices = choices([("", CHOOSE), *providers])
    if len(providers) == 1:
        form.provider.data = providers[0][0]
    if form.validate_on_submit():
        return _begun(person, form)
    return staff_page(
        "partner/new.html", title=gettext("Add something new"), form=form, has_choice=len(providers) > 1, ways=providers
    )


def _providers(person: Who, snapshot: Snapshot) -> list[tuple[str, str]]:
    found = [(one.slug, one.name) for one in snapshot.providers.values() if person.may_propose_for(one.slug)]
    return sorted(found, key=lambda one: one[1].casefold())


def _begun(person: Who, form: StartForm) -> Response:
    """Begins a draft; one that was left unfinished goes on, so that nothing of it is lost."""
    moderation, now = shown().services.moderation, shown().clock()
    provider = form.provider.data or ""
    draft = moderation.begin(who=person, kind=What.NEW, slug="", provider=provider, now=now)
    if draft.typed:
        flash(gettext("You began this before. Finish it or take it back before you add something else."))
    else:
        moderation.keep(who=person, number=draft.id, typed={KIND: [form.kind.data]}, now=now)
    return go_to(f"/desk/new/{draft.id}")


@adding.get("/desk/new/<int:number>")
def tasks(number: int) -> str:
    """The task list: which parts are done, and what is still to say."""
    draft = _draft(number, signed_in())
    answers = Answers(draft, showing().snapshot)
    return staff_page(
        "partner/tasks.html",
        title=gettext("Tell us about it"),
        draft=draft,
        kind=KINDS.get(answers.kind),
        provider=showing().snapshot.providers.get(draft.provider),
        parts=list(answers.parts()),
        missing=answers.missing(),
    )


@adding.route("/desk/new/<int:number>/<question>", methods=["GET", "POST"])
def question(number: int, question: str) -> str | Response:
    """One question. What was typed is kept, sound or not; an answer that is sound leads on."""
    draft = _draft(number, signed_in())
    answers = Answers(draft, showing().snapshot)
    asked = answers.question(question)
    if asked is None:
        abort(404)
    if request.method == "GET":
        return _question_page(draft, answers, asked, answers.form_of(asked))
    button = request.form.get("button", "")
    form = answers.answered(asked, request.form, button)
    _keep(signed_in(), draft, answers.with_answer(asked, request.form))
    if button == LATER:
        return go_to(f"/desk/new/{number}")
    if button or form.errors:
        return _question_page(draft, answers, asked, form)
    return go_to(_after(draft, answers, asked))


@keeps_typed("adding.question")
def keep_for(person: Who) -> None:
    """Keeps the answer of somebody whose session ended while they typed it."""
    asked = request.view_args or {}
    draft = _draft(int(asked["number"]), person)
    answers = Answers(draft, showing().snapshot)
    question = answers.question(str(asked["question"]))
    if question:
        _keep(person, draft, answers.with_answer(question, request.form, is_sent=False))
        flash(gettext("You were signed out, but what you typed is kept. Sign in and you come back to it."))


def _draft(number: int, person: Who) -> Proposed:
    """The person's own proposal of something new, as long as it is their turn."""
    draft = shown().services.moderation.proposal(who=person, number=number)
    if draft.by != person.id or draft.kind is not What.NEW or draft.state not in UNFINISHED:
        abort(404)
    return draft


def _keep(person: Who, draft: Proposed, typed: Typed) -> None:
    shown().services.moderation.keep(who=person, number=draft.id, typed=typed, now=shown().clock())


def _after(draft: Proposed, answers: Answers, asked: Question) -> str:
    """Where an answer leads: back to all answers, to the next question of the part, or to the task list."""
    if request.args.get("then") == _TO_ANSWERS:
        return f"/desk/new/{draft.id}/answers"
    following = answers.following(asked)
    return f"/desk/new/{draft.id}/{following.slug}" if following else f"/desk/new/{draft.id}"


def _question_page(draft: Proposed, answers: Answers, asked: Question, form: SectionForm) -> str:
    return staff_page(
        "partner/question.html",
        title=str(asked.title),
        draft=draft,
        asked=asked,
        form=form,
        back=_back(draft, answers, asked),
        played=_played(form) if asked.asks("sessions") else None,
    )


def _played(form: SectionForm) -> PlayedBack | None:
    """The next dates of the times as they are typed."""
    if not isinstance(form, When):
        return None
    return played_back(form.readable_sessions({}), shown().clock(), showing().snapshot.calendar)


def _back(draft: Proposed, answers: Answers, asked: Question) -> str:
    if request.args.get("then") == _TO_ANSWERS:
        return f"/desk/new/{draft.id}/answers"
    before = answers.before(asked)
    return f"/desk/new/{draft.id}/{before.slug}" if before else f"/desk/new/{draft.id}"


@adding.route("/desk/new/<int:number>/answers", methods=["GET", "POST"])
def answers(number: int) -> str | Response:
    """Every answer to check, what could be better, and what there may be already; then it is sent."""
    draft = _draft(number, signed_in())
    given = Answers(draft, showing().snapshot)
    wanted, faults = given.wanted(), []
    if request.method == "POST" and not given.missing():
        person, moderation = signed_in(), shown().services.moderation
        try:
            moderation.send(who=person, number=number, wanted=wanted, now=shown().clock())
        except NotSound as error:
            faults = [(question_of(key), message) for key, message in error.faults]
        else:
            flash(gettext("Sent. Thank you: this helps people to find you."))
            return go_to(f"/desk/proposals/{number}")
    return _answers_page(draft, given, wanted, faults)


def _answers_page(draft: Proposed, given: Answers, wanted: Fields, faults: list[Fault]) -> str:
    snapshot = showing().snapshot
    title, places = str(wanted.get("title", "")), places_of(wanted.get("locations", ()))
    return staff_page(
        "partner/answers.html",
        title=gettext("Check your answers"),
        draft=draft,
        kind=KINDS.get(given.kind),
        provider=snapshot.providers.get(draft.provider),
        parts=[(part, [_answer(given, one, wanted) for one, _ in part.questions]) for part in given.parts()],
        missing=given.missing(),
        faults=faults,
        advice=[(question_of(one.key), one.text) for one in advice_on(wanted, {}, "", snapshot)],
        similar=similar(title, snapshot, provider=draft.provider, places=places),
        played=_played_answers(wanted),
    )


def _played_answers(wanted: Fields) -> PlayedBack | None:
    """The next dates of the times that were answered; None where none were."""
    sessions = [Session.model_validate(one) for one in wanted.get("sessions", ())]
    return played_back(sessions, shown().clock(), showing().snapshot.calendar) if sessions else None


def _answer(given: Answers, asked: Question, wanted: Fields) -> Answer:
    """An answer in words; one that is not sound is left to the question's own page."""
    snapshot = showing().snapshot
    told = [
        line for key, value in given.said(asked, wanted).items() for line in listing_words.said(key, value, snapshot)
    ]
    return Answer(asked, tuple(told), given.status(asked) is Status.NEEDS_ATTENTION)
