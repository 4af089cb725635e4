"""Services of ECS whose tasks do not start: those with an image whose tag begins with `broken`, as a program that ends at once would.

Without Docker ministack takes every task for running, and every release for good. Where the circuit breaker is on it counts the failures and
goes back, as ECS does; where it is off the release stays in progress.
"""

import hooks
import ministack.services.ecs as ecs

REASON = "Essential container in task exited"
MARK = ":broken"


def apply() -> None:
    hooks.around(ecs, "_complete_service_deployment", _unless_broken)


def _unless_broken(original):
    def complete(cluster_name, svc_key, expected_deployment_id=None):
        service = ecs._services.get(svc_key)
        primary = ecs._primary_deployment(service) if service else None
        if primary is None or primary.get("rolloutState") != "IN_PROGRESS" or not _is_broken(primary):
            return original(cluster_name, svc_key, expected_deployment_id)
        breaker = (service.get("deploymentConfiguration") or {}).get("deploymentCircuitBreaker") or {}
        if breaker.get("enable"):
            _stop_one(service, primary)
        return None

    return complete


def _is_broken(deployment: dict) -> bool:
    definition = ecs._task_defs.get(ecs._resolve_td_key(deployment["taskDefinition"])) or {}
    return any(MARK in container.get("image", "") for container in definition.get("containerDefinitions", []))


def _stop_one(service: dict, deployment: dict) -> None:
    """Stopping a task lets the service start another one, until the breaker has seen enough."""
    group = f"service:{service['serviceName']}"
    for arn, task in list(ecs._tasks.items()):
        is_own = task.get("group") == group and task.get("taskDefinitionArn") == deployment["taskDefinition"]
        if is_own and task.get("lastStatus") == "RUNNING":
            ecs._mark_task_stopped(arn, task, REASON, "EssentialContainerExited", 1)
            return
