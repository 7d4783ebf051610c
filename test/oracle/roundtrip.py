#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""roundtrip.py ORACLE-DIR PER_JSON [--count N] [--seed S] [--proto P]: random PDUs of every type, two codecs, one meaning.

Erlang makes N values of each PDU type and encodes them; per_json (the project's engine) decodes each, prints its value and encodes
it again. Both the octets and every leaf of the value must be Erlang's. Values reach unknown IEs, sizes and numbers behind the
extension mark, and lists up to their limits. With the extension left out (LEGACY), Erlang's codec made from the modules without it
reads every extended PDU and sees the rest unchanged.
"""
import argparse
import concurrent.futures
import json
import os
import random
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ORACLE = os.path.join(HERE, 'oracle')
RRC_TYPES = ['UL-CCCH-Message', 'DL-CCCH-Message', 'UL-DCCH-Message', 'DL-DCCH-Message', 'ToTargetRNC-Container',
             'TargetRNC-ToSourceRNC-Container']


def run(cmd, text, env=None):
    p = subprocess.run(cmd, input=text, capture_output=True, text=True, env=dict(os.environ, **(env or {})), check=False)
    if p.returncode not in (0, 1):
        raise SystemExit('%s: %s' % (' '.join(cmd), p.stderr[-2000:]))
    return p.stdout.splitlines(), p.stderr


def plain(v):
    """What both sides print alike: an ENUMERATED { true } is a BOOLEAN to Erlang."""
    if isinstance(v, dict):
        return {k: plain(x) for k, x in v.items()}
    if isinstance(v, list):
        return [plain(x) for x in v]
    return {'true': True, 'false': False}.get(v, v) if isinstance(v, str) else v


def difference(a, b, path=''):
    if isinstance(a, dict) and isinstance(b, dict):
        for k in sorted(set(a) | set(b)):
            if k not in a or k not in b:
                return '%s.%s only in %s' % (path, k, 'Erlang' if k in a else 'per_json')
            d = difference(a[k], b[k], path + '.' + k)
            if d:
                return d
        return None
    if isinstance(a, list) and isinstance(b, list):
        if len(a) != len(b):
            return '%s: %d items, per_json has %d' % (path, len(a), len(b))
        for i, (x, y) in enumerate(zip(a, b)):
            d = difference(x, y, '%s[%d]' % (path, i))
            if d:
                return d
        return None
    return None if a == b else '%s: Erlang %.80r, per_json %.80r' % (path, a, b)


def without_extension(v):
    """A value as a codec without the extension sees it."""
    if isinstance(v, dict):
        if 65000 <= v.get('id', 0) <= 65535 if isinstance(v.get('id', 0), int) else False:
            return {k: ('opaque' if k not in ('id', 'criticality') else x) for k, x in v.items()}
        return {('nonCriticalExtensions' if 'Iuplus' in k and k.endswith('NonCriticalExtensions') else k):
                ({} if 'Iuplus' in k and k.endswith('NonCriticalExtensions') else without_extension(x)) for k, x in v.items()}
    if isinstance(v, list):
        return [without_extension(x) for x in v]
    return v


def check(job):
    proto, kind, count, seed, per_json = job
    upper, pdu = proto.upper(), kind.split(':')[0]
    top = pdu if proto == 'rrc' else upper + '-PDU'
    bad = []
    for part, env in ((count - 2 * (count // 4), {}), (count // 4, {'EXTPCT': '30'}), (count // 4, {'UNK': '30', 'EXTPCT': '5'})):
        pdus, err = run([ORACLE, 'gen', proto, kind, str(seed), str(part)], '', env)
        if len(pdus) != part:
            return kind, 0, ['the generator made %d of %d values: %s' % (len(pdus), part, err[:200])]
        text = '\n'.join(pdus) + '\n'
        theirs, _ = run([ORACLE, 'jsonb', proto, top], text)
        ours, _ = run([per_json, upper, top], text)
        old, _ = run([ORACLE, 'jsonb', proto + ('' if proto == 'rnsap' else '-official'), top], text)
        if not len(theirs) == len(ours) == len(old) == part:
            return kind, 0, ['%d lines from Erlang, %d from per_json' % (len(theirs), len(ours))]
        for h, a, b, o in zip(pdus, theirs, ours, old):
            octets, _, value = b.partition(' ')
            if octets == 'error':
                bad.append('per_json refuses %s: %s' % (h, value))
            elif octets != h:
                bad.append('per_json makes %s of %s' % (octets, h))
            else:
                a, value, o = json.loads(a), json.loads(value), json.loads(o)
                d = difference(plain(a), plain(value))
                if d:
                    bad.append('value %s in %s' % (d, h))
                d = difference(plain(without_extension(a)), plain(without_extension(o)))
                if d:
                    bad.append('without the extension: %s in %s' % (d, h))
    return kind, count, bad


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('oracle_dir')
    ap.add_argument('per_json')
    ap.add_argument('--count', type=int, default=int(os.environ.get('IUPLUS_ORACLE_COUNT', '500')))
    ap.add_argument('--seed', type=int, default=int(os.environ.get('IUPLUS_SEED', '0')) or random.randrange(1, 1 << 30))
    ap.add_argument('--proto', action='append')
    a = ap.parse_args()
    os.environ['ORACLE_DIR'] = os.path.abspath(a.oracle_dir)
    jobs = []
    for proto in a.proto or ['ranap', 'rrc', 'rnsap']:
        if proto == 'rrc':
            kinds = RRC_TYPES + ['%s:%s' % (c, m) for c, ms in MESSAGES.items() for m in ms]
        else:
            kinds = [line.split()[1] for line in run([ORACLE, 'msgs', proto], '')[0]]
        jobs += [(proto, k, a.count, a.seed, a.per_json) for k in sorted(set(kinds)) if k != 'PrivateMessage']
    total = failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for kind, n, bad in pool.map(check, jobs):
            total += n
            failed += bool(bad)
            for b in bad[:3]:
                print('%s: %.1500s' % (kind, b))
            if len(bad) > 3:
                print('%s: %d more' % (kind, len(bad) - 3))
    if failed or not total:
        print('%d of %d PDU types disagree; seed %d' % (failed, len(jobs), a.seed))
        return 1
    return 0


MESSAGES = {
    'DL-DCCH-Message': ['physicalChannelReconfiguration', 'securityModeCommand', 'utranMobilityInformation', 'downlinkDirectTransfer',
                        'signallingConnectionRelease', 'rrcConnectionRelease'],
    'UL-DCCH-Message': ['physicalChannelReconfigurationComplete', 'physicalChannelReconfigurationFailure', 'securityModeComplete',
                        'securityModeFailure', 'utranMobilityInformationConfirm', 'utranMobilityInformationFailure',
                        'initialDirectTransfer', 'uplinkDirectTransfer', 'rrcConnectionSetupComplete', 'rrcConnectionReleaseComplete',
                        'rrcStatus'],
    'DL-CCCH-Message': ['rrcConnectionSetup', 'rrcConnectionReject', 'rrcConnectionRelease'],
    'UL-CCCH-Message': ['rrcConnectionRequest'],
}

if __name__ == '__main__':
    sys.exit(main())
