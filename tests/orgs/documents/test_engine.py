"""The engine in threads and in forked workers, and what it leaves behind in the process."""

import gc
import multiprocessing
from concurrent.futures import ThreadPoolExecutor

from orgs.documents import render_pdf
from orgs.documents.pdf import COLLECT_AFTER, patient_collector
from tests.orgs.documents.sheets import LETTER, REVIEW


def render_into(queue):
    queue.put(render_pdf(LETTER))


def test_forked_worker_renders_the_same_and_leaves_the_parent_whole():
    before = render_pdf(LETTER)
    context = multiprocessing.get_context("fork")
    queue = context.Queue()
    children = [context.Process(target=render_into, args=(queue,)) for _ in range(2)]
    for child in children:
        child.start()
    assert [queue.get(timeout=60) for _ in children] == [before, before]
    for child in children:
        child.join(timeout=60)
        assert child.exitcode == 0
    assert render_pdf(LETTER) == before


def test_threads_take_turns():
    alone = {name: render_pdf(sheet) for name, sheet in (("letter", LETTER), ("review", REVIEW))}
    with ThreadPoolExecutor(4) as pool:
        letters = list(pool.map(render_pdf, [LETTER] * 4))
        reviews = list(pool.map(render_pdf, [REVIEW] * 4))
    assert letters == [alone["letter"]] * 4
    assert reviews == [alone["review"]] * 4


def test_collector_gets_its_thresholds_back_even_after_a_failure():
    before = gc.get_threshold()
    try:
        with patient_collector():
            assert gc.get_threshold() == COLLECT_AFTER
            raise KeyError
    except KeyError:
        pass
    assert gc.get_threshold() == before
    render_pdf(LETTER)
    assert gc.get_threshold() == before
