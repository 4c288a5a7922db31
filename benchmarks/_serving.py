"""A process that answers requests from a database of its own and says what each of them cost."""

import io
import multiprocessing
import os
import re
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from wsgiref.util import setup_testing_defaults

#: What each entry has once: a card on a page, its facts in the API.
_ENTRY = re.compile(rb'<article class="card[ "]|"facts":')


@dataclass(frozen=True)
class Answer:
    """What one request cost. ``cpu``: milliseconds of this process and of its PostgreSQL backend together."""

    cpu: float
    queries: int
    status: int
    entries: int


class Server:
    """Answers from the database behind ``url`` in a process of its own; a context manager."""

    def __init__(self, url):
        self._url = url

    def __enter__(self):
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._url), daemon=True)
        self._process.start()
        theirs.close()
        return self

    def __exit__(self, *_error):
        self._pipe.close()
        self._process.join(30)

    def get(self, address):
        """Return the ``Answer`` to one request. Raises ``EOFError`` when the process died."""
        return self._ask("get", address)

    def reindex(self, page_id, number):
        """Change a sentence of an offer past the index, let the index follow, and return what that cost in ms."""
        return self._ask("reindex", page_id, number)

    def search(self, words, limit):
        """Return the titles that the search over everything finds, best first, up to ``limit`` of each kind."""
        return self._ask("search", words, limit)

    def recall(self, words, word):
        """Return two sets of page ids: what the lists find for ``words``, and what ``word`` is really written in."""
        return self._ask("recall", words, word)

    def _ask(self, *question):
        self._pipe.send(question)
        return self._pipe.recv()


def _serve(pipe, url):
    os.environ["DATABASE_URL"] = url
    # What PostgreSQL gave to helpers of its own would be counted nowhere.
    os.environ["PGOPTIONS"] = "-c max_parallel_workers_per_gather=0"
    from django.core.wsgi import get_wsgi_application

    worker = _Worker(get_wsgi_application())
    while True:
        try:
            name, *arguments = pipe.recv()
        except EOFError:
            return
        pipe.send(getattr(worker, name)(*arguments))


class _Worker:
    def __init__(self, application):
        self._application = application

    def get(self, address):
        path, _, query = address.partition("?")
        environ = {
            "PATH_INFO": path.encode().decode("latin-1"),
            "QUERY_STRING": query,
            "REQUEST_METHOD": "GET",
            "HTTP_HOST": "localhost",
            "wsgi.input": io.BytesIO(),
        }
        setup_testing_defaults(environ)
        statuses = []
        with _counted_queries() as queries, _cpu() as cpu:
            response = self._application(environ, lambda status, headers: statuses.append(status))
            body = b"".join(response)
            response.close()
        return Answer(
            cpu=cpu[0],
            queries=len(queries),
            status=int(statuses[0].split()[0]),
            entries=len(_ENTRY.findall(body)),
        )

    def reindex(self, page_id, number):
        from content.index.services import index_pages
        from offers.models import OfferPage

        OfferPage.objects.filter(pk=page_id).update(teaser=f"Neu gesagt: {number}")
        with _cpu() as cpu:
            index_pages([page_id])
        return cpu[0]

    def search(self, words, limit):
        from wagtail.models import Locale

        from content.directory import search_all

        result = search_all(words, Locale.get_default(), limit_per_group=limit)
        return [page.title for group in result.groups for page in group.items]

    def recall(self, words, word):
        from django.http import QueryDict
        from wagtail.models import Locale

        from content.directory import DirectoryQuery
        from content.registry import kind

        found, wanted = set(), set()
        locale, question = Locale.get_default(), QueryDict(mutable=True)
        question["q"] = words
        for slug in ("offers", "events"):
            found.update(DirectoryQuery(kind(slug), locale, question).page_ids())
            pages = kind(slug).page_model.objects.filter(locale=locale)
            for page_id, *texts in pages.values_list("pk", "title", "teaser", "text"):
                if any(word.casefold() in text.casefold() for text in texts):
                    wanted.add(page_id)
        return found, wanted


@contextmanager
def _counted_queries():
    from django.db import connection

    queries = []

    def count(execute, sql, params, many, context):
        queries.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(count):
        yield queries


@contextmanager
def _cpu():
    """Yield a list that afterwards holds the CPU milliseconds that passed inside."""
    from django.db import connection

    backend = 0
    if connection.vendor == "postgresql":
        connection.ensure_connection()
        backend = connection.connection.info.backend_pid
    spent = []
    before = time.process_time_ns() + _spent_by(backend)
    yield spent
    spent.append((time.process_time_ns() + _spent_by(backend) - before) / 1e6)


def _spent_by(process):
    """Return the nanoseconds of CPU that another process has spent; 0 where Linux does not say."""
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) if process else 0
    except OSError:
        return 0
