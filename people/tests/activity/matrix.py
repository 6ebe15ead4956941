from core.tests.access import SIGNED_IN, Row

ROWS = [Row("people:activity:mine", SIGNED_IN), Row("people:activity:export", SIGNED_IN)]
