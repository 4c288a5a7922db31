"""A page as translators get it."""

from translation.exchange import Document, ExchangeUnit, State, unit_id

KEY = "6f1d2c3b-0000-4000-8000-000000000001"


def unit(path, source, target="", state=None, **kwargs):
    state = state or (State.DRAFT if target else State.MISSING)
    return ExchangeUnit(unit_id(path, source), source, target, state, **kwargs)


def document(*units, language="tr", title="World Café"):
    return Document(KEY, title, "de", language, list(units))


def world_cafe():
    return document(
        unit("title", "World Café: Mitmischen", "World Café: Siz de katılın", note="Titel"),
        unit("text", "Kaffee & <1>Kuchen</1> <2>hier</2><3/>ab 15 Uhr", note="Text"),
        unit(
            "text",
            "Zehn Tische, viele Sprachen.",
            "On masa, çok dil.",
            State.OUTDATED,
            note="Text",
            previous="Acht Tische, viele Sprachen.",
        ),
        unit("body.3c1f.text", "Kommen Sie.\nAlle.", "Gelin.\nHerkes.", State.APPROVED, note="Inhalt: Text"),
    )
