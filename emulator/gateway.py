"""The ASGI application in front of ministack: control paths below /_emulator/, and hooks around every AWS request."""

import json

import ministack.app as ministack


def create_app(on_ready):
    """The application; `on_ready` is called once requests are served."""

    async def app(scope, receive, send):
        if scope["type"] == "lifespan":
            await ministack.app(scope, receive, _when_started(send, on_ready))
        elif scope["type"] == "http" and scope["path"].startswith("/_emulator/"):
            status, answer = _control(scope["method"], scope["path"], await _read(receive))
            await _answer(send, status, {"content-type": "application/json"}, json.dumps(answer).encode())
        else:
            await ministack.app(scope, receive, send)

    return app


def _control(method: str, path: str, body: bytes) -> tuple[int, object]:
    """Answers the control paths; what they mean stands in README.md."""
    if (method, path) == ("POST", "/_emulator/reset"):
        ministack._reset_all_state()
        return 200, {}
    return 404, {"message": f"no {method} {path} here"}


async def _read(receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


async def _answer(send, status: int, headers: dict, body: bytes) -> None:
    fields = [(name.encode(), value.encode()) for name, value in {**headers, "content-length": str(len(body))}.items()]
    await send({"type": "http.response.start", "status": status, "headers": fields})
    await send({"type": "http.response.body", "body": body})


def _when_started(send, on_ready):
    async def sending(message):
        await send(message)
        if message["type"] == "lifespan.startup.complete":
            on_ready()

    return sending
