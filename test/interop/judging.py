# SPDX-License-Identifier: BSD-2-Clause
"""What iuplus-pdu says of the captures of a row: no rule is broken by us, and a peer breaks only what peers.tsv lists."""
import collections
import glob
import json
import os
import re
import subprocess

import network      # it makes the modules of test/e2e known
import judged

HERE = os.path.dirname(os.path.abspath(__file__))
OURS = "iuplus-sgsn"
CORE = "CN"         # the judge's name of the core network as the node that has to obey a rule
COLUMNS = ["peer", "rule", "clause", "seen", "what"]
SEEN = ("always", "sometimes")
SHOWN = 12          # complaints about one capture


def listed_breaches():
    """{peer: {rule that it breaks: (clause, seen)}} of peers.tsv; a ValueError names a line that is wrong."""
    result = collections.defaultdict(dict)
    with open(os.path.join(HERE, "peers.tsv"), encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    for cells in lines[1:]:
        if lines[0] != COLUMNS or len(cells) != len(COLUMNS) or not all(cells) or cells[3] not in SEEN or \
                cells[0] not in network.DAEMONS:
            raise ValueError("peers.tsv: %s: the columns are %s; a peer is one of %s, seen one of %s" % (
                cells, COLUMNS, sorted(network.DAEMONS), SEEN))
        result[cells[0]][cells[1]] = tuple(cells[2:4])
    return result


class Verdict:
    def __init__(self):
        self.complaints, self.kept, self.by_peers = [], 0, collections.Counter()

    def text(self):
        peers = ", ".join("%s (%d)" % one for one in sorted(self.by_peers.items()))
        return "%d kept, 0 broken by us%s" % (self.kept, "; by the peer: " + peers if peers else "")


def merged(folder):
    """Our nodes' captures in one file."""
    path = os.path.join(folder, "own.pcapng")
    judged.merge(sorted(glob.glob(os.path.join(folder, "*.live.*.pcapng"))), path)
    return path


def run(pdu, *arguments):
    return subprocess.run([pdu, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)


def messages(pdu, capture, keylog, verdict):
    """Names of the RANAP messages; whatever does not decode is a complaint."""
    lines = run(pdu, "check", "--keylog", keylog, capture).stdout.splitlines()
    bad = [line for line in lines if re.match(r"\d+: (?!good )|radio: ", line)]
    verdict.complaints += [os.path.basename(capture) + ": " + line for line in bad[:SHOWN]]
    return [found[1] for found in (re.match(r"\d+: good RANAP-PDU ([\w-]+)", line) for line in lines) if found]


def senders(pdu, capture):
    """{frame: the last part of its sender's and of its receiver's address} of the RANAP messages."""
    found = re.findall(r'^\{"type":"RANAP:[^{]*"frame":(\d+),[^{]*"from":"[\d.]*\.(\d+):\d+","to":"[\d.]*\.(\d+):',
                       run(pdu, "decode", "-o", "json", capture).stdout, re.M)
    return {int(frame): (int(sender), int(receiver)) for frame, sender, receiver in found}


def by_core(breach, sent):
    """Whether the core network is the one that broke the rule. Some rules oblige both ends: then it is who sent the message, before
    or behind the transfer point."""
    sender, receiver = sent.get(breach["frame"], (0, 0))
    core, rnc = network.DAEMONS["osmo-sgsn"][0], network.SOURCE_RNC
    return breach["node"] == CORE or (CORE in breach["node"].split(", ") and (sender == core or receiver == rnc))


def judge(pdu, capture, keylog, core, listed, verdict):
    done = run(pdu, "judge", "--json", "--keylog", keylog, capture)
    if done.returncode not in (0, 1):
        verdict.complaints.append("%s: %s" % (os.path.basename(capture), done.stderr.strip()))
        return
    answer, sent, broken = json.loads(done.stdout), senders(pdu, capture), []
    for breach in answer["broken"]:
        clause = "%s %s" % (breach["spec"], breach["clause"])
        if core != OURS and by_core(breach, sent) and listed[core].get(breach["rule"], "-")[0] == clause:
            verdict.by_peers[breach["rule"]] += 1
        else:
            broken.append("%s frame %d: BROKEN %s (%s) by the %s: %s; right would be: %s" % (
                os.path.basename(capture), breach["frame"], clause, breach["rule"], breach["node"], breach["what"],
                breach["right"]))
    verdict.complaints += broken[:SHOWN] + ["... and %d more" % (len(broken) - SHOWN)] * (len(broken) > SHOWN)
    for count in ("in_the_middle", "not_followed"):
        if answer[count]:
            verdict.complaints.append("%s: %s: %d" % (os.path.basename(capture), count, answer[count]))
    verdict.kept += answer["kept"]


def in_order(names, wanted):
    """A complaint unless the names have the wanted ones in this order, others between them."""
    rest = iter(names)
    for name in wanted:
        if name not in rest:
            return ["no %s in its place: %s" % (name, " ".join(names))]
    return []


def captures(pdu, folder, row, listed):
    """The verdict over what passed the wire, and, where both ends of Iu are ours, over what our nodes recorded: a capture
    without the messages of one end would be judged as if they had not been sent."""
    verdict, keylog = Verdict(), os.path.join(folder, "keys")
    open(keylog, "a", encoding="utf-8").close()       # a row without keys has none
    wire = os.path.join(folder, "wire.pcap")
    names = messages(pdu, wire, keylog, verdict)
    if row.core:
        judge(pdu, wire, keylog, row.core, listed, verdict)
    if row.core == OURS:
        own = merged(folder)
        messages(pdu, own, keylog, verdict)
        judge(pdu, own, keylog, row.core, listed, verdict)
    verdict.complaints += in_order(names, row.messages)
    return verdict
