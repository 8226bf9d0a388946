"""Which of a name's addresses a crawl gets to know."""

from ipaddress import ip_network
from unittest.mock import Mock

import pytest
from twisted.internet.address import IPv4Address, IPv6Address

from pipelines.acquiring.crawl_network import PublicResolver

PUBLIC = [IPv6Address("TCP", "2400:3200::1", 80), IPv4Address("TCP", "219.145.244.73", 80)]
OWN = [IPv6Address("TCP", "::1", 80), IPv4Address("TCP", "10.0.0.1", 80)]


def system_of(addresses: list) -> Mock:
    """Stands in for the system, which tells some addresses for any name."""

    def resolve(receiver: Mock, *_: object) -> None:
        for address in addresses:
            receiver.addressResolved(address)
        receiver.resolutionComplete()

    reactor = Mock()
    reactor.nameResolver.resolveHostName.side_effect = resolve
    return reactor


@pytest.mark.parametrize(
    ("addresses", "told", "is_refused"),
    [
        (PUBLIC, ["2400:3200::1", "219.145.244.73"], False),
        (OWN, [], True),
        ([*OWN, *PUBLIC], ["2400:3200::1", "219.145.244.73"], False),
        ([IPv6Address("TCP", "fd00::7", 80)], ["fd00::7"], False),
        ([], [], False),
    ],
)
def test_addresses_that_must_not_be_asked_are_not_told(addresses, told, is_refused):
    resolver = PublicResolver(system_of(addresses), cache_size=0)
    resolver.networks = (ip_network("fd00::/8"),)
    name = f"{len(addresses)}.{len(told)}.example"
    receiver = Mock()
    resolver.resolveHostName(receiver, name)
    assert [call.args[0].host for call in receiver.addressResolved.call_args_list] == told
    receiver.resolutionComplete.assert_called_once()
    assert (name in PublicResolver.refused) == is_refused
    PublicResolver.refused.pop(name, None)
