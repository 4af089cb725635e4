"""Stack events as AWS writes them: a resource that an update adds is created (CREATE_*), where ministack says that it is updated."""

import hooks
from ministack.services.cloudformation import _stack_events, _stacks, stacks


def apply() -> None:
    hooks.around(stacks, "_add_event", _telling_creations)


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
