"""Pictures for the demo, drawn on the spot: warm shapes, no words, nobody's face, no licence to ask for.

``picture(key)`` draws; the keys and what each picture shows are in ``pictures.json``. The same key gives the same
bytes with the same Pillow.
"""

import math
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (1200, 675)
# Drawn larger and reduced, which smooths the edges.
SCALE = 2

CREAM, SAND, PEACH, APRICOT = "#fff4e0", "#f6dfbb", "#f9c9a0", "#f2a65a"
BRICK, ROSE, PLUM = "#c8553d", "#e08e79", "#6d3b5e"
SUN, HONEY = "#ffc94d", "#e0a526"
LEAF, MOSS, TEAL = "#7fa65c", "#4f7a4b", "#2f7f86"
SKY, DUSK, NIGHT = "#a9d5d8", "#4a6c8c", "#2d3a58"
WHITE, BARK = "#ffffff", "#7a4a2f"
BRIGHT = (BRICK, SUN, TEAL, LEAF, APRICOT, PLUM, DUSK, ROSE)


class Sheet:
    """A sheet of paper of 1200 × 675; all methods take positions and lengths in its pixels."""

    def __init__(self, paper):
        self.image = Image.new("RGB", (SIZE[0] * SCALE, SIZE[1] * SCALE), paper)
        self.pen = ImageDraw.Draw(self.image)

    def disc(self, x, y, radius, colour, flat=1.0):
        """Fill an ellipse around (x, y); ``flat`` is its height as a share of its width."""
        self.pen.ellipse(_scaled(x - radius, y - radius * flat, x + radius, y + radius * flat), fill=colour)

    def half(self, x, y, radius, colour, start=180):
        """Fill half a disc, from the angle ``start`` clockwise; 180 is the upper half."""
        self.pen.pieslice(
            _scaled(x - radius, y - radius, x + radius, y + radius), start, start + 180, fill=colour
        )

    def box(self, x, y, width, height, colour, round_by=0):
        """Fill a rectangle with its upper left corner at (x, y)."""
        self.pen.rounded_rectangle(_scaled(x, y, x + width, y + height), round_by * SCALE, fill=colour)

    def shape(self, colour, *points):
        """Fill a polygon through ``points``."""
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=colour)

    def line(self, colour, width, *points):
        """Draw a line through ``points`` with round joints."""
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(scaled, fill=colour, width=width * SCALE, joint="curve")

    def ring(self, x, y, radius, colour, width):
        """Draw a circle's outline, ``width`` thick, inside ``radius``."""
        self.pen.ellipse(
            _scaled(x - radius, y - radius, x + radius, y + radius), outline=colour, width=width * SCALE
        )

    def bow(self, x, y, radius, colour, width, start, end):
        """Draw a part of a circle between two angles in degrees, clockwise from the right."""
        box = _scaled(x - radius, y - radius, x + radius, y + radius)
        self.pen.arc(box, start, end, fill=colour, width=width * SCALE)

    def ground(self, y, colour):
        """Fill everything below ``y``."""
        self.box(0, y, SIZE[0], SIZE[1] - y, colour)

    def png(self):
        """Return the sheet as PNG bytes."""
        out = BytesIO()
        self.image.reduce(SCALE).save(out, "PNG", compress_level=1)
        return out.getvalue()


def _scaled(*lengths):
    return tuple(length * SCALE for length in lengths)


def _around(x, y, radius, count, turn=0.0):
    """Yield ``count`` points on a circle, beginning at the top."""
    for step in range(count):
        angle = 2 * math.pi * step / count - math.pi / 2 + turn
        yield x + radius * math.cos(angle), y + radius * math.sin(angle)


def _flower(sheet, x, y, radius, petals=12):
    for px, py in _around(x, y, radius, petals):
        sheet.disc(px, py, radius * 0.42, SUN)
    sheet.disc(x, y, radius * 0.72, BARK)
    sheet.disc(x, y, radius * 0.45, "#5c3521")


def _cup(sheet, x, y, colour, size=1.0):
    sheet.ring(x + 75 * size, y + 40 * size, 42 * size, colour, int(16 * size))
    sheet.box(x - 80 * size, y - 10 * size, 160 * size, 110 * size, colour, 34 * size)
    sheet.disc(x, y, 80 * size, BARK, flat=0.28)
    for offset in (-30, 10):
        sheet.bow(x + offset * size, y - 70 * size, 26 * size, WHITE, 8, 100, 260)
        sheet.bow(x + offset * size, y - 118 * size, 26 * size, WHITE, 8, 280, 80)


def _bubble(sheet, x, y, width, height, colour, tail):
    sheet.box(x, y, width, height, colour, 60)
    sheet.shape(
        colour,
        (x + tail - 40, y + height - 10),
        (x + tail + 40, y + height - 10),
        (x + tail, y + height + 70),
    )


def _house(sheet, x, y, width, height, wall, roof):
    sheet.box(x, y, width, height, wall)
    sheet.shape(roof, (x - 30, y), (x + width + 30, y), (x + width / 2, y - width * 0.45))
    sheet.box(x + width * 0.4, y + height - 120, width * 0.2, 120, BARK, 8)
    for column in (0.16, 0.66):
        sheet.box(x + width * column, y + 40, width * 0.18, 70, SUN, 8)


def _book(sheet, x, y, width, height, colour):
    sheet.box(x, y, width, height, colour, 10)
    sheet.box(x + 14, y + height * 0.14, width - 28, 14, CREAM)
    sheet.box(x + 14, y + height * 0.78, width - 28, 14, CREAM)


def _tree(sheet, x, y, size, leaf):
    sheet.box(x - 10, y - 20, 20, size * 0.6, BARK)
    sheet.shape(leaf, (x - size * 0.5, y), (x + size * 0.5, y), (x, y - size))


def _person(sheet, x, y, size, colour, head):
    sheet.disc(x, y - size * 1.25, size * 0.42, head)
    sheet.half(x, y, size * 0.75, colour)


def _tassen(sheet):
    sheet.disc(600, 520, 560, BRICK, flat=0.42)
    sheet.disc(600, 500, 560, ROSE, flat=0.42)
    for x, y, colour in ((320, 400, TEAL), (600, 330, CREAM), (870, 400, SUN), (590, 540, PLUM)):
        _cup(sheet, x, y, colour)


def _haus(sheet):
    sheet.disc(980, 150, 90, SUN)
    sheet.ground(560, LEAF)
    _house(sheet, 130, 330, 230, 240, TEAL, NIGHT)
    _house(sheet, 420, 270, 320, 300, BRICK, PLUM)
    _house(sheet, 820, 350, 220, 220, CREAM, APRICOT)


def _sprechblasen(sheet):
    _bubble(sheet, 120, 110, 460, 240, TEAL, 110)
    _bubble(sheet, 640, 170, 430, 220, BRICK, 330)
    _bubble(sheet, 320, 420, 400, 150, SUN, 90)
    for x in (240, 350, 460):
        sheet.disc(x, 230, 30, CREAM)
    for y in (240, 300):
        sheet.box(710, y, 280, 22, CREAM, 11)


def _wegweiser(sheet):
    sheet.disc(250, 700, 460, LEAF, flat=0.5)
    sheet.disc(950, 720, 520, MOSS, flat=0.5)
    sheet.box(585, 90, 34, 520, BARK, 8)
    sheet.shape(BRICK, (600, 130), (920, 130), (980, 180), (920, 230), (600, 230))
    sheet.shape(TEAL, (600, 260), (300, 260), (240, 310), (300, 360), (600, 360))
    sheet.shape(SUN, (600, 390), (840, 390), (900, 435), (840, 480), (600, 480))


def _mosaik(sheet):
    for row in range(5):
        for column in range(9):
            colour = BRIGHT[(row * 3 + column * 5) % len(BRIGHT)]
            x, y = 60 + column * 122, 50 + row * 118
            if (row + column) % 3 == 0:
                sheet.disc(x + 52, y + 52, 52, colour)
            elif (row + column) % 3 == 1:
                sheet.box(x, y, 104, 104, colour, 16)
            else:
                sheet.shape(colour, (x, y + 104), (x + 104, y + 104), (x + 52, y))


def _sonnenblumen(sheet):
    sheet.ground(430, HONEY)
    for x, y in ((180, 420), (440, 330), (720, 390), (1000, 310)):
        sheet.line(MOSS, 20, (x, y), (x, 675))
        sheet.disc(x + 50, y + 150, 52, LEAF, flat=0.45)
        _flower(sheet, x, y, 92, 14)


def _sonnenblume(sheet):
    sheet.line(MOSS, 30, (600, 320), (600, 675))
    sheet.disc(480, 560, 120, LEAF, flat=0.4)
    sheet.disc(720, 600, 120, LEAF, flat=0.4)
    _flower(sheet, 600, 270, 175, 14)


def _topf(sheet):
    sheet.ground(560, BARK)
    for x in (430, 600, 770):
        sheet.bow(x, 180, 40, WHITE, 14, 90, 270)
        sheet.bow(x, 100, 40, WHITE, 14, 270, 90)
    sheet.box(300, 300, 600, 280, BRICK, 60)
    sheet.box(270, 280, 660, 50, PLUM, 25)
    for x in (250, 890):
        sheet.box(x, 370, 60, 60, PLUM, 20)
    for x, colour in ((380, SUN), (520, LEAF), (660, CREAM), (800, APRICOT)):
        sheet.disc(x, 280, 56, colour)


def _ball(sheet):
    sheet.ground(440, LEAF)
    sheet.line(CREAM, 12, (0, 540), (1200, 540))
    sheet.line(CREAM, 16, (120, 440), (120, 170), (520, 170), (520, 440))
    sheet.disc(800, 420, 170, WHITE)
    sheet.shape(NIGHT, *_around(800, 420, 66, 5))
    for x, y in _around(800, 420, 142, 5, math.pi / 5):
        sheet.disc(x, y, 26, NIGHT)


def _kleiderstube(sheet):
    sheet.line(BARK, 16, (90, 150), (1110, 150))
    for x, colour in ((220, BRICK), (450, TEAL), (680, SUN), (910, PLUM)):
        sheet.line(BARK, 8, (x + 40, 150), (x + 40, 205))
        sheet.shape(
            colour,
            (x, 200),
            (x + 80, 200),
            (x + 180, 280),
            (x + 140, 340),
            (x + 110, 310),
            (x + 110, 540),
            (x - 30, 540),
            (x - 30, 310),
            (x - 60, 340),
            (x - 100, 280),
        )


def _werkzeug(sheet):
    sheet.box(90, 520, 1020, 70, BARK, 12)
    sheet.line(TEAL, 44, (260, 480), (480, 200))
    sheet.ring(520, 150, 90, TEAL, 40)
    sheet.box(640, 250, 44, 260, HONEY, 16)
    sheet.box(560, 170, 220, 90, NIGHT, 20)
    for x, y in _around(960, 350, 120, 8):
        sheet.disc(x, y, 34, BRICK)
    sheet.disc(960, 350, 118, BRICK)
    sheet.disc(960, 350, 52, SAND)


def _landkarte(sheet):
    for column, colour in enumerate((CREAM, SAND, CREAM, SAND)):
        tilt = 40 if column % 2 else 0
        x = 120 + column * 240
        sheet.shape(colour, (x, 120 + tilt), (x + 240, 160 - tilt), (x + 240, 560 - tilt), (x, 520 + tilt))
    sheet.line(SKY, 26, (120, 430), (380, 330), (640, 420), (1080, 280))
    for x, y, colour in (
        (300, 260, BRICK),
        (560, 300, TEAL),
        (820, 250, PLUM),
        (700, 480, HONEY),
        (420, 460, LEAF),
    ):
        sheet.shape(colour, (x - 34, y), (x + 34, y), (x, y + 70))
        sheet.disc(x, y, 40, colour)
        sheet.disc(x, y, 16, CREAM)


def _haende(sheet):
    for (x, y), colour in zip(_around(600, 340, 235, 8), BRIGHT, strict=True):
        sheet.line(colour, 62, (600 + (x - 600) * 2.6, 340 + (y - 340) * 2.6), (x, y))
        sheet.disc(x, y, 76, colour)
    sheet.disc(600, 340, 120, CREAM)
    sheet.disc(560, 315, 54, BRICK)
    sheet.disc(640, 315, 54, BRICK)
    sheet.shape(BRICK, (510, 335), (690, 335), (600, 440))


def _masken(sheet):
    sheet.box(0, 0, 190, 675, BRICK)
    sheet.box(1010, 0, 190, 675, BRICK)
    for x in (60, 130, 1070, 1140):
        sheet.box(x, 0, 18, 675, PLUM)
    for x, y, colour, smiles in ((440, 290, SUN, True), (750, 370, SKY, False)):
        sheet.half(x, y, 190, colour, start=0)
        sheet.box(x - 190, y - 120, 380, 122, colour, 30)
        for eye in (-75, 75):
            sheet.disc(x + eye, y - 20, 36, NIGHT, flat=0.6)
        sheet.bow(x, y + (50 if smiles else 120), 70, NIGHT, 16, *((20, 160) if smiles else (200, 340)))


def _laufen(sheet):
    sheet.disc(960, 170, 100, SUN)
    sheet.disc(200, 700, 520, LEAF, flat=0.5)
    sheet.disc(1000, 720, 620, MOSS, flat=0.45)
    sheet.line(SAND, 60, (0, 640), (320, 520), (640, 570), (1200, 430))
    for x, y, colour in ((240, 470, BRICK), (560, 460, TEAL), (860, 420, PLUM)):
        sheet.disc(x + 22, y - 120, 34, BARK)
        sheet.line(colour, 40, (x + 10, y - 80), (x - 6, y))
        sheet.line(NIGHT, 22, (x - 6, y), (x + 50, y + 40), (x + 30, y + 100))
        sheet.line(NIGHT, 22, (x - 6, y), (x - 40, y + 60), (x - 96, y + 60))
        sheet.line(colour, 18, (x + 6, y - 66), (x + 66, y - 30))


def _kinder(sheet):
    sheet.half(600, 600, 470, BRICK)
    for radius, colour in ((400, APRICOT), (330, SUN), (260, LEAF), (190, TEAL), (120, CREAM)):
        sheet.half(600, 600, radius, colour)
    sheet.ground(600, MOSS)
    for x, colour in ((160, PLUM), (330, SUN), (870, ROSE), (1040, BRICK)):
        sheet.line(BARK, 5, (x, 220), (x + 10, 600))
        sheet.disc(x, 180, 62, colour, flat=1.2)


def _netz(sheet):
    points = [(600, 340), *_around(600, 340, 240, 6), *_around(600, 340, 400, 5, 0.5)]
    for first in points:
        for second in points:
            if math.dist(first, second) < 300:
                sheet.line(SAND, 8, first, second)
    for number, (x, y) in enumerate(points):
        sheet.disc(x, y, 62 if number == 0 else 38, BRIGHT[number % len(BRIGHT)])


def _foerderung(sheet):
    for x, count in ((300, 3), (500, 5), (700, 8), (900, 11)):
        for level in range(count):
            y = 560 - level * 36
            sheet.disc(x, y, 84, HONEY, flat=0.32)
            sheet.disc(x, y - 14, 84, SUN, flat=0.32)
    sheet.line(MOSS, 18, (900, 150), (900, 40))
    sheet.disc(860, 90, 50, LEAF, flat=0.5)
    sheet.disc(945, 60, 50, LEAF, flat=0.5)
    sheet.ground(610, BARK)


def _brief(sheet):
    sheet.box(230, 170, 740, 400, CREAM, 20)
    sheet.shape(SAND, (230, 180), (970, 180), (600, 420))
    sheet.line(APRICOT, 10, (240, 185), (600, 420), (960, 185))
    sheet.box(820, 430, 110, 110, TEAL, 8)
    sheet.disc(875, 485, 34, SUN)


def _verein(sheet):
    sheet.ground(600, MOSS)
    for x, colour, head in (
        (250, TEAL, PEACH),
        (430, BRICK, BARK),
        (600, SUN, APRICOT),
        (770, PLUM, SAND),
        (950, LEAF, BARK),
    ):
        _person(sheet, x, 600, 130, colour, head)
    for x in range(120, 1100, 120):
        sheet.shape(BRIGHT[x // 120 % len(BRIGHT)], (x, 90), (x + 80, 90), (x + 40, 170))
    sheet.line(BARK, 6, (60, 90), (1140, 90))


def _mappe(sheet):
    sheet.box(330, 90, 540, 500, BRICK, 20)
    sheet.box(370, 60, 460, 500, CREAM, 8)
    for y in (170, 260, 350, 440):
        sheet.box(500, y, 270, 22, SAND, 11)
        sheet.line(MOSS, 16, (415, y + 8), (435, y + 30), (470, y - 12))
    sheet.shape(TEAL, (760, 400), (920, 400), (920, 520), (840, 610), (760, 520))


def _karte(sheet):
    sheet.box(290, 190, 640, 370, BRICK, 36)
    sheet.box(250, 150, 640, 370, SUN, 36)
    sheet.disc(400, 310, 84, CREAM)
    sheet.disc(375, 290, 34, BRICK)
    sheet.disc(425, 290, 34, BRICK)
    sheet.shape(BRICK, (343, 304), (457, 304), (400, 372))
    for y, width in ((260, 300), (320, 240), (380, 280)):
        sheet.box(530, y, width, 24, HONEY, 12)


def _kamera(sheet):
    sheet.box(260, 200, 680, 380, NIGHT, 50)
    sheet.box(460, 140, 280, 90, NIGHT, 26)
    sheet.disc(600, 390, 160, CREAM)
    sheet.disc(600, 390, 128, TEAL)
    sheet.disc(600, 390, 74, NIGHT)
    sheet.disc(560, 350, 26, WHITE)
    sheet.disc(860, 270, 34, BRICK)


def _bildschirm(sheet):
    sheet.box(200, 90, 800, 440, NIGHT, 30)
    sheet.box(120, 540, 960, 50, DUSK, 25)
    for column in range(3):
        for row in range(2):
            x, y = 235 + column * 250, 120 + row * 200
            sheet.box(x, y, 230, 180, BRIGHT[(column + row * 3) % len(BRIGHT)], 14)
            _person(sheet, x + 115, y + 180, 84, CREAM, SAND)


def _beamer(sheet):
    sheet.shape(CREAM, (300, 500), (560, 90), (1120, 90), (1120, 460), (360, 540))
    sheet.box(560, 80, 560, 380, WHITE, 8)
    sheet.shape(LEAF, (600, 430), (760, 220), (920, 430))
    sheet.shape(MOSS, (780, 430), (940, 270), (1080, 430))
    sheet.disc(980, 160, 46, SUN)
    sheet.box(100, 470, 270, 120, NIGHT, 24)
    sheet.disc(330, 520, 38, SUN)


def _tisch(sheet):
    for (x, y), colour in zip(_around(600, 340, 268, 8), BRIGHT, strict=True):
        sheet.disc(x, y, 66, colour)
    sheet.disc(600, 340, 220, BARK)
    sheet.disc(600, 340, 196, HONEY)
    for x, y in _around(600, 340, 130, 8):
        sheet.disc(x, y, 34, CREAM)
    sheet.disc(600, 340, 56, LEAF)


def _kalender(sheet):
    sheet.box(280, 120, 640, 480, CREAM, 30)
    sheet.box(280, 120, 640, 110, BRICK, 30)
    for x in (400, 800):
        sheet.box(x - 14, 70, 28, 100, NIGHT, 14)
    for row in range(4):
        for column in range(7):
            busy = (row * 7 + column) % 4 == 1
            sheet.box(
                316 + column * 83, 256 + row * 83, 66, 66, BRIGHT[(row + column) % 8] if busy else SAND, 12
            )


def _goldstueck(sheet):
    for x, y in _around(600, 340, 290, 12):
        sheet.line(HONEY, 16, (600 + (x - 600) * 0.78, 340 + (y - 340) * 0.78), (x, y))
    sheet.disc(600, 340, 190, HONEY)
    sheet.disc(600, 340, 160, SUN)
    outer, inner = list(_around(600, 340, 110, 5)), list(_around(600, 340, 48, 5, math.pi / 5))
    sheet.shape(BRICK, *[point for pair in zip(outer, inner, strict=True) for point in pair])


def _buecher(sheet):
    sheet.box(90, 560, 1020, 40, BARK, 8)
    x = 150
    for number, (width, height) in enumerate(
        ((90, 380), (70, 320), (110, 410), (80, 350), (60, 290), (100, 390), (90, 340), (70, 400), (90, 360))
    ):
        _book(sheet, x, 560 - height, width, height, BRIGHT[number % len(BRIGHT)])
        x += width + 14


def _amt(sheet):
    sheet.ground(580, SAND)
    sheet.shape(BRICK, (250, 230), (950, 230), (600, 80))
    sheet.box(280, 230, 640, 50, CREAM)
    for x in (320, 460, 600, 740, 850):
        sheet.box(x, 280, 46, 250, CREAM)
    for level in range(3):
        sheet.box(250 - level * 30, 530 + level * 26, 700 + level * 60, 26, (APRICOT, PEACH, ROSE)[level])
    _person(sheet, 520, 650, 70, TEAL, BARK)
    _person(sheet, 650, 650, 70, SUN, PEACH)


def _laterne(sheet):
    sheet.line(BARK, 8, (0, 80), (300, 150), (600, 170), (900, 150), (1200, 80))
    for x, y, colour in (
        (160, 130, BRICK),
        (380, 170, SUN),
        (600, 190, TEAL),
        (820, 170, APRICOT),
        (1040, 130, ROSE),
    ):
        sheet.disc(x, y + 110, 86, colour, flat=1.1)
        sheet.disc(x, y + 110, 44, CREAM, flat=1.3)
        sheet.box(x - 34, y + 4, 68, 18, BARK, 6)
        sheet.box(x - 34, y + 198, 68, 18, BARK, 6)
    for x, y in ((120, 520), (330, 600), (540, 500), (760, 590), (960, 510), (1090, 610)):
        sheet.disc(x, y, 46, APRICOT, flat=0.55)
        sheet.line(BRICK, 6, (x - 60, y + 14), (x + 40, y - 6))


def _tafel(sheet):
    sheet.box(160, 80, 880, 430, BARK, 20)
    sheet.box(185, 105, 830, 380, MOSS, 8)
    sheet.line(CREAM, 12, (260, 380), (350, 200), (440, 380), (260, 380))
    sheet.ring(600, 290, 95, CREAM, 12)
    sheet.disc(850, 290, 95, SUN)
    sheet.box(300, 520, 90, 24, WHITE, 10)
    sheet.box(430, 520, 70, 24, ROSE, 10)


def _see(sheet):
    sheet.disc(900, 180, 90, SUN)
    sheet.shape(DUSK, (0, 400), (260, 180), (520, 400))
    sheet.shape(TEAL, (340, 400), (640, 230), (940, 400))
    sheet.ground(390, SKY)
    for x, y, size in ((90, 390, 120), (180, 400, 160), (1020, 395, 150), (1120, 400, 120)):
        _tree(sheet, x, y, size, MOSS)
    for y, x in ((450, 180), (510, 520), (570, 300), (600, 800), (470, 860)):
        sheet.box(x, y, 200, 10, WHITE, 5)
    sheet.shape(BRICK, (560, 470), (780, 470), (740, 520), (600, 520))
    sheet.shape(CREAM, (680, 460), (680, 300), (590, 460))


_DRAWINGS = {
    "amt": (PEACH, _amt),
    "ball": (SKY, _ball),
    "beamer": (PEACH, _beamer),
    "bildschirm": (SAND, _bildschirm),
    "brief": (PEACH, _brief),
    "buecher": (CREAM, _buecher),
    "foerderung": (PEACH, _foerderung),
    "goldstueck": (CREAM, _goldstueck),
    "haende": (SAND, _haende),
    "haus": (PEACH, _haus),
    "kalender": (APRICOT, _kalender),
    "kamera": (SUN, _kamera),
    "karte": (SKY, _karte),
    "kinder": (SKY, _kinder),
    "kleiderstube": (CREAM, _kleiderstube),
    "landkarte": (SKY, _landkarte),
    "laterne": (NIGHT, _laterne),
    "laufen": (SKY, _laufen),
    "mappe": (SAND, _mappe),
    "masken": (NIGHT, _masken),
    "mosaik": (CREAM, _mosaik),
    "netz": (CREAM, _netz),
    "see": (PEACH, _see),
    "sonnenblume": (SKY, _sonnenblume),
    "sonnenblumen": (SKY, _sonnenblumen),
    "sprechblasen": (PEACH, _sprechblasen),
    "tafel": (PEACH, _tafel),
    "tassen": (PEACH, _tassen),
    "tisch": (CREAM, _tisch),
    "topf": (SUN, _topf),
    "verein": (SKY, _verein),
    "wegweiser": (SKY, _wegweiser),
    "werkzeug": (SAND, _werkzeug),
}


def picture(key):
    """Return the picture ``key`` as PNG bytes, 1200 × 675. Raises ``LookupError`` naming the known keys."""
    try:
        paper, draw = _DRAWINGS[key]
    except KeyError as error:
        raise LookupError(f"No picture “{key}”; there are: {', '.join(_DRAWINGS)}.") from error
    sheet = Sheet(paper)
    draw(sheet)
    return sheet.png()


def picture_keys():
    """Return the keys of all pictures."""
    return list(_DRAWINGS)
