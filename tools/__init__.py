"""What runs the project: the demo, its processes, the suite. Not part of the site itself."""
