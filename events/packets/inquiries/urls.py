from django.urls import path

from events.packets.inquiries.views import inbox, mine, reviews, sharing, team, threads, wishes

app_name = "inquiries"
urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("times/", inbox.times, name="times"),
    path("team/", team.team, name="team"),
    path("mine/", mine.mine, name="mine"),
    path("ask/", mine.ask, name="ask"),
    path("answers/", mine.answers, name="answers"),
    path("<id:inquiry_id>/", threads.thread, name="thread"),
    path("<id:inquiry_id>/close/", threads.close, name="close"),
    path("<id:inquiry_id>/hand-on/", threads.hand_on, name="hand_on"),
    path("<id:inquiry_id>/share/", sharing.share, name="share"),
    path("shared/", sharing.shared, name="shared"),
    path("shared/<id:shared_id>/withdraw/", sharing.withdraw, name="withdraw_shared"),
    path("wish/", wishes.make, name="make_wish"),
    path("wishes/<id:wish_id>/", wishes.wish, name="wish"),
    path("wishes/<id:wish_id>/comment/", wishes.comment, name="comment_wish"),
    path("wishes/<id:wish_id>/decide/", wishes.decide, name="decide_wish"),
    path("wishes/<id:wish_id>/withdraw/", wishes.withdraw, name="withdraw_wish"),
    path("slots/", reviews.slots, name="slots"),
    path("slots/<id:slot_id>/", reviews.move, name="move_slot"),
    path("slots/<id:slot_id>/cancel/", reviews.cancel, name="cancel_slot"),
    path("review/", reviews.review, name="review"),
    path("review/<id:slot_id>/take/", reviews.take, name="take_slot"),
    path("review/<id:slot_id>/calendar/", reviews.calendar_entry, name="calendar_entry"),
    path("review/give-up/", reviews.give_up, name="give_up"),
]
