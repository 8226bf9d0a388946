"""Decides which addresses of the network may be asked.

Knows hosts, ports and networks. Does not know HTTP: whoever connects asks here first, with the
address that a name was resolved to, so that a name cannot mean one thing when it is checked and
another when it is used.
"""

import ipaddress
from collections.abc import Collection, Iterable
from typing import TypeAlias
from urllib.parse import urlsplit

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network

DEFAULT_PORTS = {"http": 80, "https": 443}


def is_allowed_page(url: str, hosts: Collection[str]) -> bool:
    """Whether a URL leads to one of the hosts over HTTP.

    Args:
        url: The URL.
        hosts: Names in lower case, with a port where it is not the usual one of the scheme.

    Examples:
        >>> hosts = {"www.example.gov.cn", "files.example.gov.cn:8080"}
        >>> [is_allowed_page(url, hosts) for url in (
        ...     "https://www.example.gov.cn/a", "http://www.example.gov.cn:22/",
        ...     "http://files.example.gov.cn:8080/b", "http://www.example.gov.cn.evil.example/",
        ...     "file:///etc/passwd", "http://www.example.gov.cn@evil.example/")]
        [True, False, True, False, False, False]
        >>> is_allowed_page("http://[2001:db8::1]:8080/a", {"[2001:db8::1]:8080"})
        True
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.scheme not in DEFAULT_PORTS or parts.username is not None:
        return False
    host = f"[{host}]" if ":" in host else host
    named = host if port in (None, DEFAULT_PORTS[parts.scheme]) else f"{host}:{port}"
    return named in hosts


def is_allowed_address(text: str, networks: Iterable[Network]) -> bool:
    """Whether a resolved address is public, or in a network that was allowed by name.

    Examples:
        >>> [is_allowed_address(text, ()) for text in (
        ...     "219.145.244.73", "127.0.0.1", "10.1.2.3", "169.254.169.254", "::1",
        ...     "::ffff:192.168.0.1", "0.0.0.0", "224.0.0.1", "not an address")]
        [True, False, False, False, False, False, False, False, False]
        >>> is_allowed_address("127.0.0.1", [ipaddress.ip_network("127.0.0.0/8")])
        True
    """
    try:
        address = _embedded(ipaddress.ip_address(text))
    except ValueError:
        return False
    if any(address in network for network in networks):
        return True
    return address.is_global and not address.is_multicast


def literal_address(url: str) -> str | None:
    """The address that a URL names instead of a host, None where it names a host."""
    host = urlsplit(url).hostname or ""
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None


def _embedded(address: Address) -> Address:
    """The IPv4 address inside an IPv6 one that stands for it, or else the address itself."""
    if isinstance(address, ipaddress.IPv6Address):
        return address.ipv4_mapped or address.sixtofour or address
    return address
