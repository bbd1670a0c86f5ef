"""The alpha client ``hubspot-sdk`` against the served fake: the paths of edition 2026-03."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import orjson
import pytest
from hubspot_sdk import BadRequestError, ConflictError, HubSpot, NotFoundError

from tests.clients.conftest import ActionApp, Place


def _keys(place: Place) -> Any:
    return {"client_id": place.client_id, "client_secret": place.client_secret}


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
            **_keys(place),
        )
    with HubSpot(
        access_token=tokens.access_token, base_url=place.address, max_retries=0
    ) as installed:
        yield installed


@pytest.fixture
def private(place: Place) -> Iterator[HubSpot]:
    with HubSpot(
        access_token=place.private_token, base_url=place.address, max_retries=0
    ) as of_the_account:
        yield of_the_account


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
    hint, keys = "access_token", _keys(place)
    look = client.auth.oauth.introspect_token
    known = look(**keys, token=client.access_token or "", token_type_hint=hint)
    assert (known.active, known.hub_id) == (True, place.portal_id)
    nobodys = place.client_id
    assert not look(**keys, token=nobodys, token_type_hint=hint).active


def test_a_token_is_refreshed_and_revoked(client: HubSpot, place: Place) -> None:
    oauth, keys = client.auth.oauth, _keys(place)
    first: Any = oauth.create_token(
        grant_type="authorization_code",
        code=place.code(),
        redirect_uri=place.redirect_url,
        **keys,
    )
    refresh = partial(
        oauth.create_token, grant_type="refresh_token", refresh_token=first.refresh_token
    )
    second: Any = refresh(**keys)
    assert second.access_token != first.access_token
    assert second.refresh_token == first.refresh_token
    oauth.revoke_token(**keys, token=first.refresh_token)
    with pytest.raises(BadRequestError, match="BAD_REFRESH_TOKEN"):
        refresh(**keys)


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


def test_contacts_are_changed_merged_archived_and_erased(client: HubSpot) -> None:
    contacts = client.crm.objects.contacts
    inputs: Any = [
        {"id": f"{n}@many.fr", "idProperty": "email", "properties": {"city": "Nice"}}
        for n in range(4)
    ]
    upserted = contacts.batch.upsert(inputs=inputs).results
    assert all(one.new for one in upserted)
    first, second, third, fourth = [one.id for one in upserted]
    changed = contacts.batch.update(inputs=[{"id": first, "properties": {"city": "Lyon"}}])
    assert changed.results[0].properties["city"] == "Lyon"
    merged = contacts.merge(object_id_to_merge=second, primary_object_id=first)
    assert merged.properties["email"] == "0@many.fr"
    contacts.batch.delete(inputs=[{"id": third}])
    contacts.gdpr_delete(object_id=fourth)
    for gone in (third, fourth):
        with pytest.raises(NotFoundError):
            contacts.get(gone)


def test_a_list_is_filled_and_owners_are_known(private: HubSpot) -> None:
    contact = private.crm.objects.contacts.create(
        associations=[], properties={"email": "listed@x.fr"}
    )
    lists = private.crm.lists
    # The alpha client does not resolve its own type of lists, and leaves them as they come.
    made: Any = lists.create(name="Exclus", object_type_id="0-1", processing_type="MANUAL").list
    added = lists.add_memberships(made["listId"], body=[contact.id])
    assert added.records_ids_added == [contact.id]
    read: Any = lists.get(made["listId"]).list
    assert read["name"] == "Exclus"
    [owner] = private.crm.owners.list().results
    assert private.crm.owners.get(int(owner.id)).email == owner.email


def test_webhooks_are_set_up(developer: HubSpot, place: Place) -> None:
    webhooks, target = developer.webhooks, "https://app.example/webhooks"
    webhooks.update_settings(
        place.app_id, target_url=target, throttling={"max_concurrent_requests": 10}
    )
    assert webhooks.get_settings(place.app_id).target_url == target
    made = webhooks.create_event_subscription(
        place.app_id, active=True, event_type="contact.propertyChange", property_name="city"
    )
    listed = webhooks.list_event_subscriptions(place.app_id).results
    assert [one.id for one in listed] == [made.id]
    webhooks.delete_event_subscription(int(made.id), app_id=place.app_id)
    webhooks.delete_settings(place.app_id)


def test_a_card_is_defined_changed_and_deleted(developer: HubSpot, place: Place) -> None:
    cards = developer.crm.extensions.cards_dev
    made = cards.create(
        place.app_id,
        title="smsmode",
        fetch={
            "card_type": "EXTERNAL",
            "target_url": "https://app.example/card",
            "object_types": [{"name": "contacts", "properties_to_send": ["phone"]}],
        },
        display={"properties": []},
        actions={"base_urls": ["https://app.example/"]},
    )
    assert cards.update(made.id, app_id=place.app_id, title="SMS").title == "SMS"
    assert [one.id for one in cards.get(place.app_id).results] == [made.id]
    assert cards.get_sample_response().total_count == 1
    cards.delete(made.id, app_id=place.app_id)
    assert cards.get(place.app_id).results == []


def test_a_blocked_execution_is_completed(
    client: HubSpot, developer: HubSpot, place: Place, action_app: ActionApp
) -> None:
    action = developer.automation.actions.definitions.create(
        place.app_id,
        action_url=f"{action_app.address}/sdk",
        functions=[],
        input_fields=[],
        labels={"en": {"action_name": "Send"}},
        object_types=["CONTACT"],
        published=True,
    )
    single = {"type": "SINGLE_CONNECTION", "actionId": "1", "actionTypeId": f"1-{action.id}"}
    body = {"name": "Envoi", "isEnabled": True, "startActionId": "1", "actions": [single]}
    # The client has no flows.
    flow = client.post("/automation/v4/flows", body=body, cast_to=dict[str, object])
    contact = client.crm.objects.contacts.create(
        associations=[], properties={"email": "flow@sdk.fr"}
    )
    portal = f"/portals/{place.portal_id}"
    place.control("POST", f"{portal}/flows/{flow['id']}/enroll", {"contactId": contact.id})
    callback = orjson.loads(action_app.next().body)["callbackId"]
    outputs = {"hs_execution_state": "SUCCESS"}
    complete = partial(
        client.automation.actions.callbacks.complete, callback, output_fields=outputs
    )
    complete(typed_outputs={})
    with pytest.raises(NotFoundError):
        complete(typed_outputs={})
    known = place.control("GET", f"{portal}/enrollments?contactId={contact.id}")["results"]
    assert [step["state"] for one in known for step in one["steps"]] == ["succeeded"]


def test_properties_and_groups_are_made_read_and_archived(client: HubSpot) -> None:
    properties = client.crm.properties
    group = properties.groups.create("contacts", label="SMS", name="sms")
    assert group.name in {one.name for one in properties.groups.list("contacts").results}
    made = properties.create(
        "contacts", name="note", label="Note", group_name="sms", type="number", field_type="number"
    )
    assert properties.update(made.name, object_type="contacts", label="Notes").label == "Notes"
    read = properties.batch.get(
        "contacts", archived=False, data_sensitivity="non_sensitive", inputs=[{"name": "note"}]
    )
    assert [one.label for one in read.results] == ["Notes"]
    properties.delete("note", object_type="contacts")
    with pytest.raises(NotFoundError):
        properties.get("note", object_type="contacts")


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
    revisions = developer.automation.actions.revisions.list(made.id, app_id=place.app_id)
    assert [one.revision_id for one in revisions] == ["1", "2"]
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
    event: Any = {"id": "2", "eventTypeName": "sms_sent", "properties": {"a": "b"}}
    event["email"] = "event@sdk.fr"
    many = timeline.batch.create(inputs=[event])
    assert [one.id for one in many.results] == ["2"]


def test_the_app_uninstalls_itself(client: HubSpot, place: Place) -> None:
    client.crm.app_uninstalls.uninstall()
    connected = place.control("GET", f"/portals/{place.portal_id}/connected-apps")
    assert connected["results"] == []
