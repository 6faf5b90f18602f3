"""Files made to break a reader of articles: each kind is a function that puts one file into a folder.

Every kind takes random numbers, so that no two files are alike, and the same seed gives the same files.
"""

import io
import json
import os
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from benchmarks.growth_patterns import PATTERNS, repeated
from tests.samples import archive, write_samples

SPARSE = 50_000_000_000  # bytes of a file that takes no room on the disk
STORY = "Envoys meet in Geneva\n\nThe envoys of {0} and {1} met on Monday. {0} accused {1} of an attack.\n"
COUNTRIES = ("China", "Japan", "Iran", "Peru", "Chile", "Russia", "France", "Kenya", "India", "Turkey")
ENDINGS = ("txt", "md", "html", "htm", "json", "jsonl", "csv", "tsv", "xml", "rss", "atom", "eml", "docx")
ENDINGS += ("xlsx", "pdf", "rtf", "zip")
ODD = "\u2028\u2029\x00\x0b\x0c\x1b\x85\u202e\u200b\ufeff\ud800\r\U0001f600\u0301'\"<&;=@"
ENTITIES = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
Kind = Callable[[Random, Path], None]


@cache
def samples() -> dict[str, list[bytes]]:
    """A few sound files of each ending."""
    found: dict[str, list[bytes]] = {}
    with TemporaryDirectory() as folder:
        write_samples(Path(folder, "samples"))
        for path in sorted(Path(folder, "samples").iterdir()):
            found.setdefault(path.suffix[1:], []).append(path.read_bytes())
    return found


def story(random: Random) -> str:
    """A few sentences."""
    return STORY.format(*random.sample(COUNTRIES, 2)) + f"Case {random.random()}.\n"


def put(random: Random, folder: Path, ending: str, content: bytes | str) -> None:
    """Write a file under a name that nothing else has."""
    raw = content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
    Path(f"{free(random, folder)}.{ending}").write_bytes(raw)


def free(random: Random, folder: Path) -> Path:
    return folder / f"{random.choice('abcxyz')}{random.getrandbits(64):016x}"


def mutated(random: Random, folder: Path) -> None:
    """A sound file with some bytes replaced, left out or repeated."""
    ending = random.choice(sorted(samples()))
    raw = bytearray(random.choice(samples()[ending]))
    for _ in range(random.randint(1, 30)):
        place = random.randrange(len(raw) + 1)
        raw[place : place + random.randint(0, 9)] = random.randbytes(random.randint(0, 9))
    put(random, folder, ending, bytes(raw))


def cut(random: Random, folder: Path) -> None:
    """A sound file without its end."""
    ending = random.choice(sorted(samples()))
    raw = random.choice(samples()[ending])
    put(random, folder, ending, raw[: random.randrange(len(raw) + 1)])


def noise(random: Random, folder: Path) -> None:
    put(random, folder, random.choice(ENDINGS), random.randbytes(random.randint(1, 20_000)))


def wrong_ending(random: Random, folder: Path) -> None:
    put(random, folder, random.choice(ENDINGS), random.choice(samples()[random.choice(sorted(samples()))]))


def unknown_ending(random: Random, folder: Path) -> None:
    put(random, folder, random.choice(("exe", "py", "ipynb", "so", "svg", "part")), story(random))


def odd_characters(random: Random, folder: Path) -> None:
    """A story strewn with characters that end lines, turn text round or are none."""
    text = list(story(random))
    for _ in range(random.randint(1, 60)):
        text.insert(random.randrange(len(text)), random.choice(ODD))
    put(random, folder, random.choice(("txt", "md", "html", "csv", "eml")), "".join(text))


def odd_encoding(random: Random, folder: Path) -> None:
    code = random.choice(("utf-16-le", "utf-16", "utf-32", "cp1252", "utf-7", "cp500"))
    put(random, folder, random.choice(("txt", "md", "html", "csv")), story(random).encode(code))


def odd_name(random: Random, folder: Path) -> None:
    """A story under a name that no table, page or terminal would like."""
    names = ["=cmd|x", "a\nb", "<b>x", "\u202egpj", "-rf", "a" * 200, "a:1", "a b'c\"", "CON", "\x1b[31m"]
    raw = os.fsencode(random.choice(names)) + b"%d" % random.getrandbits(60) + random.choice((b"", b"\xe9"))
    Path(os.fsdecode(os.fsencode(folder) + b"/" + raw + b".txt")).write_text(story(random))


def repeats(random: Random, folder: Path) -> None:
    """One piece again and again."""
    text = repeated(PATTERNS[random.choice(sorted(PATTERNS))], random.choice((300, 3_000)))
    put(random, folder, random.choice(("txt", "md", "html", "eml")), text)


def long_blank(random: Random, folder: Path) -> None:
    put(random, folder, random.choice(("txt", "md", "csv")), random.choice(" \n\t\x0c") * 3_000_000)


def deep(random: Random, folder: Path) -> None:
    """Something in something in something."""
    depth = random.choice((1_000, 50_000))
    opening, middle, closing, ending = random.choice(
        (
            ("[", "1", "]", "json"),
            ('{"a":', "1", "}", "jsonl"),
            ("<div>", "A story", "</div>", "html"),
            ("{\\rtf1 ", "A story", "}", "rtf"),
            ("> ", "A story", "", "md"),
            ("[", "A story", "](a)", "md"),
            ("<a>", "A story", "</a>", "xml"),
        )
    )
    put(random, folder, ending, opening * depth + middle + closing * depth)


def entity_bomb(random: Random, folder: Path) -> None:
    outside = '<!ENTITY f SYSTEM "file:///etc/passwd">'
    declared = random.choice((f'<!ENTITY l0 "ha">{ENTITIES}', outside))
    name = "l9" if declared is not outside else "f"
    feed = f"<rss version='2.0'><channel><item><title>&{name};</title></item></channel></rss>"
    put(random, folder, random.choice(("xml", "rss", "atom")), f"<!DOCTYPE x [{declared}]>{feed}")


def zip_bomb(random: Random, folder: Path) -> None:
    """Zeros that unpack to more than anybody has."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as bundle:
        for number in range(random.choice((1, 30))):
            bundle.writestr(f"{number}.{random.choice(ENDINGS)}", bytes(19_000_000))
    put(random, folder, random.choice(("zip", "docx", "xlsx")), out.getvalue())


def overlapping_zip(random: Random, folder: Path) -> None:
    """Very many entries that all share one packed file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("a0.txt", story(random) * 100)
        entry = bundle.infolist()[0]
        for number in range(1, random.choice((500, 60_000))):
            twin = zipfile.ZipInfo(f"a{number}.txt")
            for field in ("compress_type", "CRC", "compress_size", "file_size", "header_offset"):
                setattr(twin, field, getattr(entry, field))
            bundle.filelist.append(twin)
        bundle.comment = b"twins"  # so that the list of files is written again
    put(random, folder, "zip", out.getvalue())


def strange_zip(random: Random, folder: Path) -> None:
    """Paths that lead out, links, archives in archives, and names of nothing."""
    inner = archive({"c.txt": story(random).encode()})
    names = (
        "../../a.txt",
        "/b.txt",
        "C:\\c.txt",
        ".hidden.txt",
        "__MACOSX/d.txt",
        "e.zip",
        "a/" * 500 + "f.txt",
    )
    chosen = random.sample(names, 3)
    put(random, folder, "zip", archive({name: inner if name == "e.zip" else b"A story" for name in chosen}))


def shared_string(random: Random, folder: Path) -> None:
    """A workbook of a few kB whose cells share one long text."""
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>{min(n - 1, 1)}</v></c><c r="B{n}"><v>{n}</v></c></row>'
        for n in range(1, random.choice((300, 5_000)))
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = story(random) * random.choice((100, 8_000))
    parts = {
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{main}"><si><t>text</t></si><si><t>{text}</t></si></sst>',
    }
    source, out = zipfile.ZipFile(io.BytesIO(samples()["xlsx"][0])), io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name in source.namelist():
            bundle.writestr(name, parts.pop(name, source.read(name)))
        for name, content in parts.items():
            bundle.writestr(name, content)
    put(random, folder, "xlsx", out.getvalue())


def records(random: Random, folder: Path) -> None:
    """Records of which few are sound."""
    odd = [
        "{}",
        "[]",
        "null",
        "NaN",
        '{"text": 3}',
        '{"text": "\\ud800"}',
        '{"text": ""}',
        "{",
        '{"text": "a"}',
    ]
    lines = [random.choice(odd) for _ in range(random.choice((3, 5_000)))]
    lines.append(
        json.dumps({"text": story(random), "date": random.choice(("03/11/2026", "x" * 9_999, "0001-01-01"))})
    )
    ending = random.choice(("jsonl", "json"))
    put(random, folder, ending, "\n".join(lines) if ending == "jsonl" else f"[{','.join(lines)}]")


def long_line(random: Random, folder: Path) -> None:
    put(random, folder, random.choice(("jsonl", "txt", "csv")), '{"text": "' + "word " * 5_000_000 + '"}')


def long_fields(random: Random, folder: Path) -> None:
    record = {
        "text": story(random),
        "title": "t" * 9_999,
        "outlet": "o" * 999_999,
        "url": "javascript:" * 999,
    }
    put(random, folder, random.choice(("json", "jsonl")), json.dumps(record))


def table(random: Random, folder: Path) -> None:
    """A table with quotes that do not close, cells without end or no rows."""
    body = random.choice(
        ('"' + "a" * 200_000, "a,b\n" * 20_000, "", "\0", '"a""b', "=1+1,@x\n" + ",,,,\n" * 999)
    )
    put(random, folder, random.choice(("csv", "tsv")), f"title,text\n{body}")


def mail(random: Random, folder: Path) -> None:
    parts = random.choice((3, 3_000))
    head = f"Subject: {'=?utf-8?q?' * random.choice((1, 9_999))}\nDate: {'9' * 99}\n"
    head += "Content-Type: multipart/mixed; boundary=x\n\n"
    body = "--x\nContent-Type: text/plain; charset=none\n\nA story\n" * parts
    put(random, folder, "eml", head + body)


def pdf_tricks(random: Random, folder: Path) -> None:
    """A PDF whose pages are inside each other, or whose stream lies about its length."""
    raw = samples()["pdf"][0]
    trick = random.choice(
        (
            (b"/Kids [3 0 R]", b"/Kids [2 0 R]"),
            (b"/Count 1", b"/Count 999999999"),
            (b"/Length ", b"/Length 9999"),
        )
    )
    put(random, folder, "pdf", raw.replace(*trick))


def feed(random: Random, folder: Path) -> None:
    item = random.choice(
        (
            "<item/>",
            "<item><title>A</title></item>",
            f"<item><description>{story(random)}</description></item>",
        )
    )
    count = random.choice((1, 3_000))
    put(random, folder, "rss", f"<rss version='2.0'><channel>{item * count}</channel></rss>")


def foreign(random: Random, folder: Path) -> None:
    text = random.choice(
        ("Le ministre a dit que la réunion de lundi était annulée. ", "1 2 3. ", "中国外交部长说。")
    )
    put(random, folder, "txt", text * random.randint(1, 200))


def nothing(random: Random, folder: Path) -> None:
    """Files that hold no article at all."""
    ending, content = random.choice(
        (("json", "[]"), ("csv", "title,text\n"), ("jsonl", "\n\n"), ("txt", ""), ("md", "---\n---\n"))
    )
    put(random, folder, ending, content)


def link(random: Random, folder: Path) -> None:
    """A link to itself, out of the folder, to nothing or to something without end."""
    path = Path(f"{free(random, folder)}.txt")
    path.symlink_to(
        random.choice(
            (path.name, "/etc/passwd", "gone.txt", "/proc/kmsg", "/dev/zero", "/proc/self/mem", "..")
        )
    )


def pipe(random: Random, folder: Path) -> None:
    os.mkfifo(f"{free(random, folder)}.{random.choice(ENDINGS)}")


def sparse(random: Random, folder: Path) -> None:
    path = Path(f"{free(random, folder)}.{random.choice(ENDINGS)}")
    path.touch()
    os.truncate(path, SPARSE)


def closed(random: Random, folder: Path) -> None:
    path = Path(f"{free(random, folder)}.txt")
    path.write_text(story(random))
    path.chmod(0)


KINDS: dict[Kind, int] = {
    mutated: 20,
    cut: 10,
    noise: 10,
    wrong_ending: 10,
    unknown_ending: 3,
    odd_characters: 10,
    odd_encoding: 6,
    odd_name: 6,
    repeats: 10,
    long_blank: 1,
    deep: 8,
    entity_bomb: 4,
    zip_bomb: 1,
    overlapping_zip: 1,
    strange_zip: 5,
    shared_string: 1,
    records: 5,
    long_line: 1,
    long_fields: 3,
    table: 6,
    mail: 5,
    pdf_tricks: 4,
    feed: 3,
    foreign: 3,
    nothing: 5,
    link: 6,
    pipe: 2,
    sparse: 2,
    closed: 2,
}
"""Each kind of file, and how many of them there are for each other."""
