/* SPDX-License-Identifier: BSD-2-Clause */
/** @file
 * ranap_messages.h: the structs of the RANAP messages beyond a plain relocation; a part of <iuplus/ranap.h>, which
 * includes it after the definitions of the values.
 *
 * The conventions of ranap.h apply. Encoded octets are for iuplus_asn1_decode(): only their final receiver decodes
 * them. Enumerations are the module's numbers, from 0; those of later releases are forwarded. */
#ifndef IUPLUS_RANAP_H
#include <iuplus/ranap.h>
#elif !defined IUPLUS_RANAP_MESSAGES_H
#define IUPLUS_RANAP_MESSAGES_H

/* ---- values -------------------------------------------------------------------------------------------------- */

/** Destination of GTP user data: Transport Layer Address and Iu Transport Association. */
enum iuplus_ranap_association_kind { IUPLUS_RANAP_ASSOCIATION_GTP_TEI = 1, IUPLUS_RANAP_ASSOCIATION_BINDING_ID = 2 };
struct iuplus_ranap_association {
	uint8_t which; /**< enum iuplus_ranap_association_kind */
	uint8_t id[4];
};
struct iuplus_ranap_transport {
	struct iuplus_ranap_bits address; /**< IPv4: 32 bits, IPv6: 128 bits; both: 160 bits */
	struct iuplus_ranap_association association;
};

/** A RAB without further data. */
struct iuplus_ranap_rab_id {
	uint8_t id;
};
struct iuplus_ranap_rab_ids {
	uint16_t count;
	const struct iuplus_ranap_rab_id *list;
};

/* ---- RAB Release Request, RAB Modification Request (8.3, 8.30) ----------------------------------------------- */

struct iuplus_ranap_rab_release_request {
	struct iuplus_ranap_rab_causes released;
};

struct iuplus_ranap_rab_modify_request {
	struct iuplus_ranap_rabs rabs; /**< RAB-ModifyItem */
};

/* ---- SRNS Context Transfer, Data Forwarding, Context Forwarding (8.11 to 8.14) ------------------------------- */

struct iuplus_ranap_srns_context_request {
	struct iuplus_ranap_rab_ids rabs;
	bool has_rat_type;
	uint8_t rat_type; /**< 0 UTRAN, 1 GERAN */
};

/** Progress of a RAB's user data. */
struct iuplus_ranap_rab_context {
	uint8_t id;
	bool has_dl_gtp, has_ul_gtp, has_dl_n_pdu, has_ul_n_pdu;
	uint16_t dl_gtp, ul_gtp;     /**< GTP-PDU sequence numbers: the next expected */
	uint16_t dl_n_pdu, ul_n_pdu; /**< N-PDU (PDCP) sequence numbers */
};
struct iuplus_ranap_rab_contexts {
	uint16_t count;
	const struct iuplus_ranap_rab_context *list;
};

struct iuplus_ranap_srns_context_response {
	struct iuplus_ranap_rab_contexts contexts;
	struct iuplus_ranap_rab_causes failed;
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
};

struct iuplus_ranap_srns_data_forward_command {
	struct iuplus_ranap_rabs forwarding; /**< RAB-DataForwardingItem */
};

struct iuplus_ranap_forward_srns_context {
	struct iuplus_ranap_rab_contexts contexts;
	bool has_pdcp_context;
	struct iuplus_octets pdcp_context; /**< Source RNC PDCP context info: RRC-Container of TS 25.331 */
};

/** RANAP RELOCATION INFORMATION (sent inside RNSAP): the data in transfer when the SRNS was relocated. */
struct iuplus_ranap_transfer { /* a NAS message that was not delivered */
	struct iuplus_octets nas_pdu;
	uint8_t sapi; /**< 0 SAPI 0, 1 SAPI 3 */
	enum iuplus_domain domain;
};
struct iuplus_ranap_transfers {
	uint16_t count;
	const struct iuplus_ranap_transfer *list;
};
struct iuplus_ranap_relocation_information {
	struct iuplus_ranap_transfers transfers;
	struct iuplus_ranap_rab_contexts contexts;
	bool has_pdcp_context;
	struct iuplus_octets pdcp_context;
	struct iuplus_octets rnsap_parameters; /**< encoded: RNSAPRelocationParameters */
};

/* ---- Data Volume Report (8.21) ------------------------------------------------------------------------------- */

struct iuplus_ranap_data_volume_report_request {
	struct iuplus_ranap_rab_ids rabs;
};

struct iuplus_ranap_data_volume_report {
	struct iuplus_ranap_rabs rabs; /**< RAB-DataVolumeReportItem */
	struct iuplus_ranap_rab_causes failed;
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
};

/* ---- Paging (8.15) ------------------------------------------------------------------------------------------- */

enum iuplus_ranap_temporary_kind { IUPLUS_RANAP_TMSI = 1, IUPLUS_RANAP_P_TMSI = 2 };
struct iuplus_ranap_temporary_ue_id {
	uint8_t which; /**< enum iuplus_ranap_temporary_kind */
	uint8_t tmsi[4];
};

enum iuplus_ranap_paging_area_kind { IUPLUS_RANAP_AREA_LAI = 1, IUPLUS_RANAP_AREA_RAI = 2 };
struct iuplus_ranap_paging_area {
	uint8_t which; /**< enum iuplus_ranap_paging_area_kind */
	struct iuplus_ranap_lai lai;
	uint8_t rac; /**< of a RAI */
};

struct iuplus_ranap_csg_id {
	uint32_t id; /**< 27 bits */
};
struct iuplus_ranap_csg_ids {
	uint16_t count;
	const struct iuplus_ranap_csg_id *list;
};

struct iuplus_ranap_paging {
	enum iuplus_domain domain;
	struct iuplus_ranap_imsi imsi;
	bool has_temporary_id;
	struct iuplus_ranap_temporary_ue_id temporary_id;
	bool has_area; /**< absent: the RNC's whole area */
	struct iuplus_ranap_paging_area area;
	bool has_cause;
	uint8_t cause; /**< Paging Cause (9.2.3.3): 0 conversational call, 1 streaming, ... */
	bool has_searching;
	bool searching; /**< Non Searching Indication */
	bool has_drx_coefficient;
	uint8_t drx_coefficient; /**< 6..9 */
	bool has_cn;
	struct iuplus_ranap_cn cn;
	struct iuplus_ranap_csg_ids csgs;
};

/* ---- trace (8.17, 8.28) -------------------------------------------------------------------------------------- */

enum iuplus_ranap_ue_id_kind { IUPLUS_RANAP_UE_IMSI = 1, IUPLUS_RANAP_UE_IMEI = 2, IUPLUS_RANAP_UE_IMEISV = 3 };
struct iuplus_ranap_ue_id {
	uint8_t which;           /**< enum iuplus_ranap_ue_id_kind */
	struct iuplus_octets id; /**< TBCD; IMSI 3..8 octets, IMEI and IMEISV 8 */
};

struct iuplus_ranap_cn_invoke_trace {
	bool has_type;
	uint8_t type;                    /**< Trace Type (TS 32.421) */
	struct iuplus_octets reference;  /**< 2..3 octets */
	struct iuplus_octets trigger_id; /**< 3..22 octets */
	bool has_ue_id;
	struct iuplus_ranap_ue_id ue_id;
	struct iuplus_octets omc_id;                /**< 3..22 octets */
	struct iuplus_octets propagation;           /**< encoded: TracePropagationParameters */
	struct iuplus_octets mdt;                   /**< encoded: MDT-Configuration */
	struct iuplus_ranap_bits collection_entity; /**< its transport layer address */
	struct iuplus_octets application_layer;     /**< encoded: UE-Application-Layer-Measurement-Configuration */
};

struct iuplus_ranap_cn_deactivate_trace {
	struct iuplus_octets reference;
	struct iuplus_octets trigger_id;
};

/* ---- location (8.19, 8.20, 8.31) ----------------------------------------------------------------------------- */

/** 9.2.1.16 */
struct iuplus_ranap_request_type {
	uint8_t event;       /**< 0 stop change of area, 1 direct, 2 change of service area, ... */
	uint8_t report_area; /**< 0 service area, 1 geographical area */
	bool has_accuracy;
	uint8_t accuracy; /**< 0..127 */
};

struct iuplus_ranap_periodic {
	uint32_t amount;   /**< of reports */
	uint32_t interval; /**< between reports, seconds */
};

struct iuplus_ranap_location_reporting_control {
	struct iuplus_ranap_request_type request;
	bool has_vertical_accuracy;
	uint8_t vertical_accuracy; /**< 0..127 */
	bool has_response_time;
	uint8_t response_time; /**< 0 low delay, 1 delay tolerant */
	bool has_priority;
	uint8_t priority; /**< 0 high, 1 normal */
	bool has_client_type;
	uint8_t client_type; /**< 0 emergency services, 1 value added services, ... */
	bool has_include_velocity;
	uint8_t include_velocity; /**< 0 requested */
	bool has_periodic;
	struct iuplus_ranap_periodic periodic;
};

enum iuplus_ranap_area_kind { IUPLUS_RANAP_AREA_SAI = 1, IUPLUS_RANAP_AREA_GEOGRAPHICAL = 2 };
struct iuplus_ranap_area {
	uint8_t which; /**< enum iuplus_ranap_area_kind */
	struct iuplus_ranap_sai sai;
	struct iuplus_octets geographical; /**< encoded: GeographicalArea */
};

struct iuplus_ranap_last_known_area {
	struct iuplus_ranap_sai sai;
	uint16_t age; /**< minutes: 0..32767 */
};

struct iuplus_ranap_location_report {
	bool has_area;
	struct iuplus_ranap_area area;
	bool has_cause;
	uint16_t cause;
	bool has_request;
	struct iuplus_ranap_request_type request;
	bool has_last_known_area;
	struct iuplus_ranap_last_known_area last_known_area;
	struct iuplus_octets position_data; /**< encoded: PositionData */
	bool has_geran_position_data;
	struct iuplus_octets geran_position_data; /**< Position Data Specific to GERAN Iu Mode */
	bool has_accuracy_fulfilment;
	uint8_t accuracy_fulfilment;   /**< 0 fulfilled, 1 not */
	struct iuplus_octets velocity; /**< encoded: VelocityEstimate */
	bool has_pressure;
	uint32_t pressure; /**< barometric, Pa: 30000..115000 */
	bool has_civic_address;
	struct iuplus_octets civic_address;
};

struct iuplus_ranap_location_data_type {
	uint8_t requested;        /**< RequestedLocationRelatedDataType: 0 keys for OTDOA, 1 for GPS,
				   * ... */
	struct iuplus_octets gps; /**< Requested GPS Assistance Data: 1..38 octets */
};

struct iuplus_ranap_location_related_data_request {
	bool has_type;
	struct iuplus_ranap_location_data_type type;
	bool has_geran_type;
	uint8_t geran_type;         /**< 0 keys for E-OTD, 1 and 2 its assistance data */
	struct iuplus_octets ganss; /**< Requested GANSS Assistance Data: 1..201 octets */
};

/** of broadcast assistance data */
struct iuplus_ranap_deciphering_keys {
	uint8_t flag; /**< 1 bit */
	uint8_t current[7];
	uint8_t next[7];
};

struct iuplus_ranap_location_related_data_response {
	bool has_keys;
	struct iuplus_ranap_deciphering_keys keys;
	bool has_ganss_keys;
	struct iuplus_ranap_deciphering_keys ganss_keys;
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
};

/* ---- Overload Control (8.25), Reset Resource (8.29) ---------------------------------------------------------- */

struct iuplus_ranap_overload {
	bool has_steps;
	uint8_t steps; /**< Number of Steps: 1..16 */
	bool has_rnc;  /**< sent by an RNC */
	struct iuplus_ranap_rnc rnc;
	bool has_domain;
	enum iuplus_domain domain;
	bool has_cn;
	struct iuplus_ranap_cn cn;
	bool has_priority_class;
	uint8_t priority_class; /**< Priority Class Indicator: 8 bits */
};

/** One Iu signalling connection, or all from id to range_end. */
struct iuplus_ranap_iu_sig_con {
	uint32_t id; /**< 24 bits */
	bool has_range_end;
	uint32_t range_end;
};
struct iuplus_ranap_iu_sig_cons {
	uint16_t count; /**< 1..250 */
	const struct iuplus_ranap_iu_sig_con *list;
};

/** and RESET RESOURCE ACKNOWLEDGE */
struct iuplus_ranap_reset_resource {
	enum iuplus_domain domain;
	uint16_t cause; /**< RESET RESOURCE only */
	struct iuplus_ranap_iu_sig_cons connections;
	bool has_rnc; /**< sent by an RNC */
	struct iuplus_ranap_rnc rnc;
	bool has_cn;
	struct iuplus_ranap_cn cn;
	bool has_diagnostics; /**< RESET RESOURCE ACKNOWLEDGE only */
	struct iuplus_ranap_diagnostics diagnostics;
};

/* ---- Information Transfer, Uplink Information Exchange, Direct Information Transfer -------------------------- */

struct iuplus_ranap_information_transfer_indication {
	uint32_t transfer_id;      /**< 20 bits */
	struct iuplus_octets data; /**< encoded: ProvidedData */
	enum iuplus_domain domain;
	bool has_cn;
	struct iuplus_ranap_cn cn;
};

/** CONFIRMATION and FAILURE */
struct iuplus_ranap_information_transfer_answer {
	uint32_t transfer_id;
	enum iuplus_domain domain;
	uint16_t cause; /**< FAILURE only */
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
	struct iuplus_ranap_rnc rnc;
};

enum iuplus_ranap_information_request_kind {
	IUPLUS_RANAP_INFORMATION_MBMS = 1, /**< IP multicast address and APN of MBMS services */
	IUPLUS_RANAP_INFORMATION_UE = 2    /**< the multicast services of a UE */
};
struct iuplus_ranap_information_request {
	uint8_t which;                 /**< enum iuplus_ranap_information_request_kind */
	struct iuplus_octets services; /**< encoded: MBMSIPMulticastAddressandAPNRequest */
	struct iuplus_ranap_imsi imsi;
};

struct iuplus_ranap_uplink_information_exchange_request {
	uint32_t exchange_id;          /**< 20 bits */
	uint8_t type;                  /**< 0 transfer, 1 request */
	struct iuplus_octets transfer; /**< encoded: InformationTransferType; with type 0 */
	bool has_request;              /**< with type 1 */
	struct iuplus_ranap_information_request request;
	enum iuplus_domain domain;
	struct iuplus_ranap_rnc rnc;
};

/** RESPONSE and FAILURE */
struct iuplus_ranap_uplink_information_exchange_answer {
	uint32_t exchange_id;
	struct iuplus_octets information; /**< RESPONSE only; encoded: InformationRequested */
	enum iuplus_domain domain;
	bool has_cn;
	struct iuplus_ranap_cn cn;
	uint16_t cause; /**< FAILURE only */
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
};

struct iuplus_ranap_direct_information_transfer {
	struct iuplus_octets information; /**< encoded: InterSystemInformationTransferType */
	enum iuplus_domain domain;
	bool has_rnc; /**< sent by an RNC */
	struct iuplus_ranap_rnc rnc;
	bool has_cn;
	struct iuplus_ranap_cn cn;
};

/* ---- messages about one UE ------------------------------------------------------------------------------------ */

/** UE SPECIFIC INFORMATION INDICATION */
struct iuplus_ranap_ue_specific_information {
	bool has_uesbi;
	struct iuplus_ranap_uesbi uesbi;
};

/** the request has no IE */
struct iuplus_ranap_srvcc_cs_keys_response {
	uint8_t ik[16];
	uint8_t ck[16];
	uint8_t nonce[16]; /**< of SRVCC Information */
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
};

/** the request has no IE */
struct iuplus_ranap_ue_radio_capability_match_response {
	uint8_t voice_support; /**< Voice Support Match Indicator: 0 supported, 1 not */
};

struct iuplus_ranap_ue_registration_query_request {
	uint32_t iu_sig_con_id; /**< 24 bits */
	struct iuplus_ranap_imsi imsi;
};

enum iuplus_ranap_registration { IUPLUS_RANAP_UE_IS_SERVED = 1, IUPLUS_RANAP_UE_IS_NOT_SERVED = 2 };
struct iuplus_ranap_registration_result {
	uint8_t which; /**< enum iuplus_ranap_registration */
	struct iuplus_ranap_imsi imsi;
	uint8_t plmn[3]; /**< of a UE that is served */
};
struct iuplus_ranap_ue_registration_query_response {
	struct iuplus_ranap_registration_result result;
};

struct iuplus_ranap_reroute_nas_request {
	struct iuplus_octets ranap_message; /**< the original INITIAL UE MESSAGE */
	struct iuplus_ranap_sgsn_group group;
	bool has_p_tmsi;
	uint8_t p_tmsi[4];
	bool has_usage_type;
	uint8_t usage_type;
};

/* ---- Enhanced Relocation Complete, and its Confirm ----------------------------------------------------------- */

struct iuplus_ranap_enhanced_relocation_complete_request {
	uint32_t old_iu_sig_con_id; /**< 24 bits: of the source RNC's connection */
	uint32_t iu_sig_con_id;     /**< of the connection of this message */
	struct iuplus_ranap_rnc source;
	struct iuplus_ranap_rnc target;
	struct iuplus_ranap_rabs rabs; /**< RAB-SetupItem-EnhancedRelocCompleteReq */
	bool has_integrity_algorithm;
	uint8_t integrity_algorithm; /**< number of UIA */
	bool has_encryption_algorithm;
	uint8_t encryption_algorithm;
	bool has_higher_bitrates;
	uint8_t higher_bitrates; /**< Higher bitrates than 16 Mbps flag: 0 allowed, 1 not */
	bool has_csg_id;
	uint32_t csg_id; /**< 27 bits */
	bool has_cell_access_mode;
	uint8_t cell_access_mode; /**< 0 hybrid */
	bool has_tunnel;
	struct iuplus_ranap_tunnel tunnel;
	struct iuplus_octets lhn_id; /**< 32..256 octets */
	bool has_ue_capability;      /**< extension */
	uint8_t ue_capability;
	bool has_key_in_use; /**< extension */
	struct iuplus_ranap_key_in_use key_in_use;
};

struct iuplus_ranap_enhanced_relocation_complete_response {
	struct iuplus_ranap_rabs rabs;           /**< RAB-SetupItem-EnhancedRelocCompleteRes */
	struct iuplus_ranap_rab_causes released; /**< to be released */
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
	bool has_bit_rate;
	struct iuplus_ranap_bit_rate bit_rate;
	struct iuplus_octets msisdn; /**< 1..9 octets */
	bool has_csg_membership;
	uint8_t csg_membership; /**< 0 member, 1 not */
	bool has_next_key; /**< extension */
	struct iuplus_ranap_next_key next_key;
};

struct iuplus_ranap_enhanced_relocation_complete_confirm {
	struct iuplus_ranap_rab_causes failed;
};

/* ---- MBMS ---------------------------------------------------------------------------------------------------- */

/** a multicast service */
struct iuplus_ranap_tmgi {
	uint8_t plmn[3];
	uint8_t service[3];
};

struct iuplus_ranap_mbms_session_start {
	struct iuplus_ranap_tmgi tmgi;
	bool has_session;
	uint8_t session;                     /**< MBMS Session Identity */
	uint8_t service_type;                /**< 0 multicast, 1 broadcast */
	uint32_t iu_sig_con_id;              /**< 24 bits */
	struct iuplus_octets rab_parameters; /**< encoded: RAB-Parameters */
	struct iuplus_octets pdp_type;       /**< encoded: PDP-TypeInformation */
	uint8_t duration[3];                 /**< MBMS Session Duration (TS 23.246) */
	struct iuplus_octets service_area;   /**< MBMS Service Area (TS 23.246) */
	bool has_no_convergence;
	uint8_t no_convergence;          /**< Frequency Layer Convergence Flag: 0 no FLC */
	struct iuplus_octets idle_areas; /**< encoded: RAListofIdleModeUEs */
	bool has_cn;
	struct iuplus_ranap_cn cn;
	bool has_repetition;
	uint8_t repetition;       /**< MBMS Session Repetition Number */
	uint8_t time_to_transfer; /**< Time to MBMS Data Transfer: seconds less 1 */
	bool has_counting;
	uint8_t counting;                        /**< 0 counting, 1 not */
	struct iuplus_octets synchronisation;    /**< encoded: MBMSSynchronisationInformation */
	struct iuplus_octets pdp_type_extension; /**< encoded: PDP-TypeInformation-extension */
	bool has_reestablishment;
	uint8_t reestablishment; /**< Session Re-establishment Indicator: 0 true */
};

/** MBMS SESSION START RESPONSE. */
struct iuplus_ranap_mbms_session_start_response {
	bool has_transport;
	struct iuplus_ranap_transport transport;
	bool has_cause;
	uint16_t cause;
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
};

struct iuplus_ranap_mbms_session_update {
	uint32_t update_id;              /**< 20 bits */
	struct iuplus_octets idle_areas; /**< encoded: DeltaRAListofIdleModeUEs */
};

/** RESPONSE and FAILURE */
struct iuplus_ranap_mbms_session_update_answer {
	uint32_t update_id;
	bool has_transport; /**< RESPONSE only */
	struct iuplus_ranap_transport transport;
	bool has_cause; /**< FAILURE always has one: has_cause is ignored */
	uint16_t cause;
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
};

struct iuplus_ranap_mbms_session_stop {
	uint8_t deregistration; /**< MBMS CN De-Registration: 0 normal session stop, 1 deregister */
};

struct iuplus_ranap_mbms_session_stop_response {
	bool has_cause;
	uint16_t cause;
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
};

/** A service that a UE joined or left, or that it could not be linked to. */
struct iuplus_ranap_mbms_service {
	struct iuplus_ranap_tmgi tmgi;
	uint8_t rab_id; /**< MBMS PTP RAB ID: of those joined */
	uint16_t cause; /**< of those that failed */
};
struct iuplus_ranap_mbms_services {
	uint16_t count; /**< 0 (the IE is absent) to 128 */
	const struct iuplus_ranap_mbms_service *list;
};

struct iuplus_ranap_mbms_ue_linking_request {
	struct iuplus_ranap_mbms_services joined;
	struct iuplus_ranap_mbms_services left;
};

struct iuplus_ranap_mbms_ue_linking_response {
	struct iuplus_ranap_mbms_services failed;
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
};

struct iuplus_ranap_mbms_registration_request {
	uint8_t type; /**< 0 register, 1 deregister */
	struct iuplus_ranap_tmgi tmgi;
	struct iuplus_octets multicast_address; /**< IP Multicast Address: 4..16 octets */
	struct iuplus_octets apn;               /**< 1..255 octets */
	bool has_rnc;                           /**< sent by an RNC */
	struct iuplus_ranap_rnc rnc;
};

struct iuplus_ranap_mbms_registration_response {
	bool has_tmgi;
	struct iuplus_ranap_tmgi tmgi;
	bool has_cn;
	struct iuplus_ranap_cn cn;
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
};

struct iuplus_ranap_mbms_registration_failure {
	struct iuplus_ranap_failure failure;
	bool has_tmgi;
	struct iuplus_ranap_tmgi tmgi;
	bool has_cn;
	struct iuplus_ranap_cn cn;
};

struct iuplus_ranap_mbms_cn_de_registration_request {
	struct iuplus_ranap_tmgi tmgi;
	bool has_cn;
	struct iuplus_ranap_cn cn;
};

struct iuplus_ranap_mbms_cn_de_registration_response {
	struct iuplus_ranap_tmgi tmgi;
	struct iuplus_ranap_rnc rnc;
	bool has_cause;
	uint16_t cause;
	bool has_diagnostics;
	struct iuplus_ranap_diagnostics diagnostics;
};

struct iuplus_ranap_mbms_rab_establishment_indication {
	struct iuplus_ranap_transport transport;
};

#endif
