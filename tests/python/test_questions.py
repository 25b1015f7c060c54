"""`docs/questions.md` is what its commands show today."""

import importlib.util
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_page_is_what_its_commands_show():
    place = ROOT / "scripts" / "build_questions.py"
    spec = importlib.util.spec_from_file_location("build_questions", place)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.page() == module.PAGE.read_text(encoding="utf-8")
