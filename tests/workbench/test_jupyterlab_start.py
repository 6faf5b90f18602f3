"""What `faultline lab` decides before JupyterLab starts: its port, and the settings it reads."""

import os
import socket

import pytest

from analysis.workbench.jupyterlab import OWN_CONFIG, free_port, quiet_environment


def test_a_port_that_is_taken_is_followed_by_the_next_free_one(monkeypatch):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        assert number < free_port("127.0.0.1", number) < number + 50
        monkeypatch.setattr("analysis.workbench.jupyterlab.MAX_PORTS", 1)
        with pytest.raises(OSError, match=f"the ports {number} to {number} are taken or not allowed"):
            free_port("127.0.0.1", number)


def test_configuration_of_the_user_is_still_read():
    assert quiet_environment({"HOME": "/h"}) == {"HOME": "/h", "JUPYTER_CONFIG_PATH": str(OWN_CONFIG)}
    assert quiet_environment({"JUPYTER_CONFIG_PATH": "/mine"})["JUPYTER_CONFIG_PATH"].split(os.pathsep) == [
        str(OWN_CONFIG),
        "/mine",
    ]
