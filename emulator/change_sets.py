"""Change sets as AWS has them, where ministack differs.

One whose templates differ in their Outputs alone can be executed. A second one for a stack that was never created is of the same stack.
"""

import hooks
from ministack.services.cloudformation import _change_sets, _stack_events, _stacks, handlers
from ministack.services.cloudformation.helpers import _p


def apply() -> None:
    hooks.after_action("CreateChangeSet", _accept_outputs)
    handlers._ACTION_HANDLERS["CreateChangeSet"] = _keeping_shell(handlers._ACTION_HANDLERS["CreateChangeSet"])


def _accept_outputs(params) -> None:
    change_set = next((found for found in reversed(_change_sets.values()) if found["ChangeSetName"] == _p(params, "ChangeSetName")), None)
    if change_set is None or change_set["Status"] != "FAILED" or change_set["ChangeSetType"] != "UPDATE":
        return
    stack = _stacks[change_set["StackName"]]
    if change_set["StatusReason"].startswith("The submitted information didn't contain changes") and (
        change_set["_template"].get("Outputs", {}) != stack["_template"].get("Outputs", {})
    ):
        change_set.update(Status="CREATE_COMPLETE", ExecutionStatus="AVAILABLE", StatusReason="")


def _keeping_shell(original):
    """Puts the stack in REVIEW_IN_PROGRESS back that ministack replaces by a new one, and the change set with it."""

    def creating(params):
        name = _p(params, "StackName")
        shell = _stacks.get(name)
        if shell is None or shell["StackStatus"] != "REVIEW_IN_PROGRESS":
            return original(params)
        answer = original(params)
        other = _stacks.get(name)
        if other is shell:
            return answer
        _stacks[name] = shell
        if other is None:
            return answer
        _stack_events.pop(other["StackId"], None)
        for change_set in _change_sets.values():
            if change_set["StackId"] == other["StackId"]:
                change_set["StackId"] = shell["StackId"]
        status, headers, body = answer
        return status, headers, body.replace(other["StackId"].encode(), shell["StackId"].encode())

    return creating
