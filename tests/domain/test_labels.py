from __future__ import annotations

from enum import StrEnum

import pytest

from desktop_app.domain import entities, labels
from desktop_app.domain.entities import Comparator, TaskStatus, UnitKind
from desktop_app.domain.indicators import Verdict
from desktop_app.domain.issues import Severity
from desktop_app.domain.values import Outcome
from desktop_app.text.catalogue import Catalogue, Language

VI = Catalogue(Language.VI)
EN = Catalogue(Language.EN)
ENUMS = [
    found
    for found in vars(entities).values()
    if isinstance(found, type) and issubclass(found, StrEnum) and found is not StrEnum
]


@pytest.mark.parametrize("members", [*ENUMS, Severity, Outcome], ids=lambda members: members.__name__)
def test_every_member_has_a_name_in_both_languages(members):
    vietnamese, english = labels.labels(VI, members), labels.labels(EN, members)
    assert list(vietnamese) == list(members)
    for member in members:
        assert vietnamese[member] == labels.label(VI, member) != ""
        assert english[member] == labels.label(EN, member) != ""
        assert vietnamese[member] != english[member]


@pytest.mark.parametrize("members", ENUMS, ids=lambda members: members.__name__)
def test_names_of_one_list_differ(members):
    names = list(labels.labels(VI, members).values())
    assert len(set(names)) == len(names)


def test_a_list_without_names_is_a_bug():
    class Foreign(StrEnum):
        MEMBER = "member"

    with pytest.raises(KeyError):
        labels.label(VI, Foreign.MEMBER)


def test_verdicts_have_a_sign_and_a_word():
    assert {str(verdict) for verdict in Verdict} == set(labels.VERDICTS)
    assert labels.verdict_label(VI, "met") == "✓ Đạt"
    assert [labels.verdict_label(VI, verdict) for verdict in labels.VERDICTS] == [
        "✓ Đạt",
        "✕ Chưa đạt",
        "◷ Chưa đến hạn",
        "◐ Thiếu số liệu",
        "✎ Đánh giá tay",
        "– Không áp dụng",
    ]
    assert len({sign for sign, _ in labels.VERDICTS.values()}) == len(labels.VERDICTS)


def test_signs_of_comparators():
    assert set(labels.COMPARATOR_SIGNS) == set(Comparator)


def test_names_are_those_of_offices():
    assert labels.label(VI, UnitKind.DEPARTMENT) == "Sở, ban, ngành"
    assert labels.label(VI, TaskStatus.DONE) == "Hoàn thành"
