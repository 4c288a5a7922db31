"""The steering circle of a region: who is in it, which steps it plans, and how its members agree without an account."""
