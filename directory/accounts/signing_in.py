"""Signing in without a password: a link by mail, and for some a code of their phone."""

import datetime
from dataclasses import dataclass

from sqlmodel import Session

from directory.accounts import codes, links, roll, sessions
from directory.accounts.accounts import Accounts
from directory.accounts.limits import again_at
from directory.accounts.links import LinkState
from directory.accounts.log import note
from directory.accounts.people import Who, tidy_address
from directory.accounts.tokens import digest
from directory.mail import put
from directory.mail.letters.signing_in import sign_in_link
from directory.model.errors import DirectoryError
from directory.tables import Database, Person

HOUR = 60 * 60
LINKS_AN_HOUR = 5
LINKS_AN_HOUR_FROM_ONE_PLACE = 300
"""So generous because a whole hub may share one Wi-Fi, and it must not be locked out."""
CODES = 8
CODE_SECONDS = 15 * 60


class LinkNotGood(DirectoryError):
    """A link signs nobody in: ``state`` says why."""

    def __init__(self, state: LinkState) -> None:
        super().__init__(f"the link is not good: {state}")
        self.state = state


class TooOften(DirectoryError):
    """Something was tried too often. ``until``: when it may be tried again."""

    def __init__(self, until: datetime.datetime) -> None:
        super().__init__("tried too often")
        self.until = until


class WrongCode(DirectoryError):
    """A code is not the one, or was used before."""


class NotHalfIn(DirectoryError):
    """Nobody who used their link a few minutes ago waits here to give a code."""


@dataclass(frozen=True)
class Entered:
    """Somebody's link was good. ``token``: their session; without their code it opens nothing but the code's page."""

    token: str
    who: Who
    needs_code: bool


@dataclass(frozen=True)
class HalfIn:
    """Somebody who used their link and has not given a code yet."""

    who: Who
    has_phone: bool


@dataclass(frozen=True)
class Enrolment:
    """What a phone is taught: a key to type, and the address in the QR code that says the same."""

    secret: str
    uri: str


class SigningIn:
    """The steps of signing in. ``site`` is the address that links in mails begin with."""

    def __init__(self, database: Database, accounts: Accounts, site: str) -> None:
        self._database, self._accounts, self._site = database, accounts, site

    def ask(self, *, email: str, browser: str, place: str, page: str, then: str, now: datetime.datetime) -> None:
        """Writes a link to whoever has the address; the same is done, and as much written, for one that nobody has.

        ``browser``: what only this browser knows; ``place``: its network address, for the limit; ``page``: the path of
        the page for signing in; ``then``: what the link ends with. Raises ``NotAnAddress`` and ``TooOften``.
        """
        address = tidy_address(email)
        self._limit(f"link from {place}", LINKS_AN_HOUR_FROM_ONE_PLACE, HOUR, now)
        self._limit(f"link to {address}", LINKS_AN_HOUR, HOUR, now)
        with self._database.writing() as session:
            who = roll.by_address(session, address)
            if who and not (who.is_active and who.held):
                who = None
            token = links.ask(session, person=who.id if who else None, browser=browser, now=now)
            link = f"{self._site}{page}/{token}{then}"
            letter = sign_in_link(name=who.name if who else "", site=self._site, link=link, lasts=links.LASTS)
            to, person = (who.email, who.id) if who else ("", None)
            put(session, letter, key=f"link {links.name_of(token)}", to=to, person=person, now=now)

    def look(self, token: str, *, browser: str, now: datetime.datetime) -> LinkState:
        """What a link is worth to a browser. Looking does not use it up: mail scanners look at every link."""
        with self._database.reading() as session:
            return links.look(session, token, browser=browser, now=now)[0]

    def confirm(self, token: str, *, browser: str, device: str, now: datetime.datetime) -> Entered:
        """Uses a link up and begins a session. Raises ``LinkNotGood``."""
        with self._database.writing() as session:
            state, row = links.look(session, token, browser=browser, now=now)
            who = roll.by_number(session, row.person_id) if row and row.person_id else None
            if state is not LinkState.GOOD or row is None or who is None or not who.is_active:
                raise LinkNotGood(state if state is not LinkState.GOOD else LinkState.UNKNOWN)
            if not links.use_up(session, row, now):
                raise LinkNotGood(LinkState.USED)
            lasts = sessions.HALF_IN if who.needs_code else sessions.MOST
            entered = sessions.start(session, who, now=now, device=device, lasts=lasts)
            what = "used a link" if who.needs_code else "signed in"
            note(session, person=who.id, what=what, about=f"person {who.id}", now=now, by=row.kind)
        return Entered(entered, who, who.needs_code)

    def half_in(self, token: str, *, now: datetime.datetime) -> HalfIn:
        """Who waits to give a code. Raises ``NotHalfIn``."""
        with self._database.reading() as session:
            who, person = self._waiting(session, token, now)
            return HalfIn(who, person.totp_confirmed_at is not None)

    def enrolment(self, token: str, *, issuer: str, now: datetime.datetime) -> Enrolment:
        """What a new phone is to be taught. It is shown and not kept, and the same as long as the half session lasts.

        ``issuer``: what the phone calls the site. Raises ``NotHalfIn``.
        """
        who, secret = self.half_in(token, now=now).who, self._new_secret(token)
        return Enrolment(secret, codes.uri_for(secret, who.email, issuer))

    def enrol(self, token: str, *, code: str, device: str, now: datetime.datetime) -> tuple[str, tuple[str, ...]]:
        """Takes the phone that gave a code, and signs in: the new session and ten recovery codes.

        Raises ``NotHalfIn``, ``WrongCode`` and ``TooOften``.
        """
        secret = self._new_secret(token)
        self._limit_codes(token, now)
        with self._database.writing() as session:
            who, person = self._waiting(session, token, now)
            step = codes.matching_step(secret, code, now)
            if person.totp_confirmed_at is not None or step is None:
                raise WrongCode("the code is not the one that the phone shows now")
            codes.enrol(session, person=who.id, totp_secret=secret, step=step, now=now)
            note(session, person=who.id, what="enrolled a phone", about=f"person {who.id}", now=now)
            made = codes.new_recovery_codes(session, person=who.id)
            return self._step_up(session, token, who, device, now, by="new phone"), made

    def give_code(self, token: str, *, code: str, device: str, now: datetime.datetime) -> str:
        """Signs in with a code of the phone: the new session.

        Raises ``NotHalfIn``, ``WrongCode`` and ``TooOften``.
        """
        self._limit_codes(token, now)
        with self._database.writing() as session:
            who, person = self._waiting(session, token, now)
            step = codes.matching_step(person.totp_secret or "", code, now) if person.totp_confirmed_at else None
            if step is None or not codes.use_step(session, person=who.id, step=step):
                raise WrongCode("the code is not the one that the phone shows now, or was used before")
            return self._step_up(session, token, who, device, now, by="code")

    def give_recovery_code(
        self, token: str, *, code: str, has_lost_phone: bool, device: str, now: datetime.datetime
    ) -> str | None:
        """Signs in with a recovery code: the new session; None for somebody who must enrol a new phone first.

        Raises ``NotHalfIn``, ``WrongCode`` and ``TooOften``.
        """
        self._limit_codes(token, now)
        with self._database.writing() as session:
            who, _ = self._waiting(session, token, now)
            if not codes.use_recovery_code(session, person=who.id, code=code, now=now):
                raise WrongCode("that is not one of the recovery codes, or it was used before")
            if not has_lost_phone:
                return self._step_up(session, token, who, device, now, by="recovery code")
            codes.forget_phone(session, person=who.id)
            note(session, person=who.id, what="lost a phone", about=f"person {who.id}", now=now)
            return None

    def new_recovery_codes(self, *, person: int, now: datetime.datetime) -> tuple[str, ...]:
        """Ten new codes for somebody who is signed in; the old ones open nothing any more."""
        with self._database.writing() as session:
            note(session, person=person, what="made recovery codes", about=f"person {person}", now=now)
            return codes.new_recovery_codes(session, person=person)

    def _waiting(self, session: Session, token: str, now: datetime.datetime) -> tuple[Who, Person]:
        found = sessions.find(session, token)
        if found is None or sessions.is_whole(*found) or sessions.ends_at(*found) <= now:
            raise NotHalfIn("nobody waits here to give a code")
        return found[1], session.get_one(Person, found[1].id)

    def _step_up(self, session: Session, token: str, who: Who, device: str, now: datetime.datetime, *, by: str) -> str:
        """Ends the half session and begins a whole one: whoever planted or saw the old cookie gains nothing."""
        sessions.revoke(session, person=who.id, handle=digest(token), now=now)
        note(session, person=who.id, what="signed in", about=f"person {who.id}", now=now, by=by)
        return sessions.start(session, who, now=now, device=device, has_code=True)

    def _new_secret(self, token: str) -> str:
        return codes.secret_for(self._accounts.secret("enrolment"), token)

    def _limit_codes(self, token: str, now: datetime.datetime) -> None:
        who = self.half_in(token, now=now).who
        self._limit(f"code of {who.id}", CODES, CODE_SECONDS, now)

    def _limit(self, key: str, limit: int, seconds: int, now: datetime.datetime) -> None:
        if not self._accounts.may_try(key=key, limit=limit, seconds=seconds, now=now):
            raise TooOften(again_at(seconds, now))
