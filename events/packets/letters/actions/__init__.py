"""What happens to letters: queued, rendered, paused, tried again; the look they are given."""

from events.packets.letters.actions.branding import save_brand
from events.packets.letters.actions.handing_out import hand_out_letters
from events.packets.letters.actions.queueing import queue_letters, queue_missing, queue_signed_copy
from events.packets.letters.actions.rendering import letter_now, preview, render_batch, sample
from events.packets.letters.actions.running import (
    LetterRefused,
    pause_letters,
    recover_letters,
    resume_letters,
    try_again,
)
