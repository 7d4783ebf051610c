/* SPDX-License-Identifier: BSD-2-Clause */
/* diagnostics.c: the IE Criticality Diagnostics (TS 25.423 9.2.1.13), with its contents of later releases. */
#include "rnsap/values.h"

#define AP(x) RNSAP_##x
#include "ranap/ie_diagnostics.h"

static void take_unknown(struct rnsap_ctx *ctx, const RNSAP_CriticalityDiagnostics_t *from)
{
	const RNSAP_CriticalityDiagnostics_IE_List_t *list = from->iEsCriticalityDiagnostics;
	int i, k;

	rnsap_take_no_ies(ctx, from->iE_Extensions, IUPLUS_RNSAP_IN_DIAGNOSTICS, 0, 0);
	for (i = 0; list && i < list->list.count; i++) {
		const RNSAP_CriticalityDiagnostics_IE_List_ExtIEs_t *extensions = list->list.array[i]->iE_Extensions;
		const RNSAP_MessageStructure_t *levels = extensions ? extensions->messageStructure : NULL;

		if (extensions)
			rnsap_take_unknown(ctx, extensions->unknown, IUPLUS_RNSAP_IN_DIAGNOSTICS_IE, (unsigned)i, 0);
		for (k = 0; levels && k < levels->list.count; k++)
			rnsap_take_no_ies(ctx, levels->list.array[k]->iE_Extensions, IUPLUS_RNSAP_IN_DIAGNOSTICS_LEVEL,
					  (unsigned)i, (unsigned)k);
	}
}

static bool take_diagnostics(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *neutral)
{
	const RNSAP_CriticalityDiagnostics_t *from = value;
	struct iuplus_rnsap_diagnostics *to = neutral;

	(void)row;
	if (from->procedureID) {
		to->has_procedure = true;
		to->procedure_code = (uint8_t)from->procedureID->procedureCode;
		to->mode = from->procedureID->ddMode <= IUPLUS_RNSAP_COMMON ?
				   (enum iuplus_rnsap_mode)from->procedureID->ddMode :
				   IUPLUS_RNSAP_MODE_UNKNOWN;
	}
	if (from->triggeringMessage) {
		to->has_triggering_message = true;
		to->triggering_message = (enum iuplus_ranap_pdu) * from->triggeringMessage;
	}
	if (from->procedureCriticality) {
		to->has_procedure_criticality = true;
		to->procedure_criticality = (enum iuplus_ranap_criticality) * from->procedureCriticality;
	}
	if (from->transactionID) {
		to->has_transaction = true;
		to->transaction = rnsap_take_transaction(from->transactionID);
	}
	take_ies(ctx, from->iEsCriticalityDiagnostics, &to->ie_count, &to->ies);
	take_unknown(rnsap_ctx(ctx), from);
	return true;
}

static void put_unknown(struct rnsap_ctx *ctx, RNSAP_CriticalityDiagnostics_t *to)
{
	RNSAP_CriticalityDiagnostics_IE_List_t *list = to->iEsCriticalityDiagnostics;
	int i, k;

	to->iE_Extensions = rnsap_new_no_ies(ctx, IUPLUS_RNSAP_IN_DIAGNOSTICS, 0, 0);
	for (i = 0; list && i < list->list.count; i++) {
		RNSAP_CriticalityDiagnostics_IE_List_ExtIEs_t *extensions = list->list.array[i]->iE_Extensions;
		RNSAP_MessageStructure_t *levels = extensions->messageStructure;

		extensions->unknown = rnsap_new_unknown(ctx, IUPLUS_RNSAP_IN_DIAGNOSTICS_IE, (unsigned)i, 0);
		for (k = 0; levels && k < levels->list.count; k++)
			levels->list.array[k]->iE_Extensions =
				rnsap_new_no_ies(ctx, IUPLUS_RNSAP_IN_DIAGNOSTICS_LEVEL, (unsigned)i, (unsigned)k);
	}
}

static void put_diagnostics(struct ie_ctx *ctx, const struct ie_row *row, const void *neutral, void *value)
{
	const struct iuplus_rnsap_diagnostics *from = neutral;
	RNSAP_CriticalityDiagnostics_t *to = value;

	(void)row;
	if (from->has_procedure) {
		to->procedureID = ie_new(ctx, sizeof(*to->procedureID));
		if (!to->procedureID)
			return;
		to->procedureID->procedureCode = from->procedure_code;
		to->procedureID->ddMode = from->mode;
	}
	if (from->has_triggering_message)
		to->triggeringMessage = ie_new_long(ctx, from->triggering_message);
	if (from->has_procedure_criticality)
		to->procedureCriticality = ie_new_long(ctx, from->procedure_criticality);
	if (from->has_transaction) {
		to->transactionID = ie_new(ctx, sizeof(*to->transactionID));
		if (!to->transactionID)
			return;
		rnsap_put_transaction(&from->transaction, to->transactionID);
	}
	to->iEsCriticalityDiagnostics = new_ies(ctx, from->ie_count, from->ies);
	if (ctx->rc == IUPLUS_OK && rnsap_ctx(ctx)->from->unknown_count)
		put_unknown(rnsap_ctx(ctx), to);
}

const struct ie_codec rnsap_diagnostics = { .take = take_diagnostics, .put = put_diagnostics };
