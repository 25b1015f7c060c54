"""The payment plans of communities, and what stands behind each of their lines."""

from openfisca_cpts.outils.plan.draft import Schedule
from openfisca_cpts.outils.plan.payment_plan import schedule, schedules

__all__ = ["Schedule", "schedule", "schedules"]
