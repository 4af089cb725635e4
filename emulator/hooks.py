"""How this emulator changes what ministack does: by replacing functions of the pinned version, in one place each."""

from ministack.services.cloudformation import handlers, provisioners, stacks


def around_resource(operation: str, around) -> None:
    """Wraps what CloudFormation does to a resource: `operation` is provision, update or delete, `around(original)` the new function.

    The engine of stacks imports these three by name, so both modules hold them.
    """
    name = f"_{operation}_resource"
    replacement = around(getattr(provisioners, name))
    for module in (provisioners, stacks):
        setattr(module, name, replacement)


def around(module, name: str, make) -> None:
    """Wraps a function of a module: `make(original)` is the new one."""
    setattr(module, name, make(getattr(module, name)))


def before_action(action: str, refuse) -> None:
    """Asks `refuse(params)` before a CloudFormation action; an answer other than None is given in the action's stead."""
    original = handlers._ACTION_HANDLERS[action]

    def handler(params):
        refusal = refuse(params)
        return original(params) if refusal is None else refusal

    handlers._ACTION_HANDLERS[action] = handler


def after_action(action: str, adjust) -> None:
    """Lets `adjust(params)` change what a CloudFormation action left behind, before its answer goes out."""
    original = handlers._ACTION_HANDLERS[action]

    def handler(params):
        answer = original(params)
        adjust(params)
        return answer

    handlers._ACTION_HANDLERS[action] = handler


def around_answer(action: str, rewrite) -> None:
    """Rewrites the body of a CloudFormation action's successful answer: `rewrite(text)` is the new one."""
    original = handlers._ACTION_HANDLERS[action]

    def handler(params):
        status, headers, body = original(params)
        return status, headers, rewrite(body.decode()).encode() if status == 200 else body

    handlers._ACTION_HANDLERS[action] = handler
