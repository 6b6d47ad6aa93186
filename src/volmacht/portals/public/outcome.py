"""What follows from the answers, in words and ready to be shown: the process, its picture, and the plan.

Page, PDF and calendar are all made from this, so they never say different things.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.translation import gettext, ngettext

from volmacht.portals.public.diagram.places import Drawing, place
from volmacht.portals.public.diagram.svg import Words, draw, wrap
from volmacht.portals.public.not_built import not_in_plan, not_in_process
from volmacht.portals.public.plan_words import ROLES, STEPS, TASKS
from volmacht.portals.public.process_words import ACTORS, ANSWERS, SHORT, DescribedStep, described
from volmacht.portals.shared.answers import Answers
from volmacht.portals.shared.dates import written_date
from volmacht.rules.onboarding import (
    PlanTask,
    Role,
    Step,
    implementation_plan,
    last_day,
    mandate_process,
    workdays_by_role,
)
from volmacht.rules.workdays import workday_from, workdays_between


@dataclass(frozen=True, slots=True)
class DescribedTask:
    """A task in words; `task` has the dates themselves."""

    task: PlanTask
    name: str
    what: str
    role: str
    period: str
    length: str


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """One of the six steps with its tasks."""

    number: int
    name: str
    tasks: list[DescribedTask]


@dataclass(frozen=True, slots=True)
class RoleShare:
    """How much one role has to do."""

    name: str
    work: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """Everything that follows from the answers."""

    process: list[DescribedStep]
    not_in_process: list[str]
    not_in_plan: str
    drawing: Drawing
    words: Words
    steps: list[PlannedStep]
    shares: list[RoleShare]
    first_day: date
    last_day: date
    workdays: int
    supplier_share: str

    def picture(self) -> str:
        """The process as one SVG picture."""
        return draw(self.drawing, self.words)


def outcome_of(answers: Answers) -> Outcome:
    """The process and the plan, in the language of the page."""
    process = mandate_process(answers.choices)
    tasks = implementation_plan(answers.choices, answers.start)
    words = Words(
        title=gettext("Machtigingsproces"),
        description=gettext("Wie wat doet, van de eerste vraag om hulp tot het einde van de machtiging."),
        actors={actor: str(name) for actor, name in ACTORS.items()},
        steps={step.key: str(SHORT[step.key]) for step in process},
        answers={answer: str(word) for answer, word in ANSWERS.items()},
    )
    first = workday_from(answers.start)
    return Outcome(
        process=described(process, answers.choices),
        not_in_process=not_in_process(process, answers.choices),
        not_in_plan=not_in_plan(),
        drawing=place(process, {key: len(wrap(text)) for key, text in words.steps.items()}),
        words=words,
        steps=_steps(tasks),
        shares=_shares(tasks),
        first_day=first,
        last_day=last_day(tasks),
        workdays=workdays_between(first, last_day(tasks)) + 1,
        supplier_share=_supplier_share(tasks),
    )


def _steps(tasks: tuple[PlanTask, ...]) -> list[PlannedStep]:
    numbers = {step: number for number, step in enumerate(Step, start=1)}
    return [
        PlannedStep(numbers[step], str(STEPS[step]), [_in_words(task) for task in of_step])
        for step, of_step in groupby(tasks, key=lambda task: task.step)
    ]


def _in_words(task: PlanTask) -> DescribedTask:
    first, due = written_date(task.first_day), written_date(task.due_day)
    one_day = task.first_day == task.due_day
    return DescribedTask(
        task=task,
        name=str(TASKS[task.key].name),
        what=str(TASKS[task.key].what),
        role=str(ROLES[task.role]),
        period=first if one_day else gettext("%(first)s tot en met %(last)s") % {"first": first, "last": due},
        length=_workdays(task.workdays),
    )


def _shares(tasks: tuple[PlanTask, ...]) -> list[RoleShare]:
    counts = Counter(task.role for task in tasks)
    return [
        RoleShare(str(ROLES[role]), f"{_tasks(counts[role])}, {_workdays(days)}")
        for role, days in workdays_by_role(tasks).items()
    ]


def _tasks(count: int) -> str:
    return ngettext("%(count)d taak", "%(count)d taken", count) % {"count": count}


def _workdays(count: int) -> str:
    return ngettext("%(count)d werkdag", "%(count)d werkdagen", count) % {"count": count}


def _supplier_share(tasks: tuple[PlanTask, ...]) -> str:
    """How much of the provider's work the supplier takes over; nothing without a supplier."""
    days = workdays_by_role(tasks)
    if Role.SUPPLIER not in days:
        return ""
    of_both = sum(days.values()) - days[Role.OPERATOR]
    facts = {"share": round(100 * days[Role.SUPPLIER] / of_both)}
    return gettext("Uw leverancier doet ongeveer %(share)d procent van het werk.") % facts
