"""Money: amounts in euros, exact to the thousandth in which prices are told."""

from decimal import Decimal, InvalidOperation

_LARGEST = Decimal(1_000_000_000)
_FEWEST = -3


def read_amount(given: object) -> Decimal:
    """Return an amount, from 0 to a thousand million euros, exactly as written.

    A finer or a larger one would be rounded when it is added to a balance, and credit would come
    from nothing.

    Args:
        given: A JSON number, or a text that looks like one.

    Raises:
        ValueError: It is no such amount.
    """
    try:
        amount = Decimal(str(given))
    except InvalidOperation:
        amount = Decimal("NaN")
    if isinstance(given, bool) or not amount.is_finite() or not 0 <= amount <= _LARGEST:
        msg = f"an amount in euros, from 0 to {_LARGEST}, is needed; not {given!r}"
        raise ValueError(msg)
    exponent = amount.as_tuple().exponent
    if isinstance(exponent, int) and exponent < _FEWEST:
        msg = f"an amount has at most {-_FEWEST} decimals; {given!r} has more"
        raise ValueError(msg)
    # Without an exponent, as people write it; an amount of minus nothing is nothing.
    return Decimal(f"{abs(amount):f}")
