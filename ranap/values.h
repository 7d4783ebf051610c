/* SPDX-License-Identifier: BSD-2-Clause */
/* values.h: inside ranap/: the neutral structs of <iuplus/ranap.h> to and from the generated ones. */
#ifndef IUPLUS_RANAP_VALUES_H
#define IUPLUS_RANAP_VALUES_H

#include <stddef.h>

#include "asn1/gen-ranap.h"
#include "ranap/fields.h"
#include "ranap/shared.h"

/* Identities. */
void ranap_take_lai(const RANAP_LAI_t *from, struct iuplus_ranap_lai *to);
void ranap_put_lai(struct ranap_ctx *ctx, const struct iuplus_ranap_lai *from, RANAP_LAI_t *to);
RANAP_LAI_t *ranap_new_lai(struct ranap_ctx *ctx, const struct iuplus_ranap_lai *from);
void ranap_take_sai(const RANAP_SAI_t *from, struct iuplus_ranap_sai *to);
void ranap_put_sai(struct ranap_ctx *ctx, const struct iuplus_ranap_sai *from, RANAP_SAI_t *to);
RANAP_SAI_t *ranap_new_sai(struct ranap_ctx *ctx, const struct iuplus_ranap_sai *from);
void ranap_take_rnc(const RANAP_GlobalRNC_ID_t *from, const long *extended, struct iuplus_ranap_rnc *to);
RANAP_GlobalRNC_ID_t *ranap_new_rnc(struct ranap_ctx *ctx, const struct iuplus_ranap_rnc *from);
/* The number for the RNC-ID IE beside an Extended RNC-ID. */
long ranap_short_rnc_id(uint16_t rnc_id);
bool ranap_take_imsi(const RANAP_PermanentNAS_UE_ID_t *from, struct iuplus_ranap_imsi *to);
RANAP_PermanentNAS_UE_ID_t *ranap_new_imsi(struct ranap_ctx *ctx, const struct iuplus_ranap_imsi *from);
uint32_t ranap_take_iu_sig_con_id(const BIT_STRING_t *from);
BIT_STRING_t *ranap_new_iu_sig_con_id(struct ranap_ctx *ctx, uint32_t id);

/* Cause: 0 is absent. Putting 0 is an error. */
uint16_t ranap_take_cause(const RANAP_Cause_t *from);
void ranap_put_cause(struct ranap_ctx *ctx, uint16_t cause, RANAP_Cause_t *to);
RANAP_Cause_t *ranap_new_cause(struct ranap_ctx *ctx, uint16_t cause);

/* Security. */
void ranap_take_integrity(const RANAP_IntegrityProtectionInformation_t *from, struct iuplus_ranap_protection *to);
RANAP_IntegrityProtectionInformation_t *ranap_new_integrity(struct ranap_ctx *ctx,
							    const struct iuplus_ranap_protection *from);
void ranap_take_encryption(const RANAP_EncryptionInformation_t *from, struct iuplus_ranap_protection *to);
RANAP_EncryptionInformation_t *ranap_new_encryption(struct ranap_ctx *ctx, const struct iuplus_ranap_protection *from);
void ranap_take_enhanced(const RANAP_EnhancedSecurityInformation_t *from, struct iuplus_ranap_enhanced_security *to);
RANAP_EnhancedSecurityInformation_t *ranap_new_enhanced(struct ranap_ctx *ctx,
							const struct iuplus_ranap_enhanced_security *from);

/* Criticality Diagnostics. take returns whether the IE is there. */
bool ranap_take_diagnostics(struct ranap_ctx *ctx, const RANAP_CriticalityDiagnostics_t *from,
			    struct iuplus_ranap_diagnostics *to);
RANAP_CriticalityDiagnostics_t *ranap_new_diagnostics(struct ranap_ctx *ctx,
						      const struct iuplus_ranap_diagnostics *from);

/* Lists. Every RAB list of the generated code is a list of structs whose first member points at the item, whose first
 * member is the RAB-ID; these functions use no more than that. element_size is the size of the struct in the list,
 * type is the item's. new returns the list, or NULL when it is empty. */
void ranap_take_rabs(struct ranap_ctx *ctx, const void *list, const struct iuplus_asn1_type *type,
		     struct iuplus_ranap_rabs *to);
void *ranap_new_rabs(struct ranap_ctx *ctx, const struct iuplus_ranap_rabs *from, const struct iuplus_asn1_type *type,
		     size_t element_size, size_t list_size);
/* The same for items that are RAB-ID and Cause. */
void ranap_take_rab_causes(struct ranap_ctx *ctx, const void *list, size_t cause,
			   struct iuplus_ranap_rab_causes *to);
void *ranap_new_rab_causes(struct ranap_ctx *ctx, const struct iuplus_ranap_rab_causes *from, size_t item_size,
			   size_t cause, size_t element_size, size_t list_size);
/* Lists whose items are a RAB-ID, which stands first, and a cause: RAB-ReleaseList, RAB-FailedList,
 * RAB-ReleaseFailedList. */
#define RANAP_TAKE_RAB_CAUSES(ctx, list, Item, to) ranap_take_rab_causes(ctx, list, offsetof(Item, cause), to)
#define RANAP_NEW_RAB_CAUSES(ctx, from, Item, Element, List) \
	ranap_new_rab_causes(ctx, from, sizeof(Item), offsetof(Item, cause), sizeof(Element), sizeof(List))
/* An item as its own encoding, and back. Without octets: it has an alternative of a later release inside and cannot be
 * encoded; its criticality let it pass, so it counts as absent. */
struct iuplus_octets ranap_take_item(struct ranap_ctx *ctx, const struct iuplus_asn1_type *type, const void *item);
/* The same for a value that the caller made, which must have an encoding. */
struct iuplus_octets ranap_encode_item(struct ranap_ctx *ctx, const struct iuplus_asn1_type *type, const void *item);
void *ranap_put_item(struct ranap_ctx *ctx, const struct iuplus_asn1_type *type, struct iuplus_octets item);

/* Transparent containers: as values, and as octets of the open type. */
void ranap_take_source_to_target(const RANAP_SourceRNC_ToTargetRNC_TransparentContainer_t *from,
				 struct iuplus_ranap_source_to_target *to);
RANAP_SourceRNC_ToTargetRNC_TransparentContainer_t *
ranap_new_source_to_target(struct ranap_ctx *ctx, const struct iuplus_ranap_source_to_target *from);
void ranap_take_target_to_source(const RANAP_TargetRNC_ToSourceRNC_TransparentContainer_t *from,
				 struct iuplus_ranap_target_to_source *to);
RANAP_TargetRNC_ToSourceRNC_TransparentContainer_t *
ranap_new_target_to_source(struct ranap_ctx *ctx, const struct iuplus_ranap_target_to_source *from);
/* The same for a container that stands in the message as an IE of its own, with its octets as they came. */
void ranap_take_source_to_target_ie(struct ranap_ctx *ctx,
				    const RANAP_SourceRNC_ToTargetRNC_TransparentContainer_t *from,
				    struct iuplus_ranap_source_to_target *to);
void ranap_take_target_to_source_ie(struct ranap_ctx *ctx,
				    const RANAP_TargetRNC_ToSourceRNC_TransparentContainer_t *from,
				    struct iuplus_ranap_target_to_source *to);
void ranap_open_source_to_target(struct ranap_ctx *ctx, struct iuplus_octets octets,
				 struct iuplus_ranap_source_to_target *to);
void ranap_open_target_to_source(struct ranap_ctx *ctx, struct iuplus_octets octets,
				 struct iuplus_ranap_target_to_source *to);
OCTET_STRING_t *ranap_close_source_to_target(struct ranap_ctx *ctx, const struct iuplus_ranap_source_to_target *from);
OCTET_STRING_t *ranap_close_target_to_source(struct ranap_ctx *ctx, const struct iuplus_ranap_target_to_source *from);

/* ---- messages ------------------------------------------------------------------------------------------------ */

/* One message that has a neutral struct. value points at the generated struct of the message. A message has take and
 * put, or a table of fields (fields.h), or both, or no IE at all. */
struct ranap_message {
	unsigned kind;
	int present;			/* the alternative of ..._Value */
	void (*take)(struct ranap_ctx *ctx, const void *value, struct iuplus_ranap_msg *msg);
	void (*put)(struct ranap_ctx *ctx, const struct iuplus_ranap_msg *msg, void *value);
	const struct ranap_field *fields; /* to and from struct iuplus_ranap_msg.u */
};

/* The messages of one file, ended by an entry whose present is 0. */
extern const struct ranap_message ranap_relocation_messages[];	/* TS 25.413 8.6 to 8.10 */
extern const struct ranap_message ranap_security_messages[];	/* 8.16, 8.18 */
extern const struct ranap_message ranap_connection_messages[];	/* 8.4, 8.5, 8.22, 8.23, 8.26, 8.27 */
extern const struct ranap_message ranap_rab_messages[];		/* 8.2 */
extern const struct ranap_message ranap_enhanced_messages[];	/* those inside RNSAP's Enhanced Relocation */
extern const struct ranap_message ranap_relocated_messages[];	/* Enhanced Relocation Complete */
extern const struct ranap_message ranap_context_messages[];	/* 8.3, 8.11 to 8.14, 8.21, 8.30 */
extern const struct ranap_message ranap_resource_messages[];	/* 8.25, 8.29 */
extern const struct ranap_message ranap_subscriber_messages[];	/* 8.15 and others that are about one UE */
extern const struct ranap_message ranap_location_messages[];	/* 8.19, 8.20, 8.31 */
extern const struct ranap_message ranap_information_messages[];	/* 8.17, 8.28, the exchange of information */
extern const struct ranap_message ranap_mbms_messages[];

/* The fields that some messages have besides (extensions.c). */
extern const struct ranap_field ranap_required_extensions[], ranap_request_extensions[], ranap_acknowledge_extensions[],
	ranap_command_extensions[], ranap_complete_extensions[], ranap_common_id_extensions[],
	ranap_initial_extensions[], ranap_transfer_extensions[], ranap_reset_extensions[],
	ranap_reset_acknowledge_extensions[], ranap_error_extensions[], ranap_assignment_extensions[],
	ranap_assigned_extensions[], ranap_preparation_failure_extensions[], ranap_failure_extensions[],
	ranap_release_extensions[], ranap_released_lists[];

/* The entry of a kind, or NULL. */
const struct ranap_message *ranap_find_message(unsigned kind);

/* ---- clause 10 ----------------------------------------------------------------------------------------------- */

/* What is known of a message before, or without, decoding it: false when not even its first three octets are there. */
struct ranap_head {
	enum iuplus_ranap_pdu pdu;
	uint8_t code;
	enum iuplus_ranap_criticality criticality;
};
bool ranap_peek(struct iuplus_octets pdu, struct ranap_head *head);

/* Fills problem from the engine's report. known: the procedure and the message are; head may be NULL.
 * Returns what iuplus_ranap_decode() returns. */
int ranap_judge(struct ranap_ctx *ctx, int rc, const struct iuplus_asn1_error *error, const struct ranap_head *head,
		bool known, struct iuplus_ranap_problem *problem);

#endif
