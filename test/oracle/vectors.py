#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""vectors.py ORACLE-DIR PER_JSON FILE.tsv: the engine and Erlang decode PDUs from public sources (test/vectors/pdus-public.tsv) to the
same values. They are the messages that the file names. They encode to the same octets if their sender's encoding was canonical, and
otherwise keep their meaning. tshark finds no malformed packet among them."""
import collections
import json
import os
import sys
import tempfile

import roundtrip
import tshark

DISSECTOR = dict(tshark.DISSECTOR, **{'RANAP-PDU': 'ranap', 'RNSAP-PDU': 'rnsap'})
Row = collections.namedtuple('Row', 'source number type message sender hex')


def settled(v):
    """A value without the details in which senders deviate from the specification: criticalities, and the order of IEs."""
    if isinstance(v, dict):
        return {k: settled(x) for k, x in v.items() if not k.lower().endswith('criticality')}
    if isinstance(v, list):
        out = [settled(x) for x in v]
        if all(isinstance(x, dict) and 'id' in x for x in out):
            out.sort(key=lambda x: x['id'])
        return out
    return v


def message_of(row, value):
    """The name of the message in a value, if the value has it."""
    return list(value['message'])[0] if row.type != 'RANAP-PDU' else row.message


def check(rows, per_json):
    proto = 'ranap' if rows[0].type == 'RANAP-PDU' else 'rrc'
    cmd = [per_json, proto.upper(), rows[0].type]
    theirs = roundtrip.server(proto).json(rows[0].type, [r.hex for r in rows], 'both')
    ours, _ = roundtrip.run(cmd, ''.join(r.hex + '\n' for r in rows))
    again, _ = roundtrip.run(cmd, ''.join(line.partition(' ')[0] + '\n' for line in ours))
    if not len(rows) == len(ours) == len(again):
        yield '%d PDUs, %d and %d answers' % (len(rows), len(ours), len(again))
    for row, a, b, c in zip(rows, theirs, ours, again):
        where = '%s %s (%s)' % (row.source, row.number, row.message)
        octets, _, value = b.partition(' ')
        if octets == 'error':
            yield '%s: %s' % (where, value)
            continue
        value, second = json.loads(value), json.loads(c.partition(' ')[2])
        d = roundtrip.difference(roundtrip.plain(json.loads(a.strip().partition(' ')[2])), roundtrip.plain(value))
        e = roundtrip.difference(settled(value), settled(second))
        if message_of(row, value) != row.message:
            yield '%s: is %s' % (where, message_of(row, value))
        if (row.sender == 'canonical') != (octets == row.hex):
            yield '%s: %s, and encodes to %s' % (where, row.sender, octets)
        if e:
            yield '%s: after encoding: %s' % (where, e)
        if d and row.sender in ('canonical', 'default'):
            yield '%s: %s' % (where, d)


def main():
    oracle_dir, per_json, path = sys.argv[1:]
    os.environ['ORACLE_DIR'] = os.path.abspath(oracle_dir)
    with open(path, encoding='utf-8') as f:
        rows = [Row(*line.rstrip('\n').split('\t')) for line in f if line[0] != '#']
    types = {}
    for row in rows:
        types.setdefault(row.type, []).append(row)
    bad = ['no PDUs'] if not rows else [b for same in types.values() for b in check(same, per_json)]
    if tshark.found():
        with tempfile.TemporaryDirectory() as folder:
            capture = os.path.join(folder, 'public.pcap')
            tshark.capture(capture, [(DISSECTOR[r.type], bytes.fromhex(r.hex)) for r in rows])
            judged = tshark.judge(capture, [])
        for r, (protocols, malformed, _, message) in zip(rows, judged):
            if malformed:
                bad.append('%s %s (%s): malformed to tshark (%s): %s' % (r.source, r.number, r.message, protocols, message))
    for b in bad:
        print('%.1500s' % b)
    return 1 if bad else 0


if __name__ == '__main__':
    sys.exit(main())
