"""An index that is broken, half written or old is never believed: content makes it again."""

import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import distributions
from pathlib import Path

import pytest
from whoosh.index import open_dir
from whoosh.query import Term

from directory.search import SearchIndex
from directory.search.whoosh_files import FORMAT
from tests.search.invented import ask, found, listing, many, snapshot

ROOT = Path(__file__).parents[2]
CONTENT = snapshot(*many(30))


@pytest.fixture
def built(folder: Path) -> Path:
    """The build of a sound index."""
    SearchIndex(folder).sync(CONTENT)
    return (folder / "current").resolve()


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def emptied(file: Path) -> None:
    file.write_bytes(b"")


def removed(file: Path) -> None:
    file.unlink()


def one_bit_turned(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 16
    file.write_bytes(data)


def overwritten(file: Path) -> None:
    file.write_bytes(random.Random(1).randbytes(file.stat().st_size))


def made_a_folder(file: Path) -> None:
    file.unlink()
    file.mkdir()


DAMAGES = [cut_short, emptied, removed, one_bit_turned, overwritten, made_a_folder]
FILES = ["*.toc", "*.trm", "*.pst", "*_stored.col", "sums.json"]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_file_is_noticed_and_the_index_built_again(
    folder: Path, built: Path, file: str, damage: Callable[[Path], None]
) -> None:
    (path,) = built.glob(file)
    damage(path)
    index = SearchIndex(folder)
    assert index.sync(CONTENT).is_rebuilt
    assert found(index, "unique011") == ("group-011",)
    assert index.status.fault is None


def test_every_file_of_a_build_is_among_those_that_are_damaged_here(built: Path) -> None:
    """So that a new kind of file does not go untested."""
    kinds = {path.suffix for path in built.iterdir()} - {""}
    assert kinds == {Path(file).suffix for file in FILES}


@pytest.mark.parametrize(
    "sums", ["[]", "{}", "null", '{"a": 1}', '{"a": [1]}', '{"a": [1, "x"]}', '{"../../x": [1, 1]}', "{", "\ud800"]
)
def test_a_list_of_files_that_makes_no_sense_is_damage_too(folder: Path, built: Path, sums: str) -> None:
    (built / "sums.json").write_text(sums, encoding="utf-8", errors="surrogatepass")
    assert SearchIndex(folder).sync(CONTENT).is_rebuilt


@pytest.mark.parametrize("where", ["nowhere", "../..", ".lock", "", None])
def test_a_link_that_leads_nowhere_is_an_index_that_is_missing(folder: Path, built: Path, where: str | None) -> None:
    (folder / "current").unlink()
    if where:
        (folder / "current").symlink_to(where)
    index = SearchIndex(folder)
    assert index.sync(CONTENT).is_rebuilt
    assert ask(index, "group").total == 30
    assert not built.exists()


def test_an_index_that_was_copied_without_its_links_is_built_again(folder: Path, built: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "copy")
    index = SearchIndex(tmp_path / "copy")
    assert index.sync(CONTENT).is_rebuilt
    assert (tmp_path / "copy" / "current").is_symlink()
    assert built.exists()


def test_an_index_of_another_format_is_built_again(folder: Path, built: Path) -> None:
    sums = json.loads((built / "sums.json").read_text())
    (name,) = (name for name in sums if name.endswith(".toc"))
    (built / name).rename(built / "_v0_1.toc")
    sums["_v0_1.toc"] = sums.pop(name)
    (built / "sums.json").write_text(json.dumps(sums))
    index = SearchIndex(folder)
    assert index.sync(CONTENT).is_rebuilt
    assert ask(index, "group").total == 30


def test_a_process_goes_on_with_its_good_index_when_a_newer_one_is_damaged(folder: Path, built: Path) -> None:
    reader, writer = SearchIndex(folder), SearchIndex(folder)
    reader.sync(CONTENT)
    writer.sync(snapshot(*many(31)))
    for file in (folder / "current").glob("*.trm"):
        cut_short(file)
    reader.refresh()
    assert ask(reader, "group").total == 30
    assert reader.is_ready
    assert ".trm" in str(reader.status.fault)
    assert reader.sync(CONTENT).is_rebuilt
    assert reader.status.fault is None
    assert built.name != (folder / "current").readlink().name


def test_damage_done_to_a_running_index_is_never_carried_into_the_next(folder: Path, built: Path) -> None:
    index = SearchIndex(folder)
    index.sync(CONTENT)
    one_bit_turned(next(built.glob("*.pst")))
    assert index.sync(snapshot(*many(30), listing("new", "Newcomer"))).is_rebuilt
    assert found(index, "unique011") == ("group-011",)


def test_an_open_index_answers_though_its_files_are_gone(folder: Path, built: Path) -> None:
    index = SearchIndex(folder)
    index.sync(CONTENT)
    shutil.rmtree(built)
    assert found(index, "unique011") == ("group-011",)
    assert SearchIndex(folder).sync(CONTENT).is_rebuilt


KILLED_AT_EVERY_STEP = """
import os, signal, sys
from itertools import count
from pathlib import Path
from directory.search import SearchIndex
from tests.search.invented import listing, many, snapshot

STEPS = ("open", "os.", "fcntl.", "tempfile.", "shutil.")
folder, content = Path(sys.argv[1]), snapshot(*many(50))
other = snapshot(*many(49), listing("changed", "Changed"))
write = {"rebuild": lambda: SearchIndex(folder).rebuild(content), "sync": lambda: SearchIndex(folder).sync(other)}

def write_up_to(step):
    steps = count(1)
    def hook(event, _):
        if event.startswith(STEPS) and next(steps) == step:
            os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)
    write[sys.argv[2]]()
    os._exit(0)

for step in count(1):
    child = os.fork() or write_up_to(step)
    _, ended = os.waitpid(child, 0)
    index = SearchIndex(folder)
    index.refresh()
    print(step, index.status.listings, index.status.fault)
    if not os.WIFSIGNALED(ended):
        sys.exit(os.waitstatus_to_exitcode(ended))
"""


@pytest.mark.parametrize("write", ["rebuild", "sync"])
def test_a_writer_killed_before_any_step_it_takes_leaves_a_whole_index(folder: Path, write: str) -> None:
    """One process for each time that a writer asks something of the system; each is killed just before it does."""
    index = SearchIndex(folder)
    index.sync(snapshot(*many(50)))
    command = [sys.executable, "-c", KILLED_AT_EVERY_STEP, str(folder), write]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True)
    steps = done.stdout.splitlines()
    assert len(steps) > 30
    assert [line.split(" ", 1)[1] for line in steps] == ["50 None"] * len(steps)
    index.rebuild(snapshot(*many(51)))
    assert ask(index, "unique050").total == 1
    assert {path.name for path in folder.iterdir()} == {".lock", "current", str((folder / "current").readlink())}


def test_a_rebuild_is_on_the_disk_before_anybody_is_pointed_to_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []
    flush = os.fsync

    def told(descriptor: int) -> None:
        flushed.append(Path(f"/proc/self/fd/{descriptor}").resolve().name)
        is_current = (folder / "current").is_symlink()
        assert is_current == (flushed[-1] == folder.name), "the link is set before its build is on the disk"
        flush(descriptor)

    monkeypatch.setattr(os, "fsync", told)
    SearchIndex(folder).sync(CONTENT)
    build = (folder / "current").resolve()
    written = {path.name for path in build.iterdir() if not path.name.endswith("_WRITELOCK")}
    assert set(flushed) == {*written, build.name, folder.name}
    assert flushed[-2:] == [build.name, folder.name]


IMPORTED_STRICTLY = """
import sys, warnings
import numpy, phonenumbers, pydantic
warnings.simplefilter("error")
import directory.search
assert not {"whoosh.qparser", "whoosh.spelling", "whoosh.searching", "whoosh.scoring"} & set(sys.modules)
"""


def test_whoosh_is_compiled_without_a_warning_and_its_parser_and_speller_stay_out(tmp_path: Path) -> None:
    """Newer Pythons warn of escapes in its files; its query parser and its suggestions are known to bite."""
    command = [sys.executable, "-X", f"pycache_prefix={tmp_path}", "-c", IMPORTED_STRICTLY]
    subprocess.run(command, check=True, cwd=ROOT)


def test_one_whoosh_is_installed_and_it_is_the_one_that_was_measured() -> None:
    """Four forks put their files into the same folder; two of them make a mixture that nobody has tested."""
    owners = {
        (one.name, one.version)
        for one in distributions()
        if any(str(file).startswith("whoosh/") for file in one.files or ())
    }
    assert owners == {("Whoosh", "2.7.4")}


@pytest.mark.parametrize("word", ["group", "unique011", "circl"])
def test_the_files_are_whooshs_own_and_its_searcher_finds_the_same(folder: Path, word: str) -> None:
    """Several segments and deleted documents too."""
    listings = many(60)
    index = SearchIndex(folder)
    for n in (None, 4, 11, 30):
        listings = [listing(one.slug, "Circle") if n is not None and one == listings[n] else one for one in listings]
        index.sync(snapshot(*listings))
    with open_dir(folder / "current", indexname=f"v{FORMAT}").searcher() as searcher:
        theirs = {hit["facts"][0] for hit in searcher.search(Term("terms", word), limit=None)}
    assert theirs == set(found(index, word, per_page=100))
    assert bool(theirs) == (word != "unique011")
