"""The three signatures, against the vectors of the documentation and of the official clients."""

import pytest

from fakes.hubspot.signing import decode_uri, sign_v1, sign_v2, sign_v3

SECRET = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"  # noqa: S105 - the published one
URL = "https://www.example.com/webhook_uri"
CARD = (
    "https://app.example.com/card?userId=1&userEmail=a%40b.fr"
    "&associatedObjectId=123&associatedObjectType=CONTACT&portalId=2"
)
STAMP = 1693657560000
SUBSCRIPTION = (
    b'[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,'
    b'"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,'
    b'"changeSource":"CRM","changeFlag":"NEW","appId":54321}]'
)
DOUBLE, SINGLE = b'{"example_field":"example_value"}', b"{'example_field':'example_value'}"
ACCENTS = '{"texte":"Reçu – œuf €"}'.encode()
ACCENTS_URL = "https://app.example.com/a"


@pytest.mark.parametrize(
    ("body", "signature"),
    [
        (SUBSCRIPTION, "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de"),
        (SINGLE, "69fc6631a867edd4f9e9e627fc5c1148e3fbdd8b21837b6d2b8901c1fa57f750"),
        (ACCENTS, "52ced9ff019c7e20e7aa8a250f4515a294288f5abc253e77ff8b6dc92044f476"),
    ],
)
def test_v1_matches_the_known_vectors(body: bytes, signature: str) -> None:
    assert sign_v1(SECRET, body) == signature


@pytest.mark.parametrize(
    ("method", "uri", "body", "signature"),
    [
        ("GET", URL, b"", "eee2dddcc73c94d699f5e395f4b9d454a069a6855fbfa152e91e88823087200e"),
        ("POST", URL, DOUBLE, "9569219f8ba981ffa6f6f16aa0f48637d35d728c7e4d93d0d52efaa512af7900"),
        ("POST", URL, SINGLE, "4fe4e3a7d3cf09db53be39d0a58130e2aaba074ec123a9e355b876a689a1c383"),
        ("GET", CARD, b"", "474e3603713bfc5c9f33e7bbed3cb94df5f883bb66f28a7a82106fa79d104f6b"),
        (
            "GET",
            decode_uri(CARD),
            b"",
            "ffbd8048bb964345f2764c569d4bd43b1c379bd55753eae6140816ab769f7d66",
        ),
        (
            "POST",
            ACCENTS_URL,
            ACCENTS,
            "9ed8e2bd346777e5433f29885e163d6ef98bd90e7f4eb240c7e6d5cfdf76ea46",
        ),
    ],
)
def test_v2_matches_the_known_vectors(method: str, uri: str, body: bytes, signature: str) -> None:
    assert sign_v2(SECRET, method, uri, body) == signature


@pytest.mark.parametrize(
    ("method", "uri", "body", "stamp", "signature"),
    [
        ("POST", URL, SINGLE, STAMP, "K36dawei4A+QBNolUOqo7s91KQDWQ5MXZ/QufNYuk/Y="),
        ("POST", URL, SINGLE, 1700000300000, "RnbPH7+UMKVkbV32P8bz450N4M56aPmcru1+D3kSDtw="),
        ("POST", URL, DOUBLE, STAMP, "oaA3M5dEtt6kFsseJD/Hv/x+JNl1vsoxFj4oxmwP6Go="),
        ("GET", CARD, b"", STAMP, "VLFyYbCIDAUqE9FNQGajWlCEKALmEdmUmE66RPrPQ1k="),
        ("GET", decode_uri(CARD), b"", STAMP, "xpNSKLpCeOH+fFot6rz3n6/nSdZT3bBs8TX2US0cyjs="),
        ("POST", ACCENTS_URL, ACCENTS, STAMP, "u9W/hGazilz3cO5rjGNd3wnm7w+owyCExEo4Ql42kRI="),
    ],
)
def test_v3_matches_the_known_vectors(
    method: str, uri: str, body: bytes, stamp: int, signature: str
) -> None:
    assert sign_v3(SECRET, method, uri, body, stamp) == signature


def test_only_the_listed_escapes_are_decoded() -> None:
    assert decode_uri("/a%2fb%20c%2540?x=%3B%C3%A9") == "/a/b%20c%2540?x=;%C3%A9"
