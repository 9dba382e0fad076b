"""Which addresses may be fetched from."""

import threading

import pytest

from index.documents.addresses import checked_addresses, is_public, system_resolve, within
from index.errors import NotFetched

PRIVATE = """
127.0.0.1 127.8.8.8 0.0.0.0 0.1.2.3 10.0.0.5 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254
100.64.0.1 100.127.255.255 192.0.2.1 198.18.0.1 198.51.100.7 203.0.113.9 224.0.0.1 239.1.1.1
240.0.0.1 255.255.255.255
:: ::1 fc00::1 fd12::1 fe80::1 fe80::1%1 fec0::1 ff02::1 2001:db8::1 100::1
::ffff:127.0.0.1 ::ffff:10.0.0.5 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::a00:5 64:ff9b:1::7f00:1
2002:7f00:1:: 2002:808:808:: 2001:0:7f00:1::
""".split()
PUBLIC = (
    "8.8.8.8 93.184.215.14 100.63.255.255 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808".split()
)


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public(address: str) -> None:
    """Loopback, private, link-local, shared, multicast, reserved, and IPv6 forms of them."""
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_public_addresses(address: str) -> None:
    """Public addresses are public, also in an IPv6 form that networks without IPv4 use."""
    assert is_public(address)


def test_what_is_no_address_is_not_public() -> None:
    """A resolver that answers with something else opens nothing."""
    assert not is_public("example.com")


@pytest.mark.parametrize(
    "host",
    "127.0.0.1 2130706433 0x7f.1 0x7f000001 0177.0.0.1 127.1 localhost localhost. ::1".split(),
)
def test_other_ways_to_write_this_machine(host: str) -> None:
    """The resolver reads decimal, hexadecimal and octal; what it makes of them is checked."""
    with pytest.raises(NotFetched):
        checked_addresses(host, 80, frozenset(), system_resolve)


def test_one_private_address_among_public_ones_refuses_the_host() -> None:
    """The connection could go to any of them."""
    with pytest.raises(NotFetched, match="private network"):
        checked_addresses("two.example", 80, frozenset(), lambda *_: ["8.8.8.8", "10.0.0.5"])


@pytest.mark.parametrize("written", ["wiki.internal", "WIKI.internal.", "wiki.INTERNAL"])
def test_an_opened_host_may_be_private(written: str) -> None:
    """A host that the setting names is not checked, however its name is written."""
    found = checked_addresses(written, 80, frozenset({"wiki.internal"}), lambda *_: ["10.0.0.5"])
    assert found == ["10.0.0.5"]


@pytest.mark.parametrize("other", ["not-wiki.internal", "wiki.internal.example", "10.0.0.5"])
def test_opening_a_host_opens_no_other(other: str) -> None:
    """Neither one whose name contains it, nor its address."""
    with pytest.raises(NotFetched):
        checked_addresses(other, 80, frozenset({"wiki.internal"}), lambda *_: ["10.0.0.5"])


def test_what_takes_too_long_is_left_behind() -> None:
    """A resolver that waits for a dead server holds nobody up; what goes wrong is passed on."""
    forever = threading.Event()
    with pytest.raises(TimeoutError):
        within(0.05, lambda: forever.wait(30))
    forever.set()
    assert within(5, lambda: "found") == "found"
    with pytest.raises(ValueError, match="wrong"):
        within(5, lambda: int("wrong"))
