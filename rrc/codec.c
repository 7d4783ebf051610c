/* SPDX-License-Identifier: BSD-2-Clause */
/* codec.c: RRC messages from octets to neutral structs and back, and the error handling of clause 9. */
#include "rrc/map.h"

#include <string.h>

#include "asn1/per/arena.h"

/* ---- errors ---- */

void rrc_set_error(struct iuplus_rrc_error *error, int rc, const char *path)
{
	size_t len = path ? strnlen(path, sizeof(error->path) - 1) : 0;

	error->rc = rc;
	if (len)
		memcpy(error->path, path, len);
	error->path[len] = '\0';
}

static void take_asn1_error(struct iuplus_rrc_error *error, const struct iuplus_asn1_error *asn1)
{
	rrc_set_error(error, asn1->rc, asn1->path);
	error->bit = asn1->bit_offset;
}

int rrc_map_init(struct rrc_map *m, unsigned flags, struct iuplus_arena *arena)
{
	memset(m, 0, sizeof(*m));
	m->legacy = flags & IUPLUS_RRC_LEGACY;
	m->transaction = -1;
	m->path = "";
	m->pool = iuplus_arena_alloc(arena, RRC_POOL);
	return m->pool ? IUPLUS_OK : IUPLUS_ERR_MEMORY;
}

int rrc_finish(const struct rrc_map *m, const struct iuplus_asn1_type *type, const void *pdu, unsigned flags,
	       struct iuplus_arena *arena, struct iuplus_octets *out, struct iuplus_rrc_error *error)
{
	struct iuplus_asn1_error asn1;
	int rc;

	arena_give_back(arena, m->pool + m->used, m->pool + RRC_POOL);
	if (m->rc != IUPLUS_OK) {
		rrc_set_error(error, m->rc, m->path);
		return m->rc;
	}
	if (m->body) {
		struct iuplus_octets body;

		rc = iuplus_asn1_encode(m->body_type, IUPLUS_ASN1_UPER, m->body, 0, arena, &body, NULL, &asn1);
		take_asn1_error(error, &asn1);
		if (rc)
			return rc;
		rrc_put_octets(m->body_octets, body);
	}
	rc = iuplus_asn1_encode(type, IUPLUS_ASN1_UPER, pdu, flags & IUPLUS_RRC_LEGACY ? IUPLUS_ASN1_LEGACY : 0, arena,
				out, NULL, &asn1);
	take_asn1_error(error, &asn1);
	/* A mandatory member is empty: the caller's struct lacks it. */
	return error->rc = rc == IUPLUS_ERR_MISSING ? IUPLUS_ERR_CONSTRAINT : rc;
}

int rrc_begin(struct rrc_map *m, const struct iuplus_asn1_type *type, struct iuplus_octets in, unsigned flags,
	      struct iuplus_arena *arena, void **pdu, struct iuplus_rrc_error *error)
{
	struct iuplus_asn1_error asn1;
	unsigned legacy = flags & IUPLUS_RRC_LEGACY ? IUPLUS_ASN1_LEGACY : 0;
	int rc = iuplus_asn1_decode(type, IUPLUS_ASN1_UPER, in.data, 8 * in.len, legacy, arena, pdu, &asn1);

	memset(m, 0, sizeof(*m));
	m->transaction = -1;
	m->path = "";
	m->arena = arena;
	m->unknown = asn1.foreign_level;
	take_asn1_error(error, &asn1);
	return rc;
}

/* ---- types and names ---- */

#define NOT_DOWNLINK 255

static const struct {
	const char *name, *asn1;
	uint8_t received; /* ReceivedMessageType */
} types[] = {
	[IUPLUS_RRC_OTHER] = { "message", "Message", NOT_DOWNLINK },
	[IUPLUS_RRC_CONNECTION_REQUEST] = { "RRC CONNECTION REQUEST", "RRCConnectionRequest", NOT_DOWNLINK },
	[IUPLUS_RRC_CONNECTION_SETUP] = { "RRC CONNECTION SETUP", "RRCConnectionSetup",
					  IUPLUS_RRC_RECEIVED_RRC_CONNECTION_SETUP },
	[IUPLUS_RRC_CONNECTION_SETUP_COMPLETE] = { "RRC CONNECTION SETUP COMPLETE", "RRCConnectionSetupComplete",
						   NOT_DOWNLINK },
	[IUPLUS_RRC_CONNECTION_REJECT] = { "RRC CONNECTION REJECT", "RRCConnectionReject",
					   IUPLUS_RRC_RECEIVED_RRC_CONNECTION_REJECT },
	[IUPLUS_RRC_CONNECTION_RELEASE] = { "RRC CONNECTION RELEASE", "RRCConnectionRelease",
					    IUPLUS_RRC_RECEIVED_RRC_CONNECTION_RELEASE },
	[IUPLUS_RRC_CONNECTION_RELEASE_COMPLETE] = { "RRC CONNECTION RELEASE COMPLETE", "RRCConnectionReleaseComplete",
						     NOT_DOWNLINK },
	[IUPLUS_RRC_INITIAL_DIRECT_TRANSFER] = { "INITIAL DIRECT TRANSFER", "InitialDirectTransfer", NOT_DOWNLINK },
	[IUPLUS_RRC_UPLINK_DIRECT_TRANSFER] = { "UPLINK DIRECT TRANSFER", "UplinkDirectTransfer", NOT_DOWNLINK },
	[IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER] = { "DOWNLINK DIRECT TRANSFER", "DownlinkDirectTransfer",
						  IUPLUS_RRC_RECEIVED_DOWNLINK_DIRECT_TRANSFER },
	[IUPLUS_RRC_SECURITY_MODE_COMMAND] = { "SECURITY MODE COMMAND", "SecurityModeCommand",
					       IUPLUS_RRC_RECEIVED_SECURITY_MODE_COMMAND },
	[IUPLUS_RRC_SECURITY_MODE_COMPLETE] = { "SECURITY MODE COMPLETE", "SecurityModeComplete", NOT_DOWNLINK },
	[IUPLUS_RRC_SECURITY_MODE_FAILURE] = { "SECURITY MODE FAILURE", "SecurityModeFailure", NOT_DOWNLINK },
	[IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION] = { "PHYSICAL CHANNEL RECONFIGURATION",
							  "PhysicalChannelReconfiguration",
							  IUPLUS_RRC_RECEIVED_PHYSICAL_CHANNEL_RECONFIGURATION },
	[IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE] = { "PHYSICAL CHANNEL RECONFIGURATION COMPLETE",
								   "PhysicalChannelReconfigurationComplete",
								   NOT_DOWNLINK },
	[IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_FAILURE] = { "PHYSICAL CHANNEL RECONFIGURATION FAILURE",
								  "PhysicalChannelReconfigurationFailure",
								  NOT_DOWNLINK },
	[IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION] = { "UTRAN MOBILITY INFORMATION", "UTRANMobilityInformation",
						    IUPLUS_RRC_RECEIVED_UTRAN_MOBILITY_INFORMATION },
	[IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_CONFIRM] = { "UTRAN MOBILITY INFORMATION CONFIRM",
							    "UTRANMobilityInformationConfirm", NOT_DOWNLINK },
	[IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_FAILURE] = { "UTRAN MOBILITY INFORMATION FAILURE",
							    "UTRANMobilityInformationFailure", NOT_DOWNLINK },
	[IUPLUS_RRC_STATUS] = { "RRC STATUS", "RRCStatus", NOT_DOWNLINK },
	[IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE] = { "SIGNALLING CONNECTION RELEASE", "SignallingConnectionRelease",
						       IUPLUS_RRC_RECEIVED_SIGNALLING_CONNECTION_RELEASE },
	[IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE_INDICATION] = { "SIGNALLING CONNECTION RELEASE INDICATION",
								  "SignallingConnectionReleaseIndication",
								  NOT_DOWNLINK },
};

const char *iuplus_rrc_name(enum iuplus_rrc_type type)
{
	return (unsigned)type < sizeof(types) / sizeof(types[0]) ? types[type].name : types[0].name;
}

const char *iuplus_rrc_asn1_name(enum iuplus_rrc_type type)
{
	return (unsigned)type < sizeof(types) / sizeof(types[0]) ? types[type].asn1 : types[0].asn1;
}

/* The alternatives of each channel's message type in the order of the module; `present` is the index plus 1. NULL: a
 * spare. */
static const char *const ul_ccch[] = { "CELL UPDATE", "RRC CONNECTION REQUEST", "URA UPDATE", "CELL UPDATE" };
static const char *const dl_ccch[] = {
	"CELL UPDATE CONFIRM",
	"RRC CONNECTION REJECT",
	"RRC CONNECTION RELEASE",
	"RRC CONNECTION SETUP",
	"URA UPDATE CONFIRM",
	NULL,
	NULL,
	NULL
};
static const char *const ul_dcch[] = {
	"ACTIVE SET UPDATE COMPLETE",
	"ACTIVE SET UPDATE FAILURE",
	"CELL CHANGE ORDER FROM UTRAN FAILURE",
	"COUNTER CHECK RESPONSE",
	"HANDOVER TO UTRAN COMPLETE",
	"INITIAL DIRECT TRANSFER",
	"HANDOVER FROM UTRAN FAILURE",
	"MEASUREMENT CONTROL FAILURE",
	"MEASUREMENT REPORT",
	"PHYSICAL CHANNEL RECONFIGURATION COMPLETE",
	"PHYSICAL CHANNEL RECONFIGURATION FAILURE",
	"RADIO BEARER RECONFIGURATION COMPLETE",
	"RADIO BEARER RECONFIGURATION FAILURE",
	"RADIO BEARER RELEASE COMPLETE",
	"RADIO BEARER RELEASE FAILURE",
	"RADIO BEARER SETUP COMPLETE",
	"RADIO BEARER SETUP FAILURE",
	"RRC CONNECTION RELEASE COMPLETE",
	"RRC CONNECTION SETUP COMPLETE",
	"RRC STATUS",
	"SECURITY MODE COMPLETE",
	"SECURITY MODE FAILURE",
	"SIGNALLING CONNECTION RELEASE INDICATION",
	"TRANSPORT CHANNEL RECONFIGURATION COMPLETE",
	"TRANSPORT CHANNEL RECONFIGURATION FAILURE",
	"TRANSPORT FORMAT COMBINATION CONTROL FAILURE",
	"UE CAPABILITY INFORMATION",
	"UPLINK DIRECT TRANSFER",
	"UTRAN MOBILITY INFORMATION CONFIRM",
	"UTRAN MOBILITY INFORMATION FAILURE",
	"MBMS MODIFICATION REQUEST",
	"UE INFORMATION RESPONSE"
};
/* With ReceivedMessageType; NOT_CARRIED: no branch of it is known here. */
#define NOT_CARRIED 255
static const struct {
	const char *name;
	uint8_t received;
} dl_dcch[] = {
	{ "ACTIVE SET UPDATE", 0 },
	{ "ASSISTANCE DATA DELIVERY", NOT_CARRIED },
	{ "CELL CHANGE ORDER FROM UTRAN", 1 },
	{ "CELL UPDATE CONFIRM", 2 },
	{ "COUNTER CHECK", 3 },
	{ "DOWNLINK DIRECT TRANSFER", 4 },
	{ "HANDOVER FROM UTRAN COMMAND", 5 },
	{ "HANDOVER FROM UTRAN COMMAND", NOT_CARRIED },
	{ "MEASUREMENT CONTROL", 6 },
	{ "PAGING TYPE 2", 7 },
	{ "PHYSICAL CHANNEL RECONFIGURATION", 8 },
	{ "PHYSICAL SHARED CHANNEL ALLOCATION", NOT_CARRIED },
	{ "RADIO BEARER RECONFIGURATION", 10 },
	{ "RADIO BEARER RELEASE", 11 },
	{ "RADIO BEARER SETUP", 12 },
	{ "RRC CONNECTION RELEASE", 13 },
	{ "SECURITY MODE COMMAND", 16 },
	{ "SIGNALLING CONNECTION RELEASE", 17 },
	{ "TRANSPORT CHANNEL RECONFIGURATION", 18 },
	{ "TRANSPORT FORMAT COMBINATION CONTROL", 19 },
	{ "UE CAPABILITY ENQUIRY", 20 },
	{ "UE CAPABILITY INFORMATION CONFIRM", 21 },
	{ "UPLINK PHYSICAL CHANNEL CONTROL", 22 },
	{ "URA UPDATE CONFIRM", 23 },
	{ "UTRAN MOBILITY INFORMATION", 24 },
	{ "HANDOVER FROM UTRAN COMMAND", NOT_CARRIED },
	{ "MBMS MODIFIED SERVICES INFORMATION", NOT_CARRIED },
	{ "ETWS PRIMARY NOTIFICATION WITH SECURITY", NOT_CARRIED },
	{ "HANDOVER FROM UTRAN COMMAND", NOT_CARRIED },
	{ "UE INFORMATION REQUEST", NOT_CARRIED },
	{ "LOGGING MEASUREMENT CONFIGURATION", NOT_CARRIED },
	{ NULL, NOT_CARRIED }
};

#define LOOK_UP(table, present) \
	((present) >= 1 && (present) <= (int)(sizeof(table) / sizeof((table)[0])) ? (table)[(present)-1] : NULL)

/* ---- decode ---- */

static void get_check_info(const RRC_IntegrityCheckInfo_t *in, struct iuplus_rrc_msg *out)
{
	if (!in)
		return;
	out->integrity_check.present = true;
	out->integrity_check.mac = (uint32_t)rrc_get_bits(&in->messageAuthenticationCode);
	out->integrity_check.sn = (uint8_t)in->rrc_MessageSequenceNumber;
}

static void get_ul_ccch(struct rrc_map *m, const RRC_UL_CCCH_Message_t *pdu, struct iuplus_rrc_msg *out)
{
	get_check_info(pdu->integrityCheckInfo, out);
	out->name = LOOK_UP(ul_ccch, (int)pdu->message.present);
	if (pdu->message.present == RRC_UL_CCCH_MessageType_PR_rrcConnectionRequest) {
		out->type = IUPLUS_RRC_CONNECTION_REQUEST;
		rrc_get_connection_request(m, &pdu->message.choice.rrcConnectionRequest, &out->u.connection_request);
	} else if (pdu->message.present == RRC_UL_CCCH_MessageType_PR_uL_CCCH_MessageType_r11 &&
		   pdu->message.choice.uL_CCCH_MessageType_r11.present != RRC_UL_CCCH_MessageType_r11_PR_cellUpdate) {
		out->name = NULL;
	}
}

static void get_dl_ccch(struct rrc_map *m, const RRC_DL_CCCH_Message_t *pdu, struct iuplus_rrc_msg *out)
{
	__auto_type choice = &pdu->message.choice;

	get_check_info(pdu->integrityCheckInfo, out);
	out->name = LOOK_UP(dl_ccch, (int)pdu->message.present);
	switch (pdu->message.present) {
	case RRC_DL_CCCH_MessageType_PR_rrcConnectionReject:
		out->type = IUPLUS_RRC_CONNECTION_REJECT;
		rrc_get_connection_reject(m, &choice->rrcConnectionReject, &out->u.connection_reject);
		break;
	case RRC_DL_CCCH_MessageType_PR_rrcConnectionRelease:
		out->type = IUPLUS_RRC_CONNECTION_RELEASE;
		rrc_get_connection_release_ccch(m, &choice->rrcConnectionRelease, &out->u.connection_release);
		break;
	case RRC_DL_CCCH_MessageType_PR_rrcConnectionSetup:
		out->type = IUPLUS_RRC_CONNECTION_SETUP;
		rrc_get_connection_setup(m, &choice->rrcConnectionSetup, &out->u.connection_setup);
		break;
	default:
		break;
	}
}

static void get_ul_dcch(struct rrc_map *m, const RRC_UL_DCCH_Message_t *pdu, struct iuplus_rrc_msg *out)
{
	__auto_type choice = &pdu->message.choice;

	get_check_info(pdu->integrityCheckInfo, out);
	out->name = LOOK_UP(ul_dcch, (int)pdu->message.present);
	switch (pdu->message.present) {
	case RRC_UL_DCCH_MessageType_PR_initialDirectTransfer:
		out->type = IUPLUS_RRC_INITIAL_DIRECT_TRANSFER;
		rrc_get_initial_transfer(m, &choice->initialDirectTransfer, &out->u.initial_direct_transfer);
		break;
	case RRC_UL_DCCH_MessageType_PR_physicalChannelReconfigurationComplete:
		out->type = IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE;
		rrc_get_physical_channel_complete(m, &choice->physicalChannelReconfigurationComplete,
						  &out->u.reconfiguration_complete);
		break;
	case RRC_UL_DCCH_MessageType_PR_physicalChannelReconfigurationFailure:
		out->type = IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_FAILURE;
		rrc_get_physical_channel_failure(m, &choice->physicalChannelReconfigurationFailure, &out->u.failure);
		break;
	case RRC_UL_DCCH_MessageType_PR_rrcConnectionReleaseComplete:
		out->type = IUPLUS_RRC_CONNECTION_RELEASE_COMPLETE;
		rrc_get_connection_release_complete(m, &choice->rrcConnectionReleaseComplete,
						    &out->u.connection_release_complete);
		break;
	case RRC_UL_DCCH_MessageType_PR_rrcConnectionSetupComplete:
		out->type = IUPLUS_RRC_CONNECTION_SETUP_COMPLETE;
		rrc_get_connection_setup_complete(m, &choice->rrcConnectionSetupComplete,
						  &out->u.connection_setup_complete);
		break;
	case RRC_UL_DCCH_MessageType_PR_rrcStatus:
		out->type = IUPLUS_RRC_STATUS;
		rrc_get_status(m, &choice->rrcStatus, &out->u.status);
		break;
	case RRC_UL_DCCH_MessageType_PR_securityModeComplete:
		out->type = IUPLUS_RRC_SECURITY_MODE_COMPLETE;
		rrc_get_security_complete(m, &choice->securityModeComplete, &out->u.security_mode_complete);
		break;
	case RRC_UL_DCCH_MessageType_PR_securityModeFailure:
		out->type = IUPLUS_RRC_SECURITY_MODE_FAILURE;
		rrc_get_security_failure(m, &choice->securityModeFailure, &out->u.failure);
		break;
	case RRC_UL_DCCH_MessageType_PR_signallingConnectionReleaseIndication:
		out->type = IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE_INDICATION;
		rrc_get_signalling_release_indication(m, &choice->signallingConnectionReleaseIndication,
						      &out->u.signalling_connection_release);
		break;
	case RRC_UL_DCCH_MessageType_PR_uplinkDirectTransfer:
		out->type = IUPLUS_RRC_UPLINK_DIRECT_TRANSFER;
		rrc_get_uplink_transfer(m, &choice->uplinkDirectTransfer, &out->u.uplink_direct_transfer);
		break;
	case RRC_UL_DCCH_MessageType_PR_utranMobilityInformationConfirm:
		out->type = IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_CONFIRM;
		rrc_get_mobility_confirm(m, &choice->utranMobilityInformationConfirm, &out->u.reconfiguration_complete);
		break;
	case RRC_UL_DCCH_MessageType_PR_utranMobilityInformationFailure:
		out->type = IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_FAILURE;
		rrc_get_mobility_failure(m, &choice->utranMobilityInformationFailure, &out->u.failure);
		break;
	case RRC_UL_DCCH_MessageType_PR_ul_DCCH_MessageType_ext:
		if (choice->ul_DCCH_MessageType_ext.present != RRC_UL_DCCH_MessageType_ext_PR_ueInformationResponse)
			out->name = NULL;
		break;
	default:
		break;
	}
}

static void get_dl_dcch(struct rrc_map *m, const RRC_DL_DCCH_Message_t *pdu, struct iuplus_rrc_msg *out)
{
	__auto_type choice = &pdu->message.choice;
	unsigned index = (unsigned)pdu->message.present - 1;

	get_check_info(pdu->integrityCheckInfo, out);
	if (index < sizeof(dl_dcch) / sizeof(dl_dcch[0])) {
		out->name = dl_dcch[index].name;
		m->received = dl_dcch[index].received;
	}
	switch (pdu->message.present) {
	case RRC_DL_DCCH_MessageType_PR_downlinkDirectTransfer:
		out->type = IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER;
		rrc_get_downlink_transfer(m, &choice->downlinkDirectTransfer, &out->u.downlink_direct_transfer);
		break;
	case RRC_DL_DCCH_MessageType_PR_physicalChannelReconfiguration:
		out->type = IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION;
		rrc_get_physical_channel(m, &choice->physicalChannelReconfiguration, &out->u.reconfiguration);
		break;
	case RRC_DL_DCCH_MessageType_PR_rrcConnectionRelease:
		out->type = IUPLUS_RRC_CONNECTION_RELEASE;
		rrc_get_connection_release(m, &choice->rrcConnectionRelease, &out->u.connection_release);
		break;
	case RRC_DL_DCCH_MessageType_PR_securityModeCommand:
		out->type = IUPLUS_RRC_SECURITY_MODE_COMMAND;
		rrc_get_security_command(m, &choice->securityModeCommand, &out->u.security_mode_command);
		break;
	case RRC_DL_DCCH_MessageType_PR_signallingConnectionRelease:
		out->type = IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE;
		rrc_get_signalling_release(m, &choice->signallingConnectionRelease,
					   &out->u.signalling_connection_release);
		break;
	case RRC_DL_DCCH_MessageType_PR_utranMobilityInformation:
		out->type = IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION;
		rrc_get_mobility(m, &choice->utranMobilityInformation, &out->u.reconfiguration);
		break;
	default:
		break;
	}
}

static const struct iuplus_asn1_type *channel_type(enum iuplus_rrc_channel channel)
{
	switch (channel) {
	case IUPLUS_RRC_UL_CCCH:
		return IUPLUS_ASN1_RRC_UL_CCCH_Message;
	case IUPLUS_RRC_DL_CCCH:
		return IUPLUS_ASN1_RRC_DL_CCCH_Message;
	case IUPLUS_RRC_UL_DCCH:
		return IUPLUS_ASN1_RRC_UL_DCCH_Message;
	case IUPLUS_RRC_DL_DCCH:
		return IUPLUS_ASN1_RRC_DL_DCCH_Message;
	}
	return NULL;
}

/* Classifies the failure by clause 9: the map found an unknown value, the engine an empty branch, or the name table a
 * spare. */
static void classify(struct iuplus_rrc_error *error, const struct rrc_map *m, const struct iuplus_rrc_msg *msg)
{
	if (error->rc != IUPLUS_ERR_NOT_COMPREHENDED)
		error->cause = IUPLUS_RRC_PE_ASN1_VIOLATION;
	else if (msg->type == IUPLUS_RRC_OTHER && m->received == NOT_CARRIED)
		error->cause = IUPLUS_RRC_PE_MESSAGE_TYPE_NON_EXISTENT;
	else if (strncmp(m->path, "later-than-r3", 13) == 0 || !m->path[0])
		error->cause = IUPLUS_RRC_PE_MESSAGE_EXTENSION_NOT_COMPREHENDED;
	else
		error->cause = IUPLUS_RRC_PE_IE_VALUE_NOT_COMPREHENDED;
	error->type = msg->type;
	error->has_message = msg->type != IUPLUS_RRC_OTHER || m->received != NOT_CARRIED;
	error->received = m->received != NOT_CARRIED ? m->received : types[msg->type].received;
	if (m->transaction >= 0) {
		error->has_transaction = true;
		error->transaction = (uint8_t)m->transaction;
	}
	error->answer = msg->channel == IUPLUS_RRC_DL_DCCH && error->rc != IUPLUS_ERR_MEMORY;
}

/* The transaction of a downlink message without a neutral struct whose branch is later-than-r3: the two bits after
 * presence, check info, message type and branch, as in every message that has branches. */
static int later_transaction(struct iuplus_octets in)
{
	unsigned bit = 1 + (in.len && in.data[0] & 0x80 ? 36 : 0) + 5;

	if ((bit + 3 + 7) / 8 > in.len || !(in.data[bit / 8] >> (7 - bit % 8) & 1))
		return -1;
	return (in.data[(bit + 1) / 8] >> (7 - (bit + 1) % 8) & 1) << 1 |
	       (in.data[(bit + 2) / 8] >> (7 - (bit + 2) % 8) & 1);
}

int iuplus_rrc_decode(enum iuplus_rrc_channel channel, struct iuplus_octets in, unsigned flags,
		      struct iuplus_arena *arena, struct iuplus_rrc_msg *out, struct iuplus_rrc_error *error)
{
	const struct iuplus_asn1_type *type = channel_type(channel);
	struct rrc_map m;
	struct iuplus_rrc_error unused;
	void *pdu = NULL;
	int rc;

	if (!error)
		error = &unused;
	memset(error, 0, sizeof(*error));
	memset(out, 0, sizeof(*out));
	out->channel = channel;
	out->name = types[IUPLUS_RRC_OTHER].name;
	if (!type || flags & ~IUPLUS_RRC_LEGACY)
		return error->rc = IUPLUS_ERR_ARGUMENT;
	rc = rrc_begin(&m, type, in, flags, arena, &pdu, error);
	m.received = NOT_CARRIED;
	if (pdu && (rc == IUPLUS_OK || rc == IUPLUS_ERR_NOT_COMPREHENDED)) {
		switch (channel) {
		case IUPLUS_RRC_UL_CCCH:
			get_ul_ccch(&m, pdu, out);
			break;
		case IUPLUS_RRC_DL_CCCH:
			get_dl_ccch(&m, pdu, out);
			break;
		case IUPLUS_RRC_UL_DCCH:
			get_ul_dcch(&m, pdu, out);
			break;
		case IUPLUS_RRC_DL_DCCH:
			get_dl_dcch(&m, pdu, out);
			break;
		}
		if (!out->name) {
			out->name = types[IUPLUS_RRC_OTHER].name;
			rrc_fail(&m, IUPLUS_ERR_NOT_COMPREHENDED, "message");
		}
	}
	out->unknown_extensions = m.unknown;
	if (rc == IUPLUS_OK && m.rc != IUPLUS_OK) {
		rc = m.rc;
		rrc_set_error(error, rc, m.path);
	}
	error->rc = rc;
	if (rc == IUPLUS_ERR_NOT_COMPREHENDED && out->type == IUPLUS_RRC_OTHER && m.received != NOT_CARRIED)
		m.transaction = later_transaction(in);
	if (rc != IUPLUS_OK)
		classify(error, &m, out);
	return rc;
}

/* ---- encode ---- */

static void put_check_info(struct rrc_map *m, RRC_IntegrityCheckInfo_t **out, const struct iuplus_rrc_msg *in)
{
	RRC_IntegrityCheckInfo_t *info;

	if (!in->integrity_check.present)
		return;
	*out = NEW(m, info);
	rrc_put_bits(m, &info->messageAuthenticationCode, in->integrity_check.mac, 32, "");
	info->rrc_MessageSequenceNumber = in->integrity_check.sn;
}

/* Each returns the filled PDU, or NULL if the message does not belong to the channel. */
static void *put_ul_ccch(struct rrc_map *m, const struct iuplus_rrc_msg *in)
{
	RRC_UL_CCCH_Message_t *pdu;

	NEW(m, pdu);
	put_check_info(m, &pdu->integrityCheckInfo, in);
	if (in->type != IUPLUS_RRC_CONNECTION_REQUEST)
		return NULL;
	pdu->message.present = RRC_UL_CCCH_MessageType_PR_rrcConnectionRequest;
	rrc_put_connection_request(m, &pdu->message.choice.rrcConnectionRequest, &in->u.connection_request);
	return pdu;
}

static void *put_dl_ccch(struct rrc_map *m, const struct iuplus_rrc_msg *in)
{
	RRC_DL_CCCH_Message_t *pdu;
	__auto_type choice = &NEW(m, pdu)->message.choice;

	put_check_info(m, &pdu->integrityCheckInfo, in);
	switch (in->type) {
	case IUPLUS_RRC_CONNECTION_REJECT:
		pdu->message.present = RRC_DL_CCCH_MessageType_PR_rrcConnectionReject;
		rrc_put_connection_reject(m, &choice->rrcConnectionReject, &in->u.connection_reject);
		return pdu;
	case IUPLUS_RRC_CONNECTION_RELEASE:
		pdu->message.present = RRC_DL_CCCH_MessageType_PR_rrcConnectionRelease;
		rrc_put_connection_release_ccch(m, &choice->rrcConnectionRelease, &in->u.connection_release);
		return pdu;
	case IUPLUS_RRC_CONNECTION_SETUP:
		pdu->message.present = RRC_DL_CCCH_MessageType_PR_rrcConnectionSetup;
		rrc_put_connection_setup(m, &choice->rrcConnectionSetup, &in->u.connection_setup);
		return pdu;
	default:
		return NULL;
	}
}

static void *put_ul_dcch(struct rrc_map *m, const struct iuplus_rrc_msg *in)
{
	RRC_UL_DCCH_Message_t *pdu;
	__auto_type choice = &NEW(m, pdu)->message.choice;
	__auto_type present = &pdu->message.present;

	put_check_info(m, &pdu->integrityCheckInfo, in);
	switch (in->type) {
	case IUPLUS_RRC_INITIAL_DIRECT_TRANSFER:
		*present = RRC_UL_DCCH_MessageType_PR_initialDirectTransfer;
		rrc_put_initial_transfer(m, &choice->initialDirectTransfer, &in->u.initial_direct_transfer);
		return pdu;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_COMPLETE:
		*present = RRC_UL_DCCH_MessageType_PR_physicalChannelReconfigurationComplete;
		rrc_put_physical_channel_complete(m, &choice->physicalChannelReconfigurationComplete,
						  &in->u.reconfiguration_complete);
		return pdu;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_FAILURE:
		*present = RRC_UL_DCCH_MessageType_PR_physicalChannelReconfigurationFailure;
		rrc_put_physical_channel_failure(m, &choice->physicalChannelReconfigurationFailure, &in->u.failure);
		return pdu;
	case IUPLUS_RRC_CONNECTION_RELEASE_COMPLETE:
		*present = RRC_UL_DCCH_MessageType_PR_rrcConnectionReleaseComplete;
		rrc_put_connection_release_complete(m, &choice->rrcConnectionReleaseComplete,
						    &in->u.connection_release_complete);
		return pdu;
	case IUPLUS_RRC_CONNECTION_SETUP_COMPLETE:
		*present = RRC_UL_DCCH_MessageType_PR_rrcConnectionSetupComplete;
		rrc_put_connection_setup_complete(m, &choice->rrcConnectionSetupComplete,
						  &in->u.connection_setup_complete);
		return pdu;
	case IUPLUS_RRC_STATUS:
		*present = RRC_UL_DCCH_MessageType_PR_rrcStatus;
		rrc_put_status(m, &choice->rrcStatus, &in->u.status);
		return pdu;
	case IUPLUS_RRC_SECURITY_MODE_COMPLETE:
		*present = RRC_UL_DCCH_MessageType_PR_securityModeComplete;
		rrc_put_security_complete(m, &choice->securityModeComplete, &in->u.security_mode_complete);
		return pdu;
	case IUPLUS_RRC_SECURITY_MODE_FAILURE:
		*present = RRC_UL_DCCH_MessageType_PR_securityModeFailure;
		rrc_put_security_failure(m, &choice->securityModeFailure, &in->u.failure);
		return pdu;
	case IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE_INDICATION:
		*present = RRC_UL_DCCH_MessageType_PR_signallingConnectionReleaseIndication;
		rrc_put_signalling_release_indication(m, &choice->signallingConnectionReleaseIndication,
						      &in->u.signalling_connection_release);
		return pdu;
	case IUPLUS_RRC_UPLINK_DIRECT_TRANSFER:
		*present = RRC_UL_DCCH_MessageType_PR_uplinkDirectTransfer;
		rrc_put_uplink_transfer(m, &choice->uplinkDirectTransfer, &in->u.uplink_direct_transfer);
		return pdu;
	case IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_CONFIRM:
		*present = RRC_UL_DCCH_MessageType_PR_utranMobilityInformationConfirm;
		rrc_put_mobility_confirm(m, &choice->utranMobilityInformationConfirm, &in->u.reconfiguration_complete);
		return pdu;
	case IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_FAILURE:
		*present = RRC_UL_DCCH_MessageType_PR_utranMobilityInformationFailure;
		rrc_put_mobility_failure(m, &choice->utranMobilityInformationFailure, &in->u.failure);
		return pdu;
	default:
		return NULL;
	}
}

static void *put_dl_dcch(struct rrc_map *m, const struct iuplus_rrc_msg *in)
{
	RRC_DL_DCCH_Message_t *pdu;
	__auto_type choice = &NEW(m, pdu)->message.choice;
	__auto_type present = &pdu->message.present;

	put_check_info(m, &pdu->integrityCheckInfo, in);
	switch (in->type) {
	case IUPLUS_RRC_DOWNLINK_DIRECT_TRANSFER:
		*present = RRC_DL_DCCH_MessageType_PR_downlinkDirectTransfer;
		rrc_put_downlink_transfer(m, &choice->downlinkDirectTransfer, &in->u.downlink_direct_transfer);
		return pdu;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION:
		*present = RRC_DL_DCCH_MessageType_PR_physicalChannelReconfiguration;
		rrc_put_physical_channel(m, &choice->physicalChannelReconfiguration, &in->u.reconfiguration);
		return pdu;
	case IUPLUS_RRC_CONNECTION_RELEASE:
		*present = RRC_DL_DCCH_MessageType_PR_rrcConnectionRelease;
		rrc_put_connection_release(m, &choice->rrcConnectionRelease, &in->u.connection_release);
		return pdu;
	case IUPLUS_RRC_SECURITY_MODE_COMMAND:
		*present = RRC_DL_DCCH_MessageType_PR_securityModeCommand;
		rrc_put_security_command(m, &choice->securityModeCommand, &in->u.security_mode_command);
		return pdu;
	case IUPLUS_RRC_SIGNALLING_CONNECTION_RELEASE:
		*present = RRC_DL_DCCH_MessageType_PR_signallingConnectionRelease;
		rrc_put_signalling_release(m, &choice->signallingConnectionRelease,
					   &in->u.signalling_connection_release);
		return pdu;
	case IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION:
		*present = RRC_DL_DCCH_MessageType_PR_utranMobilityInformation;
		rrc_put_mobility(m, &choice->utranMobilityInformation, &in->u.reconfiguration);
		return pdu;
	default:
		return NULL;
	}
}

int iuplus_rrc_encode(const struct iuplus_rrc_msg *msg, unsigned flags, struct iuplus_arena *arena,
		      struct iuplus_octets *out, struct iuplus_rrc_error *error)
{
	const struct iuplus_asn1_type *type = channel_type(msg->channel);
	struct iuplus_rrc_error unused;
	struct rrc_map m;
	void *pdu = NULL;
	int rc;

	if (!error)
		error = &unused;
	memset(error, 0, sizeof(*error));
	*out = (struct iuplus_octets){ 0 };
	if (!type || flags & ~IUPLUS_RRC_LEGACY)
		return error->rc = IUPLUS_ERR_ARGUMENT;
	rc = rrc_map_init(&m, flags, arena);
	if (rc)
		return error->rc = rc;
	switch (msg->channel) {
	case IUPLUS_RRC_UL_CCCH:
		pdu = put_ul_ccch(&m, msg);
		break;
	case IUPLUS_RRC_DL_CCCH:
		pdu = put_dl_ccch(&m, msg);
		break;
	case IUPLUS_RRC_UL_DCCH:
		pdu = put_ul_dcch(&m, msg);
		break;
	case IUPLUS_RRC_DL_DCCH:
		pdu = put_dl_dcch(&m, msg);
		break;
	}
	if (!pdu)
		return error->rc = IUPLUS_ERR_ARGUMENT;
	return rrc_finish(&m, type, pdu, flags, arena, out, error);
}

/* ---- clause 9 ---- */

int iuplus_rrc_answer_for(const struct iuplus_rrc_error *error, struct iuplus_rrc_msg *out)
{
	struct iuplus_rrc_failure_cause cause = { .cause = IUPLUS_RRC_FAILURE_PROTOCOL_ERROR,
						  .protocol_error = error->cause };

	if (!error->answer)
		return IUPLUS_ERR_STATE;
	memset(out, 0, sizeof(*out));
	out->channel = IUPLUS_RRC_UL_DCCH;
	switch (error->has_message && error->has_transaction ? error->type : IUPLUS_RRC_OTHER) {
	case IUPLUS_RRC_SECURITY_MODE_COMMAND:
		out->type = IUPLUS_RRC_SECURITY_MODE_FAILURE;
		break;
	case IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION:
		out->type = IUPLUS_RRC_PHYSICAL_CHANNEL_RECONFIGURATION_FAILURE;
		break;
	case IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION:
		out->type = IUPLUS_RRC_UTRAN_MOBILITY_INFORMATION_FAILURE;
		break;
	case IUPLUS_RRC_CONNECTION_RELEASE:
		out->type = IUPLUS_RRC_CONNECTION_RELEASE_COMPLETE;
		out->u.connection_release_complete.transaction = error->transaction;
		out->u.connection_release_complete.has_error = true;
		out->u.connection_release_complete.error = cause;
		out->name = iuplus_rrc_name(out->type);
		return IUPLUS_OK;
	default:
		out->type = IUPLUS_RRC_STATUS;
		out->u.status.cause = error->cause;
		out->u.status.transaction = error->transaction;
		out->u.status.received = error->received;
		/* Without the identity of the message only the first two causes can be encoded. */
		if (!error->has_transaction && error->cause > IUPLUS_RRC_PE_MESSAGE_TYPE_NON_EXISTENT)
			out->u.status.cause = IUPLUS_RRC_PE_ASN1_VIOLATION;
		out->name = iuplus_rrc_name(out->type);
		return IUPLUS_OK;
	}
	out->u.failure.has_transaction = true;
	out->u.failure.transaction = error->transaction;
	out->u.failure.failure = cause;
	out->name = iuplus_rrc_name(out->type);
	return IUPLUS_OK;
}
