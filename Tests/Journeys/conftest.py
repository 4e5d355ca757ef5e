"""Journeys: the real binary (SIGAP_BINARY), real mail servers, from outside. What several files need stands here."""
import os
import pathlib

import pytest

from house import House, MailServers

pytest_plugins = ("journey_house",)


@pytest.fixture(scope="session")
def binary():
    path = pathlib.Path(os.environ.get("SIGAP_BINARY", pathlib.Path(__file__).parents[2] / ".build/debug/sigap"))
    if not path.exists():
        pytest.fail(f"there is no binary at {path}: build it first (make test does)")
    return path.resolve()


@pytest.fixture
def servers(tmp_path):
    """A Dovecot and an SMTP server of this test's own."""
    os.chmod(tmp_path, 0o755)
    for parent in tmp_path.parents[:2]:
        os.chmod(parent, 0o755)
    running = MailServers(tmp_path / "servers")
    yield running
    running.stop()


@pytest.fixture
def new_house(binary, tmp_path):
    """A factory of houses, whose servers end with the test."""
    houses = []

    def new(servers=None, settings=None, data=None):
        house = House(binary, tmp_path / f"house{len(houses)}", servers, settings, data)
        houses.append(house)
        return house

    yield new
    for house in houses:
        if house.server:
            house.kill()
