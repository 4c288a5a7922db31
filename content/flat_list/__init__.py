"""The admin's flat list of each kind: what somebody may edit, wherever it stands in the tree."""
