"""What is installed elsewhere: everything pinned by hash, and a wheel that carries what pages are made of."""

import json
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
LOCKS = sorted((PROJECT / "requirements").glob("*.lock"))
PINNED = re.compile(r"^(?P<name>[a-z0-9-]+)==\S+(?: ; [^\\]+)?(?: \\\n +--hash=sha256:[0-9a-f]{64})+$", re.MULTILINE)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_a_lock_pins_each_package_by_hash_and_names_no_address(lock: Path) -> None:
    text = lock.read_text()

    assert PINNED.search(text)
    assert PINNED.sub("", text).strip() == ""


def test_every_dependency_is_locked() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    wanted = {"runtime": [*project["project"]["dependencies"], *project["build-system"]["requires"]]}
    wanted["development"] = [*wanted["runtime"], *project["dependency-groups"]["dev"]]

    for lock, requirements in wanted.items():
        text = (PROJECT / "requirements" / f"{lock}.lock").read_text()
        names = {re.split(r"[=<>~!;\[ ]", requirement)[0] for requirement in requirements}
        assert names <= {found["name"] for found in PINNED.finditer(text)}


def test_node_packages_are_pinned_by_hash_and_name_no_address() -> None:
    packages = json.loads((PROJECT / "package-lock.json").read_text())["packages"]
    installed = {name: package for name, package in packages.items() if name}

    assert installed
    assert all(package["integrity"].startswith("sha512-") for package in installed.values())
    assert not any("resolved" in package for package in installed.values())


def test_an_installed_wheel_finds_its_templates_styles_and_translations(tmp_path: Path) -> None:
    built = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(tmp_path)]
    subprocess.run(built, cwd=PROJECT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)

    asked = "from directory.settings import resources as r; print(r('templates'), r('static'), r('translations'))"
    run = subprocess.run([sys.executable, "-c", asked], cwd=installed, check=True, capture_output=True, text=True)
    templates, static, translations = map(Path, run.stdout.split())

    assert templates == installed / "directory" / "templates"
    assert list(templates.rglob("*.html"))
    assert (static / "built" / "site.css").stat().st_size > 0
    assert list(translations.rglob("*.mo"))
