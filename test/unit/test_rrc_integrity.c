/* SPDX-License-Identifier: BSD-2-Clause */
/* test_rrc_integrity.c: the integrity envelope: known answers, COUNT-I, replay, wrap, SRNS relocation. */
#include <iuplus/rrc.h>

#include "test/unit/cunit_main.h"
#include "test/unit/seed.h"

/* The first message under START, computed by test/oracle/umts_crypto.py from bits: presence bit, MAC, SN, message,
 * padding. */
static const struct {
	unsigned uia;
	bool uplink;
	unsigned rb;
	const char *ik;
	uint32_t fresh, start;
	const char *plain, *protected_pdu;
} known[] = {
	{ 1, false, 2, "f47fc63c5a7df61aa517a2120da3267e", 0x64894d4bu, 0xfffff, "8000000007b0", "c4892fe887b0" },
	{ 2, false, 3, "f3560d1e7d5cfd88b0819ab07d48974c", 0x5fb1c4f9u, 0x202ae, "800000000647afad0839c1e6605f97",
	  "e0cc19030647afad0839c1e6605f97" },
	{ 1, false, 1, "7c9e875e43e17de88bb600e1c6e18082", 0xd44e9adcu, 0x9f981, "8000000004d8", "a1756c2d84d8" },
	{ 2, false, 0, "c449171673567505f0da3cf26f3a86cc", 0x8f89fcebu, 0x2f192,
	  "8000000005dae41956574b2a176064b0eea5949e6fc854812ab368fb69a7",
	  "f79fd2ce05dae41956574b2a176064b0eea5949e6fc854812ab368fb69a7" },
	{ 1, true, 2, "d3e42791a463f5f5fe89794a432206da", 0xf00d8c15u, 0x9a8b5, "800000000400", "d52f05c40c00" },
	{ 2, true, 3, "1edf2878066fba4f28aa2bdf8857ed73", 0xcbc1d396u, 0x35517, "800000000262aa256b90",
	  "f34734f08a62aa256b90" },
	{ 2, true, 2, "7342a93ccd58e74c472de323c638ef5a", 0x3ceb4aa8u, 0x5df04,
	  "80000000064a4eded75b55f05279522ea2721859", "df8196fb0e4a4eded75b55f05279522ea2721859" },
};

static size_t hex(const char *text, uint8_t *out)
{
	size_t len;
	unsigned octet;

	for (len = 0; text[2 * len] && sscanf(text + 2 * len, "%2x", &octet) == 1; len++)
		out[len] = (uint8_t)octet;
	return len;
}

static void start(struct iuplus_rrc_integrity *s, unsigned uia, uint32_t start_value)
{
	static const uint8_t ik[16] = { 0x2b, 0xd6, 0x45, 0x9f, 0x82, 0xc5, 0xb3, 0x00,
					0x95, 0x2c, 0x49, 0x10, 0x48, 0x81, 0xff, 0x48 };

	CU_ASSERT_EQUAL(iuplus_rrc_integrity_start(s, IUPLUS_KEYS_LEGACY, uia, ik, 0x38a6f056, start_value), IUPLUS_OK);
}

/* A message with room for the check info: content in its last octets. */
static size_t message(uint8_t *pdu, uint8_t content)
{
	memset(pdu, content, 12);
	pdu[0] = 0x80;
	memset(pdu + 1, 0, 3);
	pdu[4] = content & 0x07;
	return 12;
}

static void test_known_answers(void)
{
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct iuplus_rrc_integrity sender, receiver;
		uint8_t ik[16], pdu[64], expected[64];
		size_t len = hex(known[i].plain, pdu);

		hex(known[i].ik, ik);
		hex(known[i].protected_pdu, expected);
		CU_ASSERT_EQUAL(iuplus_rrc_integrity_start(&sender, IUPLUS_KEYS_LEGACY, known[i].uia, ik,
							   known[i].fresh, known[i].start),
				IUPLUS_OK);
		receiver = sender;
		CU_ASSERT_EQUAL(iuplus_rrc_integrity_protect(&sender, known[i].uplink, known[i].rb, pdu, len),
				IUPLUS_OK);
		CU_ASSERT_EQUAL(memcmp(pdu, expected, len), 0);
		CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&receiver, known[i].uplink, known[i].rb, pdu, len, NULL),
				IUPLUS_OK);
	}
}

/* The messages of known with one bit of their last octet changed: the MAC-I that test/oracle/umts_crypto.py computes
 * over that, COUNT-I, and the first octets of the key's SHA-256. */
static const struct {
	const char *pdu;
	uint32_t expected, count;
	const char *key;
} refused[] = {
	{ "c4892fe887a0", 0x7a64c0b6, 0xfffff000, "85852b0f" },
	{ "e0cc19030647afad0839c1e6605f87", 0xcaac18f6, 0x202ae000, "06378ec9" },
	{ "a1756c2d84c8", 0x8d31436e, 0x9f981000, "a5d9ae40" },
	{ "f79fd2ce05dae41956574b2a176064b0eea5949e6fc854812ab368fb69b7", 0x03da6dc7, 0x2f192000, "bc853535" },
	{ "d52f05c40c10", 0xd401d06f, 0x9a8b5001, "a964a2bc" },
	{ "f34734f08a62aa256b80", 0x8f1bbaa7, 0x35517001, "62a6e3ff" },
	{ "df8196fb0e4a4eded75b55f05279522ea2721849", 0x91591d0d, 0x5df04001, "4c6635f8" },
};

static void test_mac_check(void)
{
	static const struct iuplus_rrc_mac_check nothing;
	size_t i;

	for (i = 0; i < sizeof(refused) / sizeof(refused[0]); i++) {
		struct iuplus_rrc_integrity receiver;
		struct iuplus_rrc_mac_check check;
		uint8_t ik[16], pdu[64];
		size_t len = hex(refused[i].pdu, pdu);
		uint32_t received =
			(uint32_t)((uint64_t)pdu[0] << 25 | pdu[1] << 17 | pdu[2] << 9 | pdu[3] << 1 | pdu[4] >> 7);

		hex(known[i].ik, ik);
		iuplus_rrc_integrity_start(&receiver, IUPLUS_KEYS_LEGACY, known[i].uia, ik, known[i].fresh,
					   known[i].start);
		CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&receiver, known[i].uplink, known[i].rb, pdu, len, &check),
				IUPLUS_ERR_INTEGRITY);
		CU_ASSERT_EQUAL(check.uplink, known[i].uplink);
		CU_ASSERT_EQUAL(check.rb, known[i].rb);
		CU_ASSERT_EQUAL(check.uia, known[i].uia);
		CU_ASSERT_EQUAL(check.kind, IUPLUS_KEYS_LEGACY);
		CU_ASSERT_STRING_EQUAL(check.key, refused[i].key);
		CU_ASSERT_EQUAL(check.count, refused[i].count);
		CU_ASSERT_EQUAL(check.fresh, known[i].fresh);
		CU_ASSERT_EQUAL(check.received, received);
		CU_ASSERT_EQUAL(check.expected, refused[i].expected);
		/* a correct message leaves the check empty; without check a wrong one is rejected as well */
		CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&receiver, known[i].uplink, known[i].rb, pdu, len, NULL),
				IUPLUS_ERR_INTEGRITY);
		pdu[len - 1] ^= 0x10;
		CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&receiver, known[i].uplink, known[i].rb, pdu, len, &check),
				IUPLUS_OK);
		CU_ASSERT_EQUAL(memcmp(&check, &nothing, sizeof(check)), 0);
	}
}

/* The line in logs, and that a code other than a wrong MAC-I leaves the check empty. */
static void test_mac_check_text(void)
{
	static const struct iuplus_rrc_mac_check nothing;
	static const struct iuplus_rrc_mac_check longest = {
		true, 4, 2, IUPLUS_KEYS_ENHANCED, "75db1c7e", 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff
	};
	struct iuplus_rrc_mac_check check = { false,      2,          2,         IUPLUS_KEYS_ENHANCED, "75db1c7e", 0x11,
					      0x0ff4f64c, 0x5d0e11a2, 0x5d0e11a3 };
	char text[IUPLUS_RRC_MAC_CHECK_TEXT];
	struct iuplus_rrc_integrity s;
	uint8_t pdu[16];
	size_t len = message(pdu, 7);

	iuplus_rrc_mac_check_text(&check, text);
	CU_ASSERT_STRING_EQUAL(text, "MAC-I 5d0e11a2, expected 5d0e11a3 (UIA2, IK_U 75db1c7e, RB2 downlink, COUNT-I "
				     "00000011, FRESH 0ff4f64c)");
	check.kind = IUPLUS_KEYS_LEGACY;
	check.uia = 1;
	check.uplink = true;
	iuplus_rrc_mac_check_text(&check, text);
	CU_ASSERT_STRING_EQUAL(text, "MAC-I 5d0e11a2, expected 5d0e11a3 (UIA1, IK 75db1c7e, RB2 uplink, COUNT-I "
				     "00000011, FRESH 0ff4f64c)");
	iuplus_rrc_mac_check_text(&longest, text);
	CU_ASSERT_EQUAL(text[strlen(text) - 1], ')');
	memset(&s, 0, sizeof(s));
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&s, true, 2, pdu, len, &check), IUPLUS_ERR_STATE);
	CU_ASSERT_EQUAL(memcmp(&check, &nothing, sizeof(check)), 0);
	start(&s, 2, 5);
	check.uia = 1;
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&s, true, 5, pdu, len, &check), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(check.uia, 0);
}

/* Longer than the buffer on the stack. */
static void test_long_message(void)
{
	struct iuplus_rrc_integrity sender, receiver;
	uint8_t pdu[4200];

	memset(pdu, 0x5a, sizeof(pdu));
	pdu[0] |= 0x80;
	start(&sender, 2, 17);
	receiver = sender;
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_protect(&sender, true, 3, pdu, sizeof(pdu)), IUPLUS_OK);
	CU_ASSERT_EQUAL(pdu[5], 0x5a);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&receiver, true, 3, pdu, sizeof(pdu), NULL), IUPLUS_OK);
	pdu[4199] ^= 1;
	receiver.ul[3].used = false;
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&receiver, true, 3, pdu, sizeof(pdu), NULL), IUPLUS_ERR_INTEGRITY);
}

/* Every bit of the message matters, and so do bearer, direction and FRESH. */
static void test_tampering(void)
{
	struct iuplus_rrc_integrity sender, receiver, copy;
	uint8_t pdu[16];
	size_t len = message(pdu, 0xa5), bit;
	unsigned uia;

	for (uia = 1; uia <= 2; uia++) {
		start(&sender, uia, 99);
		receiver = sender;
		iuplus_rrc_integrity_protect(&sender, false, 2, pdu, len);
		for (bit = 1; bit < 8 * len; bit++) {
			int rc;

			copy = receiver;
			pdu[bit / 8] ^= 0x80 >> bit % 8;
			rc = iuplus_rrc_integrity_verify(&copy, false, 2, pdu, len, NULL);
			CU_ASSERT_EQUAL(rc, IUPLUS_ERR_INTEGRITY);
			CU_ASSERT_EQUAL(memcmp(&copy, &receiver, sizeof(copy)), 0);
			pdu[bit / 8] ^= 0x80 >> bit % 8;
		}
		copy = receiver;
		CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&copy, false, 3, pdu, len, NULL), IUPLUS_ERR_INTEGRITY);
		CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&copy, true, 2, pdu, len, NULL), IUPLUS_ERR_INTEGRITY);
		copy.fresh ^= 1;
		CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&copy, false, 2, pdu, len, NULL), IUPLUS_ERR_INTEGRITY);
		CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&receiver, false, 2, pdu, len, NULL), IUPLUS_OK);
	}
}

/* A hundred messages each way on every bearer: the SN wraps, HFN follows, both sides agree. */
static void test_counting(void)
{
	struct iuplus_rrc_integrity a, b;
	uint8_t pdu[16];
	unsigned i, rb;

	start(&a, 2, 0x12345);
	b = a;
	for (i = 0; i < 100; i++)
		for (rb = 0; rb < IUPLUS_RRC_SRBS; rb++) {
			size_t len = message(pdu, (uint8_t)i);

			CU_ASSERT_EQUAL(iuplus_rrc_integrity_protect(&a, true, rb, pdu, len), IUPLUS_OK);
			CU_ASSERT_EQUAL(pdu[4] >> 3 & 15, (i + 1) & 15);
			CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&b, true, rb, pdu, len, NULL), IUPLUS_OK);
			CU_ASSERT_EQUAL(iuplus_rrc_integrity_protect(&b, false, rb, pdu, len), IUPLUS_OK);
			CU_ASSERT_EQUAL(pdu[4] >> 3 & 15, i & 15);
			CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&a, false, rb, pdu, len, NULL), IUPLUS_OK);
		}
	for (rb = 0; rb < IUPLUS_RRC_SRBS; rb++) {
		CU_ASSERT_EQUAL(a.ul[rb].hfn, 0x1234500 + 100 / 16);
		CU_ASSERT_EQUAL(b.ul[rb].hfn, a.ul[rb].hfn);
		CU_ASSERT_EQUAL(a.dl[rb].hfn, 0x1234500 + 99 / 16);
	}
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_hfn_msb(&a), 0x12345);
	a.dl[4].hfn += 0x100;
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_hfn_msb(&a), 0x12346);
}

/* The loss of fewer than sixteen messages does no harm. */
static void test_loss(void)
{
	struct iuplus_rrc_integrity sender, receiver;
	uint64_t seed = seed_begin(), state = seed;
	unsigned before = CU_get_number_of_failure_records(), i, lost;
	uint8_t pdu[16];

	start(&sender, 1, 5);
	receiver = sender;
	for (i = 0; i < 200; i++) {
		for (lost = (unsigned)(seed_next(&state) >> 40) % 15; lost; lost--)
			iuplus_rrc_integrity_protect(&sender, true, 2, pdu, message(pdu, 1));
		CU_ASSERT_EQUAL(iuplus_rrc_integrity_protect(&sender, true, 2, pdu, message(pdu, 2)), IUPLUS_OK);
		CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&receiver, true, 2, pdu, 12, NULL), IUPLUS_OK);
	}
	seed_report(seed, before);
}

/* Each of forty messages is rejected as soon as it, or a later one, was accepted. */
static void test_replay(void)
{
	struct iuplus_rrc_integrity sender, receiver;
	uint8_t pdu[40][16];
	unsigned i, old;

	start(&sender, 2, 3);
	receiver = sender;
	for (i = 0; i < 40; i++)
		iuplus_rrc_integrity_protect(&sender, false, 3, pdu[i], message(pdu[i], (uint8_t)i));
	for (i = 0; i < 40; i++) {
		CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&receiver, false, 3, pdu[i], 12, NULL), IUPLUS_OK);
		for (old = 0; old <= i; old++) {
			int rc = iuplus_rrc_integrity_verify(&receiver, false, 3, pdu[old], 12, NULL);

			/* After sixteen messages and more, the SN no longer distinguishes an old message from a wrong
			 * one. */
			CU_ASSERT_TRUE(rc == IUPLUS_ERR_REPLAY || (rc == IUPLUS_ERR_INTEGRITY && i - old >= 16));
		}
	}
}

static void test_states(void)
{
	struct iuplus_rrc_integrity s = { 0 };
	uint8_t pdu[16];
	size_t len = message(pdu, 0);
	static const uint8_t ik[16];

	CU_ASSERT_EQUAL(iuplus_rrc_integrity_protect(&s, true, 2, pdu, len), IUPLUS_ERR_STATE);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&s, true, 2, pdu, len, NULL), IUPLUS_ERR_STATE);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_modify(&s, IUPLUS_KEYS_LEGACY, 1, ik, 0), IUPLUS_ERR_STATE);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_hfn_msb(&s), 0);
	pdu[0] = 0;
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&s, true, 2, pdu, len, NULL), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_start(&s, IUPLUS_KEYS_LEGACY, 0, ik, 0, 0), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_start(&s, IUPLUS_KEYS_LEGACY, 3, ik, 0, 0), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_start(&s, IUPLUS_KEYS_LEGACY, 1, ik, 0, 1u << 20), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_FALSE(s.started);
	start(&s, 1, 0);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&s, true, 2, pdu, len, NULL), IUPLUS_ERR_MISSING);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_protect(&s, true, 2, pdu, len), IUPLUS_ERR_ARGUMENT);
	pdu[0] = 0x80;
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_protect(&s, true, 5, pdu, len), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&s, true, 5, pdu, len, NULL), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_protect(&s, true, 2, pdu, 4), IUPLUS_ERR_ARGUMENT);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&s, true, 2, pdu, 4, NULL), IUPLUS_ERR_TRUNCATED);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&s, true, 2, pdu, 0, NULL), IUPLUS_ERR_TRUNCATED);
}

/* At the maximum of HFN, nothing more is sent or accepted. */
static void test_exhausted(void)
{
	struct iuplus_rrc_integrity s, before;
	uint8_t pdu[16];
	size_t len = message(pdu, 0);

	start(&s, 1, 0xfffff);
	s.ul[2] = s.dl[2] = (struct iuplus_rrc_count){ true, 0x0fffffff, 14 };
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_protect(&s, true, 2, pdu, len), IUPLUS_OK);
	before = s;
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_protect(&s, true, 2, pdu, len), IUPLUS_ERR_EXHAUSTED);
	CU_ASSERT_EQUAL(memcmp(&s, &before, sizeof(s)), 0);
	pdu[4] = 3 << 3;
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&s, false, 2, pdu, len, NULL), IUPLUS_ERR_EXHAUSTED);
}

/* New keys: the HFNs restart, SNs and FRESH continue. */
static void test_modify(void)
{
	struct iuplus_rrc_integrity a, b;
	uint8_t pdu[16], ik[16];
	size_t len = message(pdu, 7);
	unsigned i;

	memset(ik, 0x77, sizeof(ik));
	start(&a, 1, 10);
	b = a;
	for (i = 0; i < 5; i++) {
		iuplus_rrc_integrity_protect(&a, false, 2, pdu, len);
		iuplus_rrc_integrity_verify(&b, false, 2, pdu, len, NULL);
	}
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_modify(&a, IUPLUS_KEYS_ENHANCED, 2, ik, 0), IUPLUS_OK);
	CU_ASSERT_EQUAL(a.fresh, 0x38a6f056);
	CU_ASSERT_EQUAL(a.dl[2].hfn, 0);
	CU_ASSERT_EQUAL(a.dl[2].sn, 4);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_protect(&a, false, 2, pdu, len), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&b, false, 2, pdu, len, NULL), IUPLUS_ERR_INTEGRITY);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_modify(&b, IUPLUS_KEYS_ENHANCED, 2, ik, 0), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&b, false, 2, pdu, len, NULL), IUPLUS_OK);
}

/* An SRNS relocation: the target continues where the source stopped, with its own FRESH. */
static void test_relocation(void)
{
	struct iuplus_rrc_integrity ue, source, target, new_ue;
	struct iuplus_rrc_srns_info info = { 0 }, received;
	struct iuplus_arena arena;
	struct iuplus_octets container;
	uint8_t pdu[16];
	size_t len = message(pdu, 9);
	unsigned i, rb;

	start(&ue, 2, 1000);
	source = ue;
	for (i = 0; i < 20; i++)
		for (rb = 1; rb < 4; rb++) {
			iuplus_rrc_integrity_protect(&ue, true, rb, pdu, len);
			CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&source, true, rb, pdu, len, NULL), IUPLUS_OK);
			iuplus_rrc_integrity_protect(&source, false, rb, pdu, len);
			CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&ue, false, rb, pdu, len, NULL), IUPLUS_OK);
		}
	iuplus_rrc_integrity_export(&source, &info);
	iuplus_arena_init(&arena, 0);
	CU_ASSERT_EQUAL(iuplus_rrc_srns_info_encode(&info, 0, &arena, &container, NULL), IUPLUS_OK);
	CU_ASSERT_EQUAL(iuplus_rrc_srns_info_decode(container, 0, &arena, &received, NULL), IUPLUS_OK);
	CU_ASSERT_TRUE(received.integrity_started);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_start(&target, IUPLUS_KEYS_LEGACY, 2, source.ik, 0xcafe0001, 1000),
			IUPLUS_OK);
	iuplus_rrc_integrity_import(&target, &received);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_protect(&target, false, 2, pdu, len), IUPLUS_OK);
	new_ue = ue;
	new_ue.fresh = 0xcafe0001;
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&ue, false, 2, pdu, len, NULL), IUPLUS_ERR_INTEGRITY);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&new_ue, false, 2, pdu, len, NULL), IUPLUS_OK);
	iuplus_rrc_integrity_protect(&new_ue, true, 2, pdu, len);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&target, true, 2, pdu, len, NULL), IUPLUS_OK);
	/* A bearer that the source never used works too. */
	iuplus_rrc_integrity_protect(&target, false, 4, pdu, len);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&new_ue, false, 4, pdu, len, NULL), IUPLUS_OK);
	iuplus_rrc_integrity_protect(&new_ue, true, 4, pdu, len);
	CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&target, true, 4, pdu, len, NULL), IUPLUS_OK);
	iuplus_arena_free(&arena);
	iuplus_rrc_integrity_wipe(&target);
	CU_ASSERT_FALSE(target.started);
	for (i = 0; i < 16; i++)
		CU_ASSERT_EQUAL(target.ik[i], 0);
}

IUPLUS_CUNIT_MAIN("rrc integrity", { "known answers", test_known_answers },
		  { "a refused MAC-I is explained", test_mac_check },
		  { "the explanation as text", test_mac_check_text }, { "a long message", test_long_message },
		  { "any change is noticed", test_tampering }, { "COUNT-I", test_counting },
		  { "lost messages", test_loss }, { "replay", test_replay }, { "states and arguments", test_states },
		  { "HFN at its end", test_exhausted }, { "new keys", test_modify },
		  { "SRNS relocation", test_relocation })
