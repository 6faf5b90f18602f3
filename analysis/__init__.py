"""Faultline: who said what, who did what to whom, about what, and is tension rising or easing."""

import analysis.source_files  # noqa: F401  (notes the state of each file before any is read)
