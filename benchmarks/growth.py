"""How the time of `annotate --no-encoder` grows with the text, for ordinary and for hostile articles.

usage: python benchmarks/growth.py [NAME ...]

Reads each text at one, two and four times its size and prints a Markdown table: seconds of one core, and the
growth from each size to the next (2 is linear, 4 is quadratic). Takes four minutes.
"""

import random
import sys
import time
from collections.abc import Callable

from analysis.pipeline.annotate import annotate

SIZES = (1, 2, 4)
NEWS = (
    "The foreign minister of Ruritania, Maria Lopez, said on Monday that talks with China would go on. "
    '"We are not at the end of this road," she told reporters in Geneva. A senior official, who spoke on '
    "condition of anonymity, warned that the United States could impose new tariffs. China rejected the "
    'charge and called it "baseless". Mr Diaz of the Vega Institute doubts it can last, according to a '
    "report of 2019.\n\n"
)
NAMES = ("Lopez", "Diaz", "Vega", "Ruiz", "Ortiz", "Moore", "Perez", "Kern")


def shuffled_words(count: int) -> str:
    """Random words without a full stop, the same on every run."""
    words = [word.strip('".,') for word in NEWS.split()]
    return " ".join(random.Random(0).choices(words, k=count))


TEXTS: dict[str, Callable[[int], str]] = {
    "long article, 0.5 to 2 MB": lambda n: NEWS * (n * 500_000 // len(NEWS)),
    "straight marks, none closed": lambda n: ' "a' * (2_500 * n),
    "curly marks, none closed": lambda n: "“She said so. " * (2_500 * n),
    "one open mark a paragraph": lambda n: '"She said\n' * (2_500 * n),
    "transcript, 300 turns": lambda n: "".join(
        f"{NAMES[k % 8].upper()}: The bridge is closed for day {k}.\n" for k in range(300 * n)
    ),
    "interview, 300 turns": lambda n: "".join(
        f"{NAMES[k % 8]}: The bridge is closed for day {k}.\n" for k in range(300 * n)
    ),
    "one quote that is the article": lambda n: (
        "“" + "The bridge is closed. She said so. " * (1_000 * n) + "”"
    ),
    "a name in every sentence": lambda n: "".join(
        f"{NAMES[k % 7]} {NAMES[k % 8]} met Mr {NAMES[k % 5]}. He said he told her she was late. "
        for k in range(1_000 * n)
    ),
    "another name in every sentence": lambda n: "".join(
        f"Maria {NAMES[k % 8]}son{chr(97 + k % 26)}{chr(97 + k // 26 % 26)} said he was late. "
        for k in range(1_000 * n)
    ),
    "pronouns and nobody": lambda n: "He said she told him they think it knows that. " * (1_000 * n),
    "one paragraph without a full stop": lambda n: shuffled_words(5_000 * n),
    "one sentence of 5,000 words": lambda n: (
        "Lopez said that Diaz, " + "and Vega, who knows it, " * (1_000 * n)
    ),
    "one list of 5,000 words": lambda n: "China attacked " + "Iran, Iraq, Lopez and " * (1_250 * n) + "Peru.",
    "right to left": lambda n: 'قال الرئيس "لا" للصحافة. ' * (1_000 * n),
    "only emoji": lambda n: "😀🎉" * (5_000 * n),
    "one letter": lambda n: "a" * (200_000 * n),
    "only spaces": lambda n: " " * (100_000 * n),
    "only capitals": lambda n: "LONDON (AP, " * (5_000 * n),
    "only line breaks": lambda n: "\n" * (50_000 * n),
    "only apostrophes": lambda n: "'" * (5_000 * n),
    "on condition of": lambda n: "on condition of of of " * (2_000 * n),
    "years in every sentence": lambda n: (
        "In 1999 China attacked Iran and in 2005 it met Peru. " * (1_000 * n)
    ),
}


def seconds(text: str) -> float:
    """Time of one core for one record."""
    start = time.process_time()
    (row,) = annotate([{"id": 1, "text": text}], use_encoder=False)
    if row["error"]:
        raise ValueError(f"annotate says {row['error']}, expected rows")
    return time.process_time() - start


def main() -> None:
    """Print the table."""
    list(annotate([{"id": 0, "text": NEWS}], use_encoder=False))  # loads models and lists
    print("| text | characters at 1x | 1x | 2x | 4x | 1x to 2x | 2x to 4x |\n|---|---|---|---|---|---|---|")
    for name in sys.argv[1:] or TEXTS:
        one, two, four = (seconds(TEXTS[name](size)) for size in SIZES)
        print(
            f"| {name} | {len(TEXTS[name](1)):,} | {one:.2f} s | {two:.2f} s | {four:.2f} s "
            f"| {two / one:.1f} | {four / two:.1f} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
