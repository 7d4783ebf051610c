/* SPDX-License-Identifier: BSD-2-Clause */
/* write_text.c: a value as a readable tree. A node with one child is on the line of its child. */
#include <inttypes.h>
#include <string.h>

#include "src/tool/pdu/pdu.h"

#define DEEPEST 512

struct text {
	FILE *to;
	unsigned depth, indent;
	bool joined[DEEPEST]; /* the level's child is on its line */
	bool ie[DEEPEST];     /* the level is an IE's id, criticality and value */
	bool open_line;       /* the line has no end yet */
	const char *ie_name;
	int64_t ie_id;
};

static void start_line(struct text *x)
{
	if (x->open_line)
		fputc('\n', x->to);
	fprintf(x->to, "%*s", (int)(2 * x->indent), "");
	x->open_line = true;
}

static void octets(FILE *to, const struct iuplus_asn1_node *n)
{
	const char *nas = n->shape == IUPLUS_ASN1_OCTETS ? pdu_nas(n->type, n->octets, n->bits / 8) : NULL;

	pdu_write_hex(to, n->octets, (n->bits + 7) / 8);
	if (n->bits == 0)
		fputs("(empty)", to);
	if (nas)
		fprintf(to, " (%s)", nas);
}

static void bits(FILE *to, const struct iuplus_asn1_node *n)
{
	const char *comma = " (";
	size_t i;

	if (n->bits > 64 && n->bits % 8 == 0) {
		octets(to, n);
		return;
	}
	for (i = 0; i < n->bits; i++)
		fputc(n->octets[i / 8] >> (7 - i % 8) & 1 ? '1' : '0', to);
	for (i = 0; n->bit_names && i < n->bits; i++) {
		const char *name = iuplus_asn1_bit_name(n, i);

		if (!(n->octets[i / 8] >> (7 - i % 8) & 1) || !name)
			continue;
		fprintf(to, "%s%s", comma, name);
		comma = ", ";
	}
	if (*comma == ',')
		fputc(')', to);
}

static void arcs(FILE *to, const struct iuplus_asn1_node *n)
{
	uint64_t arc = 0;
	size_t i, count = 0;

	for (i = 0; i < n->bits / 8; i++) {
		arc = arc << 7 | (n->octets[i] & 127);
		if (n->octets[i] & 128)
			continue;
		if (count++ == 0) {
			uint64_t top = arc < 80 ? arc / 40 : 2;

			fprintf(to, "%" PRIu64 ".", top);
			arc -= 40 * top;
		} else {
			fputc('.', to);
		}
		fprintf(to, "%" PRIu64, arc);
		arc = 0;
	}
}

static void leaf(FILE *to, const struct iuplus_asn1_node *n)
{
	switch (n->shape) {
	case IUPLUS_ASN1_BOOLEAN:
		fputs(n->number ? "true" : "false", to);
		break;
	case IUPLUS_ASN1_INTEGER:
		fprintf(to, n->is_unsigned ? "%" PRIu64 : "%" PRId64, n->number);
		if (n->label)
			fprintf(to, " (%s)", n->label);
		break;
	case IUPLUS_ASN1_ENUMERATED:
		if (n->label)
			fputs(n->label, to);
		else
			fprintf(to, "number %" PRId64 " after the extension marker", n->number);
		break;
	case IUPLUS_ASN1_BITS:
		bits(to, n);
		break;
	case IUPLUS_ASN1_OID:
		arcs(to, n);
		break;
	case IUPLUS_ASN1_CHARACTERS:
		pdu_write_quoted(to, (const char *)n->octets, n->bits / 8);
		break;
	case IUPLUS_ASN1_NULL:
		break;
	default:
		octets(to, n);
		break;
	}
}

/* An IE is one line with its value, preceded by name, id and criticality. */
static bool ie_part(struct text *x, const struct iuplus_asn1_node *n)
{
	if (x->depth == 0 || !x->ie[x->depth - 1])
		return false;
	if (n->shape == IUPLUS_ASN1_INTEGER) {
		x->ie_id = n->number;
		x->ie_name = n->label;
		return true;
	}
	if (n->shape != IUPLUS_ASN1_ENUMERATED)
		return false;
	start_line(x);
	fprintf(x->to, "%s (%" PRId64 ", %s)", x->ie_name ? x->ie_name : "unknown IE", x->ie_id, n->label);
	return true;
}

static void label(struct text *x, const struct iuplus_asn1_node *n)
{
	bool join = x->depth > 0 && (x->joined[x->depth - 1] || (x->ie[x->depth - 1] && n->shape == IUPLUS_ASN1_OPEN));

	if (join) {
		if (n->name && !x->ie[x->depth - 1])
			fprintf(x->to, ": %s", n->name);
		return;
	}
	start_line(x);
	if (n->name)
		fputs(n->name, x->to);
	else if (x->depth > 0)
		fprintf(x->to, "[%u]", n->index);
	else
		fputs(n->container ? n->container : n->type ? n->type : "value", x->to);
}

static int visit(void *user, const struct iuplus_asn1_node *n, bool end)
{
	struct text *x = user;
	bool inner = n->shape <= IUPLUS_ASN1_LIST || (n->shape == IUPLUS_ASN1_OPEN && n->holds_child);
	bool ie = n->shape == IUPLUS_ASN1_SEQUENCE && n->type &&
		  (strncmp(n->type, "ProtocolIE-Field", 16) == 0 || strcmp(n->type, "ProtocolExtensionField") == 0);

	if (end) {
		x->depth--;
		if (!x->joined[x->depth] && !x->ie[x->depth])
			x->indent--;
		return 0;
	}
	if (ie_part(x, n))
		return 0;
	if (!ie)
		label(x, n);
	if (!inner) {
		if (n->shape != IUPLUS_ASN1_NULL)
			fputs(": ", x->to);
		leaf(x->to, n);
		return 0;
	}
	if (x->depth == DEEPEST)
		return IUPLUS_ERR_CONSTRAINT;
	if (n->shape == IUPLUS_ASN1_OPEN && n->type &&
	    (n->open != IUPLUS_ASN1_OPEN_TYPE || (n->name && !x->ie[x->depth ? x->depth - 1 : 0])))
		fprintf(x->to, ": %s", n->type);
	x->ie[x->depth] = ie;
	x->joined[x->depth] = n->shape == IUPLUS_ASN1_CHOICE || n->shape == IUPLUS_ASN1_OPEN;
	if (!x->joined[x->depth] && !ie)
		x->indent++;
	x->depth++;
	return 0;
}

int pdu_write_text(FILE *to, const struct iuplus_asn1_type *type, const void *value, struct iuplus_arena *arena)
{
	struct text x = { .to = to };
	int rc = iuplus_asn1_walk(type, value, arena, visit, &x);

	if (x.open_line)
		fputc('\n', to);
	return rc;
}
