"""The indicators against what is known: deaths, an index of risk, a war, crises, and what chance gives."""
