"""How a session's type is shown, in the draft and in a release alike."""

from agenda.sessions.models import SessionType

TYPE_CLASSES = {
    SessionType.KEYNOTE: "k-type-keynote",
    SessionType.DEAL_CLINIC: "k-type-clinic",
    SessionType.WIN_LOSS_REVIEW: "k-type-review",
    SessionType.CUSTOMER_PANEL: "k-type-panel",
    SessionType.WORKSHOP: "k-type-workshop",
    SessionType.PRODUCT: "k-type-product",
    SessionType.COMPETITIVE: "k-type-competitive",
    SessionType.RECOGNITION: "k-type-recognition",
    SessionType.MEAL_BREAK: "k-type-break",
    SessionType.SOCIAL: "k-type-social",
}
TYPE_ICONS = {
    SessionType.KEYNOTE: "microphone",
    SessionType.DEAL_CLINIC: "stethoscope",
    SessionType.WIN_LOSS_REVIEW: "scale",
    SessionType.CUSTOMER_PANEL: "users-group",
    SessionType.WORKSHOP: "tool",
    SessionType.PRODUCT: "box",
    SessionType.COMPETITIVE: "swords",
    SessionType.RECOGNITION: "trophy",
    SessionType.MEAL_BREAK: "coffee",
    SessionType.SOCIAL: "confetti",
}


class Typed:
    """Something with a session `type`: its label, its colours, its icon."""

    __slots__ = ()
    type: str

    @property
    def type_label(self) -> str:
        return str(SessionType(self.type).label)

    @property
    def type_class(self) -> str:
        return TYPE_CLASSES[SessionType(self.type)]

    @property
    def icon(self) -> str:
        return TYPE_ICONS[SessionType(self.type)]
