"""Kernels forked from a process that has everything loaded, where the system can fork.

Knows no article and no table: what is loaded is the caller's business. Uses nothing of this package.
"""
