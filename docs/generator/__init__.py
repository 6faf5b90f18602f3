"""The generator of the reference pages (`python -m docs.generator`, `make docs`), and of the pictures."""
