/* SPDX-License-Identifier: BSD-2-Clause */
/* The readers of iuplus-pdu: formats of hex, captures of every kind of link and stack, hostile files. */
#include "test/unit/cunit_main.h"

#include "src/net/m3ua.h"
#include "src/net/sccp.h"
#include "src/tool/pdu/pdu.h"
#include "test/unit/per_util.h"
#include "test/unit/seed.h"

/* RANAP Reset Acknowledge, and a message longer than one DT1. */
static const char reset[] = "200900080000010003400140";
static uint8_t pdu[1024];
static size_t pdu_size;

static struct {
	unsigned count;
	size_t len[64];
	uint8_t data[64][2048];
	const struct iuplus_asn1_type *type[64];
	char from[64];
} got;

static void found(void *user, const struct pdu_found *f)
{
	unsigned i = got.count;

	(void)user;
	if (i == 64 || f->len > sizeof(got.data[0]))
		return;
	got.len[i] = f->len;
	memcpy(got.data[i], f->data, f->len);
	got.type[i] = f->type;
	memcpy(got.from, f->from, sizeof(got.from));
	got.count++;
}

static void long_pdu(size_t size)
{
	pdu_size = size;
	for (size_t i = 0; i < size; i++)
		pdu[i] = (uint8_t)(i * 7 + 1);
}

static bool got_pdu(unsigned i, const char *type)
{
	return i < got.count && strcmp(got.type[i]->name, type) == 0 && got.len[i] == pdu_size &&
	       memcmp(got.data[i], pdu, pdu_size) == 0;
}

static void put16(uint8_t *p, unsigned v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

/* One DATA chunk in SCTP in IPv4; the packet's size. */
static size_t in_sctp(uint8_t *out, unsigned tsn, unsigned flags, unsigned ppid, const uint8_t *data, size_t len)
{
	size_t chunk = 16 + len, total = 20 + 12 + ((chunk + 3) & ~(size_t)3);
	static const uint8_t ip[20] = { 0x45, 0, 0, 0, 0, 0, 0, 0, 64, 132, 0, 0, 127, 0, 0, 1, 127, 0, 0, 2 };

	memset(out, 0, total);
	memcpy(out, ip, sizeof(ip));
	put16(out + 2, (unsigned)total);
	put16(out + 20, 2905);
	put16(out + 22, 2905);
	out[27] = 9;
	out[32] = 0;
	out[33] = (uint8_t)flags;
	put16(out + 34, (unsigned)chunk);
	put16(out + 38, tsn);
	put16(out + 46, ppid);
	memcpy(out + 48, data, len);
	return total;
}

static size_t in_m3ua(uint8_t *out, unsigned opc, unsigned dpc, const struct iuplus_sccp_message *sccp)
{
	struct iuplus_m3ua_message
		m = { .type = IUPLUS_M3UA_DATA, .has_data = true, .opc = opc, .dpc = dpc, .si = 3, .ni = 2 };
	uint8_t user[1024];
	size_t n;

	CU_ASSERT_FATAL(iuplus_sccp_encode(sccp, user, sizeof(user), &n) == 0);
	m.user.data = user;
	m.user.len = n;
	CU_ASSERT_FATAL(iuplus_m3ua_encode(&m, out, 2048, &n) == 0);
	return n;
}

static struct pdu_dissector *begin(void)
{
	struct pdu_dissector *d = pdu_dissector_new(NULL, found, NULL);

	CU_ASSERT_FATAL(d != NULL);
	memset(&got, 0, sizeof(got));
	return d;
}

static bool give(struct pdu_dissector *d, unsigned linktype, const uint8_t *data, size_t len)
{
	struct pdu_packet p = { .linktype = linktype, .data = data, .len = len };

	return pdu_dissect(d, &p);
}

static struct iuplus_sccp_message message(enum iuplus_sccp_type type, uint32_t destination, uint32_t source,
					  const uint8_t *data, size_t len)
{
	struct iuplus_sccp_message m = { .type = type,
					 .destination = destination,
					 .source = source,
					 .protocol_class = 2 };

	m.data.data = data;
	m.data.len = len;
	return m;
}

/* A connection: CR, CC, a message over several DT1, each chunk sent twice. */
static void connection(unsigned ssn, const char *type)
{
	struct pdu_dissector *d = begin();
	struct iuplus_sccp_message m = message(IUPLUS_SCCP_CR, 0, 0x111, pdu, 100);
	uint8_t sctp[2048], m3ua[2048];
	unsigned tsn = 1, i;
	size_t at, n;

	long_pdu(600);
	m.has_called = true;
	m.called.has_ssn = m.called.route_on_ssn = true;
	m.called.ssn = (uint8_t)ssn;
	n = in_m3ua(m3ua, 1, 2, &m);
	CU_ASSERT(give(d, 101, sctp, in_sctp(sctp, tsn++, 3, 3, m3ua, n)));
	m = message(IUPLUS_SCCP_CC, 0x111, 0x222, NULL, 0);
	n = in_m3ua(m3ua, 2, 1, &m);
	CU_ASSERT(give(d, 101, sctp, in_sctp(sctp, tsn++, 3, 3, m3ua, n)));
	for (at = 0; at < pdu_size; at += 255) {
		m = message(IUPLUS_SCCP_DT1, 0x222, 0, pdu + at, pdu_size - at < 255 ? pdu_size - at : 255);
		m.more = pdu_size - at > 255;
		n = in_m3ua(m3ua, 1, 2, &m);
		n = in_sctp(sctp, tsn++, 3, 3, m3ua, n);
		for (i = 0; i < 2; i++)
			CU_ASSERT(give(d, 101, sctp, n));
	}
	CU_ASSERT_EQUAL(got.count, 2);
	CU_ASSERT(got_pdu(1, type));
	CU_ASSERT_STRING_EQUAL(got.from, "127.0.0.1:2905");
	pdu_dissector_free(d);
}

static void test_connection(void)
{
	long_pdu(600);
	connection(142, "RANAP-PDU");
	connection(143, "RNSAP-PDU");
}

/* Captured on both sides of a transfer point: the segments of the two hops are interleaved, and both messages are
 * whole. The same for a connectionless message in segments. */
static void test_hops(void)
{
	struct pdu_dissector *d = begin();
	struct iuplus_sccp_message m;
	uint8_t sctp[2048], m3ua[2048];
	unsigned tsn = 1;
	size_t n;

	long_pdu(600);
	for (unsigned type = 0; type < 2; type++)
		for (size_t at = 0; at < pdu_size; at += 240)
			for (unsigned hop = 0; hop < 2; hop++) {
				size_t left = pdu_size - at;

				m = message(type == 0 ? IUPLUS_SCCP_DT1 : IUPLUS_SCCP_XUDT, 0x222, 0, pdu + at,
					    left < 240 ? left : 240);
				m.more = left > 240;
				if (type == 1) {
					m.protocol_class = 1;
					m.hop_counter = 15;
					m.called.has_ssn = m.called.route_on_ssn = true;
					m.called.ssn = 142;
					m.has_called = m.has_calling = true;
					m.calling = m.called;
					m.has_segmentation = true;
					m.first_segment = at == 0;
					m.remaining_segments = (uint8_t)((left - 1) / 240);
					m.segmentation_reference = 7;
				}
				n = in_m3ua(m3ua, 1, 2, &m);
				n = in_sctp(sctp, tsn++, 3, 3, m3ua, n);
				put16(sctp + 22, hop == 0 ? 2905 : 2906);
				CU_ASSERT(give(d, 101, sctp, n));
			}
	CU_ASSERT_EQUAL(got.count, 4);
	for (unsigned i = 0; i < 4; i++)
		CU_ASSERT(got_pdu(i, "RANAP-PDU"));
	pdu_dissector_free(d);
}

/* The M3UA message itself in SCTP fragments, and over other links. */
static void test_links(void)
{
	struct pdu_dissector *d = begin();
	struct iuplus_sccp_message m;
	uint8_t sctp[2048] = { 0 }, m3ua[2048], link[2048] = { 0 };
	size_t n, whole;

	long_pdu(200);
	m = message(IUPLUS_SCCP_UDT, 0, 0, pdu, pdu_size);
	m.protocol_class = 0;
	m.has_called = m.called.has_ssn = m.called.route_on_ssn = true;
	m.has_calling = m.calling.has_ssn = m.calling.route_on_ssn = true;
	m.called.ssn = m.calling.ssn = 142;
	n = in_m3ua(m3ua, 1, 2, &m);
	CU_ASSERT(give(d, 101, sctp, in_sctp(sctp, 1, 2, 3, m3ua, 50)));
	CU_ASSERT(give(d, 101, sctp, in_sctp(sctp, 2, 0, 3, m3ua + 50, 50)));
	CU_ASSERT_EQUAL(got.count, 0);
	CU_ASSERT(give(d, 101, sctp, in_sctp(sctp, 3, 1, 3, m3ua + 100, n - 100)));
	CU_ASSERT(got_pdu(0, "RANAP-PDU"));
	/* Ethernet with a VLAN tag, cooked, cooked 2, loopback */
	whole = in_sctp(sctp, 4, 3, 3, m3ua, n);
	put16(link + 12, 0x8100);
	put16(link + 16, 0x0800);
	memcpy(link + 18, sctp, whole);
	CU_ASSERT(give(d, 1, link, 18 + whole));
	whole = in_sctp(sctp, 5, 3, 3, m3ua, n);
	memset(link, 0, sizeof(link));
	put16(link + 14, 0x0800);
	memcpy(link + 16, sctp, whole);
	CU_ASSERT(give(d, 113, link, 16 + whole));
	whole = in_sctp(sctp, 6, 3, 3, m3ua, n);
	memset(link, 0, sizeof(link));
	put16(link, 0x0800);
	memcpy(link + 20, sctp, whole);
	CU_ASSERT(give(d, 276, link, 20 + whole));
	whole = in_sctp(sctp, 7, 3, 3, m3ua, n);
	memcpy(link + 4, sctp, whole);
	CU_ASSERT(give(d, 0, link, 4 + whole));
	/* user link type, and one octet less than the packet announces */
	CU_ASSERT(give(d, 147, pdu, pdu_size));
	CU_ASSERT_EQUAL(got.count, 6);
	for (unsigned i = 0; i < got.count; i++)
		CU_ASSERT(got_pdu(i, "RANAP-PDU"));
	whole = in_sctp(sctp, 8, 3, 3, m3ua, n);
	CU_ASSERT(!give(d, 101, sctp, whole - 1));
	pdu_dissector_free(d);
}

/* SUA (RFC 3868), RUA (TS 25.468), GSMTAP, exported PDU: written down by hand. */
static void test_others(void)
{
	struct pdu_dissector *d = begin();
	static const char *const packets[][3] = {
		/* CODT: version 1, class 8, type 7; data parameter */
		{ "4", "RANAP-PDU",
		  "0100080700000018010b000f"
		  "200900080000010003400140"
		  "00" },
		/* CLDT with a destination address whose subsystem number is 143 */
		{ "4", "RNSAP-PDU",
		  "0100070100000028"
		  "0103001000020001800300080000008f"
		  "010b000f"
		  "200900080000010003400140"
		  "00" },
	};
	uint8_t raw[256], sctp[512], link[512] = { 0 };
	size_t n;
	unsigned i;

	pdu_size = per_unhex(reset, pdu);
	for (i = 0; i < 2; i++) {
		n = per_unhex(packets[i][2], raw);
		CU_ASSERT(give(d, 101, sctp, in_sctp(sctp, i + 1, 3, (unsigned)atoi(packets[i][0]), raw, n)));
		CU_ASSERT(got.count == i + 1 && strcmp(got.type[i]->name, packets[i][1]) == 0);
		CU_ASSERT(got.len[i] == 11);
	}
	/* RUA: lengths are computed here */
	n = 0;
	raw[n++] = 0;
	raw[n++] = 2;
	raw[n++] = 0x40;
	raw[n++] = (uint8_t)(3 + 5 + 7 + 5 + pdu_size);
	memcpy(raw + n,
	       "\x00\x00\x03"
	       "\x00\x07\x40\x01\x80"
	       "\x00\x03\x00\x03\x00\x00\x08"
	       "\x00\x04\x40",
	       18);
	n += 18;
	raw[n++] = (uint8_t)(pdu_size + 1);
	raw[n++] = (uint8_t)pdu_size;
	memcpy(raw + n, pdu, pdu_size);
	n += pdu_size;
	CU_ASSERT(give(d, 101, sctp, in_sctp(sctp, 9, 3, 19, raw, n)));
	CU_ASSERT(got_pdu(2, "RANAP-PDU"));
	/* GSMTAP in UDP in IPv4: UL-DCCH */
	memcpy(link, "\x45\0\0\0\0\0\0\0\x40\x11\0\0\x7f\0\0\1\x7f\0\0\2", 20);
	put16(link + 2, (unsigned)(20 + 8 + 16 + pdu_size));
	put16(link + 22, 4729);
	put16(link + 24, (unsigned)(8 + 16 + pdu_size));
	link[28] = 2;
	link[29] = 4;
	link[30] = 0x0c;
	link[40] = 1;
	memcpy(link + 44, pdu, pdu_size);
	CU_ASSERT(give(d, 228, link, 44 + pdu_size));
	CU_ASSERT(got_pdu(3, "UL-DCCH-Message"));
	/* link type 252 */
	n = per_unhex("000c000c"
		      "7272632e646c2e6463636800"
		      "00140004"
		      "7f000001"
		      "00000000",
		      link);
	memcpy(link + n, pdu, pdu_size);
	CU_ASSERT(give(d, 252, link, n + pdu_size));
	CU_ASSERT(got_pdu(4, "DL-DCCH-Message"));
	CU_ASSERT_EQUAL(got.count, 5);
	pdu_dissector_free(d);
}

/* Any octets on any link: nothing breaks. */
static void test_hostile_packets(void)
{
	static const unsigned links[] = { 0, 1, 12, 101, 108, 113, 139, 140, 141, 142, 147, 228, 229, 248, 252, 276 };
	unsigned failures = CU_get_number_of_failure_records();
	uint64_t seed = seed_begin(), state = seed;
	struct pdu_dissector *d = begin();
	struct iuplus_sccp_message m;
	uint8_t m3ua[2048], sctp[2048];
	unsigned round, i;
	size_t n;

	long_pdu(300);
	for (round = 0; round < 30000; round++) {
		m = message(round % 3 ? IUPLUS_SCCP_DT1 : IUPLUS_SCCP_CR, 5, 6, pdu, 1 + seed_next(&state) % 100);
		m.more = seed_next(&state) % 2;
		if (m.type == IUPLUS_SCCP_CR) {
			m.has_called = m.called.has_ssn = true;
			m.called.ssn = 142;
		}
		n = in_m3ua(m3ua, 1, 2, &m);
		n = in_sctp(sctp, round, (unsigned)seed_next(&state) % 4,
			    seed_next(&state) % 4 ? 3 : (unsigned)seed_next(&state) % 24, m3ua, n);
		if (round % 4 == 0)
			seed_octets(&state, sctp, n);
		for (i = 0; i < seed_next(&state) % 4; i++)
			sctp[seed_next(&state) % n] = (uint8_t)seed_next(&state);
		if (seed_next(&state) % 4 == 0)
			n = seed_next(&state) % (n + 1);
		got.count = 0;
		/* a block of its own, so that a read beyond it is detected */
		uint8_t *exact = malloc(n ? n : 1);
		memcpy(exact, sctp, n);
		give(d, links[seed_next(&state) % (sizeof(links) / sizeof(links[0]))], exact, n);
		free(exact);
	}
	seed_report(seed, failures);
	pdu_dissector_free(d);
}

/* ---- hex ---- */

/* The PDUs of a text, as "hex|hex|!": ! is a line that is not a PDU. */
static void hex_gives(const char *text, const char *wanted)
{
	struct pdu_hex *h = pdu_hex_new();
	char copy[4096], is[4096] = "", *line, *next;
	const uint8_t *octets;
	size_t size, at = 0, i;
	int rc;

	snprintf(copy, sizeof(copy), "%s", text);
	for (line = copy; line; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		do {
			rc = pdu_hex_line(h, line, &octets, &size);
			for (i = 0; rc > 0 && i < size; i++)
				at += (size_t)snprintf(is + at, sizeof(is) - at, "%02x", octets[i]);
			if (rc)
				at += (size_t)snprintf(is + at, sizeof(is) - at, "%s|", rc < 0 ? "!" : "");
		} while (rc == 2);
	}
	if (pdu_hex_end(h, &octets, &size) == 1) {
		for (i = 0; i < size; i++)
			at += (size_t)snprintf(is + at, sizeof(is) - at, "%02x", octets[i]);
		snprintf(is + at, sizeof(is) - at, "|");
	}
	if (strcmp(is, wanted) != 0) {
		CU_FAIL("other octets");
		fprintf(stderr, "  %s\n  is     %s\n  wanted %s\n", text, is, wanted);
	}
	pdu_hex_free(h);
}

static void test_hex(void)
{
	hex_gives("2009\n0013\n", "2009|0013|");
	hex_gives("# a remark\n\n20 09 00\n0x20,0x09, 0x00\n20:09:00\n0x200900\nABcd\r",
		  "200900|200900|200900|200900|abcd|");
	hex_gives("200\nxyz\n20", "!|!|20|");
	hex_gives("000000 20 09 00 08 00 00 01 00 03 40 01 40 00 00 00 00\n000010 11 12\n000012\n",
		  "20090008000001000340014000000000"
		  "1112|");
	hex_gives("0000 20 09\n0002\n0000 31 32\n0002\n", "2009|3132|");
	hex_gives("000000 20 09\n000000 31 32\n41", "2009|3132|41|");
	hex_gives("00000000  20 09 00 08  |. ..|\n00000004\n", "20090008|");
	hex_gives("00000000: 2009 0008 0000  . ....\n", "200900080000|");
	hex_gives("000000 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00 00\n*\n000020 01\n000021\n",
		  "00000000000000000000000000000000"
		  "00000000000000000000000000000000"
		  "01|");
	hex_gives("000000 20 09\n000005 20\n", "!|");
}

static void test_hostile_hex(void)
{
	static const char pool[] = "0123456789abcdefx:,| >*\n#z";
	unsigned failures = CU_get_number_of_failure_records();
	uint64_t seed = seed_begin(), state = seed;
	struct pdu_hex *h = pdu_hex_new();
	const uint8_t *octets;
	size_t size;
	char line[128];
	unsigned round, i, n;

	for (round = 0; round < 50000; round++) {
		n = (unsigned)(seed_next(&state) % (sizeof(line) - 1));
		for (i = 0; i < n; i++)
			line[i] = pool[seed_next(&state) % (sizeof(pool) - 1)];
		if (n > 8 && round % 2)
			memcpy(line, "00000000 ", 8);
		line[n] = '\0';
		for (i = 0; i < 3 && pdu_hex_line(h, line, &octets, &size) == 2; i++)
			;
		CU_ASSERT(i < 3);
	}
	pdu_hex_free(h);
	seed_report(seed, failures);
}

/* ---- files ---- */

static unsigned packets_of(const uint8_t *file, size_t size, bool *good)
{
	struct pdu_input in;
	struct pdu_capture *c;
	struct pdu_packet p;
	FILE *f = tmpfile();
	const char *why = "";
	unsigned n = 0;
	char path[64];
	int rc = 0;

	CU_ASSERT_FATAL(f != NULL);
	fwrite(file, 1, size, f);
	fflush(f);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fileno(f));
	CU_ASSERT_FATAL(pdu_input_open(&in, path) == 0);
	pdu_input_guess(&in);
	c = pdu_capture_open(&in, &why);
	while (c && (rc = pdu_capture_next(c, &p, &why)) == 1)
		n++;
	*good = c && rc == 0;
	pdu_capture_close(c);
	pdu_input_close(&in);
	fclose(f);
	return n;
}

/* A pcap file of two packets, little or big endian. */
static size_t pcap(uint8_t *out, bool big)
{
	static const uint32_t words[] = { 0xa1b2c3d4, 0x00020004, 0, 0, 65535, 252 };
	uint32_t head[4] = { 1, 2, 4, 4 };
	size_t n = 0, i, k, b;

	for (i = 0; i < 6; i++)
		for (b = 0; b < 4; b++)
			out[n++] = (uint8_t)(words[i] >> (big ? 24 - 8 * b : 8 * b));
	for (k = 0; k < 2; k++) {
		for (i = 0; i < 4; i++)
			for (b = 0; b < 4; b++)
				out[n++] = (uint8_t)(head[i] >> (big ? 24 - 8 * b : 8 * b));
		memset(out + n, 0, 4);
		n += 4;
	}
	return n;
}

static void test_files(void)
{
	unsigned failures = CU_get_number_of_failure_records();
	uint64_t seed = seed_begin(), state = seed;
	uint8_t file[256], changed[256];
	unsigned round;
	size_t n;
	bool good;

	n = pcap(file, false);
	CU_ASSERT(packets_of(file, n, &good) == 2 && good);
	CU_ASSERT(packets_of(file, n - 1, &good) == 1 && !good);
	CU_ASSERT(packets_of(file, 20, &good) == 0 && !good);
	CU_ASSERT(packets_of(file, 0, &good) == 0 && !good);
	n = pcap(file, true);
	CU_ASSERT(packets_of(file, n, &good) == 2 && good);
	for (round = 0; round < 500; round++) {
		memcpy(changed, file, n);
		changed[seed_next(&state) % n] = (uint8_t)seed_next(&state);
		changed[seed_next(&state) % n] = (uint8_t)seed_next(&state);
		packets_of(changed, seed_next(&state) % (n + 1), &good);
	}
	seed_report(seed, failures);
}

IUPLUS_CUNIT_MAIN("pdu-readers", { "SCCP connections and segments", test_connection },
		  { "both sides of a transfer point", test_hops }, { "links and SCTP fragments", test_links },
		  { "SUA, RUA, GSMTAP, exported PDUs", test_others }, { "hostile packets", test_hostile_packets },
		  { "forms of hex", test_hex }, { "hostile hex", test_hostile_hex }, { "pcap files", test_files })
