"""SageMaker's processing and training jobs, as far as Step Functions asks for them with .sync; ministack has no SageMaker.

A job needs a free name of the right form, an image, a role that exists and an input that is there. It then ends at once, with its output in
place. Nothing is run. What is asked for wrongly, or finds no input, fails with the error names that Step Functions gives.
"""

import re

import ministack.services.iam as iam
import ministack.services.s3 as s3
import ministack.services.stepfunctions as states
from ministack.core.responses import get_account_id, get_region

PREFIX = "arn:aws:states:::sagemaker:"
NAME = re.compile(r"^[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}$")

# Names of jobs and prefixes that jobs have written to, each with its account and region.
_names: set = set()
_written: set = set()


def apply() -> None:
    states._SERVICE_DISPATCH[PREFIX] = _perform


def reset() -> None:
    _names.clear()
    _written.clear()


def _perform(resource: str, asked: dict) -> dict:
    call = resource.removeprefix(PREFIX).removesuffix(".sync")
    if call == "createProcessingJob":
        images = [asked["AppSpecification"]["ImageUri"]]
        inputs = [each["S3Input"]["S3Uri"] for each in asked["ProcessingInputs"]]
        outputs = [each["S3Output"]["S3Uri"] for each in asked["ProcessingOutputConfig"]["Outputs"]]
        return _run("ProcessingJob", asked, images, inputs, outputs)
    if call == "createTrainingJob":
        images = [asked["AlgorithmSpecification"]["TrainingImage"]]
        inputs = [each["DataSource"]["S3DataSource"]["S3Uri"] for each in asked["InputDataConfig"]]
        return _run("TrainingJob", asked, images, inputs, [asked["OutputDataConfig"]["S3OutputPath"]])
    raise states._ExecutionError("States.Runtime", f"{resource} is not emulated.")


def _run(kind: str, asked: dict, images: list, inputs: list, outputs: list) -> dict:
    name = asked[f"{kind}Name"]
    here = (get_account_id(), get_region())
    if not NAME.match(name):
        raise states._ExecutionError("SageMaker.AmazonSageMakerException", f"{name} is no name of a job")
    if (*here, kind, name) in _names:
        raise states._ExecutionError("SageMaker.ResourceInUseException", f"Job name must be unique: {name}")
    if not all(images) or asked["RoleArn"].rsplit("/", 1)[-1] not in iam._roles:
        raise states._ExecutionError("SageMaker.AmazonSageMakerException", f"Could not assume role {asked['RoleArn']}")
    _names.add((*here, kind, name))
    missing = [uri for uri in inputs if not _is_there(here, uri)]
    if missing:
        raise states._ExecutionError("States.TaskFailed", f"No S3 objects found under prefix {missing[0]}")
    _written.update((*here, uri) for uri in outputs)
    return {f"{kind}Name": name, f"{kind}Status": "Completed"}


def _is_there(here: tuple, uri: str) -> bool:
    bucket, _, prefix = uri.removeprefix("s3://").partition("/")
    objects = s3._buckets[bucket]["objects"] if bucket in s3._buckets else {}
    return (*here, uri) in _written or any(key.startswith(prefix) for key in objects)
