#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""ranap_tshark.py RANAP_PRINT: what ranap_print encodes must be RANAP for tshark: every message by its procedure and
kind, nothing malformed, no expert information. Exit 0 good, 1 not, 77 no tshark."""
import os
import shutil
import struct
import subprocess
import sys
import tempfile

LINKTYPE_UPPER_PDU = 252
TAG_DISSECTOR = 12


def capture(path, pdus):
    name = b"ranap"
    tags = struct.pack(">HH", TAG_DISSECTOR, len(name)) + name + struct.pack(">HH", 0, 0)
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, LINKTYPE_UPPER_PDU))
        for pdu in pdus:
            out.write(struct.pack("<IIII", 0, 0, len(tags + pdu), len(tags + pdu)) + tags + pdu)


def fields(path, *wanted):
    # The RRC containers of the samples are filler.
    command = ["tshark", "-r", path, "--disable-protocol", "rrc", "-T", "fields", "-E", "occurrence=f"]
    for field in wanted:
        command += ["-e", field]
    text = subprocess.run(command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.decode()
    return [line.split("\t") for line in text.splitlines()]


def main():
    if not shutil.which("tshark"):
        return 77
    lines = subprocess.run([sys.argv[1]], check=True, stdout=subprocess.PIPE).stdout.decode().splitlines()
    samples = [(bytes.fromhex(h), name) for h, name in (line.split("\t") for line in lines)]
    bad = 0
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "ranap.pcap")
        capture(path, [pdu for pdu, _ in samples])
        rows = fields(path, "ranap.procedureCode", "ranap.RANAP_PDU", "_ws.malformed", "_ws.expert.message")
    if len(rows) != len(samples):
        print("tshark sees %d of %d messages" % (len(rows), len(samples)), file=sys.stderr)
        return 1
    for (pdu, name), (code, kind, malformed, expert) in zip(samples, rows):
        if (code, kind) != (str(pdu[1]), str(pdu[0] >> 5)) or malformed or expert:
            print("%s %s: tshark says procedure %s, kind %s %s %s" % (name, pdu.hex(), code, kind, malformed, expert),
                  file=sys.stderr)
            bad = 1
    return bad


sys.exit(main())
