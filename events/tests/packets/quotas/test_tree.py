"""Reps under their managers, in trees that are whole and in trees that are not."""

from events.packets.quotas.rules.tree import COMPANY, build_tree


def test_whoever_leads_everybody_stands_for_the_company():
    # CEO 1 over CSO 2 over VPs 3 and 4; 9 sells nothing
    managers = {1: None, 2: 1, 9: 1, 3: 2, 4: 2, 5: 3, 6: 4, 7: 5, 8: 6}

    tree = build_tree([7, 8], managers)

    assert tree.head == 2
    assert tree.children[COMPANY] == (3, 4)
    assert list(tree.walk()) == [3, 5, 7, 4, 6, 8]
    assert list(tree.reps()) == [7, 8]
    assert list(tree.reps(under=3)) == [7]
    assert tree.above(7) == [5, 3]
    assert (tree.levels, tree.depth[7], len(tree)) == (3, 3, 6)
    assert 9 not in tree
    assert 2 not in tree


def test_one_team_alone_has_one_level():
    tree = build_tree([2, 3], {1: None, 2: 1, 3: 1})

    assert (tree.head, tree.children[COMPANY], tree.levels) == (1, (2, 3), 1)


def test_a_rep_without_a_manager_hangs_on_the_company_and_moves_no_level():
    managers = {1: None, 2: 1, 3: 1, 4: 2, 5: 3, 6: None}

    tree = build_tree([4, 5, 6], managers)

    assert (tree.head, tree.alone) == (1, (6,))
    assert tree.children[COMPANY] == (2, 3, 6)
    assert tree.depth[4] == 2


def test_a_rep_of_the_heads_own_stops_the_search_for_one():
    tree = build_tree([3, 4], {1: None, 2: 1, 3: 1, 4: 2})

    assert (tree.head, tree.children[COMPANY], tree.alone) == (1, (2, 3), ())


def test_people_who_manage_each_other_hang_on_the_company():
    tree = build_tree([3, 4], {1: 2, 2: 1, 3: 1, 4: 2})

    assert tree.circles == (1, 2)
    assert tree.children[COMPANY] == (1, 2)
    assert list(tree.walk()) == [1, 3, 2, 4]


def test_reps_who_manage_each_other_are_all_there():
    tree = build_tree([1, 2], {1: 2, 2: 1})

    assert list(tree.walk()) == [1, 2]
    assert tree.circles == (1, 2)


def test_a_rep_who_leads_a_rep_is_a_manager_here():
    tree = build_tree([2, 3, 5], {1: None, 2: 1, 3: 2, 4: 1, 5: 4})

    assert list(tree.reps()) == [3, 5]
    assert tree.leads(2)


def test_nobody_makes_an_empty_tree():
    tree = build_tree([], {})

    assert (list(tree.walk()), tree.levels, tree.head) == ([], 0, None)


def test_a_manager_nobody_knows_of_is_nobody():
    tree = build_tree([1, 2], {1: 77, 2: None})

    assert set(tree.walk()) >= {1, 2}
