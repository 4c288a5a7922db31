"""Transfer sheets: the pages of any kind as CSV or XLSX, out and in."""

from .importing import ImportResult, Plan, PlanRefused, apply_plan, plan_import
from .sheets import export_sheet
from .tables import FileRefused, Table, TableRow, read_table

__all__ = [
    "FileRefused",
    "ImportResult",
    "Plan",
    "PlanRefused",
    "Table",
    "TableRow",
    "apply_plan",
    "export_sheet",
    "plan_import",
    "read_table",
]
