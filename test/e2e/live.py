#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""End-to-end tests of a running network: SGSN, two RNCs and a phone, which receive one order after the other.

usage: as relocate.py in this directory. The configuration files are those of a run of iuplus-relocate.
"""
import json
import os
import random
import re
import socket
import subprocess
import sys
import threading
import time

from judged import merge
from relocate import Failed, LIMIT, NODES, capture, case, check, main

CASES = {}
PROGRAMS = {"ue": "iuplus-ue", "source-rnc": "iuplus-rnc", "target-rnc": "iuplus-rnc", "sgsn": "iuplus-sgsn"}
IDS = {"source-rnc": 1, "target-rnc": 2}
# while a cancelled relocation is being released at its target, the core rejects another one for that phone
BUSY = ("failure", "relocation refused: interaction-with-other-procedure")


class Network:
    """The four programs with --control; their events in one list, in order of arrival. At the end their captures become one,
    and are judged."""

    def __init__(self, bench, folder, *arguments, status=0):
        self.bench, self.out = bench, folder + "/out"
        bench.relocate("--out", self.out, *arguments, status=status)
        self.events, self.news, self.children, self.captures = [], threading.Condition(), {}, []

    def __enter__(self):
        self.start("sgsn")
        self.wait("sgsn", "state", "listening")
        self.start("source-rnc")
        self.start("target-rnc")
        self.wait("source-rnc", "state", "connected")
        self.wait("target-rnc", "state", "connected")
        self.start("ue")
        self.wait("ue", "done", "Attach")
        self.wait("sgsn", "done", "Attach")
        return self

    def options(self, node):
        """More options of a node's program."""
        return []

    def start(self, node):
        self.captures.append("%s/%s.live.%d.pcapng" % (self.out, node, len(self.captures)))
        child = subprocess.Popen([self.bench.node(PROGRAMS[node]), "--config", "%s/%s.conf" % (self.out, node),
                                  "--control", "--events", "-", "--log", "%s/%s.live.log" % (self.out, node),
                                  "--capture", self.captures[-1], *self.options(node)],
                                 stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        child.reader = threading.Thread(target=self.read, args=(child.stdout,), daemon=True)
        child.reader.start()
        self.children[node] = child

    def read(self, stream):
        for line in stream:
            with self.news:
                self.events.append(json.loads(line))
                self.news.notify_all()

    def mark(self):
        with self.news:
            return len(self.events)

    def order(self, node, text):
        self.children[node].stdin.write(text + "\n")
        self.children[node].stdin.flush()

    def wait(self, node, kind, message, after=0, limit=LIMIT):
        """The first such event from position after on."""
        return self.wait_any([(node, kind, message)], after, limit)

    def wait_any(self, wanted, after=0, limit=LIMIT):
        """The first event from position after on that is one of wanted, (node, kind, message) each."""
        until = time.monotonic() + limit
        with self.news:
            while True:
                for event in self.events[after:]:
                    if (event.get("node"), event["event"], event.get("message")) in wanted:
                        return event
                left = until - time.monotonic()
                if left <= 0 or not self.news.wait(left):
                    last = [e.get("node", "") + ": " + e.get("message", "") for e in self.events[after:]][-6:]
                    raise Failed("none of %s; last were %s" % (wanted, last))

    def keys(self, node):
        with self.news:
            own = [e for e in self.events if e.get("node") == node and
                   (e["event"] == "keys" or (e["event"] == "end" and e.get("message") == "context"))]
        return own[-1] if own and own[-1]["event"] == "keys" else None

    def failures(self, after=0):
        with self.news:
            return ["%s: %s" % (e["node"], e["message"]) for e in self.events[after:] if e["event"] == "failure"]

    def relocate(self, source, target, kind, quiet=True):
        """quiet: no node may report a failure meanwhile. A rejection because the core is still releasing an earlier relocation is
        not a failure: the order is repeated."""
        until = time.monotonic() + LIMIT
        settled = ("sgsn", "done", "RelocationSettled")
        while True:
            mark = self.mark()
            self.order(source, "relocate %d" % IDS[target])
            if self.wait_any([settled, (source, *BUSY)], mark)["event"] == "done":
                break
            check(time.monotonic() < until, "the core keeps rejecting")
            time.sleep(0.1)
        self.wait(source, "end", "context", mark)
        check(not quiet or not self.failures(mark), "failures: %s" % self.failures(mark))
        self.agree(target, kind)
        check(self.keys(source) is None, "%s still has keys" % source)

    def agree(self, rnc, kind, old=None):
        """Both report the same keys of that kind, and no longer the old ones. The reports of the nodes arrive independently."""
        until = time.monotonic() + 5
        while True:
            ue, other = self.keys("ue"), self.keys(rnc)
            same = ue and other and (ue["ik"], ue.get("ck")) == (other["ik"], other.get("ck"))
            # an RNC that found the mapped pair in a container cannot tell it from CK and IK
            same = same and other["kind"] in (ue["kind"], "legacy" if ue["kind"] == "mapped" else None)
            if (same and ue["kind"] == kind and (old is None or ue["ik"] != old["ik"])) or time.monotonic() > until:
                break
            time.sleep(0.02)
        check(same, "UE and %s do not agree: %s %s" % (rnc, ue, other))
        check(ue["kind"] == kind, "kind is %s, not %s" % (ue["kind"], kind))
        check(old is None or ue["ik"] != old["ik"], "an authentication gave no new keys")

    def exchange(self):
        """Both directions under the keys in use."""
        mark = self.mark()
        self.order("sgsn", "reallocate")
        self.wait("sgsn", "done", "PTMSIReallocation", mark)

    def __exit__(self, kind, *_):
        for child in self.children.values():
            try:
                self_input = child.stdin
                self_input.write("quit\n")
                self_input.close()
            except OSError:
                pass
        for node, child in self.children.items():
            try:
                child.wait(10)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            errors = child.stderr.read()
            child.reader.join(5)
            child.stdout.close()
            child.stderr.close()
            if kind is None:
                check(child.returncode == 0 and not errors, "%s ended with %d: %s" % (
                    node, child.returncode, errors[-800:]))
        if kind is None:
            self.judge()

    def judge(self):
        merge(self.captures, self.out + "/live.pcapng")
        self.bench.judge(self.out + "/live.pcapng")


def live(name, *arguments):
    def register(function):
        def run(bench):
            with bench.dir() as folder, Network(bench, folder, *arguments) as net:
                function(net)
        return case(name, CASES)(run)
    return register


@live("there-and-back-again")
def there_and_back(net):
    """From a legacy RNC to an enhanced one and back: the keys follow, and no COUNT is used twice."""
    for _ in range(3):
        net.relocate("source-rnc", "target-rnc", "enhanced")
        net.exchange()
        net.relocate("target-rnc", "source-rnc", "mapped")
        net.exchange()


@live("inside-the-enhanced-network", "--source", "enhanced")
def inside(net):
    net.agree("source-rnc", "enhanced")
    before = set()
    for source, target in (("source-rnc", "target-rnc"), ("target-rnc", "source-rnc")) * 2:
        net.relocate(source, target, "enhanced")
        net.exchange()
        prints = net.keys("ue")["ik"]
        before.add(prints)
    check(len(before) >= 2, "the enhanced keys never changed")


@live("legacy-phone-there-and-back", "--ue", "legacy", "--source", "enhanced")
def legacy_phone(net):
    for source, target in (("source-rnc", "target-rnc"), ("target-rnc", "source-rnc")) * 2:
        net.relocate(source, target, "legacy")
        net.exchange()


@live("orders", "--source", "enhanced")
def orders(net):
    first = net.keys("ue")
    mark = net.mark()
    net.order("sgsn", "authenticate 001010000000001")
    net.wait("sgsn", "done", "SecurityModeControl", mark)
    net.agree("source-rnc", "enhanced", first)
    net.exchange()
    mark = net.mark()
    net.order("ue", "detach")
    net.wait("ue", "done", "Detach", mark)
    net.wait("source-rnc", "end", "context", mark)
    net.wait("ue", "end", "context", mark)
    mark = net.mark()
    net.order("ue", "attach")
    net.wait("ue", "done", "Attach", mark)
    net.wait("sgsn", "done", "Attach", mark)
    net.agree("source-rnc", "enhanced")
    net.relocate("source-rnc", "target-rnc", "enhanced")
    mark = net.mark()
    net.order("sgsn", "detach")
    net.wait("sgsn", "done", "Detach", mark)
    net.wait("target-rnc", "end", "context", mark)
    # unknown orders do no harm
    for node in NODES:
        net.order(node, "dance")
        net.order(node, "")
        net.order(node, "x" * 1000)
    net.order("source-rnc", "relocate 77")
    net.order("source-rnc", "relocate")


@live("cancelled-at-once")
def cancelled(net):
    """A cancellation that crosses the preparation: one of the two RNCs serves the phone, which can be relocated."""
    for _ in range(5):
        mark = net.mark()
        net.order("source-rnc", "relocate 2\ncancel")
        outcome = net.wait_any([("source-rnc", "done", "RelocationCancel"), ("sgsn", "done", "RelocationSettled"),
                                ("source-rnc", *BUSY)], mark)
        if outcome["message"] == "RelocationSettled":
            net.relocate("target-rnc", "source-rnc", "legacy")
            continue
        net.exchange()
        net.agree("source-rnc", "legacy")
    net.relocate("source-rnc", "target-rnc", "enhanced")


class Letter(Network):
    """A core that writes CK and IK into the container of a legacy target, as the method's text says."""

    def __init__(self, bench, folder):
        super().__init__(bench, folder, "--source", "enhanced", "--target", "legacy")
        with open(self.out + "/sgsn.conf") as file:
            text = file.read()
        check("legacy-target-keys mapped" in text, "sgsn.conf: no legacy-target-keys")
        with open(self.out + "/sgsn.conf", "w") as file:
            file.write(text.replace("legacy-target-keys mapped", "legacy-target-keys ck-ik"))

    def judge(self):
        """TS 25.413 9.2.1.28 leaves the container transparent: this breach, and no other."""
        merge(self.captures, self.out + "/live.pcapng")
        self.bench.judge(self.out + "/live.pcapng", breaks=["R-9.2.1.28-04"])


@live("terminated-rnc-releases-in-order")
def terminated(net):
    """SIGTERM at an RNC: Iu Release Request, Iu Release Command, RRC Connection Release, and it ends; no phone is left behind."""
    mark = net.mark()
    net.children["source-rnc"].terminate()
    net.wait("source-rnc", "message", "Iu-ReleaseRequest", mark)
    net.wait("sgsn", "message", "Iu-ReleaseCommand", mark)
    net.wait("source-rnc", "message", "RRCConnectionRelease", mark)
    net.wait("ue", "end", "context", mark)
    net.wait("sgsn", "end", "context", mark)
    check(net.children["source-rnc"].wait(LIMIT) == 0, "the RNC failed")
    with open(net.out + "/source-rnc.live.log") as file:
        check(" is lost" not in file.read(), "the RNC lost something")


@case("the-letter-of-the-legacy-keys", CASES)
def letter(bench):
    with bench.dir() as folder, Letter(bench, folder) as net:
        net.relocate("source-rnc", "target-rnc", "legacy")
        net.exchange()


def datagrams_of(path):
    """The radio's datagrams in a capture."""
    return [octets for kind, _, _, octets in capture.read(path) if kind == "udp"]


def mutate(rng, octets):
    octets = bytearray(octets)
    for _ in range(rng.randrange(1, 4)):
        what = rng.randrange(4)
        if what == 0 and octets:
            octets[rng.randrange(len(octets))] ^= 1 << rng.randrange(8)
        elif what == 1 and octets:
            del octets[rng.randrange(len(octets)):]
        elif what == 2:
            octets += bytes(rng.randrange(256) for _ in range(rng.randrange(40)))
        elif octets:
            octets[rng.randrange(len(octets))] = rng.randrange(256)
    return bytes(octets)


@live("garbage-on-every-port", "--source", "enhanced")
def garbage(net):
    """Random octets and modified copies of real datagrams, sent to the radios and to SCTP while the network works."""
    seed = int(os.environ.get("IUPLUS_SEED", time.time_ns()))
    rng = random.Random(seed)
    ports = []
    for name in ("sgsn", "source-rnc", "target-rnc"):
        with open("%s/%s.conf" % (net.out, name)) as file:
            host, port = re.search(r"listen ([\d.]+):(\d+)", file.read()).groups()
            ports.append((host, int(port)))
    real = datagrams_of(net.out + "/iuplus.pcapng")
    check(len(real) > 20, "no datagrams in the captures")
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        for source, target in (("source-rnc", "target-rnc"), ("target-rnc", "source-rnc")):
            for i in range(4000):
                octets = bytes(rng.randrange(256) for _ in range(rng.randrange(60))) if i % 4 == 0 else \
                    mutate(rng, rng.choice(real))
                sender.sendto(octets, ports[i % 3])
                if i % 64 == 0:
                    time.sleep(0.002)
            net.exchange()
            # datagrams still in the sockets' queues may be rejected while the phone moves
            net.relocate(source, target, "enhanced", quiet=False)
    except Failed as why:
        raise Failed("%s (repeat with IUPLUS_SEED=%d)" % (why, seed))
    finally:
        sender.close()


@live("more-phones-than-room", "--source", "enhanced")
def flood(net):
    """First messages of 6000 phones that do not exist: the RNC accepts as many as it has room for, and works after they are gone."""
    with open("%s/target-rnc.conf" % net.out) as file:
        text = file.read()
    host, port = re.search(r"listen ([\d.]+):(\d+)", text).groups()
    first = next(d for d in datagrams_of(net.out + "/ue.pcapng") if d[1] & 0x7f == 0)
    cell = int(re.search(r"scrambling-code (\d+)", text).group(1))
    sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        for i in range(6000):
            sender.sendto(first[:2] + cell.to_bytes(2, "big") + (0x70000000 + i).to_bytes(4, "big") + first[8:], (host, int(port)))
            if i % 32 == 0:
                time.sleep(0.002)
    finally:
        sender.close()
    time.sleep(4)  # T_setup, after which they are released
    net.exchange()
    net.relocate("source-rnc", "target-rnc", "enhanced", quiet=False)


@live("a-second-sgsn-life")
def second_life(net):
    """The SGSN dies and restarts: the RNCs connect to it again, and the phone attaches again."""
    mark = net.mark()
    net.children["sgsn"].kill()
    net.children["sgsn"].wait()
    for node in ("source-rnc", "target-rnc"):
        net.wait(node, "end", "association", mark, 30)
    net.wait("ue", "end", "context", mark)
    old = net.children.pop("sgsn")
    old.stdin.close()
    old.reader.join(5)
    old.stdout.close()
    old.stderr.close()
    mark = net.mark()
    net.start("sgsn")
    net.wait("sgsn", "state", "listening", mark)
    for node in ("source-rnc", "target-rnc"):
        net.wait(node, "state", "connected", mark)
    # the phone still considers itself attached; the network no longer knows it
    mark = net.mark()
    net.order("ue", "detach off")
    net.wait("ue", "end", "context", mark)
    mark = net.mark()
    net.order("ue", "attach")
    net.wait("sgsn", "done", "Attach", mark)
    net.wait("ue", "done", "Attach", mark)
    net.relocate("source-rnc", "target-rnc", "enhanced")


if __name__ == "__main__":
    sys.exit(main(CASES))
