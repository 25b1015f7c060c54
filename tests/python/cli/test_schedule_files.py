"""`openfisca-cpts schedule` with several plans: screen, workbook, calendar, CSV, JSON."""

import json
from pathlib import Path

import icalendar
import openpyxl
import polars
import pytest

HYPOTHESES = Path(__file__).parents[3] / "examples" / "trois_hypotheses.csv"
SPAN = ("--from", "2026-12", "--to", "2028-05")
ASKED = ("schedule", HYPOTHESES, "--all", *SPAN)
SUMS = (389_796.23, 385_413.52, 357_166.10)


def words(text):
    return " ".join(text.replace("\u00a0", " ").split())


def written(command, path, *options):
    answer = command(*(options or ASKED), "--output", path)
    assert (answer.code, answer.err) == (0, "")
    return path


def test_the_screen_puts_plans_side_by_side(command, monkeypatch):
    monkeypatch.setenv("COLUMNS", "100")
    answer = command(*ASKED)
    assert answer.code == 0
    assert "…" not in answer.out
    assert max(map(len, answer.out.splitlines())) <= 100
    out = words(answer.out)
    assert "Plans de versement : 3 plans, de 12/2026 à 05/2028" in out
    assert "ensemble 389 796,23 385 413,52 357 166,10" in out
    assert "05/2028 389 796,23 385 413,52 357 166,10 −4 382,71 −32 630,14" in out
    # What is true of all of them is said once.
    assert out.count("Population de 2023") == 1


def test_what_no_screen_holds_is_said_to_be_in_the_workbook(command, monkeypatch):
    monkeypatch.setenv("COLUMNS", "60")
    answer = command(*ASKED)
    assert answer.code == 0
    out = words(answer.out)
    assert "Trop large pour cet écran : --output plan.xlsx le donne" in out
    assert "259 275,68 389 796,23 422 426,37" in out


def test_the_sums_of_the_workbook_are_live_and_have_their_values(command, tmp_path):
    path = written(command, tmp_path / "plan.xlsx")
    live, valued = (openpyxl.load_workbook(path, data_only=only) for only in (False, True))
    assert live.sheetnames == [
        *("Trésorerie", "Bas, donné, haut", "Versements", "Échéances", "À savoir")
    ]
    formulas = list(live["Trésorerie"].iter_rows(min_row=4, values_only=True))
    values = list(valued["Trésorerie"].iter_rows(min_row=4, values_only=True))
    assert formulas[0][:4] == (
        *("Mois", "CPTS du Val, versé", "CPTS du Val, qualité + 3 mois, versé"),
        "CPTS du Val, 60 %, versé",
    )
    assert formulas[18][4] == "=E21+B22"
    assert formulas[18][7] == "=F22-E22"
    assert formulas[19][:2] == ("ensemble", "=SUM(B5:B22)")
    assert values[19][1:4] == pytest.approx(SUMS, abs=0.005)
    assert values[18][4:7] == pytest.approx(SUMS, abs=0.005)
    months = [row[0] for row in values[1:19]]
    assert (months[0].month, months[0].year, months[-1].month) == (12, 2026, 5)
    (chart,) = live["Trésorerie"]._charts
    assert len(chart.series) == 3
    ranges = list(valued["Bas, donné, haut"].iter_rows(values_only=True))
    assert ranges[-1][1:4] == pytest.approx((259_275.68, 389_796.23, 422_426.37), abs=0.005)
    lines = list(valued["Versements"].iter_rows(values_only=True))
    assert lines[-1][5] == pytest.approx(sum(SUMS), abs=0.01)
    assert "SUBTOTAL" in list(live["Versements"].iter_rows(values_only=True))[-1][5]
    notes = [row[1] for row in valued["À savoir"].iter_rows(min_row=2, values_only=True)]
    assert any("trois_hypotheses.csv" in note for note in notes)


def test_the_formulas_give_what_the_cells_hold(command, tmp_path):
    path = written(command, tmp_path / "plan.xlsx")
    live, valued = (openpyxl.load_workbook(path, data_only=only) for only in (False, True))
    formulas, values = live["Trésorerie"], valued["Trésorerie"]
    for row in range(5, 23):
        for own, running in zip("BCD", "EFG", strict=True):
            before = values[f"{running}{row - 1}"].value if row > 5 else 0
            expected = before + values[f"{own}{row}"].value
            assert values[f"{running}{row}"].value == pytest.approx(expected, abs=1e-6)
            text = f"={running}{row - 1}+{own}{row}" if row > 5 else f"={own}{row}"
            assert formulas[f"{running}{row}"].value == text


def test_a_workbook_has_the_same_bytes_each_time(command, tmp_path):
    one, other = (written(command, tmp_path / name) for name in ("a.xlsx", "b.xlsx"))
    assert one.read_bytes() == other.read_bytes()


def test_the_calendar_holds_payments_and_deadlines(command, tmp_path):
    asked = ("schedule", HYPOTHESES, "--id", "base", "--from", "2023", "--to", "2028")
    path = written(command, tmp_path / "plan.ics", *asked)
    plan = json.loads(command(*asked, "--format", "json").out)
    calendar = icalendar.Calendar.from_ical(path.read_bytes())
    events = {str(event["summary"]): event["dtstart"].dt for event in calendar.walk("VEVENT")}
    months = {line["mois"] for line in plan["versements"]}
    paid = [day for said, day in events.items() if "€ en " in said]
    assert sorted(f"{day:%Y-%m}" for day in paid) == sorted(months)
    assert any("206\u00a0287,67\u00a0€ en mars 2027" in said for said in events)
    end = events["CPTS du Val : Fin du contrat, qui n'est pas renouvelé de lui-même"]
    assert end.isoformat() == plan["fin"]
    said = "CPTS du Val : Date limite pour démarrer la mission « Parcours »"
    assert events[said].isoformat() == plan["echeances"][1]["echeance_demarrage"]
    ids = [str(event["uid"]) for event in calendar.walk("VEVENT")]
    assert len(set(ids)) == len(ids)
    again = written(command, tmp_path / "again.ics", *asked)
    assert again.read_bytes() == path.read_bytes()


def test_a_csv_and_a_json_tell_plans_apart(command, tmp_path):
    asked = ("schedule", HYPOTHESES, "--id", "base,taux60", "--reform", "avance_50", *SPAN)
    rows = polars.read_csv(
        written(command, tmp_path / "plan.csv", *asked), separator=";", decimal_comma=True
    )
    plans = json.loads(command(*asked, "--format", "json").out)
    assert [(plan["id"], plan["scenario"]) for plan in plans] == [
        *(("base", "droit_en_vigueur"), ("base", "avance_50")),
        *(("taux60", "droit_en_vigueur"), ("taux60", "avance_50")),
    ]
    for plan in plans:
        of_plan = rows.filter(id=plan["id"], scenario=plan["scenario"])
        expected = [line["montant"] for line in plan["versements"]]
        assert of_plan["montant"].to_list() == expected


def test_a_figure_that_is_set_makes_a_scenario(command):
    setting = "aci.versements.taux_avance=0.5@2026-01-01"
    options = ("--set", "population=62300", "--set", "date_signature_contrat=15/03/2023")
    out = words(command("schedule", *options, "--set", setting, *SPAN).out)
    assert "reglages" in out
    assert "Droit en vigueur € reglages €" in out
    beside = command("schedule", HYPOTHESES, "--all", "--set", setting, *SPAN)
    assert beside.code == 0


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((HYPOTHESES,), "Le tableau a 3 communautés : en nommer une (par exemple « base »), ou"),
        ((HYPOTHESES, "--all", "--id", "base"), "--id et --all ne se donnent pas ensemble"),
        ((HYPOTHESES, "--id", "base,basse"), "« basse » (le plus proche : « base »)"),
        ((HYPOTHESES, "--all", "--reform", "enveloppe_fermee"), "enveloppe_fermee=0,9"),
        ((HYPOTHESES, "--all", "--from", "2026-14"), "n'est ni une année ni un mois"),
        ((HYPOTHESES, "--all", "--set", "aci.nimporte.quoi=1@2026-01-01"), "aci"),
    ],
)
def test_what_cannot_be_is_refused(command, tmp_path, asked, said):
    answer = command("schedule", *asked, "--output", tmp_path / "plan.xlsx")
    assert (answer.code, answer.out) == (2, "")
    assert said in words(answer.err)
    assert not list(tmp_path.iterdir())
