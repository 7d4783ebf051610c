/* SPDX-License-Identifier: BSD-2-Clause */
/* diagnostics.c: the IE Criticality Diagnostics (TS 25.413 9.2.1.35). */
#include "ranap/values.h"

#define AP(x) RANAP_##x
#include "ranap/ie_diagnostics.h"

static bool take_diagnostics(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *neutral)
{
	const RANAP_CriticalityDiagnostics_t *from = value;
	struct iuplus_ranap_diagnostics *to = neutral;

	(void)row;
	if (from->procedureCode) {
		to->has_procedure_code = true;
		to->procedure_code = (uint8_t)*from->procedureCode;
	}
	if (from->triggeringMessage) {
		to->has_triggering_message = true;
		to->triggering_message = (enum iuplus_ranap_pdu) * from->triggeringMessage;
	}
	if (from->procedureCriticality) {
		to->has_procedure_criticality = true;
		to->procedure_criticality = (enum iuplus_ranap_criticality) * from->procedureCriticality;
	}
	take_ies(ctx, from->iEsCriticalityDiagnostics, &to->ie_count, &to->ies);
	return true;
}

static void put_diagnostics(struct ie_ctx *ctx, const struct ie_row *row, const void *neutral, void *value)
{
	const struct iuplus_ranap_diagnostics *from = neutral;
	RANAP_CriticalityDiagnostics_t *to = value;

	(void)row;
	if (from->has_procedure_code)
		to->procedureCode = ie_new_long(ctx, from->procedure_code);
	if (from->has_triggering_message)
		to->triggeringMessage = ie_new_long(ctx, from->triggering_message);
	if (from->has_procedure_criticality)
		to->procedureCriticality = ie_new_long(ctx, from->procedure_criticality);
	to->iEsCriticalityDiagnostics = new_ies(ctx, from->ie_count, from->ies);
}

const struct ie_codec ranap_diagnostics = { .take = take_diagnostics, .put = put_diagnostics };
