"""What can be wrong: issues that checks collect, and errors that end one action.

Both carry a stable code and parameters; the sentence is looked up last, in the reader's language, so that issues can be
counted, grouped and translated. The lists of codes are closed: an unknown code is a bug.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desktop_app.domain.error_codes import ERRORS, ExitCode
from desktop_app.domain.issue_codes import ISSUES
from desktop_app.domain.severity import Severity
from desktop_app.text.catalogue import Catalogue, Param

__all__ = ["ERRORS", "ISSUES", "CollectedError", "ExitCode", "Issue", "Place", "Severity", "UserError"]


@dataclass(frozen=True)
class Place:
    """Where an issue is; empty parts do not apply.

    Attributes:
        file: file name as the user gave it.
        sheet: sheet name.
        cell: address such as ``E14``.
        unit: unit code.
        item: code of the element, system, task or target concerned.
        field: attribute of an entity.
    """

    file: str = ""
    sheet: str = ""
    cell: str = ""
    unit: str = ""
    item: str = ""
    field: str = ""


@dataclass(frozen=True)
class Issue:
    """One thing that is wrong or doubtful, collected with all others."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)
    place: Place = field(default_factory=Place)

    def __post_init__(self) -> None:
        if self.code not in ISSUES:
            raise KeyError(self.code)

    @property
    def severity(self) -> Severity:
        """How the issue is treated."""
        return ISSUES[self.code][0]

    def text(self, catalogue: Catalogue) -> str:
        """Return the sentence that says what is wrong and what to do next."""
        return catalogue(ISSUES[self.code][1], **self.params)

    def as_json(self, catalogue: Catalogue, *parts: str) -> dict[str, str | None]:
        """Return the issue as other programs read it.

        Args:
            catalogue: the language of the sentence.
            parts: the parts of the place that belong to it; absent ones are null.
        """
        where = {part: getattr(self.place, part) or None for part in parts}
        return {**where, "code": self.code, "severity": str(self.severity), "text": self.text(catalogue)}


class UserError(Exception):
    """Something that the environment or the data did, told in the user's words; anything else is a bug."""

    def __init__(self, code: str, /, **params: Param) -> None:
        if code not in ERRORS and code not in ISSUES:
            raise KeyError(code)
        super().__init__(code, params)
        self.code = code
        self.params: dict[str, Param] = params

    @classmethod
    def of(cls, issue: Issue) -> UserError:
        """Return the error that one issue is where it ends the action."""
        return cls(issue.code, **issue.params)

    @property
    def exit_code(self) -> ExitCode:
        """How the command line ends."""
        return ERRORS[self.code][0] if self.code in ERRORS else ExitCode.DATA

    def text(self, catalogue: Catalogue) -> str:
        """Return the sentence that says what happened and what to do next."""
        return catalogue(ERRORS[self.code][1] if self.code in ERRORS else ISSUES[self.code][1], **self.params)


class CollectedError(UserError):
    """A refusal for several reasons, each of which is an issue.

    Attributes:
        issues: every reason.
    """

    SHOWN = 5

    def __init__(self, code: str, issues: Sequence[Issue], **params: Param) -> None:
        super().__init__(code, reasons="; ".join(dict.fromkeys(issue.code for issue in issues)), **params)
        self.issues = tuple(issues)

    def text(self, catalogue: Catalogue) -> str:
        """Return the sentence with the first reasons in full, and the number of the others."""
        reasons = list(dict.fromkeys(issue.text(catalogue) for issue in self.issues))
        shown = reasons[: self.SHOWN]
        if len(reasons) > self.SHOWN:
            shown.append(catalogue("… and {count} more.", count=len(reasons) - self.SHOWN))
        return catalogue(ERRORS[self.code][1], **{**self.params, "reasons": " ".join(shown)})
