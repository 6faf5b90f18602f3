"""The generator of the reference pages: `python -m docs.generator`, or `make docs`."""
