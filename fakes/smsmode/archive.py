"""The archive: every message, found by its id, channel, phone or reference."""

from collections.abc import Iterable, Iterator, Sequence

from fakes.smsmode.message import Message


class _Index:
    """Messages' ids by a key, in the order in which they came.

    Most keys have one message, and an id alone is kept without a list: of a million messages, the
    lists would be most of what the archive takes.
    """

    __slots__ = ("_ids",)

    def __init__(self) -> None:
        self._ids: dict[str, str | list[str]] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __getitem__(self, key: str) -> Sequence[str]:
        found = self._ids.get(key, ())
        return (found,) if isinstance(found, str) else found

    def add(self, key: str, message_id: str) -> None:
        held = self._ids.setdefault(key, message_id)
        if isinstance(held, list):
            held.append(message_id)
        elif held is not message_id:
            self._ids[key] = [held, message_id]

    def move(self, message_id: str, before: str | None, after: str | None) -> None:
        if before == after:
            return
        if before is not None:
            left = [other for other in self[before] if other != message_id]
            if left:
                self._ids[before] = left
            else:
                del self._ids[before]
        if after is not None:
            self.add(after, message_id)


class Archive:
    """Keeps messages in the order of their acceptance; each look-up costs what it finds."""

    def __init__(self) -> None:
        self._messages: dict[str, Message] = {}
        self._by_channel = _Index()
        self._by_phone = _Index()
        self._by_ref = _Index()
        self._by_origin = _Index()
        self._by_campaign = _Index()

    def __len__(self) -> int:
        return len(self._messages)

    def add(self, message: Message) -> None:
        """Keep a new message."""
        self._messages[message.message_id] = message
        self._by_channel.add(message.channel_id, message.message_id)
        self._by_phone.add(message.phone, message.message_id)
        if message.ref_client is not None:
            self._by_ref.add(message.ref_client, message.message_id)
        if message.origin_id is not None:
            self._by_origin.add(message.origin_id, message.message_id)
        if message.campaign_id is not None:
            self._by_campaign.add(message.campaign_id, message.message_id)

    def replace(self, message: Message) -> None:
        """Keep ``message`` instead of the one that has its id."""
        message_id = message.message_id
        before = self._messages[message_id]
        self._messages[message_id] = message
        self._by_phone.move(message_id, before.phone, message.phone)
        self._by_ref.move(message_id, before.ref_client, message.ref_client)

    def get(self, message_id: str) -> Message | None:
        """Return a message, or ``None``."""
        return self._messages.get(message_id)

    def of_channels(self, channel_ids: Iterable[str]) -> list[Message]:
        """Return the messages of some channels."""
        return [m for c in channel_ids for m in self._all(self._by_channel[c])]

    def of_phone(self, number: str) -> list[Message]:
        """Return the messages to and from a phone."""
        return self._all(self._by_phone[number])

    def of_reference(self, ref_client: str) -> list[Message]:
        """Return the messages that carry a customer's reference."""
        return self._all(self._by_ref[ref_client])

    def of_origin(self, message_id: str) -> list[Message]:
        """Return the replies to a message."""
        return self._all(self._by_origin[message_id])

    def of_campaign(self, campaign_id: str) -> list[Message]:
        """Return the messages of a campaign."""
        return self._all(self._by_campaign[campaign_id])

    def phones(self) -> list[str]:
        """Return every phone that was written to, or wrote, in the order of its first message."""
        return list(self._by_phone)

    def _all(self, ids: Sequence[str]) -> list[Message]:
        return [self._messages[i] for i in ids]
