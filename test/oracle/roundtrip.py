#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""roundtrip.py ORACLE-DIR PER_JSON [--count N] [--seed S] [--proto P] [--jobs N] [--counts]
Random PDUs of every type, decoded and encoded by two codecs with the same result.

Erlang generates N values of each PDU type and encodes them; per_json (the project's engine) decodes each, prints its value and
encodes it again. Both the octets and every leaf of the value must be Erlang's. The values cover unknown IEs, sizes and numbers
outside the extension root, empty and full lists, and octet strings that need fragments (16K octets and more).
With the extension omitted (LEGACY), Erlang's codec for the modules without it decodes every extended PDU, and all other elements
are unchanged. Finally, PDUs of a simulated later release, with unknown additions and encoded DEFAULT values (modules.py --more):
both codecs decode the same value, also after the engine has encoded it again.
(No encoder sends the DEFAULT value of a simple type, neither in CANONICAL-PER nor in BASIC-PER, X.691 19.5; a receiver accepts it.
Erlang and the engine do so in both variants.)
The generator counts the features of its values (printed by --counts); REACHED lists the features that must occur.
"""
import argparse
import collections
import concurrent.futures
import json
import os
import random
import subprocess
import sys
import threading

HERE = os.path.dirname(os.path.abspath(__file__))
ORACLE = os.path.join(HERE, 'oracle')
CHUNK = 1000    # PDUs at a time: limits the memory for the answers
RRC_TYPES = ['UL-CCCH-Message', 'DL-CCCH-Message', 'UL-DCCH-Message', 'DL-DCCH-Message', 'ToTargetRNC-Container',
             'TargetRNC-ToSourceRNC-Container']


def run(cmd, text, env=None):
    p = subprocess.run(cmd, input=text, capture_output=True, text=True, env=dict(os.environ, **(env or {})), check=False)
    if p.returncode not in (0, 1):
        raise SystemExit('%s: %s' % (' '.join(cmd), p.stderr[-2000:]))
    return p.stdout.splitlines(), p.stderr


def plain(v):
    """The common form of both outputs: Erlang prints an ENUMERATED { true } as BOOLEAN, an OBJECT IDENTIFIER as tuple, and a value
    or alternative after the extension marker with its name, where the engine prints null."""
    if isinstance(v, dict):
        if len(v) == 1 and '$t' in v:
            return v['$t'].strip('{}').replace(',', '.')
        if len(v) == 1 and ('asn1_ExtAlt' in v or 'asn1_enum' in v):
            return None
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
    if isinstance(a, list) and isinstance(b, str) and all(isinstance(c, int) for c in a):
        a = ''.join(map(chr, a))	# a character string is a list to Erlang
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
    """A value as decoded by a codec without the extension."""
    if isinstance(v, list):
        return [without_extension(x) for x in v]
    if not isinstance(v, dict):
        return v
    if isinstance(v.get('id'), int) and 65000 <= v['id'] <= 65535:
        return {k: x if k in ('id', 'criticality') else 'opaque' for k, x in v.items()}
    out = {}
    for k, x in v.items():
        if 'Iuplus' in k and k.endswith('NonCriticalExtensions'):
            out['nonCriticalExtensions'] = {}
        else:
            out[k] = without_extension(x)
    return out


class Server:
    """An oracle process for many requests, so that Erlang starts once and not a hundred times."""

    def __init__(self, proto):
        self.p = subprocess.Popen([ORACLE, 'serve', proto], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.lock = threading.Lock()

    def gen(self, kind, seed, count, extpct, unknown, mode):
        self.p.stdin.write('gen %s %d %d %d %d %s\n' % (kind, seed, count, extpct, unknown, mode))
        self.p.stdin.flush()
        return list(iter(lambda: self.p.stdout.readline().strip() or '.', '.'))

    def reached(self):
        """The features of the generated values -> number of occurrences."""
        self.p.stdin.write('reached\n')
        self.p.stdin.flush()
        lines = iter(lambda: self.p.stdout.readline().strip() or '.', '.')
        return collections.Counter({what: int(n) for what, _, n in (line.rpartition(' ') for line in lines)})

    def json(self, kind, pdus, request='json'):
        def ask():
            for h in pdus:
                self.p.stdin.write('%s %s %s\n' % (request, kind, h))
            self.p.stdin.flush()
        asking = threading.Thread(target=ask)
        asking.start()
        answers = [self.p.stdout.readline() for _ in pdus]
        asking.join()
        return answers


LOCAL = threading.local()
SERVERS, LOCK = [], threading.Lock()


def without(proto):
    """The codec without the extension: this project's modules without it, or 3GPP's own. In those of RNSAP two object sets have the
    same name, which Erlang does not accept."""
    return proto + ('-3gpp' if os.environ.get('IUPLUS_3GPP_ASN1') and proto != 'rnsap' else '-official')


def branch_left_empty(v):
    """A branch that this project's modules leave empty is the start of another branch in 3GPP's, where such a PDU is invalid."""
    if isinstance(v, dict):
        return v.get('criticalExtensions') == {} or any(branch_left_empty(x) for x in v.values())
    return isinstance(v, list) and any(branch_left_empty(x) for x in v)


def server(proto):
    """The server of proto for this thread."""
    if not hasattr(LOCAL, 'servers'):
        LOCAL.servers = {}
    if proto not in LOCAL.servers:
        LOCAL.servers[proto] = Server(proto)
        with LOCK:
            SERVERS.append((proto, LOCAL.servers[proto]))
    return LOCAL.servers[proto]


def parts(count):
    """(number, % of sizes and values outside the extension root, % of unknown IEs, kind of values), in sum count values."""
    lists, fragments = max(1, count // 25), max(1, count // 100)
    plain = count - lists - fragments
    return (plain - 2 * (plain // 4), 0, 0, 'plain'), (plain // 4, 30, 0, 'plain'), (plain // 4, 5, 30, 'plain'), \
        (lists, 5, 5, 'lists'), (fragments, 0, 5, 'long')


def from_later(proto, kind, top, count, seed, per_json):
    """The faults with PDUs of a later release."""
    bad = []
    pdus = server(proto + '-more').gen(kind, seed, count, 0, 0, 'plain')
    if len(pdus) != count:
        return ['the generator returned %d of %d later values' % (len(pdus), count)]
    theirs = server(proto).json(top, pdus, 'both')
    ours, err = run([per_json, proto.upper(), top, 'lossy'], '\n'.join(pdus) + '\n')
    if len(ours) != count:
        return ['%d lines from per_json for %d later PDUs: %s' % (len(ours), count, err[-300:])]
    again = []
    for h, a, b in zip(pdus, theirs, ours):
        canonical, _, value = a.strip().partition(' ')
        octets, _, mine = b.partition(' ')
        if octets == 'error':
            bad.append('per_json rejects the later %s: %s' % (h, mine))
        elif canonical == 'error':
            bad.append('Erlang rejects the later %s: %s' % (h, value))
        else:
            d = difference(plain(json.loads(value)), plain(json.loads(mine)))
            if d:
                bad.append('value %s in the later %s' % (d, h))
            elif octets not in (canonical, h):
                # the engine keeps some unknown elements, Erlang keeps none: the value must be the same
                again.append((octets, value))
    again = [(octets, value) for octets, value in again if octets != '-']
    for (octets, value), a in zip(again, server(proto).json(top, [octets for octets, _ in again], 'both')):
        if a.strip().partition(' ')[2] != value:
            bad.append('per_json encodes a later value as %s, which Erlang decodes to another value' % octets)
    return bad


def check(job):
    """All values of a type, a thousand at a time: consecutive seeds share no value."""
    proto, kind, count, seed, per_json = job
    total, bad = 0, []
    for i, start in enumerate(range(0, count, CHUNK)):
        n, more = check_some(proto, kind, min(CHUNK, count - start), seed + i, per_json)
        total += n
        bad += more
    return kind, total, bad


def check_some(proto, kind, count, seed, per_json):
    upper, pdu = proto.upper(), kind.split(':')[0]
    top = pdu if proto == 'rrc' else upper + '-PDU'
    bad, pdus = [], []
    for part, extpct, unknown, mode in parts(count):
        made = server(proto).gen(kind, seed, part, extpct, unknown, mode)
        if len(made) != part:
            return 0, ['the generator returned %d of %d values' % (len(made), part)]
        pdus += made
    theirs = server(proto).json(top, pdus)
    old = server(without(proto)).json(top, pdus)
    ours, err = run([per_json, upper, top], '\n'.join(pdus) + '\n')
    if len(ours) != count:
        return 0, ['%d lines from per_json for %d PDUs: %s' % (len(ours), count, err[-300:])]
    for h, a, b, o in zip(pdus, theirs, ours, old):
        octets, _, value = b.partition(' ')
        if octets == 'error':
            bad.append('per_json rejects %s: %s' % (h, value))
        elif octets != h:
            bad.append('per_json encodes %s for %s' % (octets, h))
        else:
            a, value, o = json.loads(a), json.loads(value), json.loads(o)
            d = difference(plain(a), plain(value))
            if d:
                bad.append('value %s in %s' % (d, h))
            d = difference(plain(without_extension(a)), plain(without_extension(o)))
            if d and not (without(proto).endswith('-3gpp') and branch_left_empty(a)):
                bad.append('without the extension: %s in %s' % (d, h))
    later = max(1, count // 10)
    bad += from_later(proto, kind, top, later, seed, per_json)
    return count + later, bad


def kinds_of(proto):
    """The PDU types of a protocol, with the names that the oracle uses."""
    if proto == 'rrc':
        kinds = RRC_TYPES + ['%s:%s' % (c, m) for c, ms in MESSAGES.items() for m in ms]
        kinds += branches()
    else:
        kinds = [line.split()[1] for line in run([ORACLE, 'msgs', proto], '')[0]]
    return sorted(set(kinds))


def branches():
    return ['%s.r3' % m for m in BRANCHES] + [branch(m, i) for m, r in BRANCHES.items() for i in range(len(r))]


# Features that the values must have if there are at least that many per type; by protocol, with the generator's names.
REACHED = {
    60: {
        'ranap': ['addition', 'empty container', 'empty string', 'full list', 'full list of 64 and more', 'full string',
                  'number outside the root', 'open type in fragments', 'size outside the root', 'string in fragments', 'unknown IE',
                  'value outside the root'],
        'rnsap': ['unknown IE', 'value outside the root'],
        'rrc': ['DEFAULT component absent', 'DEFAULT component there', 'empty list', 'empty string', 'full list', 'full string',
                'string in fragments'],
        'ranap-more': ['addition', 'later alternative', 'later component', 'later value'],
        'rnsap-more': ['addition', 'later component'],
        'rrc-more': ['DEFAULT value sent', 'later component'],
    },
    500: {
        'ranap': ['string of 64K and more'],
        'rnsap': ['full list', 'number outside the root', 'string in fragments'],
        'rrc': ['full list of 64 and more', 'string of 64K and more'],
        'rnsap-more': ['later alternative', 'later value'],
        'rrc-more': ['empty list'],
    },
}


def not_reached(count, counts):
    for least, protocols in REACHED.items():
        for proto, whats in protocols.items():
            if count >= least and proto in counts:
                yield from ('%s: no value has: %s' % (proto, what) for what in whats if not counts[proto][what])


def reached():
    """protocol -> features of the values."""
    out = {}
    for proto, s in SERVERS:
        out.setdefault(proto, collections.Counter()).update(s.reached())
    return {proto: n for proto, n in out.items() if proto.split('-')[-1] not in ('official', '3gpp')}


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('oracle_dir')
    ap.add_argument('per_json')
    ap.add_argument('--count', type=int, default=int(os.environ.get('IUPLUS_ORACLE_COUNT', '500')))
    ap.add_argument('--seed', type=int, default=int(os.environ.get('IUPLUS_SEED', '0')) or random.randrange(1, 1 << 30))
    ap.add_argument('--proto', action='append')
    ap.add_argument('--jobs', type=int, default=int(os.environ.get('IUPLUS_ORACLE_JOBS', '0')) or os.cpu_count())
    ap.add_argument('--counts', action='store_true', help='print the number of PDUs compared')
    a = ap.parse_args()
    os.environ['ORACLE_DIR'] = os.path.abspath(a.oracle_dir)
    jobs = []
    for proto in a.proto or ['ranap', 'rrc', 'rnsap']:
        # a single branch is one of many of its message: a fifth of the values
        jobs += [(proto, k, max(8, a.count // 5) if '.' in k else a.count, a.seed, a.per_json) for k in kinds_of(proto)]
    total = failed = 0
    with concurrent.futures.ThreadPoolExecutor(a.jobs) as pool:
        for kind, n, bad in pool.map(check, jobs):
            total += n
            failed += bool(bad)
            for b in bad[:3]:
                print('%s: %.1500s' % (kind, b))
            if len(bad) > 3:
                print('%s: %d more' % (kind, len(bad) - 3))
    counts = reached()
    missing = list(not_reached(a.count, counts))
    for miss in missing:
        print(miss)
    if a.counts:
        for proto, n in sorted(counts.items()):
            print(proto + ': ' + ', '.join('%d %s' % (k, what) for what, k in sorted(n.items())))
    if failed or missing or not total:
        print('%d of %d PDU types disagree; seed %d' % (failed, len(jobs), a.seed))
        return 1
    if a.counts:
        print('%d PDUs of %d types agree; seed %d' % (total, len(jobs), a.seed))
    return 0


MESSAGES = {
    'DL-DCCH-Message': ['physicalChannelReconfiguration', 'securityModeCommand', 'utranMobilityInformation', 'downlinkDirectTransfer',
                        'signallingConnectionRelease', 'rrcConnectionRelease', 'transportChannelReconfiguration',
                        'radioBearerReconfiguration', 'radioBearerSetup', 'radioBearerRelease', 'cellUpdateConfirm', 'uraUpdateConfirm',
                        'ueCapabilityEnquiry', 'ueCapabilityInformationConfirm', 'counterCheck'],
    'UL-DCCH-Message': ['physicalChannelReconfigurationComplete', 'physicalChannelReconfigurationFailure', 'securityModeComplete',
                        'securityModeFailure', 'utranMobilityInformationConfirm', 'utranMobilityInformationFailure',
                        'initialDirectTransfer', 'uplinkDirectTransfer', 'rrcConnectionSetupComplete', 'rrcConnectionReleaseComplete',
                        'rrcStatus', 'transportChannelReconfigurationComplete', 'transportChannelReconfigurationFailure',
                        'radioBearerReconfigurationComplete', 'radioBearerReconfigurationFailure', 'radioBearerSetupComplete',
                        'radioBearerReleaseComplete', 'ueCapabilityInformation', 'counterCheckResponse',
                        'signallingConnectionReleaseIndication'],
    'DL-CCCH-Message': ['rrcConnectionSetup', 'rrcConnectionReject', 'rrcConnectionRelease', 'cellUpdateConfirm', 'uraUpdateConfirm'],
    'UL-CCCH-Message': ['rrcConnectionRequest', 'cellUpdate', 'uraUpdate'],
}
# Every branch after r3, in the order in which criticalExtensions leads from one to the next.
BRANCHES = {
    'DL-DCCH-Message:physicalChannelReconfiguration': ['r4', 'r5', 'r6', 'r7', 'r8', 'r9', 'r10', 'r11', 'r12', 'r13'],
    'DL-DCCH-Message:utranMobilityInformation': ['r5', 'r7', 'r11', 'r12', 'r13'],
    'DL-DCCH-Message:securityModeCommand': ['r7'],
    'ToTargetRNC-Container:srncRelocation': ['r4', 'r5', 'r6', 'r7', 'r8', 'r9', 'r10', 'r11', 'r12', 'r13', 'r14',
                                             'sRNC-RelocationInfo-CriticalExtensions-r15-IEs.r15'],
}


def branch(message, step):
    """The generator's path to one branch."""
    return '.'.join([message, 'later-than-r3'] + ['criticalExtensions'] * min(step, 10) + [BRANCHES[message][step]])


if __name__ == '__main__':
    sys.exit(main())
