"""Compiles the catalogues before the wheel is packed, so that nobody needs gettext to install it."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from setuptools import setup
from setuptools.command.build_py import build_py


class BuildWithCatalogues(build_py):
    """Writes a ``.mo`` beside every ``.po``, then builds as usual."""

    def run(self):
        for catalogue in Path("suche_biete/locale").glob("*/LC_MESSAGES/*.po"):
            with catalogue.open("rb") as source, catalogue.with_suffix(".mo").open("wb") as target:
                write_mo(target, read_po(source, abort_invalid=True))
        super().run()


setup(cmdclass={"build_py": BuildWithCatalogues})
