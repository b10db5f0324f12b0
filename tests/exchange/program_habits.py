"""What the programs that units use do to a workbook when they save it, each with the source of what is said."""

from __future__ import annotations

from tests.exchange.programs import Habits, as_floats, in_digits_of_excel

_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_14AC = "{http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac}dyDescent"
_UID = "{http://schemas.microsoft.com/office/spreadsheetml/2014/revision}uid"
_ETC = "{http://www.wps.cn/officeDocument/2017/etCustomData}filterBottomFollowUsedRange"
_SPANS = {"spans": "1:7"}
_DESCENT = {**_SPANS, _14AC: "0.25"}
_IGNORABLE = {f"{{{_COMPATIBILITY}}}Ignorable": "x14ac xr xr2 xr3"}
_OWN_ID = {**_IGNORABLE, _UID: "{00000000-0001-0000-0100-000000000000}"}
_CALCULATION = {
    "xl/calcChain.xml": (
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="E5" i="2"/></calcChain>'
    ),
    "xl/printerSettings/printerSettings1.bin": b"H\x00P\x00 \x00L\x00a\x00s\x00e\x00r" + bytes(200),
}
_LABELS = {
    "customXml/item1.xml": b'<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"/>',
    "docMetadata/LabelInfo.xml": b'<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata"/>',
}
_KSO = (
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
    b'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"><property '
    b'fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="KSOProductBuildVer">'
    b"<vt:lpwstr>1066-11.2.0.11537</vt:lpwstr></property></Properties>"
)
_NUMBERS_SUMMARY = (
    ("This document was exported from Numbers. Each table was converted to an Excel worksheet.",),
    ("Numbers Sheet Name", "Numbers Table Name", "Excel Worksheet Name"),
    ("Số liệu", "", ""),
    ("", "Table 1", "Số liệu - Table 1"),
)

PROGRAMS: dict[str, Habits] = {
    # Excel rewrites every text as a shared string and every row with spans, keeps very hidden sheets, names, protection and
    # all of docProps/core.xml, and says AppVersion 12 to 16 by its release (ECMA-376 part 1, 18.3.1.73 and 22.2.2.3).
    "Excel 2007": Habits(version="12.0000", number=in_digits_of_excel, row_attributes=_SPANS, parts=_CALCULATION),
    # From 2010 on rows carry x14ac:dyDescent and sheets mc:Ignorable ([MS-XLSX] 2.3.1).
    "Excel 2010": Habits(version="14.0300", number=in_digits_of_excel, row_attributes=_DESCENT, root=_IGNORABLE),
    "Excel 2013": Habits(
        version="15.0300", number=in_digits_of_excel, row_attributes=_DESCENT, root=_IGNORABLE, parts=_CALCULATION
    ),
    # From 2016 on sheets carry xr:uid ([MS-XLSX] 2.2.4.13).
    "Excel 2016": Habits(number=in_digits_of_excel, row_attributes=_DESCENT, root=_OWN_ID, parts=_CALCULATION),
    "Excel 2019, texts in runs with phonetic hints": Habits(
        text="rich", number=in_digits_of_excel, row_attributes=_DESCENT, root=_OWN_ID
    ),
    # What stays when somebody tidies the workbook up: the document properties.
    "Excel 2016, hidden sheet and grey lines deleted": Habits(
        number=in_digits_of_excel, row_attributes=_DESCENT, root=_OWN_ID, meta="lost", lines=False
    ),
    # Sensitivity labels stand in docMetadata/LabelInfo.xml ([MS-OFFCRYPTO] 2.6.4).
    "Excel 365 with labels": Habits(
        number=in_digits_of_excel, row_attributes=_DESCENT, root=_OWN_ID, parts={**_CALCULATION, **_LABELS}
    ),
    # Seen in public files: "Microsoft Macintosh Excel" with AppVersion 14.0300 and 16.0300.
    "Excel for Mac 2011": Habits(application="Microsoft Macintosh Excel", version="14.0300", row_attributes=_SPANS),
    # Days counted from 1904 (ECMA-376 part 1, 18.17.4.1), the default of Excel for Mac up to 2008 and an option ever since.
    "Excel for Mac with days from 1904": Habits(
        application="Microsoft Macintosh Excel", version="16.0300", days="serial1904", row_attributes=_SPANS
    ),
    "Excel on the web": Habits(application="Microsoft Excel Online", row_attributes={_14AC: "0.25"}, root=_OWN_ID),
    "Excel for Android": Habits(application="Microsoft Excel Android", number=in_digits_of_excel, root=_IGNORABLE),
    # "Strict Open XML Spreadsheet": other namespaces and conformance="strict" (ISO/IEC 29500-1; seen in EPPlus issue 134).
    "Excel 2013, Strict Open XML": Habits(version="15.0300", strict=True, row_attributes=_SPANS),
    # "Save date and time values using ISO 8601" of Excel 2010, and Strict files: t="d" (ECMA-376 part 1, 18.18.11).
    "Excel 2010, ISO 8601 days": Habits(version="14.0300", days="iso", row_attributes=_SPANS),
    "A library with ISO 8601 days": Habits(application="", days="iso day", row_attributes=_SPANS),
    "A library with ISO 8601 moments": Habits(application="", days="iso zulu", prefix="main"),
    "Excel 2016, Strict Open XML with ISO 8601 days": Habits(strict=True, days="iso", row_attributes=_SPANS),
    # KSOProductBuildVer in docProps/custom.xml and etc: attributes of its own; app.xml names "WPS Office_" and its build.
    "WPS Office 2019": Habits(
        application="WPS Office_11.2.0.11537_F1E327BC-269C-435d-A152-05C5408002CA",
        version="",
        parts={"docProps/custom.xml": _KSO},
        row_attributes=_SPANS,
        root={_ETC: "0"},
    ),
    "WPS Office for Linux": Habits(
        application="WPS Spreadsheets", version="", parts={"docProps/custom.xml": _KSO}, text="inline"
    ),
    # Google Sheets writes no docProps, every number with a decimal point, rows that do not say where they stand (openxlsx2
    # issue 1676); the very hidden state comes back as hidden, and protection and lists over names are lost.
    "Google Sheets": Habits(application="", number=as_floats, meta="hidden", bare=True, dimension=False),
    "Google Sheets, rows without numbers": Habits(
        application="", number=as_floats, meta="hidden", bare=True, dimension=False, references="cells"
    ),
    "Google Sheets, only the visible sheets copied": Habits(
        application="", number=as_floats, meta="lost", bare=True, dimension=False
    ),
    # docProps/app.xml names ONLYOFFICE/ and its build; its core.xml loses what it does not show.
    "ONLYOFFICE": Habits(application="ONLYOFFICE/8.0.1.31", version="", number=in_digits_of_excel, row_attributes=_SPANS),
    "ONLYOFFICE, properties lost": Habits(application="ONLYOFFICE/6.2.2.21", version="", keeps_properties=False),
    # Numbers makes a worksheet of every table, named after sheet and table, the table's name above it, and an
    # "Export Summary" before all; hidden sheets become visible ones.
    "Apple Numbers": Habits(
        application="",
        meta="visible",
        bare=True,
        sheet_name=lambda name: f"{name} - Table 1"[:31],
        first_rows=("Table 1",),
        first_sheet=_NUMBERS_SUMMARY,
    ),
    "Apple Numbers, the hidden sheet left out": Habits(
        application="", meta="lost", bare=True, sheet_name=lambda name: f"{name} - Table 1"[:31], first_rows=("Table 1",)
    ),
    # Libraries of document systems: the Open XML SDK writes x: before every element and absolute targets (SheetJS pull
    # request 271, readxl issue 294), Power BI neither references of rows nor of cells (calamine issue 261, xlsx2csv 311).
    "Open XML SDK": Habits(application="", prefix="x", absolute=True, text="inline", keeps_properties=False),
    "Open XML SDK, shared texts": Habits(application="", prefix="x", absolute=True),
    "Power BI": Habits(application="", prefix="x", references="none", text="inline", dimension=False, meta="lost"),
    "A library without references": Habits(application="", references="none", text="inline", dimension=False),
    # Parts named with capitals (SheetJS pull request 567, spout pull request 418).
    "A library with capital names": Habits(
        application="", renamed={"xl/sharedStrings.xml": "xl/SharedStrings.xml"}, keeps_properties=False
    ),
    "A library with a byte order mark": Habits(application="Microsoft Excel", byte_order_mark=True),
    "A library with absolute targets": Habits(absolute=True, keeps_properties=False),
}
"""Program → how it saves."""
