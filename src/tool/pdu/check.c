/* SPDX-License-Identifier: BSD-2-Clause */
/* check.c: decode, presence, constraints, meaning after encoding again, bits if the sender was canonical. */
#include <string.h>

#include "src/tool/pdu/pdu.h"

/* The features of an encoding that a canonical one does not have. */
struct reasons {
	enum iuplus_asn1_remark remark;
	char text[384];
	/* the field that has the wanted bit */
	size_t wanted;
	char field[384];
};

static void tell(void *user, const struct iuplus_asn1_field *f)
{
	struct reasons *r = user;

	if (f->remark != IUPLUS_ASN1_PLAIN && r->remark == IUPLUS_ASN1_PLAIN) {
		r->remark = f->remark;
		snprintf(r->text, sizeof(r->text), "%s at bit %zu%s%.250s", iuplus_asn1_remark_text(f->remark), f->at,
			 f->path[0] ? " in " : "", f->path);
	}
	if (r->wanted >= f->at && r->wanted < f->at + f->bits)
		snprintf(r->field, sizeof(r->field), "%s of %.300s", f->what, f->path);
}

static size_t first_difference(const struct pdu_item *item, struct iuplus_octets again)
{
	size_t i;

	for (i = 0; i < item->bits && i < 8 * again.len; i++) {
		if ((item->octets.data[i / 8] ^ again.data[i / 8]) >> (7 - i % 8) & 1)
			return i;
	}
	return i;
}

static bool same_octets(const struct pdu_item *item, struct iuplus_octets again)
{
	size_t n = first_difference(item, again);

	/* up to seven padding bits may be missing */
	return n == item->bits && again.len == (item->bits + 7) / 8;
}

/* Result of comparing two values. */
enum meaning { OTHER, SAME, SAME_MESSAGE }; /* SAME_MESSAGE: except the criticality before it */

/* The length of a PDU's JSON up to the criticality of the message, and the position after it; 0 if there is none. The
 * members before it are those of the procedure. */
static size_t up_to_criticality(struct iuplus_octets json, size_t *behind)
{
	static const char name[] = "\"criticality\":\"";
	const size_t length = sizeof(name) - 1;
	size_t i;

	for (i = 0; i + length < json.len; i++) {
		if (memcmp(json.data + i, name, length) == 0) {
			const uint8_t *end = memchr(json.data + i + length, '"', json.len - i - length);

			*behind = end ? (size_t)(end - json.data) : json.len;
			return i;
		}
	}
	return 0;
}

static enum meaning compare(const struct iuplus_asn1_type *type, const void *a, const void *b,
			    struct iuplus_arena *arena)
{
	struct iuplus_octets one, other;
	size_t n, m, from, other_from;

	if (iuplus_asn1_json(type, a, arena, &one) || iuplus_asn1_json(type, b, arena, &other))
		return OTHER;
	if (one.len == other.len && memcmp(one.data, other.data, one.len) == 0)
		return SAME;
	if (strcmp(type->name, "RANAP-PDU") != 0 && strcmp(type->name, "RNSAP-PDU") != 0)
		return OTHER;
	n = up_to_criticality(one, &from);
	m = up_to_criticality(other, &other_from);
	if (n == 0 || n != m || memcmp(one.data, other.data, n) != 0 || one.len - from != other.len - other_from)
		return OTHER;
	return memcmp(one.data + from, other.data + other_from, one.len - from) == 0 ? SAME_MESSAGE : OTHER;
}

struct inside {
	const struct pdu_options *options;
	struct iuplus_arena *arena;
	struct pdu_verdict *verdict;
	unsigned depth;
};

static void check_at(const struct pdu_item *item, const struct pdu_options *options, struct iuplus_arena *arena,
		     struct pdu_verdict *v, unsigned depth);

/* A string that should contain an encoding, but that the walk did not enter. */
static int look_inside(void *user, const struct iuplus_asn1_node *n, bool end)
{
	struct inside *in = user;
	struct pdu_item item = { .type = n->inner, .octets = { n->octets, (n->bits + 7) / 8 }, .bits = n->bits };
	struct pdu_verdict v;

	if (end || !n->inner || n->bits == 0)
		return 0;
	check_at(&item, in->options, in->arena, &v, in->depth + 1);
	if (v.good && v.canonical)
		return 0;
	if (in->verdict->canonical || !v.good)
		snprintf(in->verdict->text, sizeof(in->verdict->text), "inside %s: %.440s",
			 n->name ? n->name :
			 n->type ? n->type :
				   "a string",
			 v.text);
	in->verdict->canonical = in->verdict->canonical && v.canonical;
	in->verdict->good = v.good;
	return v.good ? 0 : 1;
}

static bool bit_of(struct iuplus_octets octets, size_t at)
{
	return octets.data[at / 8] >> (7 - at % 8) & 1;
}

/* Whether the encoding differs from the new one only by the presence bit at bit first, and by what follows the new one:
 * a level that the decoder skipped is absent from the value. */
static bool one_presence_bit(const struct pdu_item *item, struct iuplus_octets again, size_t first)
{
	size_t at = first + 1, end = 8 * again.len < item->bits ? 8 * again.len : item->bits, last = 0;

	if (first >= end || !bit_of(item->octets, first) || bit_of(again, first))
		return false;
	for (; at < end; at++)
		if (bit_of(item->octets, at) != bit_of(again, at) && !last)
			last = at;
	/* the final octet of the new encoding may have padding instead */
	return !last || last / 8 == again.len - 1;
}

/* Why the encoding differs from the new one: the sender had a choice, or there is an error. */
static void differs(const struct pdu_item *item, struct iuplus_octets again, const struct iuplus_asn1_error *decoded,
		    enum meaning meaning, struct iuplus_arena *arena, struct pdu_verdict *v)
{
	struct reasons r = { .wanted = first_difference(item, again) };
	const struct iuplus_asn1_problem *p;

	v->canonical = false;
	if (decoded->skipped_level && one_presence_bit(item, again, r.wanted)) {
		snprintf(v->text, sizeof(v->text), "not canonical: %s",
			 decoded->foreign_level ? "additions of a later release in the place of the extension's level" :
						  "an empty nonCriticalExtensions is present");
		return;
	}
	iuplus_asn1_explain(item->type, pdu_rules(item->type), item->octets.data, item->bits, arena, tell, &r, NULL);
	for (p = decoded->problems; p && p->kind != IUPLUS_ASN1_OTHER_CRITICALITY; p = p->next)
		;
	if (r.remark == IUPLUS_ASN1_LEFT_OVER && pdu_rules(item->type) == IUPLUS_ASN1_APER) {
		v->good = false;
		snprintf(v->text, sizeof(v->text), "decode %s: %s", item->type->name, r.text);
	} else if (r.remark != IUPLUS_ASN1_PLAIN) {
		snprintf(v->text, sizeof(v->text), "not canonical: %s", r.text);
	} else if (p) {
		snprintf(v->text, sizeof(v->text), "not canonical: another criticality than specified of IE %u in %s",
			 p->id, p->set ? p->set : "?");
	} else if (meaning == SAME_MESSAGE) {
		snprintf(v->text, sizeof(v->text), "not canonical: another criticality than specified of the message");
	} else {
		v->good = false;
		snprintf(v->text, sizeof(v->text), "bytes: the re-encoding differs at bit %zu, in the %s", r.wanted,
			 r.field[0] ? r.field : "end");
	}
}

static void check_at(const struct pdu_item *item, const struct pdu_options *options, struct iuplus_arena *arena,
		     struct pdu_verdict *v, unsigned depth)
{
	struct inside inside = { .options = options, .arena = arena, .verdict = v, .depth = depth };
	enum iuplus_asn1_rules rules = pdu_rules(item->type);
	struct iuplus_asn1_error decoded = { 0 }, e;
	struct iuplus_octets again;
	void *value = item->value, *other;
	enum meaning meaning;
	int rc = 0;

	memset(v, 0, sizeof(*v));
	if (!value) {
		rc = iuplus_asn1_decode(item->type, rules, item->octets.data, item->bits, 0, arena, &value, &decoded);
		if (rc) {
			pdu_describe(v->text, sizeof(v->text), item->type,
				     value                       ? "presence" :
				     rc == IUPLUS_ERR_CONSTRAINT ? "constraints" :
								   "decode",
				     &decoded);
			return;
		}
	}
	rc = iuplus_asn1_encode(item->type, rules, value, 0, arena, &again, NULL, &e);
	if (rc) {
		pdu_describe(v->text, sizeof(v->text), item->type,
			     rc == IUPLUS_ERR_MISSING ? "presence" : "constraints", &e);
		return;
	}
	iuplus_asn1_decode(item->type, rules, again.data, 8 * again.len, IUPLUS_ASN1_EXACT, arena, &other, &e);
	meaning = other ? compare(item->type, value, other, arena) : OTHER;
	if (meaning == OTHER) {
		snprintf(v->text, sizeof(v->text), "meaning: %s is another value after encoding and decoding",
			 item->type->name);
		return;
	}
	v->good = v->canonical = true;
	if (item->octets.data && !same_octets(item, again))
		differs(item, again, &decoded, meaning, arena, v);
	if (v->good && depth < 8)
		iuplus_asn1_walk(item->type, value, arena, look_inside, &inside);
}

void pdu_check(const struct pdu_item *item, const struct pdu_options *options, struct iuplus_arena *arena,
	       struct pdu_verdict *verdict)
{
	check_at(item, options, arena, verdict, 0);
}
