/* SPDX-License-Identifier: BSD-2-Clause */
/* conditional.c: IEs whose presence depends on another IE of the same message (TS 25.413 10.3.3; the conditions are in
 * the tables of 9.1 and 9.2), in the messages that the nodes here receive. What is missing or erroneously present
 * becomes one of the engine's problems, so that clause 10 is applied to it as to any other (10.3.5, 10.3.6). A
 * condition that refers to something outside the message is its receiver's to evaluate. */
#include <string.h>
#include "ranap/values.h"

struct finding {
	bool required, allowed, present;
	uint16_t id;
	enum iuplus_ranap_criticality criticality;
};

#define MAX_FINDINGS 3

/* TargetID: bit 0 is the extension (an eNB), bit 1 the alternative: RNC or GSM cell (CGI). */
static bool target_is_gsm(const struct iuplus_ranap_relocation_required *r)
{
	return !r->target_is_rnc && r->other_target.len && (r->other_target.data[0] & 0xc0) == 0x40;
}

/* 9.1.10: classmarks for a GSM cell, unless the BSS's container has them; the container for an RNC (an eNB has one,
 * too). */
static unsigned relocation_required(const struct iuplus_ranap_msg *msg, struct finding *to)
{
	const struct iuplus_ranap_relocation_required *r = &msg->u.relocation_required;
	bool gsm = target_is_gsm(r), marks = gsm && !r->has_source_bss;

	to[0] = (struct finding){ marks, gsm, r->has_classmark2, 7, IUPLUS_RANAP_REJECT };
	to[1] = (struct finding){ marks, gsm, r->has_classmark3, 8, IUPLUS_RANAP_IGNORE };
	to[2] = (struct finding){ !gsm, !gsm, r->has_container, 61, IUPLUS_RANAP_REJECT };
	return 3;
}

/* 9.2.1.28: D-RNTI when the UE is not involved, Target Cell ID when it is. They are members of the container. */
static unsigned relocation_request(const struct iuplus_ranap_msg *msg, struct finding *to)
{
	const struct iuplus_ranap_source_to_target *c = &msg->u.relocation_request.container;

	to[0] = (struct finding){ !c->ue_involved, !c->ue_involved, c->has_d_rnti, 61, IUPLUS_RANAP_REJECT };
	to[1] = (struct finding){ c->ue_involved, c->ue_involved, c->has_target_cell, 61, IUPLUS_RANAP_REJECT };
	return c->opened ? 2 : 0;
}

/* 9.1.33: RAC towards the packet domain. */
static unsigned initial_ue_message(const struct iuplus_ranap_msg *msg, struct finding *to)
{
	const struct iuplus_ranap_initial_ue_message *i = &msg->u.initial_ue_message;

	bool ps = i->domain == IUPLUS_DOMAIN_PS;

	to[0] = (struct finding){ ps, ps, i->has_rac, 55, IUPLUS_RANAP_IGNORE };
	return 1;
}

static unsigned find(const struct iuplus_ranap_msg *msg, struct finding *to)
{
	switch (msg->kind) {
	case IUPLUS_RANAP_RELOCATION_REQUIRED:
		return relocation_required(msg, to);
	case IUPLUS_RANAP_RELOCATION_REQUEST:
		return relocation_request(msg, to);
	case IUPLUS_RANAP_INITIAL_UE_MESSAGE:
		return initial_ue_message(msg, to);
	default:
		return 0;
	}
}

/* The engine's problem for an IE; 10.3.6 treats one that is erroneously present as one that is repeated. */
static struct iuplus_asn1_problem *problem_of(struct ie_ctx *ctx, const struct finding *f)
{
	struct iuplus_asn1_problem *p = ie_new(ctx, sizeof(*p));

	if (!p)
		return NULL;
	p->kind = f->present ? IUPLUS_ASN1_REPEATED : IUPLUS_ASN1_MISSING_IE;
	p->criticality = f->criticality;
	p->top = true;
	p->id = f->id;
	return p;
}

/* 10.5: the answer reports what was found before as well. */
static int report_before(struct ie_ctx *ctx, const struct iuplus_ranap_problem *before,
			 struct iuplus_ranap_problem *problem)
{
	unsigned old = before->diagnostics.ie_count, new = problem->diagnostics.ie_count;
	struct iuplus_ranap_ie_diagnostics *ies;

	if (!old)
		return IUPLUS_OK;
	ies = ie_new(ctx, (old + new) * sizeof(*ies));
	if (!ies)
		return IUPLUS_ERR_MEMORY;
	memcpy(ies, before->diagnostics.ies, old * sizeof(*ies));
	if (new)
		memcpy(ies + old, problem->diagnostics.ies, new * sizeof(*ies));
	problem->diagnostics.ies = ies;
	problem->diagnostics.ie_count = (uint16_t)(old + new);
	return IUPLUS_OK;
}

int iuplus_ranap_conditions(const struct iuplus_ranap_msg *msg, struct iuplus_arena *arena,
			    struct iuplus_ranap_problem *problem)
{
	const struct ranap_head head = { IUPLUS_RANAP_KIND_PDU(msg->kind), (uint8_t)IUPLUS_RANAP_KIND_CODE(msg->kind),
					 msg->criticality };
	struct iuplus_ranap_problem before = *problem;
	struct iuplus_asn1_problem *p, *last = NULL;
	struct iuplus_asn1_error error = { .rc = IUPLUS_OK };
	struct ie_ctx ctx = { .arena = arena };
	struct finding list[MAX_FINDINGS];
	unsigned count = find(msg, list), i;
	int rc;

	for (i = 0; i < count; i++) {
		if (list[i].present ? list[i].allowed : !list[i].required)
			continue;
		p = problem_of(&ctx, &list[i]);
		if (!p)
			return IUPLUS_ERR_MEMORY;
		if (last)
			last->next = p;
		else
			error.problems = p;
		last = p;
	}
	if (!error.problems)
		return IUPLUS_OK;
	rc = ranap_judge(&ctx, IUPLUS_OK, &error, &head, true, problem);
	if (rc == IUPLUS_OK)
		*problem = before; /* of criticality ignore: no report */
	else if (rc != IUPLUS_ERR_MEMORY)
		rc = report_before(&ctx, &before, problem) ? IUPLUS_ERR_MEMORY : rc;
	return rc;
}
