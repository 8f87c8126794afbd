"""Every step of a unit is told as reached or missing, and agrees with its stage."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.stage_reasons import reasons
from db.rules.standing import Facts, Paper, Return, Seen, standing
from desktop.units.why import SENTENCES, sentence

DAY = date(2023, 5, 1)


def at(days: int) -> date:
    return DAY + timedelta(days)


def codes(facts: Facts, days: int) -> list[str]:
    return [reason.code for reason in reasons(facts, at(days))]


def test_a_unit_that_was_only_registered() -> None:
    assert codes(Facts(DAY, 50, 3), 9) == [
        "registered", "not_visited", "not_diagnosed", "no_support", "not_returned",
    ]  # fmt: skip


def test_what_a_claim_lacks() -> None:
    back = [Return(at(10), 9, 60)]
    low = Seen(at(20), "follow_up", "active", 40)
    facts = Facts(DAY, 50, 3, visits=[low], returns=back)
    assert codes(facts, 30)[-3:] == ["claimed", "jobs", "no_evidence"]
    no_jobs = Facts(DAY, 50, 3, returns=[Return(at(10), 0, 60)])
    assert "no_jobs" in codes(no_jobs, 30)


def test_a_stagnant_visit_contradicts_and_a_stop_tells_it() -> None:
    visits = [Seen(at(20), "follow_up", "active", 60), Seen(at(40), "monitoring", "stagnant", 0)]
    running = Facts(DAY, 50, 3, visits=visits, returns=[Return(at(10), 9, 60)])
    assert codes(running, 50)[-1] == "contradicted"
    stopped = Facts(DAY, 50, 3, visits=visits, returns=[Return(at(10), 9, 60, at(40))])
    assert codes(stopped, 50)[-2:] == ["evidence", "stopped"]


def test_how_far_lasting_has_come() -> None:
    visits = [Seen(at(20), "follow_up", "active", 60), Seen(at(120), "follow_up", "active", 60)]
    facts = Facts(DAY, 50, 3, visits=visits, returns=[Return(at(10), 9, 60)])
    assert codes(facts, 50)[-1] == "not_sustained"
    assert codes(facts, 120)[-1] == "sustained"
    weak = Facts(DAY, 50, 3, visits=[*visits[:1], Seen(at(60), "follow_up", "active", 30)],
                 returns=[Return(at(10), 9, 60)])  # fmt: skip
    assert codes(weak, 70)[-1] == "begins_anew"


DAYS = st.integers(0, 200).map(at)
SEEN = st.builds(
    Seen, DAYS, st.sampled_from(["monitoring", "deep_diagnosis", "follow_up"]),
    st.sampled_from(["stagnant", "semi_stagnant", "active"]), st.integers(0, 100),
)  # fmt: skip
FACTS = st.builds(
    Facts,
    st.just(DAY),
    st.just(50),
    st.integers(0, 4),
    visits=st.lists(SEEN, max_size=6).map(lambda some: sorted(some, key=lambda seen: seen.day)),
    diagnosed_on=st.none() | DAYS,
    supports=st.lists(st.tuples(DAYS, st.none()), max_size=2),
    returns=st.lists(
        st.builds(Return, DAYS, st.integers(0, 20), st.integers(1, 100), st.none()), max_size=1
    ),
    papers=st.lists(st.builds(Paper, DAYS, st.integers(0, 100)), max_size=2).map(
        lambda some: sorted(some, key=lambda paper: paper.day)
    ),
)


@given(FACTS, st.integers(0, 220))
def test_the_steps_agree_with_the_stage(facts: Facts, days: int) -> None:
    told, span = codes(facts, days), standing(facts, at(days))
    assert ("claimed" in told) is span.claimed
    assert ("sustained" in told) is (span.sustained and not span.stopped)
    missing = {"jobs": "no_jobs", "evidence": "no_evidence", "contradicted": "contradicted"}
    if span.missing:
        assert missing[span.missing] in told
    if span.counted:
        assert not {"no_jobs", "no_evidence", "contradicted"} & set(told)


@given(FACTS, st.integers(0, 220))
def test_every_step_has_its_sentence(facts: Facts, days: int) -> None:
    for reason in reasons(facts, at(days)):
        said = sentence(reason)
        assert said.endswith(".")
        assert not set(said) & set("0123456789{}")


@pytest.mark.parametrize("code", SENTENCES)
def test_no_sentence_is_left_over(code: str) -> None:
    source = Path(__file__).parents[2] / "db" / "rules" / "stage_reasons.py"
    assert f'"{code}"' in source.read_text(encoding="utf-8")
