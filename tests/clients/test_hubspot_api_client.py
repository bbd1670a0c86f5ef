"""The official client ``hubspot-api-client`` against the served fake, over sockets."""

from collections.abc import Iterator
from datetime import UTC, datetime

import orjson
import pytest
from hubspot import HubSpot
from hubspot.automation.actions import (
    BatchInputCallbackCompletionBatchRequest,
    CallbackCompletionRequest,
    PublicActionDefinitionEgg,
)
from hubspot.crm.contacts import (
    BatchInputSimplePublicObjectBatchInput,
    BatchInputSimplePublicObjectBatchInputForCreate,
    BatchReadInputSimplePublicObjectId,
    PublicObjectSearchRequest,
    SimplePublicObjectInput,
    SimplePublicObjectInputForCreate,
)
from hubspot.crm.contacts.exceptions import ApiException
from hubspot.crm.properties import PropertyCreate, PropertyUpdate
from hubspot.crm.timeline import (
    TimelineEvent,
    TimelineEventTemplateCreateRequest,
    TimelineEventTemplateToken,
)
from hubspot.oauth.exceptions import ApiException as OAuthException
from hubspot.utils.signature import Signature

from core.wire.hubspot_signature import verify
from tests.clients.conftest import ActionApp, Heard, Place


@pytest.fixture(scope="module")
def client(place: Place) -> HubSpot:
    tokens = HubSpot(host=place.address).oauth.tokens_api.create(
        grant_type="authorization_code",
        code=place.code(),
        redirect_uri=place.redirect_url,
        client_id=place.client_id,
        client_secret=place.client_secret,
    )
    return HubSpot(access_token=tokens.access_token, host=place.address, base_url=place.address)


@pytest.fixture(scope="module")
def developer(place: Place) -> HubSpot:
    return HubSpot(api_key=place.developer_key, host=place.address)


@pytest.fixture(scope="module")
def execution(
    client: HubSpot, developer: HubSpot, place: Place, action_app: ActionApp
) -> Iterator[Heard]:
    """Give what the app hears when a contact enters a flow with its action."""
    egg = PublicActionDefinitionEgg(
        action_url=f"{action_app.address}/action?from=hubspot",
        object_types=["CONTACT"],
        published=True,
        input_fields=[],
        functions=[],
        labels={"en": {"actionName": "Send"}},
    )
    made = developer.automation.actions.definitions_api.create(place.app_id, egg)
    place.control("GET", "/apps")
    flow = client.api_request(
        {"method": "POST", "path": "/automation/v4/flows", "body": _flow(made.id)}
    ).json()
    contact = client.crm.contacts.basic_api.create(
        SimplePublicObjectInputForCreate(properties={"email": "flow@x.fr"}, associations=[])
    )
    place.control(
        "POST",
        f"/portals/{place.portal_id}/flows/{flow['id']}/enroll",
        {"contactId": contact.id},
    )
    yield action_app.next()
    developer.automation.actions.definitions_api.archive(made.id, place.app_id)


def _flow(definition_id: str) -> dict[str, object]:
    action = {
        "type": "SINGLE_CONNECTION",
        "actionId": "1",
        "actionTypeId": f"1-{definition_id}",
        "actionTypeVersion": 1,
        "fields": {},
    }
    return {
        "name": "Envoi",
        "isEnabled": True,
        "type": "CONTACT_FLOW",
        "objectTypeId": "0-1",
        "startActionId": "1",
        "actions": [action],
        "enrollmentCriteria": {"type": "MANUAL", "shouldReEnroll": True},
    }


def test_a_token_is_refreshed_looked_at_and_revoked(place: Place) -> None:
    oauth = HubSpot(host=place.address).oauth
    keys = {"client_id": place.client_id, "client_secret": place.client_secret}
    first = oauth.tokens_api.create(
        grant_type="authorization_code",
        code=place.code(),
        redirect_uri=place.redirect_url,
        **keys,
    )
    second = oauth.tokens_api.create(
        grant_type="refresh_token", refresh_token=first.refresh_token, **keys
    )
    assert second.access_token != first.access_token
    known = oauth.access_tokens_api.get(second.access_token)
    assert (known.hub_id, known.app_id) == (place.portal_id, place.app_id)
    assert oauth.refresh_tokens_api.get(first.refresh_token).client_id == place.client_id
    oauth.refresh_tokens_api.archive(first.refresh_token)
    with pytest.raises(OAuthException, match="BAD_REFRESH_TOKEN"):
        oauth.tokens_api.create(
            grant_type="refresh_token", refresh_token=first.refresh_token, **keys
        )


def test_a_contact_is_made_read_changed_found_and_archived(client: HubSpot) -> None:
    contacts = client.crm.contacts
    made = contacts.basic_api.create(
        SimplePublicObjectInputForCreate(
            properties={"email": "ada@x.fr", "firstname": "Ada", "phone": "06 11 11 11 11"},
            associations=[],
        )
    )
    read = contacts.basic_api.get_by_id("ada@x.fr", id_property="email", properties=["phone"])
    assert (read.id, read.properties["phone"]) == (made.id, "06 11 11 11 11")
    changed = contacts.basic_api.update(
        made.id, SimplePublicObjectInput(properties={"city": "Lyon"})
    )
    assert changed.updated_at >= made.updated_at
    request = PublicObjectSearchRequest(
        filter_groups=[{"filters": [{"propertyName": "city", "operator": "EQ", "value": "lyon"}]}],
        properties=["city"],
        sorts=[],
        limit=10,
        after="0",
        query="ada",
    )
    found = contacts.search_api.do_search(request)
    assert (found.total, found.results[0].id) == (1, made.id)
    contacts.basic_api.archive(made.id)
    with pytest.raises(ApiException) as refused:
        contacts.basic_api.get_by_id(made.id)
    assert refused.value.status == 404


def test_contacts_are_written_and_read_in_batches(client: HubSpot) -> None:
    batch = client.crm.contacts.batch_api
    inputs = [{"properties": {"email": f"{n}@b.fr"}, "associations": []} for n in range(3)]
    made = batch.create(BatchInputSimplePublicObjectBatchInputForCreate(inputs=inputs))
    ids = [{"id": result.id} for result in made.results]
    assert len(ids) == 3
    changes = [{**one, "properties": {"city": "Nice"}} for one in ids]
    batch.update(BatchInputSimplePublicObjectBatchInput(inputs=changes))
    read = batch.read(
        BatchReadInputSimplePublicObjectId(
            inputs=[*ids, {"id": "999"}], properties=["city"], properties_with_history=[]
        )
    )
    assert {result.properties["city"] for result in read.results} == {"Nice"}
    assert read.num_errors == 1


def test_every_contact_comes_by_pages(client: HubSpot) -> None:
    for name in ("Ada", "Grace", "Joan"):
        client.crm.contacts.basic_api.create(
            SimplePublicObjectInputForCreate(properties={"firstname": name}, associations=[])
        )
    pages: list[list[str]] = []
    after = None
    while not pages or after:
        page = client.crm.contacts.basic_api.get_page(limit=2, after=after)
        pages.append([contact.id for contact in page.results])
        after = page.paging.next.after if page.paging else None
    every = [contact.id for contact in client.crm.contacts.get_all()]
    assert [one for page in pages for one in page] == every
    assert len(every) >= 3


def test_a_property_is_made_changed_and_archived(client: HubSpot) -> None:
    core = client.crm.properties.core_api
    consent = PropertyCreate(
        name="consentement",
        label="Consentement",
        group_name="contactinformation",
        type="enumeration",
        field_type="booleancheckbox",
        options=[
            {"label": "Oui", "value": "true", "displayOrder": 0, "hidden": False},
            {"label": "Non", "value": "false", "displayOrder": 1, "hidden": False},
        ],
    )
    made = core.create("contacts", consent)
    assert made.modification_metadata.archivable
    changed = core.update("contacts", made.name, PropertyUpdate(label="Accord"))
    assert (changed.label, len(changed.options)) == ("Accord", 2)
    assert made.name in {one.name for one in core.get_all("contacts").results}
    core.archive("contacts", made.name)
    with pytest.raises(Exception, match="404"):
        core.get_by_name("contacts", made.name)


def test_an_action_is_defined_and_listed(developer: HubSpot, place: Place) -> None:
    api = developer.automation.actions
    egg = PublicActionDefinitionEgg(
        action_url="https://app.example/action",
        object_types=["CONTACT"],
        published=False,
        input_fields=[],
        functions=[],
        labels={"en": {"actionName": "Nothing"}},
    )
    made = api.definitions_api.create(place.app_id, egg)
    shown = api.definitions_api.get_by_id(made.id, place.app_id)
    assert (shown.revision_id, shown.action_url) == ("1", "https://app.example/action")
    assert made.id in {one.id for one in api.definitions_api.get_page(place.app_id).results}
    assert api.revisions_api.get_page(made.id, place.app_id).results[0].revision_id == "1"


def test_what_the_fake_signs_satisfies_the_official_helper(execution: Heard, place: Place) -> None:
    headers = {name.lower(): value for name, value in execution.headers.items()}
    body = execution.body.decode()
    assert Signature.is_valid(
        headers["x-hubspot-signature"], place.client_secret, body, execution.url
    )
    assert Signature.is_valid(
        headers["x-hubspot-signature-v3"],
        place.client_secret,
        body,
        execution.url,
        signature_version="v3",
        timestamp=headers["x-hubspot-request-timestamp"],
    )


def test_what_the_official_helper_signs_satisfies_the_integration(place: Place) -> None:
    now = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    url, body = "https://app.example/action?q=caf%C3%A9", '{"texte":"Reçu – œuf €"}'
    stamp = str(int(now.timestamp() * 1000))
    signed = {
        version: Signature.get_signature(
            place.client_secret, body, version, url, "POST", timestamp=stamp
        )
        for version in ("v2", "v3")
    }
    for headers in (
        {"x-hubspot-signature": signed["v2"], "x-hubspot-signature-version": "v2"},
        {"x-hubspot-signature-v3": signed["v3"], "x-hubspot-request-timestamp": stamp},
    ):
        verify(
            method="POST",
            url=url,
            body=body.encode(),
            headers=headers,
            secrets=[place.client_secret],
            now=now,
        )


def test_a_blocked_execution_is_completed(execution: Heard, client: HubSpot, place: Place) -> None:
    callback_id = orjson.loads(execution.body)["callbackId"]
    outputs = {"hs_execution_state": "SUCCESS"}
    api = client.automation.actions.callbacks_api
    api.complete(callback_id, CallbackCompletionRequest(output_fields=outputs))
    [enrollment] = [
        one
        for one in place.control("GET", f"/portals/{place.portal_id}/enrollments")["results"]
        if any(step.get("callbackId") == callback_id for step in one["steps"])
    ]
    assert enrollment["steps"][0]["state"] == "succeeded"
    again = BatchInputCallbackCompletionBatchRequest(
        inputs=[{"callbackId": callback_id, "outputFields": outputs}]
    )
    with pytest.raises(Exception, match="404"):
        api.complete_batch(again)


def test_an_event_is_templated_written_and_rendered(
    client: HubSpot, developer: HubSpot, place: Place
) -> None:
    timeline = developer.crm.timeline
    template = timeline.templates_api.create(
        place.app_id,
        TimelineEventTemplateCreateRequest(
            name="SMS",
            object_type="contacts",
            header_template="SMS **{{etat}}**",
            detail_template="{{extraData.texte}}",
            tokens=[TimelineEventTemplateToken(name="etat", label="État", type="string")],
        ),
    )
    events = client.crm.timeline.events_api
    made = events.create(
        TimelineEvent(
            event_template_id=template.id,
            id="sms-1",
            email="event@x.fr",
            tokens={"etat": "<Reçu>"},
            extra_data={"texte": "Bonjour"},
        )
    )
    assert made.object_id
    assert events.get_by_id(template.id, "sms-1").tokens == {"etat": "<Reçu>"}
    assert "Bonjour" in events.get_detail_by_id(template.id, "sms-1").details
    rendered = events.get_render_by_id(template.id, "sms-1")
    assert "<strong>&lt;Reçu&gt;</strong>" in rendered
