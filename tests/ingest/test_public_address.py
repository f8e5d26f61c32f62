import ipaddress
import socket

import pytest

from ingest.public_address import NotPublic, dialable, is_public, resolve

INNER = [
    *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "192.0.0.8", "224.0.0.1", "255.255.255.255"),
    *("198.18.0.1", "192.0.2.1", "::1", "::", "::127.0.0.1", "::ffff:127.0.0.1", "fe80::1", "fc00::1", "fec0::1", "ff02::1", "64:ff9b::7f00:1"),
    *("64:ff9b:1::7f00:1", "2002:7f00:1::", "2001:0:7f00:1::", "2001:db8::1", "3fff::1", "5f00::1", "100::1"),
]


@pytest.mark.parametrize("address", INNER)
def test_inner_reserved_and_translated_addresses_are_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "2a00:1450:4001::8"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


def test_one_inner_address_among_several_is_enough_to_refuse() -> None:
    with pytest.raises(NotPublic, match=r"10\.0\.0\.1"):
        dialable("x.example", 80, False, lambda _host, _port: ("8.8.8.8", "10.0.0.1"))


def test_private_addresses_pass_where_they_are_allowed() -> None:
    assert dialable("x.example", 80, True, lambda _host, _port: ("10.0.0.1",)) == ("10.0.0.1",)


def test_a_host_without_an_address_is_an_error() -> None:
    with pytest.raises(OSError, match="no address"):
        dialable("x.example", 80, True, lambda _host, _port: ())


@pytest.mark.parametrize("spelling", ["127.0.0.1", "0x7f000001", "2130706433", "0177.0.0.1", "127.1", "localhost", "[::1]".strip("[]")])
def test_odd_spellings_of_this_machine_are_seen_through(spelling: str) -> None:
    try:
        resolve(spelling, 80)
    except socket.gaierror:
        pytest.skip("this system does not know the spelling")
    with pytest.raises(NotPublic):
        dialable(spelling, 80, False)
