"""A widget that is painted alike on the screen, in a picture and on paper, right to left."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontInfo,
    QFontMetricsF,
    QImage,
    QPagedPaintDevice,
    QPainter,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from db.text import grouped, to_persian_digits
from desktop import fonts, theme

RIGHT, LEFT, MIDDLE = (
    side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
    for side in (
        Qt.AlignmentFlag.AlignRight,
        Qt.AlignmentFlag.AlignLeft,
        Qt.AlignmentFlag.AlignHCenter,
    )
)
SMALL = 0.9


def number(value: float) -> str:
    """Persian digits, grouped by thousands, with one decimal where there is a part."""
    whole, tenth = divmod(round(value * 10), 10)
    return grouped(whole) + (f"٫{to_persian_digits(str(tenth))}" if tenth else "")


@dataclass(frozen=True)
class Sample:
    """A line of the legend: what a stroke stands for."""

    text: str
    pen: QPen


class Canvas(QWidget):
    """What is drawn, and the tools to draw it with; pixels are the widget's own, on any device."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._empty = "هنوز چیزی برای نمایش نیست."
        self._on_paper = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def is_empty(self) -> bool:
        raise NotImplementedError

    def draw(self, painter: QPainter, area: QRectF) -> None:
        raise NotImplementedError

    def paint(self, painter: QPainter, rect: QRectF) -> None:
        """Paint the chart into `rect` (in the device's dots) of a screen, a picture or a page."""
        scale = painter.device().logicalDpiX() / self.logicalDpiX()
        self._on_paper = isinstance(painter.device(), QPagedPaintDevice)
        painter.save()
        painter.translate(rect.topLeft())
        painter.scale(scale, scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        area = QRectF(0, 0, rect.width() / scale, rect.height() / scale)
        if self.is_empty():
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.setFont(self.sized())
            painter.setPen(self.tone("muted"))
            painter.drawText(area.adjusted(12, 0, -12, 0), flags, self._empty)
        else:
            self.draw(painter, area)
        painter.restore()
        self._on_paper = False

    def to_image(self, size: QSize, scale: float = 2) -> QImage:
        """The chart as a picture of `size` logical pixels, `scale` dots to each."""
        image = QImage(size * scale, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(scale)
        image.fill(self.tone("raised"))
        with QPainter(image) as painter:
            self.paint(painter, QRectF(0, 0, size.width(), size.height()))
        return image

    def tone(self, meaning: str, share: float = 1) -> QColor:
        """A colour by meaning, thinned with the card to `share` of itself; light on paper."""
        ask = theme.colors("light").__getitem__ if self._on_paper else theme.color
        full, card = ask(meaning), ask("raised")
        parts = (QColor.redF, QColor.greenF, QColor.blueF)
        return QColor.fromRgbF(*(share * of(full) + (1 - share) * of(card) for of in parts))

    def sized(self, factor: float = 1, *, bold: bool = False) -> QFont:
        """The widget's font, in pixels: a page of 1200 dots per inch must not scale it twice."""
        font = QFont(self.font())
        font.setPixelSize(max(7, round(QFontInfo(self.font()).pixelSize() * factor)))
        return fonts.emboldened(font) if bold else font

    def line(self, factor: float = 1) -> float:
        """Height of a line of text in pixels: closer than the font's own, which leaves room for
        marks above and below that labels seldom have."""
        return self.sized(factor).pixelSize() * 1.6

    def wide(self, text: str, factor: float = 1, *, bold: bool = False) -> float:
        return QFontMetricsF(self.sized(factor, bold=bold)).horizontalAdvance(text)

    def write(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        meaning: str = "text",
        align: Qt.AlignmentFlag = RIGHT,
        factor: float = 1,
        *,
        bold: bool = False,
    ) -> None:
        """One line of text in `rect`, shortened to it."""
        font = self.sized(factor, bold=bold)
        short = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width() + 1)
        painter.setFont(font)
        painter.setPen(self.tone(meaning))
        painter.drawText(rect, align | Qt.TextFlag.TextDontClip, short)

    def legend(
        self, painter: QPainter, row: QRectF, samples: list[Sample], *, centred: bool = False
    ) -> None:
        """Samples from the right, or in the middle; those without room are left out."""
        widths = [self.wide(sample.text, SMALL) + 24 for sample in samples]
        spare = row.width() - sum(widths) - 16 * (len(widths) - 1)
        right = row.right() - (max(0, spare / 2) if centred else 0)
        for sample, width in zip(samples, widths, strict=True):
            if right - width < row.left():
                return
            pen = QPen(sample.pen)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            painter.setPen(pen)
            y = row.center().y()
            painter.drawLine(QPointF(right - 16, y), QPointF(right, y))
            text = QRectF(right - width, row.top(), width - 22, row.height())
            self.write(painter, text, sample.text, "muted", factor=SMALL)
            right -= width + 16
