"""System checks: what would make translations go wrong quietly."""
