/* SPDX-License-Identifier: BSD-2-Clause */
/* write_json.c: a value as one line of JSON, by the rules of X.697 where they apply, otherwise as described in
 * asn1.h. */
#include <inttypes.h>
#include <string.h>

#include "src/tool/pdu/pdu.h"

#define DEEPEST 512

struct json {
	FILE *to;
	unsigned depth;
	bool filled[DEEPEST]; /* the level already has a child */
	enum iuplus_asn1_shape shape[DEEPEST];
};

void pdu_write_quoted(FILE *to, const char *s, size_t n)
{
	size_t i;

	fputc('"', to);
	for (i = 0; i < n; i++) {
		if (s[i] == '"' || s[i] == '\\')
			fputc('\\', to);
		if ((unsigned char)s[i] < 32)
			fprintf(to, "\\u%04x", (unsigned)(unsigned char)s[i]);
		else
			fputc(s[i], to);
	}
	fputc('"', to);
}

void pdu_write_hex(FILE *to, const uint8_t *octets, size_t size)
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < size; i++) {
		fputc(digits[octets[i] >> 4], to);
		fputc(digits[octets[i] & 15], to);
	}
}

static void quoted_hex(FILE *to, const uint8_t *octets, size_t size)
{
	fputc('"', to);
	pdu_write_hex(to, octets, size);
	fputc('"', to);
}

static bool bit(const struct iuplus_asn1_node *n, size_t i)
{
	return n->octets[i / 8] >> (7 - i % 8) & 1;
}

static void bits(FILE *to, const struct iuplus_asn1_node *n)
{
	const char *comma = "";
	size_t i;

	if (n->bit_names) {
		fputc('[', to);
		for (i = 0; i < n->bits; i++) {
			const char *name = iuplus_asn1_bit_name(n, i);

			if (!bit(n, i))
				continue;
			if (name)
				fprintf(to, "%s\"%s\"", comma, name);
			else
				fprintf(to, "%s{\"bit\":%zu}", comma, i);
			comma = ",";
		}
		fputc(']', to);
	} else if (n->bits % 8) {
		fputs("\"b'", to);
		for (i = 0; i < n->bits; i++)
			fputc(bit(n, i) ? '1' : '0', to);
		fputc('"', to);
	} else {
		quoted_hex(to, n->octets, n->bits / 8);
	}
}

/* The arcs of an object identifier, from X.690's octets. */
static void arcs(FILE *to, const struct iuplus_asn1_node *n)
{
	uint64_t arc = 0;
	bool first = true;
	size_t i;

	for (i = 0; i < n->bits / 8; i++) {
		arc = arc << 7 | (n->octets[i] & 127);
		if (n->octets[i] & 128)
			continue;
		if (first) {
			uint64_t top = arc < 80 ? arc / 40 : 2;

			fprintf(to, "%" PRIu64 ".%" PRIu64, top, arc - 40 * top);
		} else {
			fprintf(to, ".%" PRIu64, arc);
		}
		first = false;
		arc = 0;
	}
}

static void leaf(FILE *to, const struct iuplus_asn1_node *n)
{
	bool id = n->name && strcmp(n->name, "id") == 0;

	switch (n->shape) {
	case IUPLUS_ASN1_BOOLEAN:
		fputs(n->number ? "true" : "false", to);
		break;
	case IUPLUS_ASN1_INTEGER:
		if (n->label && !id)
			fprintf(to, "\"%s\"", n->label);
		else
			fprintf(to, n->is_unsigned ? "%" PRIu64 : "%" PRId64, n->number);
		break;
	case IUPLUS_ASN1_ENUMERATED:
		if (n->label)
			fprintf(to, "\"%s\"", n->label);
		else
			fprintf(to, "{\"asn1_enum\":%" PRId64 "}", n->number);
		break;
	case IUPLUS_ASN1_BITS:
		bits(to, n);
		break;
	case IUPLUS_ASN1_OCTETS:
		quoted_hex(to, n->octets, n->bits / 8);
		break;
	case IUPLUS_ASN1_CHARACTERS:
		pdu_write_quoted(to, (const char *)n->octets, n->bits / 8);
		break;
	case IUPLUS_ASN1_OID:
		fputc('"', to);
		arcs(to, n);
		fputc('"', to);
		break;
	case IUPLUS_ASN1_OPEN:
		fputs("{\"$open\":", to);
		quoted_hex(to, n->octets, n->bits / 8);
		fputc('}', to);
		break;
	default:
		fputs("null", to);
		break;
	}
}

/* Writes the text before a child in its parent. */
static void lead(struct json *j, const struct iuplus_asn1_node *n)
{
	enum iuplus_asn1_shape parent;

	if (j->depth == 0)
		return;
	parent = j->shape[j->depth - 1];
	if (parent == IUPLUS_ASN1_OPEN)
		return;
	if (j->filled[j->depth - 1])
		fputc(',', j->to);
	else if (parent == IUPLUS_ASN1_CHOICE)
		fputc('{', j->to);
	j->filled[j->depth - 1] = true;
	if (parent != IUPLUS_ASN1_LIST && n->name)
		fprintf(j->to, "\"%s\":", n->name);
}

static int visit(void *user, const struct iuplus_asn1_node *n, bool end)
{
	struct json *j = user;
	bool inner = n->shape <= IUPLUS_ASN1_LIST || (n->shape == IUPLUS_ASN1_OPEN && n->holds_child);

	if (!end) {
		lead(j, n);
		if (!inner) {
			leaf(j->to, n);
			return 0;
		}
		if (j->depth == DEEPEST)
			return IUPLUS_ERR_CONSTRAINT;
		if (n->shape == IUPLUS_ASN1_SEQUENCE || n->shape == IUPLUS_ASN1_LIST)
			fputc(n->shape == IUPLUS_ASN1_LIST ? '[' : '{', j->to);
		if (n->shape == IUPLUS_ASN1_OPEN && n->open == IUPLUS_ASN1_OPEN_CONTAINING)
			fprintf(j->to, "{\"containing\":{\"%s\":", n->type);
		j->filled[j->depth] = false;
		j->shape[j->depth++] = n->shape;
		return 0;
	}
	j->depth--;
	switch (n->shape) {
	case IUPLUS_ASN1_SEQUENCE:
		fputc('}', j->to);
		break;
	case IUPLUS_ASN1_LIST:
		fputc(']', j->to);
		break;
	case IUPLUS_ASN1_CHOICE:
		fputs(j->filled[j->depth] ? "}" : "null", j->to);
		break;
	default:
		if (n->open != IUPLUS_ASN1_OPEN_CONTAINING)
			break;
		fputc('}', j->to);
		if (n->bits % 8)
			fprintf(j->to, ",\"bits\":%zu", n->bits);
		fputc('}', j->to);
	}
	return 0;
}

int pdu_write_json(FILE *to, const struct iuplus_asn1_type *type, const void *value, struct iuplus_arena *arena)
{
	struct json j = { .to = to };

	return iuplus_asn1_walk(type, value, arena, visit, &j);
}
