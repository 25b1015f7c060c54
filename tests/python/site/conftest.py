"""The site, built once, and a browser to look at it."""

import functools
import http.server
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)

SLOW_MACHINE = 180_000  # milliseconds: what a page may take while every core runs tests


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The folder of the built site, made as `make site` makes it."""
    folder = tmp_path_factory.mktemp("build") / "site"
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    command = [sys.executable, "-m", "openfisca_cpts.outils.site", str(folder)]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return folder


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format, *args):
        pass


@pytest.fixture(scope="session")
def server(site):
    """The address of the site, served to this machine only."""
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium."""
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=[1280, 390], ids=["desktop", "phone"])
def page(request, chromium):
    """A page at the width of a desktop, then of a phone; it fails on an error of a script."""
    context = chromium.new_context(viewport={"width": request.param, "height": 900}, locale="fr-FR")
    context.set_default_timeout(SLOW_MACHINE)
    page = context.new_page()
    errors, distant = [], []
    page.on("pageerror", lambda error: errors.append(str(error)))
    local = ("http://127.0.0.1:", "file:", "data:", "blob:", "about:")
    page.on("request", lambda each: each.url.startswith(local) or distant.append(each.url))
    yield page
    context.close()
    assert errors == []
    assert distant == [], "something came from the network"
