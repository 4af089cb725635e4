"""S3 between accounts, conditions of copies, and checksums in answers, where ministack falls short of AWS.

Bucket names are one namespace over all accounts, and ministack opens another account's bucket when its policy allows that account.
Added here: policies that name a role of the account; copies that read another account's bucket; the expected owner headers; If-Match
and If-None-Match of a copy's destination; `x-amz-checksum-algorithm` of a copy; checksums in the answers of PutObject and CopyObject;
no regions in a ListBuckets that asks for nothing.
Not covered, as in ministack: the identity side (the caller's own policies) and KMS keys.
"""

import contextvars
import re
from urllib.parse import unquote
from xml.sax.saxutils import escape

import hooks
import ministack.services.s3 as s3
from ministack.core.iam_evaluator import resolve_caller_identity
from ministack.core.responses import AccountScopedDict, get_account_id
from ministack.core.router import extract_access_key_id

# Access key of the request, and the foreign bucket that a copy reads with its owner.
_access_key = contextvars.ContextVar("access_key", default="")
_source = contextvars.ContextVar("source", default=None)
LISTING = {"prefix", "max-buckets", "continuation-token", "bucket-region"}
STORES = ("_buckets", "_object_versions", "_object_tags", "_object_annotations", "_object_retention", "_object_legal_hold")


class _WithCopySource(AccountScopedDict):
    """A store of S3, keyed by bucket or (bucket, key, ...), that shows the copy's source bucket as its owner's."""

    __slots__ = ()

    def _scoped(self, key):
        source = _source.get()
        if source and (key[0] if isinstance(key, tuple) else key) == source[0]:
            return source[1], key
        return super()._scoped(key)


def apply() -> None:
    for name in STORES:
        getattr(s3, name).__class__ = _WithCopySource
    hooks.around(s3, "_apply_bucket_scope", _with_expected_owner)
    hooks.around(s3, "_foreign_bucket_allows", _with_roles)
    hooks.around(s3, "_list_buckets", _without_regions)
    hooks.around(s3, "_put_object", _with_put_checksums)
    hooks.around(s3, "_copy_object", _with_copy_rules)
    hooks.around(s3, "_copy_object", _reaching_source)
    hooks.around(s3, "_upload_part_copy", _reaching_source)


def _denied(bucket: str):
    return s3._error("AccessDenied", "Access Denied", 403, f"/{bucket}")


def _source_of(headers: dict) -> str:
    path = headers.get("x-amz-copy-source", "").partition("?")[0]
    return unquote(path).lstrip("/").partition("/")[0]


def _with_expected_owner(original):
    """Refuses a request that expects another owner of the bucket, or of a copy's source, than it has."""

    def scoping(method, bucket, key, headers, query_params, body=b"", internal=False):
        for header, name in (("x-amz-expected-bucket-owner", bucket), ("x-amz-source-expected-bucket-owner", _source_of(headers))):
            owner = s3._bucket_owner_account(name)
            if headers.get(header) and owner and headers[header] != owner:
                return _denied(name)
        _access_key.set(extract_access_key_id(headers, query_params) or "")
        return original(method, bucket, key, headers, query_params, body, internal)

    return scoping


def _with_roles(original):
    """Lets a policy that names a role of the account be met: by a session of that role, or by the account's own credentials.

    Credentials of the emulator are an account's and stand for whoever works there, so any of its roles.
    """

    def allowing(owner_account, bucket_name, key, method, query_params, caller, headers=None):
        if original(owner_account, bucket_name, key, method, query_params, caller, headers):
            return True
        policy = s3._bucket_policies.get_scoped(owner_account, None, bucket_name)
        if not policy or not caller:
            return False
        text = policy.decode() if isinstance(policy, bytes) else policy
        named = _widened(text, caller, resolve_caller_identity(_access_key.get()))
        if named == text:
            return False
        s3._bucket_policies.set_scoped(owner_account, None, bucket_name, named)
        try:
            return original(owner_account, bucket_name, key, method, query_params, caller, headers)
        finally:
            s3._bucket_policies.set_scoped(owner_account, None, bucket_name, policy)

    return allowing


def _widened(policy: str, account: str, identity: dict | None) -> str:
    """The policy with the caller's role, or every role of the account, replaced by the account."""
    arn = (identity or {}).get("userArn", "")
    session = re.fullmatch(r"arn:aws:sts::\d+:assumed-role/([^/]+)/.*", arn)
    role = rf"(?:[^\"]*/)?{re.escape(session.group(1))}" if session else r"[^\"]+"
    return re.sub(rf"\"arn:aws:(?:iam::{account}:role/{role}|sts::{account}:assumed-role/{role}(?:/[^\"]*)?)\"", f'"arn:aws:iam::{account}:root"', policy)


def _reaching_source(original):
    """Lets a copy read a bucket of another account; whether it may was decided before."""

    def copying(bucket_name, *rest):
        headers = next(value for value in reversed(rest) if isinstance(value, dict) and "x-amz-copy-source" in value)
        source = _source_of(headers)
        owner = s3._bucket_owner_account(source)
        token = _source.set((source, owner) if owner not in (None, get_account_id()) else None)
        try:
            return original(bucket_name, *rest)
        finally:
            _source.reset(token)

    return copying


def _without_regions(original):
    """Leaves BucketRegion out of a listing without parameters, where AWS does not tell it."""

    def listing(query_params=None, signed_region=None):
        status, headers, content = original(query_params, signed_region)
        if LISTING.isdisjoint(query_params or {}):
            content = re.sub(rb"<BucketRegion>[^<]*</BucketRegion>", b"", content)
        return status, headers, content

    return listing


def _with_put_checksums(original):
    """Tells in the answer of PutObject which checksum was stored."""

    def putting(bucket_name, key, body, headers):
        status, answer, content = original(bucket_name, key, body, headers)
        if status == 200:
            answer |= _checksum_headers(s3._buckets[bucket_name]["objects"][key])
        return status, answer, content

    return putting


def _checksum_headers(stored: dict) -> dict:
    checksums = stored.get("checksums") or {}
    headers = {f"x-amz-checksum-{algorithm.lower()}": value for algorithm, value in checksums.items()}
    return {**headers, "x-amz-checksum-type": stored.get("checksum_type") or "FULL_OBJECT"} if headers else {}


def _with_copy_rules(original):
    """Conditions on a copy's destination, and the checksum that it asks for, which replaces the source's."""

    def copying(bucket_name, dest_key, headers):
        bucket = s3._buckets.get(bucket_name)
        refusal = s3._check_put_preconditions(headers, bucket["objects"].get(dest_key)) if bucket else None
        if refusal is not None:
            return refusal
        algorithm = (headers.get("x-amz-checksum-algorithm") or "").upper()
        if algorithm:
            headers = {**headers, "x-amz-sdk-checksum-algorithm": algorithm}
        status, answer, content = original(bucket_name, dest_key, headers)
        if status != 200:
            return status, answer, content
        stored = s3._buckets[bucket_name]["objects"][dest_key]
        if algorithm:
            _keep_only(bucket_name, dest_key, stored, algorithm)
        return status, answer, _with_checksums(content, stored)

    return copying


def _keep_only(bucket_name: str, key: str, stored: dict, algorithm: str) -> None:
    kept = {algorithm: stored["checksums"][algorithm]}
    stored["checksums"] = kept
    for version in s3._object_versions.get((bucket_name, key), []):
        if version["version_id"] == stored.get("version_id") and "checksums" in version:
            version["checksums"] = dict(kept)


def _with_checksums(content: bytes, stored: dict) -> bytes:
    """The CopyObjectResult with the checksum of the copy."""
    checksums = stored.get("checksums") or {}
    fields = "".join(f"<Checksum{algorithm}>{escape(value)}</Checksum{algorithm}>" for algorithm, value in checksums.items())
    fields += f"<ChecksumType>{stored.get('checksum_type') or 'FULL_OBJECT'}</ChecksumType>" if checksums else ""
    return content.replace(b"</CopyObjectResult>", f"{fields}</CopyObjectResult>".encode())
