"""Days and reporting periods: reading what people type, writing what offices print.

Days are day/month/year, never month/day. Period codes are those of figures.md (``2017``, ``2017-H1``, ``2017-9M``,
``2017-Q1``, ``2017-01``).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

from desktop_app.text.vietnamese import clean, search_key

EARLIEST = date(1900, 1, 1)
LATEST = date(2200, 12, 31)
_MIDNIGHT = r"(?:[T ]0?0:00(?::00(?:\.0+)?)?Z?)?"
_NUMERIC_DAY = re.compile(
    rf"(?:ng[àa]y\s+)?([0-9]{{1,2}})\s*([/.\-])\s*([0-9]{{1,2}})\s*\2\s*([0-9]{{4}}|[0-9]{{2}}){_MIDNIGHT}", re.IGNORECASE
)
_ISO_DAY = re.compile(rf"([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}}){_MIDNIGHT}")
_LONG_DAY = re.compile(r"(?:ngay )?([0-9]{1,2}) thang ([0-9]{1,2}) nam ([0-9]{4})")
_EXCEL_EPOCH = date(1899, 12, 30)
_MAC_EPOCH = date(1904, 1, 1)
FROM_1904 = "[1904]"
"""Stands before the number format of a cell whose workbook counts days from 1904, as Excel for Macintosh did."""
_CENTURY_PIVOT = 70
ROMAN = ("I", "II", "III", "IV")
PERIOD_CODE = re.compile(r"([0-9]{4})(?:-(H[12]|9M|Q[1-4]|0[1-9]|1[0-2]))?")
"""A period code whole: its year and its part of the year."""
_QUARTER_NAMES = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "01": 1, "02": 2, "03": 3, "04": 4}
_HALF_NAMES = {"dau": "H1", "cuoi": "H2"}


def read_day(text: str) -> date | None:
    """Read a day written as d/m/yyyy (also with "." or "-"), YYYY-MM-DD or "ngày 05 tháng 01 năm 2026".

    The word "ngày" may stand before, midnight behind. A two-digit year belongs to 1970–2069. None where the text is no day
    from 1900 to 2200; "12/31/2016" is none.
    """
    body = clean(text)
    numeric = _NUMERIC_DAY.fullmatch(body)
    if numeric:
        return _day(_year(numeric.group(4)), int(numeric.group(3)), int(numeric.group(1)))
    iso = _ISO_DAY.fullmatch(body)
    if iso:
        return _day(int(iso.group(1)), int(iso.group(2)), int(iso.group(3)))
    long = _LONG_DAY.fullmatch(search_key(body))
    if long:
        return _day(int(long.group(3)), int(long.group(2)), int(long.group(1)))
    return None


def has_short_year(text: str) -> bool:
    """Tell whether a day is written with a year of two digits, so that the century is only supposed."""
    numeric = _NUMERIC_DAY.fullmatch(clean(text))
    return numeric is not None and len(numeric.group(4)) == 2


def _year(written: str) -> int:
    number = int(written)
    if len(written) == 4:
        return number
    return number + (2000 if number < _CENTURY_PIVOT else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if EARLIEST <= found <= LATEST else None


def day_of_serial(serial: int, *, from_1904: bool = False) -> date | None:
    """Return the day of an Excel serial number: 43100 is 31/12/2017, and 1/1/2022 in a workbook that counts from 1904.

    None outside 1990 to 2100, where a number is more likely a year or a mistake than a day.
    """
    if not 0 < serial < 100_000:
        return None
    found = (_MAC_EPOCH if from_1904 else _EXCEL_EPOCH) + timedelta(days=serial)
    return found if 1990 <= found.year <= 2100 else None


def format_day(day: date) -> str:
    """Write a day for tables, fields and lists: 05/01/2026."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def format_day_short(day: date) -> str:
    """Write a day inside an official text: 27/8/2010, 05/3/2020, 10/02/2016.

    **Source:** NĐ 30/2020/NĐ-CP, Phụ lục I: days below 10 and months 1 and 2 take a leading zero.
    """
    return f"{day.day:02d}/{_month(day)}/{day.year}"


def format_day_long(day: date) -> str:
    """Write a day of issue: "ngày 05 tháng 01 năm 2026".

    **Source:** NĐ 30/2020/NĐ-CP, Phụ lục I, as for :func:`format_day_short`.
    """
    return f"ngày {day.day:02d} tháng {_month(day)} năm {day.year}"


def json_day(day: date | None) -> str | None:
    """Write a day for JSON: YYYY-MM-DD; None where there is none."""
    return None if day is None else day.isoformat()


def json_moment(at: datetime) -> str:
    """Write an instant for JSON, in UTC and whole seconds: 2017-12-20T03:00:00Z."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _month(day: date) -> str:
    return f"{day.month:02d}" if day.month < 3 else str(day.month)


def read_period(text: str) -> str | None:
    """Read a reporting period: its code, or words such as "quý IV/2018", "6 tháng đầu năm 2017", "tháng 10/2018".

    None where the text is no period.
    """
    body = clean(text)
    if PERIOD_CODE.fullmatch(body.upper()):
        return body.upper()
    words = search_key(body)
    year = re.fullmatch(r"(?:nam )?(\d{4})", words)
    if year:
        return year.group(1)
    quarter = re.fullmatch(r"(?:quy |q)\s*([ivx]+|0?[1-4])(?: nam)? (\d{4})", words)
    if quarter and quarter.group(1) in _QUARTER_NAMES:
        return f"{quarter.group(2)}-Q{_QUARTER_NAMES[quarter.group(1)]}"
    return _read_months(words)


def _read_months(words: str) -> str | None:
    half = re.fullmatch(r"0?6 thang (dau|cuoi)(?: nam)? (\d{4})", words)
    if half:
        return f"{half.group(2)}-{_HALF_NAMES[half.group(1)]}"
    nine = re.fullmatch(r"0?9 thang(?: dau)?(?: nam)? (\d{4})", words)
    if nine:
        return f"{nine.group(1)}-9M"
    month = re.fullmatch(r"(?:thang )?(0?[1-9]|1[0-2])(?: nam)? (\d{4})", words)
    return f"{month.group(2)}-{int(month.group(1)):02d}" if month else None


def format_period(code: str) -> str:
    """Write a period as a heading: "Năm 2017", "Quý IV/2018", "6 tháng đầu năm 2017", "Tháng 10/2018".

    Raises:
        ValueError: the code is no period.
    """
    phrase = period_phrase(code)
    return phrase[:1].upper() + phrase[1:]


def period_phrase(code: str) -> str:
    """Write a period inside a sentence: "năm 2017", "quý IV/2018", "9 tháng đầu năm 2017", "tháng 10/2018".

    Raises:
        ValueError: the code is no period.
    """
    match = PERIOD_CODE.fullmatch(code)
    if match is None:
        raise ValueError(code)
    year, part = match.groups()
    if part is None:
        return f"năm {year}"
    fixed = {"H1": "6 tháng đầu năm", "H2": "6 tháng cuối năm", "9M": "9 tháng đầu năm"}
    if part in fixed:
        return f"{fixed[part]} {year}"
    if part.startswith("Q"):
        return f"quý {ROMAN[int(part[1]) - 1]}/{year}"
    return f"tháng {int(part)}/{year}"
