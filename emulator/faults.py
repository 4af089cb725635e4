"""Scripted failures and delays: of what CloudFormation does to a resource, and of API calls.

Each fault happens `times` times (1 when left out, -1 always), then is gone; with `every`, on each n-th match alone. A delay holds up only the request or the stack that it hits.
"""

import contextvars
import json
import threading
import time
from xml.sax.saxutils import escape

import hooks
from ministack.services.cloudformation import stacks

RESOURCE_KEYS = {"operation", "type", "logicalId", "name", "stack", "error", "delayMs", "times"}
CALL_KEYS = {"call", "key", "every", "status", "code", "message", "cut", "delayMs", "times"}
OPERATIONS = {"create", "update", "delete", "rollback"}
# How often a fault has matched.
SEEN = "seen"
MATCHED = ("operation", "type", "logicalId", "name", "stack")

# Set while an update is sent back after a failure.
_rolling_back = contextvars.ContextVar("rolling_back", default=False)


class Faults:
    """The scripted faults. Resource operations run on threads of their own, hence the lock."""

    def __init__(self) -> None:
        self._faults: list[dict] = []
        self._lock = threading.Lock()
        # Counts resets: what a delay held up until after one must not happen any more.
        self.generation = 0

    def replace(self, faults: object) -> None:
        """Sets the faults; raises ValueError, naming the problem, and keeps the old ones when one cannot be understood."""
        if not isinstance(faults, list):
            raise ValueError("faults are a list")
        for fault in faults:
            _check(fault)
        with self._lock:
            self._faults = [dict(fault) for fault in faults]

    def reset(self) -> None:
        self.generation += 1
        self.replace([])

    def report(self) -> list[dict]:
        with self._lock:
            return [{key: value for key, value in fault.items() if key != SEEN} for fault in self._faults]

    def take(self, matches) -> dict | None:
        """The first fault that matches, counted as having happened."""
        with self._lock:
            fault = next((fault for fault in self._faults if matches(fault) and _is_its_turn(fault)), None)
            if fault is None or fault.get("times", 1) == -1:
                return fault
            fault["times"] = fault.get("times", 1) - 1
            self._faults = [left for left in self._faults if left.get("times", 1) != 0]
            return fault

    def delays(self, resource_type: str) -> bool:
        """Whether an operation on this type may be held up, so must leave the event loop."""
        with self._lock:
            return any(fault.get("delayMs") and fault.get("type") in (None, resource_type) for fault in self._faults if "operation" in fault)


def _is_its_turn(fault: dict) -> bool:
    """Whether a fault that happens on every n-th match happens on this one, which is counted."""
    fault[SEEN] = fault.get(SEEN, 0) + 1
    return fault[SEEN] % fault.get("every", 1) == 0


def _check(fault: object) -> None:
    if not isinstance(fault, dict):
        raise ValueError("a fault is an object")
    if ("call" in fault) == ("operation" in fault):
        raise ValueError(f"a fault has either operation or call: {json.dumps(fault)}")
    unknown = set(fault) - (CALL_KEYS if "call" in fault else RESOURCE_KEYS)
    if unknown:
        raise ValueError(f"a fault has no {', '.join(sorted(unknown))}: {json.dumps(fault)}")
    if "operation" in fault and fault["operation"] not in OPERATIONS:
        raise ValueError(f"operation is one of {', '.join(sorted(OPERATIONS))}: {json.dumps(fault)}")


def apply_to_stacks(faults: Faults) -> None:
    """Puts the faults in front of everything CloudFormation does to a resource."""

    def happen(operation: str, resource_type: str, logical_id, names, stack_name) -> None:
        facts = {"operation": operation, "type": resource_type, "logicalId": logical_id, "stack": stack_name}
        fault = faults.take(lambda fault: _hits(fault, facts, names))
        if fault is None:
            return
        generation = faults.generation
        time.sleep(fault.get("delayMs", 0) / 1000)
        if faults.generation != generation:
            raise ValueError("the emulator was reset meanwhile")
        if "error" in fault:
            raise ValueError(fault["error"])

    def provision(original):
        def creating(resource_type, logical_id, props, stack_name):
            happen("create", resource_type, logical_id, _names(props), stack_name)
            return original(resource_type, logical_id, props, stack_name)

        return creating

    def update(original):
        def updating(resource_type, physical_id, old_props, new_props, stack_name, logical_id=None, old_attrs=None):
            if old_props != new_props:
                operation = "rollback" if _rolling_back.get() else "update"
                happen(operation, resource_type, logical_id, {physical_id, *_names(new_props)}, stack_name)
            return original(resource_type, physical_id, old_props, new_props, stack_name, logical_id, old_attrs)

        return updating

    def delete(original):
        def deleting(resource_type, physical_id, props, stack_name=None, logical_id=None):
            happen("delete", resource_type, logical_id, {physical_id}, stack_name)
            return original(resource_type, physical_id, props, stack_name, logical_id)

        return deleting

    hooks.around_resource("provision", provision)
    hooks.around_resource("update", update)
    hooks.around_resource("delete", delete)
    hooks.around(stacks, "_revert_update", _marking_rollback)
    on_thread = stacks._runs_on_worker_thread
    stacks._runs_on_worker_thread = lambda resource_type: on_thread(resource_type) or faults.delays(resource_type)


def _marking_rollback(original):
    async def reverting(*arguments, **named):
        token = _rolling_back.set(True)
        try:
            return await original(*arguments, **named)
        finally:
            _rolling_back.reset(token)

    return reverting


def _hits(fault: dict, facts: dict, names: set) -> bool:
    if "operation" not in fault:
        return False
    return all(key not in fault or (fault[key] in names if key == "name" else fault[key] == facts[key]) for key in MATCHED)


def _names(props: dict) -> set:
    """The values of the properties that may name the resource."""
    return {value for key, value in (props or {}).items() if key.endswith(("Name", "Domain", "Identifier")) and isinstance(value, str)}


def call_fault(faults: Faults, call) -> dict | None:
    """The fault for this API call, counted as having happened."""
    return faults.take(lambda fault: fault.get("call") in (call.name, "*") and ("key" not in fault or fault["key"] in call.values))


def error_answer(fault: dict, request) -> tuple[int, dict, bytes] | None:
    """The error that a fault answers with, in the protocol of the request; None when it only delays."""
    if "status" not in fault and "code" not in fault:
        return None
    status = fault.get("status", 400 if "code" in fault else 500)
    code = fault.get("code", "InternalFailure" if status >= 500 else "AccessDenied" if status == 403 else "ValidationError")
    return error(status, code, fault.get("message", f"{code} (scripted)"), request)


def error(status: int, code: str, message: str, request) -> tuple[int, dict, bytes]:
    """An AWS error in the protocol of the request: S3's XML, the query protocols' XML, or JSON."""
    service = request.scope[3] if request.scope else ""
    fields = f"<Code>{escape(code)}</Code><Message>{escape(message)}</Message>"
    if service == "s3":
        body = "" if request.method == "HEAD" else f"<Error>{fields}<RequestId>emulator</RequestId></Error>"
        return status, {"content-type": "application/xml", "x-amz-request-id": "emulator"}, body.encode()
    if service == "ec2":
        body = f"<Response><Errors><Error>{fields}</Error></Errors><RequestID>emulator</RequestID></Response>"
        return status, {"content-type": "text/xml"}, body.encode()
    if request.form.get("Action"):
        kind = "Sender" if status < 500 else "Receiver"
        body = f"<ErrorResponse><Error><Type>{kind}</Type>{fields}</Error><RequestId>emulator</RequestId></ErrorResponse>"
        return status, {"content-type": "text/xml"}, body.encode()
    body = json.dumps({"__type": code, "message": message, "Message": message})
    return status, {"content-type": "application/x-amz-json-1.1", "x-amzn-errortype": code}, body.encode()
