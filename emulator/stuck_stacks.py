"""Stacks whose rollback failed, where ministack keeps what is stuck beside the stack: AWS lists it, and deletes it again with the stack."""

import hooks
from ministack.core.responses import now_iso
from ministack.services.cloudformation import handlers
from ministack.services.cloudformation.helpers import _p

STUCK = ("ROLLBACK_FAILED", "UPDATE_ROLLBACK_FAILED")


def apply() -> None:
    hooks.before_action("ListStackResources", _list_stuck)
    hooks.before_action("DeleteStack", _delete_stuck)


def _list_stuck(params):
    """Lets the stack have what is stuck for as long as the listing takes, as what failed."""
    stack = handlers._resolve_stack(_p(params, "StackName"))
    if stack is None or stack["StackStatus"] not in STUCK:
        return None
    own = stack["_resources"]
    stack["_resources"] = {**own, **{logical_id: _failed(own.get(logical_id, {}), stuck) for logical_id, stuck in _stuck(stack).items()}}
    try:
        return handlers._list_stack_resources(params)
    finally:
        stack["_resources"] = own


def _delete_stuck(params):
    stack = handlers._resolve_stack(_p(params, "StackName"))
    if stack is not None and stack["StackStatus"] == "ROLLBACK_FAILED":
        stack["_resources"].update({logical_id: _failed({}, stuck) for logical_id, stuck in _stuck(stack).items()})
        stack.pop("_rollback_failed", None)


def _stuck(stack: dict) -> dict:
    return stack.get("_rollback_failed", {})


def _failed(own: dict, stuck: dict) -> dict:
    return {"Timestamp": now_iso(), **own, **stuck, "ResourceStatus": "UPDATE_FAILED" if "RevertTo" in stuck else "DELETE_FAILED"}
