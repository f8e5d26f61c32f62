"""The plain connecting words a computed sentence may hold outside its facts: no number, name, place, date or likelihood among them.

A closed list refuses what no list of forbidden words could: an invention written in lower case, or in a language the list does not know.
"""

# fmt: off
PLAIN = frozenset(
    [
        "a", "about", "after", "alone", "ask", "and", "are", "as", "be", "bears", "before", "between", "bring", "but", "brings",
        "by", "calls", "came", "coalition", "confidence", "covers", "decide", "decision", "evidence", "far", "first", "for", "from",
        "grew", "in", "is", "it", "known", "lack", "last", "longer", "main", "member", "members", "missing", "most", "needed",
        "new", "no", "nobody", "not", "nothing", "now", "obstacle", "of", "on", "out", "read", "report", "rests",
        "said", "seen", "since", "situation", "so", "strengths", "that", "the", "then", "this", "to", "today", "today's",
        "true", "was", "we", "week", "went", "where", "will",
    ]
)
# fmt: on
PUNCTUATION = frozenset(" .,:;()“”'’-–")
