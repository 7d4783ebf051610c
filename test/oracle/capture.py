# SPDX-License-Identifier: BSD-2-Clause
"""Reads a capture down to RANAP, RRC and radio datagrams: pcapng, IPv4, SCTP, M3UA, SCCP, UDP. Independent of the library.

read(path) yields, in the order of the capture, ('ranap', frame, link, octets), ('rrc', frame, dissector, octets) and
('udp', frame, (source port, destination port), octets). A packet that it cannot read is an error, and never skipped.
"""
import struct


class Bad(Exception):
    pass


def blocks(path):
    with open(path, 'rb') as f:
        data = f.read()
    at, order = 0, '<'
    while at < len(data):
        if len(data) - at < 12:
            raise Bad('%s: block cut off at octet %d' % (path, at))
        if data[at:at + 4] == b'\x0a\x0d\x0d\x0a':
            order = '<' if data[at + 8:at + 12] == b'\x4d\x3c\x2b\x1a' else '>'
        kind, size = struct.unpack_from(order + 'II', data, at)
        if size < 12 or size % 4 or at + size > len(data):
            raise Bad('%s: block of %d octets at octet %d' % (path, size, at))
        yield kind, order, data[at + 8:at + size - 4]
        at += size


def packets(path):
    links, frame = [], 0
    for kind, order, body in blocks(path):
        if kind == 0x0A0D0D0A:
            links = []
        elif kind == 1:
            links.append(struct.unpack_from(order + 'H', body)[0])
        elif kind == 6:
            frame += 1
            iface, _, _, caplen, wirelen = struct.unpack_from(order + 'IIIII', body)
            if caplen != wirelen or 20 + caplen > len(body) or iface >= len(links):
                raise Bad('frame %d: incomplete' % frame)
            yield frame, links[iface], body[20:20 + caplen]


def crc32c(data):
    crc = 0xFFFFFFFF
    for b in data:
        crc ^= b
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)
    return crc ^ 0xFFFFFFFF


def sctp_data(frame, p):
    """The user messages of one SCTP packet, as (PPID, octets). Each DATA chunk must be a whole message."""
    if struct.unpack_from('<I', p, 8)[0] != crc32c(p[:8] + b'\0\0\0\0' + p[12:]):
        raise Bad('frame %d: SCTP checksum' % frame)
    at = 12
    while at + 4 <= len(p):
        kind, flags, size = struct.unpack_from('>BBH', p, at)
        if size < 4 or at + size > len(p):
            raise Bad('frame %d: SCTP chunk of %d octets' % (frame, size))
        if kind == 0:
            if flags & 3 != 3:
                raise Bad('frame %d: a fragment of an SCTP message' % frame)
            yield struct.unpack_from('>I', p, at + 12)[0], p[at + 16:at + size]
        at += size + -size % 4


def m3ua_data(frame, m):
    """(OPC, DPC, SCCP message) of an M3UA DATA message, None of any other."""
    version, _, cls, kind, size = struct.unpack_from('>BBBBI', m)
    if version != 1 or size != len(m):
        raise Bad('frame %d: M3UA header' % frame)
    if (cls, kind) != (1, 1):
        return None
    at = 8
    while at + 4 <= len(m):
        tag, length = struct.unpack_from('>HH', m, at)
        if length < 4 or at + length > len(m):
            raise Bad('frame %d: M3UA parameter' % frame)
        if tag == 0x0210:
            opc, dpc, si = struct.unpack_from('>IIB', m, at + 4)
            if si != 3:
                raise Bad('frame %d: service indicator %d is not SCCP' % (frame, si))
            return opc, dpc, m[at + 16:at + length]
        at += length + -length % 4
    raise Bad('frame %d: M3UA DATA without protocol data' % frame)


def _lv(m, at):
    return m[at + 1:at + 1 + m[at]]


def _optional(m, at):
    out = {}
    while at < len(m) and m[at]:
        out[m[at]] = _lv(m, at + 1)
        at += 2 + m[at + 1]
    return out


class Sccp:
    """RANAP from SCCP. A connection is identified by the two nodes and the pair of references once both are known."""

    def __init__(self):
        self.partial = {}	# (sender, its peer's reference) -> octets so far
        self.conn = {}		# (owner point code, its reference) -> name

    def feed(self, frame, opc, dpc, m):
        kind = m[0]
        if kind == 1:			# CR: source reference 3, class 1, pointers to called address and the optional part
            ref = m[1:4]
            name = (opc, ref.hex())
            self.conn[opc, ref] = name
            opt = m[6] and _optional(m, 6 + m[6]) or {}
            return [(name, opt[15])] if 15 in opt else []
        if kind in (2, 3):		# CC, CREF
            dest = m[1:4]
            name = self.conn.get((dpc, dest), (dpc, dest.hex()))
            if kind == 2:
                self.conn[opc, m[4:7]] = name
            at = 8 if kind == 2 else 5
            opt = _optional(m, at + m[at]) if m[at] else {}
            return [(name, opt[15])] if 15 in opt else []
        if kind == 6:			# DT1
            dest = m[1:4]
            name = self.conn.get((dpc, dest))
            if name is None:
                raise Bad('frame %d: DT1 for a connection that was never opened' % frame)
            key = (opc, dpc, dest)
            buf = self.partial.pop(key, b'') + _lv(m, 5 + m[5])
            if m[4] & 1:
                self.partial[key] = buf
                return []
            return [(name, buf)]
        if kind == 4:			# RLSD
            dest = m[1:4]
            name = self.conn.get((dpc, dest), (dpc, dest.hex()))
            at = 8
            opt = _optional(m, at + m[at]) if m[at] else {}
            return [(name, opt[15])] if 15 in opt else []
        if kind == 9:			# UDT
            return [((opc, dpc), _lv(m, 4 + m[4]))]
        if kind in (5, 10, 15, 16):	# RLC, UDTS, ERR, IT
            return []
        raise Bad('frame %d: SCCP message type %d' % (frame, kind))


def read(path):
    sccp = Sccp()
    for frame, link, p in packets(path):
        if link == 101:
            if p[0] >> 4 != 4:
                raise Bad('frame %d: not IPv4' % frame)
            proto, payload = p[9], p[(p[0] & 15) * 4:struct.unpack_from('>H', p, 2)[0]]
            if proto == 132:
                for ppid, m in sctp_data(frame, payload):
                    if ppid != 3:
                        raise Bad('frame %d: payload protocol %d is not M3UA' % (frame, ppid))
                    d = m3ua_data(frame, m)
                    if d:
                        for name, octets in sccp.feed(frame, *d):
                            yield 'ranap', frame, (d[0], d[1], name), octets
            elif proto == 17:
                sport, dport, size = struct.unpack_from('>HHH', payload)
                yield 'udp', frame, (sport, dport), payload[8:size]
            else:
                raise Bad('frame %d: IP protocol %d' % (frame, proto))
        elif link == 252:
            at, name = 0, None
            while True:
                tag, length = struct.unpack_from('>HH', p, at)
                if tag == 12:
                    name = p[at + 4:at + 4 + length].rstrip(b'\0').decode('ascii')
                at += 4 + length
                if tag == 0:
                    break
            yield 'rrc', frame, name, p[at:]
        else:
            raise Bad('frame %d: link type %d' % (frame, link))
