"""Reads pages with a parser of its own and says what in them is no text of ours."""

from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

#: Schemes of addresses that a page of ours may lead to; "" is within the site.
SCHEMES = {"", "http", "https", "mailto", "tel", "webcal", "sms"}
#: Elements that pages of ours never contain.
FORBIDDEN = {"applet", "base", "embed", "frame", "frameset", "marquee", "math", "object", "plaintext"}
ADDRESSES = {"action", "cite", "data", "formaction", "href", "poster", "src"}


def parsed(body):
    """Return the root of the page ``body`` (bytes or text), built as a browser would: a ``LexborNode``."""
    return LexborHTMLParser(body).root


def _elements(node, depth=0, without=()):
    """Yield ``(depth, element)`` of everything below ``node``, in order, but what lies in a class ``without``."""
    for child in node.iter(include_text=False):
        yield depth, child
        if set((child.attributes.get("class") or "").split()).isdisjoint(without):
            yield from _elements(child, depth + 1, without)


def harm_in(root):
    """Return a list of what in a ``parsed`` page is harmful: elements, handlers, addresses, scripts, in words."""
    found = []
    for _depth, element in _elements(root):
        name = element.tag
        if name in FORBIDDEN or "hostile" in name:
            found.append(f"<{name}>")
        if name in {"script", "style"} and not _is_data(element) and "hostile(" in element.text():
            found.append(f"<{name}>: {element.text()[:80]}")
        for attribute, value in element.attributes.items():
            attribute, value = attribute.rpartition(":")[2].lower(), value or ""
            is_bad = (
                attribute.startswith("on")
                or "hostile" in attribute
                or attribute == "srcdoc"
                or (attribute in ADDRESSES and not _is_safe(value))
                or (attribute == "style" and "hostile" in value)
                or (attribute == "http-equiv" and value.lower() == "refresh")
            )
            if is_bad:
                found.append(f"<{name} {attribute}={value!r}>")
    return found


def skeleton(root, *, without=()):
    """Return the elements of a ``parsed`` page with the names of their attributes: what must not hang on its texts.

    What lies within an element of one of the classes ``without`` is left out.
    """
    return [
        (depth, element.tag, tuple(sorted(element.attributes)))
        for depth, element in _elements(root, without=without)
    ]


def _is_data(script):
    """Return whether a script element holds data, which a browser never runs."""
    return script.attributes.get("type") in {"application/ld+json", "application/json"}


def _is_safe(address):
    cleaned = "".join(letter for letter in address if letter > " ").lower()
    try:
        parts = urlsplit(cleaned)
    except ValueError:
        return False
    # A number to call is no host, however much it looks like one.
    return parts.scheme in SCHEMES and ("hostile.example" not in parts.netloc or parts.scheme == "tel")
