"""Whether a port of this machine is free: a server that shares its port with another gets half of the calls."""

import socket


def is_free(port: int) -> bool:
    """Whether nobody listens there, on this machine's own address."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True
