"""The commands of `faultline`, a module for each kind; `cli.py` gives them their names.

They import what they need when they run, so that `faultline --help` does not wait for a parser. Uses every
room but `cli.py`.
"""
