#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""osmo.py ORACLE-DIR PER_JSON OSMO_RANAP ASN1-FOLDER [--count N] [--seed S] [--counts] [FILE.tsv ...]
libosmo-ranap and the engine read the same RANAP-PDUs alike, and the engine reads what libosmo-ranap encodes.

The PDUs are those of the files (hex in the last column) and N random ones of every message, made by Erlang. Every value
that libosmo-ranap reads must be the engine's; what its structs are encoded to by itself must mean the same to the engine.
The library's known faults are the functions whose names begin with fault_, each with its reason; whatever they do not
explain is a difference.
--counts says how much was compared, and how often each fault was met.
"""
import argparse
import collections
import glob
import json
import os
import random
import subprocess
import sys

import modules
import roundtrip
import vectors

# What libosmo-ranap 1.3.0 has no decoder for.
NO_DECODER = {'PrivateMessage', 'RelocationComplete', 'RelocationDetect', 'RerouteNASRequest', 'SRVCC-CSKeysRequest',
              'UeRadioCapabilityMatchRequest', 'UeRegistrationQueryRequest', 'UeRegistrationQueryResponse'}
# Of these it does not know an IE that is always there.
NO_IE = {'InformationTransferIndication'}
LATER_ALTERNATIVES = {'targeteNB-ID'}
OCTET_LISTS = {'iEsCriticalityDiagnostics', 'rAB-TrCH-Mapping'}
OPEN_TYPES = {'value', 'extensionValue', 'firstValue', 'secondValue'}


def numbers_of(folder):
    """name -> numbers: what named numbers are called, which only the engine says."""
    out = collections.defaultdict(set)
    for path in sorted(glob.glob(os.path.join(folder, 'ranap', '*.asn'))):
        with open(path, encoding='ascii') as f:
            toks = modules.tokens(f.read())
        for i, t in enumerate(toks):
            if t == 'INTEGER' and toks[i + 1] == '{':
                body = toks[i + 2:modules.skip(toks, i + 1) - 1]
                for name, bracket, number in zip(body, body[1:], body[2:]):
                    if bracket == '(':
                        out[name].add(int(number))
    return out


def ask(cmd, pdus):
    """A line of text for each PDU; None for one that ends the program."""
    out = []
    while len(out) < len(pdus):
        text = '\n'.join(pdus[len(out):]) + '\n'
        p = subprocess.run(cmd, input=text, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False)
        out += p.stdout.split('\n')[:-1]
        if len(out) < len(pdus):
            out.append(None)
    return out


def inside(v):
    """(name, value) of every member in a value."""
    if isinstance(v, dict):
        for k, x in v.items():
            yield k, x
            yield from inside(x)
    elif isinstance(v, list):
        for x in v:
            yield from inside(x)


def marked(v, mark):
    return isinstance(v, dict) and list(v) == [mark]


def octets_of(v):
    return (len(v) + 4) // 8 if v.startswith("b'") else len(v) // 2


def containers(v):
    """A list of containers of IEs, but not of pairs of them, which the library has right."""
    return isinstance(v, list) and v and isinstance(v[0], list) and v[0] and isinstance(v[0][0], dict) and 'value' in v[0][0]


def fault_alignment(name, theirs):
    """What the library does not put at an octet's boundary: short strings of variable size, which osmo_ranap marks, and a list whose
    length takes an octet (X.691, 11.5.7.2). It reads what follows in the same open type from the wrong place. An alternative
    behind the extension mark of a CHOICE is all unaligned to it: mostly it refuses it, now and then it makes something of it."""
    return marked(theirs, '$unaligned') or name in OCTET_LISTS | LATER_ALTERNATIVES


def fault_one_container(ours, theirs):
    """SEQUENCE OF container is to the library one container, a member whose name ends in -ies: it has the first item. Of one
    that is itself inside an item it may take the length from the wrong place, as with fault_alignment, and find nothing there."""
    return isinstance(ours, list) and isinstance(theirs, dict) and len(theirs) == 1 and list(theirs)[0].endswith('-ies')


def fault_refused(ours):
    """Why the library refuses an open type: a cause behind the extension mark in an item of a list, octets that a short string
    put to the wrong place, a list of containers, or one of up to 65 536 items, whose length it takes for two octets (X.691, 11.9:
    64K is none)."""
    for name, v in inside({'': ours}):
        if name == 'radioNetworkExtension' or name in OCTET_LISTS:
            return True
        if name.startswith('transportLayerAddress') and octets_of(v) <= 2:
            return True
        if containers(v) or isinstance(v, list) and v and isinstance(v[0], dict) and 'pLMNidentity' in v[0]:
            return True
    return False


def fault_extensions_of_message(v):
    """The library does not read a message's protocolExtensions."""
    return {k: x for k, x in v.items() if k != 'protocolExtensions'}


def fault_not_encoded(message, h, faulty):
    """The library's messages have a kilobyte; of two optional IEs of one type it takes both to be there when one is; and what it
    read from the wrong place need be no value."""
    return faulty or len(h) > 2 * 1000 or message in ('EnhancedRelocationCompleteRequest', 'RANAP-EnhancedRelocationInformationRequest')


class Compare:
    def __init__(self, numbers):
        self.numbers = numbers
        self.deviant = set()	# PDUs whose senders take other criticalities than the specification, of which the engine says its own
        self.counts = collections.Counter()

    def differences(self, ours, theirs, path, spoiled):
        """Where both differ. spoiled is a list of the open type at work, and empty until fault_alignment shows."""
        if spoiled:
            return
        if marked(theirs, '$open'):
            self.counts['open types without a type'] += 1
        elif marked(theirs, '$failed') and fault_refused(ours):
            self.counts['open types refused'] += 1
        elif fault_alignment(path[path.rfind('.') + 1:], theirs):
            self.counts['open types read from the wrong place'] += 1
            spoiled.append(path)
        elif fault_one_container(ours, theirs):
            first = list(theirs.values())[0]
            self.counts['lists cut off'] += len(ours) > 1 or first == []
            if first == []:
                spoiled.append(path)
            yield from self.differences(ours[0], first, path + '[0]', spoiled)
        elif containers(ours):	# in an item of such a list
            self.counts['lists cut off'] += 1
            spoiled.append(path)
        elif isinstance(ours, dict) and isinstance(theirs, dict):
            yield from self.members(ours, theirs, path, spoiled)
        elif isinstance(ours, list) and isinstance(theirs, list):
            if len(ours) != len(theirs):
                yield '%s: %d items, libosmo-ranap has %d' % (path, len(ours), len(theirs))
            for i, (a, b) in enumerate(zip(ours, theirs)):
                yield from self.differences(a, b, '%s[%d]' % (path, i), spoiled)
        else:
            self.counts['values'] += 1
            if ours != theirs and not (isinstance(ours, str) and theirs in self.numbers.get(ours, ())):
                yield '%s: %.80s, libosmo-ranap has %.80s' % (path, json.dumps(ours), json.dumps(theirs))

    def members(self, ours, theirs, path, spoiled):
        if 'extensionValue' in ours and 'value' in theirs:	# an IE and an extension are one struct there
            theirs = {'extensionValue' if k == 'value' else k: v for k, v in theirs.items()}
        for k, v in theirs.items():	# in the order of the encoding
            if k in ours:
                yield from self.differences(ours[k], v, path + '.' + k, [] if k in OPEN_TYPES else spoiled)
            elif not spoiled:
                yield '%s.%s: only libosmo-ranap has it' % (path, k)
        for k in ours:
            if k not in theirs and not spoiled:
                yield '%s.%s: libosmo-ranap does not have it' % (path, k)

    def first_direction(self, value, answer, deviant):
        """What libosmo-ranap reads, IE by IE."""
        ours = {str(i['id']): i['value'] for i in value['protocolIEs']}
        if deviant:
            ours, answer = vectors.settled(ours), {'ies': vectors.settled(answer['ies'])}
        for i in sorted(set(ours) | set(answer['ies'])):
            if i not in ours or i not in answer['ies']:
                yield 'IE %s: only %s has it' % (i, 'libosmo-ranap' if i in answer['ies'] else 'iuplus')
            else:
                yield from self.differences(ours[i], answer['ies'][i], 'IE %s' % i, [])
        self.counts['messages'] += 1


def plain_ies(value, faulty):
    """id -> what is in a message as the library keeps it; without criticalities, which it rewrites, and the order, which it may
    change."""
    def kept(v):
        if isinstance(v, dict):
            return {k: kept(x) for k, x in v.items() if k not in ('criticality', 'firstCriticality', 'secondCriticality')}
        if containers(v):
            v = v[:1]	# fault_one_container
        return [kept(x) for x in v] if isinstance(v, list) else v
    return {str(i['id']): kept(i['value']) for i in value['protocolIEs'] if str(i['id']) not in faulty}


def faulty_ies(answer):
    """The IEs whose octets the library reads or writes at the wrong place."""
    return {i for i, v in answer['ies'].items() for name, x in [('', v)] + list(inside(v))
            if name in OCTET_LISTS | LATER_ALTERNATIVES or name == 'rab2beReleasedList' or marked(x, '$unaligned') or marked(x, '$failed')}


def message_of(line, h):
    """The message's value in a line of per_json, and whether its octets were h again."""
    octets, _, text = line.partition(' ')
    if octets == 'error':
        return None, text
    return list(json.loads(text).values())[0]['value'], octets == h


def judge(pdus, compare, args):
    """What is wrong with PDUs, and how many of them the library read."""
    bad, read, again = [], 0, []
    for h, ours, theirs in zip(pdus, ask([args.per_json, 'RANAP', 'RANAP-PDU'], pdus), ask([args.osmo_ranap], pdus)):
        value, same = message_of(ours, h)
        if value is None:
            bad.append('iuplus refuses %s: %s' % (h, same))
            continue
        if theirs is None:
            bad.append('libosmo-ranap dies of %s' % h)
            continue
        answer = json.loads(theirs)
        if 'error' in answer:
            compare.counts['messages not read: ' + answer['error']] += 1
            continue
        read += 1
        bad += ['%s in %s' % (d, h) for d in compare.first_direction(value, answer, h in compare.deviant)]
        if 'again' not in answer:
            compare.counts['messages it would die of'] += 1
        elif not answer['again']:
            compare.counts['messages not encoded'] += 1
            if not fault_not_encoded(answer['message'], h, faulty_ies(answer)):
                bad.append('libosmo-ranap does not encode %s' % h)
        else:
            again.append((h, value, faulty_ies(answer), answer['again']))
    for (h, value, faulty, octets), line in zip(again, ask([args.per_json, 'RANAP', 'RANAP-PDU'], [a[3] for a in again])):
        compare.counts['messages encoded'] += 1
        compare.counts['encoded alike'] += octets == h
        theirs, why = message_of(line, octets)
        if theirs is None:
            if not faulty:
                bad.append('iuplus refuses %s, which libosmo-ranap makes of %s: %s' % (octets, h, why))
            continue
        d = roundtrip.difference(plain_ies(fault_extensions_of_message(value), faulty), plain_ies(theirs, faulty))
        if d:
            d = d.replace('Erlang', 'it').replace('per_json', 'libosmo-ranap')
            bad.append('libosmo-ranap makes %s of %s: %s' % (octets, h, d))
    return bad, read


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('oracle_dir')
    ap.add_argument('per_json')
    ap.add_argument('osmo_ranap')
    ap.add_argument('asn1')
    ap.add_argument('files', nargs='*')
    ap.add_argument('--count', type=int, default=int(os.environ.get('IUPLUS_OSMO_COUNT', '50')))
    ap.add_argument('--seed', type=int, default=int(os.environ.get('IUPLUS_SEED', '0')) or random.randrange(1, 1 << 30))
    ap.add_argument('--counts', action='store_true')
    a = ap.parse_args()
    os.environ['ORACLE_DIR'] = os.path.abspath(a.oracle_dir)
    compare = Compare(numbers_of(a.asn1))
    failed = 0
    jobs = []
    for path in a.files:
        with open(path, encoding='utf-8') as f:
            lines = [line.split('\t') for line in f if line.strip() and line[0] != '#']
        compare.deviant |= {w[-1].strip() for w in lines if 'criticality' in w}
        jobs.append((os.path.basename(path), [w[-1].strip() for w in lines if 'RANAP-PDU' in w or len(w) == 4]))
    if a.count:
        for kind in roundtrip.kinds_of('ranap'):
            jobs.append((kind, None))
    for kind, pdus in jobs:
        random_ones = pdus is None
        if random_ones:
            pdus = roundtrip.server('ranap').gen(kind, a.seed, a.count, 0, 0, 'plain')
        bad, read = judge(pdus, compare, a)
        if not read and kind not in NO_DECODER | NO_IE:
            bad.append('libosmo-ranap reads none of %d' % len(pdus))
        for b in bad[:3]:
            print('%s: %.1500s' % (kind, b))
        failed += bool(bad)
    if a.counts:
        print('; '.join('%d %s' % (n, what) for what, n in compare.counts.items()))
    if failed:
        print('%d of %d kinds differ; seed %d' % (failed, len(jobs), a.seed))
        return 1
    return 0


if __name__ == '__main__':
    sys.exit(main())
