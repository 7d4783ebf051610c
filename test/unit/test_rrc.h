/* SPDX-License-Identifier: BSD-2-Clause */
/* test_rrc.h: RRC messages for tests: fixed ones of every type, and random ones. */
#ifndef IUPLUS_TEST_RRC_H
#define IUPLUS_TEST_RRC_H

#include <iuplus/rrc.h>
#include <string.h>

#include "test/unit/seed.h"

/* P-TMSI REALLOCATION COMPLETE: complete, so that a dissector reports no error. */
static const uint8_t rrc_nas[] = { 0x08, 0x11 };
static const uint8_t rrc_lac[] = { 0x12, 0x34 };
static const uint8_t rrc_rac[] = { 0x56, 0x01 };

static inline struct iuplus_octets rrc_view(const uint8_t *data, size_t len)
{
	return (struct iuplus_octets){ data, len };
}

/* ---- random parts ---- */

static inline unsigned rrc_below(uint64_t *r, unsigned n)
{
	return (unsigned)(seed_next(r) >> 33) % n;
}

static inline bool rrc_flip(uint64_t *r)
{
	return seed_next(r) >> 63;
}

static inline void rrc_random_plmn(uint64_t *r, struct iuplus_rrc_plmn *out)
{
	unsigned i;

	out->mnc_len = (uint8_t)(2 + rrc_below(r, 2));
	for (i = 0; i < 3; i++)
		out->mcc[i] = (uint8_t)rrc_below(r, 10);
	for (i = 0; i < out->mnc_len; i++)
		out->mnc[i] = (uint8_t)rrc_below(r, 10);
}

static inline void rrc_random_identity(uint64_t *r, struct iuplus_rrc_identity *out)
{
	unsigned i;

	out->kind = (enum iuplus_rrc_identity_kind)rrc_below(r, 4);
	if (out->kind == IUPLUS_RRC_IDENTITY_IMSI || out->kind == IUPLUS_RRC_IDENTITY_IMEI) {
		out->digits_len = (uint8_t)(out->kind == IUPLUS_RRC_IDENTITY_IMEI ? 15 : 6 + rrc_below(r, 16));
		for (i = 0; i < out->digits_len; i++)
			out->digits[i] = (uint8_t)rrc_below(r, 10);
		return;
	}
	out->tmsi = (uint32_t)seed_next(r);
	rrc_random_plmn(r, &out->plmn);
	out->lac = (uint16_t)seed_next(r);
	if (out->kind == IUPLUS_RRC_IDENTITY_PTMSI_RAI)
		out->rac = (uint8_t)seed_next(r);
}

static inline void rrc_random_u_rnti(uint64_t *r, struct iuplus_rrc_u_rnti *out)
{
	out->srnc = (uint16_t)rrc_below(r, 4096);
	out->s_rnti = rrc_below(r, 1u << 20);
}

static inline void rrc_random_starts(uint64_t *r, struct iuplus_rrc_start_list *out)
{
	unsigned i;

	out->count = 1 + rrc_below(r, IUPLUS_RRC_MAX_DOMAINS);
	for (i = 0; i < out->count; i++) {
		out->list[i].domain = (enum iuplus_domain)rrc_below(r, 2);
		out->list[i].start = rrc_below(r, 1u << 20);
	}
}

static inline void rrc_random_activation(uint64_t *r, struct iuplus_rrc_activation *out)
{
	unsigned i;

	out->present = true;
	out->count = 4 + rrc_below(r, 2);
	for (i = 0; i < out->count; i++)
		out->sn[i] = (uint8_t)rrc_below(r, 16);
}

static inline void rrc_random_rbs(uint64_t *r, struct iuplus_rrc_rb_activation_list *out)
{
	unsigned i;

	out->count = rrc_below(r, IUPLUS_RRC_MAX_RB + 1);
	for (i = 0; i < out->count; i++) {
		out->list[i].rb = (uint8_t)(1 + rrc_below(r, 32));
		out->list[i].sn = (uint16_t)rrc_below(r, 4096);
	}
}

static inline void rrc_random_modes(uint64_t *r, struct iuplus_rrc_integrity_mode *integrity,
				    struct iuplus_rrc_ciphering_mode *ciphering)
{
	integrity->present = rrc_flip(r);
	if (integrity->present) {
		integrity->modify = rrc_flip(r);
		if (integrity->modify)
			rrc_random_activation(r, &integrity->activation);
		else
			integrity->fresh = (uint32_t)seed_next(r);
		integrity->has_uia = rrc_flip(r);
		if (integrity->has_uia)
			integrity->uia = (uint8_t)(1 + rrc_below(r, 2));
	}
	ciphering->present = rrc_flip(r);
	if (ciphering->present) {
		ciphering->uea = (uint8_t)rrc_below(r, 3);
		ciphering->has_dpch_activation = rrc_flip(r);
		if (ciphering->has_dpch_activation)
			ciphering->dpch_activation = (uint8_t)seed_next(r);
		rrc_random_rbs(r, &ciphering->rb_dl);
	}
}

static inline void rrc_random_capability(uint64_t *r, struct iuplus_rrc_enhanced_capability *out)
{
	out->present = rrc_flip(r);
	if (out->present)
		out->bits = (uint8_t)seed_next(r);
}

static inline void rrc_random_keys(uint64_t *r, struct iuplus_rrc_enhanced_keys *out)
{
	unsigned i;

	out->count = rrc_below(r, 3);
	for (i = 0; i < out->count; i++) {
		struct iuplus_rrc_enhanced_key *key = &out->key[i];

		key->domain = (enum iuplus_domain)rrc_below(r, 2);
		key->index.counter = (uint32_t)seed_next(r);
		key->index.ncc = (uint8_t)seed_next(r);
		key->derivation = (enum iuplus_security_derivation_path)rrc_below(r, 2);
		key->freshness = (enum iuplus_security_freshness_kind)rrc_below(r, 4);
		key->legacy_target_keys = (enum iuplus_security_target_keys)rrc_below(r, 2);
		key->has_nonce = rrc_flip(r);
		if (key->has_nonce)
			seed_octets(r, key->nonce, sizeof(key->nonce));
	}
}

static inline void rrc_random_next_key(uint64_t *r, struct iuplus_rrc_next_key *out)
{
	out->domain = (enum iuplus_domain)rrc_below(r, 2);
	out->index.counter = (uint32_t)seed_next(r);
	out->index.ncc = (uint8_t)seed_next(r);
	out->has_k_rnc = rrc_flip(r);
	if (out->has_k_rnc) {
		seed_octets(r, out->k_rnc, sizeof(out->k_rnc));
		return;
	}
	seed_octets(r, out->ik_u, sizeof(out->ik_u));
	out->has_ck_u = rrc_flip(r);
	if (out->has_ck_u)
		seed_octets(r, out->ck_u, sizeof(out->ck_u));
}

static inline void rrc_random_cause(uint64_t *r, struct iuplus_rrc_failure_cause *out)
{
	out->cause = (enum iuplus_rrc_failure)rrc_below(r, 9);
	if (out->cause == IUPLUS_RRC_FAILURE_PROTOCOL_ERROR)
		out->protocol_error = (enum iuplus_rrc_protocol_error)rrc_below(r, 6);
	else if (out->cause == IUPLUS_RRC_FAILURE_COMPRESSED_MODE_RUNTIME)
		out->tgpsi = (uint8_t)(1 + rrc_below(r, 6));
}

static inline void rrc_random_security(uint64_t *r, struct iuplus_rrc_security_capability *out, bool gsm)
{
	out->uea = (uint16_t)seed_next(r);
	out->uia = (uint16_t)seed_next(r);
	out->has_gsm = gsm && rrc_flip(r);
	if (out->has_gsm)
		out->gsm = (uint8_t)rrc_below(r, 128);
}

static inline void rrc_random_reconfiguration(uint64_t *r, struct iuplus_rrc_reconfiguration *out, bool physical)
{
	unsigned i;

	out->transaction = (uint8_t)rrc_below(r, 4);
	rrc_random_modes(r, &out->integrity, &out->ciphering);
	out->has_u_rnti = rrc_flip(r);
	if (out->has_u_rnti)
		rrc_random_u_rnti(r, &out->u_rnti);
	out->has_c_rnti = rrc_flip(r);
	if (out->has_c_rnti)
		out->c_rnti = (uint16_t)seed_next(r);
	out->cn.present = rrc_flip(r);
	if (out->cn.present) {
		out->cn.has_plmn = rrc_flip(r);
		if (out->cn.has_plmn)
			rrc_random_plmn(r, &out->cn.plmn);
		if (rrc_flip(r))
			out->cn.common_nas_info = rrc_view(rrc_lac, sizeof(rrc_lac));
		out->cn.domains = rrc_below(r, IUPLUS_RRC_MAX_DOMAINS + 1);
		for (i = 0; i < out->cn.domains; i++) {
			out->cn.domain[i].domain = (enum iuplus_domain)rrc_below(r, 2);
			out->cn.domain[i].nas_info = rrc_view(rrc_rac, sizeof(rrc_rac));
			if (!physical)
				out->cn.domain[i].drx_coefficient = (uint8_t)(6 + rrc_below(r, 4));
		}
	}
	out->has_ura = rrc_flip(r);
	if (out->has_ura)
		out->ura = (uint16_t)seed_next(r);
	out->dl_sync.present = rrc_flip(r);
	if (out->dl_sync.present) {
		out->dl_sync.count = rrc_below(r, 28);
		for (i = 0; i < out->dl_sync.count; i++) {
			out->dl_sync.pdcp[i].rb = (uint8_t)(1 + rrc_below(r, 32));
			out->dl_sync.pdcp[i].pdcp_sn = (uint16_t)seed_next(r);
		}
	}
	rrc_random_capability(r, &out->network);
	if (out->network.present)
		rrc_random_keys(r, &out->keys);
	if (!physical)
		return;
	out->state = (enum iuplus_rrc_state)rrc_below(r, 4);
	out->has_activation_time = rrc_flip(r);
	if (out->has_activation_time)
		out->activation_time = (uint8_t)seed_next(r);
	out->has_frequency = rrc_flip(r);
	if (out->has_frequency)
		out->uarfcn_dl = (uint16_t)rrc_below(r, 16384);
	out->has_scrambling_code = rrc_flip(r);
	if (out->has_scrambling_code)
		out->scrambling_code = (uint16_t)rrc_below(r, 512);
}

static inline enum iuplus_rrc_channel rrc_channel_of(enum iuplus_rrc_type type)
{
	switch (type) {
	case IUPLUS_RRC_CONNECTION_REQUEST:
		return IUPLUS_RRC_UL_CCCH;
	case IUPLUS_RRC_CONNECTION_SETUP:
	case IUPLUS_RRC_CONNECTION_REJECT:
		return IUPLUS_RRC_DL_CCCH;
	case IUPLUS_RRC_CONNECTION_RELEASE:
	case IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER:
	case IUPLUS_RRC_SECURITY_MODE_COMMAND:
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION:
	case IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION:
	case IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE:
		return IUPLUS_RRC_DL_DCCH;
	default:
		return IUPLUS_RRC_UL_DCCH;
	}
}

#define RRC_TYPES (IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE_INDICATION + 1)

/* A random message of the type; every optional part may be absent. */
static inline void rrc_random_message(uint64_t *r, enum iuplus_rrc_type type, struct iuplus_rrc_msg *out)
{
	uint8_t transaction = (uint8_t)rrc_below(r, 4);

	memset(out, 0, sizeof(*out));
	out->type = type;
	out->channel = rrc_channel_of(type);
	out->name = iuplus_rrc_name(type);
	out->integrity_check.present = rrc_flip(r);
	if (out->integrity_check.present) {
		out->integrity_check.mac = (uint32_t)seed_next(r);
		out->integrity_check.sn = (uint8_t)rrc_below(r, 16);
	}
	switch (type) {
	case IUPLUS_RRC_CONNECTION_REQUEST:
		rrc_random_identity(r, &out->u.connection_request.identity);
		out->u.connection_request.cause = (uint8_t)rrc_below(r, 32);
		out->u.connection_request.protocol_error = rrc_flip(r);
		break;
	case IUPLUS_RRC_CONNECTION_SETUP:
		rrc_random_identity(r, &out->u.connection_setup.identity);
		out->u.connection_setup.transaction = transaction;
		rrc_random_u_rnti(r, &out->u.connection_setup.u_rnti);
		out->u.connection_setup.has_c_rnti = rrc_flip(r);
		if (out->u.connection_setup.has_c_rnti)
			out->u.connection_setup.c_rnti = (uint16_t)seed_next(r);
		out->u.connection_setup.state = (enum iuplus_rrc_state)rrc_below(r, 4);
		out->u.connection_setup.drx_coefficient = (uint8_t)(3 + rrc_below(r, 7));
		out->u.connection_setup.want_capability = rrc_flip(r);
		out->u.connection_setup.has_scrambling_code = rrc_flip(r);
		if (out->u.connection_setup.has_scrambling_code)
			out->u.connection_setup.scrambling_code = (uint16_t)rrc_below(r, 512);
		out->u.connection_setup.srbs = 4;
		break;
	case IUPLUS_RRC_CONNECTION_SETUP_COMPLETE:
		out->u.connection_setup_complete.transaction = transaction;
		rrc_random_starts(r, &out->u.connection_setup_complete.start);
		out->u.connection_setup_complete.has_capability = rrc_flip(r);
		if (out->u.connection_setup_complete.has_capability)
			rrc_random_security(r, &out->u.connection_setup_complete.security, false);
		rrc_random_capability(r, &out->u.connection_setup_complete.enhanced);
		break;
	case IUPLUS_RRC_CONNECTION_REJECT:
		rrc_random_identity(r, &out->u.connection_reject.identity);
		out->u.connection_reject.transaction = transaction;
		out->u.connection_reject.congestion = rrc_flip(r);
		out->u.connection_reject.wait_time = (uint8_t)rrc_below(r, 16);
		break;
	case IUPLUS_RRC_CONNECTION_RELEASE:
		if (rrc_flip(r)) {
			out->channel = IUPLUS_RRC_DL_CCCH;
			rrc_random_u_rnti(r, &out->u.connection_release.u_rnti);
		}
		out->u.connection_release.transaction = transaction;
		out->u.connection_release.n308 = (uint8_t)rrc_below(r, 9);
		out->u.connection_release.cause = (uint8_t)rrc_below(r, 7);
		break;
	case IUPLUS_RRC_CONNECTION_RELEASE_COMPLETE:
		out->u.connection_release_complete.transaction = transaction;
		out->u.connection_release_complete.has_error = rrc_flip(r);
		if (out->u.connection_release_complete.has_error)
			rrc_random_cause(r, &out->u.connection_release_complete.error);
		break;
	case IUPLUS_RRC_INITIAL_DIRECT_TRANSFER:
		out->u.initial_direct_transfer.domain = (enum iuplus_domain)rrc_below(r, 2);
		out->u.initial_direct_transfer.routing_basis = (uint8_t)rrc_below(r, 8);
		out->u.initial_direct_transfer.routing_parameter = (uint16_t)rrc_below(r, 1024);
		out->u.initial_direct_transfer.nas = rrc_view(rrc_nas, sizeof(rrc_nas));
		out->u.initial_direct_transfer.has_start = rrc_flip(r);
		if (out->u.initial_direct_transfer.has_start)
			out->u.initial_direct_transfer.start = rrc_below(r, 1u << 20);
		break;
	case IUPLUS_RRC_UPLINK_DIRECT_TRANSFER:
		out->u.uplink_direct_transfer.domain = (enum iuplus_domain)rrc_below(r, 2);
		out->u.uplink_direct_transfer.nas = rrc_view(rrc_nas, sizeof(rrc_nas));
		break;
	case IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER:
		out->u.downlink_direct_transfer.transaction = transaction;
		out->u.downlink_direct_transfer.domain = (enum iuplus_domain)rrc_below(r, 2);
		out->u.downlink_direct_transfer.nas = rrc_view(rrc_nas, sizeof(rrc_nas));
		break;
	case IUPLUS_RRC_SECURITY_MODE_COMMAND:
		out->u.security_mode_command.transaction = transaction;
		rrc_random_security(r, &out->u.security_mode_command.security, true);
		rrc_random_modes(r, &out->u.security_mode_command.integrity, &out->u.security_mode_command.ciphering);
		out->u.security_mode_command.domain = (enum iuplus_domain)rrc_below(r, 2);
		rrc_random_capability(r, &out->u.security_mode_command.echo);
		if (out->u.security_mode_command.echo.present)
			rrc_random_keys(r, &out->u.security_mode_command.keys);
		break;
	case IUPLUS_RRC_SECURITY_MODE_COMPLETE:
		out->u.security_mode_complete.transaction = transaction;
		if (rrc_flip(r))
			rrc_random_activation(r, &out->u.security_mode_complete.ul_activation);
		rrc_random_rbs(r, &out->u.security_mode_complete.rb_ul);
		break;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION:
	case IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION:
		rrc_random_reconfiguration(r, &out->u.reconfiguration,
					   type == IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION);
		break;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE:
	case IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_CONFIRM:
		out->u.reconfiguration_complete.transaction = transaction;
		if (rrc_flip(r))
			rrc_random_activation(r, &out->u.reconfiguration_complete.ul_activation);
		out->u.reconfiguration_complete.has_count_c_activation = rrc_flip(r);
		if (out->u.reconfiguration_complete.has_count_c_activation)
			out->u.reconfiguration_complete.count_c_activation = (uint8_t)seed_next(r);
		out->u.reconfiguration_complete.ul_sync.present = rrc_flip(r);
		if (out->u.reconfiguration_complete.ul_sync.present)
			rrc_random_starts(r, &out->u.reconfiguration_complete.ul_sync.start);
		rrc_random_capability(r, &out->u.reconfiguration_complete.enhanced);
		break;
	case IUPLUS_RRC_SECURITY_MODE_FAILURE:
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_FAILURE:
	case IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_FAILURE:
		out->u.failure.has_transaction =
			type != IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_FAILURE || rrc_flip(r);
		if (out->u.failure.has_transaction)
			out->u.failure.transaction = transaction;
		rrc_random_cause(r, &out->u.failure.failure);
		break;
	case IUPLUS_RRC_STATUS:
		out->u.status.cause = (enum iuplus_rrc_protocol_error)rrc_below(r, 6);
		if (out->u.status.cause > IUPLUS_RRC_PE_MESSAGE_TYPE_NON_EXISTENT) {
			out->u.status.transaction = transaction;
			out->u.status.received = (uint8_t)rrc_below(r, 32);
		}
		break;
	case IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE:
		out->u.signalling_connection_release.transaction = transaction;
		out->u.signalling_connection_release.domain = (enum iuplus_domain)rrc_below(r, 2);
		break;
	case IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE_INDICATION:
		out->u.signalling_connection_release.domain = (enum iuplus_domain)rrc_below(r, 2);
		break;
	case IUPLUS_RRC_OTHER:
		break;
	}
}

/* Random SRNS relocation info. */
static inline void rrc_random_info(uint64_t *r, struct iuplus_rrc_srns_info *out)
{
	unsigned i;

	memset(out, 0, sizeof(*out));
	out->state = (enum iuplus_rrc_state)rrc_below(r, 4);
	out->procedure = (uint8_t)rrc_below(r, 12);
	out->ciphering_started[0] = rrc_flip(r);
	out->ciphering_started[1] = rrc_flip(r);
	out->latest_domain = (enum iuplus_domain)rrc_below(r, 2);
	out->ciphered_rbs = rrc_below(r, IUPLUS_RRC_MAX_RB + 1);
	for (i = 0; i < out->ciphered_rbs; i++) {
		out->rb_hfn[i].bits = (uint8_t)(20 + rrc_below(r, 6));
		out->rb_hfn[i].dl_hfn = rrc_below(r, 1u << out->rb_hfn[i].bits);
		out->rb_hfn[i].ul_hfn = rrc_below(r, 1u << out->rb_hfn[i].bits);
	}
	out->dl_um_sn = (uint8_t)rrc_below(r, 128);
	out->starts = 1 + rrc_below(r, IUPLUS_RRC_MAX_DOMAINS);
	for (i = 0; i < out->starts; i++) {
		out->start[i].domain = (enum iuplus_domain)rrc_below(r, 2);
		out->start[i].start = rrc_below(r, 1u << 20);
	}
	out->integrity_started = rrc_flip(r);
	for (i = 0; i < IUPLUS_RRC_SRBS; i++) {
		out->ul[i].used = out->dl[i].used = true;
		out->ul[i].hfn = rrc_below(r, 1u << 28);
		out->dl[i].hfn = rrc_below(r, 1u << 28);
		out->ul[i].sn = (uint8_t)rrc_below(r, 16);
		out->dl[i].sn = (uint8_t)rrc_below(r, 16);
	}
	rrc_random_u_rnti(r, &out->u_rnti);
	out->has_c_rnti = rrc_flip(r);
	if (out->has_c_rnti)
		out->c_rnti = (uint16_t)seed_next(r);
	rrc_random_security(r, &out->security, false);
	out->has_ura = rrc_flip(r);
	if (out->has_ura)
		out->ura = (uint16_t)seed_next(r);
	out->common_nas_info = rrc_view(rrc_lac, sizeof(rrc_lac));
	out->domains = rrc_below(r, IUPLUS_RRC_MAX_DOMAINS + 1);
	for (i = 0; i < out->domains; i++) {
		out->domain[i].domain = (enum iuplus_domain)rrc_below(r, 2);
		out->domain[i].nas_info = rrc_view(rrc_rac, sizeof(rrc_rac));
	}
	out->ho_rb = (uint8_t)rrc_below(r, 33);
	rrc_random_capability(r, &out->enhanced);
	out->next_keys = out->enhanced.present ? rrc_below(r, 3) : 0;
	for (i = 0; i < out->next_keys; i++)
		rrc_random_next_key(r, &out->next_key[i]);
}

/* Removes the extension's members, as a legacy node decodes the message. */
static inline void rrc_strip_extension(struct iuplus_rrc_msg *m)
{
	switch (m->type) {
	case IUPLUS_RRC_CONNECTION_SETUP_COMPLETE:
		memset(&m->u.connection_setup_complete.enhanced, 0, sizeof(m->u.connection_setup_complete.enhanced));
		break;
	case IUPLUS_RRC_SECURITY_MODE_COMMAND:
		memset(&m->u.security_mode_command.keys, 0, sizeof(m->u.security_mode_command.keys));
		memset(&m->u.security_mode_command.echo, 0, sizeof(m->u.security_mode_command.echo));
		break;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION:
	case IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION:
		memset(&m->u.reconfiguration.keys, 0, sizeof(m->u.reconfiguration.keys));
		memset(&m->u.reconfiguration.network, 0, sizeof(m->u.reconfiguration.network));
		break;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE:
	case IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_CONFIRM:
		memset(&m->u.reconfiguration_complete.enhanced, 0, sizeof(m->u.reconfiguration_complete.enhanced));
		break;
	default:
		break;
	}
}

/* ---- comparison: octet strings by contents, everything else by value ---- */

static inline bool rrc_take_octets(struct iuplus_octets *a, struct iuplus_octets *b)
{
	bool equal = a->len == b->len && (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);

	a->data = b->data = NULL;
	return equal;
}

static inline bool rrc_take_domains(struct iuplus_rrc_cn_domain *a, struct iuplus_rrc_cn_domain *b)
{
	bool equal = true;
	unsigned i;

	for (i = 0; i < IUPLUS_RRC_MAX_DOMAINS; i++)
		equal = rrc_take_octets(&a[i].nas_info, &b[i].nas_info) && equal;
	return equal;
}

/* Both were zeroed before they were filled, so padding can be compared too. */
static inline bool rrc_same(const struct iuplus_rrc_msg *left, const struct iuplus_rrc_msg *right)
{
	struct iuplus_rrc_msg a, b;
	bool equal = strcmp(left->name, right->name) == 0;

	memcpy(&a, left, sizeof(a));
	memcpy(&b, right, sizeof(b));
	a.name = b.name = NULL;
	switch (a.type) {
	case IUPLUS_RRC_INITIAL_DIRECT_TRANSFER:
		equal = rrc_take_octets(&a.u.initial_direct_transfer.nas, &b.u.initial_direct_transfer.nas) && equal;
		break;
	case IUPLUS_RRC_UPLINK_DIRECT_TRANSFER:
		equal = rrc_take_octets(&a.u.uplink_direct_transfer.nas, &b.u.uplink_direct_transfer.nas) && equal;
		break;
	case IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER:
		equal = rrc_take_octets(&a.u.downlink_direct_transfer.nas, &b.u.downlink_direct_transfer.nas) && equal;
		break;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION:
	case IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION:
		equal = rrc_take_octets(&a.u.reconfiguration.cn.common_nas_info,
					&b.u.reconfiguration.cn.common_nas_info) &&
			equal;
		equal = rrc_take_domains(a.u.reconfiguration.cn.domain, b.u.reconfiguration.cn.domain) && equal;
		break;
	default:
		break;
	}
	return equal && memcmp(&a, &b, sizeof(a)) == 0;
}

#endif
