/* SPDX-License-Identifier: BSD-2-Clause */
/* Radio captures in iuplus-pdu: real entities communicate, the listener has only the key log; and hostile datagrams. */
#include "test/unit/cunit_main.h"

#include <iuplus/rrc.h>
#include <unistd.h>

#include "src/net/radio.h"
#include "src/tool/pdu/pdu.h"
#include "test/unit/seed.h"

#define IDS 4500u /* more phones than are remembered */

static struct {
	unsigned messages, right, notes, failed, ciphered, deciphered;
	struct iuplus_octets wanted;
	bool same;
	char wrong[PDU_INTEGRITY_TEXT]; /* the explanation of the last wrong MAC-I */
} heard;

static void found(void *user, const struct pdu_found *f)
{
	(void)user;
	CU_ASSERT_FATAL(f->radio != NULL);
	switch (f->radio->state) {
	case PDU_RADIO_MESSAGE:
		heard.messages++;
		heard.right += f->integrity > 0;
		if (f->integrity < 0)
			snprintf(heard.wrong, sizeof(heard.wrong), "%s", f->integrity_text);
		heard.deciphered += f->radio->ciphering[0] != '\0';
		heard.same = heard.same && f->len == heard.wanted.len &&
			     memcmp(f->data, heard.wanted.data, f->len) == 0;
		break;
	case PDU_RADIO_NOTE:
		heard.notes++;
		break;
	case PDU_RADIO_CIPHERED:
		heard.ciphered++;
		break;
	default:
		heard.failed++;
		break;
	}
}

static struct {
	uint8_t ik[16], ck[16];
	unsigned uia, uea;
	uint32_t start, fresh;
} keys;

/* A key log with these keys, between others. */
static struct pdu_keylog *key_log(uint64_t *state)
{
	char path[] = "/tmp/iuplus-keys-XXXXXX", why[200];
	struct pdu_keylog *k;
	int fd = mkstemp(path);
	FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
	unsigned i, j;

	CU_ASSERT_FATAL(f != NULL);
	for (i = 0; i < 3; i++) {
		seed_octets(state, keys.ik, 16);
		seed_octets(state, keys.ck, 16);
		keys.uia = 1 + (unsigned)seed_next(state) % 2;
		keys.uea = 1 + (unsigned)seed_next(state) % 2;
		keys.start = (uint32_t)seed_next(state) & 0x7ffff;
		keys.fresh = (uint32_t)seed_next(state);
		fprintf(f, "ue=00101%u kind=legacy domain=ps uia=%u uea=%u start=%05x fresh=%08x ik=", i, keys.uia,
			keys.uea, keys.start, keys.fresh);
		for (j = 0; j < 16; j++)
			fprintf(f, "%02x", keys.ik[j]);
		fputs(" ck=", f);
		for (j = 0; j < 16; j++)
			fprintf(f, "%02x", keys.ck[j]);
		fputc('\n', f);
	}
	fclose(f);
	k = pdu_keylog_open(path, why, sizeof(why));
	unlink(path);
	CU_ASSERT_FATAL(k != NULL);
	return k;
}

/* A protected UL-DCCH message with a NAS message of that length. */
static struct iuplus_octets message(struct iuplus_rrc_integrity *integrity, struct iuplus_arena *arena, unsigned rb,
				    const uint8_t *nas, size_t len)
{
	struct iuplus_rrc_msg m;
	struct iuplus_octets o;

	memset(&m, 0, sizeof(m));
	m.channel = IUPLUS_RRC_UL_DCCH;
	m.type = IUPLUS_RRC_UPLINK_DIRECT_TRANSFER;
	m.integrity_check.present = true;
	m.u.uplink_direct_transfer.domain = IUPLUS_DOMAIN_PS;
	m.u.uplink_direct_transfer.nas = (struct iuplus_octets){ nas, len };
	CU_ASSERT_FATAL(iuplus_rrc_encode(&m, 0, arena, &o, NULL) == IUPLUS_OK);
	CU_ASSERT_FATAL(iuplus_rrc_integrity_protect(integrity, true, rb, (uint8_t *)(uintptr_t)o.data, o.len) ==
			IUPLUS_OK);
	return o;
}

static struct iuplus_radio *phone(uint32_t id, unsigned rb, uint32_t hfn)
{
	struct iuplus_radio_config config = { .ue = true, .cell = 7, .id = id };
	struct iuplus_proc_cipher cipher = { .uplink = true, .uea = keys.uea, .hfn = hfn, .now = true };
	struct iuplus_radio *radio = iuplus_radio_new(&config);

	CU_ASSERT_FATAL(radio != NULL);
	memcpy(cipher.ck, keys.ck, 16);
	CU_ASSERT_FATAL(iuplus_radio_cipher(radio, (uint8_t)rb, &cipher) == IUPLUS_OK);
	return radio;
}

static void give(struct radio *r, const uint8_t *data, size_t len)
{
	static unsigned frames;
	const struct pdu_packet packet = { .frame = frames + 1 };
	uint8_t *exact = malloc(len ? len : 1); /* a block of its own, so that a read beyond it is detected */

	frames++;
	memcpy(exact, data, len);
	pdu_radio_take(r, &packet, "127.0.0.1:1", "127.0.0.1:2", exact, len);
	free(exact);
}

/* Only the key log describes the start of the connection; sequence numbers wrap meanwhile. */
static void test_listening(void)
{
	unsigned failures = CU_get_number_of_failure_records(), round, rb, n;
	uint64_t seed = seed_begin(), state = seed;
	uint8_t nas[300], datagram[IUPLUS_RADIO_DATAGRAM_MAX];
	struct iuplus_arena arena;

	iuplus_arena_init(&arena, 0);
	for (round = 0; round < 8; round++) {
		struct pdu_keylog *k = key_log(&state);
		struct radio *r = pdu_radio_new(found, NULL);
		struct iuplus_rrc_integrity integrity;
		struct iuplus_radio *ue;
		uint16_t cell;
		size_t len;

		CU_ASSERT_FATAL(r != NULL);
		pdu_radio_keys(r, k);
		memset(&heard, 0, sizeof(heard));
		heard.same = true;
		rb = 1 + round % 4;
		iuplus_rrc_integrity_start(&integrity, IUPLUS_KEYS_LEGACY, keys.uia, keys.ik, keys.fresh, keys.start);
		/* somewhat above START */
		ue = phone(0x00100001, rb, (rb == 1 ? keys.start << 5 : keys.start) + round);
		for (n = 0; n < (rb == 1 ? 60u : 500u) && CU_get_number_of_failure_records() == failures; n++) {
			iuplus_arena_reset(&arena, false);
			len = 1 + seed_next(&state) % 150;
			seed_octets(&state, nas, len);
			heard.wanted = message(&integrity, &arena, rb, nas, len);
			/* without an answer the window becomes full: acknowledge by a STATUS PDU */
			CU_ASSERT_FATAL(iuplus_radio_send(ue, (uint8_t)rb, heard.wanted.data, heard.wanted.len, 0) ==
					IUPLUS_OK);
			while ((len = iuplus_radio_next_datagram(ue, datagram, sizeof(datagram), &cell)) > 0)
				give(r, datagram, len);
			if (rb != 1) {
				struct iuplus_proc_radio status;
				uint8_t ack[IUPLUS_RADIO_HEADER + IUPLUS_RADIO_PDU_DEFAULT] = {
					0x10, (uint8_t)(0x80 | rb), 0, 7, 0, 0x10, 0, 1
				};

				iuplus_radio_status(ue, &status);
				ack[8] = 2;
				ack[9] = (uint8_t)(status.tx_sn[rb] >> 4);
				ack[10] = (uint8_t)(status.tx_sn[rb] << 4);
				iuplus_radio_receive(ue, ack, sizeof(ack), 0);
			}
		}
		pdu_radio_end(r);
		CU_ASSERT(heard.same);
		CU_ASSERT_EQUAL(heard.messages, n);
		CU_ASSERT_EQUAL(heard.right, n);
		CU_ASSERT_EQUAL(heard.deciphered, n);
		CU_ASSERT_EQUAL(heard.failed + heard.notes + heard.ciphered, 0);
		iuplus_radio_free(ue);
		iuplus_rrc_integrity_wipe(&integrity);
		pdu_radio_free(r);
		pdu_keylog_free(k);
	}
	iuplus_arena_free(&arena);
	seed_report(seed, failures);
}

static void send(struct radio *r, struct iuplus_radio *ue, unsigned rb, const uint8_t *message, size_t size)
{
	uint8_t datagram[IUPLUS_RADIO_DATAGRAM_MAX];
	uint16_t cell;
	size_t len;

	CU_ASSERT_FATAL(iuplus_radio_send(ue, (uint8_t)rb, message, size, 0) == IUPLUS_OK);
	while ((len = iuplus_radio_next_datagram(ue, datagram, sizeof(datagram), &cell)) > 0)
		give(r, datagram, len);
}

/* The listener explains a modified message as the receiver does (rrc/integrity.c, which shares no code with it): by the
 * keys of the previous messages if its MAC-I is close to that of no key of the log. */
static void test_wrong_mac(void)
{
	static const char suffix[] = "; no key of the log gives it";
	unsigned failures = CU_get_number_of_failure_records(), round, n, count;
	uint64_t seed = seed_begin(), state = seed;
	struct iuplus_arena arena;

	iuplus_arena_init(&arena, 0);
	for (round = 0; round < 16; round++) {
		char expected[IUPLUS_RRC_MAC_CHECK_TEXT], wanted[PDU_INTEGRITY_TEXT];
		unsigned rb = 1 + round % 4;
		bool mac = round & 4;
		struct pdu_keylog *k = key_log(&state);
		struct radio *r = pdu_radio_new(found, NULL);
		struct iuplus_rrc_integrity sender, receiver;
		struct iuplus_rrc_mac_check check;
		struct iuplus_octets o;
		struct iuplus_radio *ue;
		uint8_t nas[40], *pdu;

		CU_ASSERT_FATAL(r != NULL);
		pdu_radio_keys(r, k);
		memset(&heard, 0, sizeof(heard));
		iuplus_rrc_integrity_start(&sender, IUPLUS_KEYS_LEGACY, keys.uia, keys.ik, keys.fresh, keys.start);
		receiver = sender;
		ue = phone(0x00100001, rb, rb == 1 ? keys.start << 5 : keys.start);
		/* up to a wrap of the sequence number and beyond */
		count = 1 + (unsigned)seed_next(&state) % 20;
		for (n = 0; n <= count; n++) {
			iuplus_arena_reset(&arena, false);
			seed_octets(&state, nas, sizeof(nas));
			o = message(&sender, &arena, rb, nas, sizeof(nas));
			pdu = (uint8_t *)(uintptr_t)o.data;
			if (n == count) /* a bit of its MAC-I, or of the NAS message in it */
				pdu[mac ? 2 : 20] ^= 0x10;
			CU_ASSERT_EQUAL(iuplus_rrc_integrity_verify(&receiver, true, rb, pdu, o.len, &check),
					n == count ? IUPLUS_ERR_INTEGRITY : IUPLUS_OK);
			send(r, ue, rb, pdu, o.len);
		}
		iuplus_rrc_mac_check_text(&check, expected);
		snprintf(wanted, sizeof(wanted), "%s%s", expected, mac ? "" : suffix);
		CU_ASSERT_EQUAL(heard.right, count);
		CU_ASSERT_STRING_EQUAL(heard.wrong, wanted);
		iuplus_radio_free(ue);
		iuplus_rrc_integrity_wipe(&sender);
		iuplus_rrc_integrity_wipe(&receiver);
		pdu_radio_free(r);
		pdu_keylog_free(k);
	}
	iuplus_arena_free(&arena);
	seed_report(seed, failures);
}

/* Datagrams of many phones, lost, repeated, in any order, modified, and invented. */
static void test_hostile(void)
{
	unsigned failures = CU_get_number_of_failure_records(), round, rb;
	uint64_t seed = seed_begin(), state = seed;
	uint8_t nas[200], kept[64][64], datagram[IUPLUS_RADIO_DATAGRAM_MAX];
	size_t kept_len[64] = { 0 }, len;
	struct pdu_keylog *k = key_log(&state);
	struct iuplus_rrc_integrity integrity;
	struct iuplus_arena arena;
	unsigned with_keys;
	uint16_t cell;

	iuplus_arena_init(&arena, 0);
	for (with_keys = 0; with_keys < 2; with_keys++) {
		struct radio *r = pdu_radio_new(found, NULL);

		CU_ASSERT_FATAL(r != NULL);
		if (with_keys)
			pdu_radio_keys(r, k);
		memset(&heard, 0, sizeof(heard));
		for (round = 0; round < (with_keys ? 500 : IDS + 500); round++) {
			struct iuplus_radio *ue;

			rb = 1 + (unsigned)seed_next(&state) % 4;
			iuplus_arena_reset(&arena, false);
			iuplus_rrc_integrity_start(&integrity, IUPLUS_KEYS_LEGACY, keys.uia, keys.ik, keys.fresh,
						   keys.start);
			ue = phone(round < IDS && !with_keys ? round : (uint32_t)seed_next(&state) % 4, rb,
				   rb == 1 ? keys.start << 5 : keys.start);
			len = 1 + seed_next(&state) % sizeof(nas);
			seed_octets(&state, nas, len);
			heard.wanted = message(&integrity, &arena, rb, nas, len);
			iuplus_radio_send(ue, (uint8_t)rb, heard.wanted.data, heard.wanted.len, 0);
			while ((len = iuplus_radio_next_datagram(ue, datagram, sizeof(datagram), &cell)) > 0) {
				unsigned i = (unsigned)seed_next(&state) % 64;

				if (seed_next(&state) % 3 == 0)
					datagram[seed_next(&state) % len] ^= (uint8_t)(1u << seed_next(&state) % 8);
				if (seed_next(&state) % 16 == 0)
					seed_octets(&state, datagram + 8, len - 8);
				if (seed_next(&state) % 16 == 0)
					len = seed_next(&state) % (len + 1);
				give(r, kept[i], kept_len[i]);
				memcpy(kept[i], datagram, len);
				kept_len[i] = len;
				if (seed_next(&state) % 8)
					give(r, datagram, len);
			}
			iuplus_radio_free(ue);
		}
		pdu_radio_end(r);
		CU_ASSERT(heard.messages + heard.failed + heard.ciphered > 100);
		CU_ASSERT(with_keys || !heard.deciphered);
		pdu_radio_free(r);
	}
	iuplus_rrc_integrity_wipe(&integrity);
	iuplus_arena_free(&arena);
	pdu_keylog_free(k);
	seed_report(seed, failures);
}

IUPLUS_CUNIT_MAIN("pdu-radio", { "messages under the key log alone", test_listening },
		  { "a wrong MAC-I is explained", test_wrong_mac }, { "hostile datagrams", test_hostile })
