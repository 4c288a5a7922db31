"""The idea box: anybody writes, a coordinator looks, everybody reads and supports."""
