"""The public API: what readers can see, for programs. Read-only, described by its own OpenAPI document."""
