#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""End-to-end tests of iuplus-relocate and the programs that it starts.

usage: relocate.py [--program FILE] [--sctp BACKEND] [--jobs N] [--list] [CASE...]

Each CASE is a name or a shell pattern; without one every case runs. --program is iuplus-relocate (default: the one in the
build tree's src/, from $top_builddir). --sctp runs every case over that backend (default: auto). --jobs is the number of
concurrent cases (default: 4; most of them wait for timers). Prints only a line per failed case and a summary; exit status 0
if all passed, 77 if the backend is not available.
"""
import argparse
import concurrent.futures
import fnmatch
import hashlib
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

from judged import capture, judged

KINDS = ("legacy", "enhanced")
NODES = ("ue", "source-rnc", "target-rnc", "sgsn")
# the limit of a run, and the additional time for a slow machine
LIMIT = int(os.environ.get("IUPLUS_E2E_LIMIT", "60"))
CASES = {}


def case(name, cases=CASES):
    def register(function):
        cases[name] = function
        return function
    return register


class Failed(Exception):
    pass


def check(condition, text):
    if not condition:
        raise Failed(text)


class Bench:
    """The location of the programs, and the way a case runs them."""

    def __init__(self, program, sctp):
        self.program, self.sctp = program, sctp

    def dir(self):
        return tempfile.TemporaryDirectory(prefix="iuplus-e2e-")

    def node(self, name):
        return os.path.join(os.path.dirname(self.program), name)

    def run(self, *arguments, program=None, status=None, stdin=subprocess.DEVNULL, env=None):
        done = subprocess.run([program or self.program, *arguments], stdin=stdin, capture_output=True, text=True,
                              timeout=LIMIT + 30, env=env)
        if status is not None:
            check(done.returncode == status, "%s ended with %d, not %d: %s%s" % (
                " ".join(arguments), done.returncode, status, done.stdout[-800:], done.stderr[-400:]))
        return done

    def judge(self, path, keylog=None, breaks=()):
        """Nothing is broken in the capture but the rules of breaks."""
        why = judged(self.node("iuplus-pdu"), path, keylog, breaks)
        check(not why, "%s: %s" % (os.path.basename(path), why))

    def relocate(self, *arguments, status=0, breaks=()):
        """Runs with --json and returns the object, after checking that it has the documented format. The capture of the run is
        judged; breaks: the rules that are broken by intent."""
        if "--out" not in arguments:
            with self.dir() as folder:
                return self.relocate(*arguments, "--out", folder + "/out", status=status, breaks=breaks)
        done = self.run("--json", "--sctp", self.sctp, "--timeout", str(LIMIT), *arguments)
        try:
            result = json.loads(done.stdout)
        except ValueError:
            raise Failed("stdout is not one JSON object: %r %r" % (done.stdout[:300], done.stderr[:300]))
        shape(result)
        check(done.returncode == status, "ended with %d, not %d: %s" % (
            done.returncode, status, result.get("reason", "pass")))
        check(done.stderr == "", "stderr: %s" % done.stderr[:600])
        check((result["verdict"] == "pass") == (status == 0), "verdict and exit status differ")
        given = dict(zip(arguments, arguments[1:]))
        self.judge(given["--out"] + "/iuplus.pcapng", given.get("--keylog"), breaks)
        return result


def shape(result):
    names = {"verdict", "figure", "fig7", "required", "ue", "source", "target", "steps", "keys"}
    if result["verdict"] == "fail":
        names.add("reason")
    check(set(result) == names, "members are %s" % sorted(result))
    check(result["figure"] == 9 and result["verdict"] in ("pass", "fail"), "figure or verdict")
    before = 0
    for step in result["steps"]:
        check(set(step) == {"t", "step", "from", "to", "message", "protected_by"}, "a step is %s" % step)
        check(step["from"] in NODES and step["to"] in NODES, "nodes of a step: %s" % step)
        check(step["protected_by"] in ("none", "mapped", *KINDS), "protection of a step: %s" % step)
        check(step["t"] >= before, "times go backwards")
        before = step["t"]
    for key in result["keys"]:
        check(set(key) == {"node", "domain", "kind", "integrity", "encryption", "ik", "ck"}, "a key is %s" % key)
        check(key["node"] in NODES and key["domain"] == "ps" and key["kind"] in ("mapped", *KINDS), "a key is %s" % key)
        check(re.fullmatch("[0-9a-f]{8}", key["ik"]) and
              re.fullmatch("[0-9a-f]{8}" if key["encryption"] != "uea0" else "", key["ck"]), "fingerprints: %s" % key)


def key_of(result, node):
    found = [key for key in result["keys"] if key["node"] == node]
    return found[0] if found else None


def steps_of(result):
    return [step["step"] for step in result["steps"] if step["step"]]


def agree(result, kind, rnc="target-rnc"):
    ue, other = key_of(result, "ue"), key_of(result, rnc)
    check(ue and other, "keys at the end: %s" % result["keys"])
    check((ue["ik"], ue["ck"]) == (other["ik"], other["ck"]), "UE and %s differ" % rnc)
    # a legacy RNC cannot tell mapped keys from CK and IK
    check(ue["kind"] == kind and other["kind"] == ("legacy" if kind == "mapped" else kind),
          "kinds are %s and %s, not %s" % (ue["kind"], other["kind"], kind))


# ---- the eight combinations, and their captures ----

def no_secrets(folder, keylog):
    """No key of the run occurs in any output that may be shown."""
    with open(keylog) as file:
        keys = set(re.findall(r"(?:ik|ck|k_rnc|k_rnc_star)=([0-9a-f]{32,64})", file.read()))
    keys |= {"465b5ce8b199b49faa5f0a2ee238a6bc", "cd63cb71954a9f4e48a5994e37a02baf"}
    check(len(keys) >= 4, "the key log has no keys")
    for name in os.listdir(folder):
        if name.endswith((".log", ".events", ".txt", ".mmd", ".msc", ".svg", ".json")):
            with open(os.path.join(folder, name)) as file:
                text = file.read().lower()
            for key in keys:
                check(key not in text and key[:16] not in text, "%s shows a key" % name)


def read_by_tshark(folder, result):
    """Wireshark's dissectors decode every packet, and name every message of the ladder."""
    if not shutil.which("tshark") or os.environ.get("IUPLUS_E2E_TSHARK") == "no":
        return
    capture = os.path.join(folder, "iuplus.pcapng")
    bad = subprocess.run(["tshark", "-r", capture, "-Y", "_ws.malformed || _ws.expert.severity == \"Error\""],
                         capture_output=True, text=True)
    check(bad.returncode == 0, "tshark: %s" % bad.stderr[-300:])
    check(not bad.stdout.strip(), "tshark finds malformed packets: %s" % bad.stdout[:600])
    columns = subprocess.run(["tshark", "-r", capture, "-T", "fields", "-e", "_ws.col.Protocol", "-e", "_ws.col.Info"],
                             capture_output=True, text=True).stdout
    check("RANAP" in columns and "RRC" in columns, "tshark names neither RANAP nor RRC")
    seen = columns.replace("-", "").replace(" ", "").lower()
    for step in result["steps"]:
        name = step["message"]
        if step["from"] != step["to"] and re.fullmatch("[A-Za-z-]+", name):
            check(name.replace("-", "").lower() in seen, "tshark does not show %s" % name)


def files_of(folder):
    names = set(os.listdir(folder))
    wanted = {"iuplus.pcapng", "ladder.txt", "ladder.mmd", "ladder.msc", "ladder.svg", "result.json", "subscribers.conf", "subscribers.conf.sqn"}
    wanted |= {node + suffix for node in NODES for suffix in (".conf", ".log", ".pcapng", ".events")}
    check(names == wanted, "files differ: %s" % sorted(names ^ wanted))
    for name in names:
        mode = os.stat(os.path.join(folder, name)).st_mode & 0o777
        if name.endswith(".conf"):
            check(mode == 0o600, "%s has mode %o" % (name, mode))
        check(os.path.getsize(os.path.join(folder, name)) > 0, "%s is empty" % name)


def combination(ue, source, target):
    def run(bench):
        with bench.dir() as folder:
            out, keylog = os.path.join(folder, "out"), os.path.join(folder, "keys")
            result = bench.relocate("--ue", ue, "--source", source, "--target", target, "--out", out,
                                    "--keylog", keylog)
            check((result["ue"], result["source"], result["target"]) == (ue, source, target), "kinds")
            kind = "legacy" if ue == "legacy" else "enhanced" if target == "enhanced" else \
                "mapped" if source == "enhanced" else "legacy"
            agree(result, kind)
            check(key_of(result, "sgsn")["kind"] == kind, "the SGSN's keys")
            check(key_of(result, "source-rnc") is None, "the source still has keys")
            steps = steps_of(result)
            for step in "900 901 902 903 904 905 906 907 908 909 910".split():
                check(step in steps, "step %s is missing" % step)
            command = kind == "enhanced" and source == "legacy"
            for step in "912 913 914 915 916 918 919".split():
                check((step in steps) == command, "step %s" % step)
            files_of(out)
            check(os.stat(keylog).st_mode & 0o777 == 0o600, "mode of the key log")
            with open(os.path.join(out, "result.json")) as file:
                check(json.load(file) == result, "result.json differs from the printed result")
            no_secrets(out, keylog)
            read_by_tshark(out, result)
    return run


for _ue in KINDS:
    for _source in KINDS:
        for _target in KINDS:
            CASES["combination-%s-%s-%s" % (_ue, _source, _target)] = combination(_ue, _source, _target)


def algorithms(integrity, encryption):
    def run(bench):
        for target in KINDS:
            result = bench.relocate("--integrity", integrity, "--encryption", encryption, "--target", target)
            agree(result, target)
            for key in result["keys"]:
                check((key["integrity"], key["encryption"]) == (integrity, encryption), "algorithms: %s" % key)
    return run


for _integrity in ("uia1", "uia2"):
    for _encryption in ("uea0", "uea1", "uea2"):
        CASES["algorithms-%s-%s" % (_integrity, _encryption)] = algorithms(_integrity, _encryption)


# ---- AKA ----

def messages_of(result, name):
    return [step for step in result["steps"] if step["message"] == name]


@case("aka-always")
def aka_always(bench):
    with bench.dir() as folder:
        result = bench.relocate("--aka", "always", "--out", folder + "/out")
        agree(result, "enhanced")
        steps = steps_of(result)
        check("911" in steps and steps.index("910") < steps.index("911") < steps.index("913"), "order of 911")
        with open(folder + "/out/ladder.txt") as file:
            ladder = file.read()
        check(ladder.count("AuthenticationAndCipheringRequest") >= 4, "two authentications over Iu and Uu")


def authenticates(result):
    return any(step["step"] == "911" and step["from"] != step["to"] for step in result["steps"])


@case("aka-never-and-auto")
def aka_never_and_auto(bench):
    """A legacy source knows CK and IK: auto authenticates before the enhanced keys, never does not."""
    for when in ("never", "auto"):
        result = bench.relocate("--aka", when)
        agree(result, "enhanced")
        check(authenticates(result) == (when == "auto"), "AKA with %s" % when)


@case("resynchronisation")
def resynchronisation(bench):
    with bench.dir() as folder:
        result = bench.relocate("--usim-sqn", "100000", "--out", folder + "/out")
        agree(result, "enhanced")
        with open(folder + "/out/ladder.txt") as file:
            check("AuthenticationAndCipheringFailure" in file.read(), "no synchronisation failure")


@case("subscriber-table")
def subscriber_table(bench):
    with bench.dir() as folder:
        path = folder + "/subscribers"
        with open(path, "w") as file:
            file.write("[subscriber 001010000000001]\nk %s\nopc %s\n[subscriber 00101222]\nk %s\nopc %s\nsqn 640\n" % (
                "00" * 16, "11" * 16, "a5" * 16, "5a" * 16))
        agree(bench.relocate("--subscribers", path), "enhanced")
        agree(bench.relocate("--subscribers", path, "--imsi", "00101222"), "enhanced")
        bench.run("--subscribers", path, "--imsi", "00101223", status=78)
        agree(bench.relocate("--imsi", "00101999", "--k", "0f" * 16, "--opc", "F0" * 16, "--sqn", "96"), "enhanced")


# ---- faults ----

@case("fault-wrong-k")
def wrong_k(bench):
    result = bench.relocate("--fault", "wrong-k", status=1)
    check("authentication" in result["reason"].lower() or "attach" in result["reason"].lower(), result["reason"])
    check(result["keys"] == [], "keys without an authentication: %s" % result["keys"])
    check("901" not in steps_of(result), "a relocation without an attach")


@case("fault-tampered-security-mode-command")
def tampered(bench):
    result = bench.relocate("--fault", "tamper-smc", status=1)
    # the phone answers nothing to a command that does not verify (TS 25.331 8.5.10.1)
    check(not messages_of(result, "SecurityModeFailure"), "an answer to an unverified command")
    check(messages_of(result, "SecurityModeReject"), "no Security Mode Reject to the core")
    check("918" not in steps_of(result), "step 918 happened")
    # nobody knows which keys the phone uses
    check(messages_of(result, "Iu-ReleaseRequest"), "the connection was not released")


@case("fault-explains-the-refused-mac")
def refused_mac(bench):
    """One line for people, one event, the key log's keys: why the phone discarded the Security Mode Command."""
    for algorithm in ("uia1", "uia2"):
        with bench.dir() as folder:
            out, keylog = folder + "/out", folder + "/keys"
            result = bench.relocate("--fault", "tamper-smc", "--integrity", algorithm, "--out", out, "--keylog", keylog, status=1,
                                    breaks=["RRC-8.5.10.3-01"])
            with open(out + "/ue.log") as file:
                lines = [line for line in file.read().splitlines() if "MAC-I" in line]
            found = re.fullmatch(r"\S+ notice ue: (SecurityModeCommand discarded: (MAC-I ([0-9a-f]{8}), expected ([0-9a-f]{8}) "
                                 r"\(U(IA\d), IK_U ([0-9a-f]{8}), RB2 downlink, COUNT-I ([0-9a-f]{8}), FRESH ([0-9a-f]{8})\)))", lines[0] if len(lines) == 1 else "")
            check(found, "the phone's log: %s" % lines)
            text, line, received, expected, uia, key, count, fresh = found.groups()
            check(text in result["reason"], "reason: %s" % result["reason"])
            check("u" + uia.lower() == algorithm and bin(int(received, 16) ^ int(expected, 16)).count("1") == 1, line)
            with open(out + "/ladder.txt") as file:
                check(text in file.read(), "the ladder lacks the line")
            with open(out + "/ue.events") as file:
                events = [e for e in map(json.loads, file) if e["event"] == "mac"]
            check(len(events) == 1, "events of a refused MAC-I: %s" % events)
            del events[0]["t"]
            check(events[0] == {"event": "mac", "node": "ue", "message": text, "rb": 2, "direction": "downlink",
                                "uia": int(algorithm[3]), "kind": "enhanced", "ik": key, "count": count, "fresh": fresh,
                                "received": received, "expected": expected}, "event: %s" % events[0])
            # the key is in the key log, so that the capture explains it in the same words
            with open(keylog) as file:
                keys = [dict(w.split("=", 1) for w in entry.split()) for entry in file if " kind=enhanced " in entry]
            check(len(keys) == 1 and keys[0]["node"] == "ue" and keys[0]["integrity"] == "0" and
                  hashlib.sha256(bytes.fromhex(keys[0]["ik"])).hexdigest()[:8] == key, "key log: %s" % keys)
            done = bench.run("check", "--keylog", keylog, out + "/iuplus.pcapng", program=bench.node("iuplus-pdu"), status=1)
            failed = [entry for entry in done.stdout.splitlines() if "FAILED" in entry]
            check(len(failed) == 2 and all(entry.endswith("integrity: " + line) for entry in failed), "iuplus-pdu: %s" % failed)
            # neither log nor events have the key itself
            for name in ("ue.log", "ue.events", "ladder.txt", "result.json"):
                with open(out + "/" + name) as file:
                    check(keys[0]["ik"] not in file.read(), "a key in %s" % name)


def kill(fault, outcome):
    def run(bench):
        begin = time.monotonic()
        result = bench.relocate("--fault", fault, status=1)
        check("killed" in result["reason"].lower() or "signal 9" in result["reason"], result["reason"])
        check(time.monotonic() - begin < LIMIT, "it took too long")
        outcome(result)
    return run


def source_keeps(result):
    agree(result, "legacy", "source-rnc")
    check("still serves" in result["reason"], result["reason"])


def nobody_hangs(result):
    check(result["keys"] == [], "every connection should have ended: %s" % result["keys"])


CASES["fault-kill-target-904"] = kill("kill-target", source_keeps)
CASES["fault-kill-target-903"] = kill("kill-target@903", source_keeps)
CASES["fault-kill-target-909"] = kill("kill-target@909", lambda result: None)
CASES["fault-kill-sgsn-905"] = kill("kill-sgsn", nobody_hangs)
CASES["fault-kill-sgsn-902"] = kill("kill-sgsn@902", nobody_hangs)
CASES["fault-kill-sgsn-913"] = kill("kill-sgsn@913", nobody_hangs)


# ---- processes ----

def children(pid):
    """The running nodes that a process started. A run takes only some ten milliseconds, so /proc is read directly. Other children
    are those of the shell script in which libtool wraps a program."""
    found = set()
    for name in os.listdir("/proc"):
        try:
            with open("/proc/%d/stat" % int(name)) as file:
                called, rest = file.read().split("(", 1)[1].rsplit(")", 1)
                state, parent = rest.split()[:2]
        except (OSError, ValueError):
            continue
        if int(parent) == pid and state != "Z" and re.match("(lt-)?iuplus-(ue|rnc|sgsn)", called):
            found.add(int(name))
    return found


def alive(pids):
    living = []
    for pid in pids:
        try:
            with open("/proc/%d/stat" % pid) as file:
                if file.read().rsplit(")", 1)[1].split()[0] != "Z":
                    living.append(pid)
        except OSError:
            pass
    return living


def ended_by(number):
    def run(bench):
        with bench.dir() as folder:
            # a run may end before the check: then start another one
            pids, tries = set(), 0
            while not pids and tries < 50:
                tries += 1
                tool = subprocess.Popen([bench.program, "--json", "--sctp", bench.sctp, "--out", folder + "/out"],
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
                while len(pids) < 3 and tool.poll() is None:
                    pids |= children(tool.pid)
                if not pids:
                    tool.communicate()
            tool.send_signal(number)
            try:
                stdout, _ = tool.communicate(timeout=15)
            except subprocess.TimeoutExpired:
                tool.kill()
                raise Failed("it does not end")
            check(pids, "no children were seen")
            if number != signal.SIGKILL:
                check(tool.returncode in (0, 130), "ended with %d" % tool.returncode)
                shape(json.loads(stdout))
            until = time.monotonic() + 5
            while alive(pids) and time.monotonic() < until:
                time.sleep(0.02)
            check(not alive(pids), "children are left: %s" % alive(pids))
    return run


CASES["interrupt"] = ended_by(signal.SIGINT)
CASES["terminate"] = ended_by(signal.SIGTERM)
CASES["killed-tool-leaves-nothing"] = ended_by(signal.SIGKILL)


@case("runs-side-by-side")
def side_by_side(bench):
    runs = [subprocess.Popen([bench.program, "--json", "--sctp", bench.sctp, "--timeout", str(LIMIT)],
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    for run in runs:
        stdout, stderr = run.communicate(timeout=LIMIT + 30)
        check(run.returncode == 0, "a run beside others failed: %s %s" % (stdout[:200], stderr[:200]))


@case("closed-streams")
def closed_streams(bench):
    """Without standard input, and with the output closed."""
    done = subprocess.run(["sh", "-c", '"$0" --quiet --sctp %s <&- >/dev/null 2>&-' % bench.sctp, bench.program])
    check(done.returncode == 0, "without streams it ended with %d" % done.returncode)


# ---- output for people ----

@case("ladder-in-the-terminal")
def ladder(bench):
    with bench.dir() as folder:
        done = bench.run("--sctp", bench.sctp, "--out", folder + "/out", status=0)
        check("\033" not in done.stdout, "colours although it is no terminal")
        check("PASS" in done.stdout and "RelocationRequired" in done.stdout, "ladder or verdict")
        check(re.search(r"SCTP by (kernel|usrsctp)", done.stdout), "the backend is not named")
        with open(folder + "/out/ladder.txt") as file:
            for line in file.read().splitlines():
                check(line in done.stdout, "the live ladder lacks: %s" % line)
        # again with the same folder: the files are replaced
        bench.run("--sctp", bench.sctp, "--out", folder + "/out", "--quiet", status=0)
        files_of(folder + "/out")


@case("gsmtap")
def gsmtap(bench):
    """The GSMTAP copy: every RRC message of the capture, each once."""
    channels = {0: "rrc.dl.dcch", 1: "rrc.ul.dcch", 2: "rrc.dl.ccch", 3: "rrc.ul.ccch"}
    with bench.dir() as folder, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as watcher:
        watcher.bind(("127.0.0.1", 0))
        watcher.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 20)
        watcher.setblocking(False)
        out = folder + "/out"
        bench.relocate("--out", out, "--gsmtap", "127.0.0.1:%d" % watcher.getsockname()[1])
        seen = []
        while True:
            try:
                datagram = watcher.recv(65536)
            except BlockingIOError:
                break
            check(datagram[:3] == bytes((2, 4, 12)), "GSMTAP header: %s" % datagram[:16].hex())
            uplink = datagram[4] & 0x40 != 0
            check(uplink == (datagram[12] in (1, 3)), "direction: %s" % datagram[:16].hex())
            seen.append((channels[datagram[12]], datagram[16:]))
        captured = [(name, octets) for kind, _, name, octets in capture.read(out + "/iuplus.pcapng") if kind == "rrc"]
        check(len(captured) >= 15, "only %d RRC messages captured" % len(captured))
        check(sorted(seen) == sorted(captured), "mirror and capture differ: %d and %d messages" % (
            len(seen), len(captured)))


# ---- options and configuration ----

@case("options")
def options(bench):
    for arguments in (["--nonsense"], ["--ue"], ["--ue", "modern"], ["--aka", "x"], ["--integrity", "uia0"],
                      ["--encryption", "uea3"], ["--sctp", "tcp"], ["extra"], ["--k", "00"], ["--k", "zz" * 16],
                      ["--k", "00" * 16], ["--imsi", "1234567"], ["--imsi", "12345x"], ["--timeout", "0"],
                      ["--timeout", "soon"], ["--sqn", "281474976710656"], ["--fault", "earthquake"],
                      ["--fault", "wrong-k@905"], ["--fault", "kill-sgsn@9"], ["--log-level", "loud"],
                      ["--gsmtap", "localhost"], ["--gsmtap", "127.0.0.1:0x"], ["--gsmtap", "1" * 200],
                      ["--subscribers", "/x", "--k", "00" * 16]):
        done = bench.run(*arguments, status=64)
        check(done.stdout == "" and "Try 'iuplus-relocate --help'" in done.stderr, "%s: %s" % (arguments, done.stderr))
        if arguments[0] == "--k" and len(arguments[1]) > 2:
            check(arguments[1] not in done.stderr, "a key is repeated: %s" % done.stderr)
    check("usage:" in bench.run("--help", status=0).stdout, "--help")
    check(bench.run("--version", status=0).stdout.startswith("iuplus-relocate (iuplus) "), "--version")
    bench.run("--subscribers", "/nonexistent", status=66)
    bench.run("--out", "/nonexistent/a/b", status=73)
    bench.run("--out", "/dev/null", status=73)
    bench.run("--keylog", "/nonexistent/keys", status=73)
    with bench.dir() as folder:
        path = folder + "/table"
        with open(path, "w") as file:
            file.write("[subscriber 001010000000001]\nk 1234\n")
        done = bench.run("--subscribers", path, status=78)
        check("%s:2: 'k' is wrong; it takes 32 hex digits" % path in done.stderr, done.stderr)


@case("configuration")
def configuration(bench):
    """A node's messages about its configuration, and the effective configuration that it prints."""
    with bench.dir() as folder:
        out = folder + "/out"
        bench.relocate("--out", out)
        for name in ("sgsn", "rnc", "ue"):
            program = bench.node("iuplus-" + name)
            path = "%s/%s.conf" % (out, "target-rnc" if name == "rnc" else name)
            done = bench.run("--config", path, "--print-config", program=program, status=0)
            with open(path) as file:
                wanted = re.sub(r"(?m)^(k|opc) [0-9a-f]{32}$", r"# \1 is hidden", file.read())
                check(wanted == done.stdout, "%s prints another configuration than it read" % name)
            for arguments, status in ((["--help"], 0), (["--version"], 0), ([], 64), (["--config"], 64),
                                      (["--config", path, "x"], 64), (["--bad"], 64),
                                      (["--config", path, "--log-level", "x"], 64),
                                      (["--config", "/nonexistent"], 66), (["--config", path, "--log", "/x/y"], 73),
                                      (["--config", path, "--events", "/x/y"], 73),
                                      (["--config", path, "--capture", "/x/y"], 73)):
                bench.run(*arguments, program=program, status=status)
            with open(folder + "/bad.conf", "w") as file:
                file.write("name x\ncolour red\n")
            done = bench.run("--config", folder + "/bad.conf", program=program, status=78)
            check("bad.conf:2: the first part has no key 'colour'; it has name, " in done.stderr, done.stderr)
        os.rename(out + "/subscribers.conf", out + "/other")
        bench.run("--config", out + "/sgsn.conf", program=bench.node("iuplus-sgsn"), status=66)


@case("port-taken")
def port_taken(bench):
    import socket
    with bench.dir() as folder:
        out = folder + "/out"
        bench.relocate("--out", out)
        with open(out + "/source-rnc.conf") as file:
            host, port = re.search(r"listen ([\d.]+):(\d+)", file.read()).groups()
        taken = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        taken.bind((host, int(port)))
        done = bench.run("--config", out + "/source-rnc.conf", program=bench.node("iuplus-rnc"), status=69)
        check("%s:%s" % (host, port) in done.stderr, done.stderr)


def main(cases):
    parser = argparse.ArgumentParser()
    builddir = os.environ.get("top_builddir", os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../build"))
    parser.add_argument("--program", default=os.path.join(builddir, "src/iuplus-relocate"))
    parser.add_argument("--sctp", default="auto")
    parser.add_argument("--jobs", type=int, default=4)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("cases", nargs="*")
    given = parser.parse_args()
    bench = Bench(os.path.abspath(given.program), given.sctp)
    chosen = [name for name in cases if not given.cases or any(fnmatch.fnmatch(name, c) for c in given.cases)]
    if given.list:
        print("\n".join(chosen))
        return 0
    if not chosen:
        print("no such case", file=sys.stderr)
        return 64
    if given.sctp != "auto":
        probe = bench.run("--quiet", "--sctp", given.sctp)
        if probe.returncode == 69:
            print("SCTP '%s' is not available here" % given.sctp, file=sys.stderr)
            return 77
    failed = 0
    # run folders kept after a failure are removed with the test
    with tempfile.TemporaryDirectory(prefix="iuplus-e2e-") as base, \
            concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
        os.environ["TMPDIR"] = tempfile.tempdir = base
        running = {pool.submit(cases[name], bench): name for name in chosen}
        for done in concurrent.futures.as_completed(running):
            why = done.exception()
            if why is None:
                continue
            failed += 1
            text = str(why) if isinstance(why, (Failed, subprocess.TimeoutExpired)) else repr(why)
            print("FAIL %s: %s" % (running[done], text), flush=True)
    print("%d of %d end-to-end cases passed (SCTP %s)" % (len(chosen) - failed, len(chosen), given.sctp))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(CASES))
