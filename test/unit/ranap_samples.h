/* SPDX-License-Identifier: BSD-2-Clause */
/* ranap_samples.h: a message of every kind that has a struct, twice: with the fewest and with the most elements. */
#ifndef IUPLUS_TEST_RANAP_SAMPLES_H
#define IUPLUS_TEST_RANAP_SAMPLES_H

#include <iuplus/ranap.h>

struct ranap_sample {
	const char *name;
	unsigned kind;
	bool extended;                              /* has an IE of the extension */
	void (*fill)(struct iuplus_ranap_msg *msg); /* NULL: the message has no IE */
};

extern const struct ranap_sample ranap_samples[];
extern const unsigned ranap_sample_count;

/* The sample as a message. */
void ranap_sample_make(const struct ranap_sample *sample, struct iuplus_ranap_msg *msg);

/* In ranap_samples_rest.c. */
void ranap_fill_enhanced_request(struct iuplus_ranap_msg *msg);
void ranap_fill_enhanced_request_extended(struct iuplus_ranap_msg *msg);
void ranap_fill_enhanced_response(struct iuplus_ranap_msg *msg);
void ranap_fill_enhanced_confirm(struct iuplus_ranap_msg *msg);
void ranap_fill_rab_release_request(struct iuplus_ranap_msg *msg);
void ranap_fill_rab_modify_request(struct iuplus_ranap_msg *msg);
void ranap_fill_context_request(struct iuplus_ranap_msg *msg);
void ranap_fill_context_response(struct iuplus_ranap_msg *msg);
void ranap_fill_forward_command(struct iuplus_ranap_msg *msg);
void ranap_fill_forward_context(struct iuplus_ranap_msg *msg);
void ranap_fill_relocation_information(struct iuplus_ranap_msg *msg);
void ranap_fill_volume_request(struct iuplus_ranap_msg *msg);
void ranap_fill_volume_report(struct iuplus_ranap_msg *msg);
void ranap_fill_paging_short(struct iuplus_ranap_msg *msg);
void ranap_fill_paging(struct iuplus_ranap_msg *msg);
void ranap_fill_overload(struct iuplus_ranap_msg *msg);
void ranap_fill_reset_resource(struct iuplus_ranap_msg *msg);
void ranap_fill_reset_resource_acknowledge(struct iuplus_ranap_msg *msg);
void ranap_fill_invoke_trace(struct iuplus_ranap_msg *msg);
void ranap_fill_deactivate_trace(struct iuplus_ranap_msg *msg);
void ranap_fill_location_control(struct iuplus_ranap_msg *msg);
void ranap_fill_location_report(struct iuplus_ranap_msg *msg);
void ranap_fill_location_data_request(struct iuplus_ranap_msg *msg);
void ranap_fill_location_data_response(struct iuplus_ranap_msg *msg);
void ranap_fill_transfer_indication(struct iuplus_ranap_msg *msg);
void ranap_fill_transfer_confirmation(struct iuplus_ranap_msg *msg);
void ranap_fill_transfer_failure(struct iuplus_ranap_msg *msg);
void ranap_fill_exchange_request(struct iuplus_ranap_msg *msg);
void ranap_fill_exchange_response(struct iuplus_ranap_msg *msg);
void ranap_fill_exchange_failure(struct iuplus_ranap_msg *msg);
void ranap_fill_direct_information(struct iuplus_ranap_msg *msg);
void ranap_fill_ue_specific(struct iuplus_ranap_msg *msg);
void ranap_fill_cs_keys(struct iuplus_ranap_msg *msg);
void ranap_fill_query(struct iuplus_ranap_msg *msg);
void ranap_fill_query_served(struct iuplus_ranap_msg *msg);
void ranap_fill_query_not_served(struct iuplus_ranap_msg *msg);
void ranap_fill_reroute(struct iuplus_ranap_msg *msg);
void ranap_fill_session_start(struct iuplus_ranap_msg *msg);
void ranap_fill_session_start_response(struct iuplus_ranap_msg *msg);
void ranap_fill_session_update(struct iuplus_ranap_msg *msg);
void ranap_fill_session_update_response(struct iuplus_ranap_msg *msg);
void ranap_fill_session_update_failure(struct iuplus_ranap_msg *msg);
void ranap_fill_session_stop(struct iuplus_ranap_msg *msg);
void ranap_fill_linking_request(struct iuplus_ranap_msg *msg);
void ranap_fill_linking_response(struct iuplus_ranap_msg *msg);
void ranap_fill_registration_request(struct iuplus_ranap_msg *msg);
void ranap_fill_registration_failure(struct iuplus_ranap_msg *msg);
void ranap_fill_de_registration_response(struct iuplus_ranap_msg *msg);
void ranap_fill_establishment(struct iuplus_ranap_msg *msg);

#endif
