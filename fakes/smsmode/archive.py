"""The archive: every message, found by its id, channel, phone or reference."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from fakes.smsmode.message import Message


class Archive:
    """Keeps messages in the order of their acceptance; each look-up costs what it finds."""

    def __init__(self) -> None:
        self._messages: dict[str, Message] = {}
        self._by_channel: defaultdict[str, list[str]] = defaultdict(list)
        self._by_phone: defaultdict[str, list[str]] = defaultdict(list)
        self._by_ref: defaultdict[str, list[str]] = defaultdict(list)
        self._by_origin: defaultdict[str, list[str]] = defaultdict(list)
        self._by_campaign: defaultdict[str, list[str]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._messages)

    def add(self, message: Message) -> None:
        """Keep a new message."""
        self._messages[message.message_id] = message
        self._by_channel[message.channel_id].append(message.message_id)
        self._by_phone[message.phone].append(message.message_id)
        if message.ref_client is not None:
            self._by_ref[message.ref_client].append(message.message_id)
        if message.origin_id is not None:
            self._by_origin[message.origin_id].append(message.message_id)
        if message.campaign_id is not None:
            self._by_campaign[message.campaign_id].append(message.message_id)

    def replace(self, message: Message) -> None:
        """Keep ``message`` instead of the one that has its id."""
        before = self._messages[message.message_id]
        self._messages[message.message_id] = message
        if before.phone != message.phone:
            self._by_phone[before.phone].remove(message.message_id)
            self._by_phone[message.phone].append(message.message_id)
        if before.ref_client != message.ref_client:
            self._move_reference(before, message)

    def get(self, message_id: str) -> Message | None:
        """Return a message, or ``None``."""
        return self._messages.get(message_id)

    def of_channels(self, channel_ids: Iterable[str]) -> list[Message]:
        """Return the messages of some channels."""
        return [m for c in channel_ids for m in self._all(self._by_channel.get(c, ()))]

    def of_phone(self, number: str) -> list[Message]:
        """Return the messages to and from a phone."""
        return self._all(self._by_phone.get(number, ()))

    def of_reference(self, ref_client: str) -> list[Message]:
        """Return the messages that carry a customer's reference."""
        return self._all(self._by_ref.get(ref_client, ()))

    def of_origin(self, message_id: str) -> list[Message]:
        """Return the replies to a message."""
        return self._all(self._by_origin.get(message_id, ()))

    def of_campaign(self, campaign_id: str) -> list[Message]:
        """Return the messages of a campaign."""
        return self._all(self._by_campaign.get(campaign_id, ()))

    def phones(self) -> list[str]:
        """Return every phone that was written to, or wrote, in the order of its first message."""
        return [number for number, ids in self._by_phone.items() if ids]

    def _all(self, ids: Sequence[str]) -> list[Message]:
        return [self._messages[i] for i in ids]

    def _move_reference(self, before: Message, after: Message) -> None:
        if before.ref_client is not None:
            self._by_ref[before.ref_client].remove(before.message_id)
        if after.ref_client is not None:
            self._by_ref[after.ref_client].append(after.message_id)
