#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""same.py PER_JSON OTHER_PER_JSON capture FILE | random ORACLE-DIR COUNT SEED: two builds decode PDUs to the same octets and values.

PER_JSON is the build from this project's modules. The PDUs are all RANAP and RRC PDUs of a capture, or COUNT of every type that
Erlang's asn1 generates from these modules. A branch that they leave empty (criticalExtensions SEQUENCE {}) is the start of another
branch in 3GPP's modules, where such a PDU is invalid; it is not compared.
"""
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'oracle'))
import capture    # noqa: E402


RRC = ['UL-CCCH-Message', 'DL-CCCH-Message', 'UL-DCCH-Message', 'DL-DCCH-Message', 'ToTargetRNC-Container',
       'TargetRNC-ToSourceRNC-Container']


def type_of(kind, dissector):
    if kind == 'ranap':
        return 'RANAP', 'RANAP-PDU'
    _, way, channel = dissector.split('.')
    return 'RRC', '%s-%s-Message' % (way.upper(), channel.upper())


def from_capture(path):
    pdus = {}
    for kind, _, what, octets in capture.read(path):
        if kind in ('ranap', 'rrc'):
            pdus.setdefault(type_of(kind, what), []).append(octets.hex())
    return pdus


def from_erlang(folder, count, seed):
    oracle = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'oracle', 'oracle')
    env = dict(os.environ, ORACLE_DIR=os.path.abspath(folder))

    def ask(*args):
        return subprocess.run([oracle] + list(args), capture_output=True, text=True, env=env, check=True).stdout.splitlines()
    pdus = {}
    for proto in ('ranap', 'rnsap'):
        for kind in sorted({line.split()[1] for line in ask('msgs', proto)} - {'PrivateMessage'}):
            pdus.setdefault((proto.upper(), proto.upper() + '-PDU'), []).extend(ask('gen', proto, kind, seed, count))
    for kind in RRC:
        pdus['RRC', kind] = ask('gen', 'rrc', kind, seed, str(10 * int(count)))
    return pdus


def empty_branch(v):
    if isinstance(v, dict):
        return v.get('criticalExtensions') == {} or any(empty_branch(x) for x in v.values())
    return isinstance(v, list) and any(empty_branch(x) for x in v)


def main():
    one, other, source = sys.argv[1:4]
    pdus = from_capture(sys.argv[4]) if source == 'capture' else from_erlang(*sys.argv[4:])
    failed = compared = 0
    for (protocol, name), hexes in sorted(pdus.items()):
        text = '\n'.join(hexes) + '\n'
        a, b = (subprocess.run([p, protocol, name], input=text, capture_output=True, text=True, check=False).stdout.splitlines()
                for p in (one, other))
        if len(a) != len(hexes) or len(b) != len(hexes):
            print('%s: %d PDUs, %d and %d answers' % (name, len(hexes), len(a), len(b)))
            failed += 1
        for h, x, y in zip(hexes, a, b):
            if x.startswith(h + ' ') and empty_branch(json.loads(x[len(h):])):
                continue
            compared += 1
            if x != y or not x.startswith(h + ' '):
                failed += 1
                if failed < 10:
                    print('%s %.400s:\n  %.400s\n  %.400s' % (name, h, x, y))
    if not compared or failed:
        print('%d of %d PDUs differ (%s)' % (failed, compared, ' '.join(sys.argv[3:])))
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main())
