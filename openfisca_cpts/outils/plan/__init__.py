"""The payment plan of one community, and what stands behind each of its lines."""

from openfisca_cpts.outils.plan.payment_plan import Schedule, schedule

__all__ = ["Schedule", "schedule"]
