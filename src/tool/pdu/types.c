/* SPDX-License-Identifier: BSD-2-Clause */
/* types.c: types by name, and names of PDUs. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <iuplus/nas.h>

#include "src/tool/pdu/pdu.h"

static const char *const protocols[] = { "RANAP", "RNSAP", "RRC" };
#define PROTOCOLS (sizeof(protocols) / sizeof(protocols[0]))

const struct iuplus_asn1_type *pdu_type(const char *name, const char **why)
{
	const struct iuplus_asn1_type *found = NULL, *t;
	const char *colon = strchr(name, ':');
	char protocol[16];
	unsigned i;

	if (colon) {
		if ((size_t)(colon - name) < sizeof(protocol)) {
			memcpy(protocol, name, (size_t)(colon - name));
			protocol[colon - name] = '\0';
			found = iuplus_asn1_find(protocol, colon + 1);
		}
		*why = "no such type in that protocol";
		return found;
	}
	*why = "no such type";
	for (i = 0; i < PROTOCOLS; i++) {
		t = iuplus_asn1_find(protocols[i], name);
		if (t && found) {
			*why = "more than one protocol has this type: write RANAP:NAME, RNSAP:NAME or RRC:NAME";
			return NULL;
		}
		if (t)
			found = t;
	}
	return found;
}

/* Number of letters to insert, delete or change, at most most (case is ignored). */
static unsigned distance(const char *a, const char *b, unsigned most)
{
	unsigned row[64], before, i, j;
	size_t n = strlen(a), m = strlen(b);

	if (m >= sizeof(row) / sizeof(row[0]) || (n > m ? n - m : m - n) > most)
		return most + 1;
	for (j = 0; j <= m; j++)
		row[j] = j;
	for (i = 1; i <= n; i++) {
		before = row[0];
		row[0] = i;
		for (j = 1; j <= m; j++) {
			unsigned changed =
				before + (tolower((unsigned char)a[i - 1]) != tolower((unsigned char)b[j - 1]));

			before = row[j];
			row[j] = 1 + (row[j] < row[j - 1] ? row[j] : row[j - 1]);
			if (changed < row[j])
				row[j] = changed;
		}
	}
	return row[m];
}

const struct iuplus_asn1_type *pdu_type_near(const char *name)
{
	const struct iuplus_asn1_type *nearest = NULL;
	const char *colon = strchr(name, ':');
	unsigned best = 3, i;

	for (i = 0; i < iuplus_asn1_type_count; i++) {
		unsigned n = distance(colon ? colon + 1 : name, iuplus_asn1_types[i].name, best);

		if (n < best) {
			best = n;
			nearest = &iuplus_asn1_types[i];
		}
	}
	return nearest;
}

/* strstr() ignoring case. */
static bool holds(const char *name, const char *part)
{
	size_t n = strlen(part), i;

	for (; *name; name++) {
		for (i = 0; i < n && tolower((unsigned char)name[i]) == tolower((unsigned char)part[i]); i++)
			;
		if (i == n)
			return true;
	}
	return n == 0;
}

enum iuplus_asn1_rules pdu_rules(const struct iuplus_asn1_type *type)
{
	return strcmp(type->protocol, "RRC") == 0 ? IUPLUS_ASN1_UPER : IUPLUS_ASN1_APER;
}

const char *pdu_rules_name(const struct iuplus_asn1_type *type)
{
	return pdu_rules(type) == IUPLUS_ASN1_UPER ? "unaligned PER" : "aligned PER";
}

const char *pdu_dissector(const struct iuplus_asn1_type *type)
{
	if (strcmp(type->protocol, "RRC") == 0)
		return pdu_rrc_name(type->name);
	if (strcmp(type->protocol, "RANAP") == 0)
		return strcmp(type->name, "RANAP-PDU") == 0 ? "ranap" : NULL;
	return strcmp(type->name, "RNSAP-PDU") == 0 ? "rnsap" : NULL;
}

const struct iuplus_asn1_type *pdu_dissected(const char *dissector, size_t length)
{
	const char *rrc = pdu_rrc_by_name(dissector, length);

	if (rrc)
		return iuplus_asn1_find("RRC", rrc);
	if (length == 5 && memcmp(dissector, "ranap", 5) == 0)
		return iuplus_asn1_find("RANAP", "RANAP-PDU");
	if (length == 5 && memcmp(dissector, "rnsap", 5) == 0)
		return iuplus_asn1_find("RNSAP", "RNSAP-PDU");
	return NULL;
}

unsigned pdu_list(FILE *to, const char *pattern)
{
	unsigned i, n = 0;

	for (i = 0; i < iuplus_asn1_type_count; i++) {
		const struct iuplus_asn1_type *t = &iuplus_asn1_types[i];
		const char *dissector = pdu_dissector(t);

		if (pattern && !holds(t->name, pattern))
			continue;
		fprintf(to, "%s:%s%s%s\n", t->protocol, t->name, dissector ? "\t" : "", dissector ? dissector : "");
		n++;
	}
	return n;
}

/* The deepest choice of messages at the start of the value. */
struct finding {
	const char *name;
	unsigned depth;
	bool done;
};

static int find_message(void *user, const struct iuplus_asn1_node *n, bool end)
{
	struct finding *f = user;

	if (end)
		return 0;
	/* RANAP-PDU: the type in the open type; RRC: the first alternative of "message" */
	if (n->shape == IUPLUS_ASN1_OPEN && n->name && strcmp(n->name, "value") == 0 && n->type) {
		f->name = n->type;
		return 1;
	}
	if (f->done) {
		f->name = n->name;
		return 1;
	}
	f->done = n->shape == IUPLUS_ASN1_CHOICE && ((n->name && strcmp(n->name, "message") == 0) ||
						     (f->depth == 0 && !n->name && strcmp(n->protocol, "RRC") == 0));
	f->depth++;
	return 0;
}

const char *pdu_message(const struct iuplus_asn1_type *type, const void *value, struct iuplus_arena *arena)
{
	struct finding f = { 0 };

	if (value && pdu_dissector(type))
		iuplus_asn1_walk(type, value, arena, find_message, &f);
	return f.name ? f.name : type->name;
}

const char *pdu_nas(const char *type, const uint8_t *octets, size_t size)
{
	static const struct {
		uint8_t discriminator;
		const char *name;
	} others[] = {
		{ 3, "call control message" },
		{ 5, "mobility management message" },
		{ 9, "short message" },
		{ 10, "session management message" },
		{ 11, "supplementary service message" },
		{ 8, "GPRS mobility management message" },
	};
	const struct iuplus_octets pdu = { .data = octets, .len = size };
	const char *name;
	unsigned i;

	if (!type || size < 2 || (strcmp(type, "NAS-PDU") != 0 && strcmp(type, "NAS-Message") != 0))
		return NULL;
	name = iuplus_nas_pdu_name(pdu);
	if (strcmp(name, "NAS") == 0)
		name = NULL;
	for (i = 0; !name && i < sizeof(others) / sizeof(others[0]); i++) {
		if ((octets[0] & 15) == others[i].discriminator)
			name = others[i].name;
	}
	return name;
}
