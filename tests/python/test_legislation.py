"""The tree that the package reads itself is the one that openfisca-core reads."""

import functools
from pathlib import Path

import pytest
from openfisca_core.errors import ParameterParsingError
from openfisca_core.parameters import Parameter, ParameterNode

import openfisca_cpts
from openfisca_cpts import legislation

DOSSIER = Path(openfisca_cpts.__file__).parent
TREES = [
    DOSSIER / "parameters",
    *sorted(path for path in DOSSIER.glob("reforms/*/*/parametres") if path.is_dir()),
]
FIELDS = ("name", "description", "documentation", "metadata")


def described(node):
    """All that a node or a figure says, with its values, by path."""
    said = {field: getattr(node, field) for field in FIELDS}
    said["type"] = type(node)
    said["file"] = str(node.file_path)
    if isinstance(node, Parameter):
        said["values"] = [
            (value.name, value.instant_str, value.value, value.metadata, str(value.file_path))
            for value in node.values_list
        ]
    return said


def whole(root):
    return {node.name: described(node) for node in [root, *root.get_descendants()]}


@pytest.mark.parametrize("folder", TREES, ids=lambda path: path.parent.name)
@pytest.mark.parametrize("name", ["", "reformes.essai"])
def test_the_tree_is_the_one_of_openfisca_core(monkeypatch, folder, name):
    # openfisca-core opens files in the encoding of the machine: make it that of the files.
    monkeypatch.setattr("builtins.open", functools.partial(open, encoding="utf-8"))
    theirs = ParameterNode(name, directory_path=str(folder))
    monkeypatch.undo()
    legislation._transmettre(theirs)
    assert whole(legislation.charger(folder, name)) == whole(theirs)


def test_the_sizes_of_a_file_stay_in_its_order():
    node = legislation.charger(DOSSIER / "parameters").aci.fonctionnement
    assert list(node.children) == ["taille_1", "taille_2", "taille_3", "taille_4"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.yaml", b"", "des clés et leurs valeurs"),
        ("a.yaml", b"description: [", "YAML invalide"),
        ("a.yaml", b"description: a\ndescription: b\nvalues: {}\n", "YAML invalide"),
        ("a.yaml", "description: é\n".encode("cp1252"), "YAML invalide"),
        ("index.yaml", b"taille_1: {values: {2020-01-01: 3}}", "« taille_1 »"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ParameterParsingError) as refusal:
        legislation.charger(tmp_path)
    assert said in str(refusal.value)
    assert name in str(refusal.value)


def test_a_file_and_a_folder_of_one_name(tmp_path):
    (tmp_path / "a.yaml").write_text("values: {2020-01-01: 3}", encoding="utf-8")
    (tmp_path / "a").mkdir()
    with pytest.raises(ValueError, match="already a child"):
        legislation.charger(tmp_path)
