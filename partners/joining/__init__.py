"""How organisations come in: by a public form, or by claiming a profile that a coordinator has made."""
