"""What became of the conclusions: each directive is a task, with its own chain of steps from receipt to acceptance."""
