"""`python -m openfisca_cpts.outils.site`: what it refuses, and says."""

from openfisca_cpts.outils.site import __main__ as command


def test_a_folder_that_is_no_site_is_never_erased(tmp_path, capsys):
    (tmp_path / "thesis.docx").write_text("three years")
    assert command.main([str(tmp_path)]) == command.BAD_INPUT
    assert "contient autre chose qu'un site" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_the_extra_is_named_where_it_is_missing(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(command, "find_spec", lambda name: None)
    assert command.main([str(tmp_path / "site")]) == command.BAD_INPUT
    assert 'pip install "openfisca-cpts[site]"' in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_installed_package_has_no_tests_to_show(monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(command, "CHECKOUT", tmp_path)
    assert command.main([str(tmp_path / "site")]) == command.BAD_INPUT
    assert "depuis le dépôt" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
