/* SPDX-License-Identifier: BSD-2-Clause */
#include "test/unit/ranap_samples.h"
#include <string.h>

static const uint8_t plmn[3] = { 0x00, 0xf1, 0x10 };
static const uint8_t key_a[16] = { 0xa0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0xaf };
static const uint8_t key_b[16] = { 0xb0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 0xbf };
static const uint8_t nas[] = { 0x08, 0x03 }; /* GMM Attach Complete */
static const uint8_t rrc[300] = { 0x12, 0x34, 0x56 };
static const uint8_t imsi[8] = { 0x00, 0x01, 0x01, 0x21, 0x43, 0x65, 0x87, 0xf9 };
/* RAB 5 in types whose other members are all optional: the more members, the longer the preamble before its 8 bits. */
static const uint8_t rab_1[] = { 0x01, 0x40 }; /* RelocationReleaseItem, QueuedItem */
static const uint8_t rab_3[] = { 0x00, 0x50 }; /* SetupItem-RelocReqAck */
static const uint8_t rab_4[] = { 0x00, 0x28 }; /* SetupOrModifiedItem, ReleasedItem */
static const uint8_t rab_6[] = { 0x00, 0x0a }; /* SetupOrModifyItemFirst */
static const uint8_t no_rab[] = { 0x00 };      /* SetupOrModifyItemSecond */
static const struct iuplus_ranap_level levels[] = { { 34, 1 }, { 51, 7 } };
static const struct iuplus_ranap_ie_diagnostics ies[] = {
	{ .criticality = IUPLUS_RANAP_REJECT, .ie_id = 65002 },
	{ .criticality = IUPLUS_RANAP_NOTIFY,
	  .ie_id = 17,
	  .has_repetition = true,
	  .repetition = 255,
	  .missing = true,
	  .level_count = 2,
	  .levels = levels }
};

static void fill_diagnostics(struct iuplus_ranap_diagnostics *d)
{
	d->has_procedure_code = d->has_triggering_message = d->has_procedure_criticality = true;
	d->procedure_code = 3;
	d->triggering_message = IUPLUS_RANAP_SUCCESSFUL;
	d->procedure_criticality = IUPLUS_RANAP_NOTIFY;
	d->ie_count = 2;
	d->ies = ies;
}

/* first: the number of the first algorithm, 1 for UIA and 0 for UEA */
static void fill_protection(struct iuplus_ranap_protection *p, unsigned count, unsigned first, const uint8_t key[16])
{
	p->count = (uint8_t)count;
	for (unsigned i = 0; i < count; i++)
		p->algorithms[i] = (uint8_t)(first + count - i - 1);
	memcpy(p->key, key, 16);
}

static void fill_lai(struct iuplus_ranap_lai *lai)
{
	memcpy(lai->plmn, plmn, 3);
	lai->lac = 0x1234;
}

static void fill_sai(struct iuplus_ranap_sai *sai)
{
	memcpy(sai->plmn, plmn, 3);
	sai->lac = 0xfffe;
	sai->sac = 0x0102;
}

static void fill_rnc(struct iuplus_ranap_rnc *rnc, uint16_t id)
{
	memcpy(rnc->plmn, plmn, 3);
	rnc->rnc_id = id;
}

static void short_source_to_target(struct iuplus_ranap_source_to_target *c)
{
	c->rrc_container.data = rrc;
	c->rrc_container.len = 5;
	c->iu_instances = 1;
}

static void full_source_to_target(struct iuplus_ranap_source_to_target *c)
{
	c->rrc_container.data = rrc;
	c->rrc_container.len = sizeof(rrc);
	c->iu_instances = 2;
	c->ue_involved = true;
	c->has_integrity_algorithm = c->has_ik = c->has_encryption_algorithm = c->has_ck = true;
	c->integrity_algorithm = 2;
	memcpy(c->ik, key_a, 16);
	c->encryption_algorithm = 2;
	memcpy(c->ck, key_b, 16);
	c->has_cs_algorithm = c->has_ps_algorithm = c->has_d_rnti = c->has_target_cell = true;
	c->cs_algorithm = 1;
	c->ps_algorithm = 2;
	c->d_rnti = 0xfffff;
	c->target_cell = 0xfffffff;
}

static void required_short(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_relocation_required *r = &m->u.relocation_required;

	r->cause = IUPLUS_RANAP_CAUSE_TIME_CRITICAL_RELOCATION;
	r->source_is_sai = true;
	fill_sai(&r->source_sai);
	r->target_is_rnc = true;
	fill_lai(&r->target.lai);
	r->target.rnc_id = 4095;
	r->has_container = true;
	short_source_to_target(&r->container);
}

static void required_full(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_relocation_required *r = &m->u.relocation_required;

	required_short(m);
	r->ue_involved = true;
	r->source_is_sai = false;
	fill_rnc(&r->source_rnc, 65535);
	r->target.has_rac = true;
	r->target.rac = 0xfe;
	r->target.rnc_id = 4096;
	full_source_to_target(&r->container);
}

static void required_extended(struct iuplus_ranap_msg *m)
{
	required_full(m);
	m->u.relocation_required.container.has_ue_capability = true;
	m->u.relocation_required.container.ue_capability = IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY;
}

static void request_short(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_relocation_request *r = &m->u.relocation_request;

	r->cause = IUPLUS_RANAP_CAUSE_RELOCATION_DESIRABLE;
	short_source_to_target(&r->container);
}

static void request_full(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_relocation_request *r = &m->u.relocation_request;

	request_short(m);
	r->has_imsi = true;
	r->imsi.len = 8;
	memcpy(r->imsi.tbcd, imsi, 8);
	r->domain = IUPLUS_DOMAIN_PS;
	full_source_to_target(&r->container);
	r->has_integrity = r->has_encryption = true;
	fill_protection(&r->integrity, 2, 1, key_a);
	fill_protection(&r->encryption, 16, 0, key_b);
	r->iu_sig_con_id = 0xffffff;
}

static void request_extended(struct iuplus_ranap_msg *m)
{
	request_full(m);
	m->u.relocation_request.container.has_ue_capability = true;
	m->u.relocation_request.container.ue_capability = 0xff;
}

static void acknowledge_full(struct iuplus_ranap_msg *m)
{
	static const struct iuplus_ranap_rab rabs[] = { { 5, { rab_3, 2 } }, { 5, { rab_3, 2 } } };
	static const struct iuplus_ranap_rab_cause failed[] = { { 6, 53 }, { 255, 300 } };
	struct iuplus_ranap_relocation_request_acknowledge *r = &m->u.relocation_request_acknowledge;

	r->has_container = true;
	r->container.rrc_container.data = rrc;
	r->container.rrc_container.len = 200;
	r->container.has_d_rnti = true;
	r->container.d_rnti = 77;
	r->rabs.count = 2;
	r->rabs.list = rabs;
	r->failed.count = 2;
	r->failed.list = failed;
	r->has_integrity_algorithm = r->has_encryption_algorithm = true;
	r->integrity_algorithm = 2;
	r->encryption_algorithm = 2;
	r->has_diagnostics = true;
	fill_diagnostics(&r->diagnostics);
}

static void acknowledge_extended(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_relocation_request_acknowledge *r = &m->u.relocation_request_acknowledge;

	acknowledge_full(m);
	r->has_network_capability = r->container.has_network_capability = true;
	r->network_capability = r->container.network_capability = IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY;
}

static void command_full(struct iuplus_ranap_msg *m)
{
	static const struct iuplus_ranap_rab released[] = { { 5, { rab_1, 2 } } };
	struct iuplus_ranap_relocation_command *r = &m->u.relocation_command;

	r->has_container = true;
	r->container.rrc_container.data = rrc;
	r->container.rrc_container.len = 120;
	r->has_l3_information = true;
	r->l3_information.data = nas;
	r->l3_information.len = sizeof(nas);
	r->released.count = 1;
	r->released.list = released;
	r->has_diagnostics = true;
	fill_diagnostics(&r->diagnostics);
}

static void command_extended(struct iuplus_ranap_msg *m)
{
	command_full(m);
	m->u.relocation_command.container.has_network_capability = true;
	m->u.relocation_command.container.network_capability = IUPLUS_RANAP_CAPABILITY_DIRECT;
}

static void failure_short(struct iuplus_ranap_msg *m)
{
	m->u.failure.cause = IUPLUS_RANAP_CAUSE_NO_RADIO_RESOURCES_IN_TARGET;
}

static void failure_full(struct iuplus_ranap_msg *m)
{
	m->u.failure.cause = IUPLUS_RANAP_CAUSE_ABSTRACT_SYNTAX_REJECT;
	m->u.failure.has_diagnostics = true;
	fill_diagnostics(&m->u.failure.diagnostics);
}

static void cancel(struct iuplus_ranap_msg *m)
{
	m->u.relocation_cancel.cause = IUPLUS_RANAP_CAUSE_RELOCATION_CANCELLED;
}

static void cancel_acknowledge(struct iuplus_ranap_msg *m)
{
	m->u.relocation_cancel_acknowledge.has_diagnostics = true;
	fill_diagnostics(&m->u.relocation_cancel_acknowledge.diagnostics);
}

static void complete_extended(struct iuplus_ranap_msg *m)
{
	m->u.relocation_complete.has_ue_capability = true;
	m->u.relocation_complete.ue_capability = IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY | IUPLUS_RANAP_CAPABILITY_DIRECT;
}

static void mode_command_short(struct iuplus_ranap_msg *m)
{
	fill_protection(&m->u.security_mode_command.integrity, 1, 1, key_a);
}

static void mode_command_full(struct iuplus_ranap_msg *m)
{
	fill_protection(&m->u.security_mode_command.integrity, 2, 1, key_a);
	m->u.security_mode_command.has_encryption = true;
	fill_protection(&m->u.security_mode_command.encryption, 3, 0, key_b);
	m->u.security_mode_command.key_new = true;
}

/* Every member of the extension's key information. */
static void enhanced_k_rnc(struct iuplus_ranap_enhanced_security *e)
{
	e->keys.has_k_rnc = e->has_next_key = e->next_key.keys.has_k_rnc = e->has_nonce = e->vector_used = true;
	memset(e->keys.k_rnc, 0x11, sizeof(e->keys.k_rnc));
	e->index = (struct iuplus_security_key_index){ 65536, 254 };
	e->freshness = IUPLUS_SECURITY_FRESHNESS_NONCE;
	e->legacy_target_keys = IUPLUS_SECURITY_TARGET_CK_IK;
	memset(e->next_key.keys.k_rnc, 0x22, sizeof(e->next_key.keys.k_rnc));
	e->next_key.index = (struct iuplus_security_key_index){ 65536, 255 };
	memcpy(e->nonce, key_a, 16);
}

static void mode_command_k_rnc(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_enhanced_security *e = &m->u.security_mode_command.enhanced;

	mode_command_full(m);
	m->u.security_mode_command.has_enhanced = true;
	m->u.security_mode_command.has_ue_capability = true;
	m->u.security_mode_command.ue_capability = IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY;
	enhanced_k_rnc(e);
}

static void mode_command_air_keys(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_enhanced_security *e = &m->u.security_mode_command.enhanced;

	mode_command_short(m);
	m->u.security_mode_command.has_enhanced = true;
	memcpy(e->keys.ik_u, key_a, 16);
	e->keys.has_ck_u = true;
	memcpy(e->keys.ck_u, key_b, 16);
	e->index = (struct iuplus_security_key_index){ UINT32_MAX, 0 };
	e->derivation = IUPLUS_SECURITY_FROM_CK_IK;
	e->freshness = IUPLUS_SECURITY_FRESHNESS_RAND;
	e->has_next_key = true;
	memcpy(e->next_key.keys.ik_u, key_b, 16);
}

static void mode_command_integrity_key(struct iuplus_ranap_msg *m)
{
	mode_command_short(m);
	m->u.security_mode_command.has_enhanced = true;
	memcpy(m->u.security_mode_command.enhanced.keys.ik_u, key_b, 16);
}

static void mode_complete_short(struct iuplus_ranap_msg *m)
{
	m->u.security_mode_complete.integrity_algorithm = 1;
}

static void mode_complete_full(struct iuplus_ranap_msg *m)
{
	m->u.security_mode_complete.integrity_algorithm = 2;
	m->u.security_mode_complete.has_encryption_algorithm = true;
	m->u.security_mode_complete.encryption_algorithm = 2;
	m->u.security_mode_complete.has_diagnostics = true;
	fill_diagnostics(&m->u.security_mode_complete.diagnostics);
}

static void common_id(struct iuplus_ranap_msg *m)
{
	m->u.common_id.imsi.len = 8;
	memcpy(m->u.common_id.imsi.tbcd, imsi, 8);
}

static void initial_ue_short(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_initial_ue_message *r = &m->u.initial_ue_message;

	fill_lai(&r->lai);
	fill_sai(&r->sai);
	r->nas_pdu.data = nas;
	r->nas_pdu.len = sizeof(nas);
	r->iu_sig_con_id = 0x010203;
	fill_rnc(&r->rnc, 10);
}

static void initial_ue_full(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_initial_ue_message *r = &m->u.initial_ue_message;

	initial_ue_short(m);
	r->domain = IUPLUS_DOMAIN_PS;
	r->has_rac = true;
	r->rac = 1;
	r->rnc.rnc_id = 5000;
}

static void initial_ue_extended(struct iuplus_ranap_msg *m)
{
	initial_ue_full(m);
	m->u.initial_ue_message.has_ue_capability = true;
	m->u.initial_ue_message.ue_capability = IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY;
}

static void direct_transfer_short(struct iuplus_ranap_msg *m)
{
	m->u.direct_transfer.nas_pdu.data = nas;
	m->u.direct_transfer.nas_pdu.len = sizeof(nas);
}

static void direct_transfer_full(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_direct_transfer *r = &m->u.direct_transfer;

	r->nas_pdu.data = nas;
	r->nas_pdu.len = sizeof(nas);
	r->has_lai = r->has_rac = r->has_sai = r->has_sapi = true;
	fill_lai(&r->lai);
	r->rac = 200;
	fill_sai(&r->sai);
	r->sapi = 3;
}

static void release(struct iuplus_ranap_msg *m)
{
	m->u.iu_release_command.cause = IUPLUS_RANAP_CAUSE_NORMAL_RELEASE;
}

static void release_complete(struct iuplus_ranap_msg *m)
{
	m->u.iu_release_complete.has_diagnostics = true;
	m->u.iu_release_complete.diagnostics.ie_count = 1;
	m->u.iu_release_complete.diagnostics.ies = ies;
}

static void reset_short(struct iuplus_ranap_msg *m)
{
	m->u.reset.cause = IUPLUS_RANAP_CAUSE_OM_INTERVENTION;
	m->u.reset.domain = IUPLUS_DOMAIN_PS;
}

static void reset_full(struct iuplus_ranap_msg *m)
{
	reset_short(m);
	m->u.reset.cause = 129;
	m->u.reset.has_rnc = true;
	fill_rnc(&m->u.reset.rnc, 40000);
}

static void reset_acknowledge(struct iuplus_ranap_msg *m)
{
	m->u.reset_acknowledge.has_rnc = true;
	fill_rnc(&m->u.reset_acknowledge.rnc, 4097);
	m->u.reset_acknowledge.has_diagnostics = true;
	fill_diagnostics(&m->u.reset_acknowledge.diagnostics);
}

static void error_short(struct iuplus_ranap_msg *m)
{
	m->u.error_indication.has_cause = true;
	m->u.error_indication.cause = IUPLUS_RANAP_CAUSE_TRANSFER_SYNTAX_ERROR;
}

static void error_full(struct iuplus_ranap_msg *m)
{
	error_short(m);
	m->u.error_indication.has_diagnostics = m->u.error_indication.has_domain = m->u.error_indication.has_rnc = true;
	fill_diagnostics(&m->u.error_indication.diagnostics);
	m->u.error_indication.domain = IUPLUS_DOMAIN_CS;
	fill_rnc(&m->u.error_indication.rnc, 7777);
}

static void assignment_request(struct iuplus_ranap_msg *m)
{
	static const struct iuplus_ranap_rab first[] = { { 5, { rab_6, 2 } }, { 5, { rab_6, 2 } } };
	static const struct iuplus_octets second[] = { { no_rab, 1 }, { no_rab, 1 } };
	static const struct iuplus_ranap_rab_cause released[] = { { 8, 83 } };

	m->u.rab_assignment_request.count = 2;
	m->u.rab_assignment_request.first = first;
	m->u.rab_assignment_request.second = second;
	m->u.rab_assignment_request.released.count = 1;
	m->u.rab_assignment_request.released.list = released;
}

static void assignment_response(struct iuplus_ranap_msg *m)
{
	static const struct iuplus_ranap_rab items[] = { { 5, { rab_4, 2 } }, { 5, { rab_4, 2 } } };
	static const struct iuplus_ranap_rab queued[] = { { 5, { rab_1, 2 } } };
	static const struct iuplus_ranap_rab_cause failed[] = { { 8, 30 }, { 9, 115 }, { 10, 65 } };
	struct iuplus_ranap_rab_assignment_response *r = &m->u.rab_assignment_response;

	r->setup.count = r->released.count = 2;
	r->setup.list = r->released.list = items;
	r->queued.count = 1;
	r->queued.list = queued;
	r->failed.count = r->release_failed.count = 3;
	r->failed.list = r->release_failed.list = failed;
	r->has_diagnostics = true;
	fill_diagnostics(&r->diagnostics);
}

static void information_request_short(struct iuplus_ranap_msg *m)
{
	short_source_to_target(&m->u.enhanced_relocation_information_request.container);
}

static void information_request_full(struct iuplus_ranap_msg *m)
{
	static const uint8_t item[] = { 0x00, 0x0f, 0x80, 0x01, 0x00, 0x84, 0x00, 0x00,
					0x80, 0x11, 0xf4, 0x00, 0x8a, 0x88, 0x38, 0xd0 };
	static const uint8_t sna[] = { 0x00, 0x00, 0x01, 0xf4, 0x24 };
	static const uint8_t uesbi[] = { 0x00 };
	static const uint8_t linking[] = { 0x00, 0x00, 0x04, 0x03, 0x37, 0x66, 0x96, 0x0a, 0x33 };
	static const uint8_t bit_rate[] = { 0x60, 0xff, 0x00, 0x7f };
	static const uint8_t parameters[] = { 0x00, 0x00, 0x40 };
	static const struct iuplus_ranap_rab rabs[] = { { 0, { item, sizeof(item) } } };
	struct iuplus_ranap_enhanced_relocation_information_request *r = &m->u.enhanced_relocation_information_request;

	full_source_to_target(&r->container);
	r->has_cs_iu_sig_con_id = r->has_cs_cn = r->has_ps_iu_sig_con_id = r->has_ps_cn = true;
	r->cs_iu_sig_con_id = 0xffffff;
	memcpy(r->cs_cn.plmn, plmn, 3);
	r->cs_cn.cn_id = 4095;
	r->ps_iu_sig_con_id = 1;
	memcpy(r->ps_cn.plmn, plmn, 3);
	r->rabs.count = 1;
	r->rabs.list = rabs;
	r->sna_access_information = (struct iuplus_octets){ sna, sizeof(sna) };
	r->uesbi_iu = (struct iuplus_octets){ uesbi, sizeof(uesbi) };
	r->cn_mbms_linking_information = (struct iuplus_octets){ linking, sizeof(linking) };
	r->ue_aggregate_maximum_bit_rate = (struct iuplus_octets){ bit_rate, sizeof(bit_rate) };
	r->rab_parameters_list = (struct iuplus_octets){ parameters, sizeof(parameters) };
	r->has_selected_plmn = r->has_anchor_plmn = r->has_integrity = r->has_encryption = true;
	memcpy(r->selected_plmn, plmn, 3);
	memcpy(r->anchor_plmn, plmn, 3);
	fill_protection(&r->integrity, 1, 1, key_a);
	fill_protection(&r->encryption, 3, 0, key_b);
	r->has_csg_id = r->has_csg_membership = r->csg_member = true;
	r->csg_id = 0x7ffffff;
}

static void information_request_extended(struct iuplus_ranap_msg *m)
{
	information_request_full(m);
	m->u.enhanced_relocation_information_request.container.has_ue_capability = true;
	m->u.enhanced_relocation_information_request.container.ue_capability = IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY;
}

static void information_response_full(struct iuplus_ranap_msg *m)
{
	static const uint8_t item[] = { 0x01, 0x70 };
	static const struct iuplus_ranap_domain_rab rabs[] = { { .item = { item, 2 } }, { .item = { item, 2 } } };
	static const struct iuplus_ranap_domain_rab failed[] = {
		{ .domain = IUPLUS_DOMAIN_PS, .id = 255, .cause = 300 },
		{ .domain = IUPLUS_DOMAIN_CS, .cause = 1 }
	};
	struct iuplus_ranap_enhanced_relocation_information_response *r =
		&m->u.enhanced_relocation_information_response;

	r->has_container = r->container.has_d_rnti = r->has_diagnostics = true;
	r->container.rrc_container.data = rrc;
	r->container.rrc_container.len = sizeof(rrc);
	r->container.d_rnti = 0xfffff;
	r->rabs.count = r->failed.count = 2;
	r->rabs.list = rabs;
	r->failed.list = failed;
	fill_diagnostics(&r->diagnostics);
}

static void information_response_extended(struct iuplus_ranap_msg *m)
{
	information_response_full(m);
	m->u.enhanced_relocation_information_response.container.has_network_capability = true;
}

#define SAMPLE(kind, extended, fill) \
	{ \
#kind " " #fill, IUPLUS_RANAP_##kind, extended, fill \
	}
#define REST(kind, extended, fill) \
	{ \
#kind " " #fill, IUPLUS_RANAP_##kind, extended, ranap_fill_##fill \
	}

const struct ranap_sample ranap_samples[] = {
	SAMPLE(RELOCATION_REQUIRED, false, required_short),
	SAMPLE(RELOCATION_REQUIRED, false, required_full),
	SAMPLE(RELOCATION_REQUIRED, true, required_extended),
	SAMPLE(RELOCATION_COMMAND, false, NULL),
	SAMPLE(RELOCATION_COMMAND, false, command_full),
	SAMPLE(RELOCATION_COMMAND, true, command_extended),
	SAMPLE(RELOCATION_PREPARATION_FAILURE, false, failure_short),
	SAMPLE(RELOCATION_PREPARATION_FAILURE, false, failure_full),
	SAMPLE(RELOCATION_REQUEST, false, request_short),
	SAMPLE(RELOCATION_REQUEST, false, request_full),
	SAMPLE(RELOCATION_REQUEST, true, request_extended),
	SAMPLE(RELOCATION_REQUEST_ACKNOWLEDGE, false, NULL),
	SAMPLE(RELOCATION_REQUEST_ACKNOWLEDGE, false, acknowledge_full),
	SAMPLE(RELOCATION_REQUEST_ACKNOWLEDGE, true, acknowledge_extended),
	SAMPLE(RELOCATION_FAILURE, false, failure_short),
	SAMPLE(RELOCATION_FAILURE, false, failure_full),
	SAMPLE(RELOCATION_DETECT, false, NULL),
	SAMPLE(RELOCATION_COMPLETE, false, NULL),
	SAMPLE(RELOCATION_COMPLETE, true, complete_extended),
	SAMPLE(RELOCATION_CANCEL, false, cancel),
	SAMPLE(RELOCATION_CANCEL_ACKNOWLEDGE, false, NULL),
	SAMPLE(RELOCATION_CANCEL_ACKNOWLEDGE, false, cancel_acknowledge),
	SAMPLE(SECURITY_MODE_COMMAND, false, mode_command_short),
	SAMPLE(SECURITY_MODE_COMMAND, false, mode_command_full),
	SAMPLE(SECURITY_MODE_COMMAND, true, mode_command_k_rnc),
	SAMPLE(SECURITY_MODE_COMMAND, true, mode_command_air_keys),
	SAMPLE(SECURITY_MODE_COMMAND, true, mode_command_integrity_key),
	SAMPLE(SECURITY_MODE_COMPLETE, false, mode_complete_short),
	SAMPLE(SECURITY_MODE_COMPLETE, false, mode_complete_full),
	SAMPLE(SECURITY_MODE_REJECT, false, failure_short),
	SAMPLE(SECURITY_MODE_REJECT, false, failure_full),
	SAMPLE(COMMON_ID, false, common_id),
	SAMPLE(INITIAL_UE_MESSAGE, false, initial_ue_short),
	SAMPLE(INITIAL_UE_MESSAGE, false, initial_ue_full),
	SAMPLE(INITIAL_UE_MESSAGE, true, initial_ue_extended),
	SAMPLE(DIRECT_TRANSFER, false, direct_transfer_short),
	SAMPLE(DIRECT_TRANSFER, false, direct_transfer_full),
	SAMPLE(IU_RELEASE_REQUEST, false, release),
	SAMPLE(IU_RELEASE_COMMAND, false, release),
	SAMPLE(IU_RELEASE_COMPLETE, false, NULL),
	SAMPLE(IU_RELEASE_COMPLETE, false, release_complete),
	SAMPLE(RESET, false, reset_short),
	SAMPLE(RESET, false, reset_full),
	SAMPLE(RESET_ACKNOWLEDGE, false, NULL),
	SAMPLE(RESET_ACKNOWLEDGE, false, reset_acknowledge),
	SAMPLE(ERROR_INDICATION, false, error_short),
	SAMPLE(ERROR_INDICATION, false, error_full),
	SAMPLE(RAB_ASSIGNMENT_REQUEST, false, assignment_request),
	SAMPLE(RAB_ASSIGNMENT_RESPONSE, false, assignment_response),
	SAMPLE(ENHANCED_RELOCATION_INFORMATION_REQUEST, false, information_request_short),
	SAMPLE(ENHANCED_RELOCATION_INFORMATION_REQUEST, false, information_request_full),
	SAMPLE(ENHANCED_RELOCATION_INFORMATION_REQUEST, true, information_request_extended),
	SAMPLE(ENHANCED_RELOCATION_INFORMATION_RESPONSE, false, NULL),
	SAMPLE(ENHANCED_RELOCATION_INFORMATION_RESPONSE, false, information_response_full),
	SAMPLE(ENHANCED_RELOCATION_INFORMATION_RESPONSE, true, information_response_extended),
	REST(ENHANCED_RELOCATION_COMPLETE_REQUEST, false, enhanced_request),
	REST(ENHANCED_RELOCATION_COMPLETE_REQUEST, true, enhanced_request_extended),
	REST(ENHANCED_RELOCATION_COMPLETE_RESPONSE, false, enhanced_response),
	REST(ENHANCED_RELOCATION_COMPLETE_CONFIRM, false, enhanced_confirm),
	REST(RAB_RELEASE_REQUEST, false, rab_release_request),
	REST(RAB_MODIFY_REQUEST, false, rab_modify_request),
	REST(SRNS_CONTEXT_REQUEST, false, context_request),
	REST(SRNS_CONTEXT_RESPONSE, false, context_response),
	REST(SRNS_DATA_FORWARD_COMMAND, false, forward_command),
	REST(FORWARD_SRNS_CONTEXT, false, forward_context),
	REST(RELOCATION_INFORMATION, false, relocation_information),
	REST(DATA_VOLUME_REPORT_REQUEST, false, volume_request),
	REST(DATA_VOLUME_REPORT, false, volume_report),
	REST(PAGING, false, paging_short),
	REST(PAGING, false, paging),
	REST(OVERLOAD, false, overload),
	REST(RESET_RESOURCE, false, reset_resource),
	REST(RESET_RESOURCE_ACKNOWLEDGE, false, reset_resource_acknowledge),
	REST(CN_INVOKE_TRACE, false, invoke_trace),
	REST(CN_DEACTIVATE_TRACE, false, deactivate_trace),
	REST(LOCATION_REPORTING_CONTROL, false, location_control),
	REST(LOCATION_REPORT, false, location_report),
	REST(LOCATION_RELATED_DATA_REQUEST, false, location_data_request),
	REST(LOCATION_RELATED_DATA_RESPONSE, false, location_data_response),
	REST(INFORMATION_TRANSFER_INDICATION, false, transfer_indication),
	REST(INFORMATION_TRANSFER_CONFIRMATION, false, transfer_confirmation),
	REST(INFORMATION_TRANSFER_FAILURE, false, transfer_failure),
	REST(UPLINK_INFORMATION_EXCHANGE_REQUEST, false, exchange_request),
	REST(UPLINK_INFORMATION_EXCHANGE_RESPONSE, false, exchange_response),
	REST(UPLINK_INFORMATION_EXCHANGE_FAILURE, false, exchange_failure),
	REST(DIRECT_INFORMATION_TRANSFER, false, direct_information),
	REST(UE_SPECIFIC_INFORMATION_INDICATION, false, ue_specific),
	REST(SRVCC_CS_KEYS_RESPONSE, false, cs_keys),
	REST(UE_REGISTRATION_QUERY_REQUEST, false, query),
	REST(UE_REGISTRATION_QUERY_RESPONSE, false, query_served),
	REST(UE_REGISTRATION_QUERY_RESPONSE, false, query_not_served),
	REST(REROUTE_NAS_REQUEST, false, reroute),
	REST(MBMS_SESSION_START, false, session_start),
	REST(MBMS_SESSION_START_RESPONSE, false, session_start_response),
	REST(MBMS_SESSION_UPDATE, false, session_update),
	REST(MBMS_SESSION_UPDATE_RESPONSE, false, session_update_response),
	REST(MBMS_SESSION_UPDATE_FAILURE, false, session_update_failure),
	REST(MBMS_SESSION_STOP, false, session_stop),
	REST(MBMS_UE_LINKING_REQUEST, false, linking_request),
	REST(MBMS_UE_LINKING_RESPONSE, false, linking_response),
	REST(MBMS_REGISTRATION_REQUEST, false, registration_request),
	REST(MBMS_REGISTRATION_FAILURE, false, registration_failure),
	REST(MBMS_CN_DE_REGISTRATION_RESPONSE, false, de_registration_response),
	REST(MBMS_RAB_ESTABLISHMENT_INDICATION, false, establishment),
	SAMPLE(ENHANCED_RELOCATION_COMPLETE_REQUEST, false, NULL),
	SAMPLE(ENHANCED_RELOCATION_COMPLETE_RESPONSE, false, NULL),
	SAMPLE(ENHANCED_RELOCATION_COMPLETE_CONFIRM, false, NULL),
	SAMPLE(SRNS_CONTEXT_RESPONSE, false, NULL),
	SAMPLE(SRNS_DATA_FORWARD_COMMAND, false, NULL),
	SAMPLE(RELOCATION_INFORMATION, false, NULL),
	SAMPLE(DATA_VOLUME_REPORT, false, NULL),
	SAMPLE(OVERLOAD, false, NULL),
	SAMPLE(LOCATION_REPORTING_CONTROL, false, NULL),
	SAMPLE(LOCATION_REPORT, false, NULL),
	SAMPLE(LOCATION_RELATED_DATA_REQUEST, false, NULL),
	SAMPLE(LOCATION_RELATED_DATA_RESPONSE, false, NULL),
	SAMPLE(INFORMATION_TRANSFER_CONFIRMATION, false, NULL),
	SAMPLE(UPLINK_INFORMATION_EXCHANGE_REQUEST, false, NULL),
	SAMPLE(UPLINK_INFORMATION_EXCHANGE_RESPONSE, false, NULL),
	SAMPLE(DIRECT_INFORMATION_TRANSFER, false, NULL),
	SAMPLE(UE_SPECIFIC_INFORMATION_INDICATION, false, NULL),
	SAMPLE(SRVCC_CS_KEYS_REQUEST, false, NULL),
	SAMPLE(SRVCC_CS_KEYS_RESPONSE, false, NULL),
	SAMPLE(UE_RADIO_CAPABILITY_MATCH_REQUEST, false, NULL),
	SAMPLE(UE_RADIO_CAPABILITY_MATCH_RESPONSE, false, NULL),
	SAMPLE(MBMS_SESSION_START_RESPONSE, false, NULL),
	SAMPLE(MBMS_SESSION_UPDATE_RESPONSE, false, NULL),
	SAMPLE(MBMS_SESSION_STOP, false, NULL),
	SAMPLE(MBMS_SESSION_STOP_RESPONSE, false, NULL),
	SAMPLE(MBMS_UE_LINKING_REQUEST, false, NULL),
	SAMPLE(MBMS_UE_LINKING_RESPONSE, false, NULL),
	SAMPLE(MBMS_REGISTRATION_REQUEST, false, NULL),
	SAMPLE(MBMS_REGISTRATION_RESPONSE, false, NULL),
	SAMPLE(MBMS_CN_DE_REGISTRATION_REQUEST, false, NULL),
	SAMPLE(MBMS_CN_DE_REGISTRATION_RESPONSE, false, NULL),
	SAMPLE(ENHANCED_RELOCATION_COMPLETE_FAILURE, false, failure_full),
	SAMPLE(LOCATION_RELATED_DATA_FAILURE, false, failure_full),
	SAMPLE(MBMS_SESSION_START_FAILURE, false, failure_full),
	SAMPLE(MBMS_REGISTRATION_FAILURE, false, failure_full),
	SAMPLE(MBMS_RAB_RELEASE, false, failure_full),
	SAMPLE(MBMS_RAB_RELEASE_FAILURE, false, failure_full),
	SAMPLE(MBMS_RAB_RELEASE_REQUEST, false, cancel),
};
const unsigned ranap_sample_count = sizeof(ranap_samples) / sizeof(ranap_samples[0]);

void ranap_sample_make(const struct ranap_sample *sample, struct iuplus_ranap_msg *msg)
{
	memset(msg, 0, sizeof(*msg));
	msg->kind = sample->kind;
	if (sample->fill)
		sample->fill(msg);
}
