/* SPDX-License-Identifier: BSD-2-Clause */
/* test_radio.c: RLC and its ciphering between a UE's and an RNC's end. */
#include <iuplus/security.h>

#include "test/unit/cunit_main.h"
#include "test/unit/seed.h"
#include "src/net/radio.h"

#define CELL 100
#define ID 0x12345678u

/* The linker redirects malloc and calloc to these: the allocation with this number fails; 0: none. */
void *__real_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t count, size_t size);
static unsigned fail_after;

void *__wrap_malloc(size_t size)
{
	return fail_after && !--fail_after ? NULL : __real_malloc(size);
}

void *__wrap_calloc(size_t count, size_t size)
{
	return fail_after && !--fail_after ? NULL : __real_calloc(count, size);
}

static struct iuplus_radio *ue, *rnc;
static uint64_t now;

/* May modify a datagram in flight; the datagram is lost if it returns false. */
static bool (*air)(uint8_t *datagram, size_t len);

static struct iuplus_radio *end_of(bool is_ue, unsigned pdu_len)
{
	const struct iuplus_radio_config config = { .ue = is_ue, .pdu_len = pdu_len, .cell = CELL, .id = ID };
	struct iuplus_radio *radio = iuplus_radio_new(&config);

	CU_ASSERT_PTR_NOT_NULL_FATAL(radio);
	return radio;
}

static void begin(unsigned pdu_len)
{
	ue = end_of(true, pdu_len);
	rnc = end_of(false, pdu_len);
	air = NULL;
	now = 1000;
}

static void end(void)
{
	iuplus_radio_free(ue);
	iuplus_radio_free(rnc);
}

/* Delivers one datagram. Returns the number delivered: 0 if there was none. */
static unsigned carry(struct iuplus_radio *from, struct iuplus_radio *to)
{
	uint8_t buf[IUPLUS_RADIO_DATAGRAM_MAX];
	uint16_t cell;
	size_t len = iuplus_radio_next_datagram(from, buf, sizeof buf, &cell);
	uint8_t *exact;

	if (!len)
		return 0;
	CU_ASSERT_EQUAL(cell, CELL);
	if (!air || air(buf, len)) {
		exact = malloc(len);
		memcpy(exact, buf, len);
		iuplus_radio_receive(to, exact, len, now);
		free(exact);
	}
	return 1;
}

static unsigned carry_all(void)
{
	unsigned carried = 0, n;

	do {
		n = 0;
		while (carry(ue, rnc))
			n++;
		while (carry(rnc, ue))
			n++;
		carried += n;
	} while (n);
	return carried;
}

/* Expects exactly this message as the next one at to. */
static bool expect(struct iuplus_radio *to, uint8_t rb, const uint8_t *sdu, size_t len)
{
	struct iuplus_octets got;
	uint8_t got_rb;
	bool same = iuplus_radio_next_sdu(to, &got_rb, &got) && got_rb == rb && got.len == len &&
		    !memcmp(got.data, sdu, len);

	CU_ASSERT(same);
	return same;
}

static void expect_nothing(struct iuplus_radio *to)
{
	struct iuplus_octets got;
	uint8_t rb;

	CU_ASSERT(!iuplus_radio_next_sdu(to, &rb, &got));
}

static void fill(uint8_t *sdu, size_t len, unsigned salt)
{
	for (size_t i = 0; i < len; i++)
		sdu[i] = (uint8_t)(i * 7 + salt);
}

static struct iuplus_proc_cipher order(bool uplink, unsigned uea, uint32_t hfn)
{
	struct iuplus_proc_cipher c = { .uplink = uplink, .uea = uea, .hfn = hfn, .now = true };

	memset(c.ck, 0x40 + (int)uea, sizeof c.ck);
	return c;
}

/* The same order for both ends. */
static void cipher(uint8_t rb, const struct iuplus_proc_cipher *c)
{
	CU_ASSERT_EQUAL(iuplus_radio_cipher(ue, rb, c), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_radio_cipher(rnc, rb, c), IUPLUS_OK);
}

/* ---- */

static void test_lengths(void)
{
	static const unsigned pdu_lens[] = { IUPLUS_RADIO_PDU_MIN, IUPLUS_RADIO_PDU_DEFAULT, 40, IUPLUS_RADIO_PDU_MAX };
	static uint8_t sdu[IUPLUS_RADIO_SDU_MAX];

	for (unsigned p = 0; p < 4; p++) {
		for (unsigned uea = 0; uea <= 2; uea++) {
			begin(pdu_lens[p]);
			for (uint8_t rb = 1; rb <= 4; rb++) {
				struct iuplus_proc_cipher up = order(true, uea, 7), down = order(false, uea, 9);

				cipher(rb, &up);
				cipher(rb, &down);
			}
			for (size_t len = 1; len <= 300; len++) {
				for (uint8_t rb = 0; rb <= 4; rb++) {
					unsigned pdus = iuplus_radio_pdus(rnc, rb, len);

					fill(sdu, len, rb);
					CU_ASSERT_EQUAL(iuplus_radio_send(ue, rb, sdu, len, now), IUPLUS_OK);
					carry_all();
					expect(rnc, rb, sdu, len);
					CU_ASSERT_EQUAL(iuplus_radio_send(rnc, rb, sdu, len, now), IUPLUS_OK);
					/* AM: one answer to the poll */
					if (pdus < IUPLUS_RADIO_POLL_PDU)
						CU_ASSERT_EQUAL(carry_all(), pdus + (rb >= 2));
					carry_all();
					expect(ue, rb, sdu, len);
				}
			}
			fill(sdu, sizeof sdu, 3);
			for (uint8_t rb = 0; rb <= 4; rb++) {
				CU_ASSERT_EQUAL(iuplus_radio_send(rnc, rb, sdu, sizeof sdu, now), IUPLUS_OK);
				carry_all();
				expect(ue, rb, sdu, sizeof sdu);
			}
			expect_nothing(ue);
			expect_nothing(rnc);
			CU_ASSERT_EQUAL(iuplus_radio_deadline(ue), UINT64_MAX);
			CU_ASSERT_EQUAL(iuplus_radio_deadline(rnc), UINT64_MAX);
			end();
		}
	}
}

/* The datagrams, octet by octet. */
static void test_format(void)
{
	static const uint8_t ccch[] = { 0x10, 0x00, 0x00, 100, 0x12, 0x34, 0x56, 0x78, 'a', 'b', 'c' };
	static const uint8_t um1[] = {
		0x10, 0x81, 0x00, 100, 0x12, 0x34, 0x56, 0x78, 0x00 << 1 | 1, 0x7c << 1 | 1, 3 << 1 | 1, 0x7f << 1,
		'a',  'b',  'c',  0,   0,    0,    0,    0
	};
	static const uint8_t am1[] = { /* the message fills the PDU, the next PDU indicates its end */
				       0x10, 0x03, 0x00, 100, 0x12, 0x34, 0x56, 0x78, 0x80, 0x00,
				       '0',  '1',  '2',  '3', '4',  '5',  '6',  '7',  '8',  '9'
	};
	static const uint8_t am2[] = {
		0x10,          0x03,      0x00, 100, 0x12, 0x34, 0x56, 0x78, 0x80, 1 << 3 | 4 | 1,
		0x00 << 1 | 1, 0x7f << 1, 0,    0,   0,    0,    0,    0,    0,    0
	};
	static const uint8_t status[] = {
		/* ACK, LSN 2 */
		0x10, 0x83, 0x00, 100, 0x12, 0x34, 0x56, 0x78, 0x02, 0x00, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0
	};
	uint8_t buf[IUPLUS_RADIO_DATAGRAM_MAX];
	struct iuplus_radio_header header;
	uint16_t cell;

	begin(12);
	CU_ASSERT_EQUAL(iuplus_radio_send(ue, 0, (const uint8_t *)"abc", 3, now), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_radio_next_datagram(ue, buf, 4, &cell), 0);
	CU_ASSERT_EQUAL(iuplus_radio_next_datagram(ue, buf, sizeof buf, &cell), sizeof ccch);
	CU_ASSERT(!memcmp(buf, ccch, sizeof ccch));
	CU_ASSERT_EQUAL(iuplus_radio_send(rnc, 1, (const uint8_t *)"abc", 3, now), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_radio_next_datagram(rnc, buf, sizeof buf, &cell), sizeof um1);
	CU_ASSERT(!memcmp(buf, um1, sizeof um1));
	CU_ASSERT_EQUAL(iuplus_radio_send(ue, 3, (const uint8_t *)"0123456789", 10, now), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_radio_next_datagram(ue, buf, sizeof buf, &cell), sizeof am1);
	CU_ASSERT(!memcmp(buf, am1, sizeof am1));
	CU_ASSERT_EQUAL(iuplus_radio_receive(rnc, buf, sizeof am1, now), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_radio_next_datagram(ue, buf, sizeof buf, &cell), sizeof am2);
	CU_ASSERT(!memcmp(buf, am2, sizeof am2));
	CU_ASSERT_EQUAL(iuplus_radio_receive(rnc, buf, sizeof am2, now), IUPLUS_OK);
	expect(rnc, 3, (const uint8_t *)"0123456789", 10);
	CU_ASSERT_EQUAL(iuplus_radio_next_datagram(rnc, buf, sizeof buf, &cell), sizeof status);
	CU_ASSERT(!memcmp(buf, status, sizeof status));

	CU_ASSERT_EQUAL(iuplus_radio_announce(ue), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_radio_next_datagram(ue, buf, sizeof buf, &cell), 8);
	CU_ASSERT_EQUAL(iuplus_radio_peek(buf, 8, &header), IUPLUS_OK);
	CU_ASSERT(header.presence && !header.downlink && header.cell == CELL && header.id == ID && !header.pdu.len);
	CU_ASSERT_EQUAL(iuplus_radio_peek(status, sizeof status, &header), IUPLUS_OK);
	CU_ASSERT(!header.presence && header.downlink && header.rb == 3 && header.pdu.len == 12);
	CU_ASSERT_EQUAL(iuplus_radio_peek(status, 7, &header), IUPLUS_ERR_TRUNCATED);
	memcpy(buf, status, 8);
	buf[0] = 0x20;
	CU_ASSERT_EQUAL(iuplus_radio_peek(buf, 8, &header), IUPLUS_ERR_NOT_COMPREHENDED);
	buf[0] = 0x12;
	CU_ASSERT_EQUAL(iuplus_radio_peek(buf, 8, &header), IUPLUS_ERR_NOT_COMPREHENDED);
	buf[0] = 0x10;
	buf[1] = 5;
	CU_ASSERT_EQUAL(iuplus_radio_peek(buf, 8, &header), IUPLUS_ERR_CONSTRAINT);
	end();
}

/* The PDU after its header, deciphered by f8 as in TS 33.102 6.6. */
static void test_ciphering(void)
{
	static const uint8_t plain[] = { 4 << 1 | 1, 0x7f << 1, 't', 'e', 's', 't' };
	uint8_t buf[IUPLUS_RADIO_DATAGRAM_MAX], out[16];
	struct iuplus_proc_cipher up = order(true, 2, 0xabcde), down = order(false, 1, 0x1234567);
	uint16_t cell;
	size_t len;

	begin(0);
	cipher(2, &up);
	cipher(1, &down);
	for (unsigned sn = 0; sn < 3; sn++) {
		CU_ASSERT_EQUAL(iuplus_radio_send(ue, 2, (const uint8_t *)"test", 4, now), IUPLUS_OK);
		len = iuplus_radio_next_datagram(ue, buf, sizeof buf, &cell);
		CU_ASSERT_EQUAL_FATAL(len, 8 + 18);
		CU_ASSERT(buf[8] == 0x80 && buf[9] == (sn << 3 | 4 | 1));
		CU_ASSERT(memcmp(buf + 10, plain, sizeof plain));
		CU_ASSERT_EQUAL(iuplus_security_f8(2, up.ck, 0xabcde000 | sn, 1, IUPLUS_SECURITY_UPLINK, buf + 10, out,
						   128),
				IUPLUS_OK);
		CU_ASSERT(!memcmp(out, plain, sizeof plain));
		iuplus_radio_receive(rnc, buf, len, now);
		expect(rnc, 2, (const uint8_t *)"test", 4);
	}
	CU_ASSERT_EQUAL(iuplus_radio_send(rnc, 1, (const uint8_t *)"test", 4, now), IUPLUS_OK);
	while (iuplus_radio_next_datagram(rnc, buf, sizeof buf, &cell))
		if (buf[1] == 0x81)
			break;
	CU_ASSERT_EQUAL(buf[8], 1);
	CU_ASSERT_EQUAL(iuplus_security_f8(1, down.ck, 0x1234567u << 7, 0, IUPLUS_SECURITY_DOWNLINK, buf + 9, buf + 9,
					   136),
			IUPLUS_OK);
	CU_ASSERT(buf[9] == (0x7c << 1 | 1) && !memcmp(buf + 10, plain, sizeof plain));
	end();
}

/* Two of three datagrams are lost. */
static uint64_t loss_state;
static bool lossy(uint8_t *datagram, size_t len)
{
	(void)datagram;
	(void)len;
	return seed_next(&loss_state) % 3 == 0;
}

static void test_am_loss(void)
{
	uint64_t seed = seed_begin();
	unsigned before = CU_get_number_of_failure_records();
	uint8_t sdu[4][600];

	loss_state = seed;
	for (unsigned turn = 0; turn < 30; turn++) {
		unsigned got[2] = { 0, 0 };

		begin(0);
		for (unsigned i = 0; i < 4; i++)
			fill(sdu[i], sizeof sdu[i], i);
		for (unsigned i = 0; i < 4; i++) {
			struct iuplus_proc_cipher up = order(true, 2, 5), down = order(false, 1, 6);

			if (!i) {
				cipher(2, &up);
				cipher(2, &down);
			}
			CU_ASSERT_EQUAL(iuplus_radio_send(ue, 2, sdu[i], sizeof sdu[i], now), IUPLUS_OK);
			CU_ASSERT_EQUAL(iuplus_radio_send(rnc, 2, sdu[i], 17 * i + 1, now), IUPLUS_OK);
		}
		air = lossy;
		for (unsigned step = 0; step < 300 && (got[0] < 4 || got[1] < 4); step++) {
			struct iuplus_octets o;
			uint8_t rb;

			carry_all();
			while (iuplus_radio_next_sdu(rnc, &rb, &o)) {
				CU_ASSERT(got[0] < 4 && o.len == 600 && !memcmp(o.data, sdu[got[0]], o.len));
				got[0]++;
			}
			while (iuplus_radio_next_sdu(ue, &rb, &o)) {
				CU_ASSERT(got[1] < 4 && o.len == 17 * got[1] + 1);
				CU_ASSERT(got[1] < 4 && !memcmp(o.data, sdu[got[1]], o.len));
				got[1]++;
			}
			now += 10;
			iuplus_radio_tick(ue, now);
			iuplus_radio_tick(rnc, now);
			if (iuplus_radio_lost(ue) || iuplus_radio_lost(rnc))
				break;
		}
		/* with two of three lost, a PDU may be lost MAXDAT times: then the link reports that */
		CU_ASSERT((got[0] == 4 && got[1] == 4) || iuplus_radio_lost(ue) || iuplus_radio_lost(rnc));
		end();
	}
	seed_report(seed, before);
}

/* Each datagram arrives twice, and pairs arrive in the wrong order. */
static void test_am_disorder(void)
{
	uint8_t sdu[500], buf[2][64];
	uint16_t cell;
	size_t len[2];

	begin(0);
	fill(sdu, sizeof sdu, 1);
	for (unsigned turn = 0; turn < 50; turn++) {
		CU_ASSERT_EQUAL(iuplus_radio_send(ue, 4, sdu, sizeof sdu, now), IUPLUS_OK);
		while ((len[0] = iuplus_radio_next_datagram(ue, buf[0], sizeof buf[0], &cell))) {
			len[1] = iuplus_radio_next_datagram(ue, buf[1], sizeof buf[1], &cell);
			for (unsigned i = 4; i--;)
				if (len[i & 1])
					CU_ASSERT_EQUAL(iuplus_radio_receive(rnc, buf[i & 1], len[i & 1], now),
							i >= 2 ? IUPLUS_OK : IUPLUS_ERR_REPLAY);
		}
		expect(rnc, 4, sdu, sizeof sdu);
		expect_nothing(rnc);
		carry_all();
	}
	CU_ASSERT_EQUAL(iuplus_radio_deadline(ue), UINT64_MAX);
	end();
}

static bool nothing_comes(uint8_t *datagram, size_t len)
{
	(void)datagram;
	(void)len;
	return false;
}

static void test_am_lost(void)
{
	uint64_t begun;

	begin(0);
	air = nothing_comes;
	CU_ASSERT_EQUAL(iuplus_radio_send(ue, 2, (const uint8_t *)"test", 4, now), IUPLUS_OK);
	for (begun = now; !iuplus_radio_lost(ue) && now < begun + 60000;) {
		carry_all();
		CU_ASSERT(iuplus_radio_deadline(ue) <= now + IUPLUS_RADIO_TIMER_POLL);
		now = iuplus_radio_deadline(ue);
		iuplus_radio_tick(ue, now);
	}
	CU_ASSERT_EQUAL(now - begun, IUPLUS_RADIO_MAXDAT * IUPLUS_RADIO_TIMER_POLL);
	CU_ASSERT_EQUAL(iuplus_radio_deadline(ue), UINT64_MAX);
	CU_ASSERT_EQUAL(iuplus_radio_send(ue, 2, (const uint8_t *)"test", 4, now), IUPLUS_ERR_STATE);
	/* released and connected again */
	iuplus_radio_reset(ue);
	iuplus_radio_reset(rnc);
	air = NULL;
	CU_ASSERT_EQUAL(iuplus_radio_send(ue, 2, (const uint8_t *)"again", 5, now), IUPLUS_OK);
	carry_all();
	expect(rnc, 2, (const uint8_t *)"again", 5);
	end();
}

static void test_am_window(void)
{
	static uint8_t sdu[IUPLUS_RADIO_SDU_MAX];
	unsigned sent = 0;

	begin(18);
	air = nothing_comes;
	while (iuplus_radio_send(ue, 2, sdu, sizeof sdu, now) == IUPLUS_OK)
		sent++;
	CU_ASSERT_EQUAL(sent, 1); /* 257 PDUs; a second message would make more than 512 */
	CU_ASSERT_EQUAL(iuplus_radio_send(ue, 2, sdu, sizeof sdu, now), IUPLUS_ERR_SPACE);
	CU_ASSERT_EQUAL(iuplus_radio_send(ue, 2, sdu, 10, now), IUPLUS_OK);
	end();

	/* an owner that does not fetch messages blocks the peer, and no message is lost */
	begin(18);
	for (sent = 0; sent < 600; sent++) {
		if (iuplus_radio_send(ue, 2, sdu, 10, now))
			break;
		carry_all();
	}
	CU_ASSERT(sent >= 512 && sent < 600 + 1);
	for (unsigned i = 0; i < 512; i++)
		expect(rnc, 2, sdu, 10);
	for (unsigned i = 512; i < sent; i++) {
		now += IUPLUS_RADIO_TIMER_POLL;
		iuplus_radio_tick(ue, now);
		carry_all();
		expect(rnc, 2, sdu, 10);
	}
	expect_nothing(rnc);
	end();
}

static void test_um_loss(void)
{
	struct iuplus_proc_cipher down = order(false, 2, 1);
	uint8_t sdu[100], buf[64];
	uint16_t cell;

	begin(0);
	cipher(1, &down);
	fill(sdu, sizeof sdu, 1);
	for (unsigned turn = 0; turn < 200; turn++) {
		/* the first, a middle, or the last PDU of the message is lost */
		unsigned missing = turn % 3 == 0 ? 0 : turn % 3 == 1 ? 3 : iuplus_radio_pdus(rnc, 1, sizeof sdu) - 1;

		CU_ASSERT_EQUAL(iuplus_radio_send(rnc, 1, sdu, sizeof sdu, now), IUPLUS_OK);
		while (missing--)
			carry(rnc, ue);
		CU_ASSERT(iuplus_radio_next_datagram(rnc, buf, sizeof buf, &cell));
		carry_all();
		expect_nothing(ue);
		CU_ASSERT_EQUAL(iuplus_radio_send(rnc, 1, sdu, 40, now), IUPLUS_OK);
		carry_all();
		expect(ue, 1, sdu, 40);
	}
	/* an old one */
	CU_ASSERT_EQUAL(iuplus_radio_send(rnc, 1, sdu, 5, now), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_radio_next_datagram(rnc, buf, sizeof buf, &cell), 26);
	CU_ASSERT_EQUAL(iuplus_radio_receive(ue, buf, 26, now), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_radio_receive(ue, buf, 26, now), IUPLUS_ERR_REPLAY);
	expect(ue, 1, sdu, 5);
	expect_nothing(ue);
	end();
}

/* HFN is incremented when the sequence number wraps, at both ends. */
static void test_hfn(void)
{
	struct iuplus_proc_cipher um = order(false, 1, 0x1fffffe), am = order(false, 2, 0xffffe);
	struct iuplus_proc_radio at_rnc, at_ue;
	uint8_t sdu[50];

	begin(IUPLUS_RADIO_PDU_MAX);
	cipher(1, &um);
	cipher(3, &am);
	fill(sdu, sizeof sdu, 1);
	for (unsigned i = 0; i < 4100; i++) {
		if (i < 130) {
			CU_ASSERT_EQUAL(iuplus_radio_send(rnc, 1, sdu, sizeof sdu, now), IUPLUS_OK);
			carry_all();
			expect(ue, 1, sdu, sizeof sdu);
		}
		CU_ASSERT_EQUAL(iuplus_radio_send(rnc, 3, sdu, sizeof sdu, now), IUPLUS_OK);
		carry_all();
		expect(ue, 3, sdu, sizeof sdu);
	}
	iuplus_radio_status(rnc, &at_rnc);
	iuplus_radio_status(ue, &at_ue);
	CU_ASSERT(at_rnc.tx_hfn[1] == 0x1ffffff && at_rnc.tx_sn[1] == 2);
	CU_ASSERT(at_ue.rx_hfn[1] == 0x1ffffff && at_ue.rx_sn[1] == 2);
	CU_ASSERT(at_rnc.tx_hfn[3] == 0xfffff && at_rnc.tx_sn[3] == 4);
	CU_ASSERT(at_ue.rx_hfn[3] == 0xfffff && at_ue.rx_sn[3] == 4);
	CU_ASSERT(!at_rnc.rx_sn[3] && !at_ue.tx_sn[3] && !at_rnc.tx_sn[2]);
	/* COUNT-C does not wrap */
	for (unsigned i = 0; i < 125; i++)
		CU_ASSERT_EQUAL(iuplus_radio_send(rnc, 1, sdu, sizeof sdu, now), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_radio_send(rnc, 1, sdu, sizeof sdu, now), IUPLUS_ERR_EXHAUSTED);
	CU_ASSERT_EQUAL(iuplus_radio_send(rnc, 1, sdu, sizeof sdu, now), IUPLUS_ERR_EXHAUSTED);
	end();
}

/* A message contains the activation time; PDUs sent after it arrive before it is read. */
static void test_activation(void)
{
	struct iuplus_proc_cipher old = order(false, 1, 3), new = order(false, 2, 0x77);
	struct iuplus_proc_radio status;
	uint8_t sdu[100];

	begin(0);
	cipher(2, &old);
	fill(sdu, sizeof sdu, 1);
	for (unsigned i = 0; i < 5; i++) {
		CU_ASSERT_EQUAL(iuplus_radio_send(rnc, 2, sdu, sizeof sdu, now), IUPLUS_OK);
		carry_all();
		expect(ue, 2, sdu, sizeof sdu);
	}
	/* "Security Mode Command", 7 PDUs, followed by one message still under the old configuration */
	iuplus_radio_status(rnc, &status);
	new.now = false;
	new.activation_sn = (uint16_t)(status.tx_sn[2] + 2 * iuplus_radio_pdus(rnc, 2, sizeof sdu));
	CU_ASSERT_EQUAL(iuplus_radio_cipher(rnc, 2, &new), IUPLUS_OK);
	for (unsigned i = 0; i < 4; i++)
		CU_ASSERT_EQUAL(iuplus_radio_send(rnc, 2, sdu, sizeof sdu, now), IUPLUS_OK);
	carry_all();
	expect(ue, 2, sdu, sizeof sdu);
	CU_ASSERT_EQUAL(iuplus_radio_cipher(ue, 2, &new), IUPLUS_OK);
	for (unsigned i = 0; i < 3; i++)
		expect(ue, 2, sdu, sizeof sdu);
	iuplus_radio_status(ue, &status);
	CU_ASSERT_EQUAL(status.rx_hfn[2], 0x77);
	/* the same without a message between */
	CU_ASSERT_EQUAL(iuplus_radio_send(rnc, 2, sdu, 3, now), IUPLUS_OK);
	carry_all();
	expect(ue, 2, sdu, 3);
	/* re-established: numbers restart at 0, PDUs in flight are discarded */
	air = nothing_comes;
	CU_ASSERT_EQUAL(iuplus_radio_send(rnc, 2, sdu, 90, now), IUPLUS_OK);
	carry_all();
	air = NULL;
	new = order(false, 1, 0x88);
	new.now = false;
	new.activation_sn = 1234;
	new.reestablish = true;
	cipher(2, &new);
	iuplus_radio_status(rnc, &status);
	CU_ASSERT(!status.tx_sn[2] && status.tx_hfn[2] == 0x88);
	CU_ASSERT_EQUAL(iuplus_radio_deadline(rnc), UINT64_MAX);
	CU_ASSERT_EQUAL(iuplus_radio_send(rnc, 2, sdu, 33, now), IUPLUS_OK);
	carry_all();
	expect(ue, 2, sdu, 33);
	expect_nothing(ue);
	/* no longer ciphered */
	new = order(false, 0, 0);
	cipher(2, &new);
	CU_ASSERT_EQUAL(iuplus_radio_send(rnc, 2, sdu, 33, now), IUPLUS_OK);
	carry_all();
	expect(ue, 2, sdu, 33);
	end();
}

static void test_activation_orders(void)
{
	struct iuplus_proc_cipher c = order(true, 1, 1);
	struct iuplus_proc_radio status;

	begin(0);
	CU_ASSERT_EQUAL(iuplus_radio_cipher(ue, 0, &c), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_radio_cipher(ue, 5, &c), IUPLUS_ERR_ARGUMENT);
	c.hfn = 0x100000;
	CU_ASSERT_EQUAL(iuplus_radio_cipher(ue, 2, &c), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_radio_cipher(ue, 1, &c), IUPLUS_OK);
	c.hfn = 0;
	c.uea = 3;
	CU_ASSERT_EQUAL(iuplus_radio_cipher(ue, 2, &c), IUPLUS_ERR_ARGUMENT);
	c.uea = 1;
	c.now = false;
	for (unsigned i = 1; i <= 4; i++) {
		c.activation_sn = (uint16_t)(10 * i);
		c.hfn = i;
		CU_ASSERT_EQUAL(iuplus_radio_cipher(ue, 2, &c), IUPLUS_OK);
	}
	c.activation_sn = 50;
	CU_ASSERT_EQUAL(iuplus_radio_cipher(ue, 2, &c), IUPLUS_ERR_SPACE);
	/* an earlier activation replaces later ones */
	c.activation_sn = 20;
	c.hfn = 9;
	CU_ASSERT_EQUAL(iuplus_radio_cipher(ue, 2, &c), IUPLUS_OK);
	for (unsigned i = 0; i < 45; i++) {
		iuplus_radio_status(ue, &status);
		CU_ASSERT_EQUAL(status.tx_hfn[2], i < 10 ? 0 : i < 20 ? 1 : 9);
		CU_ASSERT_EQUAL(iuplus_radio_send(ue, 2, (const uint8_t *)"x", 1, now), IUPLUS_OK);
	}
	/* an activation time in the past takes effect immediately */
	c.activation_sn = 44;
	c.hfn = 10;
	CU_ASSERT_EQUAL(iuplus_radio_cipher(ue, 2, &c), IUPLUS_OK);
	iuplus_radio_status(ue, &status);
	CU_ASSERT(status.tx_hfn[2] == 10 && status.tx_sn[2] == 45);
	end();
}

static void test_who_hears(void)
{
	uint8_t buf[64];
	uint16_t cell;
	size_t len;

	begin(0);
	CU_ASSERT_EQUAL(iuplus_radio_send(rnc, 2, (const uint8_t *)"x", 1, now), IUPLUS_OK);
	len = iuplus_radio_next_datagram(rnc, buf, sizeof buf, &cell);
	CU_ASSERT_EQUAL(iuplus_radio_receive(rnc, buf, len, now), IUPLUS_ERR_STATE); /* its own direction */
	iuplus_radio_set_cell(ue, CELL + 1);
	CU_ASSERT_EQUAL(iuplus_radio_receive(ue, buf, len, now), IUPLUS_ERR_STATE);
	iuplus_radio_set_cell(ue, CELL);
	iuplus_radio_set_id(ue, 5);
	buf[7] ^= 1;
	CU_ASSERT_EQUAL(iuplus_radio_receive(ue, buf, len, now), IUPLUS_ERR_STATE);
	buf[7] ^= 1;
	CU_ASSERT_EQUAL(iuplus_radio_receive(ue, buf, len, now), IUPLUS_OK); /* the previous one */
	expect(ue, 2, (const uint8_t *)"x", 1);
	iuplus_radio_set_id(ue, 6);
	CU_ASSERT_EQUAL(iuplus_radio_receive(ue, buf, len, now), IUPLUS_ERR_STATE);
	CU_ASSERT_EQUAL(iuplus_radio_next_datagram(ue, buf, sizeof buf, &cell), 26); /* the answer, as it was sent */
	CU_ASSERT(buf[7] == 5 && cell == CELL);
	CU_ASSERT_EQUAL(iuplus_radio_receive(ue, buf, 8, now), IUPLUS_ERR_STATE);
	buf[1] = 0x82;
	buf[7] = 6;
	CU_ASSERT_EQUAL(iuplus_radio_receive(ue, buf, 8, now), IUPLUS_ERR_TRUNCATED);
	CU_ASSERT_EQUAL(iuplus_radio_receive(ue, buf, 25, now), IUPLUS_ERR_SYNTAX);
	CU_ASSERT_EQUAL(iuplus_radio_send(ue, 2, buf, 0, now), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_radio_send(ue, 5, buf, 1, now), IUPLUS_ERR_ARGUMENT);
	end();
}

/* CCCH downlink: another context of the RNC starts at 0 again. */
static void test_ccch_begins_anew(void)
{
	begin(0);
	for (unsigned i = 0; i < 3; i++) {
		CU_ASSERT_EQUAL(iuplus_radio_send(rnc, 0, (const uint8_t *)"RRC Connection Reject, long", 27, now),
				IUPLUS_OK);
		carry_all();
		expect(ue, 0, (const uint8_t *)"RRC Connection Reject, long", 27);
		iuplus_radio_free(rnc);
		rnc = end_of(false, 0);
	}
	end();
}

/* Passes the datagrams of from to to, and modifies some of them. */
static void disturb(struct iuplus_radio *from, struct iuplus_radio *to, uint64_t *state)
{
	uint8_t buf[IUPLUS_RADIO_DATAGRAM_MAX];
	uint16_t cell;
	size_t len;

	while ((len = iuplus_radio_next_datagram(from, buf, sizeof buf, &cell))) {
		unsigned flips = (unsigned)(seed_next(state) % 4);
		uint8_t *exact;

		/* mostly after the datagram's header, since other datagrams are discarded at once */
		while (flips--) {
			size_t at = seed_next(state) % 8 ? 8 + seed_next(state) % (len - 8) : seed_next(state) % len;

			buf[at] ^= (uint8_t)(1 << seed_next(state) % 8);
		}
		if (seed_next(state) % 50 == 0)
			len = seed_next(state) % (len + 1);
		exact = malloc(len ? len : 1);
		memcpy(exact, buf, len);
		iuplus_radio_receive(to, exact, len, now);
		free(exact);
	}
}

/* Arbitrary datagrams: no crash, and memory remains bounded. */
static void test_hostile(void)
{
	uint64_t seed = seed_begin(), state = seed;
	unsigned before = CU_get_number_of_failure_records();
	uint8_t sdu[200];

	begin(0);
	fill(sdu, sizeof sdu, 1);
	for (unsigned i = 0; i < 100000; i++) {
		struct iuplus_octets o;
		uint8_t rb;

		if (i % 100 == 0) {
			struct iuplus_proc_cipher c = order(false, i / 100 % 3, 0);

			iuplus_radio_reset(ue);
			iuplus_radio_reset(rnc);
			cipher(1, &c);
			cipher(2, &c);
		}
		rb = (uint8_t)(seed_next(&state) % 5);
		iuplus_radio_send(rnc, rb, sdu, 1 + seed_next(&state) % sizeof sdu, now);
		iuplus_radio_send(ue, rb, sdu, 1 + seed_next(&state) % 20, now);
		disturb(rnc, ue, &state);
		disturb(ue, rnc, &state);
		if (seed_next(&state) % 3)
			while (iuplus_radio_next_sdu(ue, &rb, &o))
				CU_ASSERT_FATAL(o.len && o.len <= IUPLUS_RADIO_SDU_MAX);
		while (iuplus_radio_next_sdu(rnc, &rb, &o))
			;
		now += seed_next(&state) % 50;
		iuplus_radio_tick(ue, now);
		iuplus_radio_tick(rnc, now);
	}
	end();
	seed_report(seed, before);
}

/* Two messages each way, with every allocation failing in turn. A sent message arrives, at the latest after AM has
 * retransmitted it; a message that could not be sent is reported. */
static void test_memory(void)
{
	uint8_t sdu[100], buf[64];
	uint16_t cell;
	bool failed = true;

	fill(sdu, sizeof sdu, 1);
	for (unsigned n = 1; failed; n++) {
		struct iuplus_octets o;
		unsigned sent = 0, got = 0;
		size_t len;
		uint8_t rb;

		CU_ASSERT_FATAL(n < 1000);
		begin(0);
		fail_after = n;
		for (unsigned i = 0; i < 2; i++) {
			sent += iuplus_radio_send(ue, 2, sdu, sizeof sdu, now) == IUPLUS_OK;
			iuplus_radio_send(rnc, 1, sdu, sizeof sdu, now);
			iuplus_radio_announce(ue);
		}
		for (unsigned turn = 0; turn < 3; turn++) {
			while ((len = iuplus_radio_next_datagram(ue, buf, sizeof buf, &cell)))
				iuplus_radio_receive(rnc, buf, len, now);
			while ((len = iuplus_radio_next_datagram(rnc, buf, sizeof buf, &cell)))
				iuplus_radio_receive(ue, buf, len, now);
			while (iuplus_radio_next_sdu(rnc, &rb, &o))
				got += rb == 2 && o.len == sizeof sdu && !memcmp(o.data, sdu, o.len);
			while (iuplus_radio_next_sdu(ue, &rb, &o))
				CU_ASSERT(rb == 1 && o.len == sizeof sdu && !memcmp(o.data, sdu, o.len));
			now += IUPLUS_RADIO_TIMER_POLL;
			iuplus_radio_tick(ue, now);
		}
		failed = fail_after == 0;
		fail_after = 0;
		/* a reassembled message for which there is no memory is lost: RRC retransmits it */
		CU_ASSERT(got == sent || got + 1 == sent);
		CU_ASSERT(failed || got == 2);
		end();
	}
	for (fail_after = 1; fail_after;)
		CU_ASSERT_PTR_NULL(iuplus_radio_new(&(struct iuplus_radio_config){ .ue = true }));
}

/* The configuration of a message is not known yet: it is kept, and deciphered when it is; or as before. */
static void test_hold(void)
{
	static const uint8_t before[] = { 1, 2, 3 }, after[] = { 4, 5, 6, 7 };
	struct iuplus_proc_cipher a = order(true, 1, 7), b = order(true, 2, 1000);
	unsigned changed;

	for (changed = 0; changed < 2; changed++) {
		begin(0);
		cipher(3, &a);
		CU_ASSERT_EQUAL(iuplus_radio_hold(rnc, 3, true), IUPLUS_OK);
		CU_ASSERT_EQUAL(iuplus_radio_send(ue, 3, before, sizeof before, now), IUPLUS_OK);
		if (changed)
			CU_ASSERT_EQUAL(iuplus_radio_cipher(ue, 3, &b), IUPLUS_OK);
		CU_ASSERT_EQUAL(iuplus_radio_send(ue, 3, after, sizeof after, now), IUPLUS_OK);
		CU_ASSERT_EQUAL(iuplus_radio_send(ue, 2, after, sizeof after, now), IUPLUS_OK); /* another bearer */
		carry_all();
		CU_ASSERT_EQUAL(iuplus_radio_deadline(ue), UINT64_MAX); /* acknowledged */
		expect(rnc, 2, after, sizeof after);
		expect_nothing(rnc);
		if (changed) {
			b.now = false;
			b.activation_sn = 1;
			CU_ASSERT_EQUAL(iuplus_radio_cipher(rnc, 3, &b), IUPLUS_OK);
		} else {
			b.uplink = false; /* the other direction does not end it */
			CU_ASSERT_EQUAL(iuplus_radio_cipher(rnc, 3, &b), IUPLUS_OK);
			expect_nothing(rnc);
			CU_ASSERT_EQUAL(iuplus_radio_hold(rnc, 3, false), IUPLUS_OK);
		}
		expect(rnc, 3, before, sizeof before);
		expect(rnc, 3, after, sizeof after);
		CU_ASSERT_EQUAL(iuplus_radio_hold(rnc, 1, true), IUPLUS_ERR_ARGUMENT);
		CU_ASSERT_EQUAL(iuplus_radio_hold(rnc, 5, true), IUPLUS_ERR_ARGUMENT);
		b.now = true;
		b.uplink = true;
		end();
	}
}

/* A target's bearer is new, and the peer has re-established its end: what is held are the first PDUs, and the target's
 * own re-establishment keeps them. On a bearer that was used it discards what came before. */
static void test_hold_of_new_bearer(void)
{
	static const uint8_t octets[] = { 4, 5, 6, 7 };
	struct iuplus_proc_cipher b = order(true, 1, 1000);
	unsigned used, i;

	b.reestablish = true;
	for (i = 0; i < 4; i++) {
		used = i & 1;
		b.uea = i & 2;
		begin(0);
		if (used) {
			CU_ASSERT_EQUAL(iuplus_radio_send(ue, 3, octets, sizeof octets, now), IUPLUS_OK);
			carry_all();
			expect(rnc, 3, octets, sizeof octets);
		}
		CU_ASSERT_EQUAL(iuplus_radio_hold(rnc, 3, true), IUPLUS_OK);
		if (!used)
			CU_ASSERT_EQUAL(iuplus_radio_cipher(ue, 3, &b), IUPLUS_OK);
		CU_ASSERT_EQUAL(iuplus_radio_send(ue, 3, octets, sizeof octets, now), IUPLUS_OK);
		carry_all();
		expect_nothing(rnc);
		CU_ASSERT_EQUAL(iuplus_radio_cipher(rnc, 3, &b), IUPLUS_OK);
		if (used) {
			CU_ASSERT_EQUAL(iuplus_radio_cipher(ue, 3, &b), IUPLUS_OK);
		} else {
			expect(rnc, 3, octets, sizeof octets);
		}
		expect_nothing(rnc);
		CU_ASSERT_EQUAL(iuplus_radio_send(ue, 3, octets, sizeof octets, now), IUPLUS_OK);
		carry_all();
		expect(rnc, 3, octets, sizeof octets);
		end();
	}
}

static void test_configuration(void)
{
	struct iuplus_radio_config config = { .pdu_len = IUPLUS_RADIO_PDU_MIN - 1 };

	CU_ASSERT_PTR_NULL(iuplus_radio_new(&config));
	config.pdu_len = IUPLUS_RADIO_PDU_MAX + 1;
	CU_ASSERT_PTR_NULL(iuplus_radio_new(&config));
	iuplus_radio_free(NULL);
}

IUPLUS_CUNIT_MAIN("radio", { "messages of every length on every bearer", test_lengths },
		  { "the format, octet for octet", test_format }, { "ciphering", test_ciphering },
		  { "AM retransmits lost PDUs", test_am_loss }, { "AM sorts and drops duplicates", test_am_disorder },
		  { "AM gives up", test_am_lost }, { "AM's window", test_am_window },
		  { "UM drops an incomplete message", test_um_loss }, { "HFN", test_hfn },
		  { "activation time", test_activation }, { "orders of ciphering", test_activation_orders },
		  { "who hears a datagram", test_who_hears }, { "CCCH restarts", test_ccch_begins_anew },
		  { "hostile datagrams", test_hostile }, { "memory runs out", test_memory },
		  { "PDUs are kept", test_hold },
		  { "PDUs of a new bearer are kept", test_hold_of_new_bearer }, { "configuration", test_configuration })
