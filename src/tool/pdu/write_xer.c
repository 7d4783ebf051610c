/* SPDX-License-Identifier: BSD-2-Clause */
/* write_xer.c: a value as basic XER (X.693). The type inside an open type is an element of its own; a string that
 * contains an encoding is written as the contained value. */
#include <inttypes.h>
#include <string.h>

#include "src/tool/pdu/pdu.h"

#define DEEPEST 512

struct xer {
	FILE *to;
	unsigned depth;
	enum iuplus_asn1_shape shape[DEEPEST];
	bool bare[DEEPEST]; /* the level has no element of its own */
	bool filled[DEEPEST];
};

static const char *builtin(const struct iuplus_asn1_node *n)
{
	switch (n->shape) {
	case IUPLUS_ASN1_SEQUENCE:
		return "SEQUENCE";
	case IUPLUS_ASN1_CHOICE:
		return "CHOICE";
	case IUPLUS_ASN1_LIST:
		return "SEQUENCE_OF";
	case IUPLUS_ASN1_NULL:
		return "NULL";
	case IUPLUS_ASN1_BOOLEAN:
		return "BOOLEAN";
	case IUPLUS_ASN1_INTEGER:
		return "INTEGER";
	case IUPLUS_ASN1_ENUMERATED:
		return "ENUMERATED";
	case IUPLUS_ASN1_BITS:
		return "BIT_STRING";
	case IUPLUS_ASN1_OCTETS:
		return "OCTET_STRING";
	case IUPLUS_ASN1_OID:
		return "OBJECT_IDENTIFIER";
	default:
		return "PrintableString";
	}
}

/* The name of the element: that of the member, otherwise that of the type. */
static const char *element(const struct iuplus_asn1_node *n)
{
	if (n->name)
		return n->name;
	if (n->shape == IUPLUS_ASN1_OPEN && n->open == IUPLUS_ASN1_OPEN_CONTAINING)
		return n->container ? n->container : "OCTET_STRING";
	return n->type ? n->type : builtin(n);
}

static void characters(FILE *to, const char *s, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (s[i] == '<')
			fputs("&lt;", to);
		else if (s[i] == '>')
			fputs("&gt;", to);
		else if (s[i] == '&')
			fputs("&amp;", to);
		else
			fputc(s[i], to);
	}
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

			fprintf(to, "%" PRIu64, top);
			arc -= 40 * top;
		}
		fprintf(to, ".%" PRIu64, arc);
		arc = 0;
	}
}

static void content(FILE *to, const struct iuplus_asn1_node *n)
{
	size_t i;

	switch (n->shape) {
	case IUPLUS_ASN1_BOOLEAN:
		fputs(n->number ? "<true/>" : "<false/>", to);
		break;
	case IUPLUS_ASN1_ENUMERATED:
		if (n->label)
			fprintf(to, "<%s/>", n->label);
		else
			fprintf(to, "%" PRId64, n->number);
		break;
	case IUPLUS_ASN1_INTEGER:
		fprintf(to, n->is_unsigned ? "%" PRIu64 : "%" PRId64, n->number);
		break;
	case IUPLUS_ASN1_BITS:
		for (i = 0; i < n->bits; i++)
			fputc(n->octets[i / 8] >> (7 - i % 8) & 1 ? '1' : '0', to);
		break;
	case IUPLUS_ASN1_OCTETS:
	case IUPLUS_ASN1_OPEN:
		for (i = 0; i < n->bits / 8; i++)
			fprintf(to, "%02X", n->octets[i]);
		break;
	case IUPLUS_ASN1_OID:
		arcs(to, n);
		break;
	case IUPLUS_ASN1_CHARACTERS:
		characters(to, (const char *)n->octets, n->bits / 8);
		break;
	default:
		break;
	}
}

/* Items of a list whose own element identifies them have no element around them (X.693 8.3.9). */
static bool is_bare(const struct xer *x, const struct iuplus_asn1_node *n)
{
	if (x->depth == 0 || x->shape[x->depth - 1] != IUPLUS_ASN1_LIST)
		return false;
	return n->shape == IUPLUS_ASN1_CHOICE || n->shape == IUPLUS_ASN1_BOOLEAN ||
	       (n->shape == IUPLUS_ASN1_ENUMERATED && n->label);
}

static void line(struct xer *x)
{
	if (x->depth > 0)
		fprintf(x->to, "\n%*s", (int)(2 * x->depth), "");
}

static int visit(void *user, const struct iuplus_asn1_node *n, bool end)
{
	struct xer *x = user;
	bool inner = n->shape <= IUPLUS_ASN1_LIST || (n->shape == IUPLUS_ASN1_OPEN && n->holds_child);
	bool bare = is_bare(x, n);

	if (end) {
		x->depth--;
		if (!x->bare[x->depth]) {
			if (x->filled[x->depth])
				line(x);
			if (x->depth == 0)
				fputc('\n', x->to);
			fprintf(x->to, "</%s>", element(n));
		}
		return 0;
	}
	if (x->depth > 0)
		x->filled[x->depth - 1] = true;
	if (!bare) {
		line(x);
		fprintf(x->to, "<%s", element(n));
		if (n->shape == IUPLUS_ASN1_OPEN && n->holds_child && n->open == IUPLUS_ASN1_OPEN_CONTAINING &&
		    n->bits % 8)
			fprintf(x->to, " bits=\"%zu\"", n->bits);
		fputs(!inner && n->shape == IUPLUS_ASN1_NULL ? "/>" : ">", x->to);
	} else if (!inner) {
		line(x);
	}
	if (!inner) {
		content(x->to, n);
		if (!bare && n->shape != IUPLUS_ASN1_NULL)
			fprintf(x->to, "</%s>", element(n));
		return 0;
	}
	if (x->depth == DEEPEST)
		return IUPLUS_ERR_CONSTRAINT;
	x->bare[x->depth] = bare;
	x->filled[x->depth] = false;
	x->shape[x->depth++] = n->shape;
	return 0;
}

int pdu_write_xer(FILE *to, const struct iuplus_asn1_type *type, const void *value, struct iuplus_arena *arena)
{
	struct xer x = { .to = to };
	int rc = iuplus_asn1_walk(type, value, arena, visit, &x);

	fputc('\n', to);
	return rc;
}
