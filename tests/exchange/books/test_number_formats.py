from __future__ import annotations

from desktop_app.exchange.books.number_formats import cell_styles, formats_of

STYLES = b"""<x:styleSheet xmlns:x="m"><x:numFmts count="3"><x:numFmt numFmtId="164" formatCode="0.0&quot; %&quot;"/>
<x:numFmt formatCode='#,##0.0%' numFmtId='165'/><x:numFmt numFmtId="x" formatCode="0%"/></x:numFmts>
<x:cellStyleXfs><x:xf numFmtId="9"/></x:cellStyleXfs>
<x:cellXfs count="5"><x:xf numFmtId="0"/><x:xf numFmtId="9" xfId="0"><x:alignment/></x:xf><x:xf numFmtId="164"/>
<x:xf numFmtId="165"/><x:xf numFmtId="2"/><x:xf/><x:xf numFmtId="777"/></x:cellXfs></x:styleSheet>"""


def test_styles_of_cells() -> None:
    assert cell_styles(STYLES) == ["General", "0%", '0.0" %"', "#,##0.0%", "0.00", "", ""]
    assert cell_styles(b"<styleSheet/>") == []


def test_formats_of_wanted_cells_and_of_every_per_cent() -> None:
    styles = cell_styles(STYLES)
    sheet = (
        b'<row r="3"><c r="A3" s="1"><v>0.5</v></c><c r="B3" s="4"><v>0.5</v></c><c s="3"><v>1</v></c><c r="E3"/>'
        b'<c s="1" t="s"><v>4</v></c></row><row><c t="n" s="1"><v>2</v></c><c s="99"><v>0.5</v></c><c><v>3</v></c></row>'
    )
    assert formats_of(sheet, styles, {(2, 1), (3, 1), (3, 2), (9, 9)}) == {
        (2, 0): "0%",
        (2, 1): "0.00",
        (2, 2): "#,##0.0%",
        (3, 0): "0%",
        (3, 1): "",
        (3, 2): "General",
    }
