from core.tests.access import PLANNERS, Row


def prepare(world):
    world.things["team"] = world["rep"].team


def region(world):
    return {"region_id": world.things["team"].region_id}


def team(world):
    return {"team_id": world.things["team"].pk}


ROWS = [
    Row("people:org:list", PLANNERS),
    Row("people:org:add_region", PLANNERS),
    Row("people:org:add_region", PLANNERS, method="post"),
    Row("people:org:edit_region", PLANNERS, region),
    Row("people:org:edit_region", PLANNERS, region, method="post"),
    Row("people:org:remove_region", PLANNERS, region, method="post"),
    Row("people:org:add_team", PLANNERS),
    Row("people:org:add_team", PLANNERS, method="post"),
    Row("people:org:edit_team", PLANNERS, team),
    Row("people:org:edit_team", PLANNERS, team, method="post"),
    Row("people:org:remove_team", PLANNERS, team, method="post"),
]
