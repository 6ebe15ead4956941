class BudgetRefused(Exception):
    """Nothing changed. The message is fit to show to whoever may see money."""
