#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""check_capture.py --oracle ORACLE-DIR --k HEX --opc HEX [--result result.json] [--flips N] CAPTURE

Verifies a capture of one phone given only the phone's K: computes AKA itself, derives every key, deciphers the radio datagrams,
reassembles the RLC segments, and recomputes the MAC-I of every RRC message. Compares the result with the keys on Iu and with the
RRC messages that the nodes recorded as sent. Shares no code with the library: umts_crypto.py and capture.py are its own, and
Erlang's asn1 decodes the messages. Prints one line that lists what was verified; or prints the fault and exits with status 1.

Rules that it verifies: TS 33.102 (COUNT, START), TS 25.322 (RLC), TS 25.331 8.1.12, 8.3.3, 8.5.10, 8.6.3.4, 8.6.3.5 and doc/keys.md.
"""
import argparse
import hashlib
import json
import os
import random
import subprocess
import sys

import capture
import umts_crypto as crypto

HERE = os.path.dirname(os.path.abspath(__file__))
FC = {'K_RNC': 0xf0, 'K_RNC*': 0xf1, 'from K_RNC': 0xf2, 'from K_RNC*': 0xf3, 'from CK||IK': 0xf4, 'mapped': 0xf5}
PS = 1
CONTAINER_KEYS = 'integrityProtectionKey', 'cipheringKey'


class Wrong(Exception):
    pass


def need(ok, text, *args):
    if not ok:
        raise Wrong(text % args)


class Decoder:
    """Messages decoded by Erlang, with one process per type."""

    def __init__(self):
        self.proc = {}

    def __call__(self, proto, kind, octets):
        key = proto, kind
        if key not in self.proc:
            self.proc[key] = subprocess.Popen([os.path.join(HERE, 'oracle'), 'jsonb', proto, kind], stdin=subprocess.PIPE,
                                              stdout=subprocess.PIPE, text=True)
        p = self.proc[key]
        p.stdin.write(octets.hex() + '\n')
        p.stdin.flush()
        v = json.loads(p.stdout.readline())
        need('$error' not in v, '%s %s is no %s', proto, octets.hex(), kind)
        return v

    def close(self):
        for p in self.proc.values():
            p.stdin.close()
            p.wait()


def name_of(body, outcome):
    return {13: 'RelocationComplete', 3: 'RelocationRequestAcknowledge'}.get(body['procedureCode'], outcome)


def find(v, name):
    """The first member called name, at any depth."""
    if isinstance(v, dict):
        if name in v:
            return v[name]
        v = list(v.values())
    for x in v if isinstance(v, list) else ():
        r = find(x, name)
        if r is not None:
            return r
    return None


def bits(s):
    return int(s[2:], 2) if s.startswith("b'") else int(s, 16)


class Integrity:
    """INTEGRITY_PROTECTION_INFO: one key set, COUNT-I per direction and bearer."""

    def __init__(self, ik, uia, fresh):
        self.ik, self.uia, self.fresh = ik, uia, fresh
        self.count = {}	# (uplink, rb) -> [HFN, SN or None]

    def begin(self, start):
        """HFN is START for the first message under these keys, regardless of its SN."""
        self.count = {(up, rb): [start << 8, None] for up in (False, True) for rb in range(5)}
        return self

    def go_on(self, before):
        self.count = {k: list(v) for k, v in before.count.items()}
        return self

    def verify(self, up, rb, message):
        head = int.from_bytes(message[:5], 'big')
        need(head >> 39, 'a message without integrity check info although protection is started')
        mac, sn = head >> 7 & 0xFFFFFFFF, head >> 3 & 15
        hfn, last = self.count[up, rb]
        if last is not None:
            need(sn != last, 'RRC SN %d repeated on RB%d', sn, rb)
            hfn += sn < last
        masked = (1 << 39 | rb << 7 | head & 7).to_bytes(5, 'big') + message[5:]
        if crypto.f9(self.uia, self.ik, hfn << 4 | sn, self.fresh, 0 if up else 1, masked) != mac:
            return False
        self.count[up, rb] = [hfn, sn]
        return True


class Bearer:
    """One direction of one RLC entity: sequence numbers, deciphering, reassembly."""

    def __init__(self, rb, up):
        self.rb, self.up = rb, up
        self.um = rb < 2
        self.mod = 128 if self.um else 4096
        self.hfn, self.next, self.uea, self.ck = 0, 0, 0, None
        self.pending = []	# (activation SN, HFN, UEA, CK)
        self.seen = {}
        self.partial = b''

    def configure(self, uea, ck, start=None, hfn=None, sn=None):
        if hfn is None:
            hfn = start << 5 if self.um else start
        if sn is None:
            self.uea, self.ck, self.hfn = uea, ck, hfn
        else:
            self.pending.append((sn, hfn, uea, ck))

    def last_hfn(self):
        """HFN; before the activation time of a configuration that which it begins with (TS 25.331 14.12.4.2)."""
        return self.pending[-1][1] if self.pending else self.hfn

    def pdu(self, p):
        """Returns the messages that this PDU completes, and whether it was deciphered."""
        if self.um:
            sn, head = p[0] >> 1, 1
        else:
            if not p[0] & 0x80:
                return [], False	# STATUS
            sn, head = (p[0] & 0x7F) << 5 | p[1] >> 3, 2
        if sn in self.seen and self.seen[sn][1] == p[head:]:
            return [], False		# retransmitted
        need((sn - self.next) % self.mod == 0, 'RB%d %s: RLC SN %d, %d is due', self.rb, 'up' if self.up else 'down', sn, self.next)
        for at in [a for a in self.pending if a[0] == sn]:
            self.hfn, self.uea, self.ck = at[1:]
            self.pending.remove(at)
        body = p[head:]
        ciphered = self.uea != 0
        if ciphered:
            count = self.hfn << (7 if self.um else 12) | sn
            body = crypto.f8(self.uea, self.ck, count, self.rb - 1, 0 if self.up else 1, body)
        self.seen[sn] = (self.hfn, p[head:])
        self.next = (sn + 1) % self.mod
        if self.next == 0:
            self.hfn += 1
            self.seen = {}
        return self.segments(body, p[0] & 1 if self.um else p[1] & 3), ciphered

    def segments(self, body, more):
        lengths, at = [], 0
        while more:
            lengths.append(body[at] >> 1)
            more = body[at] & 1
            at += 1
        done = []
        for n in lengths:
            if n == 0x7F:
                need(not any(body[at:]), 'RB%d: padding is not zero', self.rb)
                return done
            if n == 0x7C and self.um:
                self.partial = b''
            elif n == 0:
                done.append(self.partial)
                self.partial = b''
            else:
                need(at + n <= len(body), 'RB%d: length indicator %d goes past the PDU', self.rb, n)
                done.append(self.partial + body[at:at + n])
                self.partial = b''
                at += n
        self.partial += body[at:]
        return done


class Judge:
    def __init__(self, k, opc, decode):
        self.k, self.opc, self.decode = k, opc, decode
        self.vector = self.challenge = None	# of the present challenge, and its RAND
        self.rand = None		# of the last AKA that succeeded
        self.target_keys = 'mapped'	# what a target without the hierarchy gets, as the RNC and the UE were told
        self.required = None		# the container of Relocation Required
        self.ck = self.ik = None	# of the last AKA that succeeded
        self.new_aka = False		# not yet used in a security mode command
        self.nonces = {}		# counter -> the random number or RAND of its derivation
        self.index = None		# of the enhanced keys in use, or of those that the mapped pair comes from
        self.pair = None		# CK||IK of the kind in use
        self.given = self.verified = (0, -1)	# the highest index on Iu, and at the UE
        self.kind = None		# of the keys in use
        self.integrity = self.before = None
        self.cells = {}			# (cell, uplink, rb) -> Bearer
        self.cell = None
        self.uea, self.cipher = 0, None
        self.start = 0
        self.reconfigured = None	# (cell) after Physical Channel Reconfiguration, until the Complete
        self.said = []			# RRC messages that the nodes recorded in the capture: (uplink, octets)
        self.heard = []			# the same from the radio datagrams
        self.macs = self.ciphered = self.challenges = self.iu_keys = 0
        self.command = None

    # ---- core network side
    def ranap(self, octets):
        v = self.decode('ranap', 'RANAP-PDU', octets)
        outcome, body = next(iter(v.items()))
        ies = {}
        for part in ('protocolIEs', 'protocolExtensions'):
            for ie in body['value'].get(part, []) if isinstance(body['value'], dict) else []:
                ies[ie['id']] = ie.get('value', ie.get('extensionValue'))
        if body['procedureCode'] in (20, 19) and outcome == 'initiatingMessage':
            self.nas(bytes.fromhex(ies[16]))
        elif body['procedureCode'] == 6 and outcome == 'initiatingMessage':
            self.iu_security_mode(ies)
        elif body['procedureCode'] == 2 and outcome == 'initiatingMessage':
            self.required = ies[61]
            self.container(ies[61], self.legacy_pair())
        elif body['procedureCode'] == 3 and outcome == 'initiatingMessage':
            self.relocation_request(ies)
        if 65003 in ies and ies[65003] != 'container' and 'enhanced' in ies[65003]:
            self.in_use((ies[65003]['enhanced']['counter'], ies[65003]['enhanced']['nCC']), name_of(body, outcome))

    def same(self, what, got, want):
        need(want is not None, '%s is sent before there is one', what)
        need(got == want.hex(), '%s is %s, derived here %s', what, got, want.hex())
        self.iu_keys += 1

    def nas(self, m):
        if m[0] & 15 != 8 or len(m) < 2:
            return
        if m[1] == 0x12:			# Authentication and Ciphering Request
            at, rand, autn = 4, None, None
            while at < len(m):
                if m[at] == 0x21:
                    rand, at = m[at + 1:at + 17], at + 17
                elif m[at] == 0x28:
                    autn, at = m[at + 2:at + 2 + m[at + 1]], at + 2 + m[at + 1]
                else:
                    at += 1
            need(rand and autn, 'a challenge without RAND and AUTN')
            r = crypto.milenage(self.k, self.opc, rand, bytes(6), bytes(2))
            sqn = crypto.xor(autn[:6], r['ak'])
            good = crypto.milenage(self.k, self.opc, rand, sqn, autn[6:8])['mac_a'] == autn[8:]
            need(good, 'MAC-A of AUTN %s does not come from this K', autn.hex())
            self.vector, self.challenge = r, rand
            self.challenges += 1
        elif m[1] == 0x13 and self.vector:	# Authentication and Ciphering Response
            at = m.find(b'\x22', 3)
            need(m[at + 1:at + 5] == self.vector['res'][:4], 'RES is not the one of the challenge')
            self.ck, self.ik, self.rand = self.vector['ck'], self.vector['ik'], self.challenge
            self.nonces, self.given, self.verified = {}, (0, -1), (0, -1)
            self.vector, self.new_aka = None, True
        elif m[1] == 0x1C:
            self.vector = None

    def iu_security_mode(self, ies):
        extra = ies.get(65002)
        if not extra:
            self.same('IK of SecurityModeCommand', ies[12]['key'], self.ik)
            if 11 in ies and isinstance(ies[11], dict):
                self.same('CK of SecurityModeCommand', ies[11]['key'], self.ck)
            return
        need(not self.running(ies), 'Key Status "old" beside enhanced keys')
        need((extra['vectorStatus'] == 'unused') == self.new_aka, 'Vector Status %s', extra['vectorStatus'])
        need(extra['index']['nCC'] == 0, 'a Security Mode Command with NCC %d', extra['index']['nCC'])
        index = self.enhanced_information(extra)
        self.same_pair('SecurityModeCommand', ies, self.mapped(self.air_keys(index, extra['derivation'])))

    def relocation_request(self, ies):
        pair = self.legacy_pair()
        if 65000 not in ies and self.target_keys == 'cK-IK' and self.kind in ('enhanced', 'mapped'):
            pair = self.ck + self.ik	# [0041]: the core writes them over those of the source
        self.container(ies[61], pair)
        old, new = ({k: v for k, v in c.items() if k not in CONTAINER_KEYS} for c in (self.required, ies[61]))
        need(old == new and all((k in self.required) == (k in ies[61]) for k in CONTAINER_KEYS),
             'the container of RelocationRequest is not that of RelocationRequired')
        if 65002 in ies:
            self.enhanced_information(ies[65002])
        if 12 in ies:
            self.same_pair('RelocationRequest', ies, pair)

    def running(self, ies):
        return ies.get(75) == 'old' and self.integrity is not None

    @staticmethod
    def mapped(pair):
        """CK'||IK' of CK_U||IK_U."""
        return crypto.kdf(pair, FC['mapped'])

    def legacy_pair(self):
        """CK||IK that a target without the hierarchy may have."""
        return self.mapped(self.pair) if self.kind == 'enhanced' else self.pair

    def same_pair(self, what, ies, pair):
        self.same('IK of ' + what, ies[12]['key'], pair[16:])
        if isinstance(ies.get(11), dict) and 'key' in ies[11]:
            self.same('CK of ' + what, ies[11]['key'], pair[:16])

    def enhanced_information(self, extra):
        """EnhancedSecurityInformation: every key in it."""
        index = self.learn(extra)
        need(index > self.given, 'the index %s is given after %s', index, self.given)
        self.given = index
        self.enhanced_keys_on_iu('the keys', extra['keys'], index, extra['derivation'])
        if 'nextKey' in extra:
            after = extra['nextKey']['index']['counter'], extra['nextKey']['index']['nCC']
            need(after > index, 'the next key has the index %s, the key %s', after, index)
            self.enhanced_keys_on_iu('the next key', extra['nextKey']['keys'], after, extra['derivation'])
            self.given = after
        return index

    def learn(self, info):
        """The index of key information, whose random number belongs to the counter."""
        index = info['index']['counter'], info['index'].get('nCC', info['index'].get('ncc'))
        need((info['freshness'] == 'nonce') == ('nonce' in info), 'freshness %s, and a nonce or none', info['freshness'])
        need((info['freshness'] == 'none') == (index[0] == 0), 'freshness %s, and the counter %d', info['freshness'], index[0])
        nonce = bytes.fromhex(info['nonce']) if 'nonce' in info else self.rand if info['freshness'] == 'rand' else None
        if info['freshness'] in ('none', 'rand'):
            need(not self.nonces or index[0] in self.nonces, 'freshness %s, and another counter of the same vector', info['freshness'])
        self.target_keys = info['legacyTargetKeys']
        if index[1] == 0 or index[0] not in self.nonces:
            self.nonces.setdefault(index[0], nonce)
            need(self.nonces[index[0]] == nonce, 'the UE receives another nonce than the RNC')
        return index

    def first(self, fc, counter):
        """A derivation from CK||IK that begins a counter."""
        nonce = self.nonces.get(counter)
        return crypto.kdf(self.ck + self.ik, FC[fc], *([counter.to_bytes(4, 'big')] if counter else []), bytes([PS]), *([nonce] if nonce else []))

    def hierarchy_key(self, index):
        """K_RNC or K_RNC* of an index."""
        key = self.first('K_RNC', index[0])
        for _ in range(index[1]):
            key = crypto.kdf(self.ck + self.ik, FC['K_RNC*'], key)
        return key

    def air_keys(self, index, derivation):
        """CK_U||IK_U of an index."""
        if derivation == 'fromCK-IK':
            return self.first('from CK||IK', index[0])
        return crypto.kdf(self.hierarchy_key(index), FC['from K_RNC*' if index[1] else 'from K_RNC'])

    def enhanced_keys_on_iu(self, what, keys, index, derivation):
        if 'k-RNC' in keys:
            self.same(what, keys['k-RNC'], self.hierarchy_key(index))
            return
        air = keys['airKeys']
        self.same('IK_U of ' + what, air['iK-U'] if 'iK-U' in air else air['ik-U'], self.air_keys(index, derivation)[16:])
        ck_u = air.get('cK-U', air.get('ck-U'))
        if ck_u:
            self.same('CK_U of ' + what, ck_u, self.air_keys(index, derivation)[:16])

    def container(self, c, pair):
        for name, key in zip(CONTAINER_KEYS, (pair[16:], pair[:16])):
            if name in c:
                self.same(name + ' of the container', c[name], key)
        inner = c['rRC-Container']
        if isinstance(inner, dict):			# a decoder that knows the contents
            inner = inner['containing']['ToTargetRNC-Container']
        else:
            inner = self.decode('rrc', 'ToTargetRNC-Container', bytes.fromhex(inner))
        level = self.level(inner, 'SRNC-EnhancedSecurityInfo')
        for key in level.get('enhancedNextKeyList', []):
            need(key['cn-DomainIdentity'] == 'ps-domain', 'a key of the other domain')
            self.enhanced_keys_on_iu('the next key of the container', key['keys'], (key['index']['counter'], key['index']['ncc']), 'fromK-RNC')

    def level(self, message, body):
        """The elements of the extension's level in an RRC message; {} if there is none."""
        chain = find(message, 'vIuplusNonCriticalExtensions')
        if not chain:
            return {}
        level = next(v for k, v in chain.items() if k.endswith('vIuplusext'))
        need(level['marker'] == '4955' and level['version'] == 2, 'marker %s, version %s', level['marker'], level['version'])
        if isinstance(level['body'], dict):		# a decoder that knows the contents
            return level['body']['containing'][body]
        return self.decode('rrc', body, bytes.fromhex(level['body']))

    def told(self, message, body):
        """The key information of the domain in an RRC message, or None."""
        for info in self.level(message, body).get('enhancedKeyInformationList', []):
            if info['cn-DomainIdentity'] == 'ps-domain':
                return info
        return None

    # ---- radio side
    def bearer(self, cell, up, rb):
        key = cell, up, rb
        if key not in self.cells:
            self.cells[key] = Bearer(rb, up)
        return self.cells[key]

    def datagram(self, d):
        need(len(d) >= 8 and d[0] >> 4 == 1, 'not a radio datagram: %s', d.hex())
        kind, up, rb, cell = d[0] & 15, not d[1] >> 7, d[1] & 0x7F, d[2] << 8 | d[3]
        if kind == 1:
            return
        if rb == 0 and up:
            self.heard.append((up, d[8:]))
            return
        done, ciphered = self.bearer(cell, up, rb).pdu(d[8:])
        self.ciphered += ciphered
        for m in done:
            self.heard.append((up, m))
            if rb:
                self.rrc(up, rb, cell, m)

    def rrc(self, up, rb, cell, m):
        v = self.decode('rrc', 'UL-DCCH-Message' if up else 'DL-DCCH-Message', m)
        name = next(iter(v['message']))
        if name == 'securityModeCommand':
            self.security_mode_command(v)
        elif name == 'physicalChannelReconfiguration':
            self.reconfiguration(v)
        if self.integrity:
            good = self.integrity.verify(up, rb, m)
            if not good and rb != 2 and self.before:
                good = self.before.verify(up, rb, m)
            need(good, 'MAC-I of %s on RB%d is wrong', name, rb)
            self.macs += 1
        else:
            need('integrityCheckInfo' not in v, '%s is protected before protection starts', name)
        if name == 'securityModeComplete':
            self.activate(True, find(v, 'rb-UL-CiphActivationTimeInfo') or [], cell)
            self.new_aka = False
        elif name in ('rrcConnectionSetupComplete', 'physicalChannelReconfigurationComplete'):
            for s in find(v, 'startList') or []:
                if s['cn-DomainIdentity'] == 'ps-domain':
                    self.start = bits(s['start-Value'])
            if name == 'physicalChannelReconfigurationComplete' and self.reconfigured:
                for rb2 in (1, 3, 4):
                    for u in (True, False):
                        self.bearer(self.reconfigured, u, rb2).configure(self.uea, self.cipher, self.start)
                self.reconfigured = None

    def enhanced_keys(self, info):
        """CK_U and IK_U that the UE derives; every index once."""
        index = self.learn(info)
        need(index > self.verified, 'the UE gets the index %s after %s', index, self.verified)
        self.index = self.verified = index
        out = self.air_keys(index, info['keyDerivation'])
        return out[:16], out[16:]

    def in_use(self, index, message):
        """Key In Use of the target. The UE hears of the index afterwards, or has."""
        need(index <= self.given, '%s has the index %s, which nobody gave', message, index)
        if message == 'RelocationComplete':
            need(index == self.index, 'the target uses the index %s, the UE %s', index, self.index)

    def security_mode_command(self, v):
        info = self.told(v, 'SecurityMode-EnhancedSecurityInfo')
        self.kind = 'enhanced' if info else 'legacy'
        ck, ik = self.enhanced_keys(info) if info else (self.ck, self.ik)
        self.pair = ck + ik
        start = 0 if self.new_aka else self.start
        mode = find(v, 'integrityProtectionModeInfo')
        uia = int(mode.get('integrityProtectionAlgorithm', 'uia1')[3:])
        command = mode['integrityProtectionModeCommand']
        self.before = self.integrity
        if 'startIntegrityProtection' in command:
            self.integrity = Integrity(ik, uia, int(command['startIntegrityProtection']['integrityProtInitNumber'], 16)).begin(start)
        else:
            self.integrity = Integrity(ik, uia, self.before.fresh).begin(start)
        ciphering = find(v, 'cipheringModeInfo')
        self.command = None
        if ciphering:
            self.uea = int(ciphering['cipheringModeCommand']['startRestart'][3:])
            self.cipher = ck
            self.command = start
            self.activate(False, ciphering.get('rb-DL-CiphActivationTimeInfo', []), self.cell)

    def activate(self, up, times, cell):
        if self.command is None:
            return
        for t in times:
            self.bearer(cell, up, t['rb-Identity']).configure(self.uea, self.cipher, self.command, sn=t['rlc-SequenceNumber'])

    def reconfiguration(self, v):
        cell = find(v, 'primaryScramblingCode')
        info = self.told(v, 'Network-EnhancedSecurityInfo')
        if info:
            ck, ik, self.kind = *self.enhanced_keys(info), 'enhanced'
        elif self.kind in ('enhanced', 'mapped') and self.target_keys == 'cK-IK':
            ck, ik, self.kind = self.ck, self.ik, 'legacy'
        elif self.kind == 'enhanced':
            pair = self.mapped(self.pair)
            ck, ik, self.kind = pair[:16], pair[16:], 'mapped'
        else:
            ck, ik = self.pair[:16], self.pair[16:]
        self.pair = ck + ik
        mode = find(v, 'integrityProtectionModeInfo')
        need(mode is not None, 'a relocation without integrity protection mode info')
        fresh = int(mode['integrityProtectionModeCommand']['startIntegrityProtection']['integrityProtInitNumber'], 16)
        self.before = None
        self.integrity = Integrity(ik, int(mode.get('integrityProtectionAlgorithm', 'uia1')[3:]), fresh).go_on(self.integrity)
        ciphering = find(v, 'cipheringModeInfo')
        if ciphering:
            self.uea = int(ciphering['cipheringModeCommand']['startRestart'][3:])
        self.cipher = ck
        hfn = max(self.bearer(self.cell, u, 2).last_hfn() for u in (True, False)) + 1
        for key in [k for k in self.cells if k[0] == cell]:
            del self.cells[key]		# of an earlier stay: RLC begins anew
        for u in (True, False):
            self.bearer(cell, u, 2).configure(self.uea, self.cipher, hfn=hfn & 0xFFFFF)
        self.cell = self.reconfigured = cell


def judge(records, k, opc, decode):
    j = Judge(k, opc, decode)
    for kind, frame, what, octets in records:
        try:
            if kind == 'ranap':
                j.ranap(octets)
            elif kind == 'rrc':
                j.said.append((what.startswith('rrc.ul'), octets))
            else:
                if j.cell is None:
                    j.cell = octets[2] << 8 | octets[3]
                j.datagram(octets)
        except Wrong as e:
            raise Wrong('frame %d: %s' % (frame, e)) from None
    said, heard = sorted(j.said), sorted(j.heard)
    need(said == heard, 'RRC messages in the capture and on the radio differ: %s',
         [m.hex() for u, m in set(said) ^ set(heard)][:4])
    need(j.challenges and j.macs, 'no challenge or no protected message in the capture')
    return j


def flips(records, k, opc, decode, count, seed):
    """Flips one bit of a radio PDU, count times: each must be detected. Returns the ones that were not."""
    rng = random.Random(seed)
    places = []
    for i, (kind, _, _, octets) in enumerate(records):
        if kind == 'rrc':
            places.append((i, 0, len(octets)))
        elif kind == 'udp' and len(octets) > 8 and octets[1] & 0x7F:
            um = octets[1] & 0x7F == 1
            if um or octets[8] & 0x80:		# data; a STATUS PDU has no MAC
                places.append((i, 9 if um else 10, len(octets)))
    missed = []
    for _ in range(count):
        i, first, end = rng.choice(places)
        kind, frame, what, octets = records[i]
        bit = rng.randrange(8 * first, 8 * end)
        turned = bytearray(octets)
        turned[bit // 8] ^= 0x80 >> bit % 8
        try:
            judge(records[:i] + [(kind, frame, what, bytes(turned))] + records[i + 1:], k, opc, decode)
            missed.append('frame %d: flipped bit %d is not detected' % (frame, bit))
        except (Wrong, LookupError, TypeError, ValueError, AttributeError):
            pass
    return missed


def fingerprint(key):
    return hashlib.sha256(key).hexdigest()[:8]


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument('--oracle', required=True)
    ap.add_argument('--k', required=True)
    ap.add_argument('--opc', required=True)
    ap.add_argument('--result', help="output of iuplus-relocate --json: its final keys must be those found here")
    ap.add_argument('--flips', type=int, default=0, help='then flip that number of single bits, one at a time: each must make it fail')
    ap.add_argument('--seed', type=int, default=int(os.environ.get('IUPLUS_SEED', '0')) or random.randrange(1, 1 << 30))
    ap.add_argument('capture')
    a = ap.parse_args()
    os.environ['ORACLE_DIR'] = os.path.abspath(a.oracle)
    decode = Decoder()
    try:
        records, k, opc = list(capture.read(a.capture)), bytes.fromhex(a.k), bytes.fromhex(a.opc)
        j = judge(records, k, opc, decode)
        if a.result:
            with open(a.result, encoding='utf-8') as f:
                result = json.load(f)
            for node in ('ue', 'target-rnc'):
                keys = [x for x in result['keys'] if x['node'] == node and x['domain'] == 'ps']
                # a legacy RNC cannot tell mapped keys from CK and IK
                kinds = {j.kind} | ({'legacy'} if node == 'target-rnc' and j.kind == 'mapped' else set())
                need(keys and keys[0]['ik'] == fingerprint(j.integrity.ik) and keys[0]['kind'] in kinds,
                     '%s says its keys are %s, found here: %s %s', node, keys, j.kind, fingerprint(j.integrity.ik))
                need(not j.uea or keys[0]['ck'] == fingerprint(j.cipher), '%s says another CK', node)
        missed = flips(records, k, opc, decode, a.flips, a.seed)
        need(not missed, 'seed %d: %s', a.seed, '; '.join(missed[:5]))
    except (Wrong, capture.Bad) as e:
        print('%s: %s' % (a.capture, e))
        return 1
    finally:
        decode.close()
    print('%s: %d challenges, %d keys on Iu, %d MAC-I, %d ciphered PDUs, %d RRC messages verified; %s keys, IK %s'
          % (a.capture, j.challenges, j.iu_keys, j.macs, j.ciphered, len(j.heard), j.kind, fingerprint(j.integrity.ik)))
    return 0


if __name__ == '__main__':
    sys.exit(main())
