/* SPDX-License-Identifier: BSD-2-Clause */
#include "test/unit/rnsap_samples.h"
#include <stdlib.h>
#include <string.h>

static const uint8_t rrc[40] = { 0x12, 0x34, 0x56 };
static const uint8_t imsi[8] = { 0x00, 0x01, 0x01, 0x21, 0x43, 0x65, 0x87, 0xf9 };
static const uint8_t l3[] = { 0xde, 0xad, 0xbe, 0xe0 };
static const uint8_t later[] = { 0xca, 0xfe };
static const struct iuplus_ranap_level levels[] = { { 34, 1 }, { 51, 256 } };
static const struct iuplus_ranap_ie_diagnostics ies[] = {
	{ .criticality = IUPLUS_RANAP_REJECT, .ie_id = 65000 },
	{ .criticality = IUPLUS_RANAP_NOTIFY,
	  .ie_id = 17,
	  .has_repetition = true,
	  .repetition = 255,
	  .missing = true,
	  .level_count = 2,
	  .levels = levels }
};

static void close_or_stop(const struct iuplus_ranap_msg *ranap, struct iuplus_arena *arena, struct iuplus_rnsap_msg *m)
{
	if (iuplus_rnsap_close_ranap(ranap, 0, arena, m) != IUPLUS_OK)
		abort();
}

static void request_short(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena)
{
	struct iuplus_rnsap_enhanced_relocation_request *r = &m->u.enhanced_relocation_request;
	struct iuplus_ranap_msg inside;

	memset(&inside, 0, sizeof(inside));
	inside.kind = IUPLUS_RANAP_ENHANCED_RELOCATION_INFORMATION_REQUEST;
	inside.u.enhanced_relocation_information_request.container.rrc_container.data = rrc;
	inside.u.enhanced_relocation_information_request.container.rrc_container.len = 5;
	inside.u.enhanced_relocation_information_request.container.iu_instances = 1;
	close_or_stop(&inside, arena, m);
	m->transaction.id = 5;
	r->cause = IUPLUS_RNSAP_CAUSE_RELOCATION_DESIRABLE;
	r->imsi.len = 3;
	memcpy(r->imsi.tbcd, imsi, 3);
}

/* The capability (0: none) is in RANAP's container. */
static void request_with(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena, uint8_t capability)
{
	struct iuplus_rnsap_enhanced_relocation_request *r = &m->u.enhanced_relocation_request;
	struct iuplus_ranap_msg inside;
	struct iuplus_ranap_source_to_target *c = &inside.u.enhanced_relocation_information_request.container;

	memset(&inside, 0, sizeof(inside));
	inside.kind = IUPLUS_RANAP_ENHANCED_RELOCATION_INFORMATION_REQUEST;
	c->rrc_container.data = rrc;
	c->rrc_container.len = sizeof(rrc);
	c->iu_instances = 2;
	c->ue_involved = c->has_target_cell = true;
	c->target_cell = 0x1234567;
	c->has_ue_capability = capability != 0;
	c->ue_capability = capability;
	close_or_stop(&inside, arena, m);
	m->transaction.is_long = true;
	m->transaction.id = 32767;
	r->cause = IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_MISC, 4);
	r->imsi.len = 8;
	memcpy(r->imsi.tbcd, imsi, 8);
	r->has_srnc_id = r->has_extended_srnc_id = r->has_extended_s_rnti = true;
	r->srnc_id = 4095;
	r->extended_srnc_id = 65535;
	r->s_rnti = 0xfffff;
	r->extended_s_rnti = 4194303;
}

static void request_full(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena)
{
	request_with(m, arena, 0);
}

static void request_extended(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena)
{
	request_with(m, arena, IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY);
}

/* IEs that no release has, in every container. */
static void request_later(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena)
{
	static const struct iuplus_rnsap_unknown unknown[] = {
		{ .where = IUPLUS_RNSAP_IN_MESSAGE,
		  .position = 0,
		  .id = 60000,
		  .criticality = IUPLUS_RANAP_IGNORE,
		  .value = { later, 2 } },
		{ .where = IUPLUS_RNSAP_IN_MESSAGE,
		  .position = 3,
		  .id = 60001,
		  .criticality = IUPLUS_RANAP_IGNORE,
		  .value = { later, 1 } },
		{ .where = IUPLUS_RNSAP_IN_MESSAGE_EXTENSIONS,
		  .position = 1,
		  .id = 60002,
		  .criticality = IUPLUS_RANAP_IGNORE,
		  .value = { later, 2 } }
	};

	request_full(m, arena);
	m->unknown = unknown;
	m->unknown_count = 3;
}

static void response_short(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena)
{
	struct iuplus_ranap_msg inside;

	memset(&inside, 0, sizeof(inside));
	inside.kind = IUPLUS_RANAP_ENHANCED_RELOCATION_INFORMATION_RESPONSE;
	close_or_stop(&inside, arena, m);
}

static void response_with(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena, uint8_t capability)
{
	struct iuplus_ranap_msg inside;
	struct iuplus_ranap_enhanced_relocation_information_response *r =
		&inside.u.enhanced_relocation_information_response;

	memset(&inside, 0, sizeof(inside));
	inside.kind = IUPLUS_RANAP_ENHANCED_RELOCATION_INFORMATION_RESPONSE;
	r->has_container = r->container.has_d_rnti = true;
	r->container.d_rnti = 0x54321;
	r->container.rrc_container.data = rrc;
	r->container.rrc_container.len = sizeof(rrc);
	r->container.has_network_capability = capability != 0;
	r->container.network_capability = capability;
	close_or_stop(&inside, arena, m);
	m->transaction.id = 127;
}

static void response_full(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena)
{
	response_with(m, arena, 0);
}

static void response_extended(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena)
{
	response_with(m, arena, 0xff);
}

static void failure_short(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena)
{
	(void)arena;
	m->u.enhanced_relocation_failure.cause = IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_RADIO_NETWORK, 0);
}

static void fill_diagnostics(struct iuplus_rnsap_diagnostics *d)
{
	d->has_procedure = d->has_triggering_message = d->has_procedure_criticality = d->has_transaction = true;
	d->procedure_code = 49;
	d->mode = IUPLUS_RNSAP_COMMON;
	d->triggering_message = IUPLUS_RANAP_OUTCOME;
	d->procedure_criticality = IUPLUS_RANAP_NOTIFY;
	d->transaction.is_long = true;
	d->transaction.id = 300;
	d->ie_count = 2;
	d->ies = ies;
}

static void failure_full(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena)
{
	(void)arena;
	m->u.enhanced_relocation_failure.cause = IUPLUS_RNSAP_CAUSE_ALGORITHMS_NOT_SUPPORTED;
	m->u.enhanced_relocation_failure.has_diagnostics = true;
	fill_diagnostics(&m->u.enhanced_relocation_failure.diagnostics);
}

/* Unknown extensions wherever Criticality Diagnostics can have them. */
static void failure_later(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena)
{
	static const struct iuplus_rnsap_unknown unknown[] = {
		{ .where = IUPLUS_RNSAP_IN_DIAGNOSTICS,
		  .id = 60000,
		  .criticality = IUPLUS_RANAP_IGNORE,
		  .value = { later, 2 } },
		{ .where = IUPLUS_RNSAP_IN_DIAGNOSTICS_IE,
		  .ie = 0,
		  .position = 1,
		  .id = 60001,
		  .criticality = IUPLUS_RANAP_IGNORE,
		  .value = { later, 1 } },
		{ .where = IUPLUS_RNSAP_IN_DIAGNOSTICS_IE,
		  .ie = 1,
		  .position = 0,
		  .id = 60002,
		  .criticality = IUPLUS_RANAP_IGNORE,
		  .value = { later, 2 } },
		{ .where = IUPLUS_RNSAP_IN_DIAGNOSTICS_LEVEL,
		  .ie = 1,
		  .level = 0,
		  .id = 60003,
		  .criticality = IUPLUS_RANAP_IGNORE,
		  .value = { later, 2 } },
		{ .where = IUPLUS_RNSAP_IN_DIAGNOSTICS_LEVEL,
		  .ie = 1,
		  .level = 1,
		  .id = 60004,
		  .criticality = IUPLUS_RANAP_IGNORE,
		  .value = { later, 2 } },
		{ .where = IUPLUS_RNSAP_IN_MESSAGE,
		  .position = 2,
		  .id = 60005,
		  .criticality = IUPLUS_RANAP_IGNORE,
		  .value = { later, 2 } },
		{ .where = IUPLUS_RNSAP_IN_MESSAGE_EXTENSIONS,
		  .id = 60006,
		  .criticality = IUPLUS_RANAP_IGNORE,
		  .value = { later, 2 } }
	};

	failure_full(m, arena);
	m->unknown = unknown;
	m->unknown_count = sizeof(unknown) / sizeof(unknown[0]);
}

static void cancel(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena)
{
	(void)arena;
	m->transaction.is_long = true;
	m->u.enhanced_relocation_cancel.cause = IUPLUS_RNSAP_CAUSE_RELOCATION_CANCELLED;
}

static void signalling(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena)
{
	(void)arena;
	m->u.enhanced_relocation_signalling_transfer.l3_information.octets.data = l3;
	m->u.enhanced_relocation_signalling_transfer.l3_information.octets.len = sizeof(l3);
	m->u.enhanced_relocation_signalling_transfer.l3_information.unused = 5;
}

static void release_ps(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena)
{
	(void)arena;
	m->u.enhanced_relocation_release.released = IUPLUS_RNSAP_RELEASED_PS;
}

static void release_cs(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena)
{
	(void)arena;
	m->u.enhanced_relocation_release.released = IUPLUS_RNSAP_RELEASED_CS;
}

static void release_both(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena)
{
	(void)arena;
	m->u.enhanced_relocation_release.released = IUPLUS_RNSAP_RELEASED_PS_AND_CS;
}

static void error_short(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena)
{
	(void)arena;
	m->u.error_indication.has_cause = true;
	m->u.error_indication.cause = IUPLUS_RNSAP_CAUSE(IUPLUS_RNSAP_TRANSPORT, 1);
}

static void error_full(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena)
{
	struct iuplus_rnsap_error_indication *r = &m->u.error_indication;

	error_short(m, arena);
	r->has_diagnostics = r->has_s_rnti = r->has_d_rnti = r->has_extended_s_rnti = true;
	fill_diagnostics(&r->diagnostics);
	r->s_rnti = 1;
	r->d_rnti = 0xfffff;
	r->extended_s_rnti = 1048576;
}

static void error_diagnostics(struct iuplus_rnsap_msg *m, struct iuplus_arena *arena)
{
	(void)arena;
	m->u.error_indication.has_diagnostics = true;
	m->u.error_indication.has_d_rnti = true;
}

#define SAMPLE(kind, extended, fill) \
	{ \
#kind " " #fill, IUPLUS_RNSAP_##kind, extended, fill \
	}

const struct rnsap_sample rnsap_samples[] = {
	SAMPLE(ENHANCED_RELOCATION_REQUEST, false, request_short),
	SAMPLE(ENHANCED_RELOCATION_REQUEST, false, request_full),
	SAMPLE(ENHANCED_RELOCATION_REQUEST, true, request_extended),
	SAMPLE(ENHANCED_RELOCATION_REQUEST, false, request_later),
	SAMPLE(ENHANCED_RELOCATION_RESPONSE, false, response_short),
	SAMPLE(ENHANCED_RELOCATION_RESPONSE, false, response_full),
	SAMPLE(ENHANCED_RELOCATION_RESPONSE, true, response_extended),
	SAMPLE(ENHANCED_RELOCATION_FAILURE, false, failure_short),
	SAMPLE(ENHANCED_RELOCATION_FAILURE, false, failure_full),
	SAMPLE(ENHANCED_RELOCATION_FAILURE, false, failure_later),
	SAMPLE(ENHANCED_RELOCATION_CANCEL, false, cancel),
	SAMPLE(ENHANCED_RELOCATION_SIGNALLING_TRANSFER, false, signalling),
	SAMPLE(ENHANCED_RELOCATION_RELEASE, false, release_ps),
	SAMPLE(ENHANCED_RELOCATION_RELEASE, false, release_cs),
	SAMPLE(ENHANCED_RELOCATION_RELEASE, false, release_both),
	SAMPLE(ERROR_INDICATION, false, error_short),
	SAMPLE(ERROR_INDICATION, false, error_full),
	SAMPLE(ERROR_INDICATION, false, error_diagnostics)
};
const unsigned rnsap_sample_count = sizeof(rnsap_samples) / sizeof(rnsap_samples[0]);

void rnsap_sample_make(const struct rnsap_sample *sample, struct iuplus_arena *arena, struct iuplus_rnsap_msg *msg)
{
	memset(msg, 0, sizeof(*msg));
	msg->kind = sample->kind;
	sample->fill(msg, arena);
}
