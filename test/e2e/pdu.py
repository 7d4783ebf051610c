# SPDX-License-Identifier: BSD-2-Clause
"""iuplus-pdu from outside: its calls, formats, exit status and error lines. Silent if it passes."""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

SRC, BUILD = os.environ.get("srcdir", "."), os.environ.get("top_builddir", ".")
PDU = os.path.join(BUILD, "src", "iuplus-pdu")
SEED = int(os.environ["IUPLUS_SEED"], 0) if "IUPLUS_SEED" in os.environ else random.SystemRandom().randrange(1 << 32)
failures = 0


def run(*args, data=b""):
    if isinstance(data, str):
        data = data.encode()
    p = subprocess.run([PDU, *args], input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=120)
    return p.returncode, p.stdout, p.stderr.decode(errors="replace")


def expect(what, good, *says):
    global failures
    if not good:
        failures += 1
        print("FAIL:", what, *(str(s)[:600] for s in says), sep="\n  ")


def real_pdus():
    with open(os.path.join(SRC, "test", "vectors", "ranap-pdus.tsv"), encoding="ascii") as f:
        return [line.split("\t")[3].strip() for line in f if not line.startswith("#")]


def calls(hexes):
    """The three calls that must work as written."""
    text = "".join(h + "\n" for h in hexes)
    rc, out, err = run("check", "-p", "RANAP-PDU", "-i", "hex", "-", data=text)
    lines = out.decode().splitlines()
    expect("check of the real PDUs", rc == 0 and len(lines) == len(hexes) + 1, rc, out, err)
    expect("a summary", lines[-1] == f"{len(hexes)} PDUs: {len(hexes)} good, 0 good but not canonical, 0 failed",
           lines[-1])
    rc, lines, err = run("decode", "-p", "RANAP-PDU", "-i", "hex", "-o", "json", "-", data=text)
    expect("decode to JSON", rc == 0 and lines.count(b"\n") == len(hexes), rc, err)
    for line in lines.splitlines():
        json.loads(line)
    rc, out, err = run("encode", "-p", "RANAP-PDU", "-i", "json", "-o", "hex", "-", data=lines)
    expect("encode gives the same lines", rc == 0 and out.decode() == text, rc, err)
    pretty = "".join(json.dumps(json.loads(line), indent=2) + "\n" for line in lines.splitlines())
    rc, out, err = run("encode", "-p", "RANAP-PDU", data=pretty)
    expect("JSON over several lines", rc == 0 and out.decode() == text, rc, err)
    rc, xer, err = run("decode", "-p", "RANAP-PDU", "-o", "xer", data=text)
    expect("decode to XER", rc == 0, rc, err)
    rc, out, err = run("encode", "-p", "RANAP-PDU", "-i", "xer", data=xer)
    expect("XER and back", rc == 0 and out.decode() == text, rc, err)


def public_pdus():
    """PDUs from public sources, and the verdicts of check on their encodings."""
    says = {"canonical": ("good", ""), "criticality": ("good", "not canonical: another criticality than specified of"),
            "default": ("good", "not canonical: "), "order": ("FAILED", "presence RANAP-PDU")}
    with open(os.path.join(SRC, "test", "vectors", "pdus-public.tsv"), encoding="ascii") as f:
        for line in f:
            if line.startswith("#"):
                continue
            where, number, kind, message, did, pdu = line.rstrip("\n").split("\t")
            rc, out, err = run("check", "-p", kind, "-i", "hex", "-", data=pdu + "\n")
            verdict, text = says[did]
            first = out.decode().split("\n")[0]
            expect(f"{where} {number}, {did}", rc == (verdict == "FAILED") and first.startswith(f"1: {verdict} {kind} ") and
                   text in first and ("not canonical" in first) == (did in ("criticality", "default")), rc, first, err)


def formats(folder, hexes):
    one = hexes[4]
    want = run("decode", "-p", "RANAP-PDU", "-o", "json", data=one)[1]
    binary = os.path.join(folder, "pdu.bin")
    with open(binary, "wb") as f:
        f.write(bytes.fromhex(one))
    rc, out, err = run("decode", "-p", "RANAP-PDU", "-i", "bin", "-o", "json", binary)
    expect("binary", (rc, out) == (0, want), rc, err)
    od = subprocess.run(["od", "-Ax", "-tx1", binary], stdout=subprocess.PIPE, check=True).stdout
    rc, out, err = run("decode", "-p", "RANAP-PDU", "-i", "hex", "-o", "json", data=od + od)
    expect("od -Ax -tx1, twice", (rc, out) == (0, want + want), rc, err)
    for name, text in (("0x", " ".join("0x" + one[i:i + 2] for i in range(0, len(one), 2))),
                       ("one 0x", "0x" + one), ("commas", ",".join("0x" + one[i:i + 2] for i in range(0, len(one),
                       2))),
                       ("capitals", one.upper()), ("no line end", one), ("CRLF", one + "\r\n"), ("remark",
                       "# x\n\n" + one)):
        rc, out, err = run("decode", "-p", "RANAP-PDU", "-o", "json", data=text)
        expect("hex with " + name, (rc, out) == (0, want), rc, err)
    for name, command in (("od without -Ax", ["od", "-tx1"]), ("od with text", ["od", "-Ax", "-tx1z"]),
                          ("hexdump -C", ["hexdump",
                          "-C"]), ("xxd", ["xxd"]), ("xxd -p", ["xxd", "-p", "-c0"])):
        if shutil.which(command[0]):
            dump = subprocess.run([*command, binary], stdout=subprocess.PIPE, check=True).stdout
            rc, out, err = run("decode", "-p", "RANAP-PDU", "-o", "json", data=dump)
            expect(name, (rc, out) == (0, want), rc, err)
    rc, out, err = run("decode", "-p", "RANAP-PDU", "-o", "json",
                       data="".join("\\x" + one[i:i + 2] for i in range(0, len(one), 2)))
    expect("octets as C writes them", (rc, out) == (0, want), rc, err)
    rc, out, err = run("decode", "-p", "RANAP-PDU", "-o", "json", binary)
    expect("binary that is looked at", (rc, out) == (0, want), rc, err)
    shifted = "f" + one + "0"
    rc, out, err = run("decode", "-p", "RANAP-PDU", "--bit-offset", "4", "-o", "json", data=shifted)
    expect("a bit offset", (rc, out) == (0, want), rc, err)
    rc, out, err = run("decode", "-p", "RANAP-PDU", "--bits", data=one)
    rows = [line.split() for line in out.decode().splitlines()[1:]]
    covered = sum(int(row[1]) for row in rows)
    expect("the map has every bit", rc == 0 and covered == 4 * len(one), rc, covered, err)
    rc, out, err = run("decode", "-p", "RANAP-PDU", "-o", "text", data=one)
    expect("text", rc == 0 and b"RAB-AssignmentRequest" in out, rc, out, err)
    rc, out, err = run("list", "RelocationRe")
    expect("list", rc == 0 and b"RANAP:RelocationRequired\n" in out, rc, out, err)
    rc, out, err = run("decode", "-p", "list")
    expect("-p list", rc == 0 and out.count(b"\n") > 1000, rc, err)
    rc, out, err = run("decode", "-p", "RANAP:Cause", "-o", "json", data="0000")
    expect("an inner type", rc == 0 and out.startswith(b'{"radioNetwork":'), rc, out, err)


def status(folder, hexes):
    """Exit status, and that an error is one line with PDU, rule, path and bit."""
    good, text = hexes[0], "".join(h + "\n" for h in hexes[:2])
    for args in ((), ("nothing",), ("decode",), ("decode", "-p", "No-Such-Type"), ("decode", "-i", "nothing", "-p",
    "RANAP-PDU"),
                 ("check", "-p", "Cause"), ("encode", "-p", "RANAP-PDU", "-i", "hex"), ("decode", "--nothing"),
                 ("decode", "-p", "RANAP-PDU", "--bit-offset", "x"), ("check", "-p", "RANAP-PDU", "-o", "xer"),
                 ("decode", "-p", "RANAP-PDU", "a", "b"), ("list", "no-such-word")):
        rc, out, err = run(*args, data=good)
        expect(f"usage: {args}", rc == 64 and not out and "iuplus-pdu" in err, rc, out, err)
    expect("help", run("--help")[0] == 0 and run("check", "--help")[0] == 0 and run("--version")[0] == 0)
    expect("no such file", run("check", "-p", "RANAP-PDU", os.path.join(folder, "missing"))[0] == 65)
    expect("not hex", run("check", "-p", "RANAP-PDU", "-i", "hex", data="not hex\n")[0] == 65)
    for line, says in (("001g", "'g' in column 4"), ("00 1", "an odd number of digits from column 4 on"),
                       ("0013zz", "'z' in column 5"),
                       ("00\0", "a zero octet"), ("0000 00\n0011 00", "a dump that continues the previous one")):
        rc, out, err = run("check", "-p", "RANAP-PDU", "-i", "hex", data=line + "\n")
        expect(f"the error in {line!r}", rc == 65 and says in err and "(line " in err, rc, err)
    rc, out, err = run("check", "-p", "RANAP-PD")
    expect("a name that is nearly one", rc == 64 and "is RANAP:RANAP-PDU meant?" in err, rc, err)
    rc, out, err = run("check", "--keylock", "x")
    expect("which option", rc == 64 and "--keylock" in err, rc, err)
    rc, out, err = run("check", folder)
    expect("a folder", rc == 65 and "Is a directory" in err, rc, err)
    if os.path.exists("/dev/full"):
        rc, out, err = run("decode", "-p", "RANAP-PDU", "-w", "/dev/full", data=good)
        expect("a full disk", rc == 65 and "not everything could be written" in err, rc, err)
    rc, out, err = run("encode", "-i", "json", data="{}")
    expect("no type", rc == 65 and "-p TYPE" in err, rc, err)
    expect("list without regard to case", b"RANAP:RelocationRequired\n" in run("list", "relocationrequired")[1])
    expect("not JSON", run("encode", "-p", "RANAP-PDU", "-i", "json", data="{\n")[0] == 65)
    expect("not XER", run("encode", "-p", "RANAP-PDU", "-i", "xer", data="<RANAP-PDU>")[0] == 65)
    expect("no capture", run("check", "-i", "pcap", data="no capture")[0] == 65)
    rc, out, err = run("check", "-p", "RANAP-PDU", data=text + good[:40] + "\n" + good + "\n")
    lines = out.decode().splitlines()
    expect("a cut PDU", rc == 1 and lines[2].startswith("3: FAILED") and lines[3].startswith("4: good"), rc, lines)
    expect("the report on it", "RANAP-PDU, aligned PER: the input ends before the value does at bit " in lines[2],
           lines[2])
    rc, out, err = run("decode", "-p", "RANAP-PDU", "-o", "json", data=good[:40] + "\n" + good + "\n")
    expect("one error line",
           rc == 1 and err.count("\n") == 1 and err.startswith("iuplus-pdu: PDU 1 (line 1): decode RANAP-PDU"), rc, err)
    rc, back, err = run("encode", "-p", "RANAP-PDU", data=out)
    expect("a line for a line, the octets of what failed kept",
           rc == 1 and back.decode() == good[:40] + "\n" + good + "\n", rc, back, err)
    value = json.loads(run("decode", "-p", "RANAP-PDU", "-o", "json", data=good)[1])
    value["initiatingMessage"]["value"]["protocolIEs"][1]["value"]["lAC"] = "00c8ff"
    rc, out, err = run("encode", "-p", "RANAP-PDU", "-i", "json", data=json.dumps(value))
    expect("a constraint", rc == 1 and "size outside its range in initiatingMessage" in err and ".lAI.lAC" in err, rc,
           out, err)


def verdicts(hexes):
    """The verdicts of check."""
    rc, out, err = run("check", "-p", "RANAP-PDU", "-o", "json", data=hexes[0])
    verdict = json.loads(out)
    expect("a verdict as JSON",
           rc == 0 and verdict["good"] and verdict["canonical"] and verdict["message"] == "InitialUE-Message", out)
    rc, out, err = run("check", "-p", "RANAP-PDU", data="000b4003000000")
    expect("presence", rc == 1 and b"presence RANAP-PDU" in out and b".protocolIEs.cause" in out, rc, out, err)
    rc, out, err = run("check", "-p", "RANAP:MaxBitrate", data="80ffffff")
    expect("constraints", rc == 1 and b": constraints MaxBitrate, aligned PER: " in out and b"at bit" in out, rc, out,
           err)
    rc, out, err = run("check", "-p", "RANAP:MaxBitrate", data="c0")
    expect("decode", rc == 1 and b": decode MaxBitrate, aligned PER: " in out, rc, out, err)
    rc, out, err = run("check", "-p", "RANAP-PDU", data="000b4080080000010004400142")
    expect("a length that is too long is not canonical", rc == 0 and b"longer than it needs to be at bit 24" in out,
           rc, out, err)
    rc, out, err = run("check", "-p", "RANAP-PDU", data="000b41080000010004400142")
    expect("padding", rc == 0 and b"not canonical: padding bits that are not zero" in out, rc, out, err)
    for level, says in (("80", "an empty nonCriticalExtensions is present"), ("b8ffee", "additions of a later release")):
        rc, out, err = run("check", "-p", "DL-DCCH-Message", data="4122559f1ef05c" + level)
        expect("a level of others", rc == 0 and b"good, 1 good but not canonical" in out and says.encode() in out, rc, out, err)
        rc, out, err = run("decode", "-p", "DL-DCCH-Message", data="4122559f1ef05c" + level)
        expect("a level of others, as text", rc == 0 and b"nhanced" not in out, rc, out, err)
    rc, out, err = run("check", "-p", "RANAP-PDU", data="000b4008000001000440014200")
    expect("octets after the PDU", rc == 1 and b"FAILED" in out, rc, out, err)


def captures(folder, hexes):
    lines = run("decode", "-p", "RANAP-PDU", "-o", "json", data="\n".join(hexes))[1]
    first = os.path.join(folder, "one.pcapng")
    rc, out, err = run("encode", "-p", "RANAP-PDU", "-i", "json", "-o", "pcap", "-w", first, data=lines)
    expect("a capture made", rc == 0, rc, err)
    whole(first, len(hexes))
    with open(first, "rb") as f:
        data = f.read()
    rc, out, err = run("check", data=data)
    expect("a capture from standard input", rc == 0 and out.count(b"good RANAP-PDU") == len(hexes), rc, err)
    rc, out, err = run("check", data=data[:-10])
    expect("a capture that is cut", rc == 65, rc, err)
    classic = bytes.fromhex("d4c3b2a1020004000000000000000000ffff0000" "93000000")
    for h in hexes:
        octets = bytes.fromhex(h)
        classic += bytes(8) + len(octets).to_bytes(4, "little") * 2 + octets
    path = os.path.join(folder, "classic.pcap")
    with open(path, "wb") as f:
        f.write(classic)
    rc, out, err = run("decode", "-o", "hex", path)
    expect("pcap with a user link type", rc == 0 and out.decode().split() == hexes, rc, err)
    rng = random.Random(SEED)
    for _ in range(60):
        changed = bytearray(rng.choice((data, classic)))
        for _ in range(rng.randrange(1, 6)):
            changed[rng.randrange(len(changed))] = rng.randrange(256)
        args = rng.choice((("check",), ("decode", "-o", "json"), ("decode", "--bits"), ("decode", "-o", "xer"),
                          ("decode",)))
        rc, out, err = run(*args, "-i", "pcap", data=bytes(changed))
        expect(f"a damaged capture, {args}, IUPLUS_SEED={SEED}", rc in (0, 1, 65) and "Sanitizer" not in err, rc, err)


def pcap(link, packets):
    """A classic capture; seconds count up from 1."""
    head = bytes.fromhex("d4c3b2a1020004000000000000000000ffff0000") + link.to_bytes(4, "little")
    return head + b"".join((i + 1).to_bytes(4, "little") + bytes(4) + len(p).to_bytes(4, "little") * 2 + p
                           for i, p in enumerate(packets))


def in_udp(port, payload):
    udp = port.to_bytes(2, "big") * 2 + (8 + len(payload)).to_bytes(2, "big") + bytes(2) + payload
    length = (20 + len(udp)).to_bytes(2, "big")
    return bytes.fromhex("4500") + length + bytes.fromhex("00000000401100007f0000017f000002") + udp


def gsmtap(folder):
    """RRC by GSMTAP's numbers, compared with tshark if it is installed."""
    request = run("encode", "-p", "UL-CCCH-Message", "-i", "json",
                  data=json.dumps({"message": {"rrcConnectionRequest": {
        "initialUE-Identity": {"tmsi-and-LAI": {"tmsi": "01020304",
                                                "lai": {"plmn-Identity": {"mcc": [0, 0, 1], "mnc": [0, 1]},
                                                                            "lac": "0001"}}},
        "establishmentCause": "registration", "protocolErrorIndicator": "noError"}}}))[1].decode().strip()
    expect("an RRC message to put into GSMTAP", request)
    packets = [in_udp(4729, bytes([2, 4, 12, 0]) + bytes(8) + bytes([n, 0, 0, 0]) +
                      bytes.fromhex(request)) for n in range(64)]
    # LTE's RRC has the next number
    packets.append(in_udp(4729, bytes([2, 4, 13, 0]) + bytes(8) + bytes([3, 0, 0, 0]) + bytes.fromhex(request)))
    path = os.path.join(folder, "gsmtap.pcap")
    with open(path, "wb") as f:
        f.write(pcap(101, packets))
    rc, out, err = run("decode", "-o", "json", path)
    got = {v["frame"] - 1: v["type"][4:] for v in map(json.loads, out.splitlines())}
    for n, name in ((0, "DL-DCCH-Message"), (1, "UL-DCCH-Message"), (2, "DL-CCCH-Message"), (3, "UL-CCCH-Message"),
                    (60, "ToTargetRNC-Container"), (61, "TargetRNC-ToSourceRNC-Container")):
        expect(f"GSMTAP {n}", got.get(n) == name, got.get(n), name)
    expect("no other number is taken for RRC", not {62, 63, 64} & set(got), got)
    expect("types that are missing are named", len(got) == 62 or
           "are of types that these modules do not have (PCCH-Message" in
           err, len(got), err)
    rc, out, err = run("decode", "-p", "UL-CCCH-Message", "-o", "hex", path)
    expect("only the requested type", rc == 0 and out.decode().split() == [request], rc, out, err)
    if not shutil.which("tshark"):
        return
    shark = subprocess.run(["tshark", "-V", "-r", path], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    for n, text in enumerate(shark.stdout.decode(errors="replace").split("\nFrame ")):
        # after the header of GSMTAP the first line that is not indented names the type
        behind = text.partition("\nGSM TAP Header")[2].split("\n")[1:]
        name = next((line for line in behind if line and line[0] != " "), "").split(":")[0]
        if n in got:
            expect(f"tshark on GSMTAP {n}", name == got[n], name, got[n])


def inside(folder):
    """Contents of strings as defined by the text of a specification."""
    message = {"integrityCheckInfo": {"messageAuthenticationCode": "01020304", "rrc-MessageSequenceNumber": 5},
               "message": {
        "downlinkDirectTransfer": {"r3": {"downlinkDirectTransfer-r3": {"rrc-TransactionIdentifier": 1,
                                                                        "cn-DomainIdentity":
                                                                        "ps-domain", "nas-Message": "080101"}}}}}

    def transfer(information):
        return json.dumps({"initiatingMessage": {"procedureID": {"procedureCode": 51, "ddMode": "common"},
                                                 "criticality": "ignore",
                                                 "transactionID": {"shortTransActionId": 1}, "value": {"protocolIEs": [
                                                     {"id": 85, "criticality": "ignore", "value": information}]}}})
    dl = run("encode", "-p", "DL-DCCH-Message", "-i", "json", data=json.dumps(message))[1].decode().strip()
    for value in ({"containing": {"DL-DCCH-Message": message}}, dl):
        rc, octets, err = run("encode", "-p", "RNSAP-PDU", "-i", "json", data=transfer(value))
        expect("L3-Information", rc == 0 and dl.encode() in octets, rc, octets, err)
        rc, out, err = run("decode", "-p", "RNSAP-PDU", data=octets)
        expect("L3-Information is opened", rc == 0 and b"DL-DCCH-Message" in out and b"downlinkDirectTransfer" in out,
               rc, out)
        for form in ("json", "xer"):
            out = run("decode", "-p", "RNSAP-PDU", "-o", form, data=octets)[1]
            expect(f"L3-Information through {form}", b"DL-DCCH-Message" in out and
                   run("encode", "-p", "RNSAP-PDU", "-i", form, data=out)[1] == octets, out)
        rows = [line.split() for line in run("decode", "-p", "RNSAP-PDU", "--bits",
                                             data=octets)[1].decode().splitlines()[1:]]
        expect("its bits", sum(int(row[1]) for row in rows) == 4 * len(octets.strip()) and
               any("DL-DCCH-Message.message.downlinkDirectTransfer" in row[3] for row in rows), rows[-3:])
    octets = run("encode", "-p", "RNSAP-PDU", "-i", "json", data=transfer("0801020300"))[1]
    rc, out, err = run("check", "-p", "RNSAP-PDU", data=octets)
    expect("L3-Information that is something else", rc == 0 and b"1 good, 0 good but" in out, rc, out, err)


def whole(path, least):
    """A whole capture through decode and encode."""
    rc, out, err = run("check", path)
    expect(f"check {path}", rc == 0 and out.count(b": good ") >= least, rc, out[-400:], err)
    plain = run("decode", "-o", "hex", path)[1]
    rc, lines, err = run("decode", "-o", "json", path)
    rc, out, err = run("encode", "-i", "json", "-o", "hex", data=lines)
    expect(f"{path} through JSON", rc == 0 and out == plain and plain, rc, err)
    one, other = path + ".1", path + ".2"
    run("decode", "-o", "pcap", "-w", one, path)
    rc, out, err = run("encode", "-i", "json", "-o", "pcap", "-w", other, data=lines)
    with open(one, "rb") as f, open(other, "rb") as g:
        expect(f"{path} as a capture again", rc == 0 and f.read() == g.read(), rc, err)


def relocation(folder):
    """A capture of the nodes: RANAP in SCCP, M3UA, SCTP, and RRC; with RRC inside RANAP's containers."""
    out = os.path.join(folder, "run")
    keys = os.path.join(folder, "keys")
    p = subprocess.run([os.path.join(BUILD, "src", "iuplus-relocate"), "--quiet", "--timeout", "60", "--out", out,
                        "--keylog", keys], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=180)
    capture = os.path.join(out, "iuplus.pcapng")
    if p.returncode == 69:
        return          # no SCTP on this machine
    expect("iuplus-relocate", p.returncode == 0 and os.path.exists(capture), p.returncode, p.stdout)
    if p.returncode:
        return
    whole(capture, 35)
    text = run("decode", capture)[1]
    for word in (b"RelocationRequired", b"rRC-Container: ToTargetRNC-Container: srncRelocation", b"(AttachRequest)",
                 b"rRC-Container: TargetRNC-ToSourceRNC-Container", b"DL-DCCH-Message physicalChannelReconfiguration"):
        expect("the text of a relocation has " + word.decode(), word in text)
    rc, out, err = run("check", "--keylog", keys, capture)
    expect("MAC-I under the key log", rc == 0 and out.count(b"MAC-I is right") >= 10 and b"(enhanced)" in out, rc,
           out, err)
    with open(keys, encoding="ascii") as f:
        lines = f.read().splitlines()
    with open(keys, "w", encoding="ascii") as f:
        f.write("\n".join(line for line in lines if "kind=legacy" in line) + "\n")
    rc, out, err = run("check", "--keylog", keys, capture)
    expect("MAC-I without the enhanced keys", rc == 1 and b"integrity: no key of the log" in out, rc, out, err)
    with open(keys, "w", encoding="ascii") as f:
        f.write("uia=2 ik=zz start=0 fresh=0\n")
    expect("a damaged key log", run("check", "--keylog", keys, capture)[0] == 65)


def main():
    hexes = real_pdus()
    with tempfile.TemporaryDirectory() as folder:
        calls(hexes)
        public_pdus()
        formats(folder, hexes)
        status(folder, hexes)
        verdicts(hexes)
        captures(folder, hexes)
        gsmtap(folder)
        inside(folder)
        relocation(folder)
    if failures:
        print(f"{failures} failures")
    return 1 if failures else 0


sys.exit(main())
