"""Step 1 of connecting (CN-1, CN-17): a provider's choices, and what follows from them.

`choices` holds the questions, `process` turns the answers into the mandate process, `plan` into the
implementation plan. Pure; keys are enumerations, the words for them live in the portals.
"""

from volmacht.rules.onboarding.choices import (
    LONGEST_MONTHS,
    MOST_SERVICES,
    Choices,
    CodeMoment,
    Lead,
)
from volmacht.rules.onboarding.plan import (
    PlanTask,
    Role,
    Step,
    TaskKey,
    implementation_plan,
    last_day,
    workdays_by_role,
)
from volmacht.rules.onboarding.process import (
    Actor,
    Condition,
    Exit,
    ProcessKey,
    ProcessStep,
    mandate_process,
)

__all__ = [
    "LONGEST_MONTHS",
    "MOST_SERVICES",
    "Actor",
    "Choices",
    "CodeMoment",
    "Condition",
    "Exit",
    "Lead",
    "PlanTask",
    "ProcessKey",
    "ProcessStep",
    "Role",
    "Step",
    "TaskKey",
    "implementation_plan",
    "last_day",
    "mandate_process",
    "workdays_by_role",
]
