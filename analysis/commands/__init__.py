"""The commands of `faultline`, grouped by kind; `cli.py` names them.

They import what they need when they run, so that `faultline --help` does not wait for a parser. Uses every
room but `cli.py`.
"""
