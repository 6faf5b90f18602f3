"""The bytes of one file to articles, by the reader of its format.

The formats are the modules of `analysis.ingest.formats`: a new module there is a new format, known to every
command. What a reader may cost in time and memory is limited by `analysis.ingest.sandbox`, not here.
"""

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from io import BytesIO
from typing import Final

from analysis.ingest import formats
from analysis.ingest.draft import Columns, Draft, Found, Refusal
from analysis.ingest.encoding import not_utf8_reason
from analysis.ingest.file_format import EnclosedFile, FileFormat, Source
from analysis.ingest.plain_addresses import plain_address

NOTHING: Final = "contains no article, expected at least one that is neither blank nor hidden"


@cache
def file_formats() -> tuple[FileFormat, ...]:
    """Every format, in the order of their modules."""
    names = sorted(module.name for module in pkgutil.iter_modules(formats.__path__))
    modules = [import_module(f"{formats.__name__}.{name}") for name in names]
    return tuple(file_format for module in modules for file_format in module.FORMATS)


@cache
def formats_by_ending() -> dict[str, FileFormat]:
    """The format of each accepted ending of a file name, in alphabetical order.

    Raises:
        ValueError: two formats declare the same ending.
    """
    found: dict[str, FileFormat] = {}
    for file_format in file_formats():
        for ending in file_format.endings:
            if ending in found:
                other = found[ending].name
                raise ValueError(f"{ending} belongs to {other} and {file_format.name}, expected one format")
            found[ending] = file_format
    return dict(sorted(found.items()))


def accepted_endings() -> str:
    """The endings of all formats, as a message lists them."""
    return ", ".join(formats_by_ending())


def ending_of(filename: str) -> str:
    """The ending of a file name in lower case, such as ".txt"; "" for a hidden file or one without."""
    stem, dot, ending = filename.rpartition("/")[2].rpartition(".")
    return f"{dot}{ending}".lower() if stem else ""


def unknown_ending_reason(ending: str) -> str:
    """Why a file whose format is not known is rejected."""
    return f"has {f'the ending {ending}' if ending else 'no ending'}, expected one of {accepted_endings()}"


def read_source(source: Source, ending: str) -> Iterator[Found]:
    """The articles in some bytes, or the reason in one sentence why there are none."""
    file_format = formats_by_ending().get(ending)
    if file_format is None:
        yield Refusal(source.name, unknown_ending_reason(ending))
        return
    is_empty = True
    try:
        for found in file_format.read(source):
            is_empty = is_empty and isinstance(found, Columns)
            if isinstance(found, EnclosedFile):
                yield from read_enclosed(found, source, file_format)
            elif isinstance(found, Draft) and found.url:
                yield found._replace(url=plain_address(found.url))
            else:
                yield found
        if is_empty:
            yield Refusal(source.name, NOTHING)
    except UnicodeDecodeError as error:
        yield Refusal(source.name, not_utf8_reason(error))
    except OSError as error:
        reason = f"cannot be opened ({error.strerror or error}), expected a readable file"
        yield Refusal(source.name, reason)
    except ValueError as error:
        yield Refusal(source.name, str(error))
    except RecursionError:
        yield Refusal(source.name, "is nested too deeply, expected an article")


def read_enclosed(file: EnclosedFile, source: Source, container: FileFormat) -> Iterator[Found]:
    """The articles of a file inside another; no archive is opened there, and no message in a message."""
    name = f"{source.name}:{file.name}"
    ending = ending_of(file.name)
    file_format = formats_by_ending().get(ending)
    if file_format and (not file_format.may_be_enclosed or file_format is container):
        yield Refusal(name, f"is a {ending} file inside another file: unpack it and add it separately")
    else:
        try:
            yield from read_source(Source(BytesIO(file.content), name, source.columns), ending)
        except MemoryError:
            raise
        except Exception as error:  # the other files inside are still read
            yield Refusal(name, parser_reason(error))


def parser_reason(error: Exception) -> str:
    """Why a file is rejected whose parser failed: it may raise anything on a file made to break it."""
    return f"cannot be parsed ({type(error).__name__}: {str(error)[:200]}), expected an intact file"
