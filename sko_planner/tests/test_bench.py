import json

from sko_planner.management.commands.bench import write_results


def test_what_was_measured_is_kept_in_a_folder_outside_the_project_too(settings, tmp_path):
    settings.VAR_DIR = tmp_path

    assert write_results([{"name": "home"}]) == tmp_path / "bench.json"
    assert json.loads((tmp_path / "bench.json").read_text()) == [{"name": "home"}]
