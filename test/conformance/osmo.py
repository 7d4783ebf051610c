#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""The rows of M3UA against another implementation: osmo-stp as the listening node.

usage: osmo.py [--only ID[,ID]]   (needs osmo-stp, and kernel SCTP or user-mode-linux)

osmo-stp.tsv says of each row that concerns an SGP without users whether osmo-stp does what the row expects. A row that no other
implementation passes would be suspect; so each difference has its reason there. Prints a line for each verdict that is not the
recorded one; exit status 0 if there is none, 1 otherwise, 77 if something needed is not installed.
"""
import argparse
import concurrent.futures
import fnmatch
import os
import shutil
import subprocess
import sys
import tempfile

import bench
import play
import run

HERE = os.path.dirname(os.path.abspath(__file__))
PATIENCE = 8
# One application server with the routing context 5, and whoever connects as its ASP.
CONFIG = """log stderr
line vty
 no login
 bind {tested} 4239
cs7 instance 0
 point-code 0.0.1
 asp tester 0 2905 m3ua
  remote-ip {tester}
  local-ip {tested}
  role sg
  sctp-role server
 as server m3ua
  asp tester
  routing-key 5 0.2.7
  traffic-mode override
 listen m3ua 2905
  local-ip {tested}
  accept-asp-connections dynamic-permitted
"""


class OsmoBench(bench.Bench):
    def start(self, program, config, settings):
        self.write("osmo-stp.cfg", CONFIG)
        with open(os.path.join(self.folder, "osmo-stp.log"), "wb") as log:
            self.children["osmo-stp"] = subprocess.Popen(["osmo-stp", "-c", os.path.join(self.folder, "osmo-stp.cfg")],
                                                         stdin=subprocess.DEVNULL, stdout=log, stderr=log)

    def stop(self):
        for child in self.children.values():
            child.kill()
            child.wait()
        for listener in self.listeners:
            listener.close()


def verdict(row, number, folder):
    stage = OsmoBench("", os.path.join(folder, row.id), number)
    try:
        return play.Player(row, stage, PATIENCE).play()
    finally:
        stage.stop()


def recorded():
    with open(os.path.join(HERE, "osmo-stp.tsv"), encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file]
    return {name: (agrees == "yes", reason) for name, agrees, reason in lines[1:]}


def main():
    parser = argparse.ArgumentParser(usage="osmo.py [--only ID[,ID]]")
    parser.add_argument("--only", default="*")
    options = parser.parse_args()
    if not shutil.which("osmo-stp"):
        print("skipped: no osmo-stp")
        return 77
    if not bench.available():
        return run.guest(sys.argv[1:], os.path.abspath(__file__))
    known = recorded()
    rows = {row.id: row for row in run.read(os.path.join(HERE, "m3ua.tsv"))}
    chosen = [rows[name] for name in known if any(fnmatch.fnmatchcase(name, only) for only in options.only.split(","))]
    wrong = 0
    with tempfile.TemporaryDirectory(prefix="iuplus-conf-") as folder, concurrent.futures.ThreadPoolExecutor(8) as pool:
        jobs = [(row, pool.submit(verdict, row, number, folder)) for number, row in enumerate(chosen)]
        for row, job in jobs:
            came, (agrees, reason) = job.result(), known[row.id]
            if agrees == bool(came):
                wrong += 1
                print("%s %s\n        recorded: %s %s\n        expected: %s\n        %s" % (
                    row.id, row.purpose, "agrees" if agrees else "differs:", reason, row.expected, came or "it agrees"))
    print("%d rows: osmo-stp agrees with %d and differs in %d; %d verdicts are not as recorded" % (
        len(chosen), sum(known[row.id][0] for row in chosen), sum(not known[row.id][0] for row in chosen), wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
