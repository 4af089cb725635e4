"""What RDS, EC2 and ECR tell of what they have, as AWS does: versions with their upgrades, classes and types by zone, images that are missing."""

import re

import hooks
import ministack.services.ec2 as ec2
import ministack.services.ecr as ecr
import ministack.services.rds as rds
from ministack.core.responses import error_response_json, get_region

VERSIONS = {
    "postgres": ["13.20", "14.17", "15.12", "15.13", "16.4", "16.8", "17.4", "17.5"],
    "mysql": ["8.0.40", "8.0.41", "8.4.4"],
    "mariadb": ["10.6.21", "10.11.11", "11.4.5"],
    "aurora-postgresql": [version for version, _ in rds.AURORA_POSTGRESQL_ENGINE_VERSIONS],
    "aurora-mysql": [version for version, _ in rds.AURORA_MYSQL_ENGINE_VERSIONS],
}
# Families of the present: the third part is a size that some of them have.
SIZE = r"\.(nano|micro|small|medium|large|\d*xlarge)"
INSTANCE_TYPE = re.compile(r"(t[234]|[mcrx][5678]|[ig][34])[a-z]*" + SIZE)
DATABASE_CLASS = re.compile(r"db\.(t[34]|[mr][5678]|x2)[a-z]*" + SIZE)
# Zones of a region that have all types; the fourth has none.
ZONES = "abc"


def apply() -> None:
    """Lets the services answer."""
    rds._ACTION_MAP["DescribeDBEngineVersions"] = _engine_versions
    rds._ACTION_MAP["DescribeOrderableDBInstanceOptions"] = _orderable_options
    ec2._ACTION_MAP["DescribeInstanceTypeOfferings"] = _instance_type_offerings
    hooks.around(ecr, "_describe_images", _missing_images)


def _numbers(version: str) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", version)]


def _engine_versions(params):
    engine, wanted = rds._p(params, "Engine"), rds._p(params, "EngineVersion")
    versions = sorted(VERSIONS.get(engine, []), key=_numbers)
    members = "".join(_engine_version(engine, v, versions) for v in versions if wanted in ("", None, v))
    return _answer(rds, "DescribeDBEngineVersions", f"<DBEngineVersions>{members}</DBEngineVersions>")


def _engine_version(engine: str, version: str, versions: list[str]) -> str:
    later = [v for v in versions if _numbers(v) > _numbers(version)]
    targets = "".join(
        f"<UpgradeTarget><Engine>{engine}</Engine><EngineVersion>{v}</EngineVersion>"
        f"<IsMajorVersionUpgrade>{str(_numbers(v)[0] != _numbers(version)[0]).lower()}</IsMajorVersionUpgrade></UpgradeTarget>"
        for v in later
    )
    return (
        f"<DBEngineVersion><Engine>{engine}</Engine><EngineVersion>{version}</EngineVersion>"
        f"<ValidUpgradeTarget>{targets}</ValidUpgradeTarget><Status>available</Status></DBEngineVersion>"
    )


def _orderable_options(params):
    engine, version, instance_class = (rds._p(params, name) for name in ("Engine", "EngineVersion", "DBInstanceClass"))
    is_offered = engine in VERSIONS and DATABASE_CLASS.fullmatch(instance_class or "") is not None
    zones = "".join(f"<AvailabilityZone><Name>{get_region()}{zone}</Name></AvailabilityZone>" for zone in ZONES)
    option = (
        f"<OrderableDBInstanceOption><Engine>{engine}</Engine><EngineVersion>{version or VERSIONS[engine][-1]}</EngineVersion>"
        f"<DBInstanceClass>{instance_class}</DBInstanceClass><AvailabilityZones>{zones}</AvailabilityZones></OrderableDBInstanceOption>"
        if is_offered
        else ""
    )
    return _answer(rds, "DescribeOrderableDBInstanceOptions", f"<OrderableDBInstanceOptions>{option}</OrderableDBInstanceOptions>")


def _answer(service, action: str, result: str):
    return service._xml(200, f"{action}Response", f"<{action}Result>{result}</{action}Result>")


def _instance_type_offerings(params):
    types = [t for t in ec2._parse_filters(params).get("instance-type", []) if INSTANCE_TYPE.fullmatch(t)]
    items = "".join(
        f"<item><instanceType>{t}</instanceType><locationType>availability-zone</locationType><location>{get_region()}{zone}</location></item>"
        for t in types
        for zone in ZONES
    )
    return ec2._xml(200, "DescribeInstanceTypeOfferingsResponse", f"<instanceTypeOfferingSet>{items}</instanceTypeOfferingSet>")


def _missing_images(original):
    """Asking for an image by a tag or digest that is not there is an error, not an empty list."""

    def describe(data):
        name, wanted = data.get("repositoryName", ""), data.get("imageIds") or []
        if name in ecr._repositories and any(ecr._find_image(name, image) is None for image in wanted):
            return error_response_json("ImageNotFoundException", f"An image of the repository '{name}' does not exist", 400)
        return original(data)

    return describe
