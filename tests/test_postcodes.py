"""Full postcodes: loading OS Code-Point Open and asking where a postcode is."""

import logging
import sqlite3
import statistics
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from directory.cli import main
from directory.model.place import Point
from directory.postcodes import Postcodes
from directory.postcodes.loading import BATCH, NotCodePointOpen, Report, load_postcodes
from directory.tables import DatabaseUnusable, create_tables, open_database

METRES_A_MILE = 1609.344
KNOWN = {
    "B63 4AJ": (396594, 283406, 52.448603, -2.051542),
    "DY1 1HF": (394373, 290482, 52.512197, -2.084343),
    "DY2 8LJ": (394952, 289512, 52.503482, -2.075796),
    "DY5 3DY": (391662, 287188, 52.482549, -2.124205),
    "DY6 0HX": (388051, 290294, 52.510404, -2.177490),
    "DY8 1XF": (389613, 284612, 52.459355, -2.154296),
    "DY9 8HT": (392416, 284397, 52.457469, -2.113038),
    "WV14 9DS": (394257, 293763, 52.541691, -2.086110),
}
"""Grid references and coordinates of the same buildings, from OS Code-Point Open and checked against the ONS's list."""
CODES = '"E92000001","E19000001","E18000005","","E08000027","E05015905"'


def line(postcode: str, quality: int | str = 10, east: int | str = 391662, north: int | str = 287188) -> str:
    return f'"{postcode}",{quality},{east},{north},{CODES}\n'


GOOD = line("DY5 3DY")
KNOWN_LINES = "".join(line(postcode, 10, east, north) for postcode, (east, north, _, _) in KNOWN.items())


@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/made/when/needed/directory.sqlite"


def written(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def zipped(path: Path, members: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return path


def loaded(url: str, tmp_path: Path, text: str, *, only: tuple[str, ...] = ()) -> Report:
    return load_postcodes(url, written(tmp_path / "dy.csv", text), only=only)


def found_among(url: str, postcodes: Iterable[str]) -> set[str]:
    table = Postcodes(url)
    return {postcode for postcode in postcodes if table.find(postcode)}


def run(url: str, *arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["postcodes", "load", *map(str, arguments), "--database-url", url])


def test_postcodes_are_found_within_ten_metres(url: str, tmp_path: Path) -> None:
    loaded(url, tmp_path, KNOWN_LINES)
    table = Postcodes(url)
    metres = []
    for postcode, (_, _, latitude, longitude) in KNOWN.items():
        point = table.find(postcode)
        assert point is not None
        metres.append(point.miles_to(Point(latitude, longitude)) * METRES_A_MILE)
    assert statistics.median(metres) < 10
    assert max(metres) < 20


@pytest.mark.parametrize("typed", ["DY5 3DY", "dy53dy", "  Dy5   3dY ", "D Y 5 3 D Y"])
def test_a_postcode_is_found_however_it_is_spaced(url: str, tmp_path: Path, typed: str) -> None:
    loaded(url, tmp_path, GOOD)
    assert Postcodes(url).find(typed) is not None


@pytest.mark.parametrize("typed", ["", "DY5", "DY5 3", "DY5 3DX", "Dudley", "' OR 1=1 --", "DY5\x003DY", "٥" * 500])
def test_what_is_no_loaded_postcode_is_not_found(url: str, tmp_path: Path, typed: str) -> None:
    loaded(url, tmp_path, GOOD)
    assert Postcodes(url).find(typed) is None


def test_the_padding_of_the_file_does_not_matter(url: str, tmp_path: Path) -> None:
    loaded(url, tmp_path, line("B1  1AA") + line("AB101AB") + line("WV149DS") + line("W1A 1AA"))
    everything = {"B1 1AA", "AB10 1AB", "WV14 9DS", "W1A 1AA"}
    assert found_among(url, everything) == everything


FORMS = {
    "the zip as downloaded": {"Data/CSV/dy.csv": GOOD, "Data/CSV/b.csv": line("B1  1AA"), "Doc/licence.txt": "OGL"},
    "a zip with a folder round it": {"codepo/Data/CSV/dy.csv": GOOD, "codepo/Data/CSV/b.csv": line("B1  1AA")},
    "loose files": {"dy.csv": GOOD, "b.csv": line("B1  1AA")},
    "documentation beside the data": {
        "Data/CSV/all.csv": GOOD + line("B1  1AA"),
        "Doc/Code-Point_Open_Column_Headers.csv": "PC,PQ,EA,NO\nPostcode,Positional_quality_indicator,Eastings\n",
    },
    "a first line of column names": {"all.csv": "Postcode,Positional_quality_indicator,E\n" + GOOD + line("B1  1AA")},
    "a byte order mark and empty lines": {"all.csv": "\ufeff" + GOOD + "\n" + line("B1  1AA") + "\n\n"},
}


@pytest.mark.parametrize("members", FORMS.values(), ids=FORMS.keys())
def test_a_zip_and_its_unpacked_folder_load_alike(url: str, tmp_path: Path, members: dict[str, str]) -> None:
    folder = tmp_path / "unpacked"
    for name, text in members.items():
        written(folder / name, text)
    for source in (zipped(tmp_path / "codepo_gb.zip", members), folder):
        assert load_postcodes(url, source) == Report(read=2, loaded=2)
        assert found_among(url, {"DY5 3DY", "B1 1AA"}) == {"DY5 3DY", "B1 1AA"}


def test_a_zip_is_read_where_it_lies(url: str, tmp_path: Path) -> None:
    folder = tmp_path / "downloads"
    folder.mkdir()
    load_postcodes(url, zipped(folder / "codepo_gb.zip", {"../outside/Data/CSV/dy.csv": GOOD}))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["downloads", "made"]
    assert [path.name for path in folder.iterdir()] == ["codepo_gb.zip"]


def test_a_postcode_without_a_place_is_skipped_and_counted(url: str, tmp_path: Path) -> None:
    report = loaded(url, tmp_path, GOOD + line("DY5 9ZZ", 90, 0, 0) + line("DY5 9ZY", 90, "", ""))
    assert report == Report(read=3, loaded=1, without_place=2)
    assert found_among(url, {"DY5 3DY", "DY5 9ZZ", "DY5 9ZY"}) == {"DY5 3DY"}


def test_only_the_postcodes_asked_for_are_loaded(url: str, tmp_path: Path) -> None:
    report = loaded(url, tmp_path, GOOD + line("B62 8AA") + line("B6  2AA"), only=("dy", "B62"))
    assert report == Report(read=3, loaded=2, not_asked_for=1)
    assert found_among(url, {"DY5 3DY", "B62 8AA", "B6 2AA"}) == {"DY5 3DY", "B62 8AA"}


def test_loading_the_same_file_again_changes_nothing(url: str, tmp_path: Path) -> None:
    first, second = loaded(url, tmp_path, KNOWN_LINES), loaded(url, tmp_path, KNOWN_LINES)
    assert first == second
    assert found_among(url, KNOWN) == set(KNOWN)


def test_a_newer_file_takes_the_place_of_an_older_one(url: str, tmp_path: Path) -> None:
    loaded(url, tmp_path, GOOD + line("DY5 1AA"))
    table = Postcodes(url)
    before = table.find("DY5 3DY")
    loaded(url, tmp_path, line("DY5 3DY", 10, 394257, 293763))
    assert table.find("DY5 1AA") is None
    assert table.find("DY5 3DY") not in (None, before)


WRONG = {
    "too few columns": (GOOD + '"DY5 3DZ",10,391662\n', "line 2 has 3 columns"),
    "another kind of CSV": ("name,phone\nLeisure centre,01632 960000\n", "line 1 has 2 columns"),
    "no postcode": (line("DUDLEY"), "line 1 does not begin with a postcode"),
    "words for eastings": (line("DY5 3DY", 10, "west"), "line 1 has no whole numbers"),
    "degrees for eastings": (line("DY5 3DY", 10, "-2.124205", "52.482549"), "line 1 has no whole numbers"),
    "outside the grid": (line("DY5 3DY", 10, 391662, 9_287_188), "line 1 lies outside the National Grid"),
    "nowhere, but said to be exact": (line("DY5 3DY", 10, 0, 0), "line 1 lies outside the National Grid"),
    "nothing": ("", "There is no postcode in the file"),
    "one endless line": ("x" * 1_000_000, "a line is too long"),
    "a postcode twice": (GOOD + line("DY53DY"), "holds a postcode twice"),
}


@pytest.mark.parametrize(("text", "said"), WRONG.values(), ids=WRONG.keys())
def test_a_wrong_file_is_refused_and_the_table_stays(url: str, tmp_path: Path, text: str, said: str) -> None:
    loaded(url, tmp_path, KNOWN_LINES)
    with pytest.raises(NotCodePointOpen, match=said):
        loaded(url, tmp_path, text)
    assert found_among(url, KNOWN) == set(KNOWN)


def test_a_file_that_breaks_off_late_changes_nothing(url: str, tmp_path: Path) -> None:
    loaded(url, tmp_path, KNOWN_LINES)
    many = (f"AB{1 + n // 4000} {n // 400 % 10}{'ABDEFGHJLNPQRSTUWXYZ'[n // 20 % 20]}" for n in range(BATCH + 1))
    text = "".join(line(start + "ABDEFGHJLNPQRSTUWXYZ"[n % 20]) for n, start in enumerate(many))
    with pytest.raises(NotCodePointOpen, match=f"line {BATCH + 2} has 1 column"):
        loaded(url, tmp_path, text + "cut off")
    assert found_among(url, [*KNOWN, "AB1 0AA"]) == set(KNOWN)


def test_bytes_that_are_no_text_are_refused(url: str, tmp_path: Path) -> None:
    source = tmp_path / "dy.csv"
    source.write_bytes(b"\xff\xfe\x00D\x00Y\n")
    with pytest.raises(NotCodePointOpen, match="a line is not text"):
        load_postcodes(url, source)


def test_a_zip_without_csv_is_refused(url: str, tmp_path: Path) -> None:
    source = zipped(tmp_path / "codepo_gb.zip", {"Data/codepo_gb.gpkg": "SQLite format 3"})
    with pytest.raises(NotCodePointOpen, match=r"There is no CSV file in codepo_gb\.zip; choose the CSV format"):
        load_postcodes(url, source)


def test_a_damaged_zip_is_refused(url: str, tmp_path: Path) -> None:
    source = zipped(tmp_path / "codepo_gb.zip", {"Data/CSV/dy.csv": KNOWN_LINES})
    whole = bytearray(source.read_bytes())
    middle = whole.index(b"dy.csv") + 40
    whole[middle : middle + 40] = bytes(40)
    source.write_bytes(whole)
    with pytest.raises(NotCodePointOpen, match=r"dy\.csv cannot be read .* download Code-Point Open again"):
        load_postcodes(url, source)


def test_asking_before_a_load_finds_nothing_and_makes_nothing(url: str, tmp_path: Path) -> None:
    assert Postcodes(url).find("DY5 3DY") is None
    assert list(tmp_path.iterdir()) == []


def test_asking_a_database_without_the_table_is_quiet(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "other.sqlite"
    sqlite3.connect(path).close()
    assert Postcodes(f"sqlite:///{path}").find("DY5 3DY") is None
    assert caplog.records == []


def test_a_damaged_database_is_told_to_the_log_without_the_postcode(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = written(tmp_path / "damaged.sqlite", "not a database " * 100)
    with caplog.at_level(logging.WARNING):
        assert Postcodes(f"sqlite:///{path}").find("DY5 3DY") is None
    assert "cannot be read" in caplog.text
    assert "3DY" not in caplog.text


def test_readers_keep_the_old_table_until_a_load_is_done(url: str, tmp_path: Path) -> None:
    loaded(url, tmp_path, GOOD)
    table, seen = Postcodes(url), []

    def look(done: int, size: int) -> None:
        seen.append((done == size, table.find("DY5 3DY") is not None, table.find("DY5 1AA") is not None))

    load_postcodes(url, written(tmp_path / "new.csv", line("DY5 1AA")), progress=look)
    assert seen == [(True, True, False)]
    assert table.find("DY5 1AA") is not None


def test_the_command_reports_what_it_read_loaded_and_skipped(url: str, tmp_path: Path) -> None:
    source = written(tmp_path / "dy.csv", GOOD + line("DY5 9ZZ", 90, 0, 0) + line("B1  1AA"))
    result = run(url, source, "--only", "DY")
    assert result.exit_code == 0
    assert result.stdout == (
        "3 postcodes read, 1 loaded, 1 skipped: the file does not say where they are, "
        "1 skipped: they do not begin with what --only asks for.\n"
    )


def test_the_command_exits_with_two_on_a_wrong_file(url: str, tmp_path: Path) -> None:
    result = run(url, written(tmp_path / "wrong.csv", "name,phone\n"))
    assert result.exit_code == 2
    assert "wrong.csv line 1 has 2 columns; a line of Code-Point Open has 10" in result.stderr


def test_the_command_exits_with_two_where_there_is_no_file(url: str, tmp_path: Path) -> None:
    assert run(url, tmp_path / "missing.zip").exit_code == 2


def test_a_database_in_an_impossible_place_is_told_in_a_sentence(tmp_path: Path) -> None:
    source = written(tmp_path / "dy.csv", GOOD)
    result = run(f"sqlite:///{source}/directory.sqlite", source)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("The database sqlite:///")


@pytest.mark.parametrize("address", ["", "directory.sqlite", "nosuch://localhost/x", "sqlite://[", "postgresql://h:x/"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(DatabaseUnusable, match="The database address is not one"):
        open_database(address)


def test_a_missing_driver_is_named() -> None:
    with pytest.raises(DatabaseUnusable, match="needs a driver that is not installed: pymssql"):
        open_database("mssql+pymssql://someone:secret@localhost/directory")


def test_sqlite_keeps_foreign_keys_and_lets_readers_read_while_another_writes(url: str) -> None:
    engine = open_database(url)
    create_tables(engine)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    engine.dispose()
