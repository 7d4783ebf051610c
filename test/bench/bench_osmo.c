/* SPDX-License-Identifier: BSD-2-Clause */
/* bench_osmo.c: libosmo-ranap as a codec to measure: the PDU, its IEs, and the items of RAB lists, each by the
 * library's own function; decoding frees the values. Its logging is set up and silent. A shared object for
 * bench_ranap. */
#include <stdlib.h>
#include <string.h>

#include <osmocom/core/application.h>
#include <osmocom/core/msgb.h>
#include <osmocom/core/talloc.h>
#include <osmocom/ranap/ranap_common.h>

#include "test/bench/bench.h"

#define MAX_ITEMS 256

extern void *talloc_asn1_ctx;

union ies {
	RANAP_InitialUE_MessageIEs_t initial_ue;
	RANAP_SecurityModeCommandIEs_t security_mode_command;
	RANAP_SecurityModeCompleteIEs_t security_mode_complete;
	RANAP_CommonID_IEs_t common_id;
	RANAP_DirectTransferIEs_t direct_transfer;
	RANAP_RAB_AssignmentRequestIEs_t rab_request;
	RANAP_RAB_AssignmentResponseIEs_t rab_response;
	RANAP_Iu_ReleaseRequestIEs_t release_request;
	RANAP_Iu_ReleaseCommandIEs_t release_command;
	RANAP_PagingIEs_t paging;
	RANAP_RelocationRequiredIEs_t relocation_required;
	RANAP_RelocationPreparationFailureIEs_t preparation_failure;
	RANAP_RelocationCancelIEs_t relocation_cancel;
	RANAP_SecurityModeRejectIEs_t security_mode_reject;
	RANAP_ResetIEs_t reset;
	RANAP_ErrorIndicationIEs_t error_indication;
};

/* The items of the lists that the library keeps as octets. */
struct items {
	RANAP_RAB_SetupOrModifyItemFirst_t first[MAX_ITEMS];
	RANAP_RAB_SetupOrModifyItemSecond_t *second[MAX_ITEMS];
	RANAP_RAB_SetupOrModifiedItemIEs_t modified[MAX_ITEMS];
	RANAP_RAB_ReleaseItemIEs_t release[MAX_ITEMS];
	RANAP_RAB_FailedItemIEs_t failed[MAX_ITEMS];
	int pairs, modified_count, release_count, failed_count;
};

typedef struct msgb *generate_f(e_RANAP_ProcedureCode, RANAP_Criticality_t, asn_TYPE_descriptor_t *, void *);

struct message {
	RANAP_RANAP_PDU_PR kind;
	long code;
	int (*decode)(union ies *ies, ANY_t *value);
	struct msgb *(*encode)(const struct message *m, union ies *ies);
	int (*release)(union ies *ies);
	generate_f *generate;
};

#define MESSAGE(name, member, lower, Type) \
	static int decode_##name(union ies *ies, ANY_t *value) \
	{ \
		return ranap_decode_##lower(&ies->member, value); \
	} \
	static int free_##name(union ies *ies) \
	{ \
		return ranap_free_##lower(&ies->member); \
	} \
	static struct msgb *encode_##name(const struct message *m, union ies *ies) \
	{ \
		RANAP_##Type##_t out; \
		struct msgb *msg = NULL; \
		memset(&out, 0, sizeof(out)); \
		if (ranap_encode_##lower(&out, &ies->member) >= 0) \
			msg = m->generate(m->code, criticality, &asn_DEF_RANAP_##Type, &out); \
		ASN_STRUCT_FREE_CONTENTS_ONLY(asn_DEF_RANAP_##Type, &out); \
		return msg; \
	}

static RANAP_Criticality_t criticality; /* of the current message, as decoded */

MESSAGE(initial_ue, initial_ue, initialue_messageies, InitialUE_Message)
MESSAGE(security_mode_command, security_mode_command, securitymodecommandies, SecurityModeCommand)
MESSAGE(security_mode_complete, security_mode_complete, securitymodecompleteies, SecurityModeComplete)
MESSAGE(common_id, common_id, commonid_ies, CommonID)
MESSAGE(direct_transfer, direct_transfer, directtransferies, DirectTransfer)
MESSAGE(rab_request, rab_request, rab_assignmentrequesties, RAB_AssignmentRequest)
MESSAGE(rab_response, rab_response, rab_assignmentresponseies, RAB_AssignmentResponse)
MESSAGE(release_request, release_request, iu_releaserequesties, Iu_ReleaseRequest)
MESSAGE(release_command, release_command, iu_releasecommandies, Iu_ReleaseCommand)
MESSAGE(paging, paging, pagingies, Paging)
MESSAGE(relocation_required, relocation_required, relocationrequiredies, RelocationRequired)
MESSAGE(preparation_failure, preparation_failure, relocationpreparationfailureies, RelocationPreparationFailure)
MESSAGE(relocation_cancel, relocation_cancel, relocationcancelies, RelocationCancel)
MESSAGE(security_mode_reject, security_mode_reject, securitymoderejecties, SecurityModeReject)
MESSAGE(reset, reset, reseties, Reset)
MESSAGE(error_indication, error_indication, errorindicationies, ErrorIndication)

#define ROW(kind, code, name, generate) \
	{ \
		RANAP_RANAP_PDU_PR_##kind, RANAP_ProcedureCode_id_##code, decode_##name, encode_##name, free_##name, \
			generate \
	}

static const struct message messages[] = {
	ROW(initiatingMessage, InitialUE_Message, initial_ue, ranap_generate_initiating_message),
	ROW(initiatingMessage, SecurityModeControl, security_mode_command, ranap_generate_initiating_message),
	ROW(successfulOutcome, SecurityModeControl, security_mode_complete, ranap_generate_successful_outcome),
	ROW(initiatingMessage, CommonID, common_id, ranap_generate_initiating_message),
	ROW(initiatingMessage, DirectTransfer, direct_transfer, ranap_generate_initiating_message),
	ROW(initiatingMessage, RAB_Assignment, rab_request, ranap_generate_initiating_message),
	ROW(outcome, RAB_Assignment, rab_response, ranap_generate_outcome),
	ROW(initiatingMessage, Iu_ReleaseRequest, release_request, ranap_generate_initiating_message),
	ROW(initiatingMessage, Iu_Release, release_command, ranap_generate_initiating_message),
	ROW(initiatingMessage, Paging, paging, ranap_generate_initiating_message),
	ROW(initiatingMessage, RelocationPreparation, relocation_required, ranap_generate_initiating_message),
	ROW(unsuccessfulOutcome, RelocationPreparation, preparation_failure, ranap_generate_unsuccessful_outcome),
	ROW(initiatingMessage, RelocationCancel, relocation_cancel, ranap_generate_initiating_message),
	ROW(unsuccessfulOutcome, SecurityModeControl, security_mode_reject, ranap_generate_unsuccessful_outcome),
	ROW(initiatingMessage, Reset, reset, ranap_generate_initiating_message),
	ROW(initiatingMessage, ErrorIndication, error_indication, ranap_generate_initiating_message),
};

struct pdu {
	const uint8_t *octets;
	size_t length;
	const struct message *message;
	RANAP_Criticality_t criticality;
	union ies ies;
	struct items items;
	uint8_t encoding[4096];
	size_t encoded;
};

static struct items scratch;

/* The first three members are the same in all four kinds. */
static const struct message *find(RANAP_RANAP_PDU_t *p)
{
	size_t i;

	for (i = 0; i < sizeof(messages) / sizeof(messages[0]); i++) {
		if (messages[i].kind == p->present && messages[i].code == p->choice.initiatingMessage.procedureCode)
			return &messages[i];
	}
	return NULL;
}

static int decode_request_items(const RANAP_RAB_AssignmentRequestIEs_t *ies, struct items *it)
{
	int i;

	it->pairs = it->release_count = 0;
	if (ies->presenceMask & RAB_ASSIGNMENTREQUESTIES_RANAP_RAB_SETUPORMODIFYLIST_PRESENT) {
		for (i = 0; i < ies->raB_SetupOrModifyList.list.count && i < MAX_ITEMS; i++) {
			RANAP_ProtocolIE_ContainerPair_t *c = ies->raB_SetupOrModifyList.list.array[i];

			it->second[i] = NULL;
			memset(&it->first[i], 0, sizeof(it->first[i]));
			if (ranap_decode_rab_setupormodifyitemfirst(&it->first[i], &c->list.array[0]->firstValue) < 0)
				return -1;
			it->pairs = i + 1;
			if (ANY_to_type_aper(&c->list.array[0]->secondValue, &asn_DEF_RANAP_RAB_SetupOrModifyItemSecond,
					     (void **)&it->second[i]) < 0)
				return -1;
		}
	}
	if (ies->presenceMask & RAB_ASSIGNMENTREQUESTIES_RANAP_RAB_RELEASELIST_PRESENT) {
		for (i = 0; i < ies->raB_ReleaseList.raB_ReleaseList_ies.list.count && i < MAX_ITEMS; i++) {
			memset(&it->release[i], 0, sizeof(it->release[i]));
			if (ranap_decode_rab_releaseitemies_fromlist(&it->release[i],
								     &ies->raB_ReleaseList.raB_ReleaseList_ies.list
									      .array[i]
									      ->value) < 0)
				return -1;
			it->release_count = i + 1;
		}
	}
	return 0;
}

static int decode_response_items(const RANAP_RAB_AssignmentResponseIEs_t *ies, struct items *it)
{
	int i;

	it->modified_count = it->failed_count = 0;
	if (ies->presenceMask & RAB_ASSIGNMENTRESPONSEIES_RANAP_RAB_SETUPORMODIFIEDLIST_PRESENT) {
		const struct RANAP_RAB_SetupOrModifiedList__raB_SetupOrModifiedList_ies *list =
			&ies->raB_SetupOrModifiedList.raB_SetupOrModifiedList_ies;

		for (i = 0; i < list->list.count && i < MAX_ITEMS; i++) {
			memset(&it->modified[i], 0, sizeof(it->modified[i]));
			if (ranap_decode_rab_setupormodifieditemies_fromlist(&it->modified[i],
									     &list->list.array[i]->value) < 0)
				return -1;
			it->modified_count = i + 1;
		}
	}
	if (ies->presenceMask & RAB_ASSIGNMENTRESPONSEIES_RANAP_RAB_FAILEDLIST_PRESENT) {
		for (i = 0; i < ies->raB_FailedList.raB_FailedList_ies.list.count && i < MAX_ITEMS; i++) {
			memset(&it->failed[i], 0, sizeof(it->failed[i]));
			if (ranap_decode_rab_faileditemies_fromlist(
				    &it->failed[i], &ies->raB_FailedList.raB_FailedList_ies.list.array[i]->value) < 0)
				return -1;
			it->failed_count = i + 1;
		}
	}
	return 0;
}

static int decode_items(const struct message *m, union ies *ies, struct items *it)
{
	if (m->decode == decode_rab_request)
		return decode_request_items(&ies->rab_request, it);
	if (m->decode == decode_rab_response)
		return decode_response_items(&ies->rab_response, it);
	return 0;
}

static void free_items(const struct message *m, struct items *it)
{
	int i;

	if (m->decode == decode_rab_request) {
		for (i = 0; i < it->pairs; i++) {
			ASN_STRUCT_FREE_CONTENTS_ONLY(asn_DEF_RANAP_RAB_SetupOrModifyItemFirst, &it->first[i]);
			ASN_STRUCT_FREE(asn_DEF_RANAP_RAB_SetupOrModifyItemSecond, it->second[i]);
		}
		for (i = 0; i < it->release_count; i++)
			ranap_free_rab_releaseitemies(&it->release[i]);
	} else if (m->decode == decode_rab_response) {
		for (i = 0; i < it->modified_count; i++)
			ranap_free_rab_setupormodifieditemies(&it->modified[i]);
		for (i = 0; i < it->failed_count; i++)
			ranap_free_rab_faileditemies(&it->failed[i]);
	}
}

/* Rebuilds the lists in ies from their items; the other members are unchanged. */
static void make_lists(const struct pdu *p, union ies *ies)
{
	struct items *it = (struct items *)&p->items;
	int i;

	if (p->message->decode == decode_rab_request) {
		RANAP_RAB_AssignmentRequestIEs_t *r = &ies->rab_request;

		memset(&r->raB_SetupOrModifyList, 0, sizeof(r->raB_SetupOrModifyList));
		memset(&r->raB_ReleaseList, 0, sizeof(r->raB_ReleaseList));
		for (i = 0; i < it->pairs; i++) {
			RANAP_ProtocolIE_ContainerPair_t *c = CALLOC(1, sizeof(*c));

			ASN_SEQUENCE_ADD(&c->list,
					 ranap_new_ie_pair(RANAP_ProtocolIE_ID_id_RAB_SetupOrModifyItem,
							   RANAP_Criticality_reject,
							   &asn_DEF_RANAP_RAB_SetupOrModifyItemFirst, &it->first[i],
							   RANAP_Criticality_ignore,
							   &asn_DEF_RANAP_RAB_SetupOrModifyItemSecond, it->second[i]));
			ASN_SEQUENCE_ADD(&r->raB_SetupOrModifyList.list, c);
		}
		for (i = 0; i < it->release_count; i++)
			ASN_SEQUENCE_ADD(&r->raB_ReleaseList.raB_ReleaseList_ies.list,
					 ranap_new_ie(RANAP_ProtocolIE_ID_id_RAB_ReleaseItem, RANAP_Criticality_ignore,
						      &asn_DEF_RANAP_RAB_ReleaseItem, &it->release[i].raB_ReleaseItem));
	} else if (p->message->decode == decode_rab_response) {
		RANAP_RAB_AssignmentResponseIEs_t *r = &ies->rab_response;

		memset(&r->raB_SetupOrModifiedList, 0, sizeof(r->raB_SetupOrModifiedList));
		memset(&r->raB_FailedList, 0, sizeof(r->raB_FailedList));
		for (i = 0; i < it->modified_count; i++)
			ASN_SEQUENCE_ADD(&r->raB_SetupOrModifiedList.raB_SetupOrModifiedList_ies.list,
					 ranap_new_ie(RANAP_ProtocolIE_ID_id_RAB_SetupOrModifiedItem,
						      RANAP_Criticality_ignore, &asn_DEF_RANAP_RAB_SetupOrModifiedItem,
						      &it->modified[i].raB_SetupOrModifiedItem));
		for (i = 0; i < it->failed_count; i++)
			ASN_SEQUENCE_ADD(&r->raB_FailedList.raB_FailedList_ies.list,
					 ranap_new_ie(RANAP_ProtocolIE_ID_id_RAB_FailedItem, RANAP_Criticality_ignore,
						      &asn_DEF_RANAP_RAB_FailedItem, &it->failed[i].raB_FailedItem));
	}
}

static void free_lists(const struct pdu *p, union ies *ies)
{
	if (p->message->decode == decode_rab_request) {
		ASN_STRUCT_FREE_CONTENTS_ONLY(asn_DEF_RANAP_RAB_SetupOrModifyList,
					      &ies->rab_request.raB_SetupOrModifyList);
		ASN_STRUCT_FREE_CONTENTS_ONLY(asn_DEF_RANAP_RAB_ReleaseList, &ies->rab_request.raB_ReleaseList);
	} else if (p->message->decode == decode_rab_response) {
		ASN_STRUCT_FREE_CONTENTS_ONLY(asn_DEF_RANAP_RAB_SetupOrModifiedList,
					      &ies->rab_response.raB_SetupOrModifiedList);
		ASN_STRUCT_FREE_CONTENTS_ONLY(asn_DEF_RANAP_RAB_FailedList, &ies->rab_response.raB_FailedList);
	}
}

/* Decodes into ies and items, which the caller then owns. NULL if it fails. */
static const struct message *decode_whole(const uint8_t *octets, size_t length, union ies *ies, struct items *it,
					  RANAP_Criticality_t *c)
{
	RANAP_RANAP_PDU_t tree, *p = &tree;
	const struct message *m = NULL;
	asn_dec_rval_t rval;

	memset(&tree, 0, sizeof(tree));
	rval = aper_decode(NULL, &asn_DEF_RANAP_RANAP_PDU, (void **)&p, octets, length, 0, 0);
	if (rval.code == RC_OK)
		m = find(p);
	if (m) {
		*c = p->choice.initiatingMessage.criticality;
		/* the library sets the members that are present, and their mask */
		if (m->decode(ies, &p->choice.initiatingMessage.value) < 0 || decode_items(m, ies, it))
			m = NULL;
	}
	ASN_STRUCT_FREE_CONTENTS_ONLY(asn_DEF_RANAP_RANAP_PDU, p);
	return m;
}

static int decode(void *pdu)
{
	struct pdu *p = pdu;
	RANAP_Criticality_t c;
	union ies ies;
	const struct message *m;

	m = decode_whole(p->octets, p->length, &ies, &scratch, &c);
	if (!m)
		return -1;
	free_items(m, &scratch);
	m->release(&ies);
	return 0;
}

static int encode(void *pdu)
{
	struct pdu *p = pdu;
	union ies ies = p->ies;
	struct msgb *msg;

	make_lists(p, &ies);
	criticality = p->criticality;
	msg = p->message->encode(p->message, &ies);
	free_lists(p, &ies);
	if (!msg)
		return -1;
	p->encoded = msgb_length(msg);
	if (p->encoded <= sizeof(p->encoding))
		memcpy(p->encoding, msgb_data(msg), p->encoded);
	msgb_free(msg);
	return 0;
}

static void *prepare(const char *type, const uint8_t *octets, size_t length)
{
	static const struct log_info_cat categories[1] = { { .name = "RANAP", .enabled = 0 } };
	static const struct log_info info = { .cat = categories, .num_cat = 1 };
	static int ready;
	struct pdu *p;

	if (strcmp(type, "RANAP-PDU") != 0)
		return NULL;
	if (!ready) {
		osmo_init_logging2(NULL, &info);
		log_target_destroy(osmo_stderr_target);
		ranap_set_log_area(0);
		ready = 1;
	}
	p = calloc(1, sizeof(*p));
	if (!p)
		return NULL;
	p->octets = octets;
	p->length = length;
	p->message = decode_whole(octets, length, &p->ies, &p->items, &p->criticality);
	return p->message ? p : NULL;
}

static size_t encoding(void *pdu, const uint8_t **octets)
{
	const struct pdu *p = pdu;

	*octets = p->encoding;
	return p->encoded;
}

extern const struct bench_codec bench_peer;
const struct bench_codec bench_peer = { "osmo", prepare, decode, encode, encoding };
