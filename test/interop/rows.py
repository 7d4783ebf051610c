# SPDX-License-Identifier: BSD-2-Clause
"""The rows: what is started, what is ordered, and what has to come of it."""
from network import SUBSCRIBER
from relocate import check

ROWS = []
KEYS = ("k 465b5ce8b199b49faa5f0a2ee238a6bc", "opc cd63cb71954a9f4e48a5994e37a02baf")
CONTEXTS = {"source-rnc": "5", "target-rnc": "6", "sgsn": "3"}      # as in conf/stp-*.cfg
RNCS = ("source-rnc", "target-rnc")
# RANAP messages of a whole attach at osmo-sgsn in their order, others between them, as iuplus-pdu names their values
ATTACH = ("InitialUE-Message", "SecurityModeCommand", "SecurityModeComplete", "CommonID", "Iu-ReleaseCommand", "Iu-ReleaseComplete")


class Row:
    """core is the core network's program, None where there is none and thus nothing to judge; messages are RANAP messages that the
    capture has to have, in this order."""

    def __init__(self, name, what, play, core="iuplus-sgsn", messages=()):
        self.name, self.what, self.play, self.core, self.messages = name, what, play, core, messages


def contexts(net, nodes, registers):
    for node in nodes:
        net.set(node, "iu", *(("registration", "yes") if registers else ("routing-context", CONTEXTS[node])))


# ---- FIG. 9 between our nodes, through osmo-stp ----

def start_core(net, dials, registers):
    """osmo-stp and iuplus-sgsn behind it. dials: the transfer point connects to the SGSN, which can then have no other routing
    context than the one that the transfer point names; otherwise the SGSN is a client as the RNCs are."""
    parts = ["stp-sgsn-dials"] if dials else [] if registers else ["stp-sgsn-as"]
    net.stp(*parts, *([] if registers else ["stp-rnc-as"]))
    contexts(net, RNCS, registers)
    contexts(net, ("sgsn",), registers and not dials)
    net.set("sgsn", "iu", "listen", "{net}.1:2905" if dials else "{net}.1:2908")
    net.set("sgsn", "stp stp", "address", "{net}.7:2909" if dials else "{net}.7:2905")
    net.set("sgsn", "stp stp", "sctp-role", "server" if dials else "client")
    # whoever connects is started last
    for start in (("sgsn", "osmo-stp") if dials else ("osmo-stp", "sgsn")):
        if start == "sgsn":
            net.start("sgsn")
            net.wait("sgsn", "state", "listening")
        else:
            net.start_daemon("osmo-stp")


def start_rnc(net, rnc):
    """An RNC is in order when the core has acknowledged its Reset. Before, it may hear that the core is not yet there (DUNA)."""
    net.start(rnc)
    net.wait(rnc, "state", "connected")
    net.wait(rnc, "done", "Reset")


def there_and_back(net, after=0):
    """FIG. 9 from the legacy RNC to the enhanced one, and the way back; NAS messages are exchanged under the keys of each."""
    net.wait("ue", "done", "Attach", after)
    net.wait("sgsn", "done", "Attach", after)
    net.relocate("source-rnc", "target-rnc", "enhanced")
    net.exchange()
    net.relocate("target-rnc", "source-rnc", "mapped")
    net.exchange()


def relocation(dials, registers, first):
    def play(net):
        start_core(net, dials, registers)
        for rnc in sorted(RNCS, key=lambda rnc: rnc != first):
            start_rnc(net, rnc)
        net.start("ue")
        there_and_back(net)
        check(not net.failures(), "failures: %s" % net.failures())
        for node in ("source-rnc", "target-rnc", "sgsn"):
            check(net.count("message", node, "ErrorIndication") == 0, "%s sent Error Indication" % node)
    return play


def transfer_point_restarts(dials, registers):
    """The transfer point is killed while a phone is connected. Every node says what it lost, connects again, and the phone attaches
    again; no node is started anew."""
    def play(net):
        start_core(net, dials, registers)
        for rnc in RNCS:
            start_rnc(net, rnc)
        net.start("ue")
        net.wait("ue", "done", "Attach")
        net.wait("sgsn", "done", "Attach")
        mark = net.mark()
        net.kill("osmo-stp")
        lost(net, RNCS + ("sgsn",), mark)
        net.wait("source-rnc", "end", "context", mark)
        net.wait("ue", "end", "context", mark)
        mark = net.mark()
        net.start_daemon("osmo-stp")
        for rnc in RNCS:
            net.wait(rnc, "state", "connected", mark)
            net.wait(rnc, "done", "Reset", mark)
        # the phone considers itself attached: a new one does not
        net.restart_phone()
        there_and_back(net, mark)
    return play


def lost(net, nodes, mark):
    for node in nodes:
        net.wait(node, "end", "association", mark)


# ---- our RNC and phone at osmo-sgsn ----

def start_osmocom(net, registers):
    """osmo-stp, osmo-hlr with the subscriber, osmo-mgw, osmo-sgsn; then the RNC, until osmo-sgsn has acknowledged its Reset."""
    net.stp(*([] if registers else ["stp-rnc-as", "stp-osmo-sgsn-as"]))
    contexts(net, ("source-rnc",), registers)
    for key, value in (("name", "osmo-sgsn"), ("point-code", "188")):
        net.set("source-rnc", "sgsn", key, value)
    for daemon in ("osmo-stp", "osmo-mgw", "osmo-hlr"):
        net.start_daemon(daemon)
    subscriber = "subscriber imsi " + SUBSCRIBER
    net.vty("osmo-hlr", subscriber + " create", subscriber + " update msisdn 1001",
            subscriber + " update aud3g milenage " + " ".join(KEYS))
    net.start_daemon("osmo-sgsn")
    start_rnc(net, "source-rnc")


def attached(net, after=0):
    """AKA with a vector of osmo-hlr, UIA1 and UEA1, accept, release. Events of two nodes arrive in any order."""
    net.wait_message("ue", "UplinkDirectTransfer", "AuthenticationAndCipheringResponse", after)
    net.wait("ue", "done", "Attach", after)
    used = [net.wait_for(lambda e, node=node: (e["event"], e["node"]) == ("keys", node) and e["integrity"] and e["ciphering"],
                         "keys of %s with integrity protection and ciphering" % node, after) for node in ("ue", "source-rnc")]
    for keys in used:
        check((keys["kind"], keys["uia"], keys["uea"]) == ("legacy", 1, 1), "not legacy keys with UIA1 and UEA1: %s" % keys)
    check((used[0]["ik"], used[0]["ck"]) == (used[1]["ik"], used[1]["ck"]), "UE and RNC have different keys: %s %s" % tuple(used))
    released = net.wait_message("source-rnc", "Iu-ReleaseComplete", None, after)
    net.wait("source-rnc", "end", "context", net.position(released))
    known = net.vty("osmo-hlr", "subscriber imsi %s show" % SUBSCRIBER)
    check("SGSN number: SGSN-1" in known and "last LU seen on PS" in known and "last-SQN=" in known,
          "osmo-hlr does not know the phone as attached, or gave no vectors:\n" + known)


def attach(registers):
    def play(net):
        start_osmocom(net, registers)
        mark = net.mark()
        net.start("ue")
        attached(net)
        check(not net.failures(mark), "failures: %s" % net.failures(mark))
    return play


def daemon_restarts(daemon, registers):
    """A daemon is killed in the middle of an attach: osmo-hlr is paused, so that osmo-sgsn waits for its vectors. The RNC says what
    it lost, releases the phone, connects again, and the phone attaches by itself (T3311); neither is started anew. The vectors come
    after the RNC's Reset: an osmo-sgsn that was not killed then goes on where it was (peers.tsv)."""
    def play(net):
        start_osmocom(net, registers)
        net.pause("osmo-hlr")
        net.start("ue")
        net.wait_log("osmo-sgsn", "Requesting authentication tuples")
        mark = net.mark()
        net.kill(daemon)
        lost(net, ("source-rnc",), mark)
        net.wait("source-rnc", "end", "context", mark)
        net.wait("ue", "end", "context", mark)
        mark = net.mark()
        net.start_daemon(daemon)
        net.wait("source-rnc", "state", "connected", mark)
        net.wait("source-rnc", "done", "Reset", mark)
        net.resume("osmo-hlr")
        attached(net, mark)
    return play


def not_known(net):
    """Neither configured nor registered: osmo-stp refuses every DATA (ERR), and says of every point code that it cannot be reached
    (DUNA). The RNC says both."""
    net.stp()
    net.start_daemon("osmo-stp")
    net.start("source-rnc")
    lost(net, ("source-rnc",), 0)
    check("ERR received: invalid routing context" in net.own_log("source-rnc"), "no word of the ERR in the log of the RNC")
    check(net.count("done", "source-rnc", "Reset") == 0, "a Reset was acknowledged")


def fill():
    for dials in (True, False):
        for registers in (False, True):
            for first, number in (("source-rnc", 1), ("target-rnc", 2)):
                ROWS.append(Row("relocation-%s-%s-rnc%d" % ("dialled" if dials else "client",
                                                            "registered" if registers else "configured", number),
                                "FIG. 9 through osmo-stp; %s; routing contexts %s; RNC %d speaks first" % (
                                    "it connects to iuplus-sgsn" if dials else "iuplus-sgsn connects to it",
                                    "registered" if registers else "configured", number),
                                relocation(dials, registers, first)))
    for dials, registers in ((True, False), (False, True)):
        ROWS.append(Row("stp-restarts-%s-%s" % ("dialled" if dials else "client", "registered" if registers else "configured"),
                        "osmo-stp is killed and restarted; then FIG. 9", transfer_point_restarts(dials, registers)))
    for registers in (False, True):
        word = "registered" if registers else "configured"
        ROWS.append(Row("attach-" + word, "attach at osmo-sgsn with vectors of osmo-hlr; routing context " + word,
                        attach(registers), "osmo-sgsn", ATTACH))
        for daemon in ("osmo-sgsn", "osmo-stp"):
            ROWS.append(Row("%s-restarts-%s" % (daemon, word), "%s is killed in the middle of an attach and restarted; routing "
                            "context %s" % (daemon, word), daemon_restarts(daemon, registers), "osmo-sgsn", ATTACH))
    ROWS.append(Row("no-application-server", "the transfer point does not know the RNC, and the RNC says so", not_known, None,
                    ("Reset",)))


fill()
