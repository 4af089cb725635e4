"""Resource types, and parts of them, that ministack's CloudFormation lacks and the systems of this project use."""

import hooks
import ministack.services.cloudwatch as cloudwatch
import ministack.services.s3 as s3
from ministack.services.cloudformation import provisioners

# What an alarm on a metric has and one on metric math has not.
SINGLE_METRIC = ("MetricName", "Namespace", "Dimensions", "Period", "Statistic", "ExtendedStatistic", "Unit")


def add() -> None:
    hooks.around(provisioners, "_cw_metric_alarm_record", _metric_math)
    _store_bucket_tags()


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
