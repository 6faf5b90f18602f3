"""What `annotate` says of records that it cannot read."""

import json

import pytest

from tests.test_cli import invoke

RECORD = '{"id": "a", "text": "France and Germany signed a pact on Monday."}'


def rows_of(given):
    """Exit code, and the error of each row."""
    result = invoke("annotate", given=given)
    return result.exit_code, [json.loads(line)["error"] for line in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("[" * 20_000, "it is nested too deeply"),
        (RECORD.encode("utf-16") + b"\n", "its text is not UTF-8: save the file as UTF-8"),
        (b'{"id": "\xe9", "text": "a"}', "its text is not UTF-8: save the file as UTF-8"),
        (f"{RECORD}\r{RECORD}\r", "it has several values: put each on a line of its own"),
    ],
)
def test_a_broken_line_is_explained_in_plain_words_with_its_number(line, reason):
    code, errors = rows_of(line)
    assert code == 0
    assert errors[0] == f"line 1: the line is not JSON ({reason}), expected one object"


def test_the_number_of_a_line_counts_those_before_it_that_are_blank():
    assert rows_of(f"\n{RECORD}\n\n[]\n")[1] == [
        None,
        "line 4: the line is a list, expected an object with id and text",
    ]


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (
            '"03/04/2024"',
            "published_date is '03/04/2024', which may be 4 March 2024 or 3 April 2024: write 2024-03-04 or "
            "2024-04-03",
        ),
        ('"2024"', "published_date is '2024', expected a date such as 2024-04-20"),
        ("NaN", "published_date is a number, expected a date such as 2024-04-20"),
        ("null", None),
        ('""', None),
        ('"Tue, 05 Mar 2024 10:00:00 +0000"', None),
    ],
)
def test_a_date_that_cannot_be_used_is_an_error_and_the_text_is_read_without_it(value, message):
    code, errors = rows_of(RECORD.replace("}", f', "published_date": {value}}}'))
    said = message and f"{message}; read without a date"
    assert (code, errors) == (0, [said])


def test_a_record_read_without_its_date_is_not_counted_as_not_read():
    given = f'[]\n{RECORD[:-1]}, "published_date": "soon"}}\n'
    said = invoke("annotate", given=given).stderr
    assert "1 record not read: " in said and "1 record read without a date: " in said


@pytest.mark.model
def test_a_bloc_has_its_code_in_events_as_in_attitudes():
    text = "The European Union imposed sanctions on Russia on Monday."
    given = json.dumps({"id": 1, "text": text}) + "\n"
    (row,) = invoke("annotate", given=given).stdout.splitlines()
    sides = [(e["source_country_code"], e["target_country_code"]) for e in json.loads(row)["events"]]
    assert sides == [("EUU", "RUS")]
