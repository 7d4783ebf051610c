#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""same.py PER_JSON OTHER_PER_JSON CAPTURE: two builds decode every RANAP and RRC PDU of a capture alike, octets and values."""
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'oracle'))
import capture    # noqa: E402


def type_of(kind, dissector):
    if kind == 'ranap':
        return 'RANAP', 'RANAP-PDU'
    _, way, channel = dissector.split('.')
    return 'RRC', '%s-%s-Message' % (way.upper(), channel.upper())


def main():
    one, other, path = sys.argv[1:]
    pdus = {}
    for kind, _, what, octets in capture.read(path):
        if kind in ('ranap', 'rrc'):
            pdus.setdefault(type_of(kind, what), []).append(octets.hex())
    failed = 0
    for (protocol, name), hexes in sorted(pdus.items()):
        text = '\n'.join(hexes) + '\n'
        a, b = (subprocess.run([p, protocol, name], input=text, capture_output=True, text=True, check=False).stdout.splitlines()
                for p in (one, other))
        if len(a) != len(hexes) or len(b) != len(hexes):
            print('%s: %d PDUs, %d and %d answers' % (name, len(hexes), len(a), len(b)))
            failed = 1
        for h, x, y in zip(hexes, a, b):
            if x != y or not x.startswith(h + ' '):
                print('%s %s:\n  %s\n  %s' % (name, h, x, y))
                failed = 1
    if not pdus:
        print('%s: no PDU' % path)
        failed = 1
    return failed


if __name__ == '__main__':
    sys.exit(main())
