"""HubSpot's signatures, with its published vectors and a signer written apart."""

import hashlib
import hmac
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.domain.signature_errors import BadSignatureError, SignatureFault
from core.wire.hubspot_signature import verify

SECRET = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"  # noqa: S105 - HubSpot's published example
STAMP = 1693657560000
NOW = datetime.fromtimestamp(STAMP / 1000, UTC)

HOOK = "https://www.example.com/webhook_uri"
CARD = "https://app.example.com/card?userId=1&userEmail=a%40b.fr&associatedObjectId=123&associatedObjectType=CONTACT&portalId=2"
DOUBLE = b'{"example_field":"example_value"}'
SINGLE = b"{'example_field':'example_value'}"
ACCENTS = '{"texte":"Reçu – œuf €"}'.encode()


def v2(signature: str) -> dict[str, str]:
    return {"X-HubSpot-Signature": signature, "X-HubSpot-Signature-Version": "v2"}


def v3(signature: str, stamp: int | str = STAMP) -> dict[str, str]:
    return {"X-HubSpot-Signature-v3": signature, "X-HubSpot-Request-Timestamp": str(stamp)}


def sign_v3(method: str, url: str, body: bytes, secret: str = SECRET, stamp: int = STAMP) -> str:
    source = method.encode() + url.encode() + body + str(stamp).encode()
    return b64encode(hmac.new(secret.encode(), source, hashlib.sha256).digest()).decode()


def sign_v2(method: str, url: str, body: bytes) -> str:
    return hashlib.sha256((SECRET + method + url).encode() + body).hexdigest()


def check(
    headers: dict[str, str],
    *,
    method: str = "POST",
    url: str = HOOK,
    body: bytes = DOUBLE,
    secrets: tuple[str, ...] = (SECRET,),
    now: datetime = NOW,
) -> None:
    verify(method=method, url=url, body=body, headers=headers, secrets=secrets, now=now)


def fault_of(headers: dict[str, str], *, now: datetime = NOW, url: str = HOOK) -> SignatureFault:
    with pytest.raises(BadSignatureError) as caught:
        check(headers, now=now, url=url)
    return caught.value.reason


@pytest.mark.parametrize(
    ("method", "url", "body", "signature"),
    [
        ("GET", HOOK, b"", "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e"),
        ("POST", HOOK, DOUBLE, "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900"),
        ("POST", HOOK, SINGLE, "4fe4e3a7d3cf09db53be39d0a58130e2aaba074ec123a9e355b876a689a1c383"),
        ("GET", CARD, b"", "474e3603713bfc5c9f33e7bbed3cb94df5f883bb66f28a7a82106fa79d104f6b"),
        ("GET", CARD, b"", "ffbd8048bb964345f2764c569d4bd43b1c379bd55753eae6140816ab769f7d66"),
        (
            "POST",
            "https://app.example.com/a",
            ACCENTS,
            "9ed8e2bd346777e5433f29885e163d6ef98bd90e7f4eb240c7e6d5cfdf76ea46",
        ),
    ],
)
def test_version_2_vectors_hold(method: str, url: str, body: bytes, signature: str) -> None:
    check(v2(signature), method=method, url=url, body=body)


@pytest.mark.parametrize(
    ("method", "url", "body", "signature"),
    [
        ("POST", HOOK, SINGLE, "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y="),
        ("POST", HOOK, DOUBLE, "oaA3M5dEtt6kFsseJD/Hv/x+JNl1vsoxFj4oxmwP6Go="),
        ("GET", CARD, b"", "VLFyYbCIDAUqE9FNQGajWlCEKALmEdmUmE66RPrPQ1k="),
        ("GET", CARD, b"", "xpNSKLpCeOH+fFot6rz3n6/nSdZT3bBs8TX2US0cyjs="),
        (
            "POST",
            "https://app.example.com/a",
            ACCENTS,
            "u9W/hGazilz3cO5rjGNd3wnm7w+owyCExEo4Ql42kRI=",
        ),
    ],
)
def test_version_3_vectors_hold(method: str, url: str, body: bytes, signature: str) -> None:
    check(v3(signature), method=method, url=url, body=body)


def test_a_later_version_3_vector_holds_at_its_time() -> None:
    stamp = 1700000300000
    now = datetime.fromtimestamp(stamp / 1000, UTC)
    check(v3("RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw=", stamp), body=SINGLE, now=now)


def test_header_names_and_the_method_come_in_any_case() -> None:
    headers = {name.upper(): value for name, value in v3(sign_v3("POST", HOOK, DOUBLE)).items()}
    check(headers, method="post")


@pytest.mark.parametrize("known", [("new", SECRET), (SECRET, "old")])
def test_any_secret_of_a_rotation_will_do(known: tuple[str, ...]) -> None:
    check(v3(sign_v3("POST", HOOK, DOUBLE)), secrets=known)


@pytest.mark.parametrize("known", [(), ("",), ("other",)])
def test_a_signature_of_no_known_secret_is_refused(known: tuple[str, ...]) -> None:
    with pytest.raises(BadSignatureError):
        check(v3(sign_v3("POST", HOOK, DOUBLE, secret="")), secrets=known)


def test_a_bad_version_3_is_not_saved_by_a_good_version_2() -> None:
    good = v2(sign_v2("POST", HOOK, DOUBLE))
    check(good)
    assert fault_of(good | v3("bogus")) is SignatureFault.MISMATCH


@pytest.mark.parametrize("version", ["v1", "", "v3"])
def test_an_unsigned_request_or_another_version_is_refused(version: str) -> None:
    headers = v2(sign_v2("POST", HOOK, DOUBLE)) | {"X-HubSpot-Signature-Version": version}
    assert fault_of(headers) is SignatureFault.MISSING
    assert fault_of({}) is SignatureFault.MISSING


@pytest.mark.parametrize("stamp", ["", "soon", "-1", "1.5", "٣", "9" * 15, " 1693657560000"])
def test_a_timestamp_that_is_no_milliseconds_is_refused(stamp: str) -> None:
    assert fault_of(v3("x", stamp)) is SignatureFault.MALFORMED_TIMESTAMP


def test_a_timestamp_that_is_missing_is_refused() -> None:
    assert fault_of({"X-HubSpot-Signature-v3": "x"}) is SignatureFault.MALFORMED_TIMESTAMP


def test_a_request_is_good_for_five_minutes() -> None:
    headers = v3(sign_v3("POST", HOOK, DOUBLE))
    last = NOW + timedelta(minutes=5)
    check(headers, now=last)
    assert fault_of(headers, now=last + timedelta(milliseconds=1)) is SignatureFault.STALE


def test_a_request_from_the_future_is_refused_beyond_a_small_skew() -> None:
    headers = v3(sign_v3("POST", HOOK, DOUBLE))
    first = NOW - timedelta(seconds=60)
    check(headers, now=first)
    assert fault_of(headers, now=first - timedelta(milliseconds=1)) is SignatureFault.FUTURE


def test_only_the_escapes_that_hubspot_decodes_are_decoded() -> None:
    signed = HOOK + "?a=:/?@!$'()*,;&b=%20%26%2B"
    called = HOOK + "?a=%3a%2F%3F%40%21%24%27%28%29%2A%2c%3B&b=%20%26%2B"
    check(v3(sign_v3("POST", signed, DOUBLE)), url=called)
    wholly_decoded = sign_v3("POST", HOOK + "?a=:/?@!$'()*,;&b= &+", DOUBLE)
    assert fault_of(v3(wholly_decoded), url=called) is SignatureFault.MISMATCH


def test_a_signature_that_is_not_ascii_is_a_mismatch() -> None:
    assert fault_of(v3("é")) is SignatureFault.MISMATCH


@given(st.sampled_from(["GET", "POST", "PUT"]), st.text(), st.binary(), st.text(min_size=1))
def test_what_hubspot_signs_is_accepted(method: str, path: str, body: bytes, secret: str) -> None:
    url = "https://app.example.com/" + path
    check(
        v3(sign_v3(method, url, body, secret)),
        method=method, url=url, body=body, secrets=(secret,),
    )  # fmt: skip


@given(st.binary(min_size=1), st.integers(min_value=0), st.integers(min_value=1, max_value=255))
def test_one_changed_byte_is_refused(body: bytes, place: int, change: int) -> None:
    changed = bytearray(body)
    changed[place % len(body)] ^= change
    with pytest.raises(BadSignatureError):
        check(v3(sign_v3("POST", HOOK, body)), body=bytes(changed))
