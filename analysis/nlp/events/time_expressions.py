"""The grammar of times in news: `on Tuesday`, `May 20-23`, `the end of next month`, `within 24 hours`.

`analysis.nlp.events.act_times` finds them in a text, `analysis.nlp.events.days` says which days they mean.
"""

import re

WEEKDAY = r"(?-i:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)"
MONTH = (
    r"(?-i:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan\.|Feb\.|Mar\.|Apr\.|Jun\.|Jul\.|Aug\.|Sept?\.|Oct\.|Nov\.|Dec\.)"
)
YEAR = r"(?:1[89]|20)\d\d"
DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?(?!\d|[,.]\d)"
COUNT = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|(?:a\s)?few"
    r"|(?:a\s)?couple(?:\sof)?)"
)
UNIT = r"(?:(?:minute|hour|day|week|month|quarter|year|decade)s?)"
TO = r"(?:\s?[-–—]\s?|\s(?:to|through|until|till|and|or)\s)"
PART = r"(?:morning|afternoon|evening|night|midday|noon|dawn|midnight)"
ITS_YEAR = rf"(?:,?\s{YEAR}|\s(?:last|this|next)\syear)"
DATE = (
    rf"(?:(?:{WEEKDAY},?\s)?(?:{MONTH}\s{DAY}{ITS_YEAR}?|(?:the\s)?{DAY}(?:\sof)?\s{MONTH}{ITS_YEAR}?)"
    rf"|{MONTH}{ITS_YEAR}|\d{{4}}-\d\d-\d\d)"
)
RANGE = (
    rf"(?:{MONTH}\s{DAY}{TO}{DAY}{ITS_YEAR}?(?!\s{MONTH})|{DAY}{TO}{DAY}(?:\sof)?\s{MONTH}{ITS_YEAR}?"
    rf"|{DATE}{TO}{DATE}|{WEEKDAY}{TO}{WEEKDAY}|{MONTH}{TO}{MONTH}{ITS_YEAR}?)"
)
WHICH = r"(?:this|last|next|previous|past|coming|the\s(?:coming|next|past|last))"
SEASON = r"(?:spring|summer|autumn|fall|winter)"
EXPRESSION = rf"""
  (?P<range>{RANGE})
| (?P<date>{DATE})
| (?P<edge>(?:the\s)?(?:very\s)?(?:end|start|beginning|middle|close)\sof\s
    (?:{DATE}|{MONTH}|{YEAR}|(?:the|this|next|last)\s(?:day|week|weekend|month|quarter|year|decade)))
| (?P<part>(?:early|mid|late)[\s-](?:{MONTH}{ITS_YEAR}?|{YEAR}))
| (?P<which>(?:(?:early|earlier|late|later)\s)?{WHICH}\s(?:{COUNT}\s(?:(?:or|to)\s{COUNT}\s)?)?
    (?:{UNIT}|weekend|fortnight|{SEASON}|{PART}|{WEEKDAY}|{MONTH})(?:\s{PART})?)
| (?P<weekday>(?:(?:early|late|earlier|later)\s(?:on\s)?)?{WEEKDAY}(?:\s{PART})?)
| (?P<ago>(?:(?:about|around|nearly|almost|some|more\sthan|over)\s)?{COUNT}\s{UNIT}\s(?:ago|from\snow))
| (?P<within>within\s(?:the\snext\s)?(?:{COUNT}(?:{TO}{COUNT})?\s{UNIT}|(?:hours|days|weeks|months)))
| (?P<named>the\sday\s(?:before\syesterday|after\stomorrow)|yesterday(?:\s{PART})?|today
    |tomorrow(?:\s{PART})?|tonight|overnight|the\sweekend)
| (?P<ordinal>the\s{DAY}(?=\W*$|[,.;)]|\s(?:and|in|at|with|to)\b))
| (?P<month>{MONTH})
| (?P<year>{YEAR})
"""
PREPOSITION = (
    r"(?:(?:early|late)\son|as\sof|as\searly\sas|prior\sto|ahead\sof|on|in|at|by|during|over|until|till|from"
    r"|since|between|through|throughout|before|after|following|around|towards?|starting|beginning|of|for)"
)
PATTERN = re.compile(
    rf"(?<![\w-])(?:(?P<preposition>{PREPOSITION})\s)?(?:{EXPRESSION})(?![\w-]|,\d|\sMovement)",
    re.VERBOSE | re.IGNORECASE,
)
