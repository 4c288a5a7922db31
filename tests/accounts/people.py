"""People who sign in, and the codes of their apps."""

import base64
import hashlib
import hmac
import re
import struct
import time

from django.contrib.auth import get_user_model

from partners.services import ensure_coordinator_group, ensure_network_group, ensure_partner_group

PASSWORD = "Regenschirm-im-Allgaeu"
LOGIN = "/admin/login/"


def person(name, *groups, **fields):
    """Return a new user in ``groups`` with ``PASSWORD``."""
    user = get_user_model().objects.create_user(name, f"{name}@example.org", PASSWORD, **fields)
    user.groups.set(groups)
    return user


def people(site):
    """Return ``{role: user}`` on a ``SmallSite``; all but the partner need a second factor."""
    return {
        "partner": person("paula", ensure_partner_group(organisation=site.organisation)),
        "coordinator": person("karim", ensure_coordinator_group(region=site.region)),
        "network office": person("nadia", ensure_network_group(home=site.home)),
        "administrator": person("ada", is_superuser=True, is_staff=True),
    }


def code(secret, at=None):
    """Return the six digits that an app shows for ``secret`` (RFC 6238: SHA-1, 30 seconds)."""
    counter = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 10**6:06}"


def sign_in(client, name, password=PASSWORD, address="192.0.2.1", path=LOGIN):
    """Send the form for signing in, and return the response."""
    return client.post(path, {"login": name, "password": password}, REMOTE_ADDR=address)


def set_up_app(client):
    """Set up an app for whoever is signed in, and return its secret."""
    page = client.get("/admin/second-factor/totp/activate/").content.decode()
    secret = re.search(r'<code class="secret" dir="ltr">([A-Z2-7]+)</code>', page)[1]
    response = client.post("/admin/second-factor/totp/activate/", {"code": code(secret)})
    assert (response.status_code, response.url) == (302, "/admin/second-factor/recovery-codes/")
    return secret
