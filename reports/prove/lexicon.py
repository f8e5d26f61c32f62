"""The plain connecting words a computed sentence may hold outside its facts: no number, name, place, date or likelihood among them.

A closed list refuses what no list of forbidden words could: an invention written in lower case, or in a language the list does not know.
"""

# fmt: off
PLAIN = frozenset(
    [
        "a", "about", "after", "against", "alone", "and", "apart", "are", "as", "ask", "be", "bears", "before", "between", "bring",
        "brings", "but", "by", "calls", "came", "coalition", "confidence", "covers", "decide", "decision", "evidence", "expected", "fail",
        "failing", "fails", "far", "first", "for", "from", "grew", "holds", "in", "is", "it", "known", "lack", "last", "longer", "main",
        "member", "members", "missing", "most", "needed", "new", "no", "nobody", "not", "nothing", "now", "obstacle", "of", "on", "out",
        "overdue", "read", "report", "rests", "said", "seen", "since", "situation", "so", "strategy", "strengths", "that", "the", "then",
        "this", "to", "today", "today's", "true", "was", "we", "week", "went", "where", "will",
    ]
)
# fmt: on
PUNCTUATION = frozenset(" .,:;()“”'’-–")
