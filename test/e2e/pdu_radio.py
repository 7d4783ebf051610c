# SPDX-License-Identifier: BSD-2-Clause
"""iuplus-pdu --keylog on radio PDUs, compared with test/oracle/check_capture.py, which deciphers with code of its own from
the subscriber's K; and captures that are incomplete, reordered or damaged. Silent if it passes."""
import hashlib
import json
import os
import random
import re
import struct
import subprocess
import sys
import tempfile

SRC, BUILD = os.environ.get("srcdir", "."), os.environ.get("top_builddir", ".")
sys.path.insert(0, os.path.join(SRC, "test", "oracle"))
import capture  # noqa: E402
import check_capture  # noqa: E402
import umts_crypto  # noqa: E402

PDU = os.path.join(BUILD, "src", "iuplus-pdu")
SEED = int(os.environ["IUPLUS_SEED"], 0) if "IUPLUS_SEED" in os.environ else random.SystemRandom().randrange(1 << 32)
K, OPC = "465b5ce8b199b49faa5f0a2ee238a6bc", "cd63cb71954a9f4e48a5994e37a02baf"
failures = 0


def expect(what, good, *says):
    global failures
    if not good:
        failures += 1
        print("FAIL:", what, f"(IUPLUS_SEED={SEED})", *(str(s)[:600] for s in says), sep="\n  ")


def run(*args, data=b""):
    p = subprocess.run([PDU, *args], input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    return p.returncode, p.stdout.decode(), p.stderr.decode(errors="replace")


def relocate(folder, name, *args):
    """Capture and key log of a relocation; None without SCTP."""
    out, keys = os.path.join(folder, name), os.path.join(folder, name + ".keys")
    p = subprocess.run([os.path.join(BUILD, "src", "iuplus-relocate"), "--quiet", "--timeout", "60", "--out", out,
                        "--keylog",
                        keys, "--k", K, "--opc", OPC, *args], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                       timeout=180)
    if p.returncode == 69:
        return None
    if "--fault" not in args:
        expect(f"iuplus-relocate {args}", p.returncode == 0, p.stdout)
    return os.path.join(out, "iuplus.pcapng"), keys


class Reader(check_capture.Decoder):
    """Messages as decoded by iuplus-pdu: this test compares RLC, ciphering and MAC-I; other tests verify the codec."""

    def __call__(self, proto, kind, octets):
        if (proto, kind) not in self.proc:
            args = [PDU, "decode", "-p", proto.upper() + ":" + kind, "-i", "hex", "-o", "json", "-"]
            self.proc[proto, kind] = subprocess.Popen(args, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        p = self.proc[proto, kind]
        p.stdin.write(octets.hex() + "\n")
        p.stdin.flush()
        return json.loads(p.stdout.readline())


def radio(args, data=None):
    """The messages received over the radio: (uplink, octets), and their JSON lines; the other lines of the radio."""
    data = {} if data is None else {"data": data}
    status, out, err = run("decode", "-i", "pcap", "-o", "json", *args, **data)
    lines = [json.loads(line) for line in out.splitlines()]
    messages = [v for v in lines if "type" in v]
    hexes = run("decode", "-i", "pcap", "-o", "hex", *args, **data)[1].split()
    expect("a line for a message", len(messages) == len(hexes), len(messages), len(hexes))
    both = [(v, bytes.fromhex(h)) for v, h in zip(messages, hexes) if "radio" in v]
    others = [v for v in lines if "type" not in v]
    return status, [("UL-" in v["type"], h) for v, h in both], [v for v, _ in both], others, err


def against_the_oracle(path, keys, what):
    records, reader = list(capture.read(path)), Reader()
    judge = check_capture.judge(records, bytes.fromhex(K), bytes.fromhex(OPC), reader)
    reader.close()
    status, octets, lines, others, err = radio(("--keylog", keys, path))
    expect(f"{what}: the radio's messages are the oracle's", octets == judge.heard and status == 0, status, err)
    expect(f"{what}: nothing else", not others, others)
    # every protected message: its MAC-I
    late = [v for v, (_, h) in zip(lines, octets) if h[0] & 0x80 and "CCCH" not in v["type"]]
    expect(f"{what}: every MAC-I", len(late) == judge.macs and all("is right" in v["integrity"] for v in late),
           len(late),
           judge.macs)
    deciphered = [v for v in lines if v.get("ciphering", "").startswith(f"UEA{judge.uea}, CK ")]
    expect(f"{what}: some were ciphered", bool(judge.ciphered) == bool(deciphered), judge.ciphered, len(deciphered))


def blocks(path):
    with open(path, "rb") as f:
        data = f.read()
    at, found = 0, []
    while at < len(data):
        kind, size = struct.unpack_from("<II", data, at)
        found.append((kind, data[at:at + size]))
        at += size
    return found


def joined(head, packets):
    return b"".join(head) + b"".join(packets)


def damaged(path, keys, other_keys, rng):
    all_blocks = blocks(path)
    head, packets = [b for k, b in all_blocks if k != 6], [b for k, b in all_blocks if k == 6]
    # no key log: named
    status, octets, lines, others, err = radio((path,))
    expect("without a key log", status == 0 and others and
           all("there is no key log" in v["ciphering"] for v in others) and
           all("ciphering" not in v for v in lines), status, err, others)
    expect("check names them, too", "PDUs of the radio are ciphered" in run("check", path)[1])
    # another run's keys, and a log without CK
    status, _, lines, others, err = radio(("--keylog", other_keys, path))
    expect("other keys", status == 1 and "ciphering: no key" in err and all("ciphering" not in v for v in lines) and
           others,
           status, err)
    # all of them are present
    status, whole, lines, others, err = radio(("--keylog", keys, path))
    ciphered = [v["frame"] for v in lines if "ciphering" in v]
    # a flipped bit of a ciphered PDU: a MAC-I, a length indicator, or padding shows it
    for _ in range(15):
        i = rng.choice(ciphered) - 1
        datagram = next(o for k, f, _, o in capture.read(path) if k == "udp" and f == i + 1)
        at, bit = packets[i].index(datagram) + 10, rng.randrange(8 * (len(datagram) - 10))
        turned = bytearray(packets[i])
        turned[at + bit // 8] ^= 0x80 >> bit % 8
        status, out, err = run("check", "--keylog", keys, "-",
                               data=joined(head, packets[:i] + [bytes(turned)] + packets[i + 1:]))
        expect(f"frame {i + 1}, bit {bit} turned", (status == 1 and "FAILED" in out) or
               (status == 0 and "radio: note " in out), status, out[-600:], err)
    # retransmitted; retransmitted with other octets
    i = ciphered[0] - 1
    status, octets, _, others, err = radio(("--keylog", keys, "-"),
                                           joined(head, packets[:i + 1] + [packets[i]] + packets[i + 1:]))
    expect("a PDU that was sent again", status == 0 and octets == whole and
           [v["ciphering"] for v in others] == ["sent again"],
           status, others, err)
    turned = bytearray(packets[i])
    turned[28 + 28 + 15] ^= 1
    status, octets, _, others, err = radio(("--keylog", keys, "-"), joined(head, packets[:i + 1] + [bytes(turned)] +
                                                                           packets[i + 1:]))
    expect("one with other octets", status == 1 and octets == whole and "not the octets" in err, status, others, err)
    # the first of a message's two PDUs after the second: RLC puts them in order
    two = next(v for v in lines if "ciphering" in v and " to " in v["radio"])["frame"]
    swapped = list(packets)
    swapped[two - 2], swapped[two - 1] = swapped[two - 1], swapped[two - 2]
    status, octets, _, others, err = radio(("--keylog", keys, "-"), joined(head, swapped))
    expect("PDUs that overtook each other", status == 0 and octets == whole and not others, status, others, err)
    # not captured
    status, octets, _, others, err = radio(("--keylog", keys, "-"), joined(head, packets[:two - 2] + packets[two - 1:]))
    expect("a PDU that is missing", len(octets) == len(whole) - 1 and others and status == 1 and "not captured" in err,
           status, len(octets), others, err)
    # from any packet on: complete messages are decoded
    for cut in rng.sample(range(1, len(packets) - 2), 12):
        status, octets, got, others, err = radio(("--keylog", keys, "-"), joined(head, packets[cut:]))
        later = [v["frame"] for v in lines if v["frame"] > cut]
        late = {v["frame"] + cut for v in got}
        partial = {v["frame"] +
                   cut for v in others if v["ciphering"] == "a part of a message whose beginning is missing"}
        # the rest of a RANAP message whose first segment is not in the capture does not decode
        fits = status in (0, 65) or (status == 1 and "decode RANAP-PDU" in err and any(map(more_data, packets[:cut])))
        expect(f"from packet {cut + 1} on", fits and late | partial >= set(later) and
               late <= set(later), status, sorted(set(later) - late - partial), others, err)


def more_data(packet):
    """Whether the packet has an SCCP DT1 with more data: M3UA's Protocol Data of service indicator 3."""
    at = packet.find(b"\x02\x10")
    while at >= 0 and at + 20 < len(packet):
        if packet[at + 12] == 3 and packet[at + 16] == 6 and packet[at + 20] & 1:
            return True
        at = packet.find(b"\x02\x10", at + 1)
    return False


def masked(octets, rb):
    """The input of f9 (TS 25.331 10.3.3.16): the bearer in place of MAC-I, and 0 in place of the sequence number."""
    rest = int.from_bytes(octets, "big") & ((1 << (8 * len(octets) - 37)) - 1)
    return (1 << (8 * len(octets) - 1) | rb << (8 * len(octets) - 33) | rest).to_bytes(len(octets), "big")


def mac_of(octets):
    return int.from_bytes(octets[:5], "big") >> 7 & 0xFFFFFFFF


def key_lines(keys):
    with open(keys, encoding="ascii") as f:
        return [dict(w.split("=", 1) for w in line.split()) for line in f if not line.startswith("#")]


def made_with(lines, octets, integrity, uplink):
    """For a MAC-I that iuplus-pdu reports as right: the line of the key log that gives it with the oracle's cryptography, bearer,
    COUNT-I."""
    uia, finger, rb, count = re.fullmatch(r"MAC-I is right: UIA(\d), IK (\w{8}) \(\w+\), RB(\d), COUNT-I (\w{8})",
                                          integrity).groups()
    for line in lines:
        ik = bytes.fromhex(line["ik"])
        if hashlib.sha256(ik).hexdigest()[:8] == finger and mac_of(octets) == umts_crypto.f9(
                int(uia), ik, int(count, 16), int(line["fresh"], 16), 0 if uplink else 1, masked(octets, int(rb))):
            return line, int(rb), int(count, 16)
    return None


def explained(line, rb, count, uplink, received, expected):
    return (f"MAC-I {received:08x}, expected {expected:08x} (UIA{line['uia']}, "
            f"{'IK_U' if line['kind'] == 'enhanced' else 'IK'} {hashlib.sha256(bytes.fromhex(line['ik'])).hexdigest()[:8]}, "
            f"RB{rb} {'uplink' if uplink else 'downlink'}, COUNT-I {count:08x}, FRESH {line['fresh']})")


def protected(path, keys):
    """The protected messages: frame, octets, whether uplink, whether of the radio, and the inputs of the MAC-I."""
    lines = key_lines(keys)
    json_lines = [json.loads(v) for v in run("decode", "-o", "json", "--keylog", keys, path)[1].splitlines()]
    hexes = run("decode", "-o", "hex", "--keylog", keys, path)[1].split()
    found = []
    for v, h in zip((v for v in json_lines if "type" in v), hexes):
        if v.get("integrity", "").startswith("MAC-I is right"):
            octets, uplink = bytes.fromhex(h), "UL-" in v["type"]
            found.append((v["frame"], octets, uplink, "radio" in v, made_with(lines, octets, v["integrity"], uplink)))
    expect("a key for every MAC-I", found and all(f[4] for f in found), found)
    return found


def refused_macs(path, keys):
    """iuplus-pdu explains a wrong MAC-I as the nodes do. path: a capture without ciphering."""
    all_blocks = blocks(path)
    head, packets = [b for k, b in all_blocks if k != 6], [b for k, b in all_blocks if k == 6]
    messages = protected(path, keys)
    # a flipped bit in the MAC-I of each exported message: the expected MAC-I is the one that the sender computed
    turned, wanted = list(packets), {}
    for frame, octets, uplink, radio_pdu, how in messages:
        if not radio_pdu:
            at, packet = packets[frame - 1].index(octets), bytearray(packets[frame - 1])
            packet[at + 2] ^= 0x10
            turned[frame - 1] = bytes(packet)
            wanted[frame] = explained(*how, uplink, mac_of(packet[at:]), mac_of(octets))
    status, out, err = run("check", "--keylog", keys, "-o", "json", "-", data=joined(head, turned))
    said = {v["frame"]: v["why"] for v in map(json.loads, out.splitlines()) if "why" in v and not v["good"]}
    expect("a MAC-I with a bit turned", status == 1 and len(wanted) > 8 and
           said == {f: "integrity: " + w for f, w in wanted.items()}, said, wanted, err)
    # the NAS message in a bearer's first message changed: no MAC-I of the log is close, and no earlier message helps
    bearers = set()
    for frame, octets, uplink, radio_pdu, (_, rb, _) in messages:
        if not radio_pdu or rb < 3 or (uplink, rb) in bearers or octets not in packets[frame - 1]:
            continue
        bearers.add((uplink, rb))
        changed = bytearray(octets)
        changed[len(octets) // 2] ^= 0x01
        packet = packets[frame - 1].replace(octets, bytes(changed))
        out = run("decode", "-o", "json", "--keylog", keys, "-",
                  data=joined(head, packets[:frame - 1] + [packet] + packets[frame:]))[1]
        expect(f"a message that was changed in frame {frame}",
               f'"integrity":"no key of the log gives MAC-I {mac_of(octets):08x}"' in out, out)
    expect("messages that were changed", bearers)


def key_logs(folder, path, keys):
    with open(keys, encoding="ascii") as f:
        log = f.read()
    for old, new, says in (("uia=", "uia=7", "uia is missing or neither 1 nor 2"),
                           (" ik=", " ik=z", "ik is missing or not 32"),
                           (" ck=", " ck=0", "ck is not 32"), (" fresh=", " flesh=", "fresh is missing"),
                           (" start=", " start=f", "start is missing or not 20 bits"),
                           ("uea=", "uea=5", "uea is none of")):
        bad = os.path.join(folder, "bad.keys")
        with open(bad, "w", encoding="ascii") as f:
            f.write(log.replace(old, new, 1))
        status, out, err = run("check", "--keylog", bad, path)
        expect(f"a key log with {new}", status == 65 and not out and
               f"bad.keys: line 2 is not a line of a key log: {says}" in err,
               status, out, err)
    status, out, err = run("check", "--keylog", os.path.join(folder, "missing"), path)
    expect("no key log", status == 65 and "No such file" in err, status, err)
    # without the CKs
    with open(bad, "w", encoding="ascii") as f:
        f.writelines(" ".join(w for w in line.split() if not w.startswith("ck=")) + "\n" for line in log.splitlines())
    status, out, err = run("check", "--keylog", bad, path)
    expect("no CK", status == 1 and "MAC-I is right" in out and "ciphering: no key: the log has none" in out, status,
           err)


def main():
    rng = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        runs = []
        for n in range(8):
            kinds = ["enhanced" if n >> b & 1 else "legacy" for b in range(3)]
            for alg in ("1", "2"):
                args = ("--ue", kinds[0], "--source", kinds[1], "--target", kinds[2], "--integrity", "uia" + alg,
                        "--encryption",
                        "uea" + alg, "--aka", rng.choice(("auto", "always")))
                made = relocate(folder, f"{n}-{alg}", *args)
                if made is None:
                    return 77
                against_the_oracle(*made, " ".join(args))
                runs.append(made)
        made = relocate(folder, "plain", "--encryption", "uea0")
        against_the_oracle(*made, "uea0")
        path, keys = runs[9]
        damaged(path, keys, runs[0][1], rng)
        path, keys = runs[-1]
        damaged(path, keys, runs[1][1], rng)
        refused_macs(*made)
        key_logs(folder, path, keys)
        path, keys = relocate(folder, "fault", "--fault", "tamper-smc")
        status, octets, lines, others, err = radio(("--keylog", keys, path))
        wrong = [v for v in lines if ", expected " in v.get("integrity", "")]
        expect("a MAC-I that was tampered with", status == 1 and len(wrong) == 1 and "securityModeCommand" in
               wrong[0]["value"]["message"] and not others, status, wrong, others, err)
    if failures:
        print(f"{failures} failures")
    return 1 if failures else 0


sys.exit(main())
