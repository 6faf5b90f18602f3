"""Faultline: who said what, who did what to whom, about what, and is tension rising or easing."""
