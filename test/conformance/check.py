#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Checks of the rows themselves, without a network.

usage: check.py; silent if all is well. Every message and every error code of M3UA and SCCP is in a row, or in a list here with the
reason; no id is used twice; each row can fail, and has a note if it can be read in two ways; and what the rows send is, to
tshark, the message that its row names.
"""
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import m3ua  # noqa: E402
import notation  # noqa: E402
import play  # noqa: E402
import run  # noqa: E402
import sccp  # noqa: E402

LEAST_ROWS = 150
# Codes of RFC 4666 3.8.1 that no row can show, and why.
ERRORS = {1, 3, 4, 5, 6, 7, 9, 13, 14, 15, 17, 18, 19, 20, 21, 22, 25, 26}
UNSHOWN_ERRORS = {20: "sent at will about a destination whose state is not to be told; there is none such here"}
# Messages of SCCP that belong to class 3, which no node here offers.
UNSHOWN_SCCP = {"AK", "ED", "EA", "RSC"}


def steps_of(row):
    wanted = [step for steps in notation.alternatives(row.expected, row.role) for step in steps]
    sent = [step for cell in (row.preamble, row.stimulus) for step in notation.parse(cell, row.role)]
    return sent, wanted


def coverage(rows):
    """What no row has."""
    names, codes = set(), set()
    for row in rows:
        sent, wanted = steps_of(row)
        for step in sent + wanted:
            names.add(step.name)
            if step.name == "m:ERR":
                codes.update(int(code) for code in step.fields.get("code", "").split("|") if code)
    missing = ["M3UA message " + name for name in m3ua.MESSAGES if "m:" + name not in names and name != "DATA"]
    missing += ["SCCP message " + name for name in sccp.TYPES if "s:" + name not in names and name not in UNSHOWN_SCCP]
    return missing + ["error code %d" % code for code in sorted(ERRORS - codes - set(UNSHOWN_ERRORS))]


def cannot_fail(row):
    """Whether a message that no row expects would be taken for what the row expects."""
    stray = [play.Event(peer, "malformed", {}) for peer in (1, 2)]
    return any(notation.fulfilled(steps, stray, {}) for steps in notation.alternatives(row.expected, row.role))


def sent_messages(rows):
    """Row, name and octets of each message that is sent and meant to be readable."""
    for row in rows:
        for step in steps_of(row)[0]:
            if step.verb != "message" or {"raw", "rawsccp", "cut", "tail", "ver", "class", "type", "len"} & set(step.fields) - (
                    {"class"} if step.name.startswith("s:") else set()):
                continue
            fields = {key: re.sub(r"\$\w+", "77", value) for key, value in step.fields.items()}
            octets = play.octets_of(step.name, fields, row.role, step.peer)
            if len(octets) < 4000:
                yield row.id, step.name, octets


def pcap(path, messages):
    """One SCTP packet for each message (link type 248)."""
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xa1b2c3d4, 2, 4, 0, 0, 65535, 248))
        for number, (_, _, octets) in enumerate(messages):
            chunk = struct.pack("!BBHIHHI", 0, 3, 16 + len(octets), number, 1, number & 0xffff, 3) + octets
            packet = struct.pack("!HHII", 2905, 2905, 1, 0) + chunk + bytes(-len(chunk) % 4)
            file.write(struct.pack("<IIII", number, 0, len(packet), len(packet)) + packet)


def foreign_names(messages):
    """What tshark says of each message: (class, type) of M3UA, and the SCCP message type or None."""
    with tempfile.TemporaryDirectory(prefix="iuplus-conf-") as folder:
        path = os.path.join(folder, "rows.pcap")
        pcap(path, messages)
        text = subprocess.run(["tshark", "-r", path, "-T", "fields", "-e", "m3ua.message_class", "-e", "m3ua.message_type",
                               "-e", "sccp.message_type", "-E", "occurrence=f"], capture_output=True, text=True, check=True).stdout
    for line in text.splitlines():
        group, kind, inner = (line.split("\t") + ["", ""])[:3]
        yield (int(group, 0), int(kind, 0)) if group else None, int(inner, 0) if inner else None


def disagreements(rows):
    messages = list(sent_messages(rows))
    for (row, name, _), (outer, inner) in zip(messages, foreign_names(messages)):
        kind = name[2:]
        if name.startswith("m:") and kind in m3ua.MESSAGES and outer != m3ua.MESSAGES[kind]:
            yield "row %s: %s is to tshark %s" % (row, name, outer)
        if name.startswith("s:") and (outer != (1, 1) or inner != sccp.TYPES[kind]):
            yield "row %s: %s is to tshark %s, %s" % (row, name, outer, inner)


def roundtrips(rows):
    """Messages that our own decoder does not read as they were written."""
    for row, name, octets in sent_messages(rows):
        event = play.understand(1, octets, 1, 3)
        if event.name != name and name != "m:DATA":
            yield "row %s: %s is decoded as %s %s" % (row, name, event.name, event.fields.get("text", ""))


def main():
    rows = [row for name in ("m3ua.tsv", "sccp.tsv") for row in run.read(os.path.join(HERE, name))]
    ids = [row.id for row in rows]
    wrong = ["id %s is used twice" % name for name in sorted({name for name in ids if ids.count(name) > 1})]
    if len(rows) < LEAST_ROWS:
        wrong.append("%d rows, fewer than %d" % (len(rows), LEAST_ROWS))
    wrong += ["no row has " + what for what in coverage(rows)]
    wrong += ["row %s cannot fail" % row.id for row in rows if cannot_fail(row)]
    wrong += ["row %s has two readings and no note" % row.id for row in rows if "//" in row.expected and not row.note]
    wrong += roundtrips(rows)
    if shutil.which("tshark"):
        wrong += disagreements(rows)
    print("\n".join(wrong), end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
