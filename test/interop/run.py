#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Our nodes against real daemons: osmo-stp, osmo-sgsn, osmo-hlr, osmo-mgw, in a user-mode kernel that has SCTP.

usage: run.py [--programs DIR] [--only ROW[,ROW]] [--list] [--jobs N] [--junit FILE] [--keep DIR]

Prints a line per row and a summary. A row that fails says what was awaited, and shows the last events and lines of each log.
Exit status: 0 every row passed, 1 a row failed, 64 wrong use, 77 a daemon or the user-mode kernel is not installed.
"""
import argparse
import collections
import concurrent.futures
import fnmatch
import os
import shutil
import subprocess
import sys
import tempfile
import time
import traceback
from xml.sax.saxutils import quoteattr

import judging
import network
from relocate import Failed
from rows import ROWS

HERE = os.path.dirname(os.path.abspath(__file__))
INSIDE = "IUPLUS_INTEROP_INSIDE"    # set in the user-mode kernel
GUEST_LIMIT = 590                   # seconds for all rows


def play(row, number, options, listed, folder):
    start, out, verdict = time.monotonic(), os.path.join(folder, row.name), judging.Verdict()
    try:
        with network.Network(options.programs, out, number) as net:
            row.play(net)
    except Failed as why:
        verdict.complaints.append(str(why))
    except Exception:  # the other rows still run
        verdict.complaints.append(traceback.format_exc())
    else:
        verdict = judging.captures(os.path.join(options.programs, "iuplus-pdu"), out, row, listed)
    row.verdict, row.seconds = verdict, time.monotonic() - start
    return row


def report(row):
    bad = row.verdict.complaints
    print("%-5s %-32s %s (%.0f s)" % ("fails" if bad else "ok", row.name, row.what, row.seconds))
    for text in bad or ["judge: " + row.verdict.text()] * (row.core is not None):
        print("        " + text.replace("\n", "\n        "))
    sys.stdout.flush()


def stale(rows, listed):
    """Rules in peers.tsv that a peer always breaks, and no row of it found broken."""
    seen = collections.defaultdict(set)
    for row in rows:
        seen[row.core] |= set(row.verdict.by_peers)
    return ["peers.tsv: %s no longer breaks %s: take the row out" % (peer, rule) for peer in sorted(listed)
            for rule, (_, when) in sorted(listed[peer].items()) if when == "always" and rule not in seen[peer]]


def junit(path, rows):
    with open(path, "w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="interop" tests="%d" failures="%d">\n' % (
            len(rows), sum(bool(row.verdict.complaints) for row in rows)))
        for row in rows:
            file.write(' <testcase classname="interop" name=%s time="%.3f"' % (quoteattr(row.name), row.seconds))
            text = "\n".join(row.verdict.complaints)
            file.write("><failure message=%s/></testcase>\n" % quoteattr(text) if text else "/>\n")
        file.write("</testsuite>\n")


def guest(arguments):
    """Run this again in a user-mode kernel, also where the running kernel has SCTP: the capture and the addresses need one of
    our own. The guest's root captures; files stay the caller's."""
    runner = os.path.join(HERE, "../uml-run")
    missing = [tool for tool in network.DAEMONS if not shutil.which(tool)]
    if missing or subprocess.run([runner, "--force", "--check"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                 check=False).returncode:
        print("skipped: not installed: " + (", ".join(missing) or "user-mode-linux"))
        return 77
    return subprocess.run([runner, "--force", "--guest-root", "--timeout", str(GUEST_LIMIT), "--", "/usr/bin/env", INSIDE + "=1",
                           "/usr/bin/python3", "-B", os.path.abspath(__file__), *arguments], check=False).returncode


def select(patterns):
    for pattern in patterns:
        if not any(fnmatch.fnmatchcase(row.name, pattern) for row in ROWS):
            raise ValueError("--only %s: no row has this name" % pattern)
    return [row for row in ROWS if any(fnmatch.fnmatchcase(row.name, pattern) for pattern in patterns)]


def parse():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1][7:])
    build = os.environ.get("top_builddir", os.path.join(HERE, "../../build"))
    parser.add_argument("--programs", default=os.path.join(build, "src"))
    parser.add_argument("--only", default="*")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--jobs", type=int, default=4)
    parser.add_argument("--junit")
    parser.add_argument("--keep", help="a directory for configuration, logs and captures")
    return parser.parse_args()


def play_all(rows, options, listed):
    start = time.monotonic()
    # not libtool's wrappers (network.py), so the library has to be found
    os.environ["LD_LIBRARY_PATH"] = os.path.join(os.path.abspath(options.programs), "../.libs")
    with tempfile.TemporaryDirectory(prefix="iuplus-interop-") as folder:
        if options.keep:
            os.makedirs(options.keep, exist_ok=True)
            folder = tempfile.mkdtemp(dir=options.keep)
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            jobs = [pool.submit(play, row, number, options, listed, folder) for number, row in enumerate(rows, 1)]
            for job in jobs:
                report(job.result())
    failed = [row.name for row in rows if row.verdict.complaints]
    old = stale(rows, listed) if len(rows) == len(ROWS) and not failed else []
    if options.junit:
        junit(options.junit, rows)
    print("\n".join(old + ["%d rows, %d passed, %d failed, %.0f s" % (
        len(rows), len(rows) - len(failed), len(failed), time.monotonic() - start)]))
    if failed:
        print("failed: " + " ".join(failed))
    return 1 if failed or old else 0


def main():
    options = parse()
    try:
        rows, listed = select(options.only.split(",")), judging.listed_breaches()
    except ValueError as error:
        print("run.py: %s" % error, file=sys.stderr)
        return 64
    if options.list:
        print("\n".join("%-32s %s" % (row.name, row.what) for row in rows))
        return 0
    if not os.access(os.path.join(options.programs, "iuplus-rnc"), os.X_OK):
        print("run.py: %s has no iuplus-rnc: build first, or use --programs" % options.programs, file=sys.stderr)
        return 64
    return play_all(rows, options, listed) if os.environ.get(INSIDE) else guest(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
