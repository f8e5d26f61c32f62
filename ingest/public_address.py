"""A host name -> the addresses that may be dialled: a feed's URL must not lead into the network Hivecast stands in."""

import ipaddress
import socket
from collections.abc import Callable, Sequence

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]

# `is_global` of Python 3.11 calls several of these public; the translations (6to4, NAT64, mapped) hide an IPv4 address.
DENIED = tuple(
    ipaddress.ip_network(block)
    for block in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24"),
        *("192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        *("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"),
    )
)
# All of public IPv6 lies here; whatever is elsewhere (loopback, mapped, NAT64, local, multicast, SRv6) is not.
PUBLIC_IPV6 = ipaddress.IPv6Network("2000::/3")


class NotPublic(ValueError):
    """A URL leads to an address that is not public."""


def resolve(host: str, port: int) -> tuple[str, ...]:
    """Return the addresses of a host, IPv4 first; raises OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in sorted(found, key=lambda entry: entry[0] != socket.AF_INET)))


def dialable(host: str, port: int, allow_private: bool, resolve_with: Resolve = resolve) -> tuple[str, ...]:
    """Resolve a host once and return its addresses, which are then dialled as they are, so that a second answer of the DNS cannot matter.

    Raises NotPublic if any of them is not public (unless `allow_private`), OSError if the name is unknown.
    """
    addresses = tuple(address.partition("%")[0] for address in resolve_with(host, port))
    if not addresses:
        raise OSError(f"{host} has no address")
    for address in addresses:
        if not (allow_private or is_public(ipaddress.ip_address(address))):
            raise NotPublic(f"{host} leads to {address}, which is not a public address")
    return addresses


def is_public(address: Address) -> bool:
    """Tell whether an address belongs to the public internet."""
    if isinstance(address, ipaddress.IPv6Address) and address not in PUBLIC_IPV6:
        return False
    return not any(address in block for block in DENIED if block.version == address.version)
