"""CloudFormation's rules about exports: a name is exported once, and what another stack imports stays as it is.

Names are known before anything is made, so a name that is taken, that is missing, or that goes away while it is imported ends the
operation before its first resource; a value is known at the end. Either way the reason stands in the stack's rollback event, as on AWS.
"""

import hooks
from ministack.services.cloudformation import _exports, _stack_events, _stacks, engine, handlers, stacks
from ministack.services.cloudformation.helpers import _p, _xml

RESTORED = ("_template", "_resolved_params", "_template_body", "Parameters", "Tags", "Outputs", "_conditions")


class ExportProblem(ValueError):
    """A reason to roll back that is no resource's."""


def apply() -> None:
    hooks.around(stacks, "_fail_property_validation", _before_resources)
    hooks.around(stacks, "_resolve_stack_outputs", _after_resources)
    hooks.around(stacks, "_roll_back_operation", _with_reason)
    hooks.before_action("DeleteStack", _refuse_delete)


def _importers(export: str, stack_name: str) -> list[str]:
    """The other stacks of this account and region that import the export."""
    return [
        name
        for name, stack in _stacks.items()
        if name != stack_name and stack["StackStatus"] != "DELETE_COMPLETE" and export in handlers._imported_export_names(stack, name)
    ]


def _own(stack_id: str) -> dict:
    return {name: export for name, export in _exports.items() if export["StackId"] == stack_id}


def _in_use(export: str, stack_name: str, verb: str) -> None:
    users = _importers(export, stack_name)
    if users:
        raise ExportProblem(f"Export {export} cannot be {verb} as it is in use by {' and '.join(sorted(users))}")


def _refuse_names(stack_name: str, stack_id: str, names: set[str]) -> None:
    for name in sorted(names):
        owner = _exports.get(name)
        if owner and owner["StackId"] != stack_id:
            raise ExportProblem(f"Export with name {name} is already exported by stack {owner['StackId'].split('/')[1]}")
    for name in sorted(set(_own(stack_id)) - names):
        _in_use(name, stack_name, "deleted")


def _before_resources(original):
    """Ends an operation that cannot succeed for its exports or imports; otherwise leaves it to `original`, whose signature this has."""

    def failing(stack, stack_id, stack_name, resources, ordered, params, conditions, mappings, disable_rollback, previous_stack=None):
        resolve = lambda node: engine._resolve_refs(node, {}, params, conditions, mappings, stack_name, stack_id)
        template = engine._parse_template(stack["_template_body"])
        try:
            _refuse_names(stack_name, stack_id, _export_names(template, conditions, resolve))
            _refuse_missing({lid: resources[lid] for lid in ordered}, conditions, resolve)
        except ExportProblem as problem:
            _end(stack, stack_id, stack_name, str(problem), disable_rollback, previous_stack)
            return True
        return original(stack, stack_id, stack_name, resources, ordered, params, conditions, mappings, disable_rollback, previous_stack)

    return failing


def _export_names(template: dict, conditions: dict, resolve) -> set[str]:
    outputs = [output for output in (template.get("Outputs") or {}).values() if conditions.get(output.get("Condition"), True)]
    return {str(resolve(output["Export"]["Name"])) for output in outputs if output.get("Export")}


def _refuse_missing(node, conditions: dict, resolve) -> None:
    """Raises for the first Fn::ImportValue that names no export; branches that a condition excludes are not looked at."""
    if isinstance(node, list):
        for item in node:
            _refuse_missing(item, conditions, resolve)
    if not isinstance(node, dict) or not conditions.get(node["Condition"] if isinstance(node.get("Condition"), str) else None, True):
        return
    if "Fn::ImportValue" in node:
        name = str(resolve(node["Fn::ImportValue"]))
        if name not in _exports:
            raise ExportProblem(f"No export named {name} found")
    elif "Fn::If" in node:
        condition, yes, no = node["Fn::If"]
        _refuse_missing(yes if conditions.get(condition, True) else no, conditions, resolve)
    else:
        for value in node.values():
            _refuse_missing(value, conditions, resolve)


def _end(stack, stack_id, stack_name, reason: str, disable_rollback: bool, previous_stack: dict | None) -> None:
    """Ends the operation with nothing made, as AWS does: straight into the rollback, which carries the reason."""

    def event(status: str, why: str = "") -> None:
        stacks._add_event(stack_id, stack_name, stack_name, "AWS::CloudFormation::Stack", status, why, stack_id)
        stack["StackStatus"] = status

    is_update = previous_stack is not None
    if is_update:
        stack.update({key: previous_stack[key] for key in RESTORED if key in previous_stack})
    if disable_rollback:
        event("UPDATE_FAILED" if is_update else "CREATE_FAILED", reason)
        return
    if is_update:
        event("UPDATE_ROLLBACK_IN_PROGRESS", reason)
        event("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS")
        event("UPDATE_ROLLBACK_COMPLETE")
    else:
        event("ROLLBACK_IN_PROGRESS", f"{reason}. Rollback requested by user.")
        event("ROLLBACK_COMPLETE")
    stack["StackStatusReason"] = reason


def _after_resources(original):
    """Refuses to change the value of an export in use, and forgets the exports that a successful update removes."""

    def resolving(outputs, conditions, resources, params, mappings, stack_name, stack_id):
        resolved, exports = original(outputs, conditions, resources, params, mappings, stack_name, stack_id)
        for name, export in _own(stack_id).items():
            if name in exports and exports[name]["Value"] != export["Value"]:
                try:
                    _in_use(name, stack_name, "updated")
                except ExportProblem as problem:
                    _stacks[stack_name]["_export_problem"] = str(problem)
                    raise
        # Nothing after this can fail the operation.
        for name in set(_own(stack_id)) - set(exports):
            del _exports[name]
        return resolved, exports

    return resolving


def _with_reason(original):
    """Moves the reason from the failure event that ministack adds to the rollback event."""

    async def rolling_back(stack_name, stack_id, stack, operation, reason_override=""):
        problem = stack.pop("_export_problem", None)
        if problem and _stack_events[stack_id][-1]["ResourceStatusReason"] == problem:
            _stack_events[stack_id].pop()
        return await original(stack_name, stack_id, stack, operation, reason_override=problem or reason_override)

    return rolling_back


def _refuse_delete(params):
    """Accepts the deletion of a stack whose export is in use, and cancels it at once: the stack keeps its status."""
    stack = handlers._resolve_stack(_p(params, "StackName"))
    if stack is None or stack.get("EnableTerminationProtection") or not stack["StackStatus"].endswith("_COMPLETE"):
        return None
    try:
        for name in sorted(_own(stack["StackId"])):
            _in_use(name, stack["StackName"], "deleted")
    except ExportProblem as problem:
        stack["StackStatusReason"] = str(problem)
        stacks._add_event(stack["StackId"], stack["StackName"], stack["StackName"], "AWS::CloudFormation::Stack",
                          stack["StackStatus"], str(problem), stack["StackId"])
        return _xml(200, "DeleteStackResponse", "")
    return None
