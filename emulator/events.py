"""Stack events as AWS writes them.

A resource that an update adds is created (CREATE_*), where ministack says that it is updated. A nested stack that fails is named by its
ARN and says only that it failed, where ministack gives the words of what failed in it.
"""

import hooks
from ministack.services.cloudformation import _stack_events, _stacks, stacks


def apply() -> None:
    hooks.around(stacks, "_add_event", _telling_creations)
    hooks.around(stacks, "_add_event", _telling_nested)


def _telling_creations(original):
    def adding(stack_id, stack_name, logical_id, resource_type, status, *rest, **named):
        phase = status.removeprefix("UPDATE_")
        if status != phase and logical_id != stack_name and _is_creation(stack_id, stack_name, logical_id, phase):
            status = f"CREATE_{phase}"
            record = _stacks[stack_name]["_resources"].get(logical_id)
            if record is not None:
                record["ResourceStatus"] = status
        return original(stack_id, stack_name, logical_id, resource_type, status, *rest, **named)

    return adding


def _is_creation(stack_id: str, stack_name: str, logical_id: str, phase: str) -> bool:
    if phase == "IN_PROGRESS":
        return logical_id not in _stacks[stack_name]["_resources"]
    last = next((event for event in reversed(_stack_events[stack_id]) if event["LogicalResourceId"] == logical_id), None)
    return last is not None and last["ResourceStatus"] == "CREATE_IN_PROGRESS"


def _telling_nested(original):
    def adding(stack_id, stack_name, logical_id, resource_type, status, reason="", physical_id="", *rest, **named):
        if resource_type == "AWS::CloudFormation::Stack" and logical_id != stack_name and status.endswith("_FAILED"):
            child = _last_child(stack_name, logical_id)
            if child is not None:
                physical_id = child["StackId"]
                reason = _embedded(child, status)
        return original(stack_id, stack_name, logical_id, resource_type, status, reason, physical_id, *rest, **named)

    return adding


def _last_child(stack_name: str, logical_id: str) -> dict | None:
    """A creation that is tried again makes another child: the last one is meant."""
    prefix = f"{stack_name}-{logical_id}-"
    children = [child for name, child in _stacks.items() if name.startswith(prefix) and child.get("_parent_stack_name") == stack_name]
    return children[-1] if children else None


def _embedded(child: dict, status: str) -> str:
    verb = "update" if status.startswith("UPDATE") else "create"
    failed = [e["LogicalResourceId"] for e in _stack_events[child["StackId"]] if e["ResourceStatus"].endswith("_FAILED")]
    return (f"Embedded stack {child['StackId']} was not successfully {verb}d: "
            f"The following resource(s) failed to {verb}: [{', '.join(failed)}]. ")
