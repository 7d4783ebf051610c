#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""iuplus-pdu judge as its users call it.

test/judge/before.tsv: the rules that each capture of test/captures/before/ breaks, with the frame: these are found, and no
others. test/judge/edits.tsv: edits of one PDU of a capture (decoded, changed, encoded), and the rule that each breaks; the
captures of before, and new ones of a run of iuplus-relocate."""
import json
import os
import re
import struct
import subprocess
import sys
import tempfile
import xml.etree.ElementTree

SOURCE = os.environ.get("srcdir", ".")
PDU = os.path.join(os.environ.get("top_builddir", "."), "src", "iuplus-pdu")
RELOCATE = os.path.join(os.path.dirname(PDU), "iuplus-relocate")
CAPTURES = os.path.join(SOURCE, "test", "captures", "before")
failures = 0


def fail(text):
    global failures
    failures += 1
    print("FAIL:", text)


def run(*arguments, stdin=None):
    return subprocess.run([PDU, *arguments], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)


def rows(name):
    with open(os.path.join(SOURCE, "test", "judge", name), encoding="ascii") as f:
        for line in f:
            if line.strip() and not line.startswith("#"):
                yield line.rstrip("\n").split("\t")


def broken(path):
    """The set of (frame, rule) that the judge finds, and its whole answer."""
    done = run("judge", "--json", path)
    answer = json.loads(done.stdout)
    found = {(b["frame"], b["rule"]) for b in answer["broken"]}
    if done.returncode != (1 if found else 0):
        fail("%s: exit status %d with %d broken" % (path, done.returncode, len(found)))
    return found, answer


def before():
    expected = {}
    for name, frame, rule in rows("before.tsv"):
        expected.setdefault(name, set())
        if rule != "-":
            expected[name].add((int(frame), rule))
    names = sorted(n[:-7] for n in os.listdir(CAPTURES) if n.endswith(".pcapng"))
    for name in sorted(set(names) | set(expected)):
        if name not in expected or name not in names:
            fail("%s is not both a capture and in before.tsv" % name)
            continue
        found, answer = broken(os.path.join(CAPTURES, name + ".pcapng"))
        for what, frames in (("not found", expected[name] - found), ("not expected", found - expected[name])):
            for frame, rule in sorted(frames):
                fail("%s: frame %d %s: %s" % (name, frame, rule, what))
        if answer["kept"] < 20:
            fail("%s: only %d kept" % (name, answer["kept"]))


def octets(line):
    done = run("encode", "-o", "hex", "-i", "json", stdin=line.encode())
    if done.returncode:
        sys.exit("judge.py: %s" % done.stderr.decode())
    return bytes.fromhex(done.stdout.decode().strip())


def new_capture(name, work):
    """The capture of a run of iuplus-relocate; None if SCTP is not available here."""
    out = os.path.join(work, name)
    if not os.path.exists(out):
        kinds = [word for pair in zip(("--ue", "--source", "--target"), name.split("-")) for word in pair]
        done = subprocess.run([RELOCATE, "--quiet", "--timeout", "60", *kinds, "--out", out], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
        if done.returncode == 69:
            return None
        if done.returncode:
            sys.exit("judge.py: iuplus-relocate: %s" % done.stderr.decode())
    return os.path.join(out, "iuplus.pcapng")


def edit(path, where, old, new, rule, work):
    lines = run("decode", "-o", "json", path).stdout.decode().splitlines()
    start = ('"frame":%s,' if where.isdigit() else '"value":{"%s":{"procedureCode":%s,') % tuple(where.split())
    line = next(l for l in lines if l.startswith('{"type":"RANAP:RANAP-PDU",') and start in l)
    label = "edits.tsv: %s: %s -> %s" % (where, old, new)
    if not re.search(old, line):
        fail("%s: the PDU does not contain it" % label)
        return
    good, bad = octets(line), octets(re.sub(old, new, line, count=1))
    with open(path, "rb") as f:
        whole = f.read()
    if len(good) != len(bad):
        fail("%s: the edit changes the length" % label)
        return
    # a long message has several segments: what changes, with as much before and after as one segment has
    changed = [i for i, (a, b) in enumerate(zip(good, bad)) if a != b]
    around = next((n for n in range(len(good), 3, -1)
                   if good[max(0, changed[0] - n):changed[-1] + 1 + n] in whole), None)
    if around is None:
        fail("%s: the capture does not have the PDU" % label)
        return
    part = slice(max(0, changed[0] - around), changed[-1] + 1 + around)
    edited = os.path.join(work, "edited.pcapng")
    with open(edited, "wb") as f:
        f.write(whole.replace(good[part], bad[part]))
    known, found = broken(path)[0], broken(edited)[0]
    if rule not in {r for _, r in found - known}:
        fail("%s: %s is not found but %s" % (label, rule, sorted(found - known)))


def edits():
    with tempfile.TemporaryDirectory() as work:
        for name, where, old, new, rule in rows("edits.tsv"):
            path = new_capture(name[4:], work) if name.startswith("new:") else os.path.join(CAPTURES, name + ".pcapng")
            if path:
                edit(path, where, old, new, rule, work)


def packets(data):
    """The blocks of a pcapng file, little endian, and whether each is a packet."""
    at = 0
    while at < len(data):
        kind, length = struct.unpack_from("<II", data, at)
        yield data[at:at + length], kind == 6
        at += length


def from_the_middle():
    """A capture without its first packets breaks nothing that the whole one keeps."""
    with tempfile.TemporaryDirectory() as work:
        for name in ("legacy-legacy-legacy", "n03-one-connection-identifier", "n07-number-of-a-failed-command"):
            path = os.path.join(CAPTURES, name + ".pcapng")
            known = broken(path)[0]
            with open(path, "rb") as f:
                blocks = list(packets(f.read()))
            count = sum(packet for _, packet in blocks)
            for skip in range(14, count - 12, 11):
                left, rest = skip, b""
                for block, packet in blocks:
                    if packet and left:
                        left -= 1
                    else:
                        rest += block
                cut = os.path.join(work, "cut.pcapng")
                with open(cut, "wb") as f:
                    f.write(rest)
                if run("judge", cut).returncode == 65:
                    continue        # no message is left
                for frame, rule in sorted(broken(cut)[0]):
                    if (frame + skip, rule) not in known:
                        fail("%s without %d packets: frame %d %s" % (name, skip, frame + skip, rule))


def forms():
    path = os.path.join(CAPTURES, "n10-answer-while-releasing.pcapng")
    text = run("judge", "-v", path).stdout.decode()
    if not re.search(r"^frame 83: BROKEN TS 25.413 8.5.2 \(R-8.5.2-01\) by the CN: .*; right would be: ", text, re.M):
        fail("the line of text: " + text)
    if not re.search(r"^R-8.5.2-01 +TS 25.413 8.5.2 +kept 0, broken 1, unknown 0: ", text, re.M):
        fail("the summary of -v: " + text)
    suite = xml.etree.ElementTree.fromstring(run("judge", "--junit", path).stdout)
    cases = suite.findall("testcase")
    if len(cases) != int(suite.get("tests")) or len(suite.findall("testcase/failure")) != int(suite.get("failures")):
        fail("the counts of JUnit")
    with open(path, "rb") as f:
        whole = f.read()
    for arguments, stdin, status in ((["judge", "--json", "--junit", path], None, 64),
                                     (["judge", "-p", "RANAP-PDU", path], None, 64),
                                     (["decode", "--json", path], None, 64), (["judge", os.devnull], None, 65),
                                     (["judge", "/nowhere"], None, 65), (["judge", "-"], b"0014", 65),
                                     (["judge", "-"], whole, 1), (["judge", "-"], whole[:-7], 65)):
        got = run(*arguments, stdin=stdin).returncode
        if got != status:
            fail("%s: exit status %d, not %d" % (" ".join(arguments), got, status))


before()
edits()
from_the_middle()
forms()
print("%d failures" % failures)
sys.exit(1 if failures else 0)
