"""The alpha client ``hubspot-sdk`` against the served fake: the paths of edition 2026-03."""

from collections.abc import Iterator
from functools import partial

import pytest
from hubspot_sdk import ConflictError, HubSpot, NotFoundError

from tests.clients.conftest import Place


@pytest.fixture
def client(place: Place) -> Iterator[HubSpot]:
    # An install of its own for each test: one of them uninstalls the app.
    # Its token call sends JSON, where HubSpot reads forms only: the fake must be lenient.
    place.control("PATCH", "/settings", {"token_accepts_json": True})
    with HubSpot(base_url=place.address, max_retries=0) as nobody:
        tokens = nobody.auth.oauth.create_token(
            grant_type="authorization_code",
            code=place.code(),
            redirect_uri=place.redirect_url,
            client_id=place.client_id,
            client_secret=place.client_secret,
        )
    with HubSpot(
        access_token=tokens.access_token, base_url=place.address, max_retries=0
    ) as installed:
        yield installed


@pytest.fixture
def developer(place: Place) -> Iterator[HubSpot]:
    with HubSpot(
        developer_api_key=place.developer_key,
        base_url=place.address,
        max_retries=0,
        _strict_response_validation=True,
    ) as of_the_app:
        yield of_the_app


def test_a_token_is_introspected(client: HubSpot, place: Place) -> None:
    keys = {"client_id": place.client_id, "client_secret": place.client_secret}
    hint = "access_token"
    look = client.auth.oauth.introspect_token
    known = look(**keys, token=client.access_token or "", token_type_hint=hint)
    assert (known.active, known.hub_id) == (True, place.portal_id)
    nobodys = place.client_id
    assert not look(**keys, token=nobodys, token_type_hint=hint).active


def test_the_account_tells_its_details(client: HubSpot, place: Place) -> None:
    details = client.account.get()
    assert (details.portal_id, details.account_type) == (place.portal_id, "STANDARD")
    assert details.utc_offset_milliseconds == 3_600_000


def test_a_contact_is_made_read_changed_found_and_deleted(client: HubSpot) -> None:
    contacts = client.crm.objects.contacts
    made = contacts.create(associations=[], properties={"email": "grace@x.fr"})
    assert contacts.get(made.id).properties["email"] == "grace@x.fr"
    changed = contacts.update(made.id, properties={"city": "Nice"})
    assert changed.properties["city"] == "Nice"
    found = contacts.search(
        after="0",
        filter_groups=[{"filters": [{"property_name": "city", "operator": "EQ", "value": "nice"}]}],
        limit=10,
        properties=["email"],
        sorts=[],
    )
    assert [one.id for one in found.results] == [made.id]
    assert made.id in {one.id for one in contacts.list()}
    contacts.delete(made.id)
    with pytest.raises(NotFoundError):
        contacts.get(made.id)


def test_contacts_are_written_and_read_in_batches(client: HubSpot) -> None:
    batch = client.crm.objects.contacts.batch
    made = batch.create(
        inputs=[{"properties": {"email": f"{n}@sdk.fr"}, "associations": []} for n in range(2)]
    )
    read = batch.get(
        inputs=[{"id": one.id} for one in made.results],
        properties=["email"],
        properties_with_history=[],
    )
    assert {one.properties["email"] for one in read.results} == {"0@sdk.fr", "1@sdk.fr"}


def test_a_property_is_made_and_listed(client: HubSpot) -> None:
    made = client.crm.properties.create(
        "contacts",
        name="dernier_sms",
        label="Dernier SMS",
        group_name="contactinformation",
        type="string",
        field_type="text",
    )
    listed = client.crm.properties.list("contacts").results
    assert made.name in {one.name for one in listed}


def test_an_action_is_defined_changed_and_deleted(developer: HubSpot, place: Place) -> None:
    definitions = developer.automation.actions.definitions
    made = definitions.create(
        place.app_id,
        action_url="https://app.example/action",
        functions=[],
        input_fields=[],
        labels={"en": {"action_name": "Send"}},
        object_types=["CONTACT"],
        published=False,
    )
    changed = definitions.update(made.id, app_id=place.app_id, published=True)
    assert (changed.published, changed.revision_id) == (True, "2")
    assert made.id in {one.id for one in definitions.list(place.app_id)}
    definitions.delete(made.id, app_id=place.app_id)


def test_an_app_event_is_sent_once(client: HubSpot, place: Place) -> None:
    declared = {"name": "sms_sent", "properties": [{"name": "a", "label": "A", "type": "string"}]}
    whole = place.control("POST", f"/apps/{place.app_id}/event-types", declared)
    timeline = client.crm.timeline
    resolved = timeline.create_project_type(developer_symbol="sms_sent", project_name="smsmode")
    assert resolved.fully_qualified_name == whole["fullyQualifiedName"]
    send = partial(
        timeline.create_event,
        id="1",
        event_type_name="sms_sent",
        properties={"a": "b"},
        email="event@sdk.fr",
    )
    send()
    with pytest.raises(ConflictError):
        send()


def test_the_app_uninstalls_itself(client: HubSpot, place: Place) -> None:
    client.crm.app_uninstalls.uninstall()
    connected = place.control("GET", f"/portals/{place.portal_id}/connected-apps")
    assert connected["results"] == []
