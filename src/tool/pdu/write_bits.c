/* SPDX-License-Identifier: BSD-2-Clause */
/* write_bits.c: the map of bits: one line per field with its first and last bit, their number, and their meaning. */
#include <string.h>

#include "src/tool/pdu/pdu.h"

struct map {
	FILE *to;
	const struct pdu_item *item;
};

static void tell(void *user, const struct iuplus_asn1_field *f)
{
	const struct map *m = user;
	char range[48], bits[40];
	size_t i;

	if (f->bits == 0)
		snprintf(range, sizeof(range), "%zu", f->at);
	else
		snprintf(range, sizeof(range), "%zu..%zu", f->at, f->at + f->bits - 1);
	for (i = 0; i < f->bits && i < 32; i++) {
		size_t at = f->at + i;

		bits[i] = m->item->octets.data[at / 8] >> (7 - at % 8) & 1 ? '1' : '0';
	}
	bits[i] = '\0';
	fprintf(m->to, "%13s %5zu  %-32s%s ", range, f->bits, bits, f->bits > 32 ? "..." : "   ");
	fprintf(m->to, "%s%s%s%s%s", f->path, f->path[0] ? ": " : "", f->what, f->text[0] ? " = " : "", f->text);
	if (f->remark != IUPLUS_ASN1_PLAIN)
		fprintf(m->to, "  [%s]", iuplus_asn1_remark_text(f->remark));
	fputc('\n', m->to);
}

int pdu_write_bits(FILE *to, const struct pdu_item *item, struct iuplus_arena *arena)
{
	struct map m = { .to = to, .item = item };
	struct iuplus_asn1_error e;
	char text[512];
	int rc = iuplus_asn1_explain(item->type, pdu_rules(item->type), item->octets.data, item->bits, arena, tell, &m,
				     &e);

	if (rc) {
		pdu_describe(text, sizeof(text), item->type, "decode", &e);
		fprintf(to, "error here: %s\n", text);
	}
	return rc;
}
