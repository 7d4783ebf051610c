/* SPDX-License-Identifier: BSD-2-Clause */
/* check_transfer.c: Initial UE Message, Direct Transfer, Common ID, the identifiers of connections, Enhanced Relocation
 * Complete (TS 25.413 8.16, 8.22, 8.23, 8.44, 9.2.1.38). */
#include <string.h>

#include "src/judge/judge_int.h"

#define NEEDS(condition) \
	do { \
		if (!(condition)) \
			return JUDGE_NOT_APPLICABLE; \
	} while (0)
#define INITIAL(at) (&(at)->m->u.initial_ue_message)
#define TRANSFER(at) (&(at)->m->u.direct_transfer)
#define BY_CN 0x800000u                     /* 9.2.1.38: the most significant of 24 bits */
#define AGAIN_TOO_SOON UINT64_C(1000000000) /* ns */

static bool no_plmn(const uint8_t plmn[3])
{
	return plmn[0] == 0 && plmn[1] == 0 && plmn[2] == 0;
}

int judge_first_by_rnc(struct judge_at *at)
{
	const struct judge_conn *c = at->conn;

	NEEDS(c && c->first_seen && c->begun_frame == at->frame && at->from_rnc && c->origin == JUDGE_MIDDLE);
	NEEDS(at->kind != IUPLUS_RANAP_ENHANCED_RELOCATION_COMPLETE_REQUEST);
	if (at->kind == IUPLUS_RANAP_INITIAL_UE_MESSAGE)
		return IUPLUS_JUDGE_KEPT;
	return judge_broken(at, "the connection begins with %s", iuplus_ranap_kind_name(at->kind));
}

int judge_initial_contents(struct judge_at *at)
{
	NEEDS(at->m);
	if (INITIAL(at)->nas_pdu.len == 0)
		return judge_broken(at, "it has no NAS-PDU");
	if (no_plmn(INITIAL(at)->sai.plmn))
		return judge_broken(at, "it has no SAI");
	return judge_holds(at, !no_plmn(INITIAL(at)->rnc.plmn), "it has no Global RNC-ID");
}

int judge_initial_lai(struct judge_at *at)
{
	NEEDS(at->m && INITIAL(at)->domain == IUPLUS_DOMAIN_CS);
	return judge_holds(at, !no_plmn(INITIAL(at)->lai.plmn), "it has no LAI");
}

int judge_initial_rac(struct judge_at *at)
{
	NEEDS(at->m && INITIAL(at)->domain == IUPLUS_DOMAIN_PS);
	if (no_plmn(INITIAL(at)->lai.plmn))
		return judge_broken(at, "it has no LAI");
	return judge_holds(at, INITIAL(at)->has_rac, "it has no RAC");
}

int judge_initial_rac_ps_only(struct judge_at *at)
{
	NEEDS(at->m);
	return judge_holds(at, INITIAL(at)->has_rac == (INITIAL(at)->domain == IUPLUS_DOMAIN_PS),
			   INITIAL(at)->has_rac ? "it has a RAC, and the domain is CS" :
						  "it has no RAC, and the domain is PS");
}

static struct judge_conn *holder(const struct judge_at *at, const struct judge_node *giver, uint32_t sig)
{
	return judge_conn(at->judge, judge_map_get(&at->judge->sigs, judge_mix(judge_mix(giver->number, 6), sig)));
}

int judge_initial_identifier(struct judge_at *at)
{
	const struct judge_conn *other;

	NEEDS(at->m && at->conn);
	if (INITIAL(at)->iu_sig_con_id & BY_CN)
		return judge_broken(at, "the most significant bit of %06x is 1", INITIAL(at)->iu_sig_con_id);
	other = holder(at, at->conn->rnc, INITIAL(at)->iu_sig_con_id);
	if (!other || other == at->conn || other->released || judge_seen(other, IUPLUS_RANAP_IU_RELEASE_COMPLETE) ||
	    (other->link && (other->link->cleared_before[0] > other->begun_frame ||
			     other->link->cleared_before[1] > other->begun_frame)))
		return IUPLUS_JUDGE_KEPT;
	return judge_broken(
		at, "Iu Signalling Connection Identifier %06x is that of the connection of frame %u, which exists",
		INITIAL(at)->iu_sig_con_id, other->begun_frame);
}

int judge_identifier_bit(struct judge_at *at)
{
	uint32_t sig;
	bool by_cn = at->kind == IUPLUS_RANAP_RELOCATION_REQUEST;

	NEEDS(at->m);
	sig = by_cn ? at->m->u.relocation_request.iu_sig_con_id :
	      at->kind == IUPLUS_RANAP_INITIAL_UE_MESSAGE ?
		      INITIAL(at)->iu_sig_con_id :
		      at->m->u.enhanced_relocation_complete_request.iu_sig_con_id;
	if (((sig & BY_CN) != 0) == by_cn)
		return IUPLUS_JUDGE_KEPT;
	return judge_broken(at, "Iu Signalling Connection Identifier is %06x", sig);
}

int judge_identifier_again(struct judge_at *at)
{
	const struct judge_conn *other;
	uint32_t sig;
	bool by_cn = at->kind == IUPLUS_RANAP_RELOCATION_REQUEST;

	NEEDS(at->m && at->conn);
	sig = by_cn ? at->m->u.relocation_request.iu_sig_con_id : INITIAL(at)->iu_sig_con_id;
	other = holder(at, by_cn ? at->conn->cn : at->conn->rnc, sig);
	if (!other || other == at->conn || !other->released)
		return IUPLUS_JUDGE_KEPT;
	if (at->time_ns - other->released_ns > AGAIN_TOO_SOON)
		return IUPLUS_JUDGE_KEPT;
	return judge_broken(at, "Iu Signalling Connection Identifier %06x was released only %.3f s before", sig,
			    (double)(at->time_ns - other->released_ns) / 1e9);
}

int judge_transfer_down(struct judge_at *at)
{
	NEEDS(at->m && !at->from_rnc);
	if (TRANSFER(at)->nas_pdu.len == 0)
		return judge_broken(at, "it has no NAS-PDU");
	if (!TRANSFER(at)->has_sapi)
		return judge_broken(at, "it has no SAPI");
	return judge_holds(at, !TRANSFER(at)->has_lai && !TRANSFER(at)->has_rac && !TRANSFER(at)->has_sai,
			   "it has LAI, RAC or SAI, and goes to the UE");
}

int judge_transfer_up(struct judge_at *at)
{
	NEEDS(at->m && at->from_rnc);
	if (TRANSFER(at)->nas_pdu.len == 0)
		return judge_broken(at, "it has no NAS-PDU");
	return judge_holds(at, !TRANSFER(at)->has_sapi, "it has a SAPI, and comes from the UE");
}

int judge_transfer_up_area(struct judge_at *at)
{
	const struct judge_rrc_ue *u;

	NEEDS(at->m && at->from_rnc && at->conn);
	NEEDS(at->conn->domain != IUPLUS_DOMAIN_CS);
	if (at->conn->domain < 0)
		return IUPLUS_JUDGE_UNKNOWN;
	if (!TRANSFER(at)->has_lai || !TRANSFER(at)->has_rac || !TRANSFER(at)->has_sai)
		return judge_broken(at, "it has not all of LAI, RAC and SAI, and goes to the PS domain");
	u = at->conn->rrc;
	/* only the radio shows the area that the UE received */
	if (!u || !u->has_area || u->hidden || (TRANSFER(at)->lai.lac == u->lac && TRANSFER(at)->rac == u->rac))
		return IUPLUS_JUDGE_KEPT;
	return judge_broken(at, "it reports LAC %u and RAC %u, and the UE last received LAC %u and RAC %u",
			    TRANSFER(at)->lai.lac, TRANSFER(at)->rac, u->lac, u->rac);
}

/* Integrity protection is started: the core network knows the subscriber. */
int judge_common_id(struct judge_at *at)
{
	NEEDS(at->conn && at->conn->origin == JUDGE_INITIAL_UE &&
	      !judge_seen(at->conn, IUPLUS_RANAP_SECURITY_MODE_COMPLETE));
	if (judge_seen(at->conn, IUPLUS_RANAP_COMMON_ID))
		return IUPLUS_JUDGE_KEPT;
	return judge_owe(at, at->conn, false);
}

/* ---- Enhanced Relocation Complete ---------------------------------------------------------------------------- */

int judge_enhanced_first(struct judge_at *at)
{
	NEEDS(at->m && at->conn);
	if (!at->conn->first_seen)
		return IUPLUS_JUDGE_UNKNOWN;
	return judge_holds(at, at->conn->begun_frame == at->frame, "it does not open a signalling connection");
}
