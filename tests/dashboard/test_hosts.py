"""Under which names the dashboard answers."""

import socket

import pytest

from analysis.dashboard.hosts import host_pattern, is_local


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1", "[::1]", "LOCALHOST"])
def test_a_local_dashboard_answers_to_the_names_of_this_machine_for_itself(name):
    assert host_pattern("localhost", []).match(name)


@pytest.mark.parametrize(
    "name", ["evil.example", "localhost.evil.example", "evil-localhost", "10.0.0.5", "127.0.0.1.nip.io", ""]
)
def test_a_local_dashboard_answers_to_no_other_name(name):
    assert not host_pattern("localhost", []).match(name)


@pytest.mark.parametrize("name", [socket.gethostname(), "10.0.0.5", "[fe80::1]", "desk.example.org"])
def test_an_open_dashboard_answers_to_its_machine_to_numbers_and_to_names_that_were_given(name):
    assert host_pattern("0.0.0.0", ["desk.example.org"]).match(name)


@pytest.mark.parametrize("name", ["evil.example", "10.0.0.5.evil.example", "desk.example.org.evil.example"])
def test_an_open_dashboard_answers_to_no_name_that_was_not_given(name):
    assert not host_pattern("0.0.0.0", ["desk.example.org"]).match(name)


@pytest.mark.parametrize(
    ("host", "expected"),
    [("localhost", True), ("::1", True), ("0.0.0.0", False), ("", False), ("desk", False)],
)
def test_only_loopback_addresses_are_local(host, expected):
    assert is_local(host) is expected
