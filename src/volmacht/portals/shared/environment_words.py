"""What the two environments are called."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from volmacht.portals.shared.parts import Text
from volmacht.rules.environment import Environment

ENVIRONMENTS: Mapping[Environment, Text] = {
    Environment.PREPRODUCTION: _("Preproductie"),
    Environment.PRODUCTION: _("Productie"),
}
