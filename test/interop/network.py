# SPDX-License-Identifier: BSD-2-Clause
"""The network of one row: our programs, real daemons, and a capture of what they say to each other."""
import os
import re
import signal
import subprocess
import sys
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path += [os.path.join(HERE, "../e2e"), os.path.join(HERE, "../conformance")]
import bench  # noqa: E402
import live  # noqa: E402
from relocate import Failed, LIMIT, check  # noqa: E402

from sniff import Sniffer  # noqa: E402
from vty import Vty  # noqa: E402

SUBSCRIBER = "001010000000001"
# last part of each daemon's address, and the port of its VTY; of an RNC's address
DAEMONS = {"osmo-stp": (7, 4239), "osmo-sgsn": (8, 4245), "osmo-hlr": (10, 4258), "osmo-mgw": (11, 4243)}
SOURCE_RNC = 2
SHOWN = 6       # lines of each log in the report of a failure


class Network(live.Network):
    """live.Network with the daemons beside: each line of a daemon's log is an event of the kind "log". Nothing is polled: whoever
    waits for a line or an event sleeps until one comes."""

    def __init__(self, programs, folder, number):
        self.programs, self.out, self.net = programs, folder, "127.1.%d" % number
        self.bench = self
        self.events, self.news, self.children, self.captures, self.daemons = [], threading.Condition(), {}, [], {}
        self.sniffer = None
        os.makedirs(folder)
        for name in ("source-rnc", "target-rnc", "sgsn", "ue", "subscribers"):
            self.write(name + ".conf")
        for name in ("osmo-sgsn", "osmo-hlr", "osmo-mgw"):
            self.write(name + ".cfg")

    def __enter__(self):
        self.sniffer = Sniffer(os.path.join(self.out, "wire.pcap"), self.net)
        return self

    # configuration

    def read_template(self, name):
        with open(os.path.join(HERE, "conf", name), encoding="utf-8") as file:
            return file.read().format(net=self.net, out=self.out)

    def write(self, name, text=None):
        with open(os.path.join(self.out, name), "w", encoding="utf-8") as file:
            file.write(self.read_template(name) if text is None else text)

    def set(self, node, section, key, value):
        """A setting of one of our nodes beside its configuration, or in place of a line there."""
        path = os.path.join(self.out, node + ".conf")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(bench.with_setting(text, section, key, value.format(net=self.net)))

    def stp(self, *parts):
        """The transfer point's configuration: the common part, and these."""
        self.write("osmo-stp.cfg", "".join(self.read_template(part + ".cfg") for part in ("stp",) + parts))

    # our programs

    def node(self, name):
        """live.Network asks for the file of a program. libtool's wrapper takes twenty times as long to start."""
        real = os.path.join(self.programs, ".libs", name)
        return real if os.access(real, os.X_OK) else os.path.join(self.programs, name)

    def options(self, node):
        return ["--keylog", self.out + "/keys"]

    def judge(self):
        """Not yet: the daemons have to end first, and their messages are judged as well (judging.py)."""

    def restart_phone(self):
        child = self.children.pop("ue")
        child.stdin.write("quit\n")
        child.stdin.close()
        status = child.wait(LIMIT)
        child.reader.join(5)
        child.stdout.close()
        child.stderr.close()
        check(status == 0, "the phone ended with status %d" % status)
        self.start("ue")

    # the daemons

    def start_daemon(self, name):
        """Start a daemon; it serves as soon as its VTY answers."""
        arguments = ["-l", self.out + "/hlr.db"] if name == "osmo-hlr" else []
        child = subprocess.Popen([name, "-c", "%s/%s.cfg" % (self.out, name), *arguments], cwd=self.out, stdin=subprocess.DEVNULL,
                                 stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        child.reader = threading.Thread(target=self.read_log, args=(name, child.stdout), daemon=True)
        child.reader.start()
        self.daemons[name] = child
        self.vty(name)

    def read_log(self, name, stream):
        with open("%s/%s.log" % (self.out, name), "a", encoding="utf-8") as log:
            for line in stream:
                log.write(line)
                log.flush()
                with self.news:
                    self.events.append({"node": name, "event": "log", "message": line.rstrip()})
                    self.news.notify_all()

    def vty(self, name, *commands):
        """The answers of a daemon's VTY, one after the other."""
        host, port = DAEMONS[name]
        until = time.monotonic() + LIMIT
        while True:
            try:
                with Vty("%s.%d" % (self.net, host), port) as vty:
                    return "\n".join(vty.command(command) for command in commands)
            except OSError as error:
                if self.daemons[name].poll() is not None or time.monotonic() > until:
                    raise Failed("no VTY of %s (%s)\n%s" % (name, error, self.tails())) from error
                time.sleep(0.05)

    def pause(self, name):
        self.daemons[name].send_signal(signal.SIGSTOP)

    def resume(self, name):
        self.daemons[name].send_signal(signal.SIGCONT)

    def kill(self, name):
        """As a crash does."""
        child = self.daemons.pop(name)
        child.kill()
        child.wait()
        child.reader.join(5)
        child.stdout.close()

    # what happened

    def wait_any(self, wanted, after=0, limit=LIMIT):
        return self.wait_for(lambda e: (e.get("node"), e["event"], e.get("message")) in wanted,
                             " or ".join(" ".join(one) for one in wanted), after, limit)

    def wait_log(self, name, pattern, after=0):
        return self.wait_for(lambda e: e["node"] == name and e["event"] == "log" and re.search(pattern, e["message"]),
                             "a line of %s with %r" % (name, pattern), after)

    def wait_message(self, node, message, note=None, after=0):
        """A message that one of our nodes sent; note is what is in it."""
        return self.wait_for(lambda e: e["event"] == "message" and (e["node"], e["message"]) == (node, message) and
                             note in (None, e.get("note")), "%s of %s with %s" % (message, node, note or "any contents"), after)

    def wait_for(self, fits, what, after=0, limit=LIMIT):
        until, seen = time.monotonic() + limit, after
        with self.news:
            while True:
                for event in self.events[seen:]:
                    if fits(event):
                        return event
                seen = max(seen, len(self.events))
                left = until - time.monotonic()
                if left <= 0 or not self.news.wait(left):
                    break
        raise Failed("awaited in vain: %s\n%s" % (what, self.tails()))

    def count(self, kind, node, message):
        with self.news:
            return sum((e["event"], e["node"], e.get("message")) == (kind, node, message) for e in self.events)

    def position(self, event):
        """Where in the list an event is: to await another one of the same node after it."""
        with self.news:
            return next(at for at, other in enumerate(self.events) if other is event)

    def own_log(self, node):
        with open("%s/%s.live.log" % (self.out, node), encoding="utf-8") as file:
            return file.read()

    def tails(self):
        """The last events, and the last lines of each log."""
        with self.news:
            events = [e for e in self.events if e["event"] != "log"][-2 * SHOWN:]
        lines = ["last events:"] + ["  %s %s %s %s" % (e["node"], e["event"], e.get("message", ""), e.get("note", ""))
                                    for e in events]
        for name in sorted(os.listdir(self.out)):
            if name.endswith(".log"):
                with open(os.path.join(self.out, name), encoding="utf-8", errors="replace") as file:
                    tail = file.read().splitlines()[-SHOWN:]
                lines += [name + ":"] + ["  " + line for line in tail]
        return "\n".join(lines)

    def __exit__(self, kind, *rest):
        try:
            super().__exit__(kind, *rest)
        finally:
            for name in list(self.daemons):
                self.kill(name)
            dropped = self.sniffer.stop()
        check(not dropped, "the capture lacks %d packets" % dropped)
