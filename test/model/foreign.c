/* SPDX-License-Identifier: BSD-2-Clause */
/* foreign.c: messages that machines of ours do not send, or not in such states, but peers of other makers may: they are
 * allowed, protected where they must be, and reach rows of the tables that our own peers do not. */
#include "test/model/model.h"

#include <string.h>

/* ---- Iu ---- */

static bool put_ranap(struct world *w, const struct iuplus_ranap_msg *m, enum message_kind kind, bool to_core,
		      int connection, unsigned cell)
{
	struct iuplus_arena arena;
	struct iuplus_octets pdu;
	struct message *to;
	bool done;

	iuplus_arena_init(&arena, 0);
	done = !iuplus_ranap_encode(m, 0, &arena, &pdu);
	if (done) {
		model_trace(w, "FOREIGN: %s", iuplus_ranap_kind_name(m->kind));
		to = model_put(w, kind, pdu, iuplus_ranap_kind_name(m->kind));
		to->to_core = to_core;
		to->connection = connection;
		to->cell = cell;
	}
	iuplus_arena_free(&arena);
	return done;
}

static bool on_connection(struct world *w, uint64_t random)
{
	static const uint8_t status[] = { 0x08, 0x20, 0x6f }; /* GMM STATUS */
	static const unsigned down[] = { IUPLUS_RANAP_DIRECT_TRANSFER, IUPLUS_RANAP_COMMON_ID,
					 IUPLUS_RANAP_ERROR_INDICATION },
			      up[] = { IUPLUS_RANAP_ERROR_INDICATION, IUPLUS_RANAP_IU_RELEASE_REQUEST };
	bool to_core = random % 4 == 0;
	struct iuplus_ranap_msg m;
	unsigned i, n;

	memset(&m, 0, sizeof(m));
	m.kind = to_core ? up[random / 4 % 2] : down[random / 4 % 3];
	switch (m.kind) {
	case IUPLUS_RANAP_DIRECT_TRANSFER:
		m.u.direct_transfer.nas_pdu = (struct iuplus_octets){ status, sizeof(status) };
		m.u.direct_transfer.has_sapi = true;
		m.u.direct_transfer.sapi = random / 16 & 1 ? 3 : 0;
		break;
	case IUPLUS_RANAP_COMMON_ID:
		iuplus_ranap_imsi_parse(w->subscriber.imsi, &m.u.common_id.imsi);
		break;
	case IUPLUS_RANAP_IU_RELEASE_REQUEST:
		m.u.iu_release_request.cause = IUPLUS_RANAP_CAUSE_USER_INACTIVITY;
		break;
	default:
		m.u.error_indication.has_cause = true;
		m.u.error_indication.cause = IUPLUS_RANAP_CAUSE_UNSPECIFIED;
		break;
	}
	for (i = 0; i < CONNECTIONS; i++) {
		n = (unsigned)((i + random / 32) % CONNECTIONS);
		if (w->connection[n].used && w->connection[n].cn != NONE && w->connection[n].rnc != NONE)
			return put_ranap(w, &m, M_DATA, to_core, (int)n, 0);
	}
	return false;
}

/* A connection of the core that starts nothing: without a message, or with one that is none of a procedure's. */
static bool empty_connection(struct world *w, uint64_t random)
{
	unsigned cell = random % w->cells;
	struct iuplus_ranap_msg m;
	struct message *to;
	int connection = model_iu_open(w);

	if (connection == NONE)
		return false;
	if (random & 64) {
		memset(&m, 0, sizeof(m));
		m.kind = IUPLUS_RANAP_ERROR_INDICATION;
		m.u.error_indication.has_cause = true;
		m.u.error_indication.cause = IUPLUS_RANAP_CAUSE_UNSPECIFIED;
		return put_ranap(w, &m, M_CONNECT, false, connection, cell);
	}
	model_trace(w, "FOREIGN: a connection without a message");
	to = model_put(w, M_CONNECT, (struct iuplus_octets){ NULL, 0 }, "CR");
	to->connection = connection;
	to->cell = cell;
	if (random & 128) {
		to = model_put(w, M_RELEASE, (struct iuplus_octets){ NULL, 0 }, "RLSD");
		to->connection = connection;
	}
	return true;
}

static bool overload(struct world *w, uint64_t random)
{
	struct iuplus_ranap_msg m;
	bool to_core = random & 1;

	memset(&m, 0, sizeof(m));
	m.kind = IUPLUS_RANAP_OVERLOAD;
	if (to_core) {
		m.u.overload.has_rnc = true;
		memcpy(m.u.overload.rnc.plmn, w->cn_config.link.plmn, 3);
		m.u.overload.rnc.rnc_id = w->rnc_config[random / 2 % w->cells].rnc_id;
	} else {
		m.u.overload.has_domain = true;
		m.u.overload.domain = IUPLUS_DOMAIN_PS;
	}
	return put_ranap(w, &m, M_UNITDATA, to_core, NONE, random / 2 % w->cells);
}

/* ---- the UE ---- */

/* RRC of another UE, with the counts and keys of this one. */
static bool from_ue(struct world *w, uint64_t random)
{
	struct iuplus_rrc_integrity *s = &w->ue.rrc->now.integrity;
	struct iuplus_proc_action a = { .kind = IUPLUS_ACT_RRC_SEND, .rb = 2 };
	struct iuplus_arena arena;
	struct iuplus_rrc_msg m;
	bool done;

	if (w->ue.rrc->state != IUPLUS_UE_CONNECTED)
		return false;
	memset(&m, 0, sizeof(m));
	m.channel = IUPLUS_RRC_UL_DCCH;
	m.type = random & 1 ? IUPLUS_RRC_STATUS : IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE_INDICATION;
	m.integrity_check.present = s->started;
	if (!(random & 1))
		m.u.signalling_connection_release.domain = random & 2 ? IUPLUS_DOMAIN_PS : IUPLUS_DOMAIN_CS;
	iuplus_arena_init(&arena, 0);
	done = !iuplus_rrc_encode(&m, 0, &arena, &a.pdu, NULL) &&
	       (!s->started || !iuplus_rrc_integrity_protect(s, true, 2, (uint8_t *)(uintptr_t)a.pdu.data, a.pdu.len));
	if (done) {
		model_trace(w, "FOREIGN: the UE sends %s", iuplus_rrc_asn1_name(m.type));
		a.message = iuplus_rrc_asn1_name(m.type);
		a.protected_by = s->started ? w->ue.keys.kind : IUPLUS_KEYS_NONE;
		model_radio_send(w, NULL, &a);
	}
	iuplus_arena_free(&arena);
	return done;
}

/* A UE that rejects a Security Mode Command, which it verified: its number is used (TS 25.331 8.1.12.4). */
bool foreign_refusal(struct world *w, uint64_t random)
{
	struct iuplus_proc_action a = { .kind = IUPLUS_ACT_RRC_SEND, .rb = 2, .message = "SecurityModeFailure" };
	struct iuplus_rrc_integrity *s = &w->ue.rrc->now.integrity;
	struct iuplus_rrc_count *count = &s->dl[2];
	struct iuplus_rrc_msg command, failure;
	struct iuplus_arena arena;
	const struct record *r;
	bool done = false;
	unsigned n;

	(void)random;
	for (n = 0; n < w->queued; n++)
		if (w->queue[n].kind == M_RADIO && !strcmp(w->queue[n].name, "SecurityModeCommand"))
			break;
	if (n == w->queued || !s->started)
		return false;
	r = &w->record[w->queue[n].record];
	if (r->cell != w->ue.cell || r->id != w->ue.id)
		return false;
	iuplus_arena_init(&arena, 0);
	memset(&failure, 0, sizeof(failure));
	failure.channel = IUPLUS_RRC_UL_DCCH;
	failure.type = IUPLUS_RRC_SECURITY_MODE_FAILURE;
	failure.integrity_check.present = true;
	failure.u.failure.has_transaction = true;
	failure.u.failure.failure.cause = IUPLUS_RRC_FAILURE_INVALID_CONFIGURATION;
	if (!iuplus_rrc_decode(IUPLUS_RRC_DL_DCCH, (struct iuplus_octets){ r->pdu, r->len }, 0, &arena, &command,
			       NULL)) {
		failure.u.failure.transaction = command.u.security_mode_command.transaction;
		done = !iuplus_rrc_encode(&failure, 0, &arena, &a.pdu, NULL) &&
		       !iuplus_rrc_integrity_protect(s, true, 2, (uint8_t *)(uintptr_t)a.pdu.data, a.pdu.len);
	}
	if (done) {
		model_drop(w, n); /* received */
		count->sn = (count->sn + 1u) & 15u;
		count->hfn += !count->sn;
		a.protected_by = w->ue.keys.kind;
		model_trace(w, "FOREIGN: the UE rejects Security Mode Command");
		model_radio_send(w, NULL, &a);
	}
	iuplus_arena_free(&arena);
	return done;
}

/* A core that sends Security Mode Command again with CK and IK in use and key status "old", which the RNC must reject
 * (TS 25.413 8.18.4). The RNC has it at once, and its answer does not go to our own core. */
static bool same_keys(struct world *w, uint64_t random)
{
	struct iuplus_rnc_event event = { .kind = IUPLUS_RNC_EV_RANAP, .conn = IUPLUS_DOMAIN_PS };
	struct rnc_context *c = model_serving(w);
	struct iuplus_ranap_security_mode_command *smc;
	struct iuplus_ranap_msg m;
	struct iuplus_arena arena;
	bool done;

	(void)random;
	if (!c || c->iu[IUPLUS_DOMAIN_PS] == NONE || c->ue->state != IUPLUS_RNC_CONNECTED ||
	    !c->ue->integrity.started || w->ue.keys.kind != IUPLUS_KEYS_LEGACY)
		return false;
	memset(&m, 0, sizeof(m));
	m.kind = IUPLUS_RANAP_SECURITY_MODE_COMMAND;
	smc = &m.u.security_mode_command;
	smc->integrity.count = 1;
	smc->integrity.algorithms[0] = (uint8_t)w->ue.keys.uia;
	memcpy(smc->integrity.key, w->ue.keys.ik, 16);
	smc->has_encryption = true;
	smc->encryption.count = 1;
	smc->encryption.algorithms[0] = (uint8_t)(w->ue.keys.ciphering_started ? w->ue.keys.uea : 0);
	memcpy(smc->encryption.key, w->ue.keys.ck, 16);
	iuplus_arena_init(&arena, 0);
	done = !iuplus_ranap_encode(&m, 0, &arena, &event.pdu);
	if (done) {
		model_trace(w, "FOREIGN: Security Mode Command with the keys in use");
		w->foreign_command = true;
		model_rnc_event(w, c, &event);
	}
	iuplus_arena_free(&arena);
	return done;
}

static void identity(const struct world *w, struct iuplus_nas_identity *i)
{
	i->type = w->ue.nas.has_ptmsi ? IUPLUS_NAS_IDENTITY_TMSI : IUPLUS_NAS_IDENTITY_IMSI;
	i->tmsi = w->ue.nas.ptmsi;
	strcpy(i->digits, w->nas_config.imsi);
}

/* NAS of another phone. */
static bool nas_up(struct world *w, uint64_t random)
{
	static const enum iuplus_nas_type types[] = {
		IUPLUS_NAS_ATTACH_REQUEST,  IUPLUS_NAS_RAU_REQUEST,
		IUPLUS_NAS_SERVICE_REQUEST, IUPLUS_NAS_GMM_STATUS,
		IUPLUS_NAS_RAU_COMPLETE,    IUPLUS_NAS_DETACH_ACCEPT,
		IUPLUS_NAS_ATTACH_COMPLETE, IUPLUS_NAS_PTMSI_REALLOCATION_COMPLETE,
		IUPLUS_NAS_DETACH_REQUEST,
	};
	static const uint8_t capability[] = { 0xe5, 0xe0 }, radio[] = { 0x14, 0x07, 0x02, 0x06, 0x00, 0x00 };
	struct iuplus_ue_rrc_event event = { .kind = IUPLUS_UE_EV_NAS_DOWN, .domain = IUPLUS_DOMAIN_PS };
	uint8_t buf[IUPLUS_NAS_MAX_PDU];
	struct iuplus_nas_msg m;

	memset(&m, 0, sizeof(m));
	m.type = types[random % (sizeof(types) / sizeof(types[0]))];
	switch (m.type) {
	case IUPLUS_NAS_ATTACH_REQUEST:
		m.u.attach_request.ms_network_capability = (struct iuplus_octets){ capability, sizeof(capability) };
		m.u.attach_request.ms_radio_access_capability = (struct iuplus_octets){ radio, sizeof(radio) };
		m.u.attach_request.attach_type = 9;
		m.u.attach_request.cksn = w->ue.nas.cksn;
		identity(w, &m.u.attach_request.identity);
		m.u.attach_request.old_rai = w->ue.nas.rai;
		break;
	case IUPLUS_NAS_RAU_REQUEST:
		m.u.rau_request.ms_radio_access_capability = (struct iuplus_octets){ radio, sizeof(radio) };
		m.u.rau_request.update_type = 8;
		m.u.rau_request.cksn = w->ue.nas.cksn;
		m.u.rau_request.old_rai = w->ue.nas.rai;
		m.u.rau_request.has_ptmsi = w->ue.nas.has_ptmsi;
		identity(w, &m.u.rau_request.ptmsi);
		break;
	case IUPLUS_NAS_SERVICE_REQUEST:
		m.u.service_request.cksn = w->ue.nas.cksn;
		identity(w, &m.u.service_request.ptmsi);
		break;
	case IUPLUS_NAS_DETACH_REQUEST:
		m.u.detach_request.detach_type = 1;
		break;
	case IUPLUS_NAS_GMM_STATUS:
		m.u.gmm_status.cause = IUPLUS_NAS_CAUSE_PROTOCOL_ERROR;
		break;
	default:
		break;
	}
	if (iuplus_nas_encode(&m, IUPLUS_NAS_UPLINK, buf, sizeof(buf), &event.pdu.len))
		return false;
	event.pdu.data = buf;
	event.initial = w->ue.rrc->state == IUPLUS_UE_IDLE;
	model_trace(w, "FOREIGN: NAS message %02x", m.type);
	model_rrc_event(w, &event);
	return true;
}

/* NAS of another core: identities, rejections. */
static bool nas_down(struct world *w, uint64_t random)
{
	struct rnc_context *c = model_serving(w);
	struct iuplus_ranap_msg m;
	struct iuplus_nas_msg nas;
	uint8_t buf[IUPLUS_NAS_MAX_PDU];
	size_t len;

	if (!c || c->iu[IUPLUS_DOMAIN_PS] == NONE)
		return false;
	memset(&nas, 0, sizeof(nas));
	nas.type = random % 8 ? IUPLUS_NAS_IDENTITY_REQUEST : IUPLUS_NAS_AUTHENTICATION_AND_CIPHERING_REJECT;
	if (random % 8)
		nas.u.identity_request.identity_type = IUPLUS_NAS_IDENTITY_IMSI;
	memset(&m, 0, sizeof(m));
	m.kind = IUPLUS_RANAP_DIRECT_TRANSFER;
	if (iuplus_nas_encode(&nas, IUPLUS_NAS_DOWNLINK, buf, sizeof(buf), &len))
		return false;
	m.u.direct_transfer.nas_pdu = (struct iuplus_octets){ buf, len };
	m.u.direct_transfer.has_sapi = true;
	return put_ranap(w, &m, M_DATA, false, c->iu[IUPLUS_DOMAIN_PS], 0);
}

void foreign_nas_status(struct world *w)
{
	static const uint8_t status[] = { 0x08, IUPLUS_NAS_GMM_STATUS, IUPLUS_NAS_CAUSE_PROTOCOL_ERROR };

	w->clean = false; /* the core reports it */
	model_rrc_event(w, &(struct iuplus_ue_rrc_event){ .kind = IUPLUS_UE_EV_NAS_DOWN,
							  .domain = IUPLUS_DOMAIN_PS,
							  .pdu = { status, sizeof(status) } });
}

void foreign(struct world *w, uint64_t random)
{
	static bool (*const all[])(struct world * w, uint64_t random) = {
		same_keys, on_connection, on_connection, from_ue, nas_up, nas_down, overload, empty_connection
	};
	unsigned count = sizeof(all) / sizeof(all[0]), first = random % count, i;

	for (i = 0; i < count; i++)
		if (all[(first + i) % count](w, random / count))
			return;
}
