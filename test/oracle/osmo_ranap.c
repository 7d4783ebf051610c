/* SPDX-License-Identifier: BSD-2-Clause */
/* osmo_ranap < lines of hex
 * Decodes each RANAP-PDU with libosmo-ranap and prints a line of JSON:
 * 	{"message":NAME,"ies":{ID:VALUE,...},"again":HEX}
 * with values in the format of per_json, read from the library's own structs. "again" is the library's encoding of
 * these structs, after it has decoded and encoded every open type inside ("" if it cannot; missing if that would crash
 * it). A message that it cannot decode is {"error":WHY}. An open type of an id for which the library has no type is
 * {"$open":HEX}, one that it cannot decode {"$failed":HEX}, a string that it reads from the wrong place
 * {"$unaligned":HEX}. */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>
#include <osmocom/core/msgb.h>
#include <osmocom/core/talloc.h>
#include <osmocom/ranap/ranap_common.h>

#include <ANY.h>
#include <BIT_STRING.h>
#include <BOOLEAN.h>
#include <INTEGER.h>
#include <NULL.h>
#include <NativeEnumerated.h>
#include <NativeInteger.h>
#include <OCTET_STRING.h>
#include <constr_CHOICE.h>
#include <constr_SEQUENCE.h>
#include <constr_SEQUENCE_OF.h>

#define LONGEST (512u * 1024)

enum role { ROLE_TYPE, ROLE_EXTENSION, ROLE_FIRST, ROLE_SECOND };

/* The type in an open type, by the id next to it. */
struct open_type {
	long id;
	enum role role;
	asn_TYPE_descriptor_t *type;
};

/* A member of a message's struct; mask is its bit in presenceMask, 0 for one that is always present. Two members of one
 * type share the name of the mask, and so the bit of one of them (shared): the other is present unless it is all
 * zeros. */
struct ie {
	long id;
	asn_TYPE_descriptor_t *type;
	size_t offset, size;
	unsigned mask;
	bool shared;
};

typedef struct msgb *generate_f(e_RANAP_ProcedureCode, RANAP_Criticality_t, asn_TYPE_descriptor_t *, void *);

struct message {
	RANAP_RANAP_PDU_PR kind;
	long code;
	const char *name;
	const struct ie *ies;
	unsigned ie_count;
	unsigned masked; /* presenceMask is the struct's first member */
	asn_TYPE_descriptor_t *type;
	generate_f *generate;
	int (*decode)(void *ies, ANY_t *value);
	int (*encode)(void *message, void *ies);
	int (*release)(void *ies);
};

#define FUNCTIONS(lower, Type, Struct) \
	static int decode_##lower(void *ies, ANY_t *value) \
	{ \
		return ranap_decode_##lower(ies, value); \
	} \
	static int encode_##lower(void *message, void *ies) \
	{ \
		return ranap_encode_##lower(message, ies); \
	} \
	static int free_##lower(void *ies) \
	{ \
		return ranap_free_##lower(ies); \
	} \
	_Static_assert(sizeof(Struct##_t) <= LONGEST, "room for " #Struct);

#include "test/oracle/osmo_tables.h"

static char line[2 * LONGEST + 8];
static uint8_t octets[LONGEST];
static union { /* the struct of a message */
	max_align_t aligned;
	uint8_t room[LONGEST];
} ies;

static bool in_extensions; /* the current open types are those of iE-Extensions */
static bool beyond;        /* an alternative after the extension marker of a CHOICE: the library's encoder crashes */

static void value_of(asn_TYPE_descriptor_t *td, const asn_per_constraints_t *c, const void *value);

static void hex(const uint8_t *p, size_t n)
{
	size_t i;

	putchar('"');
	for (i = 0; i < n; i++)
		printf("%02x", p[i]);
	putchar('"');
}

static void bit_string(const BIT_STRING_t *s)
{
	size_t bits = 8 * (size_t)s->size - (size_t)s->bits_unused, i;

	if (bits % 8 == 0) {
		hex(s->buf, (size_t)s->size);
		return;
	}
	fputs("\"b'", stdout);
	for (i = 0; i < bits; i++)
		putchar('0' + (s->buf[i / 8] >> (7 - i % 8) & 1));
	putchar('"');
}

static void integer(const INTEGER_t *s)
{
	int64_t v = s->size && s->buf[0] & 128 ? -1 : 0;
	int i;

	for (i = 0; i < s->size; i++)
		v = (int64_t)((uint64_t)v << 8 | s->buf[i]);
	printf("%" PRId64, v);
}

static void enumerated(const asn_TYPE_descriptor_t *td, long v)
{
	asn_INTEGER_specifics_t *names = td->specifics;
	const asn_INTEGER_enum_map_t *name = INTEGER_map_value2enum(names, v);

	if (name)
		printf("\"%s\"", name->enum_name);
	else
		fputs("null", stdout);
}

/* The type of an open type: NULL if the library has none. */
static asn_TYPE_descriptor_t *type_of(long id, const char *member)
{
	enum role role = in_extensions ? ROLE_EXTENSION : ROLE_TYPE;
	size_t i;

	if (strcmp(member, "firstValue") == 0)
		role = ROLE_FIRST;
	else if (strcmp(member, "secondValue") == 0)
		role = ROLE_SECOND;

	for (i = 0; i < sizeof(open_types) / sizeof(open_types[0]); i++) {
		if (open_types[i].id == id && open_types[i].role == role)
			return open_types[i].type;
	}
	return NULL;
}

/* An open type: prints its value, and replaces its octets by the library's encoding of the value. */
static void open_type(ANY_t *any, long id, const char *member)
{
	asn_TYPE_descriptor_t *td = type_of(id, member);
	bool outer = in_extensions, outer_beyond = beyond;
	void *value = NULL;

	in_extensions = beyond = false;

	if (td && ANY_to_type_aper(any, td, &value) == 0 && value) {
		value_of(td, NULL, value);
		/* the library cannot encode BOOLEAN: then the octets are kept */
		if (!beyond)
			ANY_fromType_aper(any, td, value);
	} else {
		fputs(td ? "{\"$failed\":" : "{\"$open\":", stdout);
		hex(any->buf, (size_t)any->size);
		putchar('}');
	}
	if (value)
		ASN_STRUCT_FREE(*td, value);
	in_extensions = outer;
	beyond = outer_beyond;
}

static const void *member_of(const asn_TYPE_member_t *m, const void *value)
{
	const void *p = (const uint8_t *)value + m->memb_offset;

	return m->flags & ATF_POINTER ? *(const void *const *)p : p;
}

static void sequence(const asn_TYPE_descriptor_t *td, const void *value)
{
	const char *comma = "";
	bool outer = in_extensions;
	long id = -1;
	int i;

	putchar('{');
	for (i = 0; i < td->elements_count; i++) {
		const asn_TYPE_member_t *m = &td->elements[i];
		const void *p = member_of(m, value);

		if (!p)
			continue;
		printf("%s\"%s\":", comma, m->name);
		comma = ",";
		if (strcmp(m->name, "id") == 0)
			id = *(const long *)p;
		in_extensions = in_extensions || strcmp(m->name, "iE-Extensions") == 0;
		if (m->type == &asn_DEF_ANY)
			open_type((ANY_t *)(uintptr_t)p, id, m->name);
		else
			value_of(m->type, m->per_constraints, p);
		in_extensions = outer;
	}
	putchar('}');
}

static void choice(const asn_TYPE_descriptor_t *td, const void *value)
{
	const asn_CHOICE_specifics_t *s = td->specifics;
	const asn_TYPE_member_t *m;
	unsigned present = 0;

	memcpy(&present, (const uint8_t *)value + s->pres_offset, sizeof(present));
	if (present == 0 || present > (unsigned)td->elements_count) {
		fputs("null", stdout);
		return;
	}
	beyond = beyond || (s->ext_start >= 0 && present > (unsigned)s->ext_start);
	printf("{\"%s\":", td->elements[present - 1].name);
	m = &td->elements[present - 1];
	value_of(m->type, m->per_constraints, member_of(m, value));
	putchar('}');
}

static void list(const asn_TYPE_descriptor_t *td, const void *value)
{
	const asn_anonymous_set_ *l = value;
	int i;

	putchar('[');
	for (i = 0; i < l->count; i++) {
		fputs(i ? "," : "", stdout);
		value_of(td->elements[0].type, td->elements[0].per_constraints, l->array[i]);
	}
	putchar(']');
}

/* Strings of variable size with two octets or fewer: the library does not align them (X.691, 16.11 and 17.8), and reads
 * the rest of the open type from the wrong place. */
static bool unaligned(const asn_per_constraints_t *c, const OCTET_STRING_t *s)
{
	return c && c->size.flags & APC_CONSTRAINED && c->size.lower_bound != c->size.upper_bound && s->size <= 2;
}

/* The print function of a type identifies its kind; c are constraints of a member, NULL for those of the type. */
static void value_of(asn_TYPE_descriptor_t *td, const asn_per_constraints_t *c, const void *value)
{
	asn_struct_print_f *print = td->print_struct;
	asn_INTEGER_specifics_t *number = td->specifics; /* of a NativeInteger */
	bool wrong = (print == BIT_STRING_print || print == OCTET_STRING_print) &&
		     unaligned(c ? c : td->per_constraints, value);

	fputs(wrong ? "{\"$unaligned\":" : "", stdout);
	if (print == SEQUENCE_print)
		sequence(td, value);
	else if (print == CHOICE_print)
		choice(td, value);
	else if (print == SEQUENCE_OF_print)
		list(td, value);
	else if (print == BIT_STRING_print)
		bit_string(value);
	else if (print == OCTET_STRING_print)
		hex(((const OCTET_STRING_t *)value)->buf, (size_t)((const OCTET_STRING_t *)value)->size);
	else if (print == NativeEnumerated_print)
		enumerated(td, *(const long *)value);
	else if (print == NativeInteger_print && number && number->field_unsigned)
		printf("%lu", *(const unsigned long *)value);
	else if (print == NativeInteger_print)
		printf("%ld", *(const long *)value);
	else if (print == INTEGER_print)
		integer(value);
	else if (print == BOOLEAN_print)
		fputs(*(const BOOLEAN_t *)value ? "true" : "false", stdout);
	else if (print == NULL_print)
		fputs("null", stdout);
	else
		printf("\"no such kind: %s\"", td->name);
	fputs(wrong ? "}" : "", stdout);
}

/* The first three members are the same in all four kinds. */
static const struct message *find(RANAP_RANAP_PDU_t *p)
{
	size_t i;

	for (i = 0; i < sizeof(messages) / sizeof(messages[0]); i++) {
		if (messages[i].kind == p->present && messages[i].code == p->choice.initiatingMessage.procedureCode)
			return &messages[i];
	}
	return NULL;
}

static bool present(const struct message *m, const struct ie *ie)
{
	uint16_t mask = 0;
	size_t i;

	if (m->masked)
		memcpy(&mask, ies.room, sizeof(mask));
	if (!ie->shared)
		return ie->mask == 0 || mask & ie->mask;
	for (i = 0; i < ie->size && ies.room[ie->offset + i] == 0; i++)
		;
	return i < ie->size;
}

static void encode(const struct message *m, RANAP_Criticality_t criticality)
{
	static union {
		max_align_t aligned;
		uint8_t room[4096];
	} out;
	struct msgb *msg = NULL;

	memset(&out, 0, sizeof(out));
	if (m->encode(&out, &ies) >= 0)
		msg = m->generate(m->code, criticality, m->type, &out);
	ASN_STRUCT_FREE_CONTENTS_ONLY(*m->type, &out);
	if (msg) {
		hex(msgb_data(msg), msgb_length(msg));
		msgb_free(msg);
	} else {
		fputs("\"\"", stdout);
	}
}

static void judge(size_t length)
{
	RANAP_RANAP_PDU_t tree, *p = &tree;
	const struct message *m = NULL;
	const char *comma = "";
	asn_dec_rval_t rval;
	unsigned i;

	memset(&tree, 0, sizeof(tree));
	rval = aper_decode(NULL, &asn_DEF_RANAP_RANAP_PDU, (void **)&p, octets, length, 0, 0);
	if (rval.code == RC_OK)
		m = find(p);
	memset(&ies, 0, sizeof(ies));
	beyond = false;
	if (rval.code != RC_OK) {
		puts("{\"error\":\"pdu\"}");
	} else if (!m) {
		puts("{\"error\":\"message\"}");
	} else if (m->decode(&ies, &p->choice.initiatingMessage.value) < 0) {
		puts("{\"error\":\"ies\"}");
	} else {
		printf("{\"message\":\"%s\",\"ies\":{", m->name);
		for (i = 0; i < m->ie_count; i++) {
			if (!present(m, &m->ies[i]))
				continue;
			printf("%s\"%ld\":", comma, m->ies[i].id);
			value_of(m->ies[i].type, NULL, ies.room + m->ies[i].offset);
			comma = ",";
		}
		putchar('}');
		if (!beyond) {
			fputs(",\"again\":", stdout);
			encode(m, p->choice.initiatingMessage.criticality);
		}
		puts("}");
		m->release(&ies);
	}
	ASN_STRUCT_FREE_CONTENTS_ONLY(asn_DEF_RANAP_RANAP_PDU, p);
}

/* The octets of a line; returns their number, or -1. */
static long unhex(const char *s)
{
	unsigned octet;
	long n = 0;

	for (; s[0] && s[1] && sscanf(s, "%2x", &octet) == 1; s += 2)
		octets[n++] = (uint8_t)octet;
	return *s == '\0' ? n : -1;
}

int main(void)
{
	static const struct log_info_cat categories[1] = { { .name = "RANAP", .enabled = 0 } };
	static const struct log_info info = { .cat = categories, .num_cat = 1 };

	osmo_init_logging2(NULL, &info);
	log_target_destroy(osmo_stderr_target);
	ranap_set_log_area(0);
	while (fgets(line, sizeof(line), stdin)) {
		long n;

		line[strcspn(line, "\r\n")] = '\0';
		n = unhex(line);
		if (n < 0) {
			fputs("osmo_ranap: not hex\n", stderr);
			return 65;
		}
		judge((size_t)n);
		fflush(stdout); /* flush first, so that the caller knows the answered lines if the library aborts */
	}
	return 0;
}
