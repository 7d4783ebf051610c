# SPDX-License-Identifier: BSD-2-Clause
"""Every capture that an end-to-end test makes is given to iuplus-pdu judge: nothing in it may be broken.

judged() is the one place for that; merge() makes one capture of those of several nodes."""
import json
import os
import struct
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "../oracle"))
import capture  # noqa: E402


def block(kind, body):
    size = 12 + len(body)
    return struct.pack("<II", kind, size) + body + struct.pack("<I", size)


def packets(path):
    """The blocks before the first packet, and (time, block) of every packet."""
    head, found = b"", []
    for kind, order, body in capture.blocks(path):
        if order != "<":
            raise ValueError("%s: byte order" % path)
        if kind == 6:
            high, low = struct.unpack_from("<II", body, 4)
            found.append((high << 32 | low, body))
        elif not found:
            head += block(kind, body)
    return head, found


def merge(paths, to, more=(), keep=lambda body: True):
    """One capture of several nodes' in the order of time. more: further packets; keep: which of the nodes' to take."""
    head, found = b"", list(more)
    for path in paths:
        head, own = packets(path)
        found += [(at, body) for at, body in own if keep(body)]
    found.sort(key=lambda packet: packet[0])
    with open(to, "wb") as file:
        file.write(head + b"".join(block(6, body) for _, body in found))


def judged(program, path, keylog=None, breaks=()):
    """What is wrong with the capture at path, or None. program: iuplus-pdu. breaks: the rules that the test breaks by intent;
    they have to be found, and no others."""
    keys = ["--keylog", keylog] if keylog and os.path.exists(keylog) else []
    done = subprocess.run([program, "judge", "--json", *keys, path], stdin=subprocess.DEVNULL, capture_output=True, text=True,
                          timeout=120)
    if done.returncode not in (0, 1):
        return "the judge ended with %d: %s" % (done.returncode, done.stderr[-400:])
    answer = json.loads(done.stdout)
    found = {broken["rule"] for broken in answer["broken"]}
    if found == set(breaks):
        return None
    return "the judge finds %s, not %s: %s" % (sorted(found), sorted(breaks), "; ".join(
        "frame %d %s %s (%s) by the %s: %s" % (b["frame"], b["spec"], b["clause"], b["rule"], b["node"], b["what"])
        for b in answer["broken"])[:1500])
