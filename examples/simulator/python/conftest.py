import os

import pytest
from cloudflare import Cloudflare

from simulator import Simulator


@pytest.fixture(scope="session")
def running():
    """One simulator for all tests, with a domain that routes mail and a destination that is verified."""
    jar = os.environ.get("CLOUDFLARE_SIMULATOR_JAR")
    if not jar:
        pytest.fail("set CLOUDFLARE_SIMULATOR_JAR to the path of cloudflare-simulator.jar")
    simulator = Simulator(jar)
    try:
        simulator.control("PUT", "addresses/team@corp.example", {"verified": True})
        simulator.control("PUT", "zones/example.com", {"routing": True})
        simulator.remember()
        yield simulator
    finally:
        simulator.stop()


@pytest.fixture
def simulator(running):
    """The simulator as every test begins with it."""
    running.reset()
    return running


@pytest.fixture
def client(simulator):
    """Cloudflare's client, unchanged, pointed to the simulator."""
    return Cloudflare(base_url=simulator.api_url, api_token=simulator.token, max_retries=1)


@pytest.fixture
def zone_id(simulator):
    return simulator.control("GET", "zones/example.com")["id"]
