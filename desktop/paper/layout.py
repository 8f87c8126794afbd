"""A document laid out on A4 pages, right to left: paragraphs, tables, pictures side by side.

Lengths are in twentieths of a point, so that letters are measured finely and the same on a
screen, in a PDF and on a printer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QTextLayout, QTextOption

from desktop import fonts, theme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtGui import QImage

    Draw = Callable[[QPainter], None]

POINT: Final = 20.0
PAGE: Final = QSizeF(11906, 16838)  # A4
MARGIN: Final = 850.0  # 15 mm
HEAD: Final = 1150.0
FOOT: Final = 620.0
GAP: Final = 5 * POINT
PAD: Final = 4 * POINT
TABLE: Final = 8.5  # points of the letters in a table
WIDE: Final = 34  # letters: a longer value would stand in three lines of its half
PICTURE: Final = 190 * POINT  # the height of photos side by side
RIGHT, CENTRE, LEFT = (
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute,
    Qt.AlignmentFlag.AlignHCenter,
    Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute,
)


def ink(meaning: str) -> QColor:
    """A colour of the light theme, on white paper whatever the window wears."""
    return theme.colors("light")[meaning or "text"]


def letters(points: float, *, bold: bool = False) -> QFont:
    font = QFont(fonts.FAMILY)
    font.setPixelSize(round(points * POINT))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return fonts.emboldened(font) if bold else font


def isolated(number: str) -> str:
    """A number with dashes after Persian words, which would turn its parts round."""
    return f"\u2066{number}\u2069" if number else ""


class Words:
    """A text broken into lines of a width; one word too long for a line is broken too."""

    def __init__(
        self,
        text: str,
        font: QFont,
        width: float,
        align: Qt.AlignmentFlag = RIGHT,
        color: QColor | None = None,
        most: int = 0,
    ) -> None:
        """At most `most` lines, the last one with an ellipsis; 0 is all of them."""
        self.color = color or ink("text")
        option = QTextOption(align)
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        lines = text.replace("\n", "\u2028")
        if most == 1:
            lines = QFontMetricsF(font).elidedText(lines, Qt.TextElideMode.ElideRight, width)
        self._layout = QTextLayout(lines, font)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self.height = self._break(width)

    def _break(self, width: float) -> float:
        top = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top))
            top += line.height()
        self._layout.endLayout()
        return top

    def draw(self, painter: QPainter, left: float, top: float) -> None:
        painter.setPen(self.color)
        self._layout.draw(painter, QPointF(left, top))


class Paper:
    """Things are put one under another; what does not fit begins the next page."""

    def __init__(self, *, landscape: bool = False) -> None:
        self.size = PAGE.transposed() if landscape else PAGE
        self.pages: list[list[Draw]] = [[]]
        self.left, self.width = MARGIN, self.size.width() - 2 * MARGIN
        self.right = self.left + self.width
        self._first = MARGIN + HEAD
        self._end = self.size.height() - MARGIN - FOOT
        self.y = self._first

    # the page

    def _room(self, height: float) -> bool:
        """Whether a new page had to begin for it."""
        if self.y + height <= self._end or self.y == self._first:
            return False
        self.pages.append([])
        self.y = self._first
        return True

    def _put(self, draw: Draw) -> None:
        self.pages[-1].append(draw)

    def gap(self, size: float = GAP) -> None:
        self.y += size

    # what is put on it

    def heading(self, text: str, follows: float = 60 * POINT) -> None:
        """The name of a section, never alone at the foot of a page."""
        self.gap(9 * POINT)
        words = Words(text, letters(11, bold=True), self.width, color=ink("accent"))
        self._room(words.height + follows)
        top = self.y
        self._put(lambda painter: words.draw(painter, self.left, top))
        self.y += words.height + 1 * POINT
        self._line(self.y, ink("accent"), 1.0)
        self.gap(4 * POINT)

    def paragraph(
        self, text: str, points: float = 9.5, meaning: str = "", *, bold: bool = False
    ) -> None:
        words = Words(text, letters(points, bold=bold), self.width, color=ink(meaning))
        self._room(words.height)
        top = self.y
        self._put(lambda painter: words.draw(painter, self.left, top))
        self.y += words.height + 2 * POINT

    def title(self, name: str, code: str, stage: str, tone: str) -> None:
        """The name, as long as it may be, with the code and the stage in a box at the left."""
        beside = 130 * POINT
        words = Words(name, letters(16, bold=True), self.width - beside - 10 * POINT)
        number = Words(code, letters(10), beside, CENTRE)
        state = Words(stage, letters(11, bold=True), beside - 2 * PAD, CENTRE, ink(tone))
        height = max(words.height, number.height + state.height + 3 * PAD)
        top = self.y

        def draw(painter: QPainter) -> None:
            words.draw(painter, self.left + beside + 10 * POINT, top)
            painter.setPen(QPen(ink(tone or "edge"), 1.2 * POINT))
            painter.drawRoundedRect(
                QRectF(self.left, top, beside, number.height + state.height + 3 * PAD),
                5 * POINT, 5 * POINT,
            )  # fmt: skip
            state.draw(painter, self.left + PAD, top + PAD)
            number.draw(painter, self.left, top + PAD + state.height + PAD / 2)

        self._put(draw)
        self.y += height

    def pairs(self, pairs: Sequence[tuple[str, str]]) -> None:
        """Label and value in two columns; a long value has a row of its own."""
        half, waiting = (self.width - 14 * POINT) / 2, list[tuple[str, str]]()
        for pair in pairs:
            if len(pair[1]) > WIDE:
                self._pair_row(waiting, half)
                self._pair_row([pair], self.width)
                waiting = []
            else:
                waiting.append(pair)
            if len(waiting) == 2:
                self._pair_row(waiting, half)
                waiting = []
        self._pair_row(waiting, half)

    def _pair_row(self, pairs: Sequence[tuple[str, str]], column: float) -> None:
        if not pairs:
            return
        label = 108 * POINT
        cells = [
            (Words(name, letters(8.5), label, color=ink("muted")),
             Words(value, letters(9.5, bold=True), column - label - PAD))
            for name, value in pairs
        ]  # fmt: skip
        height = max(part.height for cell in cells for part in cell) + 3 * POINT
        self._room(height)
        top = self.y

        def draw(painter: QPainter) -> None:
            for number, (name, value) in enumerate(cells):
                right = self.right - number * (column + 14 * POINT)
                name.draw(painter, right - label, top + 1 * POINT)
                value.draw(painter, right - column, top)

        self._put(draw)
        self.y += height
        self._line(self.y - 1.5 * POINT, ink("line"), 0.5)

    def table(
        self,
        heads: Sequence[str],
        widths: Sequence[float],
        rows: Sequence[Sequence[str]],
        tones: Mapping[tuple[int, int], str],
        points: float = TABLE,
    ) -> None:
        """The head stands on each page again; a row is never broken."""
        scale = self.width / sum(widths)
        sizes = [width * scale for width in widths]
        head = self._cells(heads, sizes, points, bold=True)
        for number, row in enumerate(rows):
            colors = {column: tone for (at, column), tone in tones.items() if at == number}
            cells = self._cells(row, sizes, points, colors=colors)
            first = not number
            height = _height(cells) + (_height(head) if first else 0)
            if self._room(height) or first:
                self._row(head, sizes, shaded=True)
            self._row(cells, sizes)
        self.gap(2 * POINT)

    def _cells(
        self,
        texts: Sequence[str],
        sizes: Sequence[float],
        points: float,
        *,
        bold: bool = False,
        colors: Mapping[int, str] | None = None,
    ) -> list[Words]:
        found = []
        for column, (text, size) in enumerate(zip(texts, sizes, strict=True)):
            tone = (colors or {}).get(column, "")
            font = letters(points, bold=bold or bool(tone))
            found.append(Words(text, font, size - 2 * PAD, color=ink(tone)))
        return found

    def _row(self, cells: Sequence[Words], sizes: Sequence[float], *, shaded: bool = False) -> None:
        height, top = _height(cells), self.y

        def draw(painter: QPainter) -> None:
            if shaded:
                painter.fillRect(QRectF(self.left, top, self.width, height), ink("hover"))
            right = self.right
            for cell, size in zip(cells, sizes, strict=True):
                cell.draw(painter, right - size + PAD, top + 0.7 * PAD)
                right -= size

        self._put(draw)
        self.y += height
        self._line(self.y, ink("line"), 0.5)

    def pictures(self, columns: Sequence[tuple[str, Sequence[tuple[str, QImage]]]]) -> None:
        """Columns of titled pictures, side by side from the right: before and after."""
        width = (self.width - 12 * POINT * (len(columns) - 1)) / len(columns)
        for number in range(max(len(pictures) for _, pictures in columns)):
            self._room(PICTURE + 40 * POINT)
            for place, (title, pictures) in enumerate(columns):
                if number < len(pictures):
                    right = self.right - place * (width + 12 * POINT)
                    self._picture(right - width, width, title, *pictures[number])
            self.y += PICTURE + 44 * POINT

    def _picture(
        self, left: float, width: float, title: str, caption: str, picture: QImage
    ) -> None:
        top = self.y
        name = Words(title, letters(9, bold=True), width, CENTRE)
        under = Words(caption, letters(8), width, CENTRE, ink("muted"), most=1)
        frame = QRectF(left, top + name.height + PAD / 2, width, PICTURE)
        size = QSizeF(picture.size()).scaled(
            frame.size() - QSizeF(2 * PAD, 2 * PAD), Qt.AspectRatioMode.KeepAspectRatio
        )
        spot = QRectF(QPointF(), size)
        spot.moveCenter(frame.center())

        def draw(painter: QPainter) -> None:
            name.draw(painter, left, top)
            painter.setPen(QPen(ink("line"), 0.5 * POINT))
            painter.drawRect(frame)
            painter.drawImage(spot, picture)
            under.draw(painter, left, frame.bottom() + PAD / 2)

        self._put(draw)

    def signatures(self, titles: Sequence[str]) -> None:
        """Boxes for who made it and who approves it, whole on one page."""
        height, between = 62 * POINT, 12 * POINT
        self.gap(14 * POINT)
        self._room(height)
        top = self.y
        width = (self.width - between * (len(titles) - 1)) / len(titles)
        words = [Words(title, letters(9), width - 2 * PAD) for title in titles]

        def draw(painter: QPainter) -> None:
            painter.setPen(QPen(ink("edge"), 0.6 * POINT))
            for number in range(len(words)):
                left = self.right - number * (width + between) - width
                painter.drawRoundedRect(QRectF(left, top, width, height), 60, 60)
            for number, word in enumerate(words):
                left = self.right - number * (width + between) - width
                word.draw(painter, left + PAD, top + PAD)

        self._put(draw)
        self.y += height

    def _line(self, y: float, color: QColor, points: float) -> None:
        pen = QPen(color, points * POINT)

        def draw(painter: QPainter) -> None:
            painter.setPen(pen)
            painter.drawLine(QPointF(self.left, y), QPointF(self.right, y))

        self._put(draw)


def _height(cells: Sequence[Words]) -> float:
    return max(cell.height for cell in cells) + 1.4 * PAD
