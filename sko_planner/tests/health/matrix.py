from core.tests.access import EVERYBODY, Row

ROWS = [Row("healthz", EVERYBODY), Row("readyz", EVERYBODY)]
