"""Cells of CSV files for spreadsheets, which take some texts for a formula and carry it out. Pure."""

# A spreadsheet takes a cell that begins with one of these for a formula: it is made text.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def text_cell(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
