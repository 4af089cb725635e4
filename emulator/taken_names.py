"""Refuses to create a resource under a name that is taken, and to delete what holds something or is protected against deletion.

Given for the types of the table and for explicit names: a generated name is never taken. It makes no difference whether the resource
that has the name is another stack's or no stack's. Where AWS's services word it each in their own way, the words of CloudFormation's
generic handler are used.
"""

import contextvars
import json

import hooks
import ministack.services.cloudwatch as cloudwatch
import ministack.services.cloudwatch_logs as logs
import ministack.services.cognito as cognito
import ministack.services.dynamodb as dynamodb
import ministack.services.ecr as ecr
import ministack.services.eventbridge as events
import ministack.services.iam as iam
import ministack.services.lambda_svc as functions
import ministack.services.s3 as s3
import ministack.services.secretsmanager as secrets
import ministack.services.sns as sns
import ministack.services.sqs as sqs
import ministack.services.ssm as ssm
import ministack.services.stepfunctions as stepfunctions
from ministack.core.responses import get_account_id, get_region, new_uuid
from ministack.services.cloudformation import provisioners

# The name of the resource that is being updated.
_updating = contextvars.ContextVar("updating", default=None)


def _arn(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{get_region()}:{get_account_id()}:{resource}"


# Type -> the property that names it, and whether a name is taken in the account and region of the request.
NAMED = {
    "AWS::CloudWatch::Alarm": ("AlarmName", lambda name: name in cloudwatch._alarms or name in cloudwatch._composite_alarms),
    "AWS::Cognito::UserPoolDomain": ("Domain", lambda name: name in cognito._pool_domain_map),
    "AWS::DynamoDB::Table": ("TableName", lambda name: name in dynamodb._tables),
    "AWS::ECR::Repository": ("RepositoryName", lambda name: name in ecr._repositories),
    "AWS::Events::Rule": ("Name", lambda name: events._rule_key(name, "default") in events._rules),
    "AWS::IAM::InstanceProfile": ("InstanceProfileName", lambda name: name in iam._instance_profiles),
    "AWS::IAM::ManagedPolicy": ("ManagedPolicyName", lambda name: any(arn.rsplit("/", 1)[-1] == name for arn in iam._policies)),
    "AWS::IAM::Role": ("RoleName", lambda name: name in iam._roles),
    "AWS::IAM::User": ("UserName", lambda name: name in iam._users),
    "AWS::Lambda::Function": ("FunctionName", lambda name: name in functions._functions),
    "AWS::Logs::LogGroup": ("LogGroupName", lambda name: name in logs._log_groups),
    "AWS::S3::Bucket": ("BucketName", lambda name: s3._bucket_owner_account(name) is not None),
    "AWS::SNS::Topic": ("TopicName", lambda name: _arn("sns", name) in sns._topics),
    "AWS::SQS::Queue": ("QueueName", lambda name: name in sqs._queue_name_to_url),
    "AWS::SSM::Parameter": ("Name", lambda name: ssm._lookup_parameter(name)[1] is not None),
    "AWS::SecretsManager::Secret": ("Name", lambda name: name in secrets._secrets),
    "AWS::StepFunctions::StateMachine": ("StateMachineName", lambda name: _arn("states", f"stateMachine:{name}") in stepfunctions._state_machines),
}


def handler_error(message: str, code: str) -> ValueError:
    """A failure in the words that CloudFormation puts around what a resource handler says."""
    return ValueError(f'Resource handler returned message: "{message}" (RequestToken: {new_uuid()}, HandlerErrorCode: {code})')


def _service_error(message: str, service: str, status: int) -> str:
    return f"{message} (Service: {service}, Status Code: {status}, Request ID: {new_uuid()})"


def _refuse_taken(resource_type: str, props: dict, own_name: str | None = None) -> None:
    """Raises when the explicit name in `props` is taken; `own_name` is the name that the resource itself has so far."""
    name_property, is_taken = NAMED.get(resource_type, (None, None))
    name = (props or {}).get(name_property) if name_property else None
    if not isinstance(name, str) or name == own_name or not is_taken(name):
        return
    if resource_type == "AWS::S3::Bucket" and s3._bucket_owner_account(name) != get_account_id():
        message = "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again."
        raise handler_error(_service_error(message, "S3", 409), "AlreadyExists")
    identifier = json.dumps({"/properties/LogGroupName": name}, separators=(",", ":")) if resource_type == "AWS::Logs::LogGroup" else name
    raise handler_error(f"Resource of type '{resource_type}' with identifier '{identifier}' already exists.", "AlreadyExists")


def _refuse_filled(resource_type: str, physical_id: str, props: dict) -> None:
    """Raises when the resource to be deleted holds objects or images."""
    if resource_type == "AWS::S3::Bucket" and physical_id in s3._buckets:
        if s3._buckets[physical_id]["objects"] or s3._bucket_has_versions(physical_id):
            message = "The bucket you tried to delete is not empty"
            if s3._bucket_versioning.get(physical_id):
                message += ". You must delete all versions in the bucket."
            raise handler_error(_service_error(message, "S3", 409), "GeneralServiceException")
    if resource_type == "AWS::ECR::Repository" and ecr._images.get(physical_id):
        if str((props or {}).get("EmptyOnDelete", False)).lower() != "true":
            message = (f"The repository with name '{physical_id}' in registry with id '{get_account_id()}' "
                       "cannot be deleted because it still contains images")
            raise handler_error(_service_error(message, "Ecr", 400), "GeneralServiceException")


def _refuse_protected(resource_type: str, physical_id: str) -> None:
    """Raises when the table or user pool to be deleted has deletion protection."""
    table, pool = dynamodb._tables.get(physical_id, {}), cognito._user_pools.get(physical_id, {})
    if resource_type == "AWS::DynamoDB::Table" and table.get("DeletionProtectionEnabled"):
        message = "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first."
        raise handler_error(_service_error(message, "DynamoDb", 400), "InvalidRequest")
    if resource_type == "AWS::Cognito::UserPool" and pool.get("DeletionProtection") == "ACTIVE":
        message = "The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first."
        raise handler_error(_service_error(message, "CognitoIdentityProvider", 400), "InvalidRequest")


def apply() -> None:
    """Puts the refusals in front of CloudFormation's resource operations."""

    def provision(original):
        def creating(resource_type, logical_id, props, stack_name):
            _refuse_taken(resource_type, props, _updating.get())
            return original(resource_type, logical_id, props, stack_name)

        return creating

    def update(original):
        def updating(resource_type, physical_id, old_props, new_props, *rest):
            own_name = (old_props or {}).get(NAMED[resource_type][0]) or physical_id if resource_type in NAMED else physical_id
            if old_props != new_props:
                _refuse_taken(resource_type, new_props, own_name)
            # Without an update handler of its own a type is created again, over itself.
            token = _updating.set(own_name)
            try:
                return original(resource_type, physical_id, old_props, new_props, *rest)
            finally:
                _updating.reset(token)

        return updating

    def delete(original):
        def deleting(resource_type, physical_id, props, *rest):
            _refuse_protected(resource_type, physical_id)
            _refuse_filled(resource_type, physical_id, props)
            return original(resource_type, physical_id, props, *rest)

        return deleting

    hooks.around_resource("provision", provision)
    hooks.around_resource("update", update)
    hooks.around_resource("delete", delete)
    # The check above answers for the resource, as on AWS without early validation; ministack would fail the stack before it.
    provisioners.s3_bucket_name_conflict = lambda name: None
