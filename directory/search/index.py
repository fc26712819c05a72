"""The index as one object: opened once a process, searched from any thread, brought up to date from content."""

import datetime
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from directory.model.errors import DirectoryError
from directory.model.nearby import FindPostcode
from directory.model.snapshot import Snapshot
from directory.search import builds, whoosh_files
from directory.search.answering import Answering
from directory.search.bounded import Bounded
from directory.search.builds import IndexBusy, IndexDamaged
from directory.search.dates import Dates
from directory.search.document import Document
from directory.search.facts import Facts
from directory.search.query import Fitting, Query, Reason, Results, Status, SyncReport
from directory.search.ranking import Ranking
from directory.search.understanding import Lately, OwnWords, Understanding
from directory.search.wanted import Wanted, wanted
from directory.search.whoosh_files import DAMAGE, Segment
from directory.timetable import Timetables

Progress = Callable[[], None]
"""Called after each listing that is written."""

TRIES = 5
"""How often to look for a build that another process replaces just then."""
MANY_CHANGED = 0.25
FEW_CHANGED = 20
"""The share of listings from which on a new index is better than a changed one, and how many are always few."""
SYNC_SECONDS = 5.0
REBUILD_SECONDS = 120.0
"""How long to wait for another process that writes the index; 5,000 listings take a writer some three seconds."""

ANSWERS_BYTES = 16_000_000
"""Room for the answers to some 2,000 searches: people go on to the next page and back, and ask what others asked."""


FITTING_BYTES = 16_000_000
"""Room for all that answers a search, for some 30 searches that 5,000 listings answer, or thousands of narrow ones."""


class IndexNotReady(DirectoryError):
    """A search was asked for before there was an index, or before the index had been told of the content."""


class IndexNotWritten(DirectoryError):
    """The system does not let the index be written: no room, or no right."""


class _Open(NamedTuple):
    """One build, opened. Replaced as a whole, so that a search sees one state from start to end."""

    build: str
    files: Mapping[str, bytes]
    segments: Mapping[str, Segment]
    ranking: Ranking


class _Told(NamedTuple):
    """The content that the index was told of: what its words mean, what runs when, and what the index should hold."""

    snapshot: Snapshot
    understanding: Understanding
    dates: Dates
    wanted: Wanted


class _Answers(NamedTuple):
    """What one state of index and content answers, with the answers that it gave lately: gone with it."""

    opened: _Open
    told: _Told
    answering: Answering
    given: Bounded[Query, Results]
    fitting: Bounded[Query, Fitting]


class _Changes(NamedTuple):
    """What keeps the index from agreeing with the content: numbers of documents to take out, and slugs to write."""

    gone: tuple[int, ...]
    written: tuple[str, ...]
    removed: int


def _nobody_knows(_postcode: str) -> None:
    """Where a full postcode is, as far as an index without a table of postcodes knows."""


class SearchIndex:
    """The index in a folder. Making one reads nothing: ``sync`` or ``rebuild`` opens it and tells it what words mean.

    Searches may run in any thread while another rebuilds or refreshes; each sees one whole state of the index. When
    things run is told by the ``timetables``, which whoever shows dates may share.
    """

    def __init__(
        self, folder: Path, find_postcode: FindPostcode = _nobody_knows, timetables: Timetables | None = None
    ) -> None:
        self._folder, self._find_postcode, self._timetables = folder, find_postcode, timetables or Timetables()
        self._open: _Open | None = None
        self._told: _Told | None = None
        self._own_words, self._lately = OwnWords(), Lately()
        self._answers: _Answers | None = None
        self._agreed: tuple[str, str] | None = None
        self._refused: str | None = None
        self._fault: str | None = None
        self._opening, self._syncing = threading.Lock(), threading.Lock()

    @property
    def is_ready(self) -> bool:
        """Whether searches can be answered."""
        return self._open is not None and self._told is not None

    @property
    def status(self) -> Status:
        """How the index is, for whoever watches the site."""
        opened = self._open
        if opened is None:
            return Status(is_ready=False, fault=self._fault)
        return Status(self.is_ready, opened.build, len(opened.ranking), self._fault)

    def search(self, query: Query) -> Results:
        """Answers a search. No words are an error, whatever they are; raises ``IndexNotReady`` alone."""
        return self._ready().given(replace(query, at=_moment(query)))

    def fitting(self, query: Query) -> Fitting:
        """All that answers a search, whatever the page and the order. Raises ``IndexNotReady`` alone."""
        asked = replace(query, order="best", page=1, per_page=1)
        return self._ready().fitting(replace(asked, at=_moment(asked)))

    def explain(self, query: Query) -> tuple[Reason, ...]:
        """Why each listing of the page is where it is. Worked out anew each time; raises ``IndexNotReady`` alone."""
        return self._ready().answering.explain(query)

    def _ready(self) -> _Answers:
        """What answers now."""
        answers = self._answers
        if answers is None:
            raise IndexNotReady("the index is not ready; run directory index")
        return answers

    def _answer_with(self, told: _Told) -> None:
        """Has searches answered from this content and the newest build, once that is there."""
        self._told, opened, answers = told, self._open, self._answers
        if opened and (answers is None or answers.opened is not opened or answers.told is not told):
            before = answers.answering if answers else None
            answering = Answering(opened.ranking, told.understanding, told.snapshot, told.dates, before)
            given = Bounded(ANSWERS_BYTES, answering.answer, _bytes_of)
            fitting = Bounded(FITTING_BYTES, answering.fitting, lambda found: 1000 + 100 * len(found.slugs))
            self._answers = _Answers(opened, told, answering, given, fitting)

    def _tell(self, snapshot: Snapshot) -> _Told:
        """What is to be known of a content, worked out anew only as far as it differs from the last."""
        before = self._told
        if before and before.snapshot is snapshot:
            return before
        self._own_words.update(snapshot)
        understanding = Understanding(snapshot, self._own_words, self._find_postcode, self._lately)
        changed = snapshot.differing_from(before.snapshot) if before else None
        timetable = self._timetables.of(snapshot)
        if before is None or changed is None:
            dates = Dates.of(snapshot, timetable)
        else:
            dates = before.dates.amended(snapshot, timetable, changed)
        return _Told(snapshot, understanding, dates, wanted(snapshot, before.wanted if before else None))

    def refresh(self) -> None:
        """Opens the build that counts where another process has made a new one; cheap enough for every request.

        Where that build is damaged, the one that was open goes on being used and ``status`` says what is wrong.
        """
        self._reopen()
        if self._told:
            self._answer_with(self._told)

    def _reopen(self) -> None:
        opened, build = self._open, builds.current(self._folder)
        if build is None or build == self._refused or (opened and opened.build == build):
            return
        with self._opening:
            try:
                self._open, self._refused, self._fault = _newest(self._folder, self._open), None, None
            except IndexDamaged as error:
                self._refused, self._fault = build, str(error)

    def rebuild(self, snapshot: Snapshot, progress: Progress | None = None) -> SyncReport:
        """Indexes all of the content anew. Raises ``IndexBusy``, or ``IndexNotWritten`` with the system's reason."""
        with self._syncing:
            told = self._tell(snapshot)
            with _only_writer(self._folder, REBUILD_SECONDS):
                report = self._write_all(told.wanted, progress)
            self._answer_with(told)
        return report

    def sync(self, snapshot: Snapshot, timeout: float = SYNC_SECONDS) -> SyncReport:
        """Makes the index agree with the content: writes what changed, or all where the index is missing or damaged.

        Where another process writes for longer than ``timeout`` seconds, says so and goes on with what there is.
        Costs nothing while neither content nor index changes. Raises ``IndexNotWritten``.
        """
        return self.follow(lambda: snapshot, timeout)

    def follow(self, newest: Callable[[], Snapshot], timeout: float = SYNC_SECONDS) -> SyncReport:
        """The same for the content that is the newest once this thread's turn comes.

        Where several threads take in changes, none can go back to what it saw before another had its turn.
        """
        with self._syncing:
            snapshot = newest()
            if self._agreed and self._agreed == (snapshot.revision, builds.current(self._folder)):
                return SyncReport()
            told = self._tell(snapshot)
            try:
                report = self._bring_in_step(told.wanted, timeout)
            finally:
                self._answer_with(told)
            if self._open and not report.is_waiting:
                self._agreed = (snapshot.revision, self._open.build)
        return report

    def _bring_in_step(self, wanted: Wanted, timeout: float) -> SyncReport:
        opened = self._sound()
        if opened and not any(_changes(opened.ranking, wanted)):
            return SyncReport()
        try:
            with _only_writer(self._folder, timeout):
                return self._write(wanted)
        except IndexBusy:
            self._reopen()
            return SyncReport(is_waiting=True)

    def _sound(self) -> _Open | None:
        """The build that counts, opened; None where it is missing or damaged."""
        self._reopen()
        opened = self._open
        return opened if opened and opened.build == builds.current(self._folder) else None

    def _write(self, wanted: Wanted) -> SyncReport:
        opened = self._sound()  # another process may have written while this one waited
        if opened is None:
            return self._write_all(wanted)
        changes = _changes(opened.ranking, wanted)
        wasted = len(opened.ranking.facts) - len(opened.ranking) + len(changes.gone)
        if wasted + len(changes.written) > max(FEW_CHANGED, MANY_CHANGED * len(wanted.revisions)):
            return self._write_all(wanted)
        try:
            with builds.new_build(self._folder, like=opened.build) as build:
                whoosh_files.amend(build, changes.gone, _as_written(wanted.documents(changes.written)))
        except (IndexDamaged, *DAMAGE):
            return self._write_all(wanted)
        self._reopen()
        return SyncReport(written=len(changes.written), removed=changes.removed)

    def _write_all(self, wanted: Wanted, progress: Progress | None = None) -> SyncReport:
        with builds.new_build(self._folder) as build:
            whoosh_files.create(build, _as_written(wanted.documents(), progress))
        self._reopen()
        return SyncReport(written=len(wanted.revisions), is_rebuilt=True)


@contextmanager
def _only_writer(folder: Path, timeout: float) -> Iterator[None]:
    try:
        with builds.only_writer(folder, timeout):
            yield
    except OSError as error:
        raise IndexNotWritten(f"the index in {folder} cannot be written: {error.strerror or error}") from error


def _moment(query: Query) -> datetime.datetime:
    """What of the time an answer hangs on: the day, and the minute where the soonest comes first."""
    minute = query.at.replace(second=0, microsecond=0)
    return minute if query.order == "soonest" else minute.replace(hour=0, minute=0)


def _bytes_of(results: Results) -> int:
    return 1500 + 100 * (len(results.slugs) + sum(len(choices) for _, choices in results.choices))


def _changes(ranking: Ranking, wanted: Wanted) -> _Changes:
    numbers, facts = ranking.number_of, ranking.facts
    written = tuple(
        slug
        for slug, revision in wanted.revisions.items()
        if slug not in numbers or facts[numbers[slug]].revision != revision
    )
    removed = numbers.keys() - wanted.revisions.keys()
    return _Changes(tuple(numbers[slug] for slug in removed.union(written) & numbers.keys()), written, len(removed))


def _as_written(
    documents: Iterable[Document], progress: Progress | None = None
) -> Iterable[tuple[Facts, Mapping[str, float]]]:
    for one in documents:
        yield one.facts, one.terms()
        if progress:
            progress()


def _newest(folder: Path, opened: _Open | None) -> _Open:
    """Opens the build that counts, even where others replace it meanwhile. Raises ``IndexDamaged``."""
    for _ in range(TRIES):
        build = builds.current(folder)
        if build and opened and opened.build == build:
            return opened
        try:
            return _opened(folder, str(build), opened)
        except IndexDamaged:
            if build == builds.current(folder):
                raise
    raise IndexDamaged(f"{folder} changes faster than it can be read")


def _opened(folder: Path, build: str, before: _Open | None) -> _Open:
    files = builds.read(folder, build, before.files if before else {})
    try:
        opened = whoosh_files.read(files, before.segments if before else {})
    except DAMAGE as error:
        raise IndexDamaged(f"{folder / build} is not an index that this version can read") from error
    return _Open(build, files, opened.segments, Ranking(opened))
