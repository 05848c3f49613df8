"""A sweep on a Dask cluster: the same tasks as in processes, wherever its workers are. Dask is an extra that users install."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from ..faults import fail
from .asked import Judged, Question, Values

_AHEAD = 4


def on_dask(address: str, question: Question, tasks: Iterable[Values], jobs: int) -> Iterator[Judged]:
    """On the cluster at that address, or on one of this machine's own for ``local``; in order. A worker that is lost is no
    harm: Dask gives its tasks to another. Raises Faults where Dask is not installed or the cluster not found."""
    try:
        distributed: Any = importlib.import_module("distributed")
    except ImportError:
        raise fail("--dask", "Dask is not installed; pip install 'overmold[dask]'") from None
    try:
        client = distributed.Client(**({"n_workers": jobs, "threads_per_worker": 1, "dashboard_address": None}
                                       if address == "local" else {"address": address, "timeout": "10s"}))
    except (OSError, ValueError, TimeoutError) as error:
        raise fail("--dask", f"there is no cluster at '{address}': {error}") from None
    with client:
        yield from _answers(client, question, tasks, max(1, len(client.scheduler_info().get("workers", ()))))


def _answers(client: Any, question: Question, tasks: Iterable[Values], workers: int) -> Iterator[Judged]:
    # A task and no scattered data: what a lost worker had of it can be made again.
    shared = client.submit(_itself, question, pure=False, retries=5)
    ask = partial(client.submit, _answer, pure=False, retries=5)
    waiting: list[Any] = []
    for values in tasks:
        waiting.append(ask(shared, values))
        if len(waiting) > _AHEAD * workers:
            yield waiting.pop(0).result()
    for one in waiting:
        yield one.result()


def _itself(question: Question) -> Question:
    return question


def _answer(question: Question, values: Values) -> Judged:
    return question.answer(values)
