"""What the tests of `simulate` share: small tables, written as files."""

import pytest

from openfisca_cpts.outils.simulation import TableError, simulate


@pytest.fixture
def write_csv(tmp_path):
    """Write a CSV file from lines; give its path."""

    def write(*lines, name="table.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes("\r\n".join(lines).encode(encoding))
        return path

    return write


@pytest.fixture
def faults():
    """Simulate a table that is refused; give its faults."""

    def run(table, annees=2024, **options):
        with pytest.raises(TableError) as refusal:
            simulate(table, annees, **options)
        assert str(refusal.value)
        return refusal.value.faults

    return run
