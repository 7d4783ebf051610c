# SPDX-License-Identifier: BSD-2-Clause
"""Plays one row: brings the tested node into the row's state, sends the stimulus, collects what comes, and judges it."""
import re
import select
import time

import bench
import m3ua
import notation
import sccp

ROLES = {notation.SG: ("iuplus-sgsn", bench.SGSN), notation.CLIENT: ("iuplus-sgsn", bench.SGSN + bench.STP),
         notation.ASP: ("iuplus-rnc", bench.RNC)}


class Failed(Exception):
    """The row did not come to its judgement."""


class Event:
    def __init__(self, peer, name, fields):
        self.peer, self.name, self.fields = peer, name, fields


def understand(peer, octets, stream, ppid):
    """An event of a received message; SCCP in DATA is shown as the SCCP message."""
    try:
        name, fields = m3ua.decode(octets)
        name = "m:" + name
        if name == "m:DATA" and fields.get("si") == "3":
            inner, values = sccp.decode(bytes.fromhex(fields["payload"]))
            name, fields = "s:" + inner, {**fields, **values}
    except (m3ua.Malformed, ValueError) as error:
        name, fields = "malformed", {"text": str(error), "octets": octets.hex()}
    return Event(peer, name, {**fields, "stream": str(stream), "ppid": str(ppid)})


class Player:
    """The state of a row while it is played."""

    def __init__(self, row, stage, patience):
        self.row, self.stage, self.patience = row, stage, patience
        self.associations, self.events, self.variables = {}, [], {}
        self.muted, self.fences, self.skipped = set(), {}, []

    # what comes

    def pump(self, seconds):
        """Wait up to that long for one message."""
        sockets = {a.sock: (peer, a) for peer, a in self.associations.items() if a.open}
        if not sockets:
            time.sleep(min(seconds, 0.05))
            return
        for sock in select.select(list(sockets), [], [], seconds)[0]:
            peer, association = sockets[sock]
            received = association.receive()
            if received is None:
                self.events.append(Event(peer, "closed", {}))
            else:
                self.take(understand(peer, *received))

    def take(self, event):
        if event.name == "m:BEAT_ACK" and event.fields.get("beat", "").startswith("fece"):
            self.fences[event.fields["beat"]] = event
            return
        if event.name == "m:BEAT" and event.peer not in self.muted:
            self.transmit(event.peer, "m:BEAT_ACK", {"beat": event.fields.get("beat", "")})
        self.events.append(event)

    def receive(self, step):
        """Wait for a message, drop what comes before it."""
        until = time.monotonic() + self.patience
        while True:
            while self.events:
                event = self.events.pop(0)
                if notation.matches(step, event, self.variables):
                    self.skipped.clear()
                    return
                self.skipped.append(event)
                if event.name == "closed" and event.peer == step.peer:
                    raise Failed("the association was closed before %s" % step.name)
            left = until - time.monotonic()
            if left <= 0 or self.stage.ended():
                raise Failed(("no %s %s" % (step.name, self.stage.ended())).strip())
            self.pump(min(left, 0.5))

    def fence(self):
        """Heartbeats after which an answer that is not there will not come; '' or what is wrong."""
        for peer, association in self.associations.items():
            if not association.open:
                continue
            token = "fece%04x" % len(self.fences)
            self.fences[token] = None
            self.transmit(peer, "m:BEAT", {"beat": token})
            until = time.monotonic() + self.patience
            while association.open and not self.fences[token]:
                if time.monotonic() > until:
                    return "no BEAT ACK at association %d" % peer
                self.pump(0.2)
        return ""

    # what is done

    def transmit(self, peer, name, fields):
        association = self.associations.get(peer)
        if not association or not association.open:
            raise Failed("association %d is not open before %s" % (peer, name))
        octets = octets_of(name, fields, self.row.role, peer)
        stream = int(fields.get("stream", "1" if octets[2:3] == b"\1" else "0"))
        association.send(octets, stream, int(fields.get("ppid", bench.M3UA_PPID)))

    def bound(self, fields):
        try:
            return {key: re.sub(r"\$\w+", lambda match: self.variables[match.group()], value) for key, value in fields.items()}
        except KeyError as error:
            raise Failed("variable %s has no value" % error) from error

    def perform(self, step):
        if step.verb == "message":
            self.transmit(step.peer, step.name, self.bound(step.fields))
        elif step.verb == "recv":
            self.receive(step)
        elif step.verb in ("connect", "accept"):
            association = getattr(self.stage, step.verb)(self.patience)
            if not association:
                raise Failed("no association %s" % self.stage.ended())
            self.associations[step.peer] = association
        elif step.verb in ("close", "abort"):
            self.associations[step.peer].close(abort=step.verb == "abort")
        elif step.verb == "phone":
            self.stage.start("iuplus-ue", bench.UE, [])
        elif step.verb == "attach":
            self.stage.start("iuplus-ue", bench.UE, [])
            if not self.stage.reported("iuplus-ue", ("InitialDirectTransfer", "RRCConnectionReject"), self.patience):
                raise Failed("the phone has not sent its first message %s" % self.stage.ended())
            self.pause(1)
        elif step.verb == "pause":
            self.pause(float(step.argument))
        elif step.verb == "mute":
            self.muted.add(step.peer)
        else:
            raise notation.BadRow("%s is no step of a stimulus" % step.verb)

    def pause(self, seconds):
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            self.pump(min(0.2, max(0.0, until - time.monotonic())))

    # the row

    def prepare(self, steps):
        program, config = ROLES[self.row.role]
        settings = [(*step.argument.partition("=")[0].rpartition(".")[::2], step.argument.partition("=")[2].replace(",", " "))
                    for step in steps if step.verb == "set"]
        self.stage.write("subscribers.conf", bench.SUBSCRIBERS)
        self.stage.listen()
        self.stage.start(program, config, settings)

    def fits(self, wanted):
        return any(notation.fulfilled(steps, self.events, dict(self.variables)) for steps in wanted)

    def judge(self, wanted):
        """'' if what came is what was expected."""
        limit = max(step.within for steps in wanted for step in steps) if any(wanted) else 0
        if limit:
            until = time.monotonic() + limit + self.patience
            while not self.fits(wanted) and time.monotonic() < until and not self.stage.ended():
                self.pump(0.2)
        wrong = self.fence() or self.fence()
        if not wrong and not self.fits(wanted):
            self.pause(0.5)
            wrong = self.fence()
        if wrong or not self.fits(wanted):
            return "; ".join(filter(None, [wrong, "came: " + (" ; ".join(map(notation.show, self.events)) or "nothing")]))
        return ""

    def play(self):
        """'' if the row passes, else what came."""
        preamble = notation.parse(self.row.preamble, self.row.role)
        stimulus = notation.parse(self.row.stimulus, self.row.role)
        wanted = notation.alternatives(self.row.expected, self.row.role)
        self.prepare(preamble)
        try:
            for step in preamble:
                if step.verb != "set":
                    self.perform(step)
            self.settle(stimulus)
            for step in stimulus:
                self.perform(step)
            return self.judge(wanted)
        except Failed as failure:
            came = self.skipped + self.events
            return "%s; came: %s" % (failure, " ; ".join(map(notation.show, came)) or "nothing")
        finally:
            for association in self.associations.values():
                if association.open:
                    association.close()

    def settle(self, stimulus):
        """What the preamble still causes (Notify after an acknowledge) is no answer to the stimulus."""
        if self.associations and stimulus and not self.row.unfenced:
            wrong = self.fence()
            if wrong:
                raise Failed(wrong)
            self.events.clear()


def octets_of(name, fields, role, peer):
    """The octets of a message to send. An SCCP message gets the addresses of the row's role unless it names others."""
    if name.startswith("m:"):
        return m3ua.encode(name[2:], fields)
    ours, theirs = ("1", "23") if role == notation.ASP else ("23" if peer == 1 else "24", "1")
    label = {"opc": ours, "dpc": theirs, "si": "3", "ni": "2", "mp": "0", "sls": "1"}
    outer = {key: value for key, value in fields.items() if key in (*m3ua.PARAMETERS, *m3ua.OUTSIDE) and key not in sccp.FIELDS}
    label.update({key: outer.pop(key) for key in m3ua.LABEL if key in outer})
    inner = {key: value for key, value in fields.items() if key in sccp.FIELDS}
    kind = name[2:]
    if kind in ("UDT", "XUDT", "LUDT", "UDTS", "XUDTS", "LUDTS", "CR"):
        management = "scmg" in inner
        inner.setdefault("called", "1" if management else "142@" + theirs)
        if kind != "CR":
            inner.setdefault("calling", "1@" + ours if management else "142@" + ours)
        inner.setdefault("hop", "10") if kind[0] in "XL" else None
    if kind in ("CR", "CC", "IT"):
        inner.setdefault("class", "2")
    payload = inner["rawsccp"] if kind == "RAW" else sccp.encode(kind, inner).hex()
    return m3ua.encode("DATA", {**outer, **label, "payload": payload})
