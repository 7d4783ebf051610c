# SPDX-License-Identifier: BSD-2-Clause
"""M3UA messages as text fields and octets (RFC 4666 section 3), written from the RFC alone.

A message is a name and a dictionary of strings: decode() gives what encode() takes, so that stimulus and expectation are
written alike. Lists are separated by commas; "pc/mask" is an affected point code, "type/information" a status,
"cause/user" a user/cause, "lrk:1+dpc:1" the parameters inside a routing key or result.
"""
import struct

MESSAGES = {
    "ERR": (0, 0), "NTFY": (0, 1), "DATA": (1, 1), "DUNA": (2, 1), "DAVA": (2, 2), "DAUD": (2, 3), "SCON": (2, 4),
    "DUPU": (2, 5), "DRST": (2, 6), "ASPUP": (3, 1), "ASPDN": (3, 2), "BEAT": (3, 3), "ASPUP_ACK": (3, 4),
    "ASPDN_ACK": (3, 5), "BEAT_ACK": (3, 6), "ASPAC": (4, 1), "ASPIA": (4, 2), "ASPAC_ACK": (4, 3), "ASPIA_ACK": (4, 4),
    "REG_REQ": (9, 1), "REG_RSP": (9, 2), "DEREG_REQ": (9, 3), "DEREG_RSP": (9, 4)}
NAMES = {code: name for name, code in MESSAGES.items()}
# name in the notation: tag, form (section 3.2)
PARAMETERS = {
    "info": (0x0004, "text"), "rc": (0x0006, "list"), "diag": (0x0007, "hex"), "beat": (0x0009, "hex"),
    "tmt": (0x000b, "u32"), "code": (0x000c, "u32"), "status": (0x000d, "pair"), "id": (0x0011, "u32"),
    "apc": (0x0012, "codes"), "corr": (0x0013, "u32"), "na": (0x0200, "u32"), "user": (0x0204, "pair"),
    "cong": (0x0205, "u32"), "conc": (0x0206, "codes"), "key": (0x0207, "group"), "reg": (0x0208, "group"),
    "dereg": (0x0209, "group"), "lrk": (0x020a, "u32"), "dpc": (0x020b, "codes"), "si": (0x020c, "octets"),
    "opcs": (0x020e, "codes"), "pd": (0x0210, "data"), "regstatus": (0x0212, "u32"), "deregstatus": (0x0213, "u32")}
TAGS = {tag: (name, form) for name, (tag, form) in PARAMETERS.items()}
LABEL = ("opc", "dpc", "si", "ni", "mp", "sls")
# fields of a step that are no parameters
OUTSIDE = ("stream", "ppid", "ver", "class", "type", "len", "tail", "raw", "payload", *LABEL)


class Malformed(Exception):
    """Octets that are no M3UA or SCCP message."""


def pack_value(form, text):
    if form == "u32":
        return struct.pack("!I", int(text, 0))
    if form == "list":
        return b"".join(struct.pack("!I", int(item, 0)) for item in text.split(",") if item)
    if form == "pair":
        return struct.pack("!HH", *(int(item, 0) for item in text.split("/")))
    if form == "codes":
        values = [item.split("/") for item in text.split(",") if item]
        return b"".join(struct.pack("!I", int(v[0], 0) | (int(v[1], 0) << 24 if len(v) > 1 else 0)) for v in values)
    if form == "octets":
        return bytes(int(item, 0) for item in text.split(","))
    if form == "hex":
        return bytes.fromhex(text)
    if form == "group":
        return b"".join(pack_parameter(*inner.split(":")) for inner in text.split("+"))
    return text.encode()


def unpack_value(form, value):
    if form in ("u32", "list", "pair", "codes") and len(value) % 4:
        raise Malformed("a parameter of %d octets" % len(value))
    if form == "u32":
        return str(struct.unpack("!I", value)[0]) if len(value) == 4 else "x" + value.hex()
    words = [word[0] for word in struct.iter_unpack("!I", value)] if form in ("list", "codes", "pair") else []
    if form == "list":
        return ",".join(str(word) for word in words)
    if form == "pair":
        return ",".join("%d/%d" % (word >> 16, word & 0xffff) for word in words)
    if form == "codes":
        return ",".join("%d" % (word & 0xffffff) + ("/%d" % (word >> 24) if word >> 24 else "") for word in words)
    if form == "octets":
        return ",".join(str(octet) for octet in value)
    if form == "group":
        return "+".join("%s:%s" % item for item in unpack_parameters(value))
    return value.decode("utf-8", "replace") if form == "text" else value.hex()


def pack_parameter(name, text):
    tag, form = PARAMETERS[name]
    value = pack_value(form, text)
    return struct.pack("!HH", tag, 4 + len(value)) + value + bytes(-len(value) % 4)


def unpack_parameters(octets):
    result, at = [], 0
    while at < len(octets):
        if len(octets) - at < 4:
            raise Malformed("%d octets after the last parameter" % (len(octets) - at))
        tag, length = struct.unpack_from("!HH", octets, at)
        if length < 4 or at + length > len(octets):
            raise Malformed("length %d of parameter 0x%04x" % (length, tag))
        name, form = TAGS.get(tag, ("0x%04x" % tag, "hex"))
        value = octets[at + 4:at + length]
        result.append((name, value.hex() if form == "data" else unpack_value(form, value)))
        at += length + -length % 4
    return result


def encode(name, fields):
    """The octets of a message. raw= gives all of them, tail= appends some, ver=, class=, type= and len= overwrite the header."""
    if "raw" in fields:
        return bytes.fromhex(fields["raw"])
    label = {key: fields[key] for key in LABEL if key in fields} if name == "DATA" else {}
    body = b"".join(pack_parameter(key, text) for key, text in fields.items() if key not in OUTSIDE)
    if label:
        octets = struct.pack("!IIBBBB", *(int(label.get(key, "0"), 0) for key in LABEL)) + bytes.fromhex(fields.get("payload", ""))
        body += struct.pack("!HH", PARAMETERS["pd"][0], 4 + len(octets)) + octets + bytes(-len(octets) % 4)
    body += bytes.fromhex(fields.get("tail", ""))
    kind = MESSAGES.get(name, (0, 0))
    return struct.pack("!BBBBI", int(fields.get("ver", "1")), 0, int(fields.get("class", kind[0])),
                       int(fields.get("type", kind[1])), int(fields.get("len", 8 + len(body)))) + body


def decode(octets):
    """Name and fields of a message; a repeated parameter is joined by a semicolon."""
    if len(octets) < 8:
        raise Malformed("%d octets" % len(octets))
    version, reserved, group, kind, length = struct.unpack_from("!BBBBI", octets)
    if version != 1 or reserved or not len(octets) - 3 <= length <= len(octets):
        raise Malformed("header %s before %d octets" % (octets[:8].hex(), len(octets) - 8))
    name = NAMES.get((group, kind), "%d/%d" % (group, kind))
    fields = {}
    for key, text in unpack_parameters(octets[8:]):
        fields[key] = fields[key] + ";" + text if key in fields else text
    if "pd" in fields:
        data = bytes.fromhex(fields.pop("pd"))
        if len(data) < 12:
            raise Malformed("Protocol Data of %d octets" % len(data))
        fields.update(zip(LABEL, (str(value) for value in struct.unpack_from("!IIBBBB", data))))
        fields["payload"] = data[12:].hex()
    return name, fields
