"""A read-only SPARQL 1.1 endpoint over the embedded store, with a page of the shipped queries: a Starlette application.

    application(pool, body) -> Starlette

    GET, POST /sparql         queries by the SPARQL 1.1 Protocol (and `format=csv` for links); without one, the
                              endpoint's service description
    GET /                     the shipped queries by theme, and a box for one's own
    GET /q/NAME?…             a shipped query: a form for its parameters and the answer
    GET /ask?query=…          the answer to one's own query

Nothing writes: updates are refused here, and the workers open the store read-only. Pages hold no script at all, and the
Content-Security-Policy forbids it, so that no name or text of an article can become one.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from urllib.parse import parse_qs, urlencode

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from kg import files, query
from kg.asking.endpoint import GRAPHS, TABLES, Answer, Job, Pool, is_update, negotiate
from kg.errors import KgError
from kg.query import Query

HOSTS = ("127.0.0.1", "localhost", "::1", "[::1]", "testserver")
MOST = 1_000_000  # bytes of a request's body
_SAFE = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_READ_ONLY = "this endpoint is read-only; the store is changed by `kg build` and `kg remove`"
# What `format=` asks for, in a link that can set no header.
_FORMATS = {
    "json": "application/sparql-results+json, application/ld+json;q=0.5",
    "xml": "application/sparql-results+xml, application/rdf+xml;q=0.5",
    "csv": "text/csv",
    "tsv": "text/tab-separated-values",
    "turtle": "text/turtle",
}
_WRITE = ("PUT", "DELETE", "PATCH")


class _Refused(Exception):
    """A request that is answered with a status and one line."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        self.message = message


def application(pool: Pool, most: int = MOST) -> Starlette:
    """The application over the workers of `pool`; bodies of more than `most` bytes are refused."""
    site = _Site(pool, most)
    return Starlette(
        routes=[
            Route("/", site.start),
            Route("/sparql", site.sparql, methods=["GET", "POST", *_WRITE]),
            Route("/query", site.sparql, methods=["GET", "POST", *_WRITE]),
            Route("/q/{name}", site.shipped),
            Route("/ask", site.own),
            Route("/page.css", site.style),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=list(HOSTS), www_redirect=False)],
    )


class _Site:
    def __init__(self, pool: Pool, most: int) -> None:
        self.pool = pool
        self.most = most

    # -- the protocol ---------------------------------------------------------------------------------------------

    async def sparql(self, request: Request) -> Response:
        try:
            job = await self._job(request)
        except _Refused as refused:
            return PlainTextResponse(f"{refused.message}\n", refused.status, headers=_SAFE)
        if job is None:
            return _description(request)
        return _response(await run_in_threadpool(self.pool.ask, job))

    async def _job(self, request: Request) -> Job | None:
        """The query of a request in any of the three ways that the Protocol knows; None where there is none."""
        if request.method in _WRITE:
            raise _Refused(405, _READ_ONLY)
        told = _parameters(request.url.query)
        if request.method == "POST":
            kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if kind == _UPDATE:
                raise _Refused(403, _READ_ONLY)
            if kind not in {_FORM, _QUERY}:
                raise _Refused(415, f"a query is posted as {_QUERY} or {_FORM}")
            body = await self._body(request)
            if kind == _QUERY:
                told["query"] = [body]
            else:
                told |= _parameters(body)
        if "update" in told:
            raise _Refused(403, _READ_ONLY)
        texts = told.get("query", [])
        if len(texts) != 1:
            if not texts and request.method == "GET":
                return None
            raise _Refused(400, "a request has one query")
        if is_update(texts[0]):
            raise _Refused(403, _READ_ONLY)
        default, named = (tuple(told.get(name, ())) for name in ("default-graph-uri", "named-graph-uri"))
        accept = _FORMATS.get(told.get("format", [""])[0]) or request.headers.get("accept", "*/*")
        return Job(texts[0], accept, default, named)

    async def _body(self, request: Request) -> str:
        """The body as text. Stops reading where it is too long, whatever its headers say."""
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > self.most:
                raise _Refused(413, f"a request has at most {self.most} bytes")
        try:
            return body.decode("utf-8")
        except UnicodeDecodeError:
            raise _Refused(400, "a request is text in UTF-8") from None

    # -- pages ----------------------------------------------------------------------------------------------------

    async def start(self, request: Request) -> Response:
        themes: dict[str, list[Query]] = {}
        for one in _queries().values():
            themes.setdefault(one.theme, []).append(one)
        return _page(request, "start.html", themes=themes)

    async def shipped(self, request: Request) -> Response:
        asked = _queries().get(request.path_params["name"])
        if asked is None:
            return _page(request, "error.html", 404, message="no such query")
        given = {p.name: request.query_params.get(p.name, "").strip() for p in asked.parameters}
        lacking = [p.name for p in asked.parameters if not (given[p.name] or p.default or p.optional)]
        found = None
        if not lacking and ("go" in request.query_params or not any(p.type == "entity" and not p.optional for p in asked.parameters)):
            job = Job(name=asked.name, given={k: v for k, v in given.items() if v}, language=_language(request), page=True)
            found = await run_in_threadpool(self.pool.ask, job)
        return _page(request, "query.html", _status(found), asked=asked, given=given, answer=found)

    async def own(self, request: Request) -> Response:
        text = request.query_params.get("query", "")
        found = None
        if text.strip():
            found = await run_in_threadpool(self.pool.ask, Job(text, language=_language(request), page=True))
        return _page(request, "own.html", _status(found), text=text, answer=found)

    async def style(self, request: Request) -> Response:
        return Response(_style(), media_type="text/css", headers=_SAFE)


def _parameters(text: str) -> dict[str, list[str]]:
    return parse_qs(text, keep_blank_values=True, max_num_fields=100)


def _response(found: Answer) -> Response:
    more = {"X-Truncated": "true"} if found.truncated else {}
    return Response(found.body, found.status, headers={**_SAFE, "Vary": "Accept", **more}, media_type=found.media)


def _status(found: Answer | None) -> int:
    return found.status if found is not None else 200


def _language(request: Request) -> str:
    return "en" if request.query_params.get("lang") == "en" else "ar"


@cache
def _queries() -> Mapping[str, Query]:
    return query.shipped()


@cache
def _style() -> str:
    return (files.DATA / "serve" / "page.css").read_text(encoding="utf-8")


@cache
def _templates() -> Environment:
    loader = FileSystemLoader(files.DATA / "serve", encoding="utf-8")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _page(request: Request, template: str, status: int = 200, **values: object) -> Response:
    language = _language(request)
    other = "en" if language == "ar" else "ar"
    turned = f"?{urlencode([*((k, v) for k, v in request.query_params.multi_items() if k != 'lang'), ('lang', other)])}"
    try:
        text = _templates().get_template(template).render(lang=language, dir="rtl" if language == "ar" else "ltr", turned=turned, **values)
    except KgError as error:
        return PlainTextResponse(f"{error}\n", 500, headers=_SAFE)
    return HTMLResponse(text, status, headers=_SAFE)


def _description(request: Request) -> Response:
    """The endpoint described in the terms of SPARQL 1.1 Service Description; a browser is led to the page."""
    accept = request.headers.get("accept", "*/*")
    if negotiate(accept, ["text/turtle", "text/html"]) == "text/html":
        return RedirectResponse("/", 303, headers=_SAFE)
    endpoint = str(request.url.replace(query=""))
    formats = ", ".join(f"<http://www.w3.org/ns/formats/{name}>" for name in ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV",
                        "SPARQL_Results_TSV", "Turtle", "N-Triples", "RDF_XML", "JSON-LD"))  # fmt: skip
    text = f"""@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .

<{endpoint}> a sd:Service ;
    sd:endpoint <{endpoint}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:resultFormat {formats} .
"""
    return Response(text, media_type="text/turtle; charset=utf-8", headers={**_SAFE, "Vary": "Accept"})


__all__ = ["GRAPHS", "MOST", "TABLES", "application"]
