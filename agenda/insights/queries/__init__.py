from agenda.insights.queries.board import (
    LATE,
    ORDER,
    UNOWNED,
    Summary,
    heads_in_order,
    late_of,
    narrowed_to,
    sources_of,
    summary_of,
)
from agenda.insights.queries.people import (
    changes_of,
    own_data,
    possible_owners,
    signed_by,
    told_to,
)
from agenda.insights.queries.rooms import RoomOf, room_of
from agenda.insights.queries.story import Story, can_be_merged, may_say_the_same, story_of
from agenda.insights.queries.words import InWords, in_words, state_of, words_of
