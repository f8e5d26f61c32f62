"""Correction* -> Lesson*: what people put right about obstacles, as far as like reports can be read by it."""

from collections.abc import Sequence

from flows.kit import Kit
from nlp.language import language
from nlp.obstacle_corrections import named
from nlp.obstacle_lessons import Lesson
from store.records import Correction, Obstacle, Subject


def lessons(kit: Kit, corrections: Sequence[Correction]) -> tuple[Lesson, ...]:
    """Make a lesson of each standing correction of an obstacle whose report is there, once in a run."""
    standing = [one for one in corrections if one.subject is Subject.OBSTACLE and one.undone_at is None]
    fresh = {one.report_id: one for one in standing if one.id not in kit.known_lessons}
    for report in kit.warehouse.reports_by_id(list(fresh)):
        one = fresh[report.id]
        main = next((kind for kind, _ in named(one.right)), Obstacle.NONE)
        kit.known_lessons[one.id] = kit.reader.obstacles.lesson(report.words, language(report.words, report.language), main, one.at)
    return tuple(lesson for one in standing if (lesson := kit.known_lessons.get(one.id)) is not None)
