"""The guide of the Web API shows what the Web API does."""

import json
import re
from pathlib import Path

from openfisca_web_api.app import create_app

from openfisca_cpts import CountryTaxBenefitSystem

ROOT = Path(__file__).parents[3]
TEXT = (ROOT / "docs" / "web_api.md").read_text()


def test_the_guide_shows_what_the_web_api_answers():
    client = create_app(CountryTaxBenefitSystem()).test_client()
    question = json.loads(re.search(r"-d '(.+?)'\n```", TEXT, re.DOTALL)[1])
    answer = json.loads(re.search(r"```json\n(.+?)```", TEXT, re.DOTALL)[1])
    assert client.post("/calculate", json=question).json == answer
    for address in re.findall(r"`(/[a-z]+)`", TEXT):
        if address not in ("/calculate", "/trace"):
            assert client.get(address).status_code == 200, address
