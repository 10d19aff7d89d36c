"""The wire format, against examples of the protobuf documentation and against bytes that make no sense."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deckgen.apkg.wire import WireError, decode


def varint(value: int) -> bytes:
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def test_reads_the_documented_examples() -> None:
    assert decode(b"\x08\x96\x01").number(1) == 150
    assert decode(b"\x12\x07testing").text(2) == "testing"
    assert decode(b"\x1a\x03\x08\x96\x01").messages(3)[0].number(1) == 150


def test_absent_fields_have_the_defaults_of_proto3() -> None:
    message = decode(b"")
    assert (message.number(1), message.text(2), message.messages(3), message.signed(4)) == (0, "", [], None)


def test_the_last_of_two_values_counts_and_repeated_messages_all_stay() -> None:
    message = decode(b"\x08\x01\x08\x02\x12\x00\x12\x02\x08\x05")
    assert message.number(1) == 2
    assert [entry.number(1) for entry in message.messages(2)] == [0, 5]


def test_fixed_width_fields_are_passed_over() -> None:
    assert decode(b"\x0d1234\x1112345678\x18\x07").number(3) == 7


@settings(deadline=None)
@given(st.integers(-(2**63), 2**63 - 1))
def test_int64_comes_back(value: int) -> None:
    assert decode(b"\x08" + varint(value % 2**64)).signed(1) == value


@settings(deadline=None)
@given(st.integers(1, 2**29 - 1), st.text())
def test_text_comes_back(field: int, text: str) -> None:
    data = text.encode()
    assert decode(varint(field << 3 | 2) + varint(len(data)) + data).text(field) == text


@pytest.mark.parametrize(
    "data",
    [b"\x08", b"\x08\x80", b"\x12\x07abc", b"\x0d123", b"\x0b", b"\x00\x00", b"\x08" + b"\xff" * 11, b"\xff"],
)
def test_bytes_that_make_no_sense_are_errors(data: bytes) -> None:
    with pytest.raises(WireError):
        decode(data)


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_a_message_or_a_wire_error(data: bytes) -> None:
    try:
        message = decode(data)
    except WireError:
        return
    assert sum(len(values) for values in message.values.values()) <= len(data)


def test_values_of_the_wrong_kind_are_errors() -> None:
    message = decode(b"\x08\x01\x12\x01\xff")
    for read in (lambda: message.text(1), lambda: message.messages(1), lambda: message.number(2)):
        with pytest.raises(WireError):
            read()
    with pytest.raises(WireError):
        message.text(2)


def test_a_flood_of_fields_is_refused() -> None:
    with pytest.raises(WireError, match="more than"):
        decode(b"\x08\x01" * 1_000_001)
