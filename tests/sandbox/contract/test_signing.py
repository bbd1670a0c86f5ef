"""The signatures, against HubSpot's own vectors and against the fake's, which are written apart."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fakes.hubspot.signing import signed_headers
from sandbox.contract import signing

SECRET = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"  # noqa: S105 - HubSpot's vector
URL = "https://www.example.com/webhook_uri"


def test_version_2_is_that_of_the_documentation() -> None:
    body = b'{"example_field":"example_value"}'
    assert signing.headers_v2(SECRET, URL, body)["X-HubSpot-Signature"] == (
        "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900"
    )


def test_versions_1_and_3_are_those_of_the_official_clients_tests() -> None:
    body = b"{'example_field':'example_value'}"
    assert signing.headers_v1(SECRET, body)["X-HubSpot-Signature"] == (
        "69fc6631a867edd4f9e9e627fc5c1148e3fbdd8b21837b6d2b8901c1fa57f750"
    )
    assert signing.headers_v3(SECRET, URL, body, "1693657560000") == {
        "X-HubSpot-Signature-v3": "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y=",
        "X-HubSpot-Request-Timestamp": "1693657560000",
    }


@given(
    secret=st.text(max_size=40),
    query=st.text("ab%40?@/&= é", max_size=20),
    body=st.binary(max_size=60),
    milliseconds=st.integers(0, 4 * 10**12),
)
def test_an_app_is_called_with_the_headers_of_the_fake(
    secret: str, query: str, body: bytes, milliseconds: int
) -> None:
    at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=milliseconds)
    url = f"https://app.example/sms?{query}"
    assert signing.headers(secret, url, body, at) == signed_headers(secret, "POST", url, body, at)
