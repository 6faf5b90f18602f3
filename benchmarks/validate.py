"""Check the indicators against deaths, the official index of risk, a war and known crises, computed again.

usage: python -m benchmarks.validate CORPORA [--series FOLDER] [--publish]

CORPORA has the two files named in `benchmarks.validation.known_history`; the published series are in `series`
beside it unless named. Takes some minutes. `--publish` writes what notebook 04 shows.
"""

import argparse
from pathlib import Path

from analysis.commands.shared import progress
from benchmarks.publish import MAX_ALARMS, TESTS, alarm_rate, publish_exhibits, rate_line, share_held
from benchmarks.validation.checks import checks
from benchmarks.validation.exhibits import Exhibits, compute_exhibits


def print_figures(exhibits: Exhibits) -> None:
    for row in exhibits.agreements.itertuples():
        print(f"{row.measure}: {row.series} {row.value:.2f} ({row.low:.2f} to {row.high:.2f})")
    for rate in exhibits.crisis_rates.itertuples():
        print(rate_line(rate))
    for row in exhibits.false_alarms.itertuples():
        most = MAX_ALARMS[row.finding]
        print(f"{row.corpus}, dates shuffled: {row.finding} {alarm_rate(row)}, at most {most}")
    for row in exhibits.intervals_held.to_dict("records"):
        held = ", ".join(f"{test} {share_held(row, test)}" for test in TESTS)
        print(f"interval of {row['indicator']}: {held}")
    for check in checks(exhibits).itertuples():
        outcome = "as expected" if check.is_within else f"OUTSIDE ({check.reason})"
        print("  ".join(part for part in (outcome, check.dyad, check.subject, check.found) if part))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpora", type=Path)
    parser.add_argument("--series", default="")
    parser.add_argument("--publish", action="store_true")
    given = parser.parse_args()
    with progress("Articles") as advance:
        exhibits = compute_exhibits(given.corpora, series=given.series, progress=advance)
    print_figures(exhibits)
    if given.publish:
        publish_exhibits(exhibits)


if __name__ == "__main__":
    main()
