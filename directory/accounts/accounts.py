"""People, their roles and their sessions, in the database."""

import datetime
import secrets
from contextlib import suppress
from dataclasses import replace

from directory.accounts import limits, roles, roll, sessions
from directory.accounts.log import note
from directory.accounts.people import WHOLE_DIRECTORY, Held, Role, Who
from directory.accounts.roles import Invited
from directory.accounts.roll import Record
from directory.accounts.sessions import OpenSession
from directory.tables import Database, RowClash, Secret


class Accounts:
    """Who may sign in, and who is signed in."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._secrets: dict[str, str] = {}

    def secret(self, name: str) -> str:
        """A secret that all processes of the site share: 64 hexadecimal digits, made once by whichever comes first."""
        if name not in self._secrets:
            with suppress(RowClash), self._database.writing() as session:
                if session.get(Secret, name) is None:
                    session.add(Secret(name=name, value=secrets.token_hex(32)))
            with self._database.reading() as session:
                self._secrets[name] = session.get_one(Secret, name).value
        return self._secrets[name]

    def signed_in(self, token: str, *, now: datetime.datetime) -> Who | None:
        """Whose session it is; None for one that is unknown, over, idle for too long, or revoked."""
        with self._database.reading() as session:
            found = sessions.find(session, token)
        if found is None or not sessions.is_whole(*found) or sessions.ends_at(*found) <= now:
            return None
        row, who = found
        if now - row.last_seen_at >= sessions.SEEN_EVERY:
            with self._database.writing() as session:
                sessions.see(session, row, now)
        return who

    def lapsed(self, token: str, *, now: datetime.datetime) -> Who | None:
        """Whose session it was that ended by itself less than a day ago; None for any other.

        For keeping what they had typed, never for reading: whoever finds the browser must sign in.
        """
        with self._database.reading() as session:
            found = sessions.find(session, token)
        if found is None or not sessions.is_whole(*found):
            return None
        ended = now - sessions.ends_at(*found)
        return found[1] if datetime.timedelta(0) <= ended < sessions.KEEPS_TYPING else None

    def start_limited(self, *, person: int, only: str, now: datetime.datetime, device: str = "") -> str:
        """A session that may do one thing, such as ``change:little-stars``; its token. Raises ``NoSuchPerson``."""
        with self._database.writing() as session:
            who = replace(roles.who_is_here(session, person), only=only)
            token = sessions.start(session, who, now=now, device=device, lasts=sessions.LIMITED)
            note(session, person=person, what="came by a link", about=f"listing {only.partition(':')[2]}", now=now)
        return token

    def sign_out(self, token: str, *, now: datetime.datetime) -> None:
        """Ends a session, if there is one."""
        with self._database.writing() as session:
            found = sessions.find(session, token)
            if found:
                row, who = found
                sessions.revoke(session, person=who.id, handle=row.token_hash, now=now)
                note(session, person=who.id, what="signed out", about=f"person {who.id}", now=now)

    def sessions_of(self, person: int, *, now: datetime.datetime, token: str = "") -> tuple[OpenSession, ...]:
        """Where somebody is signed in, the newest first. ``token`` tells which session is the one that asks."""
        with self._database.reading() as session:
            who = roll.by_number(session, person)
            return sessions.open_ones(session, who, token, now) if who else ()

    def revoke_session(self, *, person: int, handle: str, by: int, now: datetime.datetime) -> bool:
        """Signs somebody out of one browser; False where it was signed out already, or there is none."""
        if len(handle) != sessions.HANDLE:
            return False
        with self._database.writing() as session:
            is_ended = bool(sessions.revoke(session, person=person, handle=handle, now=now))
            if is_ended:
                note(session, person=by, what="revoked a session", about=f"person {person}", now=now)
        return is_ended

    def person(self, number: int) -> Who | None:
        """The person of that number, whether or not they are still here."""
        with self._database.reading() as session:
            return roll.by_number(session, number)

    def people(self) -> tuple[Who, ...]:
        """Everybody who may sign in or once could, by name."""
        with self._database.reading() as session:
            return roll.everybody(session)

    def records(self) -> dict[int, Record]:
        """What is kept about everybody beside their roles, by their number."""
        with self._database.reading() as session:
            return roll.records(session)

    def speaking_for(self, provider: str) -> tuple[Who, ...]:
        """The partners of a provider who are here."""
        with self._database.reading() as session:
            return roll.holders(session, Role.PARTNER, (provider,))

    def deciding_at(self, hub: str) -> tuple[Who, ...]:
        """Whom to tell what is to be decided at a hub: its moderators and those of the whole directory.

        Administrators only where there is none of either.
        """
        with self._database.reading() as session:
            moderators = roll.holders(session, Role.MODERATOR, {hub, WHOLE_DIRECTORY})
            return moderators or roll.holders(session, Role.ADMINISTRATOR)

    def invite(
        self, *, email: str, name: str, held: Held, by: int | None, site: str, now: datetime.datetime
    ) -> Invited:
        """Gives a role to whoever has the address, new or not, and writes them a link that signs them in.

        ``by`` is None where somebody at the machine itself invites. ``site`` is the address that the link begins with.
        Raises ``NotAnAddress``, ``NoSuchRole``, and ``HereAlready`` where ``by`` invites somebody who has a role.
        """
        with self._database.writing() as session:
            return roles.invite(session, email=email, name=name, held=held, by=by, site=site, now=now)

    def grant(self, *, person: int, held: Held, by: int | None, now: datetime.datetime) -> bool:
        """Gives somebody one more role; False where they have it. Raises ``NoSuchPerson``."""
        with self._database.writing() as session:
            return roles.grant(session, roles.who_is_here(session, person), held=held, by=by, now=now)

    def revoke(self, *, person: int, held: Held, by: int | None, now: datetime.datetime) -> bool:
        """Takes a role away; False where they do not have it.

        Raises ``NoSuchPerson``, ``LastAdministrator`` and ``NotOneself``.
        """
        with self._database.writing() as session:
            return roles.revoke(session, roles.who_is_here(session, person), held=held, by=by, now=now)

    def leave(self, *, person: int, by: int | None, now: datetime.datetime) -> None:
        """Somebody leaves: nothing signs them in any more. What they did stays.

        Raises ``NoSuchPerson``, ``LastAdministrator`` and ``NotOneself``.
        """
        with self._database.writing() as session:
            roles.leave(session, roles.who_is_here(session, person), by=by, now=now)

    def may_try(self, *, key: str, limit: int, seconds: int, now: datetime.datetime) -> bool:
        """Counts an attempt, and whether it is one of the first ``limit`` in this span of so many seconds.

        ``key`` is whatever is limited, as in "report address 10.0.0.1"; it is kept as a keyed hash.
        """
        secret = self.secret("attempts")
        with self._database.writing() as session:
            return limits.count(session, secret=secret, key=key, seconds=seconds, now=now) <= limit
