"""What the tests of the report share: a page of a small study, and what a browser makes of it."""

import html.parser
import json

import pytest

from openfisca_cpts.outils.loi.differences import between_systems
from openfisca_cpts.outils.rapport.page import page
from openfisca_cpts.outils.simulation import study
from openfisca_cpts.outils.simulation.study_tables import SHOWN_VARIABLES
from openfisca_cpts.outils.tables.of_study import tables

COMMAND = "openfisca-cpts simulate t.csv --from 2025 --to 2026"


class Page(html.parser.HTMLParser):
    """A page as it reads.

    Attributes:
        text: its HTML.
        words: its visible words, spaces of any kind as one space.
        tags: each tag with its attributes.
        specs: the specification of each chart, by its key.
        sections: the anchors of its sections, in their order.
        tables: the cells of each table, row after row.
    """

    def __init__(self, text):
        super().__init__()
        self.text, self.tags, self.specs, self.sections, self.tables = text, [], {}, [], []
        self._words, self._inside, self._script = [], [], None
        self.feed(text)
        self.words = " ".join(" ".join(self._words).split())

    def data(self, key, layer=None):
        """Give the data of a chart, or of one of its layers."""
        spec = self.specs[key]
        part = spec if layer is None else spec["layer"][layer]
        return spec["datasets"][part.get("data", spec.get("data"))["name"]]

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.tags.append((tag, given))
        if tag == "section" and "id" in given:
            self.sections.append(given["id"])
        if tag in ("script", "style"):
            self._script = given.get("id", "")
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in ("td", "th"):
            self.tables[-1][-1].append("")
            self._inside.append(tag)

    def handle_endtag(self, tag):
        if tag in ("script", "style"):
            self._script = None
        if tag in ("td", "th"):
            self._inside.pop()

    def handle_data(self, data):
        if self._script is None:
            self._words.append(data)
            if self._inside:
                self.tables[-1][-1][-1] += data.replace("\u00a0", " ")
        elif self._script.startswith("donnees_"):
            self.specs[self._script.removeprefix("donnees_")] = json.loads(data)


@pytest.fixture
def report(tmp_path):
    """Write the page of a table, given as lines of CSV, a file or a frame; read it."""

    def write(table, years=(2025, 2026), reforms=(), by=(), **options):
        if isinstance(table, str):
            path = tmp_path / "t.csv"
            path.write_text(table, encoding="utf-8")
            table = path
        variables = dict.fromkeys(SHOWN_VARIABLES)
        with study(table, years, reforms, list(variables), **options) as done:
            law, *others = done.scenarios
            differences = {
                scenario.name: between_systems(law.system.parameters, scenario.system.parameters)
                for scenario in others
            }
            return Page(
                page(
                    done,
                    "t.csv",
                    tables(done, by, differences),
                    COMMAND,
                    '{\n  "a": "<b>"\n}\n',
                    by,
                )
            )

    return write
