"""A tiny history written for these tests: nurses ask for beds, and then a court stops the work that a strike had left to volunteers."""

import json
from collections.abc import Sequence
from pathlib import Path

OBJECTIVE = {
    "id": "wards",
    "statement": "The wards of Bangui stay open during the strike of nurses.",
    "theory_of_change": [{"id": "c1", "condition": "Volunteers are allowed to work on the wards of Bangui"}],
    "coalition": {"members": ["P1"], "strengths": ["medical"]},
}
PARTNERS = [
    {"id": "P1", "name": "Ward Friends", "strengths": ["medical", "logistics"], "countries": ["CF"]},
    {"id": "P2", "name": "Open Bench", "strengths": ["legal_analysis", "litigation", "international_law"], "countries": ["CF"]},
    {"id": "P3", "name": "Morning Post", "strengths": ["media", "advocacy"], "countries": ["CF"]},
]
ROWS = [
    {
        "id": "k1",
        "at": "2031-03-01",
        "source": "Ward Friends",
        "source_kind": "ngo",
        "text": "Hospital wards in Bangui are overwhelmed during the strike of nurses. There is a shortage of staff in every wing.",
    },
    {
        "id": "k2",
        "at": "2031-03-03",
        "source": "Radio Boda",
        "source_kind": "news",
        "text": "With nurses on strike in Bangui the hospitals are understaffed and overwhelmed; volunteers cannot keep pace on the wards.",
    },
    {
        "id": "k3",
        "at": "2031-04-20",
        "source": "Open Bench",
        "source_kind": "ngo",
        "text": "Volunteers work on the wards of Bangui during the strike of nurses? A court injunction now bars them. The judge ruled it illegal.",
    },
    {
        "id": "k4",
        "at": "2031-04-21",
        "source": "City Desk",
        "source_kind": "news",
        "text": "Lawyers say the ruling has no legal basis: the wards of Bangui stay open during the strike of nurses, yet volunteers there are unlawful.",
    },
    {
        "id": "k5",
        "at": "2031-04-22",
        "source": "Ministry of Health",
        "source_kind": "government",
        "text": "The law bars volunteers from the wards of Bangui during the strike of nurses, an injunction says, and hospitals must obey the ruling.",
    },
    {
        "id": "k6",
        "at": "2031-04-24",
        "source": "Rights Office",
        "source_kind": "un",
        "text": "Are volunteers on the wards of Bangui legal during the strike of nurses? The lawsuit goes to the supreme court; until then it is illegal.",
    },
]


def scenario(folder: Path, rows: Sequence[object] = tuple(ROWS)) -> Path:
    """Write a scenario folder."""
    folder.mkdir(exist_ok=True)
    (folder / "objective.json").write_text(json.dumps(OBJECTIVE), encoding="utf-8")
    (folder / "partners.json").write_text(json.dumps({"partners": PARTNERS}), encoding="utf-8")
    (folder / "reports.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return folder
