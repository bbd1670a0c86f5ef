"""What the operator does to link an account's two API keys, without which nothing is sent."""

from pytest_bdd import when

from features.stage import Stage


@when('the operator creates the keys "Hubspot Mkt" and "Hubspot Not" and links them')
def create_and_link(stage: Stage) -> None:
    channels = stage.control_smsmode("GET", "/channels").json()["channels"]
    keys = {}
    for channel, name in zip(channels, ("Hubspot Mkt", "Hubspot Not"), strict=True):
        made = stage.control_smsmode(
            "POST", f"/channels/{channel['channelId']}/keys", {"name": name}
        )
        keys[name] = made.json()["value"]
    body = {"marketing": keys["Hubspot Mkt"], "notification": keys["Hubspot Not"]}
    path = f"/operator/accounts/{stage.identities.portal_id}/keys"
    stage.run(stage.furnisher.operate("PUT", path, body))


@when("the operator links a key that smsmode does not know")
def link_wrong_key(stage: Stage) -> None:
    try_linking(stage, "unknown", "unknown")


@when("the operator links each of the two keys for the other")
def link_swapped_keys(stage: Stage) -> None:
    keys = stage.identities.api_keys
    try_linking(stage, keys["notification"], keys["marketing"])


def try_linking(stage: Stage, marketing: str, notification: str) -> None:
    url = f"{stage.world.addresses.integration}/operator/accounts/{stage.identities.portal_id}/keys"
    stage.answer = stage.run(
        stage.world.http.put(
            url,
            json={"marketing": marketing, "notification": notification},
            headers={"authorization": f"Bearer {stage.identities.operator_token}"},
        )
    )
