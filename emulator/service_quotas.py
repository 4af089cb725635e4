"""Service Quotas, which ministack does not have: what an account may have, and more where it asked for more.

Quotas that are not listed here are NoSuchResourceException, as those are that AWS does not know. A request for more is granted at once.
"""

import json

import faults

# Service and code -> AWS's name and default.
DEFAULTS = {
    ("autoscaling", "L-CDE20ADC"): ("Auto Scaling groups per region", 500),
    ("ec2", "L-0263D0A3"): ("EC2-VPC Elastic IPs", 5),
    ("elasticloadbalancing", "L-53DA6B97"): ("Application Load Balancers per Region", 50),
    ("elasticloadbalancing", "L-69A177A2"): ("Network Load Balancers per Region", 50),
    ("rds", "L-7B6409FD"): ("DB instances", 40),
    ("rds", "L-952B80B8"): ("DB clusters", 40),
    ("vpc", "L-A4707A72"): ("Internet gateways per Region", 5),
    ("vpc", "L-E79EC296"): ("VPC security groups per Region", 2500),
    ("vpc", "L-F678F1CE"): ("VPCs per Region", 5),
}


# Account, region, service and code -> what was asked for.
_raised: dict[tuple[str, str, str, str], float] = {}


def reset() -> None:
    _raised.clear()


def answer(call, request) -> tuple[int, dict, bytes] | None:
    """The answer to a call of Service Quotas; None for any other call."""
    if call.name not in ("servicequotas:GetServiceQuota", "servicequotas:GetAWSDefaultServiceQuota", "servicequotas:RequestServiceQuotaIncrease"):
        return None
    service, code = request.json.get("ServiceCode"), request.json.get("QuotaCode")
    if (service, code) not in DEFAULTS:
        return faults.error(400, "NoSuchResourceException", "The request failed because the specified quota does not exist.", request)
    name, default = DEFAULTS[service, code]
    key = (call.account, call.region, service, code)
    if call.operation == "RequestServiceQuotaIncrease":
        _raised[key] = request.json.get("DesiredValue")
    value = default if call.operation == "GetAWSDefaultServiceQuota" else _raised.get(key, default)
    quota = {"ServiceCode": service, "QuotaCode": code, "QuotaName": name, "Value": value}
    if call.operation == "RequestServiceQuotaIncrease":
        asked = {"ServiceCode": service, "QuotaCode": code, "QuotaName": name, "DesiredValue": value, "Status": "APPROVED"}
        return 200, {"content-type": "application/x-amz-json-1.1"}, json.dumps({"RequestedQuota": asked}).encode()
    return 200, {"content-type": "application/x-amz-json-1.1"}, json.dumps({"Quota": quota}).encode()
