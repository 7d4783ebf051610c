/* SPDX-License-Identifier: BSD-2-Clause */
/* memory.c: real messages decoded, encoded, written as JSON and XER, read from both, and explained bit by bit, with
 * every allocation failing in turn and with arenas of every size that is too small. A call either reports the lack of
 * memory or gives its usual result. Part of make check in every build. */
#include "test/fuzz/failing.h"
#include "test/fuzz/fuzz.h"

#include <iuplus/asn1_text.h>
#include <iuplus/ranap.h>
#include <iuplus/rrc.h>
#include "src/tool/pdu/pdu.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 24    /* samples */
#define SIZES 500u /* arenas of one call */
#define ROOM 65536u

struct text {
	size_t len;
	char octets[ROOM];
};

enum { RANAP = -1, OTHER = -2 };

static struct sample {
	const struct iuplus_asn1_type *type;
	enum iuplus_asn1_rules rules;
	int channel; /* of RRC; RANAP or OTHER */
	uint8_t octets[600];
	size_t len;
} samples[MOST];
static unsigned sample_count, lines;
static struct text json, xer;

/* A call; its result, as octets or text, is written to result. */
typedef int call(const struct sample *s, struct iuplus_arena *arena, struct text *result);

static void put(struct text *t, const void *data, size_t len)
{
	fuzz_check(len <= sizeof(t->octets), "%zu octets", len);
	memcpy(t->octets, data, len);
	t->len = len;
}

static int encoded(const struct sample *s, const void *value, struct iuplus_arena *arena, struct text *result)
{
	struct iuplus_octets out;
	int rc = iuplus_asn1_encode(s->type, s->rules, value, 0, arena, &out, NULL, NULL);

	if (!rc)
		put(result, out.data, out.len);
	return rc;
}

static int decoded(const struct sample *s, struct iuplus_arena *arena, void **value)
{
	int rc = iuplus_asn1_decode(s->type, s->rules, s->octets, 8 * s->len, 0, arena, value, NULL);

	return *value ? IUPLUS_OK : rc;
}

static int codec(const struct sample *s, struct iuplus_arena *arena, struct text *result)
{
	void *value;
	int rc = decoded(s, arena, &value);

	return rc ? rc : encoded(s, value, arena, result);
}

static int to_json(const struct sample *s, struct iuplus_arena *arena, struct text *result)
{
	struct iuplus_octets out;
	void *value;
	int rc = decoded(s, arena, &value);

	if (!rc)
		rc = iuplus_asn1_json(s->type, value, arena, &out);
	if (!rc)
		put(result, out.data, out.len);
	return rc;
}

/* The stream is opened once: its memory is not that of the writers. */
static int write_text(const struct sample *s, struct iuplus_arena *arena, struct text *result,
		      int (*writer)(FILE *, const struct iuplus_asn1_type *, const void *, struct iuplus_arena *))
{
	static char buffer[ROOM];
	static FILE *f;
	void *value;
	int rc = decoded(s, arena, &value);

	if (rc)
		return rc;
	if (!f)
		f = fmemopen(buffer, sizeof(buffer), "w");
	fuzz_check(f, "no stream");
	rewind(f);
	rc = writer(f, s->type, value, arena);
	fflush(f);
	if (!rc)
		put(result, buffer, (size_t)ftell(f));
	return rc;
}

static int walk_json(const struct sample *s, struct iuplus_arena *arena, struct text *result)
{
	return write_text(s, arena, result, pdu_write_json);
}

static int walk_xer(const struct sample *s, struct iuplus_arena *arena, struct text *result)
{
	return write_text(s, arena, result, pdu_write_xer);
}

static int from_json(const struct sample *s, struct iuplus_arena *arena, struct text *result)
{
	void *value;
	int rc = iuplus_asn1_from_json(s->type, json.octets, json.len, arena, &value, NULL);

	return rc ? rc : encoded(s, value, arena, result);
}

static int from_xer(const struct sample *s, struct iuplus_arena *arena, struct text *result)
{
	void *value;
	int rc = iuplus_asn1_from_xer(s->type, xer.octets, xer.len, arena, &value, NULL, NULL);

	return rc ? rc : encoded(s, value, arena, result);
}

static void tell(void *user, const struct iuplus_asn1_field *f)
{
	struct text *t = user;
	int n = snprintf(t->octets + t->len, sizeof(t->octets) - t->len, "%zu %zu %s %s\n", f->at, f->bits, f->what,
			 f->text);

	if (n > 0 && (size_t)n < sizeof(t->octets) - t->len)
		t->len += (size_t)n;
}

static int explain(const struct sample *s, struct iuplus_arena *arena, struct text *result)
{
	result->len = 0;
	return iuplus_asn1_explain(s->type, s->rules, s->octets, 8 * s->len, arena, tell, result, NULL);
}

static int typed(const struct sample *s, struct iuplus_arena *arena, struct text *result)
{
	const struct iuplus_octets in = { s->octets, s->len };
	struct iuplus_octets out;
	int rc;

	result->len = 0;
	if (s->channel == OTHER)
		return IUPLUS_OK;
	if (s->channel == RANAP) {
		struct iuplus_ranap_problem problem;
		struct iuplus_ranap_msg msg;

		rc = iuplus_ranap_decode(in, 0, arena, &msg, &problem);
		if (!rc)
			rc = iuplus_ranap_encode(&msg, 0, arena, &out);
	} else {
		struct iuplus_rrc_error error;
		struct iuplus_rrc_msg msg;

		rc = iuplus_rrc_decode((enum iuplus_rrc_channel)s->channel, in, 0, arena, &msg, &error);
		if (!rc)
			rc = iuplus_rrc_encode(&msg, 0, arena, &out, &error);
	}
	if (!rc)
		put(result, out.data, out.len);
	return rc;
}

static const struct {
	const char *name;
	call *call;
} calls[] = {
	{ "decode and encode", codec },    { "JSON", to_json },
	{ "JSON of the tool", walk_json }, { "XER", walk_xer },
	{ "from JSON", from_json },        { "from XER", from_xer },
	{ "bit by bit", explain },         { "struct", typed },
};

struct attempt {
	const struct sample *sample;
	size_t call, limit;
	struct text *expected, *got;
	int expected_rc;
	bool short_of_memory;
};

static void attempt(struct attempt *a, bool limited)
{
	struct iuplus_arena arena;
	int rc;

	iuplus_arena_init(&arena, a->limit);
	rc = calls[a->call].call(a->sample, &arena, a->got);
	iuplus_arena_free(&arena);
	a->short_of_memory = rc == IUPLUS_ERR_MEMORY;
	if (a->short_of_memory && (limited || failing_hit()))
		return;
	fuzz_check(rc == a->expected_rc, "%s of %s with little memory (%zu): %d, else %d", calls[a->call].name,
		   a->sample->type->name, a->limit, rc, a->expected_rc);
	fuzz_check(rc || (a->got->len == a->expected->len &&
			  memcmp(a->got->octets, a->expected->octets, a->got->len) == 0),
		   "%s of %s with little memory (%zu) gives something else", calls[a->call].name, a->sample->type->name,
		   a->limit);
}

static void unlimited(void *user)
{
	attempt(user, false);
}

/* Returns how many octets of an arena a call needs, at most 8 more. */
static size_t need(struct attempt *a)
{
	size_t low = 8, high = ROOM * 64;

	while (high - low > 8) {
		a->limit = (low + high) / 2;
		attempt(a, true);
		if (a->short_of_memory)
			low = a->limit;
		else
			high = a->limit;
	}
	return high;
}

static unsigned long failed, limits;

static void suffer(const struct sample *s, size_t i)
{
	static struct text expected, got;
	struct attempt a = { .sample = s, .call = i, .expected = &expected, .got = &got };
	struct iuplus_arena arena;
	unsigned long held;
	size_t most, step;

	iuplus_arena_init(&arena, 0);
	a.expected_rc = calls[i].call(s, &arena, &expected);
	iuplus_arena_free(&arena);
	held = failing_held();
	failed += failing_each(unlimited, &a);
	most = need(&a);
	step = most / SIZES / 8 * 8 + 8;
	for (a.limit = 8; a.limit < most; a.limit += step, limits++)
		attempt(&a, true);
	fuzz_check(failing_held() == held, "%s of %s: %lu allocations held, %lu before", calls[i].name, s->type->name,
		   failing_held(), held);
}

/* Selects one message out of a number of lines of a file. */
static void keep(void *user, const uint8_t *data, size_t len)
{
	struct sample *s = &samples[sample_count];
	int channel = *(const int *)user;

	if (lines++ % (channel == RANAP ? 3 : 5) || len > sizeof(s->octets) || sample_count == MOST)
		return;
	s->channel = channel;
	s->rules = channel < 0 ? IUPLUS_ASN1_APER : IUPLUS_ASN1_UPER;
	memcpy(s->octets, data, len);
	s->len = len;
	sample_count++;
}

/* Strings that contain encodings. */
static void load_containers(void)
{
	static const struct {
		const char *protocol, *name;
		uint8_t octets[40];
		size_t len;
	} given[] = {
		{ "RANAP",
		  "SourceRNC-ToTargetRNC-TransparentContainer",
		  { 0x00, 0x00, 0x0e, 0x00, 0x62, 0xcf, 0x29, 0xc8, 0x5f, 0x5d, 0x6f, 0x51, 0xf4, 0xe0, 0x44, 0xdb,
		    0x48, 0x80 },
		  18 },
		{ "RANAP",
		  "SourceRNC-ToTargetRNC-TransparentContainer",
		  { 0x45, 0xc0, 0x01, 0xc0, 0xa1, 0xf0, 0x0f, 0xff, 0xff, 0xc0, 0x0f, 0xff, 0xff,
		    0xff, 0x03, 0x10, 0x08, 0x00, 0x48, 0x84, 0x00, 0x2c, 0x0b, 0x5a, 0x00, 0x00,
		    0x08, 0x00, 0x00, 0x00, 0xa0, 0xb3, 0x01, 0xe0, 0x00, 0x09, 0xf0, 0x80, 0x11 },
		  39 },
		{ "RNSAP",
		  "RANAP-EnhancedRelocationInformationRequest",
		  { 0x60, 0x00, 0x0b, 0x40, 0x08, 0x00, 0x00, 0x01, 0x00, 0x04, 0x40, 0x01, 0x42 },
		  13 },
	};
	size_t i;

	for (i = 0; i < sizeof(given) / sizeof(*given); i++) {
		struct sample *s = &samples[sample_count++];

		s->type = iuplus_asn1_find(given[i].protocol, given[i].name);
		s->channel = OTHER;
		memcpy(s->octets, given[i].octets, given[i].len);
		s->len = given[i].len;
	}
}

static void load(void)
{
	static const char *const words[] = { "ul.ccch", "dl.ccch", "ul.dcch", "dl.dcch" };
	static const char *const names[] = { "UL-CCCH-Message", "DL-CCCH-Message", "UL-DCCH-Message",
					     "DL-DCCH-Message" };
	unsigned first = sample_count;
	int i = RANAP;

	fuzz_seed_file("test/vectors/ranap-pdus.tsv", NULL, NULL, 0, keep, &i);
	for (; first < sample_count; first++)
		samples[first].type = iuplus_asn1_find("RANAP", "RANAP-PDU");
	for (i = 0; i < 4; i++) {
		fuzz_seed_file("test/vectors/rrc-messages.txt", words[i], NULL, 0, keep, &i);
		for (; first < sample_count; first++)
			samples[first].type = iuplus_asn1_find("RRC", names[i]);
	}
	fuzz_check(sample_count > 8, "%u samples", sample_count);
}

int main(void)
{
	struct iuplus_arena arena;
	size_t i;
	unsigned n;

	json_set_alloc_funcs(malloc, free);
	load_containers();
	load();
	iuplus_arena_init(&arena, 0);
	for (n = 0; n < sample_count; n++) {
		int rc = to_json(&samples[n], &arena, &json);

		if (!rc)
			rc = walk_xer(&samples[n], &arena, &xer);
		fuzz_check(rc == IUPLUS_OK, "sample %u: %d", n, rc);
		iuplus_arena_reset(&arena, false);
		for (i = 0; i < sizeof(calls) / sizeof(*calls); i++)
			suffer(&samples[n], i);
	}
	iuplus_arena_free(&arena);
	printf("%u messages, %lu allocations failed, %lu arenas too small\n", sample_count, failed, limits);
	return 0;
}
