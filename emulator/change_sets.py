"""Change sets of templates that differ in their Outputs alone: for AWS a change that can be executed, for ministack none."""

import hooks
from ministack.services.cloudformation import _change_sets, _stacks
from ministack.services.cloudformation.helpers import _p


def apply() -> None:
    hooks.after_action("CreateChangeSet", _accept_outputs)


def _accept_outputs(params) -> None:
    change_set = next((found for found in reversed(_change_sets.values()) if found["ChangeSetName"] == _p(params, "ChangeSetName")), None)
    if change_set is None or change_set["Status"] != "FAILED" or change_set["ChangeSetType"] != "UPDATE":
        return
    stack = _stacks[change_set["StackName"]]
    if change_set["StatusReason"].startswith("The submitted information didn't contain changes") and (
        change_set["_template"].get("Outputs", {}) != stack["_template"].get("Outputs", {})
    ):
        change_set.update(Status="CREATE_COMPLETE", ExecutionStatus="AVAILABLE", StatusReason="")
