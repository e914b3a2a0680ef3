"""What a browser calls itself, in words; and an address, without what tells one house by it."""

from ipaddress import IPv6Address, ip_address, ip_network

from django.utils.translation import gettext as _

# The first that stands in the name is meant: nearly every browser also claims to be the next ones.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser_words(agent: str) -> str:
    """Return which browser it is, and on what it runs, as far as it says."""
    browser, system = _first(_BROWSERS, agent), _first(_SYSTEMS, agent)
    if not system:
        return browser or _("Another browser")
    said = {"browser": browser or _("Another browser"), "system": system}
    return _("%(browser)s on %(system)s") % said


def shortened_address(address: str) -> str:
    """Return the network of an address: its first 24 bits, of a long one 48."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    bits = 48 if isinstance(found, IPv6Address) else 24
    return str(ip_network((found.packed, bits), strict=False))


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for sign, name in known if sign in agent), "")
