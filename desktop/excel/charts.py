"""Real Excel charts of the report: Persian, right to left, in our colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from openpyxl.chart import BarChart, LineChart, Reference, Series
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.marker import Marker
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText, Text
from openpyxl.chart.title import Title
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, TwoCellAnchor
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RegularTextRun,
    RichTextProperties,
)

from desktop.excel import look

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

    from desktop.excel.tables import Placed

MOST_BARS: Final = 10
_LABELS: Final = 9  # names of months that find room side by side


def _letters(size: float, *, bold: bool = False, color: str = look.DARK) -> CharacterProperties:
    return CharacterProperties(
        lang="fa-IR",
        sz=int(size * 100),
        b=bold,
        solidFill=color,
        latin=Font(typeface=look.FONT),
        cs=Font(typeface=look.FONT),
    )


def _title(text: str) -> Title:
    letters = _letters(11, bold=True)
    title = Title(overlay=False)
    title.tx = _rich(text, letters)
    return title


def _rich(text: str, letters: CharacterProperties) -> Text:
    run = RegularTextRun(t=text, rPr=letters)
    paragraph = Paragraph(pPr=ParagraphProperties(rtl=True, defRPr=letters), r=[run])
    return Text(rich=RichText(bodyPr=RichTextProperties(), p=[paragraph]))


def _small() -> RichText:
    paragraph = Paragraph(
        pPr=ParagraphProperties(defRPr=_letters(8)), endParaRPr=CharacterProperties()
    )
    return RichText(bodyPr=RichTextProperties(rot=0), p=[paragraph])


def _line(color: str, *, dash: str | None = None, width: float = 2.25) -> LineProperties:
    return LineProperties(w=int(width * 12700), solidFill=color, prstDash=dash)


def _series(place: Placed, name: str, rows: int, names: str) -> Series:
    column = place.column(name)
    values = Reference(
        place.sheet, min_col=column, min_row=place.header, max_row=place.header + rows
    )
    series = Series(values, title_from_data=True)
    # Set by hand: openpyxl would call the names of the categories numbers.
    series.cat = AxDataSource(strRef=StrRef(f=place.cells(names, rows)))
    return series


def _common(chart: Any, title: str) -> None:
    chart.title = _title(title)
    chart.roundedCorners = False
    chart.graphical_properties = GraphicalProperties(
        solidFill="FFFFFF", ln=_line(look.LINE, width=1)
    )
    for axis in (chart.x_axis, chart.y_axis):
        axis.delete = False  # else some programs show no axis at all
        axis.txPr = _small()
        axis.title = None
    chart.x_axis.scaling.orientation = "maxMin"
    chart.x_axis.graphicalProperties = GraphicalProperties(ln=_line(look.MUTED, width=1))
    chart.y_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    chart.y_axis.majorGridlines.spPr = GraphicalProperties(ln=_line(look.LINE, width=0.75))
    chart.y_axis.number_format = look.WHOLE
    chart.y_axis.numFmt.sourceLinked = False
    chart.y_axis.scaling.min = 0


def burn_up(place: Placed, *, forecast: bool) -> LineChart:
    """Revived units by month, with the plan and any forecast; time goes from right to left."""
    chart = LineChart()
    dashes = [("total", None), ("plan", "sysDash"), ("forecast", "dash")]
    for (name, dash), color in zip(dashes if forecast else dashes[:2], look.SERIES, strict=False):
        series = _series(place, name, place.count, "name")
        series.graphicalProperties = GraphicalProperties(ln=_line(color, dash=dash))
        series.marker = Marker("none") if dash else _dots(color)
        series.smooth = False
        chart.series.append(series)
    _common(chart, "واحدهای احیاشده، برنامه و پیش‌بینی")
    chart.x_axis.tickLblSkip = -(-place.count // _LABELS)
    chart.x_axis.tickMarkSkip = chart.x_axis.tickLblSkip
    chart.display_blanks = "gap"
    chart.legend.position = "b"
    chart.legend.txPr = _small()
    return chart


def _dots(color: str) -> Marker:
    """So that a first month, alone, is seen."""
    return Marker("circle", 5, GraphicalProperties(solidFill=color, ln=_line(color, width=0.75)))


def bars(
    place: Placed, title: str, rows: int, value: str = "revived", names: str = "short"
) -> BarChart:
    """The first `rows`, each a bar that grows from the right; the first on top."""
    chart = BarChart()
    chart.type = "bar"
    series = _series(place, value, rows, names)
    series.graphicalProperties = GraphicalProperties(solidFill=look.ACCENT)
    series.dLbls = DataLabelList(
        showVal=True, showSerName=False, showCatName=False, showLegendKey=False,
        showPercent=False, numFmt=look.WHOLE, txPr=_small(),
    )  # fmt: skip
    chart.series.append(series)
    _common(chart, title)
    chart.gapWidth = 40
    chart.x_axis.tickLblSkip = 1
    chart.y_axis.scaling.orientation = "maxMin"
    chart.y_axis.delete = True  # each bar has its number
    chart.y_axis.majorGridlines = None
    chart.legend = None
    chart.layout = Layout(ManualLayout(xMode="edge", yMode="edge", x=0.03, y=0.14, w=0.94, h=0.84))
    return chart


def columns(place: Placed, title: str, names: tuple[str, ...], rows: int | None = None) -> BarChart:
    """A group of columns for each row, or for the first `rows`, from right to left."""
    count = place.count if rows is None else min(rows, place.count)
    chart = BarChart()
    chart.type = "col"
    for name, color in zip(names, look.SERIES, strict=False):
        series = _series(place, name, count, "name")
        series.graphicalProperties = GraphicalProperties(solidFill=color)
        chart.series.append(series)
    _common(chart, title)
    chart.gapWidth = 60
    chart.x_axis.tickLblSkip = -(-count // _LABELS)
    chart.x_axis.tickMarkSkip = chart.x_axis.tickLblSkip
    if len(names) > 1:
        chart.legend.position = "b"
    else:
        chart.legend = None
    return chart


def place_chart(
    sheet: Worksheet, chart: Any, first: tuple[int, int], last: tuple[int, int]
) -> None:
    """Over the cells from `first` to `last`, each (column, row) counted from 1."""
    start = AnchorMarker(col=first[0] - 1, row=first[1] - 1, colOff=40000, rowOff=40000)
    end = AnchorMarker(col=last[0], row=last[1], colOff=0, rowOff=0)
    chart.anchor = TwoCellAnchor(editAs="oneCell", _from=start, to=end)
    sheet.add_chart(chart)
