"""Refuses to assume a role that is not there, as AWS does without saying which it is; ministack hands out credentials for any name.

Trust policies are not evaluated.
"""

import faults
import ministack.services.iam as iam
from ministack.core.responses import _12_DIGIT_RE, _account_from_sts_session

ASSUMING = {"sts:AssumeRole", "sts:AssumeRoleWithWebIdentity", "sts:AssumeRoleWithSAML"}


def account_of(access_key: str) -> str:
    """The account of an access key: the key itself when it has 12 digits, else that of the role whose session it is."""
    if _12_DIGIT_RE.match(access_key):
        return access_key
    return _account_from_sts_session(access_key) or "000000000000"


def refusal(call, request) -> tuple[int, dict, bytes] | None:
    """The refusal of a call that assumes a missing role; None for any other call."""
    if call.name not in ASSUMING:
        return None
    arn = request.form.get("RoleArn", [""])[0]
    account, name = _role(arn)
    if account is None or iam._roles.contains_scoped(account, None, name):
        return None
    if call.operation == "AssumeRole":
        caller = f"arn:aws:iam::{call.account}:root"
        return faults.error(403, "AccessDenied", f"User: {caller} is not authorized to perform: sts:AssumeRole on resource: {arn}", request)
    return faults.error(403, "AccessDenied", f"Not authorized to perform sts:{call.operation}", request)


def _role(arn: str) -> tuple[str | None, str]:
    parts = arn.split(":", 5)
    if len(parts) < 6 or not parts[5].startswith("role/"):
        # Malformed: ministack says how.
        return None, ""
    return parts[4], parts[5].rsplit("/", 1)[-1]
