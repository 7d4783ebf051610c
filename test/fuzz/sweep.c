/* SPDX-License-Identifier: BSD-2-Clause */
/* sweep.c: random values of every PDU type: truncated after every bit, and with each allocation failing in turn. A
 * failure prints the seed (IUPLUS_SEED). */
#include "test/fuzz/failing.h"
#include "test/fuzz/fuzz.h"

#include <iuplus/ranap.h>
#include <iuplus/rnc.h>
#include <iuplus/rrc.h>
#include <iuplus/ue.h>
#include "src/net/iu.h"
#include "src/net/radio.h"

#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define VALUES 25
#define LONGEST 600

static unsigned allocations;

static const struct pdu_type {
	const char *protocol, *name;
	enum iuplus_asn1_rules rules;
} types[] = {
	{ "RANAP", "RANAP-PDU", IUPLUS_ASN1_APER },
	{ "RNSAP", "RNSAP-PDU", IUPLUS_ASN1_APER },
	{ "RANAP", "SourceRNC-ToTargetRNC-TransparentContainer", IUPLUS_ASN1_APER },
	{ "RANAP", "TargetRNC-ToSourceRNC-TransparentContainer", IUPLUS_ASN1_APER },
	{ "RRC", "UL-CCCH-Message", IUPLUS_ASN1_UPER },
	{ "RRC", "DL-CCCH-Message", IUPLUS_ASN1_UPER },
	{ "RRC", "UL-DCCH-Message", IUPLUS_ASN1_UPER },
	{ "RRC", "DL-DCCH-Message", IUPLUS_ASN1_UPER },
	{ "RRC", "ToTargetRNC-Container", IUPLUS_ASN1_UPER },
	{ "RRC", "TargetRNC-ToSourceRNC-Container", IUPLUS_ASN1_UPER },
};

struct sample {
	const struct pdu_type *pdu;
	const struct iuplus_asn1_type *type;
	const uint8_t *octets;
	size_t len;
};

/* The typed layer accepts only whole octets. */
static int typed(const struct sample *s, size_t len, struct iuplus_arena *arena)
{
	const struct iuplus_octets in = { fuzz_tight(s->octets, len), len };
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg ranap;
	struct iuplus_rrc_error error;
	struct iuplus_rrc_msg rrc;
	size_t which = (size_t)(s->pdu - types);

	if (which == 0)
		return iuplus_ranap_decode(in, 0, arena, &ranap, &problem);
	if (which >= 4 && which < 8)
		return iuplus_rrc_decode((enum iuplus_rrc_channel)(which - 4), in, 0, arena, &rrc, &error);
	return IUPLUS_ERR_SYNTAX;
}

/* Returns the number of truncations. */
static unsigned long cut(const struct sample *s)
{
	struct iuplus_asn1_error error;
	size_t bits, taken;
	void *value;
	int rc;

	rc = iuplus_asn1_decode(s->type, s->pdu->rules, s->octets, 8 * s->len, 0, fuzz_arena(1), &value, &error);
	fuzz_check(value || rc == IUPLUS_ERR_MEMORY, "%s: decoding the encoded value returned %d: %s at %s",
		   s->type->name, rc, error.what, error.path);
	taken = error.bits;
	for (bits = 0; value && bits < taken; bits++) {
		void *part;

		rc = iuplus_asn1_decode(s->type, s->pdu->rules, fuzz_tight(s->octets, (bits + 7) / 8), bits, 0,
					fuzz_arena(1), &part, &error);
		fuzz_check(rc < 0 && !part, "%s of %zu bits cut to %zu decodes with %d", s->type->name, taken, bits,
			   rc);
		fuzz_check(error.bit_offset <= bits + 64, "offset %zu of %zu", error.bit_offset, bits);
		rc = iuplus_asn1_decode(s->type, s->pdu->rules, fuzz_tight(s->octets, (bits + 7) / 8), bits,
					IUPLUS_ASN1_LEGACY, fuzz_arena(1), &part, &error);
		fuzz_check(rc != IUPLUS_ERR_ARGUMENT, "%d", rc);
		/* a message that ends where the extension's level of an RRC chain begins has the standard's empty
		 * level */
		if (bits % 8 == 0 && !part)
			fuzz_check(typed(s, bits / 8, fuzz_arena(1)) < 0 || bits + 8 > taken,
				   "%s cut to %zu octets decodes", s->type->name, bits / 8);
	}
	return taken;
}

static void codec_without_memory(void *user)
{
	const struct sample *s = user;
	struct iuplus_arena arena;
	struct iuplus_octets out;
	void *value = NULL;
	int rc;

	iuplus_arena_init(&arena, 0);
	rc = iuplus_asn1_decode(s->type, s->pdu->rules, s->octets, 8 * s->len, 0, &arena, &value, NULL);
	fuzz_check(value || rc == IUPLUS_ERR_MEMORY, "decode: %d", rc);
	if (value) {
		rc = iuplus_asn1_encode(s->type, s->pdu->rules, value, 0, &arena, &out, NULL, NULL);
		fuzz_check(rc == IUPLUS_OK || rc == IUPLUS_ERR_MEMORY, "encode: %d", rc);
		rc = iuplus_asn1_json(s->type, value, &arena, &out);
		fuzz_check(rc == IUPLUS_OK || rc == IUPLUS_ERR_MEMORY, "JSON: %d", rc);
	}
	iuplus_arena_free(&arena);
}

/* Two ends, a message each way on every bearer, ciphering. */
static void radio_without_memory(void *user)
{
	struct iuplus_radio_config config = { .ue = true, .cell = 9, .id = 1 };
	struct iuplus_proc_cipher cipher = { .uplink = true, .uea = 2, .now = true };
	static const uint8_t message[200];
	uint8_t buf[IUPLUS_RADIO_DATAGRAM_MAX], rb;
	struct iuplus_octets sdu;
	struct iuplus_radio *ue = iuplus_radio_new(&config), *rnc;
	uint16_t cell;
	unsigned i;
	size_t n;

	(void)user;
	config.ue = false;
	rnc = iuplus_radio_new(&config);
	for (i = 0; ue && rnc && i < 10; i++) {
		iuplus_radio_cipher(ue, 2, &cipher);
		iuplus_radio_cipher(rnc, 2, &cipher);
		iuplus_radio_announce(ue);
		iuplus_radio_send(ue, (uint8_t)(i % 5), message, sizeof(message), i);
		while ((n = iuplus_radio_next_datagram(ue, buf, sizeof(buf), &cell)) > 0)
			iuplus_radio_receive(rnc, buf, n, i);
		while (iuplus_radio_next_sdu(rnc, &rb, &sdu))
			fuzz_check(sdu.len == sizeof(message), "%zu octets", sdu.len);
		while ((n = iuplus_radio_next_datagram(rnc, buf, sizeof(buf), &cell)) > 0)
			iuplus_radio_receive(ue, buf, n, i);
	}
	iuplus_radio_free(ue);
	iuplus_radio_free(rnc);
}

static void machines_without_memory(void *user)
{
	struct iuplus_rnc_ue *rnc = iuplus_rnc_ue_new(1);
	struct iuplus_ue_rrc *ue = iuplus_ue_rrc_new();

	(void)user;
	iuplus_rnc_ue_free(rnc);
	iuplus_ue_rrc_free(ue);
}

static void iu_without_memory(void *user)
{
	const struct iuplus_iu_callbacks callbacks = { 0 };
	struct iuplus_iu_config config = { .sctp = { .local_ip = "127.0.0.1" }, .point_code = 1, .first_reference = 1 };
	struct iuplus_iu *iu = NULL;
	unsigned i;

	(void)user;
	if (iuplus_iu_open(&iu, &config, &callbacks))
		return;
	iuplus_iu_add_peer(iu, 2, "127.0.0.1", 1, 1);
	iuplus_iu_add_peer(iu, 3, "127.0.0.1", 1, 1);
	iuplus_iu_expect(iu, 4, "127.0.0.1", 0);
	for (i = 0; i < 3 && iuplus_iu_step(iu, 1 + 1000 * i) == 0; i++)
		iuplus_iu_unitdata(iu, 2, (const uint8_t *)"x", 1);
	iuplus_iu_close(iu);
}

static uint64_t seed;

void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));

static void last_words(void)
{
	fprintf(stderr, "repeat with IUPLUS_SEED=%" PRIu64 "\n", seed);
}

static void on_abort(int number)
{
	last_words();
	signal(number, SIG_DFL);
	raise(number);
}

int main(void)
{
	const char *text = getenv("IUPLUS_SEED");
	unsigned long cuts = 0, values = 0;
	struct iuplus_octets encoding;
	struct iuplus_arena arena;
	struct fuzz_random r;
	size_t i, k;

	seed = r.state = text ? strtoull(text, NULL, 0) : (uint64_t)time(NULL);
	if (__sanitizer_set_death_callback)
		__sanitizer_set_death_callback(last_words);
	signal(SIGABRT, on_abort);
	iuplus_arena_init(&arena, 0);
	for (i = 0; i < sizeof(types) / sizeof(*types); i++) {
		struct sample s = { &types[i], iuplus_asn1_find(types[i].protocol, types[i].name), NULL, 0 };

		fuzz_check(s.type, "no type %s", types[i].name);
		for (k = 0; k < VALUES; k++) {
			iuplus_arena_reset(&arena, false);
			if (fuzz_value_encode(s.type, s.pdu->rules, &r, &arena, &encoding) || encoding.len > LONGEST)
				continue;
			s.octets = encoding.data;
			s.len = encoding.len;
			values++;
			cuts += cut(&s);
			allocations += failing_each(codec_without_memory, &s);
		}
	}
	iuplus_arena_free(&arena);
	allocations += failing_each(radio_without_memory, NULL);
	allocations += failing_each(machines_without_memory, NULL);
	allocations += failing_each(iu_without_memory, NULL);
	printf("%lu values cut at %lu bits, %u allocations failed\n", values, cuts, allocations);
	return 0;
}
