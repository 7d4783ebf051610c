/* SPDX-License-Identifier: BSD-2-Clause */
/* The samples of the messages beyond a plain relocation, with all their elements. */
#include "test/unit/ranap_samples.h"
#include <string.h>

#define OCTETS(array) ((struct iuplus_octets){ array, sizeof(array) })

static const uint8_t plmn[3] = { 0x00, 0xf1, 0x10 };
static const uint8_t nas[] = { 0x08, 0x03 };
static const uint8_t filler[256] = { 0x12, 0x34, 0x56 };
static const uint8_t ipv4[] = { 192, 0, 2, 1 };
static const struct iuplus_ranap_rab_cause causes[] = { { 5, 53 }, { 255, 300 } };
static const struct iuplus_ranap_rab_causes failed = { 2, causes };
static const struct iuplus_ranap_rab_id rab_ids[] = { { 5 }, { 255 } };
static const struct iuplus_ranap_ie_diagnostics ies[] = {
	{ .criticality = IUPLUS_RANAP_NOTIFY, .ie_id = 3, .missing = true }
};
static const struct iuplus_ranap_diagnostics diagnostics = { .ie_count = 1, .ies = ies };

static void fill_imsi(struct iuplus_ranap_imsi *imsi)
{
	iuplus_ranap_imsi_parse("001010123456789", imsi);
}

static void fill_rnc(struct iuplus_ranap_rnc *rnc, uint16_t id)
{
	memcpy(rnc->plmn, plmn, 3);
	rnc->rnc_id = id;
}

static void fill_cn(struct iuplus_ranap_cn *cn)
{
	memcpy(cn->plmn, plmn, 3);
	cn->cn_id = 4095;
}

static void fill_tmgi(struct iuplus_ranap_tmgi *tmgi)
{
	memcpy(tmgi->plmn, plmn, 3);
	memcpy(tmgi->service, "\xab\xcd\xef", 3);
}

static void fill_transport(struct iuplus_ranap_transport *transport)
{
	transport->address = (struct iuplus_ranap_bits){ ipv4, 32 };
	transport->association.which = IUPLUS_RANAP_ASSOCIATION_GTP_TEI;
	memcpy(transport->association.id, "\x01\x02\x03\x04", 4);
}

/* ---- Enhanced Relocation Complete ---------------------------------------------------------------------------- */

void ranap_fill_enhanced_request(struct iuplus_ranap_msg *m)
{
	static const uint8_t item[] = { 0x14, 0x00, 0x00 };
	static const struct iuplus_ranap_rab rabs[] = { { 0, { item, sizeof(item) } } };
	struct iuplus_ranap_enhanced_relocation_complete_request *r = &m->u.enhanced_relocation_complete_request;

	r->old_iu_sig_con_id = 0xffffff;
	r->iu_sig_con_id = 0x800001;
	fill_rnc(&r->source, 4096);
	fill_rnc(&r->target, 65535);
	r->rabs.count = 1;
	r->rabs.list = rabs;
	r->has_integrity_algorithm = r->has_encryption_algorithm = r->has_higher_bitrates = true;
	r->integrity_algorithm = 2;
	r->encryption_algorithm = 2;
	r->higher_bitrates = 1;
	r->has_csg_id = r->has_cell_access_mode = r->has_tunnel = r->tunnel.has_port = true;
	r->csg_id = 0x5555555;
	r->tunnel.address = (struct iuplus_ranap_bits){ ipv4, 32 };
	r->tunnel.port = 2152;
	r->lhn_id = (struct iuplus_octets){ filler, 32 };
}

void ranap_fill_enhanced_request_extended(struct iuplus_ranap_msg *m)
{
	ranap_fill_enhanced_request(m);
	m->u.enhanced_relocation_complete_request.has_ue_capability = true;
	m->u.enhanced_relocation_complete_request.ue_capability = IUPLUS_RANAP_CAPABILITY_KEY_HIERARCHY;
}

void ranap_fill_enhanced_response(struct iuplus_ranap_msg *m)
{
	static const uint8_t item[] = { 0x01, 0x40, 0x70, 0x73, 0x80 };
	static const struct iuplus_ranap_rab rabs[] = { { 0, { item, sizeof(item) } } };
	struct iuplus_ranap_enhanced_relocation_complete_response *r = &m->u.enhanced_relocation_complete_response;

	r->rabs.count = 1;
	r->rabs.list = rabs;
	r->released = failed;
	r->has_diagnostics = r->has_bit_rate = r->bit_rate.has_downlink = r->bit_rate.has_uplink = true;
	r->diagnostics = diagnostics;
	r->bit_rate.downlink = 1000000000;
	r->bit_rate.uplink = 1;
	r->msisdn = OCTETS(nas);
	r->has_csg_membership = true;
	r->csg_membership = 1;
}

void ranap_fill_enhanced_confirm(struct iuplus_ranap_msg *m)
{
	m->u.enhanced_relocation_complete_confirm.failed = failed;
}

/* ---- RABs and SRNS contexts ---------------------------------------------------------------------------------- */

void ranap_fill_rab_release_request(struct iuplus_ranap_msg *m)
{
	m->u.rab_release_request.released = failed;
}

void ranap_fill_rab_modify_request(struct iuplus_ranap_msg *m)
{
	static const uint8_t item[] = { 0x1a, 0x08, 0x00, 0x00 };
	static const struct iuplus_ranap_rab rabs[] = { { 0, { item, sizeof(item) } } };

	m->u.rab_modify_request.rabs.count = 1;
	m->u.rab_modify_request.rabs.list = rabs;
}

static const struct iuplus_ranap_rab_context contexts[] = { { 5, true, true, true, true, 0, 65535, 1, 2 },
							    { .id = 6 } };

void ranap_fill_context_request(struct iuplus_ranap_msg *m)
{
	m->u.srns_context_request.rabs.count = 2;
	m->u.srns_context_request.rabs.list = rab_ids;
	m->u.srns_context_request.has_rat_type = true;
	m->u.srns_context_request.rat_type = 1;
}

void ranap_fill_context_response(struct iuplus_ranap_msg *m)
{
	m->u.srns_context_response.contexts.count = 2;
	m->u.srns_context_response.contexts.list = contexts;
	m->u.srns_context_response.failed = failed;
	m->u.srns_context_response.has_diagnostics = true;
	m->u.srns_context_response.diagnostics = diagnostics;
}

void ranap_fill_forward_command(struct iuplus_ranap_msg *m)
{
	static const uint8_t item[] = { 0x35, 0x40, 0x80, 0xba, 0x1c, 0x86, 0xf0, 0x83 };
	static const struct iuplus_ranap_rab rabs[] = { { 0, { item, sizeof(item) } } };

	m->u.srns_data_forward_command.forwarding.count = 1;
	m->u.srns_data_forward_command.forwarding.list = rabs;
}

void ranap_fill_forward_context(struct iuplus_ranap_msg *m)
{
	m->u.forward_srns_context.contexts.count = 2;
	m->u.forward_srns_context.contexts.list = contexts;
	m->u.forward_srns_context.has_pdcp_context = true;
	m->u.forward_srns_context.pdcp_context = OCTETS(filler);
}

void ranap_fill_relocation_information(struct iuplus_ranap_msg *m)
{
	static const uint8_t parameters[] = { 0x20, 0x00, 0x80 };
	static const struct iuplus_ranap_transfer transfers[] = { { { nas, sizeof(nas) }, 0, IUPLUS_DOMAIN_PS },
								  { { nas, sizeof(nas) }, 1, IUPLUS_DOMAIN_CS } };
	struct iuplus_ranap_relocation_information *r = &m->u.relocation_information;

	r->transfers.count = r->contexts.count = 2;
	r->transfers.list = transfers;
	r->contexts.list = contexts;
	r->has_pdcp_context = true;
	r->pdcp_context = OCTETS(filler);
	r->rnsap_parameters = OCTETS(parameters);
}

void ranap_fill_volume_request(struct iuplus_ranap_msg *m)
{
	m->u.data_volume_report_request.rabs.count = 2;
	m->u.data_volume_report_request.rabs.list = rab_ids;
}

void ranap_fill_volume_report(struct iuplus_ranap_msg *m)
{
	static const uint8_t item[] = { 0x4a, 0x20, 0x00, 0x00 };
	static const struct iuplus_ranap_rab rabs[] = { { 0, { item, sizeof(item) } } };

	m->u.data_volume_report.rabs.count = 1;
	m->u.data_volume_report.rabs.list = rabs;
	m->u.data_volume_report.failed = failed;
	m->u.data_volume_report.has_diagnostics = true;
	m->u.data_volume_report.diagnostics = diagnostics;
}

/* ---- Paging, Overload, Reset Resource ------------------------------------------------------------------------ */

void ranap_fill_paging_short(struct iuplus_ranap_msg *m)
{
	fill_imsi(&m->u.paging.imsi);
}

void ranap_fill_paging(struct iuplus_ranap_msg *m)
{
	static const struct iuplus_ranap_csg_id csgs[] = { { 0 }, { 0x7ffffff } };
	struct iuplus_ranap_paging *r = &m->u.paging;

	r->domain = IUPLUS_DOMAIN_PS;
	fill_imsi(&r->imsi);
	r->has_temporary_id = r->has_area = r->has_cause = r->has_searching = r->has_drx_coefficient = true;
	r->temporary_id.which = IUPLUS_RANAP_TMSI;
	r->area.which = IUPLUS_RANAP_AREA_RAI;
	memcpy(r->area.lai.plmn, plmn, 3);
	r->area.lai.lac = 1;
	r->area.rac = 2;
	r->cause = 4;
	r->searching = true;
	r->drx_coefficient = 6;
	r->has_cn = true;
	fill_cn(&r->cn);
	r->csgs.count = 2;
	r->csgs.list = csgs;
}

void ranap_fill_overload(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_overload *r = &m->u.overload;

	r->has_steps = r->has_rnc = r->has_domain = r->has_cn = r->has_priority_class = true;
	r->steps = 16;
	fill_rnc(&r->rnc, 5000);
	r->domain = IUPLUS_DOMAIN_PS;
	fill_cn(&r->cn);
	r->priority_class = 0x81;
}

static const struct iuplus_ranap_iu_sig_con connections[] = { { 1, false, 0 }, { 0x800000, true, 0xffffff } };

void ranap_fill_reset_resource(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_reset_resource *r = &m->u.reset_resource;

	r->domain = IUPLUS_DOMAIN_PS;
	r->cause = IUPLUS_RANAP_CAUSE_OM_INTERVENTION;
	r->connections.count = 2;
	r->connections.list = connections;
	r->has_rnc = r->has_cn = true;
	fill_rnc(&r->rnc, 5000);
	fill_cn(&r->cn);
}

void ranap_fill_reset_resource_acknowledge(struct iuplus_ranap_msg *m)
{
	ranap_fill_reset_resource(m);
	m->u.reset_resource_acknowledge.cause = 0;
	m->u.reset_resource_acknowledge.has_diagnostics = true;
	m->u.reset_resource_acknowledge.diagnostics = diagnostics;
}

/* ---- trace and location -------------------------------------------------------------------------------------- */

void ranap_fill_invoke_trace(struct iuplus_ranap_msg *m)
{
	static const uint8_t propagation[] = { 0x00, 0xff, 0xff, 0x00 };
	static const uint8_t mdt[] = { 0x03, 0x07, 0xc8 };
	static const uint8_t application[] = { 0x00, 0x00, 0x00, 0x55, 0x60, 0x00, 0x00, 0xf1, 0x10 };
	struct iuplus_ranap_cn_invoke_trace *r = &m->u.cn_invoke_trace;

	r->has_type = r->has_ue_id = true;
	r->type = 1;
	r->reference = OCTETS(nas);
	r->trigger_id = (struct iuplus_octets){ filler, 22 };
	r->ue_id.which = IUPLUS_RANAP_UE_IMEISV;
	r->ue_id.id = (struct iuplus_octets){ filler, 8 };
	r->omc_id = (struct iuplus_octets){ filler, 3 };
	r->propagation = OCTETS(propagation);
	r->mdt = OCTETS(mdt);
	r->collection_entity = (struct iuplus_ranap_bits){ ipv4, 32 };
	r->application_layer = OCTETS(application);
}

void ranap_fill_deactivate_trace(struct iuplus_ranap_msg *m)
{
	m->u.cn_deactivate_trace.reference = OCTETS(nas);
	m->u.cn_deactivate_trace.trigger_id = (struct iuplus_octets){ filler, 3 };
}

void ranap_fill_location_control(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_location_reporting_control *r = &m->u.location_reporting_control;

	r->request.event = 4;
	r->request.report_area = 1;
	r->request.has_accuracy = true;
	r->request.accuracy = 127;
	r->has_vertical_accuracy = r->has_response_time = r->has_priority = r->has_client_type = true;
	r->has_include_velocity = r->has_periodic = true;
	r->vertical_accuracy = 1;
	r->response_time = r->priority = 1;
	r->client_type = 7;
	r->periodic.amount = 8639999;
	r->periodic.interval = 1;
}

void ranap_fill_location_report(struct iuplus_ranap_msg *m)
{
	static const uint8_t geographical[] = { 0x00, 0x00, 0x00, 0x00, 0x00 };
	static const uint8_t position[] = { 0x4a, 0x06, 0x20 };
	static const uint8_t velocity[] = { 0x00, 0x00, 0xd0, 0x00, 0x00 };
	struct iuplus_ranap_location_report *r = &m->u.location_report;

	r->has_area = r->has_cause = r->has_request = r->has_last_known_area = r->has_geran_position_data = true;
	r->area.which = IUPLUS_RANAP_AREA_GEOGRAPHICAL;
	r->area.geographical = OCTETS(geographical);
	r->cause = 42;
	r->request.event = 1;
	memcpy(r->last_known_area.sai.plmn, plmn, 3);
	r->last_known_area.age = 32767;
	r->position_data = OCTETS(position);
	r->geran_position_data = OCTETS(nas);
	r->has_accuracy_fulfilment = r->has_pressure = r->has_civic_address = true;
	r->accuracy_fulfilment = 1;
	r->velocity = OCTETS(velocity);
	r->pressure = 101325;
	r->civic_address = OCTETS(nas);
}

void ranap_fill_location_data_request(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_location_related_data_request *r = &m->u.location_related_data_request;

	r->has_type = r->has_geran_type = true;
	r->type.requested = 5;
	r->type.gps = (struct iuplus_octets){ filler, 38 };
	r->geran_type = 2;
	r->ganss = (struct iuplus_octets){ filler, 201 };
}

void ranap_fill_location_data_response(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_location_related_data_response *r = &m->u.location_related_data_response;

	r->has_keys = r->has_ganss_keys = r->has_diagnostics = true;
	r->keys.flag = 1;
	memset(r->keys.current, 0xaa, 7);
	memset(r->ganss_keys.next, 0xbb, 7);
	r->diagnostics = diagnostics;
}

/* ---- information --------------------------------------------------------------------------------------------- */

void ranap_fill_transfer_indication(struct iuplus_ranap_msg *m)
{
	static const uint8_t data[] = { 0x00, 0x00, 0x00, 0xf1, 0x10, 0x01, 0x12, 0x71, 0xc0, 0x01, 0x22, 0x31 };
	struct iuplus_ranap_information_transfer_indication *r = &m->u.information_transfer_indication;

	r->transfer_id = 0xfffff;
	r->data = OCTETS(data);
	r->has_cn = true;
	fill_cn(&r->cn);
}

void ranap_fill_transfer_confirmation(struct iuplus_ranap_msg *m)
{
	m->u.information_transfer_confirmation.transfer_id = 1;
	fill_rnc(&m->u.information_transfer_confirmation.rnc, 5000);
	m->u.information_transfer_confirmation.has_diagnostics = true;
	m->u.information_transfer_confirmation.diagnostics = diagnostics;
}

void ranap_fill_transfer_failure(struct iuplus_ranap_msg *m)
{
	ranap_fill_transfer_confirmation(m);
	m->u.information_transfer_failure.cause = IUPLUS_RANAP_CAUSE_SEMANTIC_ERROR;
}

void ranap_fill_exchange_request(struct iuplus_ranap_msg *m)
{
	static const uint8_t transfer[] = { 0x00, 0xf8, 0xb7, 0x80 };
	struct iuplus_ranap_uplink_information_exchange_request *r = &m->u.uplink_information_exchange_request;

	r->exchange_id = 0xfffff;
	r->type = 1;
	r->transfer = OCTETS(transfer);
	r->has_request = true;
	r->request.which = IUPLUS_RANAP_INFORMATION_UE;
	fill_imsi(&r->request.imsi);
	fill_rnc(&r->rnc, 5000);
}

void ranap_fill_exchange_response(struct iuplus_ranap_msg *m)
{
	static const uint8_t information[] = { 0x40, 0x00, 0x00, 0xf1, 0x10, 0x34, 0x0f, 0x11 };
	struct iuplus_ranap_uplink_information_exchange_answer *r = &m->u.uplink_information_exchange_response;

	r->information = OCTETS(information);
	r->has_cn = r->has_diagnostics = true;
	fill_cn(&r->cn);
	r->diagnostics = diagnostics;
}

void ranap_fill_exchange_failure(struct iuplus_ranap_msg *m)
{
	ranap_fill_exchange_response(m);
	m->u.uplink_information_exchange_failure.information.len = 0;
	m->u.uplink_information_exchange_failure.cause = 262;
}

/* Without the RIM container of BSSGP, which other decoders would read. */
void ranap_fill_direct_information(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_direct_information_transfer *r = &m->u.direct_information_transfer;

	r->has_rnc = r->has_cn = true;
	fill_rnc(&r->rnc, 5000);
	fill_cn(&r->cn);
}

/* ---- one UE -------------------------------------------------------------------------------------------------- */

void ranap_fill_ue_specific(struct iuplus_ranap_msg *m)
{
	m->u.ue_specific_information_indication.has_uesbi = true;
	m->u.ue_specific_information_indication.uesbi.a = (struct iuplus_ranap_bits){ filler, 128 };
	m->u.ue_specific_information_indication.uesbi.b = (struct iuplus_ranap_bits){ filler, 3 };
}

void ranap_fill_cs_keys(struct iuplus_ranap_msg *m)
{
	memset(m->u.srvcc_cs_keys_response.ik, 0x11, 16);
	memset(m->u.srvcc_cs_keys_response.ck, 0x22, 16);
	memset(m->u.srvcc_cs_keys_response.nonce, 0x33, 16);
	m->u.srvcc_cs_keys_response.has_diagnostics = true;
	m->u.srvcc_cs_keys_response.diagnostics = diagnostics;
}

void ranap_fill_query(struct iuplus_ranap_msg *m)
{
	m->u.ue_registration_query_request.iu_sig_con_id = 0x123456;
	fill_imsi(&m->u.ue_registration_query_request.imsi);
}

void ranap_fill_query_served(struct iuplus_ranap_msg *m)
{
	m->u.ue_registration_query_response.result.which = IUPLUS_RANAP_UE_IS_SERVED;
	fill_imsi(&m->u.ue_registration_query_response.result.imsi);
	memcpy(m->u.ue_registration_query_response.result.plmn, plmn, 3);
}

void ranap_fill_query_not_served(struct iuplus_ranap_msg *m)
{
	m->u.ue_registration_query_response.result.which = IUPLUS_RANAP_UE_IS_NOT_SERVED;
	fill_imsi(&m->u.ue_registration_query_response.result.imsi);
}

void ranap_fill_reroute(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_reroute_nas_request *r = &m->u.reroute_nas_request;

	r->ranap_message = OCTETS(nas);
	r->group.which = IUPLUS_RANAP_SGSN_GROUP_ID;
	r->has_p_tmsi = r->has_usage_type = true;
	r->usage_type = 255;
}

/* ---- MBMS ---------------------------------------------------------------------------------------------------- */

void ranap_fill_session_start(struct iuplus_ranap_msg *m)
{
	static const uint8_t parameters[] = { 0x00, 0x48, 0x00, 0x00, 0x80, 0x04, 0xd9, 0x00, 0x68, 0x80 };
	static const uint8_t idle[] = { 0x00, 0x01, 0x4a };
	static const uint8_t synchronisation[] = { 0x00, 0x5b, 0xbf, 0x9b, 0x15, 0x60, 0xa5, 0x85, 0x32 };
	struct iuplus_ranap_mbms_session_start *r = &m->u.mbms_session_start;

	fill_tmgi(&r->tmgi);
	r->has_session = r->has_no_convergence = r->has_cn = r->has_repetition = r->has_counting = true;
	r->session = 1;
	r->service_type = 1;
	r->iu_sig_con_id = 0x800001;
	r->rab_parameters = OCTETS(parameters);
	memcpy(r->duration, "\x00\x01\x02", 3);
	r->service_area = OCTETS(nas);
	r->idle_areas = OCTETS(idle);
	fill_cn(&r->cn);
	r->repetition = 3;
	r->time_to_transfer = 4;
	r->counting = 1;
	r->synchronisation = OCTETS(synchronisation);
	r->has_reestablishment = true;
}

void ranap_fill_session_start_response(struct iuplus_ranap_msg *m)
{
	m->u.mbms_session_start_response.has_transport = m->u.mbms_session_start_response.has_cause = true;
	fill_transport(&m->u.mbms_session_start_response.transport);
	m->u.mbms_session_start_response.cause = 60;
}

void ranap_fill_session_update(struct iuplus_ranap_msg *m)
{
	static const uint8_t areas[] = { 0x40, 0x01, 0x61 };

	m->u.mbms_session_update.update_id = 0xfffff;
	m->u.mbms_session_update.idle_areas = OCTETS(areas);
}

void ranap_fill_session_update_response(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_mbms_session_update_answer *r = &m->u.mbms_session_update_response;

	r->update_id = 1;
	r->has_transport = r->has_cause = r->has_diagnostics = true;
	fill_transport(&r->transport);
	r->cause = 60;
	r->diagnostics = diagnostics;
}

void ranap_fill_session_update_failure(struct iuplus_ranap_msg *m)
{
	m->u.mbms_session_update_failure.update_id = 1;
	m->u.mbms_session_update_failure.cause = 259;
}

void ranap_fill_session_stop(struct iuplus_ranap_msg *m)
{
	m->u.mbms_session_stop.deregistration = 1;
}

void ranap_fill_linking_request(struct iuplus_ranap_msg *m)
{
	static struct iuplus_ranap_mbms_service services[2];

	fill_tmgi(&services[0].tmgi);
	services[0].rab_id = 5;
	m->u.mbms_ue_linking_request.joined.count = 2;
	m->u.mbms_ue_linking_request.joined.list = services;
	m->u.mbms_ue_linking_request.left = m->u.mbms_ue_linking_request.joined;
}

void ranap_fill_linking_response(struct iuplus_ranap_msg *m)
{
	static struct iuplus_ranap_mbms_service service;

	fill_tmgi(&service.tmgi);
	service.cause = 62;
	m->u.mbms_ue_linking_response.failed.count = 1;
	m->u.mbms_ue_linking_response.failed.list = &service;
}

void ranap_fill_registration_request(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_mbms_registration_request *r = &m->u.mbms_registration_request;

	fill_tmgi(&r->tmgi);
	r->multicast_address = OCTETS(ipv4);
	r->apn = OCTETS(nas);
	r->has_rnc = true;
	fill_rnc(&r->rnc, 5000);
}

void ranap_fill_registration_failure(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_mbms_registration_failure *r = &m->u.mbms_registration_failure;

	r->failure.cause = 257;
	r->failure.has_diagnostics = r->has_tmgi = r->has_cn = true;
	r->failure.diagnostics = diagnostics;
	fill_tmgi(&r->tmgi);
	fill_cn(&r->cn);
}

void ranap_fill_de_registration_response(struct iuplus_ranap_msg *m)
{
	struct iuplus_ranap_mbms_cn_de_registration_response *r = &m->u.mbms_cn_de_registration_response;

	fill_tmgi(&r->tmgi);
	fill_rnc(&r->rnc, 5000);
	r->has_cause = true;
	r->cause = 260;
}

void ranap_fill_establishment(struct iuplus_ranap_msg *m)
{
	fill_transport(&m->u.mbms_rab_establishment_indication.transport);
}
