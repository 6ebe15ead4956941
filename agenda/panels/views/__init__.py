from agenda.panels.views.bank import (
    add_issue,
    add_question,
    change_issue,
    edit_question,
    remove_question,
)
from agenda.panels.views.links import by_link
from agenda.panels.views.panelists import (
    add_panelist,
    edit_panelist,
    invite,
    note_consent,
    prepare,
    remove_panelist,
    renew_link,
)
from agenda.panels.views.panels import export_quotes, list_panels, print_sheet, show_panel
from agenda.panels.views.room import ask
from agenda.panels.views.running import (
    begin,
    catch_quote,
    drop_quote,
    end,
    follow_up,
    hear,
    merge,
    pass_on,
    run,
    set_aside,
)
