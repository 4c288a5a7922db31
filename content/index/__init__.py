"""Which pages there are, under which facets and words: kept in tables of our own, a row per page.

``services`` writes the rows, ``pending`` and ``signal_handlers`` see to it that they follow every change,
``facets`` keeps one kind in one language in memory for lists and counts, ``search`` finds pages by words.
"""
