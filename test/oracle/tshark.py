#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""tshark.py ORACLE-DIR [--count N] [--seed S] [--proto P]: random PDUs of every type, made by Erlang from our modules, are for
tshark no malformed packet and no error."""
import argparse
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile

import roundtrip

LINKTYPE_UPPER_PDU, TAG_DISSECTOR = 252, 12
DISSECTOR = {'ranap': 'ranap', 'rnsap': 'rnsap', 'UL-CCCH-Message': 'rrc.ul.ccch', 'DL-CCCH-Message': 'rrc.dl.ccch',
             'UL-DCCH-Message': 'rrc.ul.dcch', 'DL-DCCH-Message': 'rrc.dl.dcch'}
# tshark stops at a list of ten items that take no bits, as those of an ENUMERATED { gsm }; and it reads digits of a network
# out of random octets that are none
FOREIGN = ('too many nulls in sequence', 'contains non-decimal digits')
# octets of other protocols, which are random here
OFF = ['gsm_a.dtap', 'gsm_a.rr', 'bssgp', 'bssmap', 'lte_rrc', 's1ap', 'gsm_map', 'gsm_a.common']


def found():
    return shutil.which('tshark') is not None


def capture(path, pdus):
    with open(path, 'wb') as out:
        out.write(struct.pack('<IHHiIII', 0xA1B2C3D4, 2, 4, 0, 0, 262144, LINKTYPE_UPPER_PDU))
        for name, pdu in pdus:
            name = name.encode('ascii')
            packet = struct.pack('>HH', TAG_DISSECTOR, len(name)) + name + struct.pack('>HH', 0, 0) + pdu
            out.write(struct.pack('<IIII', 0, 0, len(packet), len(packet)) + packet)


def judge(path, off):
    cmd = ['tshark', '-n', '-r', path, '-T', 'fields', '-E', 'separator=|', '-E', 'occurrence=a']
    for name in off:
        cmd += ['--disable-protocol', name]
    for field in ('frame.protocols', '_ws.malformed', '_ws.expert.severity', '_ws.expert.message'):
        cmd += ['-e', field]
    text = subprocess.run(cmd, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return [line.split('|', 3) for line in text.decode('utf-8', 'replace').splitlines()]


def kinds_of(proto):
    """Of RRC, the branches that the modules have: another has nothing inside, where tshark looks for its value."""
    if proto != 'rrc':
        return roundtrip.kinds_of(proto)
    whole = ['%s:%s.r3' % (c, m) for c, ms in roundtrip.MESSAGES.items() for m in ms]
    return sorted(set(whole + roundtrip.branches()))


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('oracle_dir')
    ap.add_argument('--count', type=int, default=int(os.environ.get('IUPLUS_TSHARK_COUNT', '20')))
    ap.add_argument('--seed', type=int, default=int(os.environ.get('IUPLUS_SEED', '0')) or random.randrange(1, 1 << 30))
    ap.add_argument('--proto', action='append')
    a = ap.parse_args()
    os.environ.update(ORACLE_DIR=os.path.abspath(a.oracle_dir), TSCLEAN='1')
    made = []
    for proto in a.proto or ['ranap', 'rnsap', 'rrc']:
        for kind in kinds_of(proto):
            if kind == 'PrivateMessage':	# no private IE is known to tshark either, and it says so
                continue
            name = DISSECTOR.get(kind.split(':')[0]) if proto == 'rrc' else DISSECTOR[proto]
            if name:
                for h in roundtrip.server(proto).gen(kind, a.seed, a.count, 0, 0, 'plain'):
                    made.append((kind, name, bytes.fromhex(h)))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'random.pcap')
        capture(path, [(name, pdu) for _, name, pdu in made])
        rows = judge(path, OFF)
    if len(rows) != len(made) or not made:
        print('tshark sees %d of %d PDUs' % (len(rows), len(made)))
        return 1
    bad = 0
    for number, ((kind, _, pdu), (protocols, malformed, severity, message)) in enumerate(zip(made, rows), 1):
        if not any(f in message for f in FOREIGN) and (malformed or any(int(s, 0) >= 0x600000 for s in severity.split(',') if s)):
            bad += 1
            if bad <= 10:
                print('%s: %s %s; %s: %.600s' % (kind, protocols, malformed and 'malformed', message, pdu.hex()))
    if bad:
        print('%d of %d PDUs; seed %d' % (bad, len(made), a.seed))
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
