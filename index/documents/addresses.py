"""Host names → addresses that a page may be fetched from: public ones, unless a host is opened.

Whoever may add a document names an address that this machine then connects to. Without this check
they could read what only this machine can reach: its own services, the local network, the
credentials that a cloud serves to its machines.
"""

import socket
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import TypeVar

from index.errors import NotFetched

T = TypeVar("T")
Resolve = Callable[[str, int], Sequence[str]]
"""A host name and a port → its addresses, as text."""

_PUBLIC_V6 = IPv6Network("2000::/3")
"""All that is given out; what lies elsewhere is local, reserved, or another form of IPv4."""
_NAT64 = IPv6Network("64:ff9b::/96")
"""Networks without IPv4 name every IPv4 address so."""
_TUNNELS = (IPv6Network("2002::/16"), IPv6Network("2001::/32"))
"""6to4 and Teredo: both hold an IPv4 address, neither is in use any more."""


_LOOK_UP_SECONDS = 10.0
"""The system's resolver takes no time limit, and waits for minutes where no server answers it."""


def system_resolve(host: str, port: int) -> Sequence[str]:
    """The addresses that this machine's resolver knows; it reads ``2130706433`` and ``0x7f.1`` too.

    Raises:
        OSError: the name is not known, or not within ten seconds.
        UnicodeError: it is no name.
    """
    found = within(
        _LOOK_UP_SECONDS, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    )
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def within(seconds: float, work: Callable[[], T]) -> T:
    """What ``work`` gives, if it gives it in time; if not, it is left behind.

    Raises:
        TimeoutError: it takes longer.
    """
    done: Future[T] = Future()

    def run() -> None:
        try:
            done.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            done.set_exception(error)

    threading.Thread(target=run, daemon=True).start()  # a pool would be waited for at the end
    return done.result(seconds)


def checked_addresses(
    host: str, port: int, allowed: frozenset[str], resolve: Resolve
) -> Sequence[str]:
    """The addresses of a host, all of them public unless the host is one of ``allowed``.

    Raises:
        NotFetched: the name is unknown, or one of its addresses is not public.
    """
    try:
        addresses = resolve(host, port)
    except (OSError, UnicodeError) as error:
        raise NotFetched(f"the name {host} is not known: check the address") from error
    if not addresses:
        raise NotFetched(f"the name {host} has no address: check it")
    if not is_allowed(host, allowed) and not all(map(is_public, addresses)):
        raise NotFetched(
            f"{host} is in a private network or on this machine: "
            "to allow it, add it to CAREERBOT_FETCH_ALLOW_HOSTS"
        )
    return addresses


def is_allowed(host: str, allowed: frozenset[str]) -> bool:
    """Whether a host is one of those named, however either is written."""
    return _plain(host) in map(_plain, allowed)


def _plain(host: str) -> str:
    return host.strip("[]").lower().removesuffix(".")


def is_public(address: str) -> bool:
    """Whether an address, as text, belongs to the public internet; another form of one counts."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        embedded = found.ipv4_mapped or (
            IPv4Address(int(found) & 0xFFFFFFFF) if found in _NAT64 else None
        )
        if embedded is None:
            in_tunnel = any(found in network for network in _TUNNELS)
            return found in _PUBLIC_V6 and found.is_global and not in_tunnel
        found = embedded
    return found.is_global and not (found.is_multicast or found.is_reserved)
