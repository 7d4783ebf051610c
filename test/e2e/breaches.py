#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Creates situations in which the procedures once violated a clause of the standards, and records each of them.

usage: breaches.py [--program FILE] [--sctp BACKEND] [--list] DIR [CASE...]

--program is the iuplus-relocate to run (default: that of the build tree). DIR/CASE.pcapng has the messages of all nodes
in the order of their time. The script gives no verdict: test/captures/before/README.md lists the faults in the captures
of the code before the change of procedures.
"""
import argparse
import fnmatch
import os
import re
import socket
import struct
import sys
import threading
import time

from live import Network
from judged import merge
from relocate import Bench, Failed, capture, check

CASES = {}
SGSN, PROXY = "127.0.0.1", "127.0.0.10"
SCTP = 132


# ---- captures ----

def addresses(body):
    """Protocol and addresses of a packet of the IP interface, which is the first of a node's capture."""
    if struct.unpack_from("<I", body)[0] != 0:
        return None
    return body[20 + 9], socket.inet_ntoa(body[20 + 12:20 + 16]), socket.inet_ntoa(body[20 + 16:20 + 20])


class Proxy:
    """Between an RNC and the SGSN: forwards SCTP (in UDP), calls a function that changes the RANAP messages of the RNC,
    and records the forwarded packets as sent from the RNC's address to the SGSN's."""

    def __init__(self, sgsn, rnc, change):
        self.sgsn, self.rnc, self.change = sgsn, rnc, change
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind((PROXY, sgsn[1]))
        self.peer, self.found, self.changed = None, [], 0
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        while True:
            packet, source = self.socket.recvfrom(65536)
            if not packet:
                return
            if source[0] == SGSN:
                self.keep(packet, SGSN, self.rnc)
                self.socket.sendto(packet, self.peer)
                continue
            self.peer = source
            packet = self.pass_on(packet)
            self.keep(packet, self.rnc, SGSN)
            self.socket.sendto(packet, self.sgsn)

    def pass_on(self, packet):
        """The packet with each RANAP message in a whole DT1, or the first part of one, changed in place."""
        out, at = bytearray(packet), 12
        while at + 4 <= len(packet):
            kind, _, size = struct.unpack_from(">BBH", packet, at)
            if kind == 0 and packet[at + 16:at + 20] == b"\x01\x00\x01\x01":		# DATA with M3UA DATA
                for start in range(at + 24, at + size - 8):
                    if packet[start:start + 2] == b"\x02\x10" and packet[start + 16] == 6:	# with DT1
                        begin = start + 16 + 5 + packet[start + 16 + 5] + 1
                        changed = self.change(bytes(packet[begin:at + size]))
                        if changed is not None:
                            out[begin:begin + len(changed)] = changed
                            self.changed += 1
                        break
            at += size + -size % 4
        out[8:12] = bytes(4)
        out[8:12] = struct.pack("<I", capture.crc32c(bytes(out)))
        check(len(out) == len(packet), "a changed message has another length")
        return bytes(out)

    def keep(self, packet, source, target):
        ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(packet), 0, 0x4000, 64, SCTP, 0, socket.inet_aton(source),
                         socket.inet_aton(target))
        total = sum(struct.unpack(">10H", ip))
        while total >> 16:
            total = (total & 0xffff) + (total >> 16)
        ip = ip[:10] + struct.pack(">H", total ^ 0xffff) + ip[12:]
        data, now = ip + packet, time.time_ns()
        body = struct.pack("<IIIII", 0, now >> 32, now & 0xffffffff, len(data), len(data))
        body += data + bytes(-len(data) % 4)
        self.found.append((now, body))

    def close(self):
        self.socket.sendto(b"", (PROXY, self.sgsn[1]))
        self.thread.join(5)
        self.socket.close()


class Recorded(Network):
    """A network whose configuration files are edited before it starts, and whose captures become one."""

    def __init__(self, bench, folder, edits, change, arguments):
        super().__init__(bench, folder, *arguments, status=1 if "--fault" in arguments else 0)
        self.proxy = None
        for node, old, new in edits:
            self.edit(node, old, new)
        if change:
            port = re.search(r"listen [\d.]+:(\d+)", self.configuration("sgsn"))[1]
            self.edit("source-rnc", r"(\[sgsn\]\nname sgsn\n)address .*", r"\g<1>address %s:%s" % (PROXY, port))
            self.proxy = Proxy((SGSN, int(port)), "127.0.0.2", change)

    def configuration(self, node):
        with open("%s/%s.conf" % (self.out, node)) as file:
            return file.read()

    def edit(self, node, old, new):
        text, count = re.subn(old, new, self.configuration(node))
        check(count == 1, "%s.conf: %d times '%s'" % (node, count, old))
        with open("%s/%s.conf" % (self.out, node), "w") as file:
            file.write(text)

    def __exit__(self, kind, *rest):
        """Only the situation matters, not the verdict of the programs."""
        for child in self.children.values():
            child.kill()
        super().__exit__(kind or Failed, *rest)
        if self.proxy:
            self.proxy.close()

    def write(self, path):
        merge(self.captures, path, self.proxy.found if self.proxy else (),
              lambda body: not (addresses(body) or (0,))[0] == SCTP or PROXY not in addresses(body))
        # it can be read again
        check(sum(1 for _ in capture.read(path)) > 10, "%s holds next to nothing" % path)


def breach(name, *edits, change=None, arguments=()):
    def register(function):
        def run(bench, path):
            with bench.dir() as folder:
                with Recorded(bench, folder, edits, change, arguments) as net:
                    function(net)
                    check(not net.proxy or net.proxy.changed, "no message was changed")
                    time.sleep(0.2)		# messages in flight arrive
                net.write(path)
        CASES[name] = run
        return function
    return register


# ---- the situations ----

@breach("n01-uea0-target", ("sgsn", "uea uea2\n", "uea uea2 uea0\n"), ("target-rnc", "uea uea2 uea1 uea0", "uea uea0"))
def uea0_target(net):
    """A ciphered UE is relocated to an RNC that has no ciphering."""
    mark = net.mark()
    net.order("source-rnc", "relocate 2")
    net.wait("ue", "done", "Relocation", mark)
    time.sleep(1)


@breach("n02-no-encryption-chosen", ("sgsn", "uea uea2\n", "uea uea2 uea0\n"),
        ("source-rnc", "uea uea2 uea1 uea0", "uea uea0"))
def no_encryption(net):
    """The RNCs choose "no encryption" from Encryption Information and for a container with a Ciphering Key."""
    net.relocate("source-rnc", "target-rnc", "enhanced")


@breach("n03-one-connection-identifier")
def one_identifier(net):
    """Three relocations of one UE, there and back and there."""
    net.relocate("source-rnc", "target-rnc", "enhanced")
    net.relocate("target-rnc", "source-rnc", "mapped")
    net.relocate("source-rnc", "target-rnc", "enhanced")


@breach("n05-location-of-the-target", ("target-rnc", r"lac 1\nrac 1\nsac 1", r"lac 2\nrac 2\nsac 2"),
        ("source-rnc", r"cell-id 2001\nlac 1\nrac 1", r"cell-id 2001\nlac 2\nrac 2"))
def location(net):
    """The target's cell is in another location area, which the UE does not learn."""
    net.relocate("source-rnc", "target-rnc", "enhanced")


@breach("n07-number-of-a-failed-command", arguments=("--fault", "tamper-smc"))
def failed_command(net):
    """The UE refuses a Security Mode Command; then the RNC sends the UE to another RNC. An RNC that hears nothing of a
    command that does not verify releases the connection instead."""
    mark = net.mark()
    net.order("source-rnc", "relocate 2")
    net.wait("target-rnc", "message", "SecurityModeReject", mark)
    net.wait("source-rnc", "end", "context", mark)
    time.sleep(0.5)
    mark = net.mark()
    net.order("target-rnc", "relocate 1")
    if net.keys("target-rnc"):
        net.wait("ue", "done", "Relocation", mark)


@breach("n08-cancel-after-execution", ("ue", r"(\[cell 102\]\nrnc target-rnc\naddress 127.0.0.3:)\d+", r"\g<1>9"))
def cancel_late(net):
    """The UE was sent to the target, where it is not heard; then the source cancels by order. A source that refuses the
    order cancels when the UE has returned."""
    mark = net.mark()
    net.order("source-rnc", "relocate 2")
    net.wait("source-rnc", "message", "PhysicalChannelReconfiguration", mark)
    time.sleep(1)
    net.order("source-rnc", "cancel")
    net.wait("sgsn", "message", "RelocationCancelAcknowledge", mark)


def faulty_release_complete(ranap):
    """IU RELEASE COMPLETE becomes an initiating message of an unknown procedure with criticality reject."""
    return b"\x00\xff\x00" if ranap[:3] == b"\x20\x01\x00" else None


@breach("n10-answer-while-releasing", change=faulty_release_complete)
def answer_while_releasing(net):
    """The RNC answers IU RELEASE COMMAND with a faulty message."""
    mark = net.mark()
    net.order("source-rnc", "release")
    net.wait("sgsn", "message", "Iu-ReleaseCommand", mark)
    time.sleep(0.3)


def container_at(ranap):
    """Where in RELOCATION REQUIRED the Source to Target Transparent Container IE begins: identifier, criticality."""
    return ranap.find(b"\x00\x3d\x00") if ranap[:3] == b"\x00\x02\x00" else -1


def without_container(ranap):
    """The container's IE becomes one of an unknown identifier and criticality ignore."""
    at = container_at(ranap)
    return None if at < 0 else ranap[:at] + b"\x0f\xff\x40"


def filled(octet):
    """The container's contents become one value; the message is short enough for one DT1."""
    def change(ranap):
        at = container_at(ranap)
        if at < 0:
            return None
        start = at + 5						# identifier, criticality, length of two octets
        size = (ranap[at + 3] & 0x3f) << 8 | ranap[at + 4]
        check(ranap[at + 3] & 0x80 and start + size <= len(ranap), "the container is longer than this segment")
        return ranap[:start] + bytes([octet]) * size
    return change


def refused(net):
    mark = net.mark()
    net.order("source-rnc", "relocate 2")
    net.wait_any([("sgsn", "message", name) for name in ("RelocationPreparationFailure", "RelocationRequest",
                                                        "ErrorIndication")], mark)
    time.sleep(0.3)


for name, change in (("n11-no-container", without_container), ("n12-container-ff", filled(0xff)),
                     ("n12-container-00", filled(0))):
    breach(name, change=change)(refused)


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1].split("\n\n")[0])
    builddir = os.environ.get("top_builddir", os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../build"))
    parser.add_argument("--program", default=os.path.join(builddir, "src/iuplus-relocate"))
    parser.add_argument("--sctp", default="usrsctp")	# the proxy knows SCTP in UDP
    parser.add_argument("--list", action="store_true")
    parser.add_argument("dir", nargs="?")
    parser.add_argument("cases", nargs="*")
    given = parser.parse_args()
    if given.list:
        print("\n".join(CASES))
        return 0
    if not given.dir:
        parser.error("DIR is needed")
    os.makedirs(given.dir, exist_ok=True)
    bench, failed = Bench(os.path.abspath(given.program), given.sctp), 0
    for name, run in CASES.items():
        if given.cases and not any(fnmatch.fnmatch(name, pattern) for pattern in given.cases):
            continue
        try:
            run(bench, os.path.join(given.dir, name + ".pcapng"))
        except Failed as why:
            failed += 1
            print("%s: %s" % (name, why))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
