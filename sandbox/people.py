"""The contacts of a world: people who do not exist, drawn from the seed."""

from collections.abc import Iterator
from dataclasses import dataclass

from faker import Faker

PROVIDERS = ["faker.providers.person", "faker.providers.company"]
"""What of Faker is needed."""

NUMBER = "+33 6 00 01 {:02d} {:02d}"
"""French mobile numbers of one series, written as people write them.

The numbers kept for fiction (06 39 98) would be refused, as no numbering plan calls them valid.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody to write to.

    Args:
        email: At a reserved domain.
        phone: A French mobile number, as people write it.
    """

    firstname: str
    lastname: str
    company: str
    email: str
    phone: str


def draw_people(seed: int, *, locale: str = "fr_FR") -> Iterator[Person]:
    """Return people without end, each with an email and a number of their own.

    Args:
        seed: Two calls with the same seed give the same people.
        locale: Faker's locale; French by default.
    """
    # Loading every provider of the locale would be a tenth of the sandbox's start.
    faker = Faker(locale, providers=PROVIDERS, use_weighting=False)
    faker.seed_instance(seed)
    rank = 0
    while True:
        rank += 1
        first, last = faker.first_name(), faker.last_name()
        yield Person(
            firstname=first,
            lastname=last,
            company=faker.company(),
            email=f"contact{rank}@exemple.example",
            phone=NUMBER.format(rank // 100 % 100, rank % 100),
        )
