#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Conformance of the built nodes to RFC 4666 (M3UA) and Q.713/Q.714 (SCCP), row by row over kernel SCTP.

usage: run.py [--programs DIR] [--only ID[,ID]] [--list] [--jobs N] [--junit FILE] [--keep DIR] [--verbose] [FILE.tsv ...]

Prints a line per row and a summary. Exit status: 0 every row passed, 1 a row failed, 64 wrong use, 65 a row that does not
follow the notation, 77 there is no kernel SCTP and no user-mode kernel. README.md in this directory has the notation.
"""
import argparse
import concurrent.futures
import fnmatch
import os
import subprocess
import sys
import tempfile
import time
import traceback
from xml.sax.saxutils import quoteattr

import bench
import notation
import play

HERE = os.path.dirname(os.path.abspath(__file__))
COLUMNS = ("id", "role", "purpose", "clause", "preamble", "stimulus", "expected", "note")


class Row:
    def __init__(self, suite, cells):
        self.suite = suite
        self.id, self.role, self.purpose, self.clause, self.preamble, self.stimulus, self.expected, self.note = cells
        self.unfenced = self.preamble.strip() == "" or "mute" in self.preamble
        self.result, self.seconds = "", 0.0


def read(path):
    """The rows of a file; a ValueError names the line that is wrong."""
    suite = os.path.splitext(os.path.basename(path))[0]
    rows = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            cells = line.rstrip("\n").split("\t")
            if number == 1:
                if tuple(cells) != COLUMNS:
                    raise ValueError("%s:1: the columns are %s" % (path, " ".join(COLUMNS)))
                continue
            if len(cells) != len(COLUMNS):
                raise ValueError("%s:%d: %d columns instead of %d" % (path, number, len(cells), len(COLUMNS)))
            row = Row(suite, cells)
            if row.role not in play.ROLES:
                raise ValueError("%s:%d: role %s instead of %s" % (path, number, row.role, " or ".join(play.ROLES)))
            try:
                notation.parse(row.preamble, row.role)
                notation.parse(row.stimulus, row.role)
                notation.alternatives(row.expected, row.role)
            except (notation.BadRow, KeyError, ValueError, IndexError) as error:
                raise ValueError("%s:%d: row %s: %s" % (path, number, row.id, error)) from error
            rows.append(row)
    return rows


def run(row, number, options, folder):
    start = time.monotonic()
    stage = bench.Bench(options.programs, os.path.join(folder, row.id), number)
    try:
        row.result = play.Player(row, stage, options.patience).play()
    except Exception:  # the other rows still run
        row.result = traceback.format_exc()
    trouble = stage.stop()
    row.result = "; ".join(filter(None, (row.result, trouble)))
    row.seconds = time.monotonic() - start
    return row


def report(row, verbose):
    text = "%-5s %-5s %s" % ("ok" if not row.result else "fails", row.id, row.purpose)
    if row.result:
        text += "\n        clause:   %s\n        expected: %s\n        %s" % (row.clause, row.expected, row.result)
        if row.note:
            text += "\n        note:     " + row.note
    elif verbose:
        text += "  (%.1f s)" % row.seconds
    print(text, flush=True)


def junit(path, rows):
    failed = [row for row in rows if row.result]
    with open(path, "w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<testsuite name="conformance" tests="%d" failures="%d">\n' %
                   (len(rows), len(failed)))
        for row in rows:
            file.write(" <testcase classname=%s name=%s time=\"%.3f\"" % (
                quoteattr(row.suite), quoteattr("%s %s" % (row.id, row.purpose)), row.seconds))
            if row.result:
                file.write("><failure message=%s/></testcase>\n" % quoteattr(
                    "%s: expected %s; %s" % (row.clause, row.expected, row.result)))
            else:
                file.write("/>\n")
        file.write("</testsuite>\n")


def guest(arguments, program=os.path.abspath(__file__)):
    """Run a program again in a user-mode kernel that has SCTP."""
    runner = os.path.join(HERE, "../uml-run")
    if subprocess.run([runner, "--check"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False).returncode:
        print("skipped: no SCTP in this kernel, and no user-mode-linux")
        return 77
    return subprocess.run([runner, "--timeout", "600", "--", "/usr/bin/python3", "-B", program, *arguments],
                          check=False).returncode


def select(rows, patterns):
    chosen = [row for row in rows if any(fnmatch.fnmatchcase(row.id, pattern) for pattern in patterns)]
    for pattern in patterns:
        if not any(fnmatch.fnmatchcase(row.id, pattern) for row in rows):
            raise ValueError("--only %s: no row has this id" % pattern)
    return chosen


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("\n\n")[1][7:], add_help=True)
    parser.add_argument("--programs", default=os.path.join(os.environ.get("top_builddir", os.path.join(HERE, "../../build")), "src"))
    parser.add_argument("--only", default="*")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--jobs", type=int, default=24)
    parser.add_argument("--patience", type=float, default=20, help="seconds for an answer that has to come (20)")
    parser.add_argument("--junit")
    parser.add_argument("--keep", help="a directory for the programs' configuration and logs")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("files", nargs="*", default=[os.path.join(HERE, name) for name in ("m3ua.tsv", "sccp.tsv")])
    options = parser.parse_args()
    try:
        rows = select([row for path in options.files for row in read(path)], options.only.split(","))
    except (OSError, ValueError) as error:
        print("run.py: %s" % error, file=sys.stderr)
        return 65
    if options.list:
        for row in rows:
            print("%-5s %-3s %-14s %s" % (row.id, row.role, row.clause, row.purpose))
        return 0
    if not os.access(os.path.join(options.programs, "iuplus-sgsn"), os.X_OK):
        print("run.py: %s has no iuplus-sgsn: build first, or use --programs" % options.programs, file=sys.stderr)
        return 64
    if not bench.available():
        return guest(sys.argv[1:])
    start = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="iuplus-conf-") as folder:
        if options.keep:
            os.makedirs(options.keep, exist_ok=True)
            folder = tempfile.mkdtemp(dir=options.keep)
        with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
            jobs = [pool.submit(run, row, number, options, folder) for number, row in enumerate(rows)]
            for job in jobs:
                report(job.result(), options.verbose)
    if options.junit:
        junit(options.junit, rows)
    failed = [row.id for row in rows if row.result]
    print("%d rows, %d passed, %d failed, %.0f s" % (len(rows), len(rows) - len(failed), len(failed), time.monotonic() - start))
    if failed:
        print("failed: " + " ".join(failed))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
