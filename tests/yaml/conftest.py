"""Under pytest, every YAML file below is a file of OpenFisca tests."""

from openfisca_core.tools.test_runner import OpenFiscaPlugin

from openfisca_cpts import CountryTaxBenefitSystem

_extension = OpenFiscaPlugin(CountryTaxBenefitSystem(), {})


def pytest_collect_file(parent, file_path):
    # `openfisca test` registers an extension of its own, and would run each test twice.
    deja = any(
        isinstance(autre, OpenFiscaPlugin) for autre in parent.config.pluginmanager.get_plugins()
    )
    return None if deja else _extension.pytest_collect_file(parent, file_path)
