"""What a stack that was deleted, or that could not be deleted, tells of its resources, where ministack forgets those that are done with.

ListStackResources gives them with their last status: DELETE_COMPLETE, or DELETE_SKIPPED for what stays.
"""

import hooks
from ministack.services.cloudformation import _stack_events, handlers
from ministack.services.cloudformation.helpers import _esc, _p, _page, _xml

FIELDS = ("LogicalResourceId", "PhysicalResourceId", "ResourceType", "ResourceStatus")


def apply() -> None:
    hooks.before_action("ListStackResources", _list_all)


def _list_all(params):
    stack = handlers._resolve_stack(_p(params, "StackName"))
    if stack is None or stack["StackStatus"] not in ("DELETE_COMPLETE", "DELETE_FAILED") or _p(params, "StackName") == _gone_name(stack):
        return None
    events = [event for event in _stack_events[stack["StackId"]] if event["PhysicalResourceId"] != stack["StackId"]]
    last = {event["LogicalResourceId"]: {**event, "LastUpdatedTimestamp": event["Timestamp"]} for event in events}
    page, next_token, problem = _page(list(last.values()), params, "ListStackResources")
    return problem or _xml(200, "ListStackResourcesResponse", f"<ListStackResourcesResult><StackResourceSummaries>"
                           f"{''.join(map(_member, page))}</StackResourceSummaries>{next_token}</ListStackResourcesResult>")


def _gone_name(stack: dict) -> str | None:
    """The name of a stack that is gone leads nowhere; its ARN does."""
    return stack["StackName"] if stack["StackStatus"] == "DELETE_COMPLETE" else None


def _member(resource: dict) -> str:
    fields = "".join(f"<{field}>{_esc(resource[field])}</{field}>" for field in (*FIELDS, "LastUpdatedTimestamp"))
    return f"<member>{fields}</member>"
