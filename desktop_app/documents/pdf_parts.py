"""The fixed parts of the first and last page in PDF: letterhead and signature block, placed to the millimetre.

**Source:** NĐ 30/2020/NĐ-CP, Phụ lục I, phần II, mục 1 to 4, 7 and 9.
"""

from __future__ import annotations

from dataclasses import dataclass

from reportlab.lib.colors import black
from reportlab.platypus import Flowable

from desktop_app.documents import fonts
from desktop_app.documents.model import MOTTO, NATION, RECIPIENTS_TITLE, Letterhead, Signature, recipient_lines
from desktop_app.documents.style import POINTS_PER_MM, Profile, TextStyle

RULE_GAP = 3.0
"""Points between the baseline of a line and the rule below it, beyond the descenders."""
_DESCENT = 0.22


@dataclass(frozen=True)
class _Placed:
    """A line of text; ``baseline`` in points below the top of the part, ``centre`` in points from its left edge."""

    text: str
    face: str
    size: float
    baseline: float
    centre: float


@dataclass(frozen=True)
class _Rule:
    y: float
    centre: float
    length: float


class _Part(Flowable):
    """Lines and rules at fixed places; never split."""

    def __init__(self, profile: Profile) -> None:
        super().__init__()
        self._profile = profile
        self._placed: list[_Placed] = []
        self._left: list[_Placed] = []
        self._rules: list[_Rule] = []
        self._height = 0.0

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Return the size."""
        return available_width, self._height

    def draw(self) -> None:
        """Draw the lines and rules."""
        canvas = self.canv
        canvas.setFillColor(black)
        canvas.setStrokeColor(black)
        for line in self._placed:
            canvas.setFont(line.face, line.size)
            canvas.drawCentredString(line.centre, self._height - line.baseline, line.text)
        for line in self._left:
            canvas.setFont(line.face, line.size)
            canvas.drawString(line.centre, self._height - line.baseline, line.text)
        canvas.setLineWidth(self._profile.header.rule_width)
        for rule in self._rules:
            y = self._height - rule.y
            canvas.line(rule.centre - rule.length / 2, y, rule.centre + rule.length / 2, y)

    def _column(self, texts: list[tuple[str, TextStyle]], centre: float, width: float, top: float = 0.0) -> float:
        """Place lines below each other, centred; return where the last ends, in points below the top."""
        for text, style in texts:
            size, lines = fonts.fit(text, style, width / POINTS_PER_MM)
            for line in lines:
                top += size * fonts.SINGLE_SPACING
                baseline = top - size * _DESCENT
                self._placed.append(_Placed(line, fonts.load_family().of(style), size, baseline, centre))
        return top

    def _rule_below_last(self, style: TextStyle, share: float) -> None:
        last = self._placed[-1]
        length = fonts.width_mm(last.text, style, last.size) * POINTS_PER_MM * share
        self._rules.append(_Rule(last.baseline + last.size * _DESCENT + RULE_GAP - 1.0, last.centre, length))


class LetterheadFlow(_Part):
    """Agency at the left, nation and motto at the right, number and place level with each other below."""

    def __init__(self, head: Letterhead, profile: Profile) -> None:
        super().__init__(profile)
        layout, styles = profile.header, profile.styles
        left_width, right_width = layout.left_width * POINTS_PER_MM, layout.right_width * POINTS_PER_MM
        left, right = left_width / 2, left_width + right_width / 2
        agency = [(head.parent_agency, styles["parent_agency"])] if head.parent_agency else []
        agency += [(text, styles["agency"]) for text in head.agency]
        below_left = self._column(agency, left, left_width)
        self._rule_below_last(styles["agency"], layout.agency_rule_share)
        below_right = self._column([(NATION, styles["nation"]), (MOTTO, styles["motto"])], right, right_width)
        self._rule_below_last(styles["motto"], 1.0)
        below = max(below_left, below_right) + RULE_GAP + layout.number_gap
        number = self._level(head.number, styles["number"], left, left_width)
        place = self._level(head.place_day, styles["place_day"], right, right_width)
        baseline = below + max(number[2], place[2])
        self._placed += [_Placed(text, face, size, baseline, centre) for text, face, size, centre in (number, place)]
        self._height = baseline + max(number[2], place[2]) * _DESCENT

    @staticmethod
    def _level(text: str, style: TextStyle, centre: float, width: float) -> tuple[str, str, float, float]:
        size, _lines = fonts.fit(text, style, width / POINTS_PER_MM)
        return fonts.clean(text), fonts.load_family().of(style), size, centre


class RuleFlow(Flowable):
    """The rule below the abstract, with room below it."""

    def __init__(self, length: float, thickness: float, below: float) -> None:
        super().__init__()
        self._length, self._thickness, self._below = length, thickness, below
        self._available = 0.0

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Return the size."""
        self._available = available_width
        return available_width, RULE_GAP + self._below

    def draw(self) -> None:
        """Draw the rule in the middle."""
        self.canv.setLineWidth(self._thickness)
        left = (self._available - self._length) / 2
        self.canv.line(left, self._below, left + self._length, self._below)


class SignatureFlow(_Part):
    """Recipients at the left, who signs at the right, level with each other."""

    def __init__(self, signature: Signature, recipients: tuple[str, ...], profile: Profile, width: float) -> None:
        super().__init__(profile)
        layout, styles, family = profile.signature, profile.styles, fonts.load_family()
        signer_width = layout.signer_width * POINTS_PER_MM
        centre = width - signer_width / 2
        bottom = self._column([(text, styles["authority"]) for text in signature.authority], centre, signer_width)
        bottom += layout.space * POINTS_PER_MM
        if signature.name:
            bottom = self._column([(signature.name, styles["signer"])], centre, signer_width, bottom)
        top = 0.0
        if recipients:
            title = styles["recipients_title"]
            top = styles["authority"].size * fonts.SINGLE_SPACING
            self._left.append(_Placed(RECIPIENTS_TITLE, family.of(title), title.size, top - title.size * _DESCENT, 0.0))
            style = styles["recipients"]
            room = layout.recipients_width * POINTS_PER_MM
            for text in recipient_lines(recipients):
                for line in fonts.wrap(fonts.clean(text), family.of(style), style.size, room):
                    top += style.size * fonts.SINGLE_SPACING
                    self._left.append(_Placed(line, family.of(style), style.size, top - style.size * _DESCENT, 0.0))
        self._height = max(top, bottom) + 2.0
