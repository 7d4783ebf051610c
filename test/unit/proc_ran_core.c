/* SPDX-License-Identifier: BSD-2-Clause */
/* The core network of proc_ran_world.h: a script that answers as an SGSN would. */
#include "test/unit/proc_ran_world.h"

#include <stdio.h>
#include <string.h>

static void cn_send(struct world *w, enum world_node to, const struct iuplus_ranap_msg *msg, bool connect)
{
	struct iuplus_octets pdu;
	struct world_message *m;
	int rc = iuplus_ranap_encode(msg, w->cn.enhanced ? 0 : IUPLUS_RANAP_LEGACY, &w->arena, &pdu);

	if (rc) {
		fprintf(stderr, "core: %s: %s\n", iuplus_ranap_kind_name(msg->kind), iuplus_strrc(rc));
		w->overflows++;
		return;
	}
	world_record(w, IUPLUS_STEP_NONE, iuplus_ranap_kind_name(msg->kind), IUPLUS_KEYS_NONE);
	m = world_put(w, WORLD_CN, to, pdu, iuplus_ranap_kind_name(msg->kind));
	if (m) {
		m->ranap = true;
		m->conn = w->cn.conn;
		m->connect = connect;
	}
}

void world_cn_cause(struct world *w, enum world_node to, unsigned kind, uint16_t cause)
{
	struct iuplus_ranap_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.kind = kind;
	if (kind == IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE)
		msg.u.relocation_preparation_failure.cause = cause;
	else
		msg.u.iu_release_command.cause = cause;
	cn_send(w, to, &msg, false);
}

static void cn_aka(struct world *w)
{
	struct iuplus_ue_rrc_event keys = { .kind = IUPLUS_UE_EV_NAS_KEYS, .domain = w->cn.conn };

	world_random(w, w->cn.ck, sizeof(w->cn.ck));
	world_random(w, w->cn.ik, sizeof(w->cn.ik));
	memcpy(keys.ck, w->cn.ck, sizeof(keys.ck));
	memcpy(keys.ik, w->cn.ik, sizeof(keys.ik));
	world_ue(w, &keys);
}

static void protection(const struct world_cn *cn, struct iuplus_ranap_protection *integrity, bool *has_encryption,
		       struct iuplus_ranap_protection *encryption)
{
	unsigned i;

	integrity->count = cn->uia_count;
	for (i = 0; i < cn->uia_count; i++)
		integrity->algorithms[i] = cn->uia[i];
	*has_encryption = cn->uea_count > 0;
	encryption->count = cn->uea_count;
	memcpy(encryption->algorithms, cn->uea, cn->uea_count);
}

void world_cn_security(struct world *w, enum world_node to, bool enhanced, bool fresh)
{
	struct iuplus_ranap_security_mode_command *smc;
	struct iuplus_security_freshness freshness;
	struct iuplus_ranap_msg msg;

	memset(&msg, 0, sizeof(msg));
	memset(&freshness, 0, sizeof(freshness));
	msg.kind = IUPLUS_RANAP_SECURITY_MODE_COMMAND;
	smc = &msg.u.security_mode_command;
	protection(&w->cn, &smc->integrity, &smc->has_encryption, &smc->encryption);
	smc->key_new = fresh;
	w->cn.smc_sent++;
	w->cn.kind = enhanced ? IUPLUS_KEYS_ENHANCED : IUPLUS_KEYS_LEGACY;
	if (!enhanced) {
		memcpy(smc->integrity.key, w->cn.ik, 16);
		memcpy(smc->encryption.key, w->cn.ck, 16);
		cn_send(w, to, &msg, false);
		return;
	}
	smc->has_enhanced = true;
	smc->enhanced.index.counter = 1;
	smc->enhanced.vector_used = !fresh;
	smc->enhanced.freshness = w->cn.nonce ? IUPLUS_SECURITY_FRESHNESS_NONCE : IUPLUS_SECURITY_FRESHNESS_COUNTER;
	w->cn.star_used = w->cn.direct; /* direct derivation has no K_RNC* */
	if (w->cn.nonce) {
		smc->enhanced.has_nonce = true;
		world_random(w, smc->enhanced.nonce, sizeof(smc->enhanced.nonce));
		freshness.kind = IUPLUS_SECURITY_FRESHNESS_NONCE;
		memcpy(freshness.nonce, smc->enhanced.nonce, sizeof(smc->enhanced.nonce));
	}
	if (w->cn.direct) {
		smc->enhanced.derivation = IUPLUS_SECURITY_FROM_CK_IK;
		smc->enhanced.keys.has_ck_u = smc->has_encryption;
		iuplus_security_keys_from_ck_ik(w->cn.ck, w->cn.ik, 1, w->cn.conn, &freshness, smc->enhanced.keys.ck_u,
						smc->enhanced.keys.ik_u);
	} else {
		iuplus_security_k_rnc(w->cn.ck, w->cn.ik, 1, w->cn.conn, &freshness, w->cn.k_rnc);
		w->cn.has_k_rnc = true;
		smc->enhanced.keys.has_k_rnc = true;
		memcpy(smc->enhanced.keys.k_rnc, w->cn.k_rnc, 32);
		smc->enhanced.has_next_key = smc->enhanced.next_key.keys.has_k_rnc = true;
		smc->enhanced.next_key.index = (struct iuplus_security_key_index){ 1, 1 };
		iuplus_security_k_rnc_star(w->cn.ck, w->cn.ik, w->cn.k_rnc, smc->enhanced.next_key.keys.k_rnc);
	}
	cn_send(w, to, &msg, false);
}

void world_cn_nas(struct world *w, enum world_node to)
{
	struct iuplus_ranap_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_DIRECT_TRANSFER;
	msg.u.direct_transfer.nas_pdu.data = (const uint8_t *)"\x08\x02\x01\x02";
	msg.u.direct_transfer.nas_pdu.len = 4;
	msg.u.direct_transfer.has_sapi = true;
	cn_send(w, to, &msg, false);
}

static void cn_relocate(struct world *w, const struct iuplus_ranap_relocation_required *required)
{
	struct iuplus_ranap_relocation_request *request;
	struct iuplus_ranap_msg msg;

	if (w->cn.refuse_relocation || w->dead[world_new(w)]) {
		w->cn.preparation_failed = true;
		world_cn_cause(w, world_old(w), IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE,
			       IUPLUS_RANAP_CAUSE_UNKNOWN_TARGET_RNC);
		return;
	}
	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_RELOCATION_REQUEST;
	request = &msg.u.relocation_request;
	request->cause = required->cause;
	request->domain = w->cn.conn;
	request->container = required->container;
	request->iu_sig_con_id = 0x800001;
	w->cn.gave_keys = w->cn.kind == IUPLUS_KEYS_ENHANCED && (!w->rnc_cfg[!w->serving].enhanced || w->cn.star_used);
	if (w->cn.gave_keys) {
		request->has_integrity = true;
		protection(&w->cn, &request->integrity, &request->has_encryption, &request->encryption);
		memcpy(request->integrity.key, w->cn.ik, 16);
		memcpy(request->encryption.key, w->cn.ck, 16);
	}
	cn_send(w, world_new(w), &msg, true);
	w->cn.target_connected = true;
}

static void cn_after_relocation(struct world *w)
{
	if (w->cn.gave_keys)
		w->cn.kind = IUPLUS_KEYS_LEGACY;
	else if (w->cn.kind == IUPLUS_KEYS_ENHANCED)
		w->cn.star_used = true;
	if (!w->cn.enhanced || !w->cn.target_enhanced || !w->cn.ue_enhanced)
		return;
	if (w->cn.kind == IUPLUS_KEYS_ENHANCED && !w->cn.aka_after)
		return; /* the target already uses keys from K_RNC* */
	if (w->cn.aka_after)
		cn_aka(w);
	world_cn_security(w, world_new(w), true, w->cn.aka_after);
}

void world_cn_receive(struct world *w, const struct world_message *m)
{
	struct iuplus_octets pdu = { m->pdu, m->len };
	struct iuplus_ranap_problem problem;
	struct iuplus_ranap_msg msg, out;

	if (m->release || w->cn.deaf)
		return;
	w->cn.conn = m->conn;
	if (iuplus_ranap_decode(pdu, w->cn.enhanced ? 0 : IUPLUS_RANAP_LEGACY, &w->arena, &msg, &problem)) {
		fprintf(stderr, "core: %s cannot be decoded: %s\n", m->name, problem.path ? problem.path : "?");
		w->overflows++;
		return;
	}
	memset(&out, 0, sizeof(out));
	switch (msg.kind) {
	case IUPLUS_RANAP_INITIAL_UE_MESSAGE:
		world_rnc(w, m->from - WORLD_SOURCE,
			  &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_IU_CONFIRMED, .conn = m->conn });
		if (msg.u.initial_ue_message.has_ue_capability) {
			w->cn.source_enhanced = w->cn.ue_enhanced = true;
			w->cn.ue_capability = msg.u.initial_ue_message.ue_capability;
		}
		cn_aka(w);
		out.kind = IUPLUS_RANAP_COMMON_ID;
		iuplus_ranap_imsi_parse("001010123456789", &out.u.common_id.imsi);
		cn_send(w, m->from, &out, false);
		world_cn_security(w, m->from, w->cn.source_enhanced && w->cn.enhanced, true);
		break;
	case IUPLUS_RANAP_SECURITY_MODE_COMPLETE:
		w->cn.secured = true;
		world_cn_nas(w, m->from);
		break;
	case IUPLUS_RANAP_SECURITY_MODE_REJECT:
		w->cn.reject_seen = true;
		break;
	case IUPLUS_RANAP_DIRECT_TRANSFER:
		w->nas_down_seen++;
		break;
	case IUPLUS_RANAP_RELOCATION_REQUIRED:
		cn_relocate(w, &msg.u.relocation_required);
		break;
	case IUPLUS_RANAP_RELOCATION_REQUEST_ACKNOWLEDGE:
		w->cn.target_enhanced = msg.u.relocation_request_acknowledge.has_network_capability;
		if (w->cn.hold_command)
			break;
		w->cn.commanded = true;
		out.kind = IUPLUS_RANAP_RELOCATION_COMMAND;
		out.u.relocation_command.has_container = msg.u.relocation_request_acknowledge.has_container;
		out.u.relocation_command.container = msg.u.relocation_request_acknowledge.container;
		cn_send(w, world_old(w), &out, false);
		break;
	case IUPLUS_RANAP_RELOCATION_FAILURE:
		w->cn.preparation_failed = true;
		w->cn.target_connected = false;
		world_cn_cause(w, world_old(w), IUPLUS_RANAP_RELOCATION_PREPARATION_FAILURE,
			       IUPLUS_RANAP_CAUSE_RELOCATION_FAILURE_IN_TARGET);
		world_rnc(w, 1, &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_IU_RELEASED, .conn = m->conn });
		break;
	case IUPLUS_RANAP_RELOCATION_COMPLETE:
		w->cn.relocation_complete = true;
		if (msg.u.relocation_complete.has_ue_capability)
			w->cn.ue_enhanced = true;
		world_cn_cause(w, world_old(w), IUPLUS_RANAP_IU_RELEASE_COMMAND,
			       IUPLUS_RANAP_CAUSE_SUCCESSFUL_RELOCATION);
		cn_after_relocation(w);
		break;
	case IUPLUS_RANAP_RELOCATION_CANCEL:
		out.kind = IUPLUS_RANAP_RELOCATION_CANCEL_ACKNOWLEDGE;
		cn_send(w, m->from, &out, false);
		if (w->cn.target_connected && !w->dead[world_new(w)])
			world_cn_cause(w, world_new(w), IUPLUS_RANAP_IU_RELEASE_COMMAND,
				       IUPLUS_RANAP_CAUSE_RELOCATION_CANCELLED);
		break;
	case IUPLUS_RANAP_IU_RELEASE_REQUEST:
		world_cn_cause(w, m->from, IUPLUS_RANAP_IU_RELEASE_COMMAND, msg.u.iu_release_request.cause);
		break;
	case IUPLUS_RANAP_IU_RELEASE_COMPLETE:
		w->cn.released = true;
		if (m->from == world_new(w))
			w->cn.target_connected = false;
		world_rnc(w, m->from - WORLD_SOURCE,
			  &(struct iuplus_rnc_event){ .kind = IUPLUS_RNC_EV_IU_RELEASED, .conn = m->conn });
		break;
	default:
		break;
	}
}
