#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""rnsap_typed.py ORACLE-DIR RNSAP_PRINT [--count N] [--seed S]: the typed RNSAP messages have the values that Erlang encoded.

Erlang generates N values of each message, with unknown IEs and extensions in every place, and prints them. rnsap_print prints the
members of the typed message and the answer that clause 10 requires, and encodes the message again. Erlang decodes that too."""
import argparse
import json
import os
import random
import subprocess
import sys

import roundtrip

MESSAGES = {('initiatingMessage', 49): 'EnhancedRelocationRequest', ('successfulOutcome', 49): 'EnhancedRelocationResponse',
            ('unsuccessfulOutcome', 49): 'EnhancedRelocationFailure', ('initiatingMessage', 50): 'EnhancedRelocationCancel',
            ('initiatingMessage', 51): 'EnhancedRelocationSignallingTransfer',
            ('initiatingMessage', 52): 'EnhancedRelocationRelease', ('initiatingMessage', 6): 'ErrorIndication'}
IN_MESSAGE, IN_EXTENSIONS, IN_DIAGNOSTICS, IN_IE, IN_LEVEL = range(5)
# the name of each id in the typed message, among the IEs and among the extensions
IES = {11: 'cause', 17: 'imsi', 20: 'diagnostics', 85: 'l3', 155: 's_rnti', 157: 'srnc_id', 682: 'extended_srnc_id', 750: 'ranap',
       751: 'ranap', 755: 'released'}
EXTENSIONS = {155: 's_rnti', 21: 'd_rnti', 914: 'extended_s_rnti'}
OF = {'EnhancedRelocationRequest': ({11, 17, 157, 682, 155, 750}, {914}), 'EnhancedRelocationResponse': ({751}, set()),
      'EnhancedRelocationFailure': ({11, 20}, set()), 'EnhancedRelocationCancel': ({11}, set()),
      'EnhancedRelocationSignallingTransfer': ({85}, set()), 'EnhancedRelocationRelease': ({755}, set()),
      'ErrorIndication': ({11, 20}, {155, 21, 914})}
NONE, ERROR_INDICATION, UNSUCCESSFUL, LOCAL = 0, 2, 3, 4


def bits(v):
    return v[2:] if v.startswith("b'") else ''.join('{:08b}'.format(b) for b in bytes.fromhex(v))


def unknown(field, where, position, ie=0, level=0):
    value = field.get('value', field.get('extensionValue'))
    return [where, ie, level, position, field['id'], field['criticality'], value['$open']]


def diagnostics(v, found):
    for i, e in enumerate(v.get('iE-Extensions', [])):
        found.append(unknown(e, IN_DIAGNOSTICS, i))
    out = {k: v[k] for k in ('procedureID', 'triggeringMessage', 'procedureCriticality', 'transactionID') if k in v}
    out['ies'] = []
    for i, item in enumerate(v.get('iEsCriticalityDiagnostics', [])):
        ie = {'id': item['iE-ID'], 'criticality': item['iECriticality'], 'missing': False, 'levels': []}
        if 'repetitionNumber' in item:
            ie['repetition'] = item['repetitionNumber']
        levels = []
        for k, e in enumerate(item.get('iE-Extensions', [])):
            if e['id'] == 57:
                levels = e['extensionValue']
                ie['levels'] = [[level['iE-ID'], level.get('repetitionNumber', 0)] for level in levels]
            elif e['id'] == 140:
                ie['missing'] = e['extensionValue'] == 'missing'
            else:
                found.append(unknown(e, IN_IE, k, i))
        for n, level in enumerate(levels):
            for k, e in enumerate(level.get('iE-Extensions', [])):
                found.append(unknown(e, IN_LEVEL, k, i, n))
        out['ies'].append(ie)
    return out


def member(name, v, found):
    if name == 'imsi':
        return v['imsi']
    if name in ('ranap', 'l3'):
        return bits(v)
    if name == 'released':
        return next(iter(v))
    return diagnostics(v, found) if name == 'diagnostics' else v


def expected(tree):
    """The typed message in the format of rnsap_print, from the value in Erlang's format."""
    place, pdu = next(iter(tree.items()))
    name = MESSAGES[(place, pdu['procedureID']['procedureCode'])]
    out = {'message': name, 'transactionID': pdu['transactionID'], 'criticality': pdu['criticality']}
    inside, found = [], []
    for where, key, known, names in ((IN_MESSAGE, 'protocolIEs', OF[name][0], IES),
                                     (IN_EXTENSIONS, 'protocolExtensions', OF[name][1], EXTENSIONS)):
        for i, field in enumerate(pdu['value'].get(key, [])):
            if field['id'] in known:
                value = field.get('value', field.get('extensionValue'))
                out[names[field['id']]] = member(names[field['id']], value, inside)
            else:
                found.append(unknown(field, where, i))
    out['unknown'] = inside + found
    rejects = sum(u[5] == 'reject' for u in out['unknown'])
    out['ies'] = min(256, rejects + sum(u[5] == 'notify' for u in out['unknown']))
    out['rc'], out['answer'] = 'ok', NONE
    if rejects:
        out['rc'] = 'not comprehended'
        if place != 'initiatingMessage' or name == 'ErrorIndication':
            out['answer'] = LOCAL
        else:
            out['answer'] = UNSUCCESSFUL if name == 'EnhancedRelocationRequest' else ERROR_INDICATION
        for key in set(out) - {'rc', 'answer', 'ies', 'message', 'transactionID'}:
            del out[key]
    elif out['ies'] and name != 'ErrorIndication':
        out['answer'] = ERROR_INDICATION
    return out


def with_type_of_error(v):
    """Type of Error is mandatory; a value generated without any extensions gets it when it is encoded again."""
    if isinstance(v, list):
        return [with_type_of_error(x) for x in v]
    if not isinstance(v, dict):
        return v
    if 'iECriticality' in v and 'iE-Extensions' not in v:
        v = dict(v, **{'iE-Extensions': [{'criticality': 'ignore', 'extensionValue': 'not-understood', 'id': 140}]})
    return {k: with_type_of_error(x) for k, x in v.items()}


def sendable(name, typed):
    """True for messages that a node may send: no string without bits, and something in ErrorIndication."""
    if name == 'ErrorIndication':
        return 'cause' in typed or 'diagnostics' in typed
    return typed.get('ranap', '0') != '' and typed.get('l3', '0') != ''


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('oracle_dir')
    ap.add_argument('rnsap_print')
    ap.add_argument('--count', type=int, default=int(os.environ.get('IUPLUS_ORACLE_COUNT', '200')))
    ap.add_argument('--seed', type=int, default=int(os.environ.get('IUPLUS_SEED', '0')) or random.randrange(1, 1 << 30))
    a = ap.parse_args()
    os.environ['ORACLE_DIR'] = os.path.abspath(a.oracle_dir)
    server, bad, seen = roundtrip.server('rnsap'), [], 0
    for kind in roundtrip.kinds_of('rnsap'):
        pdus = []
        for count, extensions, foreign, mode in roundtrip.parts(a.count):
            pdus += server.gen(kind, a.seed, count, extensions, foreign, mode)
        trees = [json.loads(line) for line in server.json('RNSAP-PDU', pdus)]
        lines = subprocess.run([a.rnsap_print, '-'], input='\n'.join(pdus) + '\n', capture_output=True, text=True,
                               check=True).stdout.splitlines()
        if len(lines) != len(pdus):
            bad.append('%s: %d lines for %d PDUs' % (kind, len(lines), len(pdus)))
            continue
        encoded = []
        for pdu, tree, line in zip(pdus, trees, lines):
            typed, want = json.loads(line), expected(tree)
            again = typed.pop('again')
            difference = roundtrip.difference(want, typed)
            if difference:
                bad.append('%s: %s' % (pdu, difference))
            elif again:
                encoded.append((pdu, tree, again))
            elif typed['rc'] == 'ok' and sendable(kind, typed):
                bad.append('%s: does not encode again' % pdu)
        seen += len(pdus)
        for (pdu, tree, again), line in zip(encoded, server.json('RNSAP-PDU', [again for _, _, again in encoded])):
            difference = roundtrip.difference(with_type_of_error(tree), json.loads(line))
            if difference:
                bad.append('%s encoded again: %s' % (pdu, difference))
            elif with_type_of_error(tree) == tree and again != pdu:
                bad.append('%s encoded again: other octets, %s' % (pdu, again))
    for line in bad[:10]:
        print(line[:1000])
    if bad or not seen:
        print('%d of %d PDUs; seed %d' % (len(bad), seen, a.seed))
    return 1 if bad or not seen else 0


if __name__ == '__main__':
    sys.exit(main())
