#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""ranap_tshark.py PRINT [ranap|rnsap]: tshark must decode the messages of ranap_print or rnsap_print as RANAP or RNSAP: each with
its procedure and kind, not malformed, without expert information; also the RANAP messages inside RNSAP's.
Exit status 0 if it does, 1 if not, 77 without tshark."""
import os
import shutil
import struct
import subprocess
import sys
import tempfile

LINKTYPE_UPPER_PDU = 252
TAG_DISSECTOR = 12


def capture(path, pdus, protocol):
    name = protocol.encode()
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


def judge(samples, protocol, *more):
    """Reports each PDU that tshark decodes as another message than its first octets say; returns the number of reports and the
    fields in more."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, protocol + ".pcap")
        capture(path, [pdu for pdu, _ in samples], protocol)
        rows = fields(path, protocol + ".procedureCode", "%s.%s_PDU" % (protocol, protocol.upper()), "_ws.malformed",
                      "_ws.expert.message", *more)
    if len(rows) != len(samples):
        print("tshark sees %d of %d messages" % (len(rows), len(samples)), file=sys.stderr)
        return 1, []
    bad = 0
    for (pdu, name), (code, kind, malformed, expert, *_) in zip(samples, rows):
        if (code, kind) != (str(pdu[1]), str(pdu[0] >> 5)) or malformed or expert:
            print("%s %s: tshark says procedure %s, kind %s %s %s" % (name, pdu.hex(), code, kind, malformed, expert),
                  file=sys.stderr)
            bad += 1
    return bad, [row[4:] for row in rows]


def main():
    if not shutil.which("tshark"):
        return 77
    protocol = sys.argv[2] if len(sys.argv) > 2 else "ranap"
    lines = subprocess.run([sys.argv[1]], check=True, stdout=subprocess.PIPE).stdout.decode().splitlines()
    samples = [(bytes.fromhex(h), name) for h, name in (line.split("\t") for line in lines)]
    if protocol == "ranap":
        return judge(samples, protocol)[0] != 0
    bad, rows = judge(samples, protocol, "rnsap.ddMode", "rnsap.RANAP_EnhancedRelocationInformationRequest",
                      "rnsap.RANAP_EnhancedRelocationInformationResponse")
    inside = [(bytes.fromhex(h), name) for (_, name), row in zip(samples, rows) for h in row[1:] if h]
    if any(row[0] != "2" for row in rows) or not inside:
        print("procedures of another mode, or no RANAP inside", file=sys.stderr)
        bad += 1
    return (bad or judge(inside, "ranap")[0]) != 0


sys.exit(main())
