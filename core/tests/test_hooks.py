import pytest

from core.hooks import Hook


@pytest.fixture
def hook():
    return Hook[[int], int]("core.tests.hooks.count", "Takes a number; gives another.")


def add_one(number):
    return number + 1


def double(number):
    return number * 2


def functions_of(hook):
    return [one.function for one in hook.registered]


def test_each_function_answers_in_the_order_of_registration(hook):
    hook.register(add_one)
    hook.register(double)

    assert hook(5) == [6, 10]


def test_nobody_registered_gives_nothing(hook):
    assert hook(5) == []


def test_order_goes_before_the_order_of_registration(hook):
    hook.register(add_one, order=1)
    hook.register(double)

    assert hook(5) == [10, 6]


def test_a_function_registered_twice_takes_part_once_where_it_stood(hook):
    hook.register(add_one)
    hook.register(double)
    hook.register(add_one)

    assert functions_of(hook) == [add_one, double]


def test_a_name_is_taken_by_the_last(hook):
    hook.register(add_one, name="how")
    hook.register(double, name="how")

    assert [(one.name, one.function) for one in hook.registered] == [("how", double)]


def test_register_gives_the_function_back(hook):
    assert hook.register(add_one) is add_one


def test_an_error_is_the_callers(hook):
    def fail(number):
        raise ValueError(number)

    hook.register(fail)
    hook.register(add_one)

    with pytest.raises(ValueError, match="5"):
        hook(5)


def test_within_a_block_only_some_take_part_and_then_all_as_before(hook):
    hook.register(add_one)

    with hook.only(double):
        assert hook(5) == [10]
        hook.register(add_one)
        assert hook(5) == [10, 6]

    assert functions_of(hook) == [add_one]


def test_a_block_that_fails_leaves_all_as_before(hook):
    hook.register(add_one)

    with pytest.raises(RuntimeError), hook.only(double):
        raise RuntimeError

    assert functions_of(hook) == [add_one]


def test_a_hook_knows_its_name_and_what_it_is_for(hook):
    assert repr(hook) == "<Hook core.tests.hooks.count>"
    assert hook.__doc__ == "Takes a number; gives another."
