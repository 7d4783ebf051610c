/* SPDX-License-Identifier: BSD-2-Clause */
/* describe.c: an error as one line for people and scripts. */
#include <stdio.h>
#include <string.h>

#include "src/tool/pdu/pdu.h"

static const char *problem_text(enum iuplus_asn1_problem_kind kind)
{
	switch (kind) {
	case IUPLUS_ASN1_UNKNOWN_IE:
		return "unknown IE";
	case IUPLUS_ASN1_UNKNOWN_EXTENSION:
		return "unknown extension";
	case IUPLUS_ASN1_UNKNOWN_VALUE:
		return "a value not comprehended in IE";
	case IUPLUS_ASN1_MISSING_IE:
		return "missing IE";
	case IUPLUS_ASN1_WRONG_ORDER:
		return "wrong order of IE";
	case IUPLUS_ASN1_REPEATED:
		return "repeated IE";
	case IUPLUS_ASN1_OTHER_CRITICALITY:
		return "another criticality than specified of IE";
	}
	return "problem with IE";
}

void pdu_describe(char *to, size_t room, const struct iuplus_asn1_type *type, const char *verb,
		  const struct iuplus_asn1_error *e)
{
	static const char *const criticalities[] = { "reject", "ignore", "notify" };
	const struct iuplus_asn1_problem *p;
	bool read = strncmp(verb, "read", 4) == 0; /* text has no encoding rules */
	int n = snprintf(to, room, "%s %s%s%s: %s", verb, type->name, read ? "" : ", ",
			 read ? "" : pdu_rules_name(type), e->what ? e->what : iuplus_strrc(e->rc));

	for (p = e->problems; p && n > 0 && (size_t)n < room; p = p->next) {
		n += snprintf(to + n, room - (size_t)n, "%s %s %u (%s)", p == e->problems ? ":" : ",",
			      problem_text(p->kind), p->id, criticalities[p->criticality < 3 ? p->criticality : 0]);
		if ((size_t)n < room && p->set)
			n += snprintf(to + n, room - (size_t)n, " in %s", p->set);
	}
	if (n < 0 || (size_t)n >= room || e->problems)
		return;
	if (read && e->rc == IUPLUS_ERR_SYNTAX && (size_t)n < room)
		n += snprintf(to + n, room - (size_t)n, " at character %zu", e->bit_offset + 1);
	/* a value that cannot be encoded has no bits */
	if (strncmp(verb, "decode", 6) == 0 || (strcmp(verb, "constraints") == 0 && e->bit_offset))
		n += snprintf(to + n, room - (size_t)n, " at bit %zu", e->bit_offset);
	if ((size_t)n < room && e->path[0])
		snprintf(to + n, room - (size_t)n, " in %s", e->path);
}
