"""Counts the steps that a regular expression takes on a text, so that growth is seen without a clock."""

from re import _compiler, _constants, _parser

SINGLE = (_constants.LITERAL, _constants.NOT_LITERAL, _constants.IN, _constants.ANY)


class Walk:
    """Matches as ``re`` does, by trying and going back: ``spans`` are the matches found, ``steps`` how much was tried.

    A step is one look at one character or one place. Tests compare ``spans`` with those of ``re``.
    """

    def __init__(self, pattern, text):
        self.text, self.flags, self.steps, self.spans = text, pattern.flags, 0, []
        self._groups, self._compiled = {}, {}
        nodes = _parser.parse(pattern.pattern, pattern.flags)
        start = 0
        while start <= len(text):
            end = next(self._ends(nodes, 0, start), None)
            if end is not None:
                self.spans.append((start, end))
            start = max(start + 1, end or 0)

    def _ends(self, nodes, number, position):
        """Yield where a match of ``nodes[number:]`` from ``position`` on may end, in the order they are tried."""
        if number == len(nodes):
            yield position
            return
        for end in self._of_one(*nodes[number], position):
            yield from self._ends(nodes, number + 1, end)

    def _of_one(self, operation, argument, position):
        if operation in SINGLE:
            if self._fits(operation, argument, position):
                yield position + 1
        elif operation is _constants.AT:
            if self._fits(operation, argument, position):
                yield position
        elif operation in (_constants.ASSERT, _constants.ASSERT_NOT):
            direction, nodes = argument
            start = position - nodes.getwidth()[0] if direction < 0 else position
            found = start >= 0 and any(True for _end in self._ends(nodes, 0, start))
            if found == (operation is _constants.ASSERT):
                yield position
        elif operation is _constants.BRANCH:
            for nodes in argument[1]:
                yield from self._ends(nodes, 0, position)
        elif operation is _constants.SUBPATTERN:
            for end in self._ends(argument[3], 0, position):
                self._groups[argument[0]] = self.text[position:end]
                yield end
        elif operation is _constants.GROUPREF:
            self.steps += 1
            if self.text.startswith(self._groups[argument], position):
                yield position + len(self._groups[argument])
        elif operation is _constants.MAX_REPEAT:
            yield from self._repeated(*argument, position)
        elif operation is _constants.POSSESSIVE_REPEAT:
            end = next(self._repeated(*argument, position), None)
            if end is not None:
                yield end
        else:
            raise NotImplementedError(operation)

    def _repeated(self, least, most, nodes, position):
        """Yield the ends of a repetition, the longest first."""
        reached, waiting = [position], self._ends(nodes, 0, position)
        # A stack instead of recursion: a run of marks may be as long as the text.
        stack = [waiting]
        while stack:
            end = next(stack[-1], None) if len(stack) <= most else None
            if end is not None and end > reached[-1]:
                reached.append(end)
                stack.append(self._ends(nodes, 0, end))
                continue
            stack.pop()
            end = reached.pop()
            if len(stack) >= least:
                yield end

    def _fits(self, operation, argument, position):
        self.steps += 1
        key = (operation, str(argument))
        if key not in self._compiled:
            node = _parser.SubPattern(_parser.State(), [(operation, argument)])
            self._compiled[key] = _compiler.compile(node, self.flags)
        return self._compiled[key].match(self.text, position) is not None
