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
BEDS = "Hospital wards in Bangui are overwhelmed during the strike of nurses: there is a shortage of staff and volunteers, {voice} says."
COURT = "{voice}: a court injunction in Bangui rules that volunteers on the wards are illegal, the law bars them during the strike of nurses."
ROWS = [
    {"id": "k1", "at": "2031-03-01", "source": "Ward Friends", "source_kind": "ngo", "text": BEDS.format(voice="the matron of the east wing")},
    {"id": "k2", "at": "2031-03-03", "source": "Radio Boda", "source_kind": "news", "text": f"Boda too. {BEDS.format(voice='the radio of the town')}"},
    {"id": "k3", "at": "2031-04-20", "source": "Open Bench", "source_kind": "ngo", "text": COURT.format(voice="Our clerk read the order aloud")},
    {"id": "k4", "at": "2031-04-21", "source": "City Desk", "source_kind": "news", "text": f"Judges ruled it unlawful. {COURT.format(voice='An evening of appeals')}"},
    {"id": "k5", "at": "2031-04-22", "source": "Ministry of Health", "source_kind": "government", "text": f"We must obey. {COURT.format(voice='Minister')}"},
    {"id": "k6", "at": "2031-04-24", "source": "Rights Office", "source_kind": "un", "text": f"An appeal has no legal basis yet. {COURT.format(voice='Envoys')}"},
]


def scenario(folder: Path, rows: Sequence[object] = tuple(ROWS)) -> Path:
    """Write a scenario folder."""
    folder.mkdir(exist_ok=True)
    (folder / "objective.json").write_text(json.dumps(OBJECTIVE), encoding="utf-8")
    (folder / "partners.json").write_text(json.dumps({"partners": PARTNERS}), encoding="utf-8")
    (folder / "reports.jsonl").write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return folder
