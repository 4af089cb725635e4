"""Resource types, and parts of them, that ministack's CloudFormation lacks and the systems of this project use."""

import json
import os

import hooks
import ministack.services.apigateway as http_apis
import ministack.services.apigateway_v1 as rest_apis
import ministack.services.ecr as ecr
import ministack.services.rds as rds
import ministack.services.s3 as s3
import ministack.services.secretsmanager as secrets
from ministack.core import iam_evaluator
from ministack.core.responses import get_account_id, get_region, new_uuid
from ministack.services.cloudformation import changesets, provisioners

# What an alarm on a metric has and one on metric math has not.
SINGLE_METRIC = ("MetricName", "Namespace", "Dimensions", "Period", "Statistic", "ExtendedStatistic", "Unit")


def add() -> None:
    hooks.around(provisioners, "_cw_metric_alarm_record", _metric_math)
    _store_bucket_tags()
    _open_apis()
    _import_repositories()
    _manage_database_passwords()
    _keep_as_written()
    _count_as_secure()


def _metric_math(original):
    """Alarms on metric math (Metrics): kept as written, described without a metric; they are never evaluated."""

    def record(name, props):
        if not props.get("Metrics"):
            return original(name, props)
        stand_in = {key: value for key, value in props.items() if key != "Metrics"} | {"MetricName": name, "Namespace": "MetricMath"}
        alarm = original(name, {"Threshold": 0, **stand_in})
        return {**{key: value for key, value in alarm.items() if key not in SINGLE_METRIC}, "Metrics": props["Metrics"]}

    return record


def _store_bucket_tags() -> None:
    """Gives buckets their tags, the stack's and `aws:cloudformation:*` among them, which tell who owns a bucket."""
    provisioners._STACK_TAG_PROPERTY["AWS::S3::Bucket"] = ("Tags", "list")
    handler = provisioners._RESOURCE_HANDLERS["AWS::S3::Bucket"]
    create, update = handler["create"], handler["update"]

    def creating(logical_id, props, stack_name):
        name, attributes = create(logical_id, props, stack_name)
        s3._bucket_tags[name] = provisioners._tag_map(props.get("Tags"))
        return name, attributes

    def updating(physical_id, old_props, new_props, stack_name):
        name, attributes = update(physical_id, old_props, new_props, stack_name)
        tags = s3._bucket_tags.setdefault(name, {})
        provisioners._reconcile_tag_map(tags, old_props, new_props)
        return name, attributes

    handler.update(create=creating, update=updating)


def _open_apis() -> None:
    """Lets clients without AWS credentials reach the APIs of every account, at an ApiEndpoint that needs no DNS."""
    http_apis.find_api_scope = lambda api_id: _owner(http_apis._apis, api_id)
    rest_apis.find_api_scope = lambda api_id: _owner(rest_apis._rest_apis, api_id)
    handler = provisioners._RESOURCE_HANDLERS["AWS::ApiGatewayV2::Api"]
    handler.update({operation: _with_endpoint(handler[operation]) for operation in ("create", "update")})


def _owner(apis, api_id: str) -> tuple[str, str] | None:
    return next(((account, region) for (account, region, stored), _ in apis.all_items() if stored == api_id), None)


def _with_endpoint(original):
    def making(*arguments):
        api_id, attributes = original(*arguments)
        endpoint = f"{os.environ['AWS_ENDPOINT_URL']}/_aws/execute-api/{api_id}"
        http_apis._apis[api_id]["apiEndpoint"] = endpoint
        return api_id, {**attributes, "ApiEndpoint": endpoint}

    return making


def _import_repositories() -> None:
    """Lets an existing repository be taken into a stack, as buckets and tables can be."""
    kind = "AWS::ECR::Repository"

    def attributes(identifier):
        repository = ecr._repositories[identifier["RepositoryName"]]
        return identifier["RepositoryName"], {"Arn": repository["repositoryArn"], "RepositoryUri": repository["repositoryUri"]}

    def problem(name):
        return None if name in ecr._repositories else f"Resource of type '{kind}' with identifier '{name}' was not found."

    provisioners._RESOURCE_HANDLERS[kind]["import"] = attributes
    changesets._IMPORT_LOOKUPS[kind] = (("RepositoryName",), problem)


def _manage_database_passwords() -> None:
    """Gives a database with ManageMasterUserPassword a secret that RDS owns, and its ARN as MasterUserSecret.SecretArn."""
    handler = provisioners._RESOURCE_HANDLERS["AWS::RDS::DBInstance"]
    create, update, delete = handler["create"], handler["update"], handler["delete"]

    def with_secret(made, props):
        physical_id, attributes = made
        if not provisioners._cfn_bool(props.get("ManageMasterUserPassword", False)):
            return made
        name = f"rds!{rds._instances[physical_id]['DbiResourceId'].lower()}"
        if name not in secrets._secrets:
            secrets._create_secret({"Name": name, "SecretString": json.dumps({"username": props.get("MasterUsername", ""), "password": new_uuid()})})
        arn = secrets._secrets[name]["ARN"]
        rds._instances[physical_id]["MasterUserSecret"] = {"SecretArn": arn, "SecretStatus": "active"}
        return physical_id, {**attributes, "MasterUserSecret.SecretArn": arn}

    def deleting(physical_id, *arguments):
        secrets._secrets.pop(f"rds!{(rds._instances.get(physical_id) or {}).get('DbiResourceId', '').lower()}", None)
        return delete(physical_id, *arguments)

    handler.update(
        create=lambda logical_id, props, stack: with_secret(create(logical_id, props, stack), props),
        update=lambda physical_id, old, new, *rest: with_secret(update(physical_id, old, new, *rest), new),
        delete=deleting,
    )


def _count_as_secure() -> None:
    """Lets what comes over this machine's HTTP count as TLS in policies: buckets that refuse all else are used as on AWS."""

    def resolving(original):
        return lambda key, context: "true" if key.lower() == "aws:securetransport" else original(key, context)

    hooks.around(iam_evaluator, "_resolve_condition_key", resolving)


def _described(service: str, path: str):
    """The ARN of a resource that is only kept."""
    return lambda name: f"arn:aws:{service}:{get_region()}:{get_account_id()}:{path}{name}"


def _oidc_arn(_, props: dict) -> str:
    return f"arn:aws:iam::{get_account_id()}:oidc-provider/{props['Url'].removeprefix('https://')}"


def _rule_arn(_, props: dict) -> str:
    return _described("xray", "sampling-rule/")(props["SamplingRule"]["RuleName"])


def _prefixed(prefix: str):
    """A physical id as AWS makes them: a prefix and 17 digits."""
    return lambda *_: prefix + new_uuid().replace("-", "")[:17]


# Type -> (physical id, attributes) from the name made of stack and logical id, and from the properties.
KEPT = {
    "AWS::ApplicationAutoScaling::ScalableTarget": (lambda name, p: f"{p['ResourceId']}|{p['ScalableDimension']}|{p['ServiceNamespace']}", lambda name, p: {}),
    "AWS::ApplicationAutoScaling::ScalingPolicy": (lambda name, p: _described("autoscaling", "scalingPolicy:")(name), lambda name, p: {}),
    "AWS::Backup::BackupSelection": (_prefixed("selection-"), lambda name, p: {}),
    "AWS::Backup::RestoreTestingPlan": (lambda name, p: p["RestoreTestingPlanName"], lambda name, p: {"RestoreTestingPlanArn": _described("backup", "restore-testing-plan:")(p["RestoreTestingPlanName"])}),
    "AWS::Backup::RestoreTestingSelection": (lambda name, p: f"{p['RestoreTestingPlanName']}|{p['RestoreTestingSelectionName']}", lambda name, p: {}),
    "AWS::CloudWatch::CompositeAlarm": (lambda name, p: p.get("AlarmName", name), lambda name, p: {"Arn": _described("cloudwatch", "alarm:")(p.get("AlarmName", name))}),
    "AWS::ECR::PullThroughCacheRule": (lambda name, p: p["EcrRepositoryPrefix"], lambda name, p: {}),
    "AWS::EC2::EIP": (lambda name, p: "203.0.113." + str(sum(name.encode()) % 254 + 1), lambda name, p: {"AllocationId": "eipalloc-" + new_uuid()[:17].replace("-", "")}),
    "AWS::EC2::FlowLog": (_prefixed("fl-"), lambda name, p: {}),
    "AWS::EC2::NatGateway": (_prefixed("nat-"), lambda name, p: {}),
    "AWS::EC2::SecurityGroupEgress": (_prefixed("sgr-"), lambda name, p: {}),
    "AWS::EC2::SecurityGroupIngress": (_prefixed("sgr-"), lambda name, p: {}),
    "AWS::IAM::OIDCProvider": (_oidc_arn, lambda name, p: {"Arn": _oidc_arn(name, p)}),
    "AWS::SecretsManager::RotationSchedule": (_prefixed("rotation-"), lambda name, p: {}),
    "AWS::WAFv2::LoggingConfiguration": (_prefixed("logging-"), lambda name, p: {}),
    "AWS::WAFv2::WebACLAssociation": (_prefixed("association-"), lambda name, p: {}),
    "AWS::XRay::SamplingRule": (_rule_arn, lambda name, p: {"RuleARN": _rule_arn(name, p)}),
}


def _keep_as_written() -> None:
    """Lets the types of the table be made, changed and removed; there is nothing behind them, and no API shows them."""
    for kind, (identify, attribute) in KEPT.items():
        provisioners._RESOURCE_HANDLERS.setdefault(kind, _kept(identify, attribute))


def _kept(identify, attribute) -> dict:
    def create(logical_id, props, stack_name):
        name = f"{stack_name}-{logical_id}"
        return identify(name, props), attribute(name, props)

    def update(physical_id, old_props, new_props, stack_name):
        return physical_id, attribute(physical_id, new_props)

    def delete(physical_id, props):
        return None

    return {"create": create, "update": update, "delete": delete}
