"""Rewrite the pages whose generated blocks are out of date."""

from docs.generator.pages import rewrite_pages

for path in rewrite_pages():
    print(f"rewrote {path}")
