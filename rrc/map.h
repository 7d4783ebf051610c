/* SPDX-License-Identifier: BSD-2-Clause */
/* map.h: conversion between the neutral structs of <iuplus/rrc.h> and the structs that asn1c generates from the
 * modules.
 *
 * rrc_get_X() reads the generated struct of type X, rrc_put_X() fills it. A put does not stop at an error: it allocates
 * from a pool that the encoder has reserved, and records a value out of range in the map, where the encoder checks it
 * afterwards. The generated code is accessed only by member paths, which are the same for our modules and the official
 * ones. */
#ifndef IUPLUS_RRC_MAP_H
#define IUPLUS_RRC_MAP_H

#include <iuplus/asn1.h>
#include <iuplus/rrc.h>

#include "asn1/gen-rrc.h"

/* More than the largest message needs; a test encodes the largest ones. */
#define RRC_POOL 16384

struct rrc_map {
	bool legacy;      /* IUPLUS_RRC_LEGACY: the extension's members are not put */
	int rc;           /* first error of a put or get; IUPLUS_OK if there is none */
	const char *path; /* the member that it concerns, or "" */
	int transaction;  /* get: the RRC transaction identifier, -1 if none was found */
	uint8_t received; /* get: ReceivedMessageType of a downlink message */
	uint8_t *pool;    /* RRC_POOL octets; put only */
	size_t used;
	struct iuplus_arena *arena; /* get only */
	unsigned unknown;           /* get: levels that are not the extension's */
	/* put: the body of the extension's level, which rrc_finish() encodes */
	const struct iuplus_asn1_type *body_type;
	const void *body;
	OCTET_STRING_t *body_octets;
};

/* Records an error unless one is already recorded. */
void rrc_fail(struct rrc_map *m, int rc, const char *path);

/* The branch later-than-r3 is unknown here: "message extension not comprehended" (9.5). */
void rrc_later(struct rrc_map *m, long transaction);

/* Zeroed memory from the pool. If the pool is exhausted, this records an error and returns the start of the pool. That
 * is safe to write to, but a put must not read pointers back from it: it uses only its own local pointers. */
void *rrc_new(struct rrc_map *m, size_t size);
#define NEW(m, lvalue) ((lvalue) = rrc_new((m), sizeof(*(lvalue))))
/* A pooled long, for an optional INTEGER or ENUMERATED. */
long *rrc_long(struct rrc_map *m, long value);
/* Appends one element of size octets to a SEQUENCE OF (of at most max elements) and returns it. */
void *rrc_add(struct rrc_map *m, void *list, unsigned max, size_t size);
#define ADD(m, lvalue, list, max) ((lvalue) = rrc_add((m), (list), (max), sizeof(*(lvalue))))

/* The lowest bits bits of value; the first bit of the string is the highest one. A value too large is an error at
 * path. */
void rrc_put_bits(struct rrc_map *m, BIT_STRING_t *out, uint64_t value, unsigned bits, const char *path);
uint64_t rrc_get_bits(const BIT_STRING_t *in);
unsigned rrc_bit_count(const BIT_STRING_t *in);
/* A view; nothing is copied. */
void rrc_put_octets(OCTET_STRING_t *out, struct iuplus_octets in);
struct iuplus_octets rrc_get_octets(const OCTET_STRING_t *in);

/* ---- map_ie.c: information elements that several messages share ---- */

void rrc_put_identity(struct rrc_map *m, RRC_InitialUE_Identity_t *out, const struct iuplus_rrc_identity *in);
void rrc_get_identity(struct rrc_map *m, const RRC_InitialUE_Identity_t *in, struct iuplus_rrc_identity *out);
void rrc_put_plmn(struct rrc_map *m, RRC_PLMN_Identity_t *out, const struct iuplus_rrc_plmn *in);
void rrc_get_plmn(const RRC_PLMN_Identity_t *in, struct iuplus_rrc_plmn *out);
void rrc_put_u_rnti(struct rrc_map *m, RRC_U_RNTI_t *out, const struct iuplus_rrc_u_rnti *in);
void rrc_get_u_rnti(const RRC_U_RNTI_t *in, struct iuplus_rrc_u_rnti *out);
void rrc_put_start_list(struct rrc_map *m, RRC_STARTList_t *out, const struct iuplus_rrc_start_list *in);
void rrc_get_start_list(const RRC_STARTList_t *in, struct iuplus_rrc_start_list *out);
void rrc_put_security_capability(struct rrc_map *m, RRC_SecurityCapability_t *out,
				 const struct iuplus_rrc_security_capability *in);
void rrc_get_security_capability(const RRC_SecurityCapability_t *in, struct iuplus_rrc_security_capability *out);
void rrc_put_failure(struct rrc_map *m, RRC_FailureCauseWithProtErr_t *out, const struct iuplus_rrc_failure_cause *in);
void rrc_get_failure(struct rrc_map *m, const RRC_FailureCauseWithProtErr_t *in, struct iuplus_rrc_failure_cause *out);
void rrc_put_activation(struct rrc_map *m, RRC_IntegrityProtActivationInfo_t *out,
			const struct iuplus_rrc_activation *in);
void rrc_get_activation(const RRC_IntegrityProtActivationInfo_t *in, struct iuplus_rrc_activation *out);
void rrc_put_rb_activation(struct rrc_map *m, RRC_RB_ActivationTimeInfoList_t *out,
			   const struct iuplus_rrc_rb_activation_list *in);
void rrc_get_rb_activation(const RRC_RB_ActivationTimeInfoList_t *in, struct iuplus_rrc_rb_activation_list *out);

/* r3 and r7 differ only in the algorithms that they can name, so both use these functions. The generated types of the
 * optional algorithm are both long. */
bool rrc_needs_r7(const struct iuplus_rrc_integrity_mode *integrity, const struct iuplus_rrc_ciphering_mode *ciphering);
RRC_IntegrityProtectionModeInfo_t *rrc_put_integrity(struct rrc_map *m, const struct iuplus_rrc_integrity_mode *in);
RRC_IntegrityProtectionModeInfo_r7_t *rrc_put_integrity_r7(struct rrc_map *m,
							   const struct iuplus_rrc_integrity_mode *in);
void rrc_get_integrity(const RRC_IntegrityProtectionModeInfo_t *in, struct iuplus_rrc_integrity_mode *out);
void rrc_get_integrity_r7(const RRC_IntegrityProtectionModeInfo_r7_t *in, struct iuplus_rrc_integrity_mode *out);
RRC_CipheringModeInfo_t *rrc_put_ciphering(struct rrc_map *m, const struct iuplus_rrc_ciphering_mode *in);
RRC_CipheringModeInfo_r7_t *rrc_put_ciphering_r7(struct rrc_map *m, const struct iuplus_rrc_ciphering_mode *in);
void rrc_get_ciphering(struct rrc_map *m, const RRC_CipheringModeInfo_t *in, struct iuplus_rrc_ciphering_mode *out);
void rrc_get_ciphering_r7(struct rrc_map *m, const RRC_CipheringModeInfo_r7_t *in,
			  struct iuplus_rrc_ciphering_mode *out);

RRC_CN_DomainInformationList_t *rrc_put_domains(struct rrc_map *m, unsigned count,
						const struct iuplus_rrc_cn_domain *in);
unsigned rrc_get_domains(const RRC_CN_DomainInformationList_t *in, struct iuplus_rrc_cn_domain *out);
unsigned rrc_get_domains_full(const RRC_CN_DomainInformationListFull_t *in, struct iuplus_rrc_cn_domain *out);
OCTET_STRING_t *rrc_put_nas_info(struct rrc_map *m, struct iuplus_octets in);

/* ---- map_extension.c ---- */

void rrc_put_capability(struct rrc_map *m, RRC_EnhancedSecurityCapability_t *out,
			const struct iuplus_rrc_enhanced_capability *in);
void rrc_get_capability(const RRC_EnhancedSecurityCapability_t *in, struct iuplus_rrc_enhanced_capability *out);
RRC_EnhancedKeyInformationList_t *rrc_put_keys(struct rrc_map *m, const struct iuplus_rrc_enhanced_keys *in);
void rrc_get_keys(const RRC_EnhancedKeyInformationList_t *in, struct iuplus_rrc_enhanced_keys *out);
void rrc_put_srns_extension(struct rrc_map *m, RRC_SRNC_RelocationInfo_vIuplusext_IEs_t *out,
			    const struct iuplus_rrc_srns_info *in);
void rrc_get_srns_extension(struct rrc_map *m, const RRC_SRNC_RelocationInfo_vIuplusext_IEs_t *in,
			    struct iuplus_rrc_srns_info *out);

/* The level of a message: all types named ...-vIuplusext-IEs have the same members. put stores marker and version; the
 * body, a value of the named type, is encoded by rrc_finish() and must be in the pool. get returns the body; NULL, and
 * counts the level, if it does not decode. */
void rrc_put_level(struct rrc_map *m, BIT_STRING_t *marker, long *version, OCTET_STRING_t *octets,
		   const struct iuplus_asn1_type *type, const void *body);
#define PUT_LEVEL(m, level, Body, body_) \
	rrc_put_level((m), &(level)->marker, &(level)->version, &(level)->body, IUPLUS_ASN1_RRC_##Body, (body_))
const void *rrc_get_level(struct rrc_map *m, const OCTET_STRING_t *octets, const struct iuplus_asn1_type *type);
#define GET_LEVEL(m, octets, Body) ((const RRC_##Body##_t *)rrc_get_level((m), (octets), IUPLUS_ASN1_RRC_##Body))

/* The level of an uplink message. */
#define PUT_UE_LEVEL(m, level, capability) \
	PUT_LEVEL(m, level, UE_EnhancedSecurityInfo, rrc_put_ue_info((m), (capability)))
const void *rrc_put_ue_info(struct rrc_map *m, const struct iuplus_rrc_enhanced_capability *in);
void rrc_get_ue_info(struct rrc_map *m, const OCTET_STRING_t *octets, struct iuplus_rrc_enhanced_capability *out);
/* The level of a reconfiguration. */
#define PUT_NETWORK_LEVEL(m, level, in) \
	PUT_LEVEL(m, level, Network_EnhancedSecurityInfo, rrc_put_network_info((m), (in)))
const void *rrc_put_network_info(struct rrc_map *m, const struct iuplus_rrc_reconfiguration *in);
void rrc_get_network_info(struct rrc_map *m, const OCTET_STRING_t *octets, struct iuplus_rrc_reconfiguration *out);

/* ---- defaults.c: mandatory elements that no procedure here uses ---- */

void rrc_default_capability(struct rrc_map *m, RRC_UE_RadioAccessCapability_t *out);
void rrc_default_srb_list(struct rrc_map *m, RRC_SRB_InformationSetupList_t *out);
void rrc_default_srb_list2(struct rrc_map *m, RRC_SRB_InformationSetupList2_t *out);
void rrc_default_ul_transport(struct rrc_map *m, RRC_UL_AddReconfTransChInfoList_t *out);
void rrc_default_dl_transport(struct rrc_map *m, RRC_DL_AddReconfTransChInfoList_t *out);

/* ---- one pair per message ---- */

#define MESSAGE(name, asn1, neutral) \
	void rrc_put_##name(struct rrc_map *m, RRC_##asn1##_t *out, const struct neutral *in); \
	void rrc_get_##name(struct rrc_map *m, const RRC_##asn1##_t *in, struct neutral *out)

/* map_connection.c */
MESSAGE(connection_request, RRCConnectionRequest, iuplus_rrc_connection_request);
MESSAGE(connection_setup, RRCConnectionSetup, iuplus_rrc_connection_setup);
MESSAGE(connection_setup_complete, RRCConnectionSetupComplete, iuplus_rrc_connection_setup_complete);
MESSAGE(connection_reject, RRCConnectionReject, iuplus_rrc_connection_reject);
MESSAGE(connection_release, RRCConnectionRelease, iuplus_rrc_connection_release);
MESSAGE(connection_release_ccch, RRCConnectionRelease_CCCH, iuplus_rrc_connection_release);
MESSAGE(connection_release_complete, RRCConnectionReleaseComplete, iuplus_rrc_connection_release_complete);
MESSAGE(signalling_release, SignallingConnectionRelease, iuplus_rrc_signalling_connection_release);
MESSAGE(signalling_release_indication, SignallingConnectionReleaseIndication, iuplus_rrc_signalling_connection_release);
MESSAGE(status, RRCStatus, iuplus_rrc_status);
/* map_security.c */
MESSAGE(initial_transfer, InitialDirectTransfer, iuplus_rrc_initial_direct_transfer);
MESSAGE(uplink_transfer, UplinkDirectTransfer, iuplus_rrc_uplink_direct_transfer);
MESSAGE(downlink_transfer, DownlinkDirectTransfer, iuplus_rrc_downlink_direct_transfer);
MESSAGE(security_command, SecurityModeCommand, iuplus_rrc_security_mode_command);
MESSAGE(security_complete, SecurityModeComplete, iuplus_rrc_security_mode_complete);
MESSAGE(security_failure, SecurityModeFailure, iuplus_rrc_failure_message);
/* map_reconfiguration.c */
MESSAGE(physical_channel, PhysicalChannelReconfiguration, iuplus_rrc_reconfiguration);
MESSAGE(physical_channel_complete, PhysicalChannelReconfigurationComplete, iuplus_rrc_reconfiguration_complete);
MESSAGE(physical_channel_failure, PhysicalChannelReconfigurationFailure, iuplus_rrc_failure_message);
MESSAGE(mobility, UTRANMobilityInformation, iuplus_rrc_reconfiguration);
MESSAGE(mobility_confirm, UTRANMobilityInformationConfirm, iuplus_rrc_reconfiguration_complete);
MESSAGE(mobility_failure, UTRANMobilityInformationFailure, iuplus_rrc_failure_message);

#undef MESSAGE

/* ---- map_branches.c: the branches of a message that has many ---- */

/* The elements common to the branches of PHYSICAL CHANNEL RECONFIGURATION and UTRAN MOBILITY INFORMATION. Each branch
 * has them under the same names in a type of its own; this view has pointers to them. */
struct rrc_view {
	long transaction;
	long state; /* PHYSICAL CHANNEL RECONFIGURATION only */
	const RRC_IntegrityProtectionModeInfo_t *integrity;
	const RRC_IntegrityProtectionModeInfo_r7_t *integrity_r7;
	const RRC_CipheringModeInfo_t *ciphering;
	const RRC_CipheringModeInfo_r7_t *ciphering_r7;
	const RRC_U_RNTI_t *u_rnti;
	const RRC_C_RNTI_t *c_rnti;
	const RRC_URA_Identity_t *ura;
	bool cn, sync;
	const RRC_PLMN_Identity_t *plmn;
	const OCTET_STRING_t *common;
	const RRC_CN_DomainInformationList_t *domains;
	const RRC_CN_DomainInformationListFull_t *domains_full;
	const RRC_RB_WithPDCP_InfoList_t *pdcp;
	const long *activation_time;
	const RRC_FrequencyInfo_t *frequency;
	const long *scrambling_code;
	const OCTET_STRING_t *level; /* the body of the extension's level */
};

/* False for a branch of a later release; then only the transaction is known. */
bool rrc_view_physical_channel(const RRC_PhysicalChannelReconfiguration_t *in, struct rrc_view *v);
bool rrc_view_mobility(const RRC_UTRANMobilityInformation_t *in, struct rrc_view *v);

/* ---- srns_branches.c: the branches r4 to r15 of SRNS relocation info ---- */

void rrc_get_srns_later(struct rrc_map *m, const RRC_SRNC_RelocationInfo_r3_t *in, struct iuplus_rrc_srns_info *out);
/* Elements that every branch has, r3 included. */
void rrc_get_srns_counts(const RRC_SRB_SpecificIntegrityProtInfoList_t *in, struct iuplus_rrc_srns_info *out);

/* ---- codec.c, for srns.c too ---- */

/* Sets up *m for a put with a pool from arena. IUPLUS_OK or IUPLUS_ERR_MEMORY. */
int rrc_map_init(struct rrc_map *m, unsigned flags, struct iuplus_arena *arena);
/* Encodes pdu, which the map has filled; fills *error (not NULL). */
int rrc_finish(const struct rrc_map *m, const struct iuplus_asn1_type *type, const void *pdu, unsigned flags,
	       struct iuplus_arena *arena, struct iuplus_octets *out, struct iuplus_rrc_error *error);
/* Sets up *m for a get and decodes one PDU of type; m->unknown counts a level that is not the extension's. */
int rrc_begin(struct rrc_map *m, const struct iuplus_asn1_type *type, struct iuplus_octets in, unsigned flags,
	      struct iuplus_arena *arena, void **pdu, struct iuplus_rrc_error *error);
/* Writes rc, cause and path of a map into *error. */
void rrc_set_error(struct iuplus_rrc_error *error, int rc, const char *path);

#endif
