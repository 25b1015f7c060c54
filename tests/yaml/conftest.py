"""Under pytest, every YAML file below is a file of OpenFisca tests."""

from openfisca_core.tools.test_runner import OpenFiscaPlugin

from openfisca_cpts import CountryTaxBenefitSystem


def pytest_configure(config):
    # `openfisca test` has registered its own, and each test would run twice.
    if not any(isinstance(p, OpenFiscaPlugin) for p in config.pluginmanager.get_plugins()):
        config.pluginmanager.register(OpenFiscaPlugin(CountryTaxBenefitSystem(), {}))
