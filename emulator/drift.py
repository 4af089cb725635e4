"""Drift-aware change sets (DeploymentMode REVERT_DRIFT), for values of SSM parameters: what was changed outside of the stack is a change, and is brought back.

ministack passes the mode over. Of other types it keeps no properties that could be compared.
"""

import hooks
from ministack.services import ssm
from ministack.services.cloudformation import _change_sets, _stacks
from ministack.services.cloudformation.changesets import _find_change_set
from ministack.services.cloudformation.helpers import _error, _p

MODES = {"", "REVERT_DRIFT"}
KIND = "AWS::SSM::Parameter"


def apply() -> None:
    hooks.before_action("CreateChangeSet", _refuse)
    hooks.after_action("CreateChangeSet", _see_drift)
    hooks.before_action("ExecuteChangeSet", _revert)


def _refuse(params):
    mode = _p(params, "DeploymentMode", "")
    if mode not in MODES:
        return _error("ValidationError", f"1 validation error detected: Value '{mode}' at 'deploymentMode' failed to satisfy constraint: "
                                         "Member must satisfy enum value set: [REVERT_DRIFT]")
    if mode and _p(params, "ChangeSetType", "UPDATE") != "UPDATE":
        return _error("ValidationError", "DeploymentMode REVERT_DRIFT is only supported for change sets of type UPDATE.")
    return None


def _see_drift(params) -> None:
    change_set = next((found for found in reversed(_change_sets.values()) if found["ChangeSetName"] == _p(params, "ChangeSetName")), None)
    if change_set is None or _p(params, "DeploymentMode", "") != "REVERT_DRIFT":
        return
    drifted = _drifted(_stacks[change_set["StackName"]])
    change_set["_drifted"] = {name: value for _, name, value in drifted}
    if drifted and change_set["Status"] == "FAILED":
        changes = [
            {"ResourceChange": {"Action": "Modify", "LogicalResourceId": logical_id, "PhysicalResourceId": name, "ResourceType": KIND,
                                "Replacement": "False"}}
            for logical_id, name, _ in drifted
        ]
        change_set.update(Status="CREATE_COMPLETE", ExecutionStatus="AVAILABLE", StatusReason="", Changes=changes)


def _drifted(stack: dict) -> list[tuple[str, str, str]]:
    """The parameters of a stack whose value is another than in its template: logical id, name, and the value of the template."""
    own = [(logical_id, r["PhysicalResourceId"], str((r.get("Properties") or {}).get("Value")))
           for logical_id, r in stack.get("_resources", {}).items() if r.get("ResourceType") == KIND]
    return [row for row in own if row[1] in ssm._parameters and ssm._parameters[row[1]]["Value"] != row[2]]


def _revert(params):
    _, change_set = _find_change_set(_p(params, "ChangeSetName"), _p(params, "StackName"))
    for name, value in (change_set or {}).get("_drifted", {}).items():
        ssm._put_parameter({"Name": name, "Value": value, "Overwrite": True})
    return None
