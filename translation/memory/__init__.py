"""What was translated before: found again when the same sentence, or one like it, comes back."""
