# SPDX-License-Identifier: BSD-2-Clause
"""The notation of the rows (README.md): steps, message patterns, and whether what came is what was expected."""
import re

import m3ua
import sccp

# RANAP messages that make the user behind SSN 142 answer: Reset is its echo, an Initial UE Message keeps a connection open.
PAYLOADS = {
    "RESET": "00090016000003000440014000030001800056400500f1100001",
    "RESET2": "00090016000003000440014000030001800056400500f1100002",
    "CORE_RESET": "0009000d000002000440014000030001 80".replace(" ", ""),
    "RESET_ACK": "200900080000010003000180",
    # a Reset with an unknown IE of 300 octets, to be ignored
    "LONG_RESET": "0009008147000004000440014000030001800056400500f1100001270f40812c" + 300 * "a5",
    "RELEASE_REQUEST": "000b40090000010004400202 80".replace(" ", ""),
    "RELEASE_COMMAND": "00010009000001000440020280",
    "RELEASE_COMPLETE": "20010003000000",
    "INITIAL": "00134056000007000340018000 0f40060000f1100001 0037400101 003a40080000f11000010001 0010401f1e080102e5e079080008091010"
               "000000001000f110fffeff06140702060000 004f4003136989 0056400500f1100001".replace(" ", "")}
SG, ASP, CLIENT = "SG", "ASP", "CLIENT"
# The echo is the user's, who may keep a guard period (TS 25.413 8.26.2): seconds, beside the patience.
ECHO = 2.0
# A state, in the tested role: the steps that lead there from the one before.
CONNECTING = (("sctp", "accept; recv m:ASPUP"), ("up", "m:ASPUP_ACK ARGS; recv m:ASPAC"))
STATES = {
    SG: (("sctp", "connect"), ("up", "m:ASPUP ARGS; recv m:ASPUP_ACK"), ("active", "m:ASPAC ARGS; recv m:ASPAC_ACK"),
         ("conn", "s:CR src=1 data=%INITIAL ARGS; recv s:CC dst=1 src=$R")),
    CLIENT: (*CONNECTING, ("active", "m:ASPAC_ACK ARGS"), ("conn", "s:CR src=1 data=%INITIAL ARGS; recv s:CC dst=1 src=$R")),
    ASP: (*CONNECTING, ("active", "m:ASPAC_ACK ARGS; recv s:RESET; s:RESET_ACK"),
          ("conn", "phone; recv s:CR src=$R; s:CC dst=$R src=99 ARGS"))}
VERBS = ("connect", "accept", "phone", "attach", "close", "abort", "pause", "mute", "set", "recv", "nothing", "closed")


class BadRow(Exception):
    """A row that does not follow the notation."""


class Step:
    """A verb or a message, at an association."""

    def __init__(self, verb, peer=1, name="", fields=None, argument="", within=0.0, optional=False, absent=False, many=False):
        self.verb, self.peer, self.name, self.fields, self.argument = verb, peer, name, fields or {}, argument
        self.within, self.optional, self.absent, self.many = within, optional or many, absent, many


def message(words, tested):
    """Name and fields of "m:NAME key=value ..." with the short forms resolved."""
    name, fields = words[0], {}
    if not re.fullmatch(r"[ms]:\w+(/\d+)?", name):
        raise BadRow("neither a verb nor a message: %s" % name)
    for word in words[1:]:
        key, equals, value = word.partition("=")
        if not equals:
            raise BadRow("no key=value: %s" % word)
        fields[key] = expand(value)
    if name in ("s:RESET", "s:RESET_ACK"):
        core = tested == ASP and name == "s:RESET"
        fields.setdefault("data", PAYLOADS["CORE_RESET" if core else name[2:]])
        name = "s:UDT"
    kind = name[2:]
    if name.startswith("s:") and kind not in (*sccp.TYPES, "RAW", "ANY") or (
            name.startswith("m:") and kind not in (*m3ua.MESSAGES, "MSG", "RAW", "ANY") and "/" not in kind):
        raise BadRow("no such message: %s" % name)
    known = set(m3ua.PARAMETERS) | set(m3ua.OUTSIDE) | (sccp.FIELDS if name.startswith("s:") else set())
    for key in fields:
        if key not in known and not key.startswith("0x"):
            raise BadRow("no such field: %s" % key)
    return name, fields


def expand(value):
    """%NAME is a payload, %NAME[5:9] a part of it by octets, 600*ab the octet ab 600 times."""
    def payload(match):
        octets = PAYLOADS[match.group(1)]
        start, end = (int(match.group(n)) * 2 if match.group(n) else None for n in (2, 3))
        return octets[start:end]
    value = re.sub(r"%(\w+)(?:\[(\d*):(\d*)\])?", payload, value)
    return re.sub(r"(\d+)\*([0-9a-f]{2})", lambda match: int(match.group(1)) * match.group(2), value)


def expected_pattern(words, tested):
    """A pattern: an expected Reset and its acknowledge are known by their first octets, whatever they carry."""
    short = words[0]
    name, fields = message(words, tested)
    if short in ("s:RESET", "s:RESET_ACK") and not any(word.startswith("data=") for word in words):
        fields["data"] = {"s:RESET": "0009*", "s:RESET_ACK": "2009*"}[short]
    return name, fields


def parse(text, tested):
    """The steps of a cell; states are expanded for the tested role."""
    steps = []
    for part in filter(None, (piece.strip() for piece in text.split(";"))):
        words = part.split()
        times = int(words.pop(0)[:-1]) if re.fullmatch(r"\d+x", words[0]) else 1
        if times > 1:
            steps += [step for _ in range(times) for step in parse(" ".join(words), tested)]
            continue
        peer = int(words.pop(0)[1:]) if words[0].startswith("@") else 1
        if words[0] in dict(STATES[tested]):
            steps += state(words, peer, tested)
            continue
        within, marks = 0.0, set()
        while words[0].startswith("within=") or words[0] in ("opt", "none", "any"):
            word = words.pop(0)
            within = float(word[7:]) if word.startswith("within=") else within
            marks.add(word)
        verb = words[0]
        if verb == "recv":
            steps.append(Step("recv", peer, *expected_pattern(words[1:], tested)))
        elif verb in VERBS:
            steps.append(Step(verb, peer, argument=" ".join(words[1:]), within=within, optional="opt" in marks))
        else:
            if words[0] == "s:RESET_ACK" and "none" not in marks:
                within = within or ECHO
            steps.append(Step("message", peer, *message(words, tested), within=within, optional="opt" in marks,
                              absent="none" in marks, many="any" in marks))
    return steps


def state(words, peer, tested):
    """All steps to a state. Arguments belong to the last message on the way there."""
    steps = []
    for name, way in STATES[tested]:
        last = name == words[0]
        arguments = " ".join(words[1:]) if last else ""
        for part in way.replace("ARGS", arguments).split(";"):
            steps += parse("@%d %s" % (peer, part.strip()), tested)
        if last:
            return steps
    raise BadRow("no state %s" % words[0])


def alternatives(text, tested):
    """What is expected: a list of lists of steps; the text after " # " is a remark."""
    result = []
    for alternative in text.split(" # ")[0].split("//"):
        steps = []
        for step in parse(alternative, tested):
            if step.verb not in ("message", "nothing", "closed"):
                raise BadRow("nothing that can be expected: %s" % step.verb)
            steps.append(step)
        result.append([step for step in shorten(alternative, steps, tested) if step.verb != "nothing"])
    return result


def shorten(text, steps, tested):
    """Expected Resets lose the octets that message() gave them."""
    parts = [piece.strip().split() for piece in text.split(";") if piece.strip()]
    for words, step in zip(parts, steps):
        for index, word in enumerate(words):
            if word in ("s:RESET", "s:RESET_ACK"):
                step.name, step.fields = expected_pattern(words[index:], tested)
    return steps


def field_matches(wanted, value, variables):
    """Whether a field has a wanted value; binds variables that have none yet."""
    if wanted == "-":
        return value is None
    if value is None:
        return False
    if wanted.startswith("!"):
        return not field_matches(wanted[1:], value, variables)
    for choice in wanted.split("|"):
        found = re.fullmatch(pattern(choice, variables), value)
        if found:
            variables.update({"$" + name: text for name, text in found.groupdict().items()})
            return True
    return False


def pattern(choice, variables):
    """A regular expression: * is anything, $NAME the variable's value or, if it has none, its new one."""
    result = ""
    for token in re.findall(r"\*|\$\w+|[^*$]+", choice):
        if token == "*":
            result += ".*"
        elif token.startswith("$"):
            result += re.escape(variables[token]) if token in variables else "(?P<%s>[^+,;/]*)" % token[1:]
        else:
            result += re.escape(token)
    return result


def matches(step, event, variables):
    """Whether an event is what a step describes; binds the step's variables."""
    if step.peer not in (0, event.peer) or (step.verb == "closed") != (event.name == "closed"):
        return False
    if step.verb == "closed":
        return True
    if step.name != event.name and not (step.name.endswith(":ANY") and step.name[0] == event.name[0]):
        return False
    trial = dict(variables)
    if all(field_matches(wanted, event.fields.get(key), trial) for key, wanted in step.fields.items()):
        variables.update(trial)
        return True
    return False


def is_background(event, steps):
    """Messages that a node may send at any time: judged only by rows that name them, at the association where they do."""
    names = {step.name for step in steps}
    if event.name in ("m:BEAT", "m:NTFY", "m:DAUD", "s:DT1"):
        return event.name not in names
    if event.name == "s:UDT" and event.fields.get("scmg", "")[:3] in ("SSA", "SST"):
        return not any("scmg" in step.fields for step in steps)
    if event.name == "s:UDT" and event.fields.get("data", "").startswith("0009"):
        return not any(step.fields.get("data", "").startswith("0009") for step in steps)
    return False


def first_match(steps, event, variables):
    """The index of the step that this event is: the first one, or one behind optional steps."""
    for index, step in enumerate(steps):
        if matches(step, event, variables):
            return index
        if not step.optional:
            break
    return None


def fulfilled(steps, events, variables):
    """Whether the events, without the background, are the steps: in order at each association, none missing, none too many.
    Steps of peer 0 may happen at any association."""
    wanted = [step for step in steps if not step.absent]
    for step in steps:
        if step.absent and any(matches(step, event, dict(variables)) for event in events):
            return False
    trial, anywhere = dict(variables), [step for step in wanted if step.peer == 0]
    for peer in {step.peer for step in wanted if step.peer} | {event.peer for event in events}:
        left = [step for step in wanted if step.peer == peer]
        for event in (event for event in events if event.peer == peer):
            found = first_match(left, event, trial)
            if found is not None:
                del left[:found if left[found].many else found + 1]
            elif anywhere and matches(anywhere[0], event, trial):
                anywhere.pop(0)
            elif not is_background(event, [step for step in wanted if step.peer in (0, peer)]):
                return False
        if any(not step.optional for step in left):
            return False
    variables.update(trial)
    return not anywhere


def show(event):
    """An event on one line."""
    if event.name == "closed":
        return "@%d association closed" % event.peer
    fields = {key: value for key, value in event.fields.items() if key not in ("ppid", "ni", "mp", "sls", "payload") or
              event.name == "m:DATA"}
    words = ["%s=%s" % (key, value if len(value) < 60 else value[:48] + "..") for key, value in fields.items()]
    return " ".join((["@%d" % event.peer] if event.peer > 1 else []) + [event.name] + words)
