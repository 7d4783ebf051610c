/* SPDX-License-Identifier: BSD-2-Clause */
/* diagnostics.c: the IE Criticality Diagnostics (TS 25.413 9.2.1.35). */
#include "ranap/values.h"

#define AP(x) RANAP_##x
#include "ranap/diagnostics_ies.h"

bool ranap_take_diagnostics(struct ranap_ctx *ctx, const RANAP_CriticalityDiagnostics_t *from,
			    struct iuplus_ranap_diagnostics *to)
{
	if (!from)
		return false;
	if (from->procedureCode) {
		to->has_procedure_code = true;
		to->procedure_code = (uint8_t)*from->procedureCode;
	}
	if (from->triggeringMessage) {
		to->has_triggering_message = true;
		to->triggering_message = (enum iuplus_ranap_pdu)*from->triggeringMessage;
	}
	if (from->procedureCriticality) {
		to->has_procedure_criticality = true;
		to->procedure_criticality = (enum iuplus_ranap_criticality)*from->procedureCriticality;
	}
	take_ies(ctx, from->iEsCriticalityDiagnostics, &to->ie_count, &to->ies);
	return true;
}

RANAP_CriticalityDiagnostics_t *ranap_new_diagnostics(struct ranap_ctx *ctx,
						      const struct iuplus_ranap_diagnostics *from)
{
	RANAP_CriticalityDiagnostics_t *p = ranap_new(ctx, sizeof(*p));

	if (!p)
		return NULL;
	if (from->has_procedure_code)
		p->procedureCode = ranap_put_long(ctx, from->procedure_code);
	if (from->has_triggering_message)
		p->triggeringMessage = ranap_put_long(ctx, from->triggering_message);
	if (from->has_procedure_criticality)
		p->procedureCriticality = ranap_put_long(ctx, from->procedure_criticality);
	p->iEsCriticalityDiagnostics = new_ies(ctx, from->ie_count, from->ies);
	return p;
}
