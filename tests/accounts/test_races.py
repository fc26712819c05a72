"""What may happen once happens once, whoever tries at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pyotp

from directory.accounts import LastAdministrator, LinkNotGood, NoSuchPerson, WrongCode
from directory.model.errors import DirectoryError
from tests.accounts.conftest import ADMINISTRATOR, MINUTE, MODERATOR, NOW, PARTNER, House

AT_ONCE = 6


def successes(*acts: Callable[[], object], refused: tuple[type[DirectoryError], ...]) -> int:
    """How many of the acts were done when all began at the same moment; the others must be refused like that."""
    barrier = Barrier(len(acts))

    def tried(act: Callable[[], object]) -> bool:
        barrier.wait()
        try:
            act()
        except refused:
            return False
        return True

    with ThreadPoolExecutor(len(acts)) as threads:
        return sum(threads.map(tried, acts))


def test_a_link_that_many_confirm_at_once_signs_in_one(house: House) -> None:
    _, link = house.invite("pat@example.org", PARTNER)
    confirm = [lambda: house.signing_in.confirm(link, browser="", device="", now=NOW)] * AT_ONCE
    assert successes(*confirm, refused=(LinkNotGood,)) == 1


def test_a_code_that_many_give_at_once_is_taken_once(house: House) -> None:
    half = house.enter("mo@example.org", MODERATOR)
    secret = house.signing_in.enrolment(half, issuer="Testbridge", now=NOW).secret
    house.enrol(half)
    later = NOW + 20 * MINUTE
    halves = []
    for _ in range(AT_ONCE):
        _, link = house.invite("mo@example.org", MODERATOR, now=later)
        halves.append(house.signing_in.confirm(link, browser="", device="", now=later).token)
    code = pyotp.TOTP(secret).at(later)

    def give(one: str) -> Callable[[], object]:
        return lambda: house.signing_in.give_code(one, code=code, device="", now=later)

    assert successes(*map(give, halves), refused=(WrongCode,)) == 1


def test_a_recovery_code_that_many_give_at_once_is_taken_once(house: House) -> None:
    _, codes = house.enrol(house.enter("mo@example.org", MODERATOR))
    later = NOW + 20 * MINUTE
    halves = []
    for _ in range(AT_ONCE):
        _, link = house.invite("mo@example.org", MODERATOR, now=later)
        halves.append(house.signing_in.confirm(link, browser="", device="", now=later).token)

    def give(one: str) -> Callable[[], object]:
        return lambda: house.signing_in.give_recovery_code(
            one, code=codes[0], has_lost_phone=False, device="", now=later
        )

    assert successes(*map(give, halves), refused=(WrongCode,)) == 1


def test_administrators_who_send_each_other_away_at_once_leave_one(house: House) -> None:
    ada, _ = house.invite("ada@example.org", ADMINISTRATOR)
    bob, _ = house.invite("bob@example.org", ADMINISTRATOR)

    def send_away(who: int, by: int) -> Callable[[], object]:
        return lambda: house.accounts.leave(person=who, by=by, now=NOW)

    done = successes(send_away(ada.id, bob.id), send_away(bob.id, ada.id), refused=(LastAdministrator, NoSuchPerson))
    assert done == 1
    assert len(house.accounts.deciding_at("")) == 1


def test_no_attempt_is_left_uncounted(house: House) -> None:
    may = [lambda: house.accounts.may_try(key="a", limit=99, seconds=60, now=NOW)] * AT_ONCE
    house.accounts.secret("attempts")
    assert successes(*may, refused=()) == AT_ONCE
    assert not house.accounts.may_try(key="a", limit=AT_ONCE, seconds=60, now=NOW)


def test_a_secret_that_many_ask_for_first_is_one(house: House) -> None:
    others = [House(house.database) for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        assert len(set(threads.map(lambda one: one.accounts.secret("new"), others))) == 1
