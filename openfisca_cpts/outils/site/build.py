"""Builds the site: the pages as Markdown, then mkdocs, beside the old site, then in its place."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from openfisca_cpts.outils.site import (
    booklet,
    command,
    comparison_pages,
    figure_pages,
    formula_pages,
    guides,
    home,
    hrefs,
    questions_page,
    reform_pages,
    scale_page,
    tracing_page,
)
from openfisca_cpts.outils.site.matter import Matter, read
from openfisca_cpts.outils.site.pages import FOLDER, Attachment, Page
from openfisca_cpts.outils.site.typesetting import typeset

KINDS = (
    home,
    scale_page,
    figure_pages,
    comparison_pages,
    formula_pages,
    reform_pages,
    tracing_page,
    questions_page,
    booklet,
    guides,
    command,
)
"""The kinds of pages, in the order of the navigation."""
ASSETS = "assets"
WORKERS = "assets/javascripts/workers"
OWN_WORKER = "recherche"
NOT_SERVED = ("sitemap.xml", "sitemap.xml.gz", "404.html")
"""What mkdocs writes for a known address, or with the day of the build."""


class SiteRefusedError(RuntimeError):
    """A page has a link that leads nowhere; the message, in French, lists them all."""


class _Heard(logging.Handler):
    """Keeps what mkdocs complains about."""

    def __init__(self, level: int) -> None:
        super().__init__(level)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one message."""
        self.messages.append(record.getMessage())


def build(root: Path, output: Path) -> int:
    """Build the site.

    Args:
        root: folder of the checkout.
        output: folder of the site; replaced as a whole, once the new site is complete.

    Returns:
        How many pages it has.

    Raises:
        SiteRefusedError: an internal link is broken, or something would come from the network.
    """
    output = output.resolve()
    output.parent.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(prefix=".site-", dir=output.parent))
    try:
        matter = read(root)
        found = items(matter)
        _write(found, work / "pages")
        _mkdocs(found, matter.version, work / "pages", work / "site")
        faults = hrefs.faults(work / "site")
        if faults:
            raise SiteRefusedError("\n".join(faults))
        if output.exists():
            output.rename(work / "old")
        (work / "site").rename(output)
    finally:
        shutil.rmtree(work)
    return sum(isinstance(item, Page) for item in found)


def items(matter: Matter) -> list[Page | Attachment]:
    """Make every page and every file, in the order of the navigation."""
    return [item for kind in KINDS for item in kind.pages(matter)]


def navigation(pages: Iterable[Page]) -> list[Any]:
    """Lay out the navigation as mkdocs reads it.

    Args:
        pages: the pages, in order; those without a place are left out.

    Returns:
        Nested lists of one-key tables: a title, and a page or what stands below.
    """
    top: list[Any] = []
    for page in pages:
        below = top
        for title in page.nav[:-1]:
            title = typeset(title)
            known = [item[title] for item in below if isinstance(item.get(title), list)]
            if not known:
                known = [[]]
                below.append({title: known[0]})
            below = known[0]
        if page.nav:
            below.append({typeset(page.nav[-1]): page.path})
    return top


def _write(found: Iterable[Page | Attachment], folder: Path) -> None:
    for item in found:
        path = folder / item.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(item, Page):
            path.write_text(item.source(), encoding="utf-8")
        else:
            path.write_bytes(item.content)
    shutil.copytree(FOLDER / ASSETS, folder / ASSETS)
    (folder / ASSETS / "search_worker.js").unlink()


def _mkdocs(found: Iterable[Page | Attachment], version: str, pages: Path, site: Path) -> None:
    # mkdocs and its theme are the heaviest import of the package: nothing else needs them.
    from mkdocs.commands.build import build as mkdocs_build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort

    # The pages say no date; this one is for what mkdocs writes by itself.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    config: Any = load_config(
        config_file=str(FOLDER / "mkdocs.yaml"),
        docs_dir=str(pages),
        site_dir=str(site),
        nav=navigation(item for item in found if isinstance(item, Page)),
        strict=True,
    )
    config.extra["search_worker"] = OWN_WORKER
    config.copyright = f"Version {version}. {config.copyright}"
    config.plugins.run_event("startup", command="build", dirty=False)
    heard = _Heard(logging.WARNING)
    logging.getLogger("mkdocs").addHandler(heard)
    try:
        mkdocs_build(config)
    except Abort as error:  # strict: a warning of mkdocs is a fault
        raise SiteRefusedError("\n".join([*heard.messages, str(error)])) from error
    finally:
        logging.getLogger("mkdocs").removeHandler(heard)
        config.plugins.run_event("shutdown")
    for name in NOT_SERVED:
        (site / name).unlink(missing_ok=True)
    _own_worker(site)


def _own_worker(site: Path) -> None:
    """Put the worker of the search beside Material's, whose name changes with its version."""
    (material,) = (site / WORKERS).glob("search.*.js")
    script = (FOLDER / ASSETS / "search_worker.js").read_text(encoding="utf-8")
    own = material.with_name(material.name.replace("search", OWN_WORKER, 1))
    own.write_text(script.replace("SEARCH_WORKER", material.name), encoding="utf-8")
