"""Each clue on a program that really crashed under the SDK."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from triage.incident import Event, Suspect
from triage.localize import localize, locate

Suspects = Callable[[Mapping[str, str]], tuple[Suspect, ...]]


@pytest.fixture
def suspects(event_of: Callable[..., Event], files: Any) -> Suspects:
    def run(program: Mapping[str, str]) -> tuple[Suspect, ...]:
        event, source = event_of(program), files(program)
        return localize(event, source, locate(event, source))

    return run


def names(found: tuple[Suspect, ...]) -> list[str]:
    return [suspect.function for suspect in found]


def test_the_crash_comes_first_and_its_callers_follow(suspects: Suspects) -> None:
    found = suspects(
        {"run.py": "def main():\n    outer()\ndef outer():\n    inner(0)\ndef inner(n):\n    return 1 / n\n"}
    )
    assert names(found)[:3] == ["inner", "outer", "main"]
    assert [suspect.score for suspect in found] == sorted((s.score for s in found), reverse=True)
    assert all(suspect.why for suspect in found)


def test_who_calls_a_vendored_copy_comes_before_it(suspects: Suspects) -> None:
    found = suspects(
        {
            "vendor/parse.py": "def outer(text):\n    return inner(text)\n"
            "def inner(text):\n    return text[9]\n",
            "run.py": "from vendor.parse import outer\ndef main():\n    read()\n"
            "def read():\n    return outer('')\n",
        }
    )
    assert names(found)[:3] == ["read", "main", "inner"]


def test_a_function_that_forgets_to_return_is_the_cause(suspects: Suspects) -> None:
    found = suspects(
        {
            "shop/rates.py": "def rate(country):\n    if country == 'DE':\n        return {'vat': 19}\n",
            "run.py": "from shop.rates import rate\ndef main():\n    found = rate('FR')\n"
            "    return found['vat']\n",
        }
    )
    assert names(found)[:2] == ["rate", "main"]
    assert found[0].file == "shop/rates.py"


def test_a_function_that_says_none_on_purpose_is_only_second(suspects: Suspects) -> None:
    found = suspects(
        {
            "shop/rates.py": "def rate(country):\n    if country == 'DE':\n        return {'vat': 19}\n"
            "    return None\n",
            "run.py": "from shop.rates import rate\ndef main():\n    found = rate('FR')\n"
            "    return found['vat']\n",
        }
    )
    assert names(found)[:2] == ["main", "rate"]


def test_a_value_is_followed_through_arguments(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "def main():\n    user = find('x')\n    greet(user)\n"
            "def find(name):\n    for n in ['a']:\n        if n == name:\n            return n\n"
            "def greet(user):\n    return user.title()\n",
        }
    )
    assert names(found)[0] == "find"
    assert "greet" in names(found)[:3]


def test_a_function_that_only_complains_is_not_the_fault(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "def main():\n    parse('x')\ndef parse(text):\n    if text != 'y':\n"
            "        raise_error(text)\n"
            "def raise_error(text):\n    raise ValueError(text)\n",
        }
    )
    assert names(found)[:2] == ["parse", "raise_error"]


def test_an_attribute_set_too_late_is_missing_in_init(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "class Job:\n    def __init__(self):\n        self.name = 'j'\n"
            "    def start(self):\n        self.began = 1\n"
            "    def report(self):\n        return self.began\ndef main():\n    Job().report()\n",
        }
    )
    assert names(found)[0] == "Job.__init__"
    assert names(found)[1] == "Job.report"
    assert "Job.start" in names(found)


def test_a_generic_caller_passes_the_blame_to_the_signature(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "def call(func, *args):\n    return func(*args)\ndef main():\n"
            "    call(handle_event, 1, 2)\n"
            "def handle_event(event):\n    return event\n",
        }
    )
    assert names(found)[0] == "handle_event"


def test_an_undefined_name_is_a_missing_import(suspects: Suspects) -> None:
    found = suspects(
        {
            "shop/money.py": "def euros(n):\n    return n\n",
            "shop/cart.py": "def total():\n    return euros(3)\n",
            "run.py": "from shop.cart import total\ndef main():\n    total()\n",
        }
    )
    assert (found[0].file, found[0].function) == ("shop/cart.py", "<module>")
    assert found[1].function == "total"


def test_a_misspelt_name_is_the_functions_own(suspects: Suspects) -> None:
    found = suspects({"run.py": "def main():\n    amount = 1\n    return amuont\n"})
    assert names(found)[0] == "main"


def test_a_recursion_is_its_own_cause(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "def main():\n    walk(1)\ndef walk(n):\n    return walk(leaf(n))\ndef leaf(n):\n"
            "    return n\n",
        }
    )
    assert names(found)[0] == "walk"


def test_the_first_exception_of_a_chain_is_suspect(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "def main():\n    try:\n        load()\n    except KeyError as e:\n"
            "        raise RuntimeError('no') from e\n"
            "def load():\n    return {}['a']\n",
        }
    )
    assert set(names(found)[:2]) == {"main", "load"}


def test_what_let_stop_iteration_escape_comes_before_who_met_it(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "def main():\n    for one in items([]):\n        print(one)\n"
            "def items(rows):\n    yield first(rows)\n"
            "def first(rows):\n    return next(iter(rows))\n"
        }
    )
    assert names(found)[0] == "first"


def test_who_takes_none_by_default_is_not_its_callers_victim(suspects: Suspects) -> None:
    taken = "def main():\n    cut({{}}.get('a'))\ndef cut(offset{}):\n    return 1 + offset\n"
    assert names(suspects({"run.py": taken.format("")}))[0] == "main"
    assert names(suspects({"run.py": taken.format("=None")}))[0] == "cut"
    asked = "def main():\n    cut({}.get('a'))\ndef cut(offset):\n    if offset is not None:\n        pass\n"
    assert names(suspects({"run.py": f"{asked}    return 1 + offset\n"}))[0] == "cut"


def test_what_an_outer_function_takes_for_nothing_is_its_own_business(suspects: Suspects) -> None:
    program = "def main():\n    outer()\ndef outer(styles{}):\n    def inner(name):\n"
    program += "        return name in styles\n    return inner('a')\n"
    assert names(suspects({"run.py": program.format("=None")}))[0] == "outer"
    assert names(suspects({"run.py": program.format("=1")}))[0] == "outer.inner"


def test_a_none_that_is_kept_where_others_get_a_stand_in(suspects: Suspects) -> None:
    program = "class V:\n    def __init__(self, a=None, b=None):\n        self.a = {}\n        self.b = b\n"
    program += "    def walk(self):\n        return [x for x in self.b]\ndef main():\n    V().walk()\n"
    assert names(suspects({"run.py": program.format("a or []")}))[0] == "V.__init__"
    assert names(suspects({"run.py": program.format("a")}))[0] == "V.walk"


def test_what_an_object_was_made_with_and_does_not_keep(suspects: Suspects) -> None:
    program = "class E(Exception):\n    def __init__(self, op):\n        super().__init__(op)\n"
    program += "    def show(self):\n        return self.op\ndef main():\n    E(1).show()\n"
    assert names(suspects({"run.py": program}))[0] == "E.__init__"
    assert names(suspects({"run.py": program.replace("self.op", "self.code")}))[0] == "E.show"


def test_module_level_code_is_a_suspect_too(suspects: Suspects) -> None:
    found = suspects({"shop/__init__.py": "LIMIT = int('x')\n", "run.py": "def main():\n    import shop\n"})
    assert (found[0].file, found[0].function) == ("shop/__init__.py", "<module>")


def test_recent_changes_weigh(event_of: Callable[..., Event], files: Any) -> None:
    program = {
        "run.py": "def main():\n    a()\ndef a():\n    b()\ndef b():\n    c()\ndef c():\n    {}['x']\n"
    }
    event, source = event_of(program), files(program)
    plain = localize(event, source, locate(event, source))
    recent = localize(event, source, locate(event, source), {("run.py", "a"): 1.0})
    assert names(plain)[:4] == ["c", "b", "a", "main"]
    assert names(recent)[:4] == ["c", "a", "b", "main"]
    assert next(s.why for s in recent if s.function == "a").endswith("changed not long before")
    assert not any("changed" in suspect.why for suspect in plain)


def test_nothing_located_means_no_suspect(made: Callable[..., Event], files: Any) -> None:
    assert localize(made(), files({"other.py": ""}), ()) == ()


def test_other_grammars_and_broken_files_leave_the_stack(made: Callable[..., Event], files: Any) -> None:
    code = "def total(a, b):\n    print 'x'\n    return a / b\n"
    event, source = made(), files({"shop/cart.py": code, "broken.py": "def (", "nul.py": "\0"})
    assert names(localize(event, source, locate(event, source)))[0] == "total"


SCREEN = """class App:
    def screen(self):
        \"\"\"The one on top.

        Raises:
            LookupError: If there is none.
        \"\"\"
        if not self.stack:
            raise LookupError("none")
        return self.stack[-1]

    def refresh(self):
        return self.screen().draw()
"""
DRAW = """def pick(low, high):
    \"\"\"Anything between.\"\"\"
    return randrange(low, high + 1)

def price(low, high):
    return pick(low, high / 2)
"""
READ = """def load(text):
    head, rest = text.split(":")
    size = int(head)
    return rest[size:]

def parsed(text):
    kind = text
    return load(kind)

def stream(texts):
    for text in texts:
        try:
            yield parsed(text)
        except (TypeError, IndexError):
            return
"""
OPTIONS = """def render(op):
    opts = {"prefix": "sa."}
    return body(Context(opts), op)

def body(context, op):
    return table(context, op)

def table(context, op):
    return context.opts["module"] + op
"""


@pytest.mark.parametrize(
    ("code", "error", "stack", "blamed"),
    [
        (SCREEN, "LookupError", ["App.refresh", "App.screen"], 0),
        (DRAW, "ValueError", ["price", "pick", "randrange"], 0),
        (READ, "ValueError", ["stream", "parsed", "load"], 1),
        (OPTIONS, "KeyError", ["render", "body", "table"], 0),
    ],
    ids=["says so", "passes on", "catches others", "lacks key"],
)
def test_who_answers_for_what(
    made: Callable[..., Event], files: Any, code: str, error: str, stack: list[str], blamed: int
) -> None:
    lines = {"App.refresh": "return self.screen().draw()", "App.screen": 'raise LookupError("none")'}
    lines |= {"price": "return pick(low, high / 2)", "pick": "return randrange(low, high + 1)"}
    lines |= {"stream": "yield parsed(text)", "parsed": "return load(kind)", "load": "size = int(head)"}
    lines |= {"render": "return body(Context(opts), op)", "body": "return table(context, op)"}
    lines |= {"table": 'return context.opts["module"] + op', "randrange": "raise ValueError(start)"}
    frames = [("random.py" if name == "randrange" else "shop.py", name, lines[name]) for name in stack]
    event, source = made(error, "'module'", frames), files({"shop.py": code})
    found = names(localize(event, source, locate(event, source)))
    assert found.index(stack[0]) == blamed, found


def test_who_passes_none_to_a_function_that_takes_none_is_at_fault(suspects: Suspects) -> None:
    code = "import re\ndef main():\n    read('x')\ndef read(text):\n    found = re.match('y', text)\n"
    found = suspects(
        {"run.py": code + "    return number(found)\ndef number(found):\n    return found.group()\n"}
    )
    assert names(found)[:2] == ["read", "number"]


def test_branches_that_exclude_each_other_do_not_mix(suspects: Suspects) -> None:
    code = "def main():\n    show('b', None)\ndef show(kind, value):\n    if kind == 'a':\n"
    rest = "        value = load()\n    else:\n        return value.title()\ndef load():\n    return None\n"
    assert "load" not in names(suspects({"run.py": code + rest}))


def test_a_table_at_module_level_is_a_suspect(suspects: Suspects) -> None:
    found = suspects(
        {
            "shop/tables.py": "VAT = {'DE': 19}\n",
            "run.py": "from shop.tables import VAT\ndef main():\n    return VAT['FR']\n",
        }
    )
    assert names(found)[0] == "main"
    assert ("shop/tables.py", "<module>") in [(suspect.file, suspect.function) for suspect in found[:3]]


def test_whoever_asks_a_container_for_an_absent_key_comes_before_the_container(suspects: Suspects) -> None:
    found = suspects(
        {
            "shop/box.py": "class Box:\n    def __init__(self):\n        self._held = {}\n"
            "    def __getitem__(self, key):\n        return self._held[key]\n"
            "class Shelf(Box):\n    def get(self, key):\n        return self[key]\n",
            "run.py": "from shop.box import Shelf\ndef main():\n    price('ink')\n"
            "def price(sku):\n    return Shelf().get(sku)\n",
        }
    )
    assert names(found)[0] == "price"


def test_a_value_passed_straight_through_points_at_who_passed_it_first(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "def main():\n    page(('a', 201))\ndef page(args):\n    render(args[1])\n"
            "def render(headers):\n    send(headers)\ndef send(headers):\n    return list(headers.items())\n"
        }
    )
    assert names(found)[0] == "send"
    assert "page" in names(found)[1:3] or "main" in names(found)[1:3]


def test_an_attribute_asked_for_by_code_that_is_not_ours_is_missing_in_its_class(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "import operator\nclass Upload:\n"
            "    def __init__(self, name):\n        self.name = name\n"
            "def main():\n    show(Upload('a'))\ndef show(upload):\n"
            "    return operator.attrgetter('content_type')(upload)\n"
        }
    )
    assert names(found)[0] == "Upload.__init__"


def test_a_caller_that_has_an_error_of_its_own_for_this_comes_first(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "import datetime\nclass ParseError(ValueError):\n    pass\ndef main():\n"
            "    parse('2024-13')\ndef parse(text):\n    if not text:\n        raise ParseError(text)\n"
            "    return build(*map(int, text.split('-')))\n"
            "def build(year, month):\n    return datetime.date(year, month, 1)\n",
        }
    )
    assert names(found)[:2] == ["parse", "build"]


def test_a_pattern_that_did_not_match_comes_before_the_refusal(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "import re\nDAY = re.compile(r'(\\d)([A-Z]{2})$')\ndef main():\n    parse('53MO')\n"
            "def parse(text):\n    found = DAY.match(text)\n    if found is None:\n"
            "        raise ValueError(text)\n    return found\n",
        }
    )
    assert names(found)[:2] == ["<module>", "parse"]


def test_a_value_against_its_annotation_points_at_who_made_it(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "from collections.abc import Mapping\ndef main():\n    answer(['x', 404])\n"
            "def answer(args):\n    return respond(args[0], args[1])\n"
            "def respond(body, headers):\n    return flat(headers)\n"
            "def flat(headers: Mapping[str, str] | None):\n    return list(headers.items())\n",
        }
    )
    assert names(found)[:2] == ["answer", "flat"]


def test_none_in_a_call_is_the_callers_own_however_far_below_it_is_used(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "def main():\n    first(None)\ndef first(a):\n    second(a)\ndef second(b):\n"
            "    third(b)\ndef third(c):\n    fourth(c)\ndef fourth(d):\n    return d.name\n",
        }
    )
    assert names(found)[0] == "main"


def test_what_an_inner_function_is_handed_by_the_outer_one(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "import json\ndef main():\n    export([1j])\ndef export(rows):\n"
            "    out = {'rows': rows}\n    def dump():\n        return json.dumps(out)\n    return dump()\n",
        }
    )
    assert names(found)[:2] == ["export", "export.dump"]


def test_an_object_that_comes_before_it_was_marked(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "import ast\ndef main():\n    visit(ast.parse('a += 1').body[0])\n"
            "def visit(node):\n    load(node.target)\n    mark(node.target, node)\n"
            "def mark(node, above):\n    node.above = above\n"
            "def load(node):\n    return parent(node)\ndef parent(node):\n    return node.above\n",
        }
    )
    assert names(found)[0] == "visit"


def test_a_constructor_that_leaves_out_its_bases(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "class Base:\n    def __init__(self, code):\n        self.code = code\n"
            "    def shown(self):\n        return str(self.code)\n"
            "class Own(Base):\n    def __init__(self, text):\n        self.text = text\n"
            "def main():\n    Own('x').shown()\n",
        }
    )
    assert names(found)[:2] == ["Own.__init__", "Base.shown"]


def test_bytes_made_above_and_joined_to_text_below(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "def main():\n    show(1)\ndef show(n):\n    line = b'%d' % n\n    return paint(line)\n"
            "def paint(text):\n    return '*' + text\n",
        }
    )
    assert names(found)[:2] == ["show", "paint"]


def test_a_refusal_below_an_assignment_to_an_item_is_the_assignments_fault(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "class Config(dict):\n    def __setitem__(self, key, value):\n"
            "        self._check(key)\n    def _check(self, key):\n"
            "        raise KeyError('no such key: ' + key)\n"
            "def update(config, key):\n    config[key] = 1\n"
            "def main():\n    update(Config(), 'a')\n",
        }
    )
    assert names(found)[0] == "update"


def test_bases_that_a_tuple_names_are_bases(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "class Base:\n    def __init__(self, code):\n        self.code = code\n"
            "    def shown(self):\n        return str(self.code)\n"
            "bases = (Base,)\nclass Own(*bases):\n    def __init__(self, text):\n        self.text = text\n"
            "def main():\n    Own('x').shown()\n",
        }
    )
    assert names(found)[:2] == ["Own.__init__", "Base.shown"]


def test_a_none_in_what_is_sorted_was_not_passed_as_none(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "def main():\n    order([3, None])\ndef order(items):\n    return sort(items)\n"
            "def sort(objs):\n    return sorted(objs, key=lambda o: o)\n",
        }
    )
    assert names(found)[0] == "sort"


def test_a_name_that_functions_import_for_themselves_is_theirs(suspects: Suspects) -> None:
    found = suspects(
        {
            "run.py": "def read():\n    import math\n    return math.pi\ndef main():\n    return area(1)\n"
            "def area(r):\n    return math.tau * r\n",
        }
    )
    assert names(found)[0] == "area"


def test_a_none_that_others_only_passed_on_is_its_makers_fault(suspects: Suspects) -> None:
    program = (
        "def main():\n    read({'a': None})\n"
        "def read(node):\n    show(node['a'])\n"
        "def show(part):\n    return walk(part)\n"
        "def walk(node):\n    if node == 1:\n        node.kind = ''\n        return node\n"
        "    return fields(node)\n"
        "def fields(node):\n    return node.names\n"
    )
    assert names(suspects({"run.py": program}))[0] == "read"


def test_a_dispatcher_in_a_recursion_is_not_the_fault(suspects: Suspects) -> None:
    program = (
        "class Visit:\n    def __call__(self, value, *args):\n        method = shown\n"
        "        return method(value, *args)\n"
        "visit = Visit()\ndef shown(value):\n    return [visit(v) for v in value]\n"
        "def main():\n    ring = []\n    ring.append(ring)\n    shown(ring)\n"
    )
    assert names(suspects({"run.py": program}))[0].startswith("shown")


def test_a_none_in_what_was_passed_was_not_passed_as_none(suspects: Suspects) -> None:
    program = (
        "def main():\n    rows = {'a': None}\n    convert(rows)\n"
        "def convert(rows):\n    for key in rows:\n        rows[key] = int(rows[key])\n"
    )
    assert names(suspects({"run.py": program}))[0] == "convert"
