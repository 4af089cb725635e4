"""The recorder: which API calls were made, named by what is on the wire.

Given per call: service, operation, account, region and whether the operation can change anything. The service is IAM's prefix
(`cloudwatch`, not `monitoring`), the operation is the API's (`s3:HeadBucket`, where IAM checks s3:ListBucket), because what was called
is the question here, and not what was authorized.
"""

import functools
import gzip
import json
import os
import re
from dataclasses import asdict, dataclass
from urllib.parse import parse_qs

import botocore

# Signing names that differ from IAM's prefix.
IAM_PREFIXES = {"monitoring": "cloudwatch", "email": "ses", "cloudcontrolapi": "cloudformation"}
# Signing names whose REST operations stand in other botocore models than the one of that name.
REST_MODELS = {"apigateway": ("apigateway", "apigatewayv2"), "elasticfilesystem": ("efs",), "airflow": ("mwaa",), "es": ("opensearch",)}
READ = re.compile(r"(Get|List|Describe|Head|BatchGet|BatchCheck|Search|Select|Query|Scan|Lookup|Validate|Estimate|Simulate|Detect|Download|"
                  r"Filter|TestMetric|Preview|AssumeRole|Decode|Decrypt|Verify)")


@dataclass(frozen=True)
class Call:
    """One API call. `values` are the names that it is about, for scripted faults to match; they are not reported."""

    service: str
    operation: str
    account: str
    region: str
    values: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        return f"{self.service}:{self.operation}"

    @property
    def write(self) -> bool:
        return not READ.match(self.operation)

    def report(self) -> dict:
        return {**{key: value for key, value in asdict(self).items() if key != "values"}, "write": self.write}


@dataclass(frozen=True)
class Request:
    """An HTTP request as the recorder and the faults see it; header names are in lower case."""

    method: str
    path: str
    headers: dict[str, str]
    query: dict[str, list[str]]
    body: bytes

    @functools.cached_property
    def form(self) -> dict[str, list[str]]:
        """The parameters of the query protocol: of the form, and of the query string, which wins."""
        if not self.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
            return self.query
        return {**parse_qs(self.body.decode("utf-8", "replace"), keep_blank_values=True), **self.query}

    @functools.cached_property
    def json(self) -> dict:
        if "json" not in self.headers.get("content-type", ""):
            return {}
        try:
            body = json.loads(self.body or b"{}")
        except ValueError:
            return {}
        return body if isinstance(body, dict) else {}

    @functools.cached_property
    def scope(self) -> list[str]:
        """Access key, date, region and service that the request was signed for; empty when it is not signed."""
        signed = re.search(r"Credential=([^,\s]+)", self.headers.get("authorization", ""))
        credential = signed.group(1) if signed else "".join(self.query.get("X-Amz-Credential", []))
        parts = credential.split("/")
        return parts if len(parts) == 5 else []


def name_call(request: Request, account_of) -> Call | None:
    """The call that a request is; None when it is not signed, hence not an AWS API call (a browser, an HTTP API's client).

    `account_of` gives the account of an access key. A web identity's request for a role is a call without being signed.
    """
    if not request.scope:
        action = request.form.get("Action", [""])[0]
        return Call("sts", action, "", "", _values("sts", request)) if action.startswith("AssumeRoleWith") else None
    access_key, _, region, service, _ = request.scope
    operation = _operation(service, request) or f"{request.method} {request.path}"
    return Call(IAM_PREFIXES.get(service, service), operation, account_of(access_key), region, _values(service, request))


def _operation(service: str, request: Request) -> str | None:
    target = request.headers.get("x-amz-target", "")
    if target:
        return target.rsplit(".", 1)[-1]
    cbor = re.fullmatch(r"/service/[^/]+/operation/([^/]+)", request.path)
    if cbor:
        return cbor.group(1)
    if request.form.get("Action"):
        return request.form["Action"][0]
    return _rest_operation(service, request)


@dataclass(frozen=True)
class Route:
    """A REST operation: which requests are it, and how much it demands of them."""

    operation: str
    method: str
    path: re.Pattern
    query: tuple[tuple[str, str | None], ...]
    headers: tuple[str, ...]
    literals: int

    def matches(self, request: Request) -> bool:
        return (
            self.method == request.method
            and self.path.fullmatch(request.path) is not None
            and all(key in request.query and value in (None, request.query[key][0]) for key, value in self.query)
            and all(name in request.headers for name in self.headers)
        )

    @property
    def rank(self) -> tuple[int, int]:
        return self.literals, len(self.query) + len(self.headers)


def _rest_operation(service: str, request: Request) -> str | None:
    matching = [route for model in REST_MODELS.get(service, (service,)) for route in _routes(model) if route.matches(request)]
    return max(matching, key=lambda route: route.rank).operation if matching else None


@functools.cache
def _routes(model: str) -> tuple[Route, ...]:
    """The REST operations of a botocore model; none when there is no such model."""
    folder = os.path.join(os.path.dirname(botocore.__file__), "data", model)
    if not os.path.isdir(folder):
        return ()
    with gzip.open(os.path.join(folder, max(os.listdir(folder)), "service-2.json.gz"), "rt") as file:
        description = json.load(file)
    return tuple(_route(name, operation, description["shapes"]) for name, operation in description["operations"].items())


def _route(name: str, operation: dict, shapes: dict) -> Route:
    path, _, constants = operation["http"]["requestUri"].partition("?")
    shape = shapes.get(operation.get("input", {}).get("shape"), {})
    required = [shape["members"][member] for member in shape.get("required", [])]
    fixed = [(key, value or None) for key, _, value in (part.partition("=") for part in constants.split("&") if part)]
    asked = [(member["locationName"], None) for member in required if member.get("location") == "querystring"]
    segments = [part for part in path.split("/") if part]
    return Route(
        operation=name,
        method=operation["http"]["method"],
        path=re.compile("".join(_segment(part) for part in segments) + "/?"),
        query=tuple(fixed + asked),
        headers=tuple(member["locationName"].lower() for member in required if member.get("location") == "header"),
        literals=sum(1 for part in segments if not part.startswith("{")),
    )


def _segment(part: str) -> str:
    # A name may hold slashes, which arrive decoded; a bucket's may not, and tells a bucket from a key.
    if part == "{Bucket}":
        return "/[^/]+"
    return "/.+" if part.startswith("{") else "/" + re.escape(part)


def _values(service: str, request: Request) -> frozenset[str]:
    """The names that a call is about: path segments, the S3 key, and the plain values of its parameters."""
    segments = [part for part in request.path.split("/") if part]
    if service == "s3":
        return frozenset({*segments[:1], "/".join(segments[1:])})
    found = {value for values in request.form.values() for value in values}
    return frozenset(found | {value for value in request.json.values() if isinstance(value, str)} | set(segments))


class Recorder:
    """The calls since the start or the last `clear`, in order of arrival."""

    def __init__(self) -> None:
        self._calls: list[Call] = []

    def record(self, call: Call) -> None:
        self._calls.append(call)

    def report(self) -> list[dict]:
        return [call.report() for call in self._calls]

    def clear(self) -> None:
        self._calls.clear()
