"""What CloudFormation tells of stacks, where ministack tells something else.

DescribeStacks and DescribeChangeSet tell a parameter of an SSM type as its name and its ResolvedValue, where ministack tells the value
alone. GetTemplate gives a question mark for each character that is not ASCII, whatever was deployed.
"""

import re

import hooks
from ministack.services.cloudformation import _change_sets, _stacks
from ministack.services.cloudformation.helpers import _esc


def apply() -> None:
    hooks.around_answer("DescribeStacks", lambda body: _with_resolved(body, "StackId", {stack["StackId"]: stack for stack in _stacks.values()}))
    hooks.around_answer("DescribeChangeSet", lambda body: _with_resolved(body, "ChangeSetId", dict(_change_sets.items())))
    hooks.around_answer("GetTemplate", _in_ascii)


def _in_ascii(body: str) -> str:
    return re.sub("[^\x00-\x7f]", "?", body)


def _with_resolved(body: str, identity: str, records: dict) -> str:
    """Rewrites the parameters that follow each record's id."""
    parts = re.split(f"(<{identity}>[^<]*</{identity}>)", body)
    for at in range(1, len(parts), 2):
        record = records.get(re.sub("<[^>]*>", "", parts[at]), {})
        for name, parameter in record.get("_resolved_params", {}).items():
            if "SsmName" in parameter:
                parts[at + 1] = _replace_value(parts[at + 1], name, parameter)
    return "".join(parts)


def _replace_value(text: str, name: str, parameter: dict) -> str:
    key = f"<ParameterKey>{_esc(name)}</ParameterKey>"
    value = f"<ParameterValue>{_esc(parameter['SsmName'])}</ParameterValue><ResolvedValue>{_esc(str(parameter['Value']))}</ResolvedValue>"
    return re.sub(f"{re.escape(key)}<ParameterValue>[^<]*</ParameterValue>", lambda _: key + value, text, count=1)
