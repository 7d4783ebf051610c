# SPDX-License-Identifier: BSD-2-Clause
"""SCCP messages as text fields and octets (Q.713), written from the Recommendation alone; see m3ua.py for the idea.

Addresses are "SSN", "SSN@POINT-CODE" (both routed on SSN) or "x:" and the octets. Local references are numbers. seg is
"first/remaining/class/reference" (3.17). scmg is "SSA:SSN@POINT-CODE" (5.3), in place of data.
"""
import struct

from m3ua import Malformed

TYPES = {"CR": 1, "CC": 2, "CREF": 3, "RLSD": 4, "RLC": 5, "DT1": 6, "DT2": 7, "AK": 8, "UDT": 9, "UDTS": 10, "ED": 11,
         "EA": 12, "RSR": 13, "RSC": 14, "ERR": 15, "IT": 16, "XUDT": 17, "XUDTS": 18, "LUDT": 19, "LUDTS": 20}
NAMES = {code: name for name, code in TYPES.items()}
# Mandatory fixed part, mandatory variable part, whether there is an optional part (4.2 to 4.21).
FORMAT = {
    "CR": (("src", "class"), ("called",), True), "CC": (("dst", "src", "class"), (), True),
    "CREF": (("dst", "cause"), (), True), "RLSD": (("dst", "src", "cause"), (), True), "RLC": (("dst", "src"), (), False),
    "DT1": (("dst", "m"), ("data",), False), "DT2": (("dst", "seq"), ("data",), False),
    "AK": (("dst", "receive", "credit"), (), False), "ED": (("dst",), ("data",), False), "EA": (("dst",), (), False),
    "RSR": (("dst", "src", "cause"), (), False), "RSC": (("dst", "src"), (), False), "ERR": (("dst", "cause"), (), False),
    "IT": (("dst", "src", "class", "seq", "credit"), (), False),
    "UDT": (("class",), ("called", "calling", "data"), False), "UDTS": (("cause",), ("called", "calling", "data"), False),
    "XUDT": (("class", "hop"), ("called", "calling", "data"), True),
    "XUDTS": (("cause", "hop"), ("called", "calling", "data"), True),
    "LUDT": (("class", "hop"), ("called", "calling", "data"), True),
    "LUDTS": (("cause", "hop"), ("called", "calling", "data"), True)}
SIZES = {"src": 3, "dst": 3, "seq": 2}
OPTIONS = {"called": 0x03, "calling": 0x04, "credit": 0x09, "data": 0x0f, "seg": 0x10, "hop": 0x11, "imp": 0x12}
OPTION_NAMES = {code: name for name, code in OPTIONS.items()}
MANAGEMENT = {"SSA": 1, "SSP": 2, "SST": 3, "SOR": 4, "SOG": 5, "SSC": 6}
MANAGEMENT_NAMES = {code: name for name, code in MANAGEMENT.items()}
FIELDS = {"src", "dst", "class", "called", "calling", "cause", "m", "data", "seq", "credit", "hop", "seg", "imp", "receive", "scmg",
          "cut", "more", "rawsccp", "size"}


def pack_address(text):
    if text.startswith("x:"):
        return bytes.fromhex(text[2:])
    ssn, _, point_code = text.partition("@")
    if point_code:
        return struct.pack("<BHB", 0x43, int(point_code), int(ssn))
    return bytes((0x42, int(ssn)))


def unpack_address(octets):
    if len(octets) == 2 and octets[0] == 0x42:
        return str(octets[1])
    if len(octets) == 4 and octets[0] == 0x43:
        return "%d@%d" % (octets[3], octets[1] | octets[2] << 8)
    return "x:" + octets.hex()


def pack_segmentation(text):
    first, remaining, protocol_class, reference = (int(item) for item in text.split("/"))
    return bytes((first << 7 | protocol_class << 6 | remaining,)) + struct.pack("<I", reference)[:3]


def unpack_segmentation(octets):
    if len(octets) != 4:
        raise Malformed("segmentation of %d octets" % len(octets))
    return "%d/%d/%d/%d" % (octets[0] >> 7, octets[0] & 15, octets[0] >> 6 & 1, int.from_bytes(octets[1:], "little"))


def pack_management(text):
    name, _, rest = text.partition(":")
    ssn, point_code = rest.split("@")
    point_code, _, level = point_code.partition("+")
    octets = struct.pack("<BBHB", MANAGEMENT[name], int(ssn), int(point_code), 0)
    return octets + (bytes((int(level),)) if level else b"")


def unpack_management(octets):
    if len(octets) < 5:
        return "short"
    kind, ssn, point_code = struct.unpack_from("<BBH", octets)
    return "%s:%d@%d" % (MANAGEMENT_NAMES.get(kind, str(kind)), ssn, point_code)


def pack(name, value):
    if name in ("called", "calling"):
        return pack_address(value)
    if name == "seg":
        return pack_segmentation(value)
    if name == "data":
        return bytes.fromhex(value)
    return int(value, 0).to_bytes(SIZES.get(name, 1), "little")


def unpack(name, octets):
    if name in ("called", "calling"):
        return unpack_address(octets)
    if name == "seg":
        return unpack_segmentation(octets)
    if name == "data":
        return octets.hex()
    return str(int.from_bytes(octets, "little"))


def encode(name, fields):
    """The octets of a message. rawsccp= gives all of them, cut= drops octets at the end, more= appends some."""
    if "rawsccp" in fields:
        return bytes.fromhex(fields["rawsccp"])
    if "scmg" in fields:
        fields = {**fields, "data": pack_management(fields["scmg"]).hex()}
    if "size" in fields:
        data = bytes.fromhex(fields.get("data", ""))
        fields = {**fields, "data": (data + bytes(int(fields["size"]) - len(data))).hex()}
    fixed, variable, optional = FORMAT[name]
    head = bytes((TYPES[name],)) + b"".join(pack(key, fields.get(key, "0")) for key in fixed)
    wide = name.startswith("LUDT")
    size, parts = 2 if wide else 1, []
    for key in variable:
        value = pack(key, fields.get(key, ""))
        parts.append(struct.pack("<H", len(value)) + value if wide and key == "data" else bytes((len(value),)) + value)
    options = b"".join(bytes((OPTIONS[key], len(pack(key, text)))) + pack(key, text) for key, text in fields.items()
                       if optional and key in OPTIONS and key not in variable and key not in fixed)
    count = len(variable) + (1 if optional else 0)
    pointers, distance = b"", count * size
    for index, part in enumerate(parts):
        # A pointer counts from itself; one of two octets from its second octet (2.3).
        pointers += (distance - index * size - (1 if wide else 0)).to_bytes(size, "little")
        distance += len(part)
    if optional:
        at = distance - len(parts) * size - (1 if wide else 0)
        pointers += (at if options else 0).to_bytes(size, "little")
    octets = head + pointers + b"".join(parts) + (options + b"\0" if options else b"")
    octets += bytes.fromhex(fields.get("more", ""))
    return octets[:len(octets) - int(fields.get("cut", "0"))]


def take(octets, at, count):
    if at < 0 or at + count > len(octets):
        raise Malformed("SCCP message ends early: %s" % octets.hex())
    return octets[at:at + count]


def decode(octets):
    """Name and fields of a message."""
    name = NAMES.get(octets[0] if octets else -1)
    if name is None:
        raise Malformed("SCCP message type of %s" % octets.hex())
    fixed, variable, optional = FORMAT[name]
    fields, at = {}, 1
    for key in fixed:
        size = SIZES.get(key, 1)
        fields[key] = unpack(key, take(octets, at, size))
        at += size
    wide = name.startswith("LUDT")
    size = 2 if wide else 1
    for key in variable:
        start = at + int.from_bytes(take(octets, at, size), "little") + (1 if wide else 0)
        width = 2 if wide and key == "data" else 1
        length = int.from_bytes(take(octets, start, width), "little")
        fields[key] = unpack(key, take(octets, start + width, length))
        at += size
    if optional:
        pointer = int.from_bytes(take(octets, at, size), "little")
        decode_options(octets, at + pointer + (1 if wide else 0) if pointer else None, fields)
    if fields.get("called", "").partition("@")[0] == "1" and fields.get("data"):
        fields["scmg"] = unpack_management(bytes.fromhex(fields["data"]))
    return name, fields


def decode_options(octets, at, fields):
    while at is not None and take(octets, at, 1)[0]:
        code, length = take(octets, at, 2)
        key = OPTION_NAMES.get(code, "0x%02x" % code)
        fields[key] = unpack(key, take(octets, at + 2, length)) if code in OPTION_NAMES else octets[at + 2:at + 2 + length].hex()
        at += 2 + length
