# SPDX-License-Identifier: BSD-2-Clause
"""Kernel SCTP associations, and the tested programs with their configuration."""
import os
import select
import socket
import struct
import subprocess
import time

IPPROTO_SCTP = 132
SCTP_INITMSG, SCTP_NODELAY, SCTP_RECVRCVINFO = 2, 3, 32
SCTP_SNDINFO, SCTP_RCVINFO = 2, 3
M3UA_PPID, STREAMS = 3, 8
LARGEST = 1 << 17

# Timers that no row is about are long: a slow machine must not see them expire.
PATIENT = """[iu-timers]
tack 600000
tr 600000
trel 600000
treassembly 600000
"""
SGSN = """name sgsn
log-level debug
subscribers subscribers.conf
[network]
mcc 001
mnc 01
[iu]
sctp kernel
listen {tested}:2905
point-code 1
[security]
uia uia2
uea uea2
[timers]
tratr 1
t3360 600000
t3370 600000
[rnc 1]
name r23
point-code 23
[rnc 2]
name r24
point-code 24
""" + PATIENT
STP = """[stp stp]
address {tester}:2905
"""
SUBSCRIBERS = """[subscriber 001010000000001]
k 465b5ce8b199b49faa5f0a2ee238a6bc
opc cd63cb71954a9f4e48a5994e37a02baf
"""
RNC = """name rnc
log-level debug
rnc-id 1
[network]
mcc 001
mnc 01
[cell]
listen {tested}:2906
cell-id 1001
scrambling-code 101
[iu]
sctp kernel
address {tested}:0
point-code 23
[sgsn]
address {tester}:2905
point-code 1
[timers]
tratc 1
""" + PATIENT
UE = """name ue
attach yes
address {tester}:0
[usim]
imsi 001010000000001
k 465b5ce8b199b49faa5f0a2ee238a6bc
opc cd63cb71954a9f4e48a5994e37a02baf
[network]
mcc 001
mnc 01
[cell 101]
rnc rnc
address {tested}:2906
"""


def available():
    """Whether this kernel has SCTP."""
    try:
        socket.socket(socket.AF_INET, socket.SOCK_STREAM, IPPROTO_SCTP).close()
        return True
    except OSError:
        return False


def stream_socket():
    sock = socket.socket(socket.AF_INET, socket.SOCK_STREAM, IPPROTO_SCTP)
    sock.setsockopt(IPPROTO_SCTP, SCTP_INITMSG, struct.pack("=HHHH", STREAMS, STREAMS, 0, 0))
    sock.setsockopt(IPPROTO_SCTP, SCTP_NODELAY, 1)
    sock.setsockopt(IPPROTO_SCTP, SCTP_RECVRCVINFO, 1)
    for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
        sock.setsockopt(socket.SOL_SOCKET, option, 4 * LARGEST)
    return sock


class Association:
    """One SCTP association of the tester's."""

    def __init__(self, sock):
        sock.setsockopt(IPPROTO_SCTP, SCTP_RECVRCVINFO, 1)
        self.sock, self.open, self.parts = sock, True, b""

    def send(self, octets, stream, ppid):
        info = struct.pack("=HHIIi", stream, 0, socket.htonl(ppid), 0, 0)
        try:
            self.sock.sendmsg([octets], [(IPPROTO_SCTP, SCTP_SNDINFO, info)])
        except OSError as error:
            if error.errno not in (32, 103, 104):
                raise
            self.open = False

    def receive(self):
        """The next message as (octets, stream, ppid), or None when the association has ended. Call it when it is readable."""
        while True:
            try:
                octets, control, flags, _ = self.sock.recvmsg(LARGEST, 256)
            except OSError:
                octets, control, flags = b"", [], socket.MSG_EOR
            if not octets:
                self.open = False
                return None
            self.parts += octets
            if flags & socket.MSG_EOR:
                break
        octets, self.parts = self.parts, b""
        for level, kind, value in control:
            if level == IPPROTO_SCTP and kind == SCTP_RCVINFO:
                stream, _, _, ppid = struct.unpack_from("=HHHxxI", value)
                return octets, stream, socket.ntohl(ppid)
        return octets, -1, -1

    def close(self, abort=False):
        self.open = False
        if abort:
            self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


class Bench:
    """The programs of one row, and the addresses and files that only this row uses."""

    def __init__(self, programs, folder, number):
        self.programs, self.folder = programs, folder
        host = "%d.%d" % (number // 250, number % 250 + 1)
        self.tested, self.tester, self.second = "127.1." + host, "127.2." + host, "127.3." + host
        self.children, self.listeners = {}, []
        os.mkdir(folder)

    def write(self, name, text):
        with open(os.path.join(self.folder, name), "w", encoding="utf-8") as file:
            file.write(text.format(tested=self.tested, tester=self.tester, second=self.second))

    def start(self, program, config, settings):
        """Start a program; settings are (section, key, value) beside its configuration, or in place of a line there."""
        text = config
        for section, key, value in settings:
            text = with_setting(text, section, key, value)
        self.write(program + ".conf", text)
        log = os.path.join(self.folder, program + ".log")
        file, environment = self.program(program)
        with open(os.path.join(self.folder, program + ".out"), "wb") as out:
            self.children[program] = subprocess.Popen(
                [file, "--config", os.path.join(self.folder, program + ".conf"), "--control", "--log", log,
                 "--events", self.events(program)], stdin=subprocess.PIPE, stdout=out, stderr=out, env=environment)

    def events(self, program):
        return os.path.join(self.folder, program + ".events")

    def program(self, name):
        """The file of a program, and its environment. What libtool has not installed it wraps in a shell script, which takes
        twenty times as long as the program to start in a user-mode kernel."""
        real = os.path.join(self.programs, ".libs", name)
        if not os.access(real, os.X_OK):
            return os.path.join(self.programs, name), None
        return real, {**os.environ, "LD_LIBRARY_PATH": os.path.join(self.programs, "../.libs")}

    def reported(self, program, words, patience):
        """Wait until a program's events have one of these words; False if they do not come."""
        until = time.monotonic() + patience
        while time.monotonic() < until and not self.ended():
            try:
                with open(self.events(program), encoding="utf-8") as file:
                    text = file.read()
            except OSError:
                text = ""
            if any(word in text for word in words):
                return True
            time.sleep(0.1)
        return False

    def listen(self):
        for address in (self.tester, self.second):
            self.listeners.append(stream_socket())
            self.listeners[-1].bind((address, 2905))
            self.listeners[-1].listen(8)

    def connect(self, patience):
        """An association to the tested node, which may have to start first; None if it does not accept one."""
        until = time.monotonic() + patience
        while time.monotonic() < until:
            sock = stream_socket()
            sock.bind((self.tester, 0))
            try:
                sock.connect((self.tested, 2905))
                return Association(sock)
            except OSError:
                sock.close()
                if self.ended():
                    return None
                time.sleep(0.05)
        return None

    def accept(self, patience):
        """The next association that the tested node opens, or None."""
        until = time.monotonic() + patience
        while time.monotonic() < until and not self.ended():
            for listener in select.select(self.listeners, [], [], 0.2)[0]:
                return Association(listener.accept()[0])
        return None

    def ended(self):
        """What to say of a program that ended by itself, or an empty string."""
        for name, child in self.children.items():
            status = child.poll()
            if status is not None:
                return "%s ended with status %d: %s" % (name, status, self.last_words(name))
        return ""

    def last_words(self, name):
        words = ""
        for suffix in (".out", ".log"):
            try:
                with open(os.path.join(self.folder, name + suffix), encoding="utf-8", errors="replace") as file:
                    words = (file.read().strip().splitlines() or [words])[-1]
            except OSError:
                pass
        return words

    def stop(self):
        """End the programs; what to say if one did not end as it was ordered to, or an empty string."""
        trouble = self.ended()
        for child in self.children.values():
            child.stdin.close()
        for name, child in self.children.items():
            try:
                status = child.wait(20)
            except subprocess.TimeoutExpired:
                child.kill()
                status = child.wait()
            if status and not trouble:
                trouble = "%s ended with status %d when stopped" % (name, status)
        for listener in self.listeners:
            listener.close()
        return trouble


def with_setting(text, section, key, value):
    """A configuration with this setting, or without it if the value is empty. An empty section is what stands before the first
    one."""
    if not value:
        return without_setting(text, section, key)
    lines, result, current, done = text.splitlines(), [], "", False
    for line in lines + ["[]"]:
        if line.startswith("["):
            if current == section and not done:
                result.append("%s %s" % (key, value))
                done = True
            current = line.strip("[]")
        elif current == section and line.split(" ")[0] == key and not done:
            line, done = "%s %s" % (key, value), True
        result.append(line)
    result.pop()
    if not done:
        result += ["[%s]" % section, "%s %s" % (key, value)]
    return "\n".join(result) + "\n"


def without_setting(text, section, key):
    result, current = [], ""
    for line in text.splitlines():
        current = line.strip("[]") if line.startswith("[") else current
        if current != section or line.split(" ")[0] != key:
            result.append(line)
    return "\n".join(result) + "\n"
