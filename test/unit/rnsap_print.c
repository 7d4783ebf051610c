/* SPDX-License-Identifier: BSD-2-Clause */
/* rnsap_print: input for other decoders. Without arguments: the messages of rnsap_samples.h encoded, one per line: hex,
 * tab, name. With "-": reads PDUs in hex from standard input, one per line, and prints for each the members of the
 * typed message as JSON, and the message encoded again ("" if it is not accepted). */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "test/unit/ie_make.h"
#include "test/unit/rnsap_samples.h"

static const char *const criticalities[] = { "reject", "ignore", "notify" };
static const char *const messages[] = { "initiating-message", "successful-outcome", "unsuccessful-outcome", "outcome" };
static const char *const modes[] = { "tdd", "fdd", "common", "?" };

static void hex(struct iuplus_octets octets)
{
	for (size_t i = 0; i < octets.len; i++)
		printf("%02x", octets.data[i]);
}

static void print_octets(const char *name, struct iuplus_octets octets)
{
	printf(",\"%s\":\"", name);
	hex(octets);
	printf("\"");
}

static void print_number(const char *name, bool there, int64_t value)
{
	if (there)
		printf(",\"%s\":%" PRId64, name, value);
}

static void print_bits(const char *name, const struct iuplus_rnsap_bits *bits)
{
	printf(",\"%s\":\"", name);
	for (size_t i = 0; i < bits->octets.len * 8 - (bits->octets.len ? bits->unused : 0); i++)
		putchar('0' + (bits->octets.data[i / 8] >> (7 - i % 8) & 1));
	printf("\"");
}

static void print_cause(bool there, uint32_t cause)
{
	static const char *const groups[] = { "", "radioNetwork", "transport", "protocol", "misc" };

	if (there)
		printf(",\"cause\":{\"%s\":\"%s\"}", groups[IUPLUS_RNSAP_CAUSE_GROUP(cause)],
		       iuplus_rnsap_cause_name(cause));
}

static void print_transaction(const struct iuplus_rnsap_transaction *t)
{
	printf(",\"transactionID\":{\"%sTransActionId\":%u}", t->is_long ? "long" : "short", t->id);
}

static void print_diagnostics(bool there, const struct iuplus_rnsap_diagnostics *d)
{
	if (!there)
		return;
	printf(",\"diagnostics\":{\"ies\":[");
	for (unsigned i = 0; i < d->ie_count; i++) {
		const struct iuplus_ranap_ie_diagnostics *ie = &d->ies[i];

		printf("%s{\"id\":%u,\"criticality\":\"%s\",\"missing\":%s", i ? "," : "", ie->ie_id,
		       criticalities[ie->criticality], ie->missing ? "true" : "false");
		print_number("repetition", ie->has_repetition, ie->repetition);
		printf(",\"levels\":[");
		for (unsigned k = 0; k < ie->level_count; k++)
			printf("%s[%u,%u]", k ? "," : "", ie->levels[k].ie_id, ie->levels[k].repetition);
		printf("]}");
	}
	printf("]");
	if (d->has_procedure)
		printf(",\"procedureID\":{\"procedureCode\":%u,\"ddMode\":\"%s\"}", d->procedure_code, modes[d->mode]);
	if (d->has_triggering_message)
		printf(",\"triggeringMessage\":\"%s\"", messages[d->triggering_message]);
	if (d->has_procedure_criticality)
		printf(",\"procedureCriticality\":\"%s\"", criticalities[d->procedure_criticality]);
	if (d->has_transaction)
		print_transaction(&d->transaction);
	printf("}");
}

static void print_request(const struct iuplus_rnsap_enhanced_relocation_request *r)
{
	print_cause(true, r->cause);
	print_octets("imsi", (struct iuplus_octets){ r->imsi.tbcd, r->imsi.len });
	print_number("srnc_id", r->has_srnc_id, r->srnc_id);
	print_number("extended_srnc_id", r->has_extended_srnc_id, r->extended_srnc_id);
	print_number("s_rnti", true, r->s_rnti);
	print_number("extended_s_rnti", r->has_extended_s_rnti, r->extended_s_rnti);
	print_bits("ranap", &r->ranap);
}

static void print_error(const struct iuplus_rnsap_error_indication *e)
{
	print_cause(e->has_cause, e->cause);
	print_diagnostics(e->has_diagnostics, &e->diagnostics);
	print_number("s_rnti", e->has_s_rnti, e->s_rnti);
	print_number("d_rnti", e->has_d_rnti, e->d_rnti);
	print_number("extended_s_rnti", e->has_extended_s_rnti, e->extended_s_rnti);
}

static void print_members(const struct iuplus_rnsap_msg *m)
{
	static const char *const released[] = { "?", "pSDomain", "cSDomain", "pS-CSDomain" };

	switch (m->kind) {
	case IUPLUS_RNSAP_ENHANCED_RELOCATION_REQUEST:
		print_request(&m->u.enhanced_relocation_request);
		break;
	case IUPLUS_RNSAP_ENHANCED_RELOCATION_RESPONSE:
		print_bits("ranap", &m->u.enhanced_relocation_response.ranap);
		break;
	case IUPLUS_RNSAP_ENHANCED_RELOCATION_FAILURE:
		print_cause(true, m->u.enhanced_relocation_failure.cause);
		print_diagnostics(m->u.enhanced_relocation_failure.has_diagnostics,
				  &m->u.enhanced_relocation_failure.diagnostics);
		break;
	case IUPLUS_RNSAP_ENHANCED_RELOCATION_CANCEL:
		print_cause(true, m->u.enhanced_relocation_cancel.cause);
		break;
	case IUPLUS_RNSAP_ENHANCED_RELOCATION_SIGNALLING_TRANSFER:
		print_bits("l3", &m->u.enhanced_relocation_signalling_transfer.l3_information);
		break;
	case IUPLUS_RNSAP_ENHANCED_RELOCATION_RELEASE:
		printf(",\"released\":\"%s\"", released[m->u.enhanced_relocation_release.released]);
		break;
	case IUPLUS_RNSAP_ERROR_INDICATION:
		print_error(&m->u.error_indication);
		break;
	}
	printf(",\"unknown\":[");
	for (size_t i = 0; i < m->unknown_count; i++) {
		const struct iuplus_rnsap_unknown *u = &m->unknown[i];

		printf("%s[%d,%u,%u,%u,%u,\"%s\",\"", i ? "," : "", u->where, u->ie, u->level, u->position, u->id,
		       criticalities[u->criticality]);
		hex(u->value);
		printf("\"]");
	}
	printf("]");
}

static void print_pdu(struct iuplus_octets pdu, struct iuplus_arena *arena)
{
	struct iuplus_rnsap_problem problem;
	struct iuplus_rnsap_msg msg;
	struct iuplus_octets again = { NULL, 0 };
	int rc = iuplus_rnsap_decode(pdu, 0, arena, &msg, &problem);

	printf("{\"rc\":\"%s\",\"answer\":%d,\"ies\":%u,\"message\":\"%s\"", iuplus_strrc(rc), problem.answer,
	       problem.diagnostics.ie_count, iuplus_rnsap_name(&msg));
	print_transaction(&msg.transaction);
	if (rc == IUPLUS_OK) {
		printf(",\"criticality\":\"%s\"", criticalities[msg.criticality]);
		print_members(&msg);
		iuplus_rnsap_encode(&msg, 0, arena, &again);
	}
	print_octets("again", again);
	printf("}\n");
}

static int print_all(struct iuplus_arena *arena)
{
	static char line[1 << 20];
	uint8_t *octets;

	while (fgets(line, sizeof(line), stdin)) {
		line[strcspn(line, "\r\n")] = '\0';
		octets = malloc(strlen(line) / 2 + 1);
		if (!octets)
			return 1;
		print_pdu((struct iuplus_octets){ octets, ie_hex(octets, line) }, arena);
		free(octets);
		iuplus_arena_reset(arena, false);
	}
	return 0;
}

static int print_samples(struct iuplus_arena *arena)
{
	struct iuplus_rnsap_msg msg;
	struct iuplus_octets pdu;
	int rc, failed = 0;

	for (unsigned i = 0; i < rnsap_sample_count; i++) {
		rnsap_sample_make(&rnsap_samples[i], arena, &msg);
		rc = iuplus_rnsap_encode(&msg, 0, arena, &pdu);
		if (rc != IUPLUS_OK) {
			fprintf(stderr, "%s: %s\n", rnsap_samples[i].name, iuplus_strrc(rc));
			failed = 1;
			continue;
		}
		hex(pdu);
		printf("\t%s\n", iuplus_rnsap_name(&msg));
	}
	return failed;
}

int main(int argc, char **argv)
{
	struct iuplus_arena arena;
	int failed;

	iuplus_arena_init(&arena, 0);
	failed = argc > 1 && !strcmp(argv[1], "-") ? print_all(&arena) : print_samples(&arena);
	iuplus_arena_free(&arena);
	return failed;
}
