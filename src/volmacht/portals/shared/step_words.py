"""The words of the six steps (CN-1 to CN-6), for every portal that shows them."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from volmacht.rules.onboarding import Step

STEPS: dict[Step, Promise] = {
    Step.PREPARE: gettext_lazy("Voorbereiden"),
    Step.PREPRODUCTION: gettext_lazy("Aansluiten op preproductie"),
    Step.TEST: gettext_lazy("Bouwen en zelf testen"),
    Step.ACCEPTANCE: gettext_lazy("Laten testen op preproductie"),
    Step.PRODUCTION: gettext_lazy("Aansluiten op productie"),
    Step.ACTIVATION: gettext_lazy("Activeren"),
}
