"""Many processes at once on the database of a test: python -m tests.storms MODULE, with jobs as JSON on stdin.

Django is loaded once; then each job gets a process of its own with its own connection, all let loose at one moment.
`MODULE.ACTS` are functions `act(gate, **job)` that prepare, wait at the gate and act. Answers one word or two for each
job, in order, as JSON: what it brought about, or the kind of refusal.
"""

import importlib
import json
import multiprocessing
import subprocess
import sys

import django

CONTEXT = multiprocessing.get_context("fork")
WAIT_SECONDS = 180


def storm(acts, jobs):
    """Let all jobs on the `ACTS` of the module loose at once; answers what each brought about, none may break."""
    from tests.processes import ROOT, child_environment

    ran = subprocess.run(
        [sys.executable, "-m", "tests.storms", acts.__name__],
        cwd=ROOT,
        env=child_environment(),
        input=json.dumps(jobs),
        text=True,
        capture_output=True,
        timeout=240,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr[-3000:]
    answers = json.loads(ran.stdout)
    assert [answer for answer in answers if answer.startswith("broke")] == []
    return answers


def main():
    django.setup()
    from django.utils import translation

    translation.activate("vi")
    acts = importlib.import_module(sys.argv[1]).ACTS
    jobs = json.load(sys.stdin)
    gate, answers = CONTEXT.Barrier(len(jobs)), CONTEXT.Queue()
    running = [CONTEXT.Process(target=_run, args=(acts, place, job, gate, answers)) for place, job in enumerate(jobs)]
    for process in running:
        process.start()
    found = dict(answers.get(timeout=WAIT_SECONDS) for _ in jobs)
    for process in running:
        process.join(timeout=WAIT_SECONDS)
    json.dump([found[place] for place in range(len(jobs))], sys.stdout)


def _run(acts, place, job, gate, answers):
    from django.db import connection

    from orgs.models import Refusal

    act = acts[job.pop("act")]
    try:
        connection.ensure_connection()
        answer = act(gate, **job)
    except Refusal as refusal:
        answer = f"refused: {type(refusal).__name__}: {refusal}"
    except Exception as error:  # noqa: BLE001 - told to the test, which fails by it
        answer = f"broke: {type(error).__name__}: {error}"
    finally:
        connection.close()
    answers.put((place, answer))


if __name__ == "__main__":
    main()
