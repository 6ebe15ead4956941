"""Each next step of a 1:1 becomes a promise of its rep to the manager, with its tick."""

from django.db import migrations

BATCH = 500


def to_commitments(apps, schema_editor):
    CoachingNote = apps.get_model("reinforcement", "CoachingNote")
    Commitment = apps.get_model("events", "Commitment")
    Occurrence = apps.get_model("events", "Occurrence")
    notes = list(CoachingNote.objects.exclude(next_step="").filter(step=None).order_by("pk"))
    made = Commitment.objects.bulk_create(
        [
            Commitment(
                kickoff_id=note.kickoff_id,
                person_id=note.rep_id,
                promised_to_id=note.manager_id,
                source="ONE_TO_ONE",
                cadence="ONCE",
                words=note.next_step,
                by_date=note.next_step_by,
                made_at=note.recorded_at,
            )
            for note in notes
        ],
        batch_size=BATCH,
    )
    Occurrence.objects.bulk_create(
        [
            Occurrence(
                commitment=one,
                due_date=note.next_step_by,
                state="DONE" if note.step_done_at else "OPEN",
                settled_at=note.step_done_at,
                settled_by_id=note.step_done_by_id if note.step_done_at else None,
            )
            for one, note in zip(made, notes, strict=True)
        ],
        batch_size=BATCH,
    )
    for one, note in zip(made, notes, strict=True):
        note.step = one
    CoachingNote.objects.bulk_update(notes, ["step"], batch_size=BATCH)


def to_columns(apps, schema_editor):
    CoachingNote = apps.get_model("reinforcement", "CoachingNote")
    Commitment = apps.get_model("events", "Commitment")
    notes = list(CoachingNote.objects.exclude(step=None).select_related("step"))
    for note in notes:
        last = note.step.occurrences.order_by("due_date", "pk").last()
        done = last is not None and last.state == "DONE"
        note.next_step, note.next_step_by = note.step.words, note.step.by_date
        note.step_done_at = last.settled_at if done else None
        note.step_done_by_id = last.settled_by_id if done else None
    fields = ["next_step", "next_step_by", "step_done_at", "step_done_by"]
    CoachingNote.objects.bulk_update(notes, fields, batch_size=BATCH)
    Commitment.objects.filter(pk__in=[note.step_id for note in notes]).delete()


class Migration(migrations.Migration):

    dependencies = [
        ('reinforcement', '0006_next_steps_are_commitments'),
    ]

    operations = [
        migrations.RunPython(to_commitments, to_columns),
    ]
