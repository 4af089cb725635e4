"""DescribeStackResources by PhysicalResourceId: which stack owns a resource. ministack knows the operation by stack name only."""

from ministack.services.cloudformation import _stacks, handlers

import hooks


def apply() -> None:
    """Lets DescribeStackResources take a PhysicalResourceId in place of a StackName, as AWS does."""
    hooks.before_action("DescribeStackResources", _find_stack)


def _find_stack(params):
    physical_id = handlers._p(params, "PhysicalResourceId")
    if not physical_id or handlers._p(params, "StackName"):
        return None
    for name, stack in list(_stacks.items()):
        if stack.get("StackStatus") != "DELETE_COMPLETE" and any(_owns(r, physical_id) for r in stack.get("_resources", {}).values()):
            params["StackName"] = [name]
            return None
    return handlers._error("ValidationError", f"Stack for {physical_id} does not exist")


def _owns(resource, physical_id) -> bool:
    return resource.get("PhysicalResourceId") == physical_id and resource.get("ResourceStatus") not in ("DELETE_COMPLETE", "DELETE_SKIPPED")
