from core.tests.access import REVOPS, Row

ROWS = [
    Row("people:changes:list", REVOPS),
    Row("people:changes:confirm", REVOPS, method="post"),
    Row("people:changes:put_back", REVOPS, method="post"),
]
