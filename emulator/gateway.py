"""The ASGI application in front of ministack: control paths below /_emulator/, and hooks around every AWS request."""

import asyncio
import json
from urllib.parse import parse_qs

import calls
import cloud_control
import faults
import resource_types
import s3_rules
import sage_maker_jobs
import service_quotas
import services
import sts_rules
import ministack.app as ministack
import offers
import owners
import strict


# An answer that ends in its middle: it says that it is longer than it is.
CUT = (200, {"content-type": "application/json", "content-length": "1000"}, b'{"Parameter": {"Name": ')


class Gateway:
    """What is asked for below /_emulator/, and what happens to a request before ministack sees it."""

    def __init__(self) -> None:
        self.recorder = calls.Recorder()
        self.faults = faults.Faults()
        resource_types.add()
        sage_maker_jobs.apply()
        strict.apply()
        owners.apply()
        offers.apply()
        cloud_control.apply()
        s3_rules.apply()
        services.apply()
        # Last, so that a scripted failure comes before any check.
        faults.apply_to_stacks(self.faults)

    def control(self, method: str, path: str, body: bytes) -> tuple[int, object]:
        """Answers a control path; what they mean stands in README.md."""
        match (method, path.removeprefix("/_emulator/")):
            case ("GET", "calls"):
                return 200, self.recorder.report()
            case ("DELETE", "calls"):
                self.recorder.clear()
            case ("GET", "faults"):
                return 200, self.faults.report()
            case ("POST", "faults"):
                try:
                    self.faults.replace(json.loads(body))
                except ValueError as problem:
                    return 400, {"message": str(problem)}
            case ("DELETE", "faults"):
                self.faults.replace([])
            case ("POST", "reset"):
                self.faults.reset()
                ministack._reset_all_state()
                sage_maker_jobs.reset()
                service_quotas.reset()
                self.recorder.clear()
            case _:
                return 404, {"message": f"no {method} {path} here"}
        return 200, {}

    async def answer(self, request: calls.Request) -> tuple[int, dict, bytes] | None:
        """An answer in ministack's stead, if there is one; records the call, and waits when it is to be slow."""
        call = calls.name_call(request, sts_rules.account_of)
        if call is None:
            return None
        self.recorder.record(call)
        fault = faults.call_fault(self.faults, call)
        if fault is not None:
            await asyncio.sleep(fault.get("delayMs", 0) / 1000)
            if fault.get("cut"):
                return CUT
            answer = faults.error_answer(fault, request)
            if answer is not None:
                return answer
        return service_quotas.answer(call, request) or sts_rules.refusal(call, request)


def create_app(on_ready):
    """The application; `on_ready` is called once requests are served."""
    gateway = Gateway()

    async def app(scope, receive, send):
        if scope["type"] == "lifespan":
            await ministack.app(scope, receive, _when_started(send, on_ready))
        elif scope["type"] != "http":
            await ministack.app(scope, receive, send)
        else:
            await _serve(gateway, scope, receive, send)

    return app


async def _serve(gateway: Gateway, scope, receive, send) -> None:
    body = await _read(receive)
    if scope["path"].startswith("/_emulator/"):
        status, content = gateway.control(scope["method"], scope["path"], body)
        answer = status, {"content-type": "application/json"}, json.dumps(content).encode()
    else:
        answer = await gateway.answer(_request(scope, body))
    if answer is None:
        await ministack.app(scope, _replay(body, receive), send)
    else:
        await _answer(send, *answer)


def _request(scope, body: bytes) -> calls.Request:
    return calls.Request(
        method=scope["method"],
        path=scope["path"],
        headers={name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]},
        query=parse_qs(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True),
        body=body,
    )


async def _read(receive) -> bytes:
    parts = []
    while True:
        message = await receive()
        parts.append(message.get("body", b""))
        if not message.get("more_body"):
            return b"".join(parts)


def _replay(body: bytes, receive):
    """Gives the body again, and then whatever comes after it (a disconnect)."""
    messages = iter([{"type": "http.request", "body": body, "more_body": False}])

    async def receiving():
        return next(messages, None) or await receive()

    return receiving


async def _answer(send, status: int, headers: dict, body: bytes) -> None:
    fields = [(name.encode(), value.encode()) for name, value in {"content-length": str(len(body)), **headers}.items()]
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": body})


def _when_started(send, on_ready):
    async def sending(message):
        await send(message)
        if message["type"] == "lifespan.startup.complete":
            on_ready()

    return sending
