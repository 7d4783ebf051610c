/* SPDX-License-Identifier: BSD-2-Clause */
/* diagnostics.c: the IE Criticality Diagnostics (TS 25.423 9.2.1.13). */
#include "rnsap/values.h"

#define AP(x) RNSAP_##x
#include "ranap/diagnostics_ies.h"

bool rnsap_take_diagnostics(struct rnsap_ctx *ctx, const RNSAP_CriticalityDiagnostics_t *from,
			    struct iuplus_rnsap_diagnostics *to)
{
	if (!from)
		return false;
	if (from->procedureID) {
		to->has_procedure = true;
		to->procedure_code = (uint8_t)from->procedureID->procedureCode;
		to->mode = from->procedureID->ddMode <= IUPLUS_RNSAP_COMMON ?
			(enum iuplus_rnsap_mode)from->procedureID->ddMode : IUPLUS_RNSAP_MODE_UNKNOWN;
	}
	if (from->triggeringMessage) {
		to->has_triggering_message = true;
		to->triggering_message = (enum iuplus_ranap_pdu)*from->triggeringMessage;
	}
	if (from->procedureCriticality) {
		to->has_procedure_criticality = true;
		to->procedure_criticality = (enum iuplus_ranap_criticality)*from->procedureCriticality;
	}
	if (from->transactionID) {
		to->has_transaction = true;
		to->transaction = rnsap_take_transaction(from->transactionID);
	}
	take_ies(&ctx->ap, from->iEsCriticalityDiagnostics, &to->ie_count, &to->ies);
	return true;
}

RNSAP_CriticalityDiagnostics_t *rnsap_new_diagnostics(struct rnsap_ctx *ctx,
						      const struct iuplus_rnsap_diagnostics *from)
{
	RNSAP_CriticalityDiagnostics_t *p = ranap_new(&ctx->ap, sizeof(*p));

	if (!p)
		return NULL;
	if (from->has_procedure) {
		p->procedureID = ranap_new(&ctx->ap, sizeof(*p->procedureID));
		if (!p->procedureID)
			return NULL;
		p->procedureID->procedureCode = from->procedure_code;
		p->procedureID->ddMode = from->mode;
	}
	if (from->has_triggering_message)
		p->triggeringMessage = ranap_put_long(&ctx->ap, from->triggering_message);
	if (from->has_procedure_criticality)
		p->procedureCriticality = ranap_put_long(&ctx->ap, from->procedure_criticality);
	if (from->has_transaction) {
		p->transactionID = ranap_new(&ctx->ap, sizeof(*p->transactionID));
		if (!p->transactionID)
			return NULL;
		rnsap_put_transaction(&from->transaction, p->transactionID);
	}
	p->iEsCriticalityDiagnostics = new_ies(&ctx->ap, from->ie_count, from->ies);
	return p;
}
