/* SPDX-License-Identifier: BSD-2-Clause */
/* Values as JSON, XER and maps of bits: written and read back for real and generated PDUs, and hostile text. */
#include "test/unit/cunit_main.h"

#include <iuplus/asn1_text.h>

#include "src/tool/pdu/pdu.h"
#include "test/unit/per_util.h"
#include "test/unit/seed.h"

#define MOST 400

static struct sample {
	const struct iuplus_asn1_type *type;
	uint8_t octets[2048];
	size_t size;
} samples[MOST];
static unsigned sample_count;
static struct iuplus_arena arena;

static void add(const struct iuplus_asn1_type *type, const char *hex)
{
	struct sample *s = &samples[sample_count];

	if (sample_count == MOST || strlen(hex) > 2 * sizeof(s->octets))
		return;
	s->type = type;
	s->size = per_unhex(hex, s->octets);
	sample_count++;
}

/* The real RANAP PDUs, and the RRC messages of test/vectors. */
static void load(void)
{
	const char *dir = getenv("srcdir");
	char path[512], line[8192];
	FILE *f;

	if (sample_count)
		return;
	iuplus_arena_init(&arena, 64u * 1024 * 1024);
	snprintf(path, sizeof(path), "%s/test/vectors/ranap-pdus.tsv", dir ? dir : ".");
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f)) {
		char *tab = strrchr(line, '\t');

		if (*line != '#' && tab)
			add(iuplus_asn1_find("RANAP", "RANAP-PDU"), tab + 1);
	}
	if (f)
		fclose(f);
	snprintf(path, sizeof(path), "%s/test/vectors/rrc-messages.txt", dir ? dir : ".");
	f = fopen(path, "r");
	while (f && fgets(line, sizeof(line), f)) {
		char dissector[32] = "rrc.";
		size_t n = strcspn(line, " ");

		if (*line == '#' || n > 16)
			continue;
		memcpy(dissector + 4, line, n);
		add(pdu_dissected(dissector, n + 4), line + n + 1);
	}
	if (f)
		fclose(f);
	/* RNSAP's string that contains a RANAP-PDU, alone */
	add(iuplus_asn1_find("RNSAP", "RANAP-EnhancedRelocationInformationRequest"), "60000b40080000010004400142");
	CU_ASSERT_FATAL(sample_count > 60);
}

static void *decoded(const struct sample *s)
{
	void *value;

	iuplus_asn1_decode(s->type, pdu_rules(s->type), s->octets, 8 * s->size, 0, &arena, &value, NULL);
	return value;
}

static bool encodes_to(const struct sample *s, const void *value)
{
	struct iuplus_octets o;

	if (!value || iuplus_asn1_encode(s->type, pdu_rules(s->type), value, 0, &arena, &o, NULL, NULL))
		return false;
	return o.len == s->size && memcmp(o.data, s->octets, s->size) == 0;
}

typedef int writer(FILE *to, const struct iuplus_asn1_type *type, const void *value, struct iuplus_arena *a);

/* The output of a writer; the caller frees it. */
static char *written(writer *w, const struct sample *s, const void *value, size_t *length)
{
	char *text = NULL;
	FILE *f = open_memstream(&text, length);

	CU_ASSERT_FATAL(f != NULL);
	CU_ASSERT(w(f, s->type, value, &arena) == IUPLUS_OK);
	fclose(f);
	return text;
}

static void says(const struct sample *s, const char *what, const struct iuplus_asn1_error *e)
{
	CU_FAIL("a sample reads back differently");
	fprintf(stderr, "  %s, sample %u: %s: %s in %s\n", what, (unsigned)(s - samples), s->type->name,
		e->what ? e->what : "other octets", e->path);
}

static void test_json(void)
{
	struct iuplus_asn1_error e;
	struct iuplus_octets plain;
	unsigned i;

	load();
	for (i = 0; i < sample_count; i++) {
		struct sample *s = &samples[i];
		void *value = decoded(s), *again;
		size_t length;
		char *text;

		if (!encodes_to(s, value)) {
			iuplus_arena_reset(&arena, false);
			continue;
		}
		text = written(pdu_write_json, s, value, &length);
		if (iuplus_asn1_from_json(s->type, text, length, &arena, &again, &e) || !encodes_to(s, again))
			says(s, "JSON", &e);
		free(text);
		CU_ASSERT_FATAL(iuplus_asn1_json(s->type, value, &arena, &plain) == IUPLUS_OK);
		if (iuplus_asn1_from_json(s->type, (const char *)plain.data, plain.len, &arena, &again, &e) ||
		    !encodes_to(s, again))
			says(s, "plain JSON", &e);
		iuplus_arena_reset(&arena, false);
	}
}

static void test_xer(void)
{
	struct iuplus_asn1_error e;
	unsigned i;

	load();
	for (i = 0; i < sample_count; i++) {
		struct sample *s = &samples[i];
		void *value = decoded(s), *again;
		size_t length, used;
		char *text;

		if (!encodes_to(s, value)) {
			iuplus_arena_reset(&arena, false);
			continue;
		}
		text = written(pdu_write_xer, s, value, &length);
		if (iuplus_asn1_from_xer(s->type, text, length, &arena, &again, &used, &e) || !encodes_to(s, again))
			says(s, "XER", &e);
		else
			CU_ASSERT_EQUAL(used + 1, length);
		free(text);
		free(written(pdu_write_text, s, value, &length));
		iuplus_arena_reset(&arena, false);
	}
}

/* The contents of containers are present as values. */
static void test_containers(void)
{
	struct sample *s;
	size_t length;
	char *text;

	load();
	s = &samples[sample_count - 1];
	text = written(pdu_write_json, s, decoded(s), &length);
	CU_ASSERT_PTR_NOT_NULL(strstr(text, "{\"containing\":{\"RANAP-PDU\":{\"initiatingMessage\":"));
	free(text);
	text = written(pdu_write_xer, s, decoded(s), &length);
	CU_ASSERT(strncmp(text, "<RANAP-EnhancedRelocationInformationRequest>\n  <RANAP-PDU>", 50) == 0);
	free(text);
	iuplus_arena_reset(&arena, false);
}

/* Every bit belongs to one field, in order. */
struct cover {
	size_t next;
	bool torn;
};

static void tell(void *user, const struct iuplus_asn1_field *f)
{
	struct cover *c = user;

	c->torn = c->torn || f->at != c->next;
	c->next = f->at + f->bits;
}

/* True if the reader of fields and the decoder treat the octets alike. */
static bool agree(const struct sample *s, size_t bits)
{
	struct iuplus_asn1_error e, f;
	struct cover c = { 0 };
	void *value;
	int rc, map;

	rc = iuplus_asn1_decode(s->type, pdu_rules(s->type), s->octets, bits, 0, &arena, &value, &e);
	map = iuplus_asn1_explain(s->type, pdu_rules(s->type), s->octets, bits, &arena, tell, &c, &f);
	if (c.torn || c.next > bits || (value && map == 0 && c.next != bits)) {
		fprintf(stderr, "  %s: %zu of %zu bits reported%s\n", s->type->name, c.next, bits,
			c.torn ? ", with a gap" : "");
		return false;
	}
	if ((value != NULL) != (map == 0) || (!value && rc != map && rc != IUPLUS_ERR_TRUNCATED)) {
		fprintf(stderr, "  %s: decoder %s in %s at %zu, map %s in %s at %zu\n", s->type->name,
			e.what ? e.what : "good", e.path, e.bit_offset, f.what ? f.what : "good", f.path, f.bit_offset);
		return false;
	}
	return true;
}

static void test_bits(void)
{
	unsigned i;
	size_t n;

	load();
	for (i = 0; i < sample_count; i++) {
		struct sample *s = &samples[i];

		for (n = 0; n <= 8 * s->size; n += n + 64 < 8 * s->size && i % 8 ? 13 : 1) {
			if (!agree(s, n)) {
				CU_FAIL("decoder and map differ");
				fprintf(stderr, "  sample %u cut to %zu bits\n", i, n);
				return;
			}
			iuplus_arena_reset(&arena, false);
		}
	}
}

/* Both reject octets after the value of an open type, except in a message that neither knows. */
static void test_bits_left_over(void)
{
	static const struct {
		const char *hex;
		int rc;
	} given[] = {
		/* an Iu Release Command with its Cause: unchanged; with octets after the Cause, after the message,
		 * after the PDU; with an open type without octets; an unknown procedure */
		{ "00014009000001000440020300", IUPLUS_OK },
		{ "0001400a00000100044003030000", IUPLUS_ERR_SYNTAX },
		{ "0001400b000001000440020300ffff", IUPLUS_ERR_SYNTAX },
		{ "00014009000001000440020300ffff", IUPLUS_OK },
		{ "000140070000010004400000", IUPLUS_ERR_TRUNCATED },
		{ "00634004000001ff", IUPLUS_OK },
	};
	struct sample s = { .type = iuplus_asn1_find("RANAP", "RANAP-PDU") };
	struct iuplus_asn1_error e;
	struct cover c;
	unsigned i;

	load();
	for (i = 0; i < sizeof(given) / sizeof(given[0]); i++) {
		s.size = per_unhex(given[i].hex, s.octets);
		memset(&c, 0, sizeof(c));
		CU_ASSERT_TRUE(agree(&s, 8 * s.size));
		iuplus_asn1_explain(s.type, IUPLUS_ASN1_APER, s.octets, 8 * s.size, &arena, tell, &c, &e);
		if (e.rc != given[i].rc && !(e.rc == IUPLUS_ERR_SYNTAX && given[i].rc == IUPLUS_ERR_TRUNCATED)) {
			CU_FAIL("left-over octets");
			fprintf(stderr, "  %s: %s in %s\n", given[i].hex, e.what ? e.what : "taken", e.path);
		}
		iuplus_arena_reset(&arena, false);
	}
}

static void test_bits_mutated(void)
{
	uint64_t seed = seed_begin(), state = seed;
	unsigned round, i, failures = CU_get_number_of_failure_records();

	load();
	for (round = 0; round < 4000; round++) {
		struct sample s = samples[seed_next(&state) % sample_count];
		unsigned changes = 1 + (unsigned)(seed_next(&state) % 3);

		for (i = 0; i < changes; i++)
			s.octets[seed_next(&state) % s.size] ^= (uint8_t)(1 << seed_next(&state) % 8);
		if (!agree(&s, 8 * s.size)) {
			CU_FAIL("decoder and map differ");
			fprintf(stderr, "  ");
			for (i = 0; i < s.size; i++)
				fprintf(stderr, "%02x", s.octets[i]);
			fputc('\n', stderr);
			break;
		}
		iuplus_arena_reset(&arena, false);
	}
	seed_report(seed, failures);
}

/* Modified text: reading never crashes, and an accepted value encodes or is rejected. */
static void hostile(writer *w, bool json)
{
	static const char pool[] = "{}[]\",:<>/&0123456789abcdefx'-.\\ \n";
	uint64_t seed = seed_begin(), state = seed;
	unsigned round, i, failures = CU_get_number_of_failure_records();

	load();
	for (round = 0; round < 1500; round++) {
		struct sample *s = &samples[seed_next(&state) % sample_count];
		void *value = decoded(s), *again = NULL;
		struct iuplus_octets o;
		struct iuplus_asn1_error e;
		size_t length, n;
		char *text;

		if (!value) {
			iuplus_arena_reset(&arena, false);
			continue;
		}
		text = written(w, s, value, &length);
		for (i = 0; i < 1 + seed_next(&state) % 3; i++) {
			size_t at = seed_next(&state) % length, from = seed_next(&state) % length;

			n = seed_next(&state) % 24;
			switch (seed_next(&state) % 4) {
			case 0:
				text[at] = pool[seed_next(&state) % (sizeof(pool) - 1)];
				break;
			case 1:
				n = n > length - at ? length - at : n;
				memmove(text + at, text + at + n, length - at - n);
				length -= n;
				break;
			case 2:
				n = at + n > length || from + n > length ? 0 : n;
				memmove(text + at, text + from, n);
				break;
			default:
				length = at;
				break;
			}
			if (length == 0)
				break;
		}
		if (json)
			iuplus_asn1_from_json(s->type, text, length, &arena, &again, &e);
		else
			iuplus_asn1_from_xer(s->type, text, length, &arena, &again, NULL, &e);
		CU_ASSERT((again != NULL) == (e.rc == IUPLUS_OK));
		if (again &&
		    iuplus_asn1_encode(s->type, pdu_rules(s->type), again, 0, &arena, &o, NULL, &e) == IUPLUS_OK)
			CU_ASSERT(o.len > 0);
		free(text);
		iuplus_arena_reset(&arena, false);
	}
	seed_report(seed, failures);
}

static void test_json_hostile(void)
{
	hostile(pdu_write_json, true);
}

static void test_xer_hostile(void)
{
	hostile(pdu_write_xer, false);
}

/* One wrong text and the expected error. */
static void refuses(const char *type, const char *text, int rc, const char *path)
{
	const struct iuplus_asn1_type *t = iuplus_asn1_find("RANAP", type);
	struct iuplus_asn1_error e;
	void *value;

	CU_ASSERT_FATAL(t != NULL);
	iuplus_asn1_from_json(t, text, strlen(text), &arena, &value, &e);
	if (e.rc != rc || strcmp(e.path, path) != 0 || value) {
		CU_FAIL("another error");
		fprintf(stderr, "  %s: %s: %d %s in \"%s\"\n", type, text, e.rc, e.what ? e.what : "", e.path);
	}
}

static void test_json_errors(void)
{
	char deep[5000];

	load();
	refuses("Cause", "", IUPLUS_ERR_SYNTAX, "");
	refuses("Cause", "{\"radioNetwork\":1", IUPLUS_ERR_SYNTAX, "");
	refuses("Cause", "{\"radioNetwork\":1,\"radioNetwork\":2}", IUPLUS_ERR_SYNTAX, "");
	refuses("Cause", "{\"radioNetwork\":1}x", IUPLUS_ERR_SYNTAX, "");
	refuses("Cause", "{\"radioNetwork\":01}", IUPLUS_ERR_SYNTAX, "");
	refuses("Cause", "{\"radioNetwork\":1,}", IUPLUS_ERR_SYNTAX, "");
	refuses("Cause", "{\"radioNetwork\":\"\\u0000\"}", IUPLUS_ERR_SYNTAX, "");
	refuses("Cause", "{\"radioNetwork\":\"\\ud83d\"}", IUPLUS_ERR_SYNTAX, "");
	refuses("Cause", "{\"radioNetwork\":\"\\ud83d\\ude00\"}", IUPLUS_ERR_CONSTRAINT, "radioNetwork");
	refuses("Cause", "{\"radioNetwork\":nul}", IUPLUS_ERR_SYNTAX, "");
	refuses("Cause", "{\"radioNetwork\":-}", IUPLUS_ERR_SYNTAX, "");
	refuses("Cause", "{\"radioNetwork\":1e+}", IUPLUS_ERR_SYNTAX, "");
	refuses("Cause", "{\"radio\":1}", IUPLUS_ERR_CONSTRAINT, "");
	refuses("Cause", "{\"radioNetwork\":\"no such cause\"}", IUPLUS_ERR_CONSTRAINT, "radioNetwork");
	refuses("Cause", "{\"radioNetwork\":1.5}", IUPLUS_ERR_CONSTRAINT, "radioNetwork");
	refuses("Cause", "{\"radioNetwork\":99999999999999999999}", IUPLUS_ERR_SYNTAX, "");
	refuses("LAI", "{\"pLMNidentity\":\"52f815\"}", IUPLUS_ERR_MISSING, "lAC");
	refuses("LAI", "{\"pLMNidentity\":\"52f8\",\"lAC\":\"0g\"}", IUPLUS_ERR_CONSTRAINT, "lAC");
	refuses("LAI", "{\"pLMNidentity\":\"52f8\",\"lAC\":\"00c8\",\"more\":0}", IUPLUS_ERR_CONSTRAINT, "");
	refuses("RANAP-PDU", "{\"initiatingMessage\":{\"procedureCode\":0,\"criticality\":\"reject\",\"value\":{}}}",
		IUPLUS_ERR_MISSING, "initiatingMessage.value.rAB-AssignmentRequest.protocolIEs");
	memset(deep, '[', sizeof(deep));
	deep[sizeof(deep) - 1] = '\0';
	refuses("Cause", deep, IUPLUS_ERR_SYNTAX, "");
	iuplus_arena_reset(&arena, false);
}

/* Rarely used forms that JSON allows. */
static void test_json_forms(void)
{
	static const char *const texts[] = { " {\n\t\"radioNetwork\" : 5 } \r\n", "{\"\\u0072adioNetwork\":5}",
					     "{\"radioNetwork\":\"trelocoverall-expiry\"}" };
	const struct iuplus_asn1_type *t = iuplus_asn1_find("RANAP", "Cause");
	struct iuplus_asn1_error e;
	void *value;
	unsigned i;

	load();
	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		if (iuplus_asn1_from_json(t, texts[i], strlen(texts[i]), &arena, &value, &e)) {
			CU_FAIL("JSON is rejected");
			fprintf(stderr, "  %s: %s in \"%s\" at %zu\n", texts[i], e.what, e.path, e.bit_offset);
		}
	}
	iuplus_arena_reset(&arena, false);
}

/* One wrong document and the expected error. */
static void test_xer_errors(void)
{
	static const struct {
		const char *text;
		int rc;
	} given[] = {
		{ "<Cause><radioNetwork>5</radioNetwork></Cause>", IUPLUS_OK },
		{ "<Cause><radioNetwork>99999999999999999999</radioNetwork></Cause>", IUPLUS_ERR_CONSTRAINT },
		{ "<Cause><radioNetwork>\xe9</radioNetwork></Cause>", IUPLUS_ERR_SYNTAX },
		{ "<Cause><radioNetwork/></Cause>", IUPLUS_ERR_CONSTRAINT },
		{ "<Cause><radioNetwork>5</radioNetwork>", IUPLUS_ERR_SYNTAX },
	};
	const struct iuplus_asn1_type *t = iuplus_asn1_find("RANAP", "Cause");
	struct iuplus_asn1_error e;
	void *value;
	unsigned i;

	load();
	for (i = 0; i < sizeof(given) / sizeof(given[0]); i++) {
		iuplus_asn1_from_xer(t, given[i].text, strlen(given[i].text), &arena, &value, NULL, &e);
		if (e.rc != given[i].rc) {
			CU_FAIL("another error");
			fprintf(stderr, "  %s: %d %s in \"%s\"\n", given[i].text, e.rc, e.what ? e.what : "", e.path);
		}
	}
	iuplus_arena_reset(&arena, false);
}

IUPLUS_CUNIT_MAIN("pdu-text", { "JSON written and read back", test_json }, { "XER written and read back", test_xer },
		  { "containers", test_containers },
		  { "the map covers every bit and agrees with the decoder", test_bits },
		  { "and for superfluous octets", test_bits_left_over },
		  { "and for modified octets", test_bits_mutated }, { "errors of JSON", test_json_errors },
		  { "forms of JSON", test_json_forms }, { "errors of XER", test_xer_errors },
		  { "hostile JSON", test_json_hostile }, { "hostile XER", test_xer_hostile })
