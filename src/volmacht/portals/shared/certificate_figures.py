"""How many days certificates still last, as Prometheus figures: of each own key and of each peer (MD-43)."""

from collections.abc import Iterable
from datetime import timedelta

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from volmacht import clock
from volmacht.catalogue.queries import peer_certificates
from volmacht.keystore import own_certificates

DAY = timedelta(days=1)


class _Certificates(Collector):
    def collect(self) -> Iterable[Metric]:
        now = clock.wall_clock()
        own = GaugeMetricFamily(
            "volmacht_own_certificate_days_left",
            "Days until the certificate of one of our keys ends.",
            labels=["environment", "entity", "use", "state", "key"],
        )
        for mine in own_certificates():
            labels = [mine.environment.value, mine.entity.value, mine.use.value, mine.state.value, mine.name]
            own.add_metric(labels, (mine.ends - now) / DAY)
        peers = GaugeMetricFamily(
            "volmacht_peer_certificate_days_left",
            "Days until the last certificate of a peer for a use ends.",
            labels=["environment", "entity_id", "use"],
        )
        for theirs in peer_certificates():
            labels = [theirs.environment.value, theirs.entity_id, theirs.use]
            peers.add_metric(labels, (theirs.ends - now) / DAY)
        return [own, peers]


def certificate_figures() -> bytes:
    """As they are now; asks the database. Raises DatabaseError when that is away."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Certificates())
    return generate_latest(registry)
