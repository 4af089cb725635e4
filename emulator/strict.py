"""CloudFormation's refusals that ministack lacks, in AWS's words: what a stack's state allows, and capabilities.

Those about names and exports stand in taken_names.py and exports.py; `apply` puts all of them into effect.
"""

import change_sets
import deleted_stacks
import descriptions
import drift
import events
import exports
import hooks
import stuck_stacks
import taken_names
from ministack.services.cloudformation import handlers
from ministack.services.cloudformation.changesets import _find_change_set
from ministack.services.cloudformation.helpers import _error, _p

# States from which a stack can be updated with rollback; CREATE_FAILED and UPDATE_FAILED go on only without.
UPDATABLE = {"CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "IMPORT_COMPLETE", "IMPORT_ROLLBACK_COMPLETE"}
PAUSED = {"CREATE_FAILED", "UPDATE_FAILED"}
GONE = {"DELETE_COMPLETE"}


def apply() -> None:
    handlers._capabilities_enforced = lambda: True
    hooks.before_action("CreateStack", _refuse_create)
    hooks.before_action("UpdateStack", _refuse_update)
    hooks.before_action("CreateChangeSet", _refuse_change_set)
    hooks.before_action("ExecuteChangeSet", _refuse_execution)
    exports.apply()
    # After the exports' check, so before it: what is going on comes first.
    hooks.before_action("DeleteStack", _refuse_delete)
    taken_names.apply()
    events.apply()
    change_sets.apply()
    drift.apply()
    deleted_stacks.apply()
    stuck_stacks.apply()
    descriptions.apply()


def _status(stack: dict | None) -> str:
    return "DELETE_COMPLETE" if stack is None else stack["StackStatus"]


def _not_updatable(stack: dict):
    return _error("ValidationError", f"Stack:{stack['StackId']} is in {stack['StackStatus']} state and can not be updated.")


def _paused(stack: dict):
    return _error(
        "ValidationError",
        f"This stack is currently in a non-terminal [{stack['StackStatus']}] state. To update the stack from this state, please use the "
        "disable-rollback parameter with update-stack API. To rollback to the last known good state, use the rollback-stack API",
    )


def _without_rollback(params) -> bool:
    return _p(params, "DisableRollback", "false").lower() == "true"


def _refuse_create(params):
    """A stack that failed to be created keeps its name until it is deleted."""
    name = _p(params, "StackName")
    if _status(handlers._resolve_stack(name)) == "ROLLBACK_COMPLETE":
        return _error("AlreadyExistsException", f"Stack [{name}] already exists")
    return None


def _refuse_update(params):
    stack = handlers._resolve_stack(_p(params, "StackName"))
    if _status(stack) in GONE | UPDATABLE:
        return None
    return _paused(stack) if _status(stack) in PAUSED and not _without_rollback(params) else _not_updatable(stack)


def _refuse_change_set(params):
    stack = handlers._resolve_stack(_p(params, "StackName"))
    status = _status(stack)
    kind = _p(params, "ChangeSetType", "UPDATE")
    if status in GONE or status == "REVIEW_IN_PROGRESS" and kind != "UPDATE":
        return None
    if kind == "CREATE":
        message = f"Stack [{stack['StackName']}] already exists and cannot be created again with the changeSet [{_p(params, 'ChangeSetName')}]."
        return _error("AlreadyExistsException", message)
    return None if status in UPDATABLE | PAUSED else _not_updatable(stack)


def _refuse_execution(params):
    _, change_set = _find_change_set(_p(params, "ChangeSetName"), _p(params, "StackName"))
    stack = handlers._resolve_stack(change_set["StackName"]) if change_set else None
    status = _status(stack)
    if status in GONE | UPDATABLE | {"REVIEW_IN_PROGRESS"}:
        return None
    if status in PAUSED:
        return None if _without_rollback(params) else _paused(stack)
    return _not_updatable(stack)


def _refuse_delete(params):
    stack = handlers._resolve_stack(_p(params, "StackName"))
    status = _status(stack)
    if status.endswith("_IN_PROGRESS") and status not in ("REVIEW_IN_PROGRESS", "CREATE_IN_PROGRESS", "DELETE_IN_PROGRESS"):
        return _error("ValidationError", f"Stack [{stack['StackId']}] cannot be deleted while in status {status}")
    return None
