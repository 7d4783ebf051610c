/* SPDX-License-Identifier: BSD-2-Clause */
/* target_text.c: values as text, and the reader that explains an encoding field by field. */
#include "test/fuzz/fuzz.h"

#include <iuplus/asn1_text.h>

#include <string.h>

static const struct {
	const char *protocol, *name;
	enum iuplus_asn1_rules rules;
} types[] = {
	{ "RANAP", "RANAP-PDU", IUPLUS_ASN1_APER },
	{ "RNSAP", "RNSAP-PDU", IUPLUS_ASN1_APER },
	{ "RRC", "UL-DCCH-Message", IUPLUS_ASN1_UPER },
	{ "RRC", "DL-DCCH-Message", IUPLUS_ASN1_UPER },
	{ "RRC", "UL-CCCH-Message", IUPLUS_ASN1_UPER },
	{ "RRC", "DL-CCCH-Message", IUPLUS_ASN1_UPER },
	{ "RRC", "ToTargetRNC-Container", IUPLUS_ASN1_UPER },
	{ "RANAP", "SourceRNC-ToTargetRNC-TransparentContainer", IUPLUS_ASN1_APER },
};
#define TYPES (sizeof(types) / sizeof(*types))

static const struct iuplus_asn1_type *find(size_t i)
{
	return iuplus_asn1_find(types[i].protocol, types[i].name);
}

static bool same(const struct iuplus_octets *a, const struct iuplus_octets *b)
{
	return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}

/* Octet 0: bits 7 to 1 the type, bit 0: XER, otherwise JSON; then the text. A value that is read and encodes is read
 * back from its own text. */
static void text_run(const uint8_t *data, size_t len)
{
	struct iuplus_arena *arena = fuzz_arena(0);
	const struct iuplus_asn1_type *type;
	struct iuplus_asn1_error error;
	struct iuplus_octets first, second, text;
	enum iuplus_asn1_rules rules;
	const char *in;
	size_t used = 0;
	void *value;
	int rc;

	if (len == 0)
		return;
	type = find((data[0] >> 1) % TYPES);
	rules = types[(data[0] >> 1) % TYPES].rules;
	in = (const char *)fuzz_tight(data + 1, len - 1);
	rc = data[0] & 1 ? iuplus_asn1_from_xer(type, in, len - 1, arena, &value, &used, &error) :
			   iuplus_asn1_from_json(type, in, len - 1, arena, &value, &error);
	fuzz_check(rc <= 0 && rc != IUPLUS_ERR_ARGUMENT && used < len, "%d, %zu of %zu octets", rc, used, len - 1);
	fuzz_check(memchr(error.path, 0, sizeof(error.path)), "the path ends");
	if (rc)
		return;
	if (iuplus_asn1_encode(type, rules, value, 0, arena, &first, NULL, NULL))
		return;
	rc = iuplus_asn1_decode(type, rules, first.data, 8 * first.len, 0, arena, &value, &error);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	fuzz_check(value, "its encoding decodes with %d: %s at %s", rc, error.what, error.path);
	rc = iuplus_asn1_json(type, value, arena, &text);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	fuzz_check(rc == IUPLUS_OK, "JSON: %d", rc);
	rc = iuplus_asn1_from_json(type, (const char *)text.data, text.len, arena, &value, &error);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	fuzz_check(rc == IUPLUS_OK, "its own JSON is rejected with %d: %s at %s\n%.1000s", rc, error.what, error.path,
		   (const char *)text.data);
	rc = iuplus_asn1_encode(type, rules, value, 0, arena, &second, NULL, NULL);
	fuzz_check(rc == IUPLUS_ERR_MEMORY || (rc == IUPLUS_OK && same(&first, &second)), "it changes (%d)\n%.1000s",
		   rc, (const char *)text.data);
}

static void text_seeds(struct fuzz_random *r, unsigned count, fuzz_add *add, void *user)
{
	static const char *const xer[] = {
		"<RANAP-PDU><initiatingMessage><procedureCode>20</procedureCode><criticality><ignore/>"
		"</criticality></initiatingMessage></RANAP-PDU>",
		"<UL-DCCH-Message><message><rrcStatus/></message></UL-DCCH-Message>"
	};
	struct iuplus_octets encoding, text;
	void *value;
	uint8_t *octets, buf[512];
	size_t i;

	for (i = 0; i < 2; i++) {
		buf[0] = (uint8_t)(4 * i + 1);
		memcpy(buf + 1, xer[i], strlen(xer[i]));
		add(user, buf, 1 + strlen(xer[i]));
	}
	for (i = 0; i < TYPES * count; i++) {
		struct iuplus_arena *arena = fuzz_arena(0);

		if (fuzz_value_encode(find(i % TYPES), types[i % TYPES].rules, r, arena, &encoding))
			continue;
		iuplus_asn1_decode(find(i % TYPES), types[i % TYPES].rules, encoding.data, 8 * encoding.len, 0, arena,
				   &value, NULL);
		if (!value || iuplus_asn1_json(find(i % TYPES), value, arena, &text))
			continue;
		octets = iuplus_arena_alloc(arena, text.len + 1);
		if (!octets)
			continue;
		octets[0] = (uint8_t)(i % TYPES << 1);
		memcpy(octets + 1, text.data, text.len);
		add(user, octets, text.len + 1);
	}
}

/* Replaces the text between two quotes, or a number. */
static size_t text_mutate(uint8_t *data, size_t len, size_t max, struct fuzz_random *r)
{
	static const char *const words[] = {
		"0",
		"-1",
		"1e400",
		"18446744073709551616",
		"null",
		"true",
		"{}",
		"[]",
		"\"\"",
		"\"ff\"",
		"\"b'01\"",
		"{\"$open\":\"00\"}",
		"{\"containing\":{}}",
		"\"\\u0000\"",
		"</a>",
		"<a/>",
		"&#1;",
		"[[[[[[[[[[[[[[[["
	};
	const char *word = words[fuzz_below(r, sizeof(words) / sizeof(*words))];
	size_t n = strlen(word), at, end;

	if (len < 4)
		return 0;
	at = 1 + fuzz_below(r, len - 1);
	for (end = at; end < len && !strchr(",:{}[]<>", data[end]); end++)
		;
	while (at > 1 && !strchr(",:{}[]<>", data[at - 1]))
		at--;
	if (len - (end - at) + n > max)
		return 0;
	memmove(data + at + n, data + end, len - end);
	memcpy(data + at, word, n);
	return len - (end - at) + n;
}

/* ---- field by field ---- */

struct told {
	size_t bits;
};

static void tell(void *user, const struct iuplus_asn1_field *field)
{
	struct told *t = user;

	fuzz_check(field->path && field->what && field->text, "a field has no text");
	t->bits += field->bits;
}

/* True if two errors are of the same kind. Truncation may be detected before or after another fault. */
static bool alike(const struct iuplus_asn1_error *decoded, const struct iuplus_asn1_error *explained)
{
	return decoded->rc == explained->rc || decoded->rc == IUPLUS_ERR_TRUNCATED;
}

/* As target_per.c: octet 0 selects, then an encoding. The decoder and the reader by fields accept the same octets,
 * reject the others for the same reason, and every bit is reported once. */
static void explain_run(const uint8_t *data, size_t len)
{
	struct iuplus_arena *arena = fuzz_arena(0);
	struct iuplus_asn1_error decoded, explained;
	const struct iuplus_asn1_type *type;
	struct told t = { 0 };
	const uint8_t *in;
	size_t which;
	void *value;
	int rc;

	if (len == 0)
		return;
	which = (data[0] >> 1) % TYPES;
	type = find(which);
	in = fuzz_tight(data + 1, len - 1);
	rc = iuplus_asn1_decode(type, types[which].rules, in, 8 * (len - 1), 0, arena, &value, &decoded);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	rc = iuplus_asn1_explain(type, types[which].rules, in, 8 * (len - 1), fuzz_arena(1), tell, &t, &explained);
	fuzz_check(rc <= 0 && rc != IUPLUS_ERR_ARGUMENT, "%d", rc);
	if (rc == IUPLUS_ERR_MEMORY)
		return;
	if (!value) {
		fuzz_check(alike(&decoded, &explained),
			   "the decoder returns %d (%s at %s, %zu), the reader %d (%s at %s, %zu)", decoded.rc,
			   decoded.what, decoded.path, decoded.bit_offset, rc, explained.what ? explained.what : "",
			   explained.path, explained.bit_offset);
		return;
	}
	fuzz_check(rc == IUPLUS_OK, "the decoder accepts it, the reader returns %d (%s at %s, %zu)", rc, explained.what,
		   explained.path, explained.bit_offset);
	fuzz_check(t.bits == 8 * (len - 1), "%zu of %zu bits reported", t.bits, 8 * (len - 1));
	fuzz_check(explained.bits == decoded.bits && explained.procedure == decoded.procedure,
		   "%zu and %zu bits of procedures %ld and %ld", decoded.bits, explained.bits, decoded.procedure,
		   explained.procedure);
}

static void explain_seeds(struct fuzz_random *r, unsigned count, fuzz_add *add, void *user)
{
	struct iuplus_octets encoding;
	uint8_t *octets;
	size_t i;

	for (i = 0; i < TYPES * count; i++) {
		struct iuplus_arena *arena = fuzz_arena(0);

		if (fuzz_value_encode(find(i % TYPES), types[i % TYPES].rules, r, arena, &encoding))
			continue;
		octets = iuplus_arena_alloc(arena, encoding.len + 1);
		if (!octets)
			continue;
		octets[0] = (uint8_t)(i % TYPES << 1);
		memcpy(octets + 1, encoding.data, encoding.len);
		add(user, octets, encoding.len + 1);
	}
	fuzz_seeds_ranap(add, user);
	fuzz_seeds_rrc(2, 3, add, user);
	fuzz_seeds_srns_info(6, add, user);
}

static size_t explain_mutate(uint8_t *data, size_t len, size_t max, struct fuzz_random *r)
{
	struct iuplus_octets encoding;
	size_t which = len ? (data[0] >> 1) % TYPES : 0;

	if (len < 2 ||
	    fuzz_value_mutate(find(which), types[which].rules, data + 1, len - 1, r, fuzz_arena(0), &encoding) ||
	    encoding.len + 1 > max)
		return 0;
	memcpy(data + 1, encoding.data, encoding.len);
	return encoding.len + 1;
}

const struct fuzz_target fuzz_text = { "text", text_run, text_seeds, text_mutate };
const struct fuzz_target fuzz_explain = { "explain", explain_run, explain_seeds, explain_mutate };
