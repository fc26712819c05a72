"""Where a request comes from, for limits: the network's address, which may be that of a whole hub's Wi-Fi."""

from flask import request

from directory.web.showing import shown


def visitor_address() -> str:
    """The visitor's network address. Proxies of ours are believed, and nothing that a visitor can make up."""
    proxies = shown().services.settings.proxies
    told = request.headers.get("X-Forwarded-For", "").split(",")
    return told[-proxies].strip() if 0 < proxies <= len(told) else request.remote_addr or ""
