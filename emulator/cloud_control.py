"""Cloud Control reads what stacks and services made. ministack's knows only what was made through Cloud Control itself.

A resource of a stack has its evaluated properties and the attributes that GetAtt gives; one that no stack has, its name and, where the
service keeps them, its tags. Types that CloudFormation lacks here are TypeNotFoundException, custom resources UnsupportedActionException.
"""

import json
import re

import hooks
import ministack.services.cloudcontrol as cloud_control
import ministack.services.cloudwatch_logs as logs
import ministack.services.dynamodb as dynamodb
import ministack.services.iam as iam
import ministack.services.s3 as s3
import taken_names
from ministack.core.responses import error_response_json, get_account_id, get_region, json_response
from ministack.services.cloudformation import _stacks, provisioners

# Type -> the properties that make its primary identifier, for those where it is not the physical id.
IDENTIFIERS = {
    "AWS::ApiGateway::Authorizer": ("RestApiId", "AuthorizerId"),
    "AWS::ApiGateway::Deployment": ("DeploymentId", "RestApiId"),
    "AWS::ApiGateway::Method": ("RestApiId", "ResourceId", "HttpMethod"),
    "AWS::ApiGateway::Resource": ("RestApiId", "ResourceId"),
    "AWS::ApiGateway::Stage": ("RestApiId", "StageName"),
    "AWS::ApiGatewayV2::Authorizer": ("AuthorizerId", "ApiId"),
    "AWS::ApiGatewayV2::Integration": ("ApiId", "IntegrationId"),
    "AWS::ApiGatewayV2::Route": ("ApiId", "RouteId"),
    "AWS::ApiGatewayV2::Stage": ("ApiId", "StageName"),
    "AWS::Cognito::UserPoolClient": ("UserPoolId", "ClientId"),
    "AWS::Cognito::UserPoolDomain": ("UserPoolId", "Domain"),
    "AWS::Cognito::UserPoolGroup": ("UserPoolId", "GroupName"),
    "AWS::Cognito::UserPoolResourceServer": ("UserPoolId", "Identifier"),
    "AWS::ECS::Service": ("ServiceArn", "Cluster"),
    "AWS::Events::Rule": ("Arn",),
    "AWS::Logs::MetricFilter": ("LogGroupName", "FilterName"),
    "AWS::Logs::SubscriptionFilter": ("FilterName", "LogGroupName"),
    "AWS::Route53::RecordSet": ("Name", "HostedZoneId", "Type", "SetIdentifier"),
}


def _arn(service: str, resource: str, region: bool = True) -> str:
    return f"arn:aws:{service}:{get_region() if region else ''}:{get_account_id()}:{resource}"


# Types whose identifier is made of the name -> how.
IDENTIFIERS_OF_NAMES = {
    "AWS::Events::Rule": lambda name: _arn("events", f"rule/{name}"),
    "AWS::IAM::ManagedPolicy": lambda name: _arn("iam", f"policy/{name}", region=False),
    "AWS::SNS::Topic": lambda name: _arn("sns", name),
    "AWS::SQS::Queue": lambda name: f"https://sqs.{get_region()}.amazonaws.com/{get_account_id()}/{name}",
    "AWS::StepFunctions::StateMachine": lambda name: _arn("states", f"stateMachine:{name}"),
}

# Tags of resources by name, as their services keep them.
TAGS = {
    "AWS::DynamoDB::Table": lambda name: dynamodb._tags.get(dynamodb._tables[name]["TableArn"], []),
    "AWS::Logs::LogGroup": lambda name: logs._log_groups[name].get("tags", {}),
    "AWS::S3::Bucket": lambda name: s3._bucket_tags.get(name, {}),
}


def apply() -> None:
    """Lets GetResource and ListResources see the account."""
    hooks.around(cloud_control, "_get_resource", _get)
    hooks.around(cloud_control, "_list_resources", _list)


def _get(original):
    def get(data):
        kind, identifier = data.get("TypeName"), data.get("Identifier") or ""
        if cloud_control._resource_key(kind, identifier) in cloud_control._resources:
            return original(data)
        refusal = _refuse_type(kind)
        if refusal:
            return refusal
        properties = next((p for own, physical, p in _of_stacks(kind) if identifier in (own, physical)), None) or _of_service(kind, identifier)
        if properties is None:
            return original(data)
        return json_response({"TypeName": kind, "ResourceDescription": {"Identifier": identifier, "Properties": json.dumps(properties)}})

    return get


def _list(original):
    def listing(data):
        kind = data.get("TypeName")
        refusal = _refuse_type(kind)
        if refusal:
            return refusal
        within = json.loads(data.get("ResourceModel") or "{}")
        made = [(r["Identifier"], json.loads(r["Properties"])) for r in cloud_control._resources.values() if r["TypeName"] == kind]
        found = made + [(identifier, properties) for identifier, _, properties in _of_stacks(kind)]
        descriptions = [
            {"Identifier": identifier, "Properties": json.dumps(properties)}
            for identifier, properties in found
            if all(properties.get(key) == value for key, value in within.items())
        ]
        return json_response({"TypeName": kind, "ResourceDescriptions": descriptions})

    return listing


def _refuse_type(kind: str):
    if kind in ("AWS::CloudFormation::CustomResource", "AWS::CDK::Metadata"):
        return error_response_json("UnsupportedActionException", f"Resource type {kind} does not support READ action", 400)
    if kind not in provisioners._RESOURCE_HANDLERS:
        return error_response_json("TypeNotFoundException", f"The type '{kind}' cannot be found.", 404)
    return None


def _of_stacks(kind: str):
    """Identifier, physical id and properties of the resources of a type that stacks of this account and region have."""
    for stack in list(_stacks.values()):
        if stack.get("StackStatus") == "DELETE_COMPLETE":
            continue
        for resource in list(stack.get("_resources", {}).values()):
            if resource.get("ResourceType") == kind and resource.get("PhysicalResourceId") and _is_there(kind, resource["PhysicalResourceId"]):
                properties = _properties(resource)
                physical_id = resource["PhysicalResourceId"]
                yield _identifier(kind, physical_id, properties), physical_id, properties


def _is_there(kind: str, name: str) -> bool:
    """Whether nobody deleted a resource past its stack; known of the types whose services' tables are looked at here."""
    return kind not in TAGS or taken_names.NAMED[kind][1](name)


def _identifier(kind: str, physical_id: str, properties: dict) -> str:
    if kind in IDENTIFIERS:
        return "|".join(str(properties.get(name, "" if name == "SetIdentifier" else physical_id)) for name in IDENTIFIERS[kind])
    return IDENTIFIERS_OF_NAMES[kind](_last(physical_id)) if kind in IDENTIFIERS_OF_NAMES else physical_id


def _last(identifier: str) -> str:
    """The name at the end of an ARN or URL."""
    return re.split("[:/]", identifier)[-1]


def _properties(resource: dict) -> dict:
    """The properties of a resource with its attributes among them, those with a dot in their name nested."""
    properties = dict(resource.get("Properties") or {})
    for name, value in (resource.get("Attributes") or {}).items():
        *path, last = name.split(".")
        target = properties
        for part in path:
            target[part] = dict(target[part]) if isinstance(target.get(part), dict) else {}
            target = target[part]
        target[last] = value
    return properties


def _of_service(kind: str, identifier: str) -> dict | None:
    """What the service of a type has under an identifier, in a stack or not."""
    if kind == "AWS::IAM::OIDCProvider":
        return {"Arn": identifier} if identifier in iam._oidc_providers else None
    name_property, is_taken = taken_names.NAMED.get(kind, (None, None))
    name = _last(identifier) if kind in IDENTIFIERS_OF_NAMES else identifier
    if name_property is None or IDENTIFIERS_OF_NAMES.get(kind, str)(name) != identifier or not is_taken(name):
        return None
    if kind == "AWS::S3::Bucket" and s3._bucket_owner_account(name) != get_account_id():
        return None
    tags = TAGS.get(kind, lambda _: [])(name)
    listed = [{"Key": key, "Value": value} for key, value in provisioners._tag_map(tags).items()]
    return {name_property: name, **({"Tags": listed} if listed else {})}
