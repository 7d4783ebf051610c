#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""Records the behaviour of a build in iuplus-relocate's runs, so that two builds can be compared message by message.

usage: baseline.py --record BUILD DIR [--raw DIR] [--pdu FILE] [RUN...]
       baseline.py --compare DIR1 DIR2 [--wording] [--all]
       baseline.py --list

--record runs BUILD/src/iuplus-relocate once for every RUN (a name or a shell pattern; without one: all) and writes two
files for each. DIR/RUN.txt: verdict, ladder, every message with its values as decoded by iuplus-pdu, and the events of
each node. DIR/RUN.wording: the texts for people, that is the notes of the ladder and the verdict. Random values (keys,
MAC-Is, RAND, FRESH, identities ...), times and ports are masked: <key 2> is the same key wherever it occurs, also as
fingerprint. Events of concurrent processes, which have no fixed order, are listed separately by link and by node. --raw
keeps each run's folder with the key log there. --pdu uses another iuplus-pdu than the build's own.

--compare prints the differences: exit status 0 if there are none, 1 otherwise, 2 for wrong usage. Differences in
wording are only counted unless --wording is given. --all prints differences at full length.
"""
import argparse
import difflib
import fnmatch
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

KINDS = ("legacy", "enhanced")
NODES = ("ue", "source-rnc", "target-rnc", "sgsn")	# 127.0.0.4, .2, .3, .1 in every run
ADDRESSES = {"127.0.0.1": "sgsn", "127.0.0.2": "source-rnc", "127.0.0.3": "target-rnc", "127.0.0.4": "ue"}
SHOWN = 40						# lines of difference per run without --all


class Failed(Exception):
    pass


def runs():
    """The arguments of every run by its name."""
    table = {}
    for ue in KINDS:
        for source in KINDS:
            for target in KINDS:
                name = "%s-%s-%s" % (ue, source, target)
                kinds = ["--ue", ue, "--source", source, "--target", target]
                table[name] = kinds
                table[name + "-aka-always"] = kinds + ["--aka", "always"]
                for uia in ("uia1", "uia2"):
                    for uea in ("uea0", "uea1", "uea2"):
                        if (uia, uea) != ("uia2", "uea2"):	# these are the default
                            table["%s-%s-%s" % (name, uia, uea)] = kinds + ["--integrity", uia, "--encryption", uea]
    table["resynchronisation"] = ["--usim-sqn", "100000"]
    for fault in ("wrong-k", "tamper-smc", "kill-target", "kill-sgsn"):
        table["fault-" + fault] = ["--fault", fault]
    return table


# ---- masking ----

# names of the values that a run chooses at random; those that occur more than once are numbered
NUMBERED = {"key": "key", "integrityProtectionKey": "key", "cipheringKey": "key", "k-RNC": "key", "k-RNC-Star": "key",
            "cK-U": "key", "iK-U": "key", "nonce": "nonce", "integrityProtInitNumber": "FRESH", "s-RNTI": "s-RNTI"}
FINGERPRINTS = ("ik", "ck", "k_rnc", "k_rnc_star")	# in events
PLAIN = {"messageAuthenticationCode": "MAC-I"}
RANAP_IU_SIGNALLING_CONNECTION_IDENTIFIER = 79
NAS = {"nas-Message": True, "nAS-PDU": True}
RANAP_NAS_PDU = 16
# GMM messages with random contents (TS 24.008), and their masked form
GMM = {"0812": (r"^(....)(....)21.{32}(..)2810.{32}", r"\g<1>\g<2>21<RAND>\g<3>2810<AUTN>"),
       "0813": (r"^(....)(..)22.{8}2904.{8}", r"\g<1>\g<2>22<RES>2904<RES>"),
       "081c": (r"^(......)300e.{28}", r"\g<1>300e<AUTS>")}


class Mask:
    """Names for random values, in the order of their appearance."""

    def __init__(self):
        self.names, self.count = {}, {}

    def name(self, kind, value):
        if (kind, value) not in self.names:
            self.count[kind] = self.count.get(kind, 0) + 1
            self.names[kind, value] = "<%s %d>" % (kind, self.count[kind])
        return self.names[kind, value]

    def key(self, octets):
        """A key is known by its fingerprint, the first 4 octets of its SHA-256. A key of zeros means no key."""
        if not octets.strip("0"):
            return octets
        return self.fingerprint(hashlib.sha256(bytes.fromhex(octets)).hexdigest()[:8])

    def fingerprint(self, text):
        return self.name("key", text)

    def text(self, text):
        """Fingerprints in a line for people, as in "UIA2 IK_U 75db1c7e"."""
        return re.sub(r"\b((?:IK|CK)(?:_U)?|K_RNC\*?)( +)([0-9a-f]{8})\b",
                      lambda m: "%s %s" % (m[1], self.fingerprint(m[3])), text)

    def nas(self, octets):
        if octets[:4] in GMM:
            octets = re.sub(*GMM[octets[:4]], octets)
        return re.sub("05f4([0-9a-f]{8})", lambda m: "05f4" + self.name("P-TMSI", m[1]), octets)

    def value(self, name, value):
        if name in NUMBERED:
            return self.key(value) if NUMBERED[name] == "key" else self.name(NUMBERED[name], value)
        if name in PLAIN:
            return "<%s>" % PLAIN[name]
        if name in NAS:
            return self.nas(value)
        return value


def dump(mask, value, name, depth, out):
    """A decoded value, a line per leaf."""
    pad = "  " * depth
    label = pad + (name + ": " if name else "")
    if isinstance(value, dict) and "id" in value and "criticality" in value:
        out.append("%s%sIE %d (%s)" % (pad, name + " " if name else "", value["id"], value["criticality"]))
        for part in ("value", "extensionValue", "firstValue", "secondValue"):
            if part not in value:
                continue
            inner = value[part]
            if value["id"] == RANAP_IU_SIGNALLING_CONNECTION_IDENTIFIER and isinstance(inner, str):
                inner = mask.name("Iu signalling connection", inner)
            elif value["id"] == RANAP_NAS_PDU and isinstance(inner, str):
                inner = mask.nas(inner)
            dump(mask, inner, "" if part == "value" else part, depth + 1, out)
    elif isinstance(value, dict) and value:
        if name:
            out.append(pad + name)
        for key, inner in value.items():
            dump(mask, inner, key, depth + (1 if name else 0), out)
    elif isinstance(value, list) and any(isinstance(item, (dict, list)) for item in value):
        for i, item in enumerate(value):
            dump(mask, item, "%s[%d]" % (name, i), depth, out)
    else:
        value = mask.value(name, value) if isinstance(value, str) else value
        out.append("%s%s" % (label, value if isinstance(value, str) else json.dumps(value)))


# ---- a run's parts ----

def run_program(arguments, allowed=(0,)):
    done = subprocess.run(arguments, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    if done.returncode not in allowed:
        raise Failed("%s ended with %d: %s" % (" ".join(arguments), done.returncode, done.stderr[-400:]))
    return done


def ladder(path):
    """The lines of ladder.txt as (step, from, to, key, text); from and to are one node for a local event."""
    with open(path) as file:
        lines = file.read().splitlines()
    columns = {lines[0].index(" %s " % node) + 1: node for node in NODES}
    for line in lines[2:]:
        step = line[7:min(columns)].strip()
        graph = line[:max(columns) + 1]
        rest = line[max(columns) + 1:].strip()
        local = [at for at in columns if graph[at] in "*!"]	# a step or a failure
        if local:
            yield step, columns[local[0]], columns[local[0]], "", rest
            continue
        arrow = [at for at in range(min(columns), len(graph)) if graph[at] in "<>=-"]
        ends = [columns[arrow[0] - 1], columns[arrow[-1] + 1]]
        if graph[arrow[0]] == "<":
            ends.reverse()
        key, _, text = rest.partition(" ")
        yield step, ends[0], ends[1], key, text.strip()


def link(a, b, message):
    """The group within which the order is fixed: messages between two nodes, those of the Reset procedure apart."""
    return " - ".join(sorted((a, b), key=NODES.index)) + (", Reset" if re.search(r"\bReset", message) else "")


# the first words of the sections
ORDER = ("end", "ladder", "steps", "notes", "messages", "radio", "events")


class Text:
    """A recording: sections, which are written in a fixed order, each with its lines."""

    def __init__(self):
        self.sections = {}

    def add(self, section, *lines):
        self.sections.setdefault(section, []).extend(lines)

    def write(self, path, first):
        with open(path, "w") as file:
            file.write(first + "\n")
            for section in sorted(self.sections, key=lambda title: (ORDER.index(title.split(",")[0]), title)):
                if self.sections[section]:
                    file.write("\n== %s\n%s\n" % (section, "\n".join(self.sections[section])))


def messages(pdu, folder, keylog):
    """The messages of the capture: (from, to, of the radio or not, the line of check, the JSON)."""
    capture = os.path.join(folder, "iuplus.pcapng")
    arguments = (["--keylog", keylog] if os.path.exists(keylog) else []) + [capture]
    decoded = run_program([pdu, "decode", "-o", "json"] + arguments, (0, 1)).stdout.splitlines()
    values = [value for value in map(json.loads, decoded) if "type" in value]
    checks = [line for line in run_program([pdu, "check"] + arguments, (0, 1)).stdout.splitlines()
              if re.match(r"\d+: ", line)]
    if len(values) != len(checks):
        raise Failed("%s: %d PDUs decoded, %d checked" % (capture, len(values), len(checks)))
    for value, checked in zip(values, checks):
        number = re.search(r", frame (\d+)", checked)
        if not number or int(number[1]) != value["frame"]:
            raise Failed("%s: frame %d is not that of: %s" % (capture, value["frame"], checked))
        ends = [ADDRESSES[value[end].split(":")[0]] for end in ("from", "to")]
        # of what failed its kind: the explanation is for people
        checked = re.sub(r"^(FAILED .*?: integrity): .*", r"\1", re.sub(r"^\d+: |, frame \d+", "", checked))
        yield ends[0], ends[1], "radio" in value, checked, value.get("value", value.get("error"))


def events(mask, text, node, of_node):
    """The messages, ends of procedures and keys of a node, in its own order; the Reset procedure runs concurrently."""
    for event in of_node:
        if event["event"] == "message":
            # the ladder has the step
            line = "%s > %s: %s, key %s" % (event["from"], event["to"], event["message"], event["protected_by"])
        elif event["event"] == "done":
            line = "done: " + event["message"]
        elif event["event"] == "keys":
            line = "keys: " + json.dumps({name: mask.fingerprint(value) if value and name in FINGERPRINTS else value
                                          for name, value in event.items() if name not in ("t", "event", "node")})
        else:
            continue			# for people
        reset = event.get("message", "").startswith("Reset")
        text.add("events, " + node + (", Reset with " + event.get("to", "sgsn") if reset else ""), line)


def record(build, pdu, name, arguments, out, raw):
    """One run, written to out."""
    with tempfile.TemporaryDirectory(prefix="iuplus-baseline-") as folder:
        keylog = os.path.join(folder, "keylog")
        done = run_program([os.path.join(build, "src/iuplus-relocate"), "--quiet", "--timeout", "60",
                            "--out", folder, "--keylog", keylog] + arguments, (0, 1))
        mask, text, wording = Mask(), Text(), Text()
        sent = {}		# (from, to) -> messages of the ladder, that is without the end of the processes
        for step, a, b, key, note in ladder(os.path.join(folder, "ladder.txt")):
            if a == b:
                text.add("steps, " + a, step or "-")
                wording.add("notes, " + a, "%s %s" % (step or "-", note))
                continue
            sent[a, b] = sent.get((a, b), 0) + 1
            text.add("ladder, " + link(a, b, note), "%-3s %s > %s: %s, key %s" % (step, a, b, note, key))
        taken, values = {}, {}
        for a, b, radio, checked, value in messages(pdu, folder, keylog):
            taken[a, b, radio] = taken.get((a, b, radio), 0) + 1
            if taken[a, b, radio] > sent.get((a, b), 0):
                continue
            line = "%s > %s: %s" % (a, b, mask.text(checked))
            if radio:
                # the message itself was captured by name before
                same = values.get((a, b, taken[a, b, radio])) == value
                text.add("radio, " + link(a, b, checked), line + ("" if same else ", ANOTHER MESSAGE"))
            else:
                values[a, b, taken[a, b, radio]] = value
                lines = [line]
                dump(mask, value, "", 1, lines)
                text.add("messages, " + link(a, b, checked), *lines)
        for node in NODES:
            with open(os.path.join(folder, node + ".events")) as file:
                events(mask, text, node, map(json.loads, file))
        lines = [mask.text(line) for line in done.stdout.split("\nIn ")[0].splitlines() if line.strip()]
        text.add("end", "exit status %d" % done.returncode, *(line for line in lines if line.startswith("  ")))
        text.add("end", *(line.split(":")[0] for line in lines if line.startswith(("PASS", "FAIL"))))
        wording.add("end", *(line for line in lines if not line.startswith("  ")))
        title = "iuplus-relocate " + " ".join(arguments)
        text.write(os.path.join(out, name + ".txt"), title)
        wording.write(os.path.join(out, name + ".wording"), title)
        if raw:
            shutil.rmtree(os.path.join(raw, name), ignore_errors=True)
            shutil.copytree(folder, os.path.join(raw, name))


# ---- comparing ----

def read(folder, name):
    try:
        with open(os.path.join(folder, name)) as file:
            return file.read().splitlines()
    except FileNotFoundError:
        return None


def compare(old, new, wording, everything):
    names = sorted({name for folder in (old, new) for name in os.listdir(folder)
                    if name.endswith((".txt", ".wording"))})
    runs_seen = [name for name in names if name.endswith(".txt")]
    if not runs_seen:
        raise Failed("nothing is recorded in %s and %s" % (old, new))
    differing, other_words = 0, 0
    for name in names:
        before, after = read(old, name), read(new, name)
        if before == after:
            continue
        if name.endswith(".wording"):
            other_words += 1
            if not wording:
                continue
        else:
            differing += 1
        if before is None or after is None:
            print("%s: not in %s" % (name, old if before is None else new))
            continue
        lines = list(difflib.unified_diff(before, after, os.path.join(old, name), os.path.join(new, name), lineterm=""))
        shown = lines if everything else lines[:SHOWN]
        print("\n".join(shown))
        if len(lines) > len(shown):
            print("... %d more lines (--all)" % (len(lines) - len(shown)))
    print("%d of %d runs differ; the wording of %d" % (differing, len(runs_seen), other_words))
    return 1 if differing or (wording and other_words) else 0


def main():
    parser = argparse.ArgumentParser(usage=__doc__.split("usage: ")[1].split("\n\n")[0])
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--record", nargs=2, metavar=("BUILD", "DIR"))
    what.add_argument("--compare", nargs=2, metavar=("DIR1", "DIR2"))
    what.add_argument("--list", action="store_true")
    parser.add_argument("--raw", metavar="DIR")
    parser.add_argument("--pdu", metavar="FILE")
    parser.add_argument("--wording", action="store_true")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("runs", nargs="*")
    given = parser.parse_args()
    table = runs()
    if given.list:
        print("\n".join(table))
        return 0
    if given.compare:
        return compare(*given.compare, given.wording, given.all)
    build, out = given.record
    chosen = [name for name in table if not given.runs or any(fnmatch.fnmatch(name, run) for run in given.runs)]
    if not chosen:
        parser.error("there is no such run")
    for folder in filter(None, (out, given.raw)):
        os.makedirs(folder, exist_ok=True)
    for name in chosen:
        record(build, given.pdu or os.path.join(build, "src/iuplus-pdu"), name, table[name], out, given.raw)
    print("%d runs recorded in %s" % (len(chosen), out))
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except (Failed, OSError, subprocess.TimeoutExpired) as error:
        print("baseline.py: %s" % error, file=sys.stderr)
        sys.exit(2)
