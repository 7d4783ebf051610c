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

void world_cn_aka(struct world *w)
{
	struct iuplus_ue_rrc_event keys = { .kind = IUPLUS_UE_EV_NAS_KEYS, .domain = w->cn.conn };

	world_random(w, w->cn.ck, sizeof(w->cn.ck));
	world_random(w, w->cn.ik, sizeof(w->cn.ik));
	memset(&w->cn.given, 0, sizeof(w->cn.given));
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

/* IK_U and CK_U of the key that was given last. */
static void derive_u(const struct world_cn *cn, const struct iuplus_security_freshness *freshness, uint8_t ck[16],
		     uint8_t ik[16])
{
	if (cn->direct)
		iuplus_security_keys_from_ck_ik(cn->ck, cn->ik, cn->given.counter, cn->conn, freshness, ck, ik);
	else if (cn->given.ncc)
		iuplus_security_keys_from_k_rnc_star(cn->k, NULL, ck, ik);
	else
		iuplus_security_keys_from_k_rnc(cn->k, NULL, ck, ik);
}

static void put_keys(const struct world_cn *cn, const struct iuplus_security_freshness *freshness,
		     struct iuplus_ranap_enhanced_keys *to)
{
	to->has_k_rnc = !cn->direct;
	if (to->has_k_rnc) {
		memcpy(to->k_rnc, cn->k, sizeof(to->k_rnc));
	} else {
		to->has_ck_u = true;
		derive_u(cn, freshness, to->ck_u, to->ik_u);
	}
}

/* The next key of the chain: by NCC, or by counter without one. */
static void next_key(struct world_cn *cn)
{
	if (cn->direct) {
		cn->given.counter++;
		return;
	}
	iuplus_security_k_rnc_star(cn->ck, cn->ik, cn->k, cn->k);
	cn->given.ncc++;
}

/* The key for now and the next one. m: the mapped pair of the key for now. */
static void give_keys(struct world *w, struct iuplus_ranap_enhanced_security *e,
		      const struct iuplus_security_freshness *freshness, uint8_t m_ck[16], uint8_t m_ik[16])
{
	struct world_cn *cn = &w->cn;

	e->index = cn->given;
	e->derivation = cn->direct ? IUPLUS_SECURITY_FROM_CK_IK : IUPLUS_SECURITY_FROM_K_RNC;
	e->freshness = freshness->kind;
	if (freshness->kind == IUPLUS_SECURITY_FRESHNESS_NONCE) {
		e->has_nonce = true;
		memcpy(e->nonce, freshness->nonce, sizeof(e->nonce));
	}
	put_keys(cn, freshness, &e->keys);
	derive_u(cn, freshness, m_ck, m_ik);
	iuplus_security_mapped_keys(m_ck, m_ik, m_ck, m_ik);
	next_key(cn);
	e->has_next_key = true;
	e->next_key.index = cn->given;
	put_keys(cn, NULL, &e->next_key.keys);
}

/* A counter higher than any that was given, and its key of NCC 0. */
static void new_counter(struct world *w, struct iuplus_security_freshness *freshness)
{
	memset(freshness, 0, sizeof(*freshness));
	freshness->kind = w->cn.nonce ? IUPLUS_SECURITY_FRESHNESS_NONCE : IUPLUS_SECURITY_FRESHNESS_COUNTER;
	if (w->cn.nonce)
		world_random(w, freshness->nonce, sizeof(freshness->nonce));
	w->cn.given.counter++;
	w->cn.given.ncc = 0;
	if (!w->cn.direct)
		iuplus_security_k_rnc(w->cn.ck, w->cn.ik, w->cn.given.counter, w->cn.conn, freshness, w->cn.k);
}

void world_cn_security(struct world *w, enum world_node to, bool enhanced, bool fresh)
{
	struct iuplus_ranap_security_mode_command *smc;
	struct iuplus_security_freshness freshness;
	struct iuplus_ranap_msg msg;

	memset(&msg, 0, sizeof(msg));
	msg.kind = IUPLUS_RANAP_SECURITY_MODE_COMMAND;
	smc = &msg.u.security_mode_command;
	protection(&w->cn, &smc->integrity, &smc->has_encryption, &smc->encryption);
	w->cn.smc_sent++;
	smc->has_ue_capability = w->cn.enhanced && w->cn.ue_enhanced;
	smc->ue_capability = w->cn.ue_capability;
	w->cn.kind = enhanced ? IUPLUS_KEYS_ENHANCED : IUPLUS_KEYS_LEGACY;
	if (enhanced) {
		smc->has_enhanced = smc->key_new = true;
		smc->enhanced.vector_used = !fresh;
		new_counter(w, &freshness);
		w->cn.index = w->cn.given;
		give_keys(w, &smc->enhanced, &freshness, w->cn.m_ck, w->cn.m_ik);
	} else {
		smc->key_new = fresh;
		memcpy(w->cn.m_ck, w->cn.ck, sizeof(w->cn.m_ck));
		memcpy(w->cn.m_ik, w->cn.ik, sizeof(w->cn.m_ik));
	}
	memcpy(smc->integrity.key, w->cn.m_ik, 16);
	memcpy(smc->encryption.key, w->cn.m_ck, 16);
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
	if (w->cn.kind != IUPLUS_KEYS_NONE) {
		request->has_integrity = true;
		protection(&w->cn, &request->integrity, &request->has_encryption, &request->encryption);
		memcpy(request->integrity.key, w->cn.m_ik, 16);
		memcpy(request->encryption.key, w->cn.m_ck, 16);
	}
	if (w->cn.enhanced && w->rnc_cfg[!w->serving].enhanced && w->cn.ue_enhanced) {
		request->has_ue_capability = true;
		request->ue_capability = w->cn.ue_capability;
		if (w->cn.kind == IUPLUS_KEYS_ENHANCED && !w->cn.no_key) {
			struct iuplus_security_freshness freshness = { .kind = IUPLUS_SECURITY_FRESHNESS_COUNTER };
			uint8_t ck[16], ik[16];

			request->has_enhanced = true;
			request->enhanced.vector_used = true;
			next_key(&w->cn);
			give_keys(w, &request->enhanced, &freshness, ck, ik);
			memcpy(request->integrity.key, ik, 16);
			memcpy(request->encryption.key, ck, 16);
		}
	}
	cn_send(w, world_new(w), &msg, true);
	w->cn.target_connected = true;
}

/* Key In Use of the target; without it the target has no hierarchy and took the container's keys. */
static void take_key_in_use(struct world *w, const struct iuplus_ranap_relocation_complete *complete)
{
	if (complete->has_key_in_use && complete->key_in_use.enhanced) {
		w->cn.kind = IUPLUS_KEYS_ENHANCED;
		w->cn.index = complete->key_in_use.index;
	} else if (w->cn.kind == IUPLUS_KEYS_ENHANCED) {
		w->cn.kind = IUPLUS_KEYS_MAPPED;
	}
}

static void cn_after_relocation(struct world *w)
{
	if (!w->cn.enhanced || !w->cn.target_enhanced || !w->cn.ue_enhanced)
		return;
	if (w->cn.kind == IUPLUS_KEYS_ENHANCED && !w->cn.aka_after)
		return;
	if (w->cn.aka_after)
		world_cn_aka(w);
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
		world_cn_aka(w);
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
		if (msg.u.relocation_complete.has_ue_capability) {
			w->cn.ue_enhanced = true;
			w->cn.ue_capability = msg.u.relocation_complete.ue_capability;
		}
		take_key_in_use(w, &msg.u.relocation_complete);
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
