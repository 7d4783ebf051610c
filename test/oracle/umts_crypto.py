# SPDX-License-Identifier: BSD-2-Clause
"""A second implementation of UMTS security, to verify the library: it shares no code with security/.

KASUMI (TS 35.202), SNOW 3G (TS 35.216), f8 and f9 (TS 35.201, TS 35.215), MILENAGE (TS 35.206), the KDF of TS 33.220.
Deliberately slow and simple. As a program it tests itself with vector files: umts_crypto.py DIR
"""
import hashlib
import hmac
import os
import sys


# ---- AES-128, encryption only (FIPS 197), with the S-box computed instead of listed
def _gmul(a, b, poly):
    r = 0
    while b:
        if b & 1:
            r ^= a
        a <<= 1
        if a & 0x100:
            a ^= poly
        b >>= 1
    return r


def _aes_sbox():
    box = []
    for x in range(256):
        inv = next((y for y in range(256) if _gmul(x, y, 0x11b) == 1), 0)
        r = 0
        for i in range(8):
            bit = sum(inv >> ((i + k) % 8) & 1 for k in (0, 4, 5, 6, 7)) + (0x63 >> i & 1)
            r |= (bit & 1) << i
        box.append(r)
    return box


SR = _aes_sbox()


def aes_encrypt(key, block):
    w = [list(key[i:i + 4]) for i in range(0, 16, 4)]
    rcon = 1
    for i in range(4, 44):
        t = list(w[i - 1])
        if i % 4 == 0:
            t = [SR[b] for b in t[1:] + t[:1]]
            t[0] ^= rcon
            rcon = _gmul(rcon, 2, 0x11b)
        w.append([a ^ b for a, b in zip(w[i - 4], t)])
    rk = [sum(w[4 * r:4 * r + 4], []) for r in range(11)]
    s = [a ^ b for a, b in zip(block, rk[0])]
    for r in range(1, 11):
        s = [SR[b] for b in s]
        s = [s[(i + 4 * (i % 4)) % 16] for i in range(16)]
        if r < 10:
            n = []
            for c in range(0, 16, 4):
                col = s[c:c + 4]
                for i in range(4):
                    n.append(_gmul(col[i], 2, 0x11b) ^ _gmul(col[(i + 1) % 4], 3, 0x11b) ^ col[(i + 2) % 4] ^ col[(i + 3) % 4])
            s = n
        s = [a ^ b for a, b in zip(s, rk[r])]
    return bytes(s)


# ---- MILENAGE
def xor(a, b):
    return bytes(x ^ y for x, y in zip(a, b))


def opc_of(k, op):
    return xor(aes_encrypt(k, op), op)


def _out(k, opc, temp, rot, c):
    n = rot // 8
    x = xor(temp, opc)
    x = x[n:] + x[:n]
    x = x[:15] + bytes([x[15] ^ c])
    return xor(aes_encrypt(k, x), opc)


def milenage(k, opc, rand, sqn, amf):
    temp = aes_encrypt(k, xor(rand, opc))
    in1 = (sqn + amf) * 2
    x = xor(in1, opc)
    x = x[8:] + x[:8]
    out1 = xor(aes_encrypt(k, xor(temp, x)), opc)
    out2, out3, out4, out5 = (_out(k, opc, temp, r, c) for r, c in ((0, 1), (32, 2), (64, 4), (96, 8)))
    return {'mac_a': out1[:8], 'mac_s': out1[8:], 'res': out2[8:], 'ck': out3, 'ik': out4, 'ak': out2[:6], 'ak_star': out5[:6]}


# ---- KDF
def kdf(key, fc, *params):
    s = bytes([fc])
    for p in params:
        s += p + len(p).to_bytes(2, 'big')
    return hmac.new(key, s, hashlib.sha256).digest()


# ---- KASUMI
S7 = [54, 50, 62, 56, 22, 34, 94, 96, 38, 6, 63, 93, 2, 18, 123, 33, 55, 113, 39, 114, 21, 67, 65, 12, 47, 73, 46, 27, 25, 111, 124, 81,
      53, 9, 121, 79, 52, 60, 58, 48, 101, 127, 40, 120, 104, 70, 71, 43, 20, 122, 72, 61, 23, 109, 13, 100, 77, 1, 16, 7, 82, 10, 105, 98,
      117, 116, 76, 11, 89, 106, 0, 125, 118, 99, 86, 69, 30, 57, 126, 87, 112, 51, 17, 5, 95, 14, 90, 84, 91, 8, 35, 103, 32, 97, 28, 66,
      102, 31, 26, 45, 75, 4, 85, 92, 37, 74, 80, 49, 68, 29, 115, 44, 64, 107, 108, 24, 110, 83, 36, 78, 42, 19, 15, 41, 88, 119, 59, 3]
S9 = [167, 239, 161, 379, 391, 334, 9, 338, 38, 226, 48, 358, 452, 385, 90, 397, 183, 253, 147, 331, 415, 340, 51, 362, 306, 500, 262, 82,
      216, 159, 356, 177, 175, 241, 489, 37, 206, 17, 0, 333, 44, 254, 378, 58, 143, 220, 81, 400, 95, 3, 315, 245, 54, 235, 218, 405, 472,
      264, 172, 494, 371, 290, 399, 76, 165, 197, 395, 121, 257, 480, 423, 212, 240, 28, 462, 176, 406, 507, 288, 223, 501, 407, 249, 265,
      89, 186, 221, 428, 164, 74, 440, 196, 458, 421, 350, 163, 232, 158, 134, 354, 13, 250, 491, 142, 191, 69, 193, 425, 152, 227, 366,
      135, 344, 300, 276, 242, 437, 320, 113, 278, 11, 243, 87, 317, 36, 93, 496, 27, 487, 446, 482, 41, 68, 156, 457, 131, 326, 403, 339,
      20, 39, 115, 442, 124, 475, 384, 508, 53, 112, 170, 479, 151, 126, 169, 73, 268, 279, 321, 168, 364, 363, 292, 46, 499, 393, 327,
      324, 24, 456, 267, 157, 460, 488, 426, 309, 229, 439, 506, 208, 271, 349, 401, 434, 236, 16, 209, 359, 52, 56, 120, 199, 277, 465,
      416, 252, 287, 246, 6, 83, 305, 420, 345, 153, 502, 65, 61, 244, 282, 173, 222, 418, 67, 386, 368, 261, 101, 476, 291, 195, 430, 49,
      79, 166, 330, 280, 383, 373, 128, 382, 408, 155, 495, 367, 388, 274, 107, 459, 417, 62, 454, 132, 225, 203, 316, 234, 14, 301, 91,
      503, 286, 424, 211, 347, 307, 140, 374, 35, 103, 125, 427, 19, 214, 453, 146, 498, 314, 444, 230, 256, 329, 198, 285, 50, 116, 78,
      410, 10, 205, 510, 171, 231, 45, 139, 467, 29, 86, 505, 32, 72, 26, 342, 150, 313, 490, 431, 238, 411, 325, 149, 473, 40, 119, 174,
      355, 185, 233, 389, 71, 448, 273, 372, 55, 110, 178, 322, 12, 469, 392, 369, 190, 1, 109, 375, 137, 181, 88, 75, 308, 260, 484, 98,
      272, 370, 275, 412, 111, 336, 318, 4, 504, 492, 259, 304, 77, 337, 435, 21, 357, 303, 332, 483, 18, 47, 85, 25, 497, 474, 289, 100,
      269, 296, 478, 270, 106, 31, 104, 433, 84, 414, 486, 394, 96, 99, 154, 511, 148, 413, 361, 409, 255, 162, 215, 302, 201, 266, 351,
      343, 144, 441, 365, 108, 298, 251, 34, 182, 509, 138, 210, 335, 133, 311, 352, 328, 141, 396, 346, 123, 319, 450, 281, 429, 228, 443,
      481, 92, 404, 485, 422, 248, 297, 23, 213, 130, 466, 22, 217, 283, 70, 294, 360, 419, 127, 312, 377, 7, 468, 194, 2, 117, 295, 463,
      258, 224, 447, 247, 187, 80, 398, 284, 353, 105, 390, 299, 471, 470, 184, 57, 200, 348, 63, 204, 188, 33, 451, 97, 30, 310, 219, 94,
      160, 129, 493, 64, 179, 263, 102, 189, 207, 114, 402, 438, 477, 387, 122, 192, 42, 381, 5, 145, 118, 180, 449, 293, 323, 136, 380,
      43, 66, 60, 455, 341, 445, 202, 432, 8, 237, 15, 376, 436, 464, 59, 461]
_KC = [0x0123, 0x4567, 0x89AB, 0xCDEF, 0xFEDC, 0xBA98, 0x7654, 0x3210]


def _rol(x, n):
    return (x << n | x >> (16 - n)) & 0xFFFF


class Kasumi:
    def __init__(self, key):
        k = [int.from_bytes(key[i:i + 2], 'big') for i in range(0, 16, 2)]
        kp = [a ^ b for a, b in zip(k, _KC)]
        self.sub = []
        for i in range(8):
            def at(lst, n):
                return lst[(i + n) % 8]
            self.sub.append(((_rol(k[i], 1), at(kp, 2)),
                             ((_rol(at(k, 1), 5), at(kp, 4)), (_rol(at(k, 5), 8), at(kp, 3)), (_rol(at(k, 6), 13), at(kp, 7)))))

    @staticmethod
    def _fi(x, ki):
        nine, seven = x >> 7, x & 0x7F
        nine = S9[nine] ^ seven
        seven = S7[seven] ^ (nine & 0x7F)
        seven ^= ki >> 9
        nine ^= ki & 0x1FF
        nine = S9[nine] ^ seven
        seven = S7[seven] ^ (nine & 0x7F)
        return seven << 9 | nine

    def _fo(self, x, ks):
        left, right = x >> 16, x & 0xFFFF
        for ko, ki in ks:
            left, right = right, self._fi(left ^ ko, ki) ^ right
        return left << 16 | right

    @staticmethod
    def _fl(x, ks):
        left, right = x >> 16, x & 0xFFFF
        right ^= _rol(left & ks[0], 1)
        left ^= _rol(right | ks[1], 1)
        return left << 16 | right

    def encrypt(self, block):
        left, right = block >> 32, block & 0xFFFFFFFF
        for i, (kl, ko) in enumerate(self.sub):
            t = self._fo(self._fl(left, kl), ko) if i % 2 == 0 else self._fl(self._fo(left, ko), kl)
            left, right = right ^ t, left
        return left << 32 | right


def uea1(key, count, bearer, direction, data, bits):
    a = Kasumi(xor(key, b'\x55' * 16)).encrypt((count << 32) | bearer << 27 | direction << 26)
    e = Kasumi(key)
    ks, prev = b'', 0
    for n in range((bits + 63) // 64):
        prev = e.encrypt(a ^ n ^ prev)
        ks += prev.to_bytes(8, 'big')
    return _apply(data, ks, bits)


def uia1(key, count, fresh, direction, data, bits):
    n = int.from_bytes(data[:(bits + 7) // 8], 'big') >> (-bits % 8)
    total = 64 + bits + 2
    m = (((count << 32 | fresh) << bits | n) << 1 | direction) << 1 | 1
    pad = -total % 64
    m <<= pad
    e = Kasumi(key)
    a = b = 0
    for i in range((total + pad) // 64 - 1, -1, -1):
        a = e.encrypt(a ^ (m >> 64 * i & (1 << 64) - 1))
        b ^= a
    return Kasumi(xor(key, b'\xaa' * 16)).encrypt(b) >> 32


def _apply(data, ks, bits):
    out = bytearray(x ^ y for x, y in zip(data[:(bits + 7) // 8], ks))
    if bits % 8:
        out[-1] &= 0xFF00 >> bits % 8 & 0xFF
    return bytes(out)


# ---- SNOW 3G; the second S-box is the Dickson polynomial g49 over GF(2^8)/x^8+x^6+x^5+x^3+1, plus 0x25
def _sq_box():
    box = []
    for x in range(256):
        p = [1]
        for _ in range(49):
            p.append(_gmul(p[-1], x, 0x169))
        v = 0x25
        for e in (1, 9, 13, 15, 33, 41, 45, 47, 49):
            v ^= p[e]
        box.append(v)
    return box


SQ = _sq_box()


def _mulx_pow(v, n, c):
    for _ in range(n):
        v = (v << 1 ^ (c if v & 0x80 else 0)) & 0xFF
    return v


MUL_ALPHA = [sum(_mulx_pow(c, n, 0xA9) << s for n, s in ((23, 24), (245, 16), (48, 8), (239, 0))) for c in range(256)]
DIV_ALPHA = [sum(_mulx_pow(c, n, 0xA9) << s for n, s in ((16, 24), (39, 16), (6, 8), (64, 0))) for c in range(256)]


def _s1(w):
    return _s(SR, 0x1B, w)


def _s2(w):
    return _s(SQ, 0x69, w)


def _s(box, c, w):
    b = [box[w >> s & 0xFF] for s in (24, 16, 8, 0)]

    def m(v):
        return _mulx_pow(v, 1, c)
    r0 = m(b[0]) ^ b[1] ^ b[2] ^ m(b[3]) ^ b[3]
    r1 = m(b[0]) ^ b[0] ^ m(b[1]) ^ b[2] ^ b[3]
    r2 = b[0] ^ m(b[1]) ^ b[1] ^ m(b[2]) ^ b[3]
    r3 = b[0] ^ b[1] ^ m(b[2]) ^ b[2] ^ m(b[3])
    return r0 << 24 | r1 << 16 | r2 << 8 | r3


class Snow3g:
    M = 0xFFFFFFFF

    def __init__(self, k, iv):
        self.s = [k[0] ^ self.M, k[1] ^ self.M, k[2] ^ self.M, k[3] ^ self.M, k[0], k[1], k[2], k[3],
                  k[0] ^ self.M, k[1] ^ self.M ^ iv[3], k[2] ^ self.M ^ iv[2], k[3] ^ self.M,
                  k[0] ^ iv[1], k[1], k[2], k[3] ^ iv[0]]
        self.r = [0, 0, 0]
        for _ in range(32):
            self._lfsr(self._fsm())
        self._fsm()
        self._lfsr(0)

    def _fsm(self):
        r1, r2, r3 = self.r
        f = ((self.s[15] + r1) & self.M) ^ r2
        r = (r2 + (r3 ^ self.s[5])) & self.M
        self.r = [r, _s1(r1), _s2(r2)]
        return f

    def _lfsr(self, f):
        s = self.s
        v = (s[0] << 8 & self.M) ^ MUL_ALPHA[s[0] >> 24] ^ s[2] ^ s[11] >> 8 ^ DIV_ALPHA[s[11] & 0xFF] ^ f
        self.s = s[1:] + [v]

    def words(self, n):
        out = []
        for _ in range(n):
            f = self._fsm()
            out.append(f ^ self.s[0])
            self._lfsr(0)
        return out


def _snow_key(key):
    return [int.from_bytes(key[i:i + 4], 'big') for i in (12, 8, 4, 0)]


def uea2(key, count, bearer, direction, data, bits):
    low = bearer << 27 | direction << 26
    ks = b''.join(w.to_bytes(4, 'big') for w in Snow3g(_snow_key(key), [low, count, low, count]).words((bits + 31) // 32))
    return _apply(data, ks, bits)


def _mul64(v, p):
    r = 0
    for i in range(64):
        if p >> i & 1:
            r ^= v
        v = (v << 1 ^ (0x1B if v >> 63 else 0)) & (1 << 64) - 1
    return r


def uia2(key, count, fresh, direction, data, bits):
    iv = [fresh ^ direction << 15, count ^ direction << 31, fresh, count]
    z = Snow3g(_snow_key(key), iv).words(5)
    p, q = z[0] << 32 | z[1], z[2] << 32 | z[3]
    m = int.from_bytes(data[:(bits + 7) // 8], 'big') >> (-bits % 8) << (-bits % 64)
    blocks = (bits + 63) // 64
    ev = 0
    for i in range(blocks - 1, -1, -1):
        ev = _mul64(ev ^ (m >> 64 * i & (1 << 64) - 1), p)
    ev = _mul64(ev ^ bits, q)
    return (ev >> 32) ^ z[4]


def f8(uea, key, count, bearer, direction, data, bits=None):
    bits = len(data) * 8 if bits is None else bits
    return {0: lambda *a: data, 1: uea1, 2: uea2}[uea](key, count, bearer, direction, data, bits)


def f9(uia, key, count, fresh, direction, data, bits=None):
    bits = len(data) * 8 if bits is None else bits
    return {1: uia1, 2: uia2}[uia](key, count, fresh, direction, data, bits)


# ---- self-test with the vector files
def records(path):
    rec = {}
    with open(path, encoding='ascii') as f:
        for line in list(f) + ['\n']:
            line = line.strip()
            if not line:
                if rec:
                    yield rec
                rec = {}
            elif not line.startswith('#'):
                k, v = line.split('=', 1)
                rec[k.strip()] = v.strip()


def selfcheck(folder):
    bad = done = 0

    def same(rec, what, got, want):
        nonlocal bad, done
        done += 1
        if got != want:
            bad += 1
            print('%s: %s is %s, the vector says %s' % (rec['id'], what, got, want))

    def hexint(rec, k):
        return int(rec[k], 16)

    for name in ('uea1_f8.txt', 'uea2_f8.txt', 'uia1_f9.txt', 'uia2_f9.txt', 'milenage.txt'):
        for r in records(os.path.join(folder, name)):
            b = {k: bytes.fromhex(v) for k, v in r.items() if len(v) % 2 == 0 and all(c in '0123456789abcdef' for c in v)}
            if name in ('uea1_f8.txt', 'uea2_f8.txt'):
                n = int(r['length_bits'])
                got = f8(int(name[3]), b['key'], hexint(r, 'count'), int(r['bearer']), int(r['direction']), b['plaintext'], n)
                same(r, 'ciphertext', got.hex(), r['ciphertext'])
            elif name in ('uia1_f9.txt', 'uia2_f9.txt'):
                n = int(r['length_bits'])
                got = f9(int(name[3]), b['key'], hexint(r, 'count'), hexint(r, 'fresh'), int(r['direction']), b['message'], n)
                same(r, 'MAC-I', '%08x' % got, r['mac'])
            else:
                m = milenage(b['k'], b['opc'], b['rand'], b['sqn'], b['amf'])
                if 'op' in b:
                    same(r, 'OPc', opc_of(b['k'], b['op']).hex(), r['opc'])
                names = {'f1': 'mac_a', 'f1_star': 'mac_s', 'f1star': 'mac_s', 'f2': 'res', 'f3': 'ck', 'f4': 'ik', 'f5': 'ak', 'f5_star': 'ak_star', 'f5star': 'ak_star'}
                for k, v in names.items():
                    if k in r:
                        same(r, k, m[v].hex(), r[k])
    if bad or not done:
        print('%d values checked, %d wrong' % (done, bad))
    return 1 if bad or not done else 0


if __name__ == '__main__':
    sys.exit(selfcheck(sys.argv[1]))
