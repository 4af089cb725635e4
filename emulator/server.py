"""Starts the emulated AWS: ministack in this process, with what spaceport-actions needs added to it.

    GATEWAY_PORT=4566 python emulator/server.py [--directory <folder>] [--stop-with-stdin]

Listens on 127.0.0.1 and nowhere else. GATEWAY_PORT=0, or none, takes a free port: the socket is bound before ministack learns
its number, so nothing can take it in between. Once requests are served, one line of JSON goes to stdout, {"port": ..., "pid": ...};
everything else goes to stderr. SIGTERM, SIGINT and, with --stop-with-stdin, the end of stdin stop it. All that it writes to disk is
below one directory (a temporary one of its own, or the one given), which is removed at the end; nothing survives a stop.
"""

import argparse
import asyncio
import json
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading

HOST = "127.0.0.1"
# No __pycache__ in the repository.
sys.dont_write_bytecode = True


def listen(port: int) -> socket.socket:
    """A bound socket; port 0 takes a free one."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
        listener.listen(128)
    except OSError as error:
        raise SystemExit(f"{HOST}:{port} cannot be used: {error.strerror}") from None
    return listener


def configure(port: int, directory: str) -> None:
    """Sets what ministack reads from the environment while it is imported.

    Persistence is off and every path points into `directory`. A setting inherited from the caller's shell that would change
    behaviour is removed, so equal tests see an equal emulator.
    """
    inherited = "AUTH SERVICES PERSIST_STATE S3_PERSIST LOCALSTACK_PERSISTENCE USE_SSL EDGE_PORT LAMBDA_EXECUTOR AWS_PROFILE"
    for name in inherited.split():
        os.environ.pop(name, None)
    os.environ.update(
        BIND_HOST=HOST,
        GATEWAY_PORT=str(port),
        AWS_ENDPOINT_URL=f"http://{HOST}:{port}",
        IOT_MTLS_ENABLED="0",
        SFTP_ENABLED="0",
        # State machines wait, and try again, in a hundredth of the time.
        SFN_WAIT_SCALE="0.01",
        STATE_DIR=os.path.join(directory, "state"),
        S3_DATA_DIR=os.path.join(directory, "s3"),
        TMPDIR=directory,
        LOG_LEVEL=os.environ.get("LOG_LEVEL", "WARNING"),
    )
    tempfile.tempdir = directory


def announce(port: int) -> None:
    """Says on stdout that requests are served, then lends stdout to stderr, so no reader has to drain it."""
    sys.stdout.write(json.dumps({"port": port, "pid": os.getpid()}) + "\n")
    sys.stdout.flush()
    os.dup2(2, 1)


def watch_stdin(stop) -> None:
    """Calls `stop` when stdin ends, which it does when the parent process dies, however it dies."""

    def wait() -> None:
        while os.read(0, 4096):
            pass
        stop()

    threading.Thread(target=wait, daemon=True, name="stdin-watch").start()


async def serve(listener: socket.socket, stop_with_stdin: bool) -> None:
    """Serves until a signal, or the end of stdin, asks to stop."""
    from hypercorn.asyncio import serve as hypercorn_serve
    from hypercorn.config import Config

    import gateway

    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    if stop_with_stdin:
        watch_stdin(lambda: loop.call_soon_threadsafe(stop.set))

    port = listener.getsockname()[1]
    config = Config()
    config.bind = [f"fd://{listener.detach()}"]
    config.keep_alive_timeout = 75
    config.graceful_timeout = 0.2
    config.shutdown_timeout = 1
    config.loglevel = "WARNING"
    await hypercorn_serve(gateway.create_app(lambda: announce(port)), config, shutdown_trigger=stop.wait)


def stop_workers() -> None:
    """Ends the processes that run Lambda code."""
    runtime = sys.modules.get("ministack.core.lambda_runtime")
    if runtime is not None:
        runtime.reset()


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The emulated AWS of spaceport-actions.")
    parser.add_argument("--directory", help="folder for all that is written to disk; removed at the end")
    parser.add_argument("--stop-with-stdin", action="store_true", help="stop when stdin ends, so never outlive the parent")
    return parser.parse_args()


def main() -> None:
    arguments = parse_arguments()
    listener = listen(int(os.environ.get("GATEWAY_PORT") or 0))
    directory = arguments.directory or tempfile.mkdtemp(prefix="spaceport-emulator-")
    configure(listener.getsockname()[1], directory)
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    asyncio.run(serve(listener, arguments.stop_with_stdin))
    stop_workers()
    shutil.rmtree(directory, ignore_errors=True)
    sys.stderr.flush()
    # A thread that still waits, for a scripted delay or a Lambda, must not keep the process.
    os._exit(0)


if __name__ == "__main__":
    main()
