"""The little of the protobuf wire format that Anki's own messages need.

A message is a row of fields, each a key (field number and wire type) and a value. Only what is asked for is
decoded; unknown fields are passed over, as the format wants.
https://protobuf.dev/programming-guides/encoding/
"""

from __future__ import annotations

from dataclasses import dataclass

VARINT, FIXED64, BYTES, FIXED32 = 0, 1, 2, 5
MAX_FIELDS = 1_000_000


class WireError(ValueError):
    """The bytes are not a protobuf message."""


@dataclass(frozen=True, slots=True)
class Message:
    """Field number to the values it had, in order: whole numbers for varints, bytes for the rest."""

    values: dict[int, list[int | bytes]]

    def number(self, field: int, default: int = 0) -> int:
        """An unsigned varint; the last one counts."""
        value = self.values.get(field, [default])[-1]
        if not isinstance(value, int):
            raise WireError(f"field {field} is not a number")
        return value

    def signed(self, field: int) -> int | None:
        """An int64, None where the field is absent."""
        if field not in self.values:
            return None
        value = self.number(field)
        return value - (1 << 64) if value >> 63 else value

    def text(self, field: int) -> str:
        """A UTF-8 string, empty where the field is absent."""
        value = self.values.get(field, [b""])[-1]
        if not isinstance(value, bytes):
            raise WireError(f"field {field} is not text")
        try:
            return value.decode()
        except UnicodeDecodeError as error:
            raise WireError(f"field {field} is not UTF-8") from error

    def messages(self, field: int) -> list[Message]:
        """Every message of a repeated field."""
        found = []
        for value in self.values.get(field, []):
            if not isinstance(value, bytes):
                raise WireError(f"field {field} is not a message")
            found.append(decode(value))
        return found


def decode(data: bytes) -> Message:
    """The fields of a message. Raises WireError where the bytes end early or make no sense."""
    values: dict[int, list[int | bytes]] = {}
    at, fields = 0, 0
    while at < len(data):
        fields += 1
        if fields > MAX_FIELDS:
            raise WireError(f"more than {MAX_FIELDS} fields")
        key, at = _varint(data, at)
        field, wire = key >> 3, key & 7
        if field == 0:
            raise WireError("field number 0")
        value, at = _value(data, at, wire)
        values.setdefault(field, []).append(value)
    return Message(values)


def _value(data: bytes, at: int, wire: int) -> tuple[int | bytes, int]:
    if wire == VARINT:
        return _varint(data, at)
    if wire == BYTES:
        length, at = _varint(data, at)
    elif wire in {FIXED64, FIXED32}:
        length = 8 if wire == FIXED64 else 4
    else:
        raise WireError(f"unknown wire type {wire}")
    end = at + length
    if end > len(data):
        raise WireError("the message ends early")
    return data[at:end], end


def _varint(data: bytes, at: int) -> tuple[int, int]:
    result = 0
    for shift in range(0, 70, 7):
        if at >= len(data):
            raise WireError("the message ends early")
        byte = data[at]
        at += 1
        result |= (byte & 0x7F) << shift
        if byte < 0x80:
            return result & 0xFFFFFFFFFFFFFFFF, at
    raise WireError("a number of more than ten bytes")
