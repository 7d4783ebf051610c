/* SPDX-License-Identifier: BSD-2-Clause */
/* values.h: inside rnsap/: the rows of RNSAP's messages and the IEs that several of them share. Names with ie_ are
 * those of ranap/ (ie.h, ie_rows.h). */
#ifndef RNSAP_VALUES_H
#define RNSAP_VALUES_H

#include <iuplus/rnsap.h>
#include "asn1/gen-rnsap.h"
#include "ranap/ie_rows.h"

/* ---- the head of a PDU --------------------------------------------------------------------------------------- */

/* The part before the message itself, read without decoding. */
struct rnsap_head {
	enum iuplus_ranap_pdu pdu;
	uint8_t code;
	enum iuplus_rnsap_mode mode;
	enum iuplus_ranap_criticality criticality;
	struct iuplus_rnsap_transaction transaction;
	size_t end; /* where the open type of the message begins, in octets */
};
/* false if the head is incomplete. */
bool rnsap_peek(struct iuplus_octets pdu, struct rnsap_head *head);

/* ---- rows ---------------------------------------------------------------------------------------------------- */

/* IE_PART and the related macros: member of RNSAP_<Type>, to_member of struct iuplus_rnsap_<neutral>. */
#define RNSAP_HERE(Type, member, neutral, to_member, codec, ...) \
	IE_HERE(RNSAP_##Type##_t, member, struct iuplus_rnsap_##neutral, to_member, codec, __VA_ARGS__)
#define RNSAP_MAY(Type, member, neutral, to_member, has_member, codec, ...) \
	IE_MAY(RNSAP_##Type##_t, member, struct iuplus_rnsap_##neutral, to_member, has_member, codec, __VA_ARGS__)
/* A message's extension container, by its rows, and a row of it. */
#define RNSAP_EXTENSIONS(Type, rows) IE_EXTENSIONS(RNSAP_##Type##_t, protocolExtensions, rows)
#define RNSAP_EXT(Type, member, neutral, to_member, has_member, codec, ...) \
	IE_MAY(RNSAP_##Type##_Extensions_t, member, struct iuplus_rnsap_##neutral, to_member, has_member, codec, \
	       .extension = true, __VA_ARGS__)

/* The context of take and put for RNSAP's rows. */
struct rnsap_ctx {
	struct ie_ctx ie;                    /* must be first: the codecs of rows receive a pointer to it */
	struct iuplus_rnsap_msg *msg;        /* take: the message whose list of unknown IEs is filled */
	const struct iuplus_rnsap_msg *from; /* put: the message whose list of unknown IEs is used */
	size_t room;                         /* take: of that list */
	size_t placed;                       /* put: how many of that list have been put */
};
static inline struct rnsap_ctx *rnsap_ctx(struct ie_ctx *ctx)
{
	return (struct rnsap_ctx *)(void *)ctx;
}

extern const struct ie_codec rnsap_cause, /* Cause: uint32_t; 0 is absent, or a value that has no number here */
	rnsap_bits,                       /* BIT STRING: struct iuplus_rnsap_bits */
	rnsap_extended_rnti,              /* Extended RNTI: int64_t */
	rnsap_diagnostics;                /* Criticality Diagnostics */

#define RNSAP_CAUSE(Message, neutral) RNSAP_HERE(Message, protocolIEs.cause, neutral, cause, rnsap_cause)
#define RNSAP_DIAGNOSTICS(Message, neutral) \
	RNSAP_MAY(Message, protocolIEs.criticalityDiagnostics, neutral, diagnostics, has_diagnostics, rnsap_diagnostics)

struct iuplus_rnsap_transaction rnsap_take_transaction(const RNSAP_TransactionID_t *from);
/* The encoder refuses an id that is too large for the form. */
void rnsap_put_transaction(const struct iuplus_rnsap_transaction *from, RNSAP_TransactionID_t *to);

/* ---- unknown IEs --------------------------------------------------------------------------------------------- */

/* Adds a container's unknown IEs to the message's list. ie and level are as in struct iuplus_rnsap_unknown. */
void rnsap_take_unknown(struct rnsap_ctx *ctx, const struct RNSAP_UnknownIEs *from, enum iuplus_rnsap_where where,
			unsigned ie, unsigned level);
/* The same for a container in which this library knows no extension. */
void rnsap_take_no_ies(struct rnsap_ctx *ctx, const RNSAP_NoIEs_t *from, enum iuplus_rnsap_where where, unsigned ie,
		       unsigned level);
/* Adds an IE of the message whose value has no meaning here. */
void rnsap_take_unknown_value(struct rnsap_ctx *ctx, unsigned id);
/* The unknown IEs of a container, from the message's list, or NULL if it has none. */
struct RNSAP_UnknownIEs *rnsap_new_unknown(struct rnsap_ctx *ctx, enum iuplus_rnsap_where where, unsigned ie,
					   unsigned level);
RNSAP_NoIEs_t *rnsap_new_no_ies(struct rnsap_ctx *ctx, enum iuplus_rnsap_where where, unsigned ie, unsigned level);

/* ---- messages ------------------------------------------------------------------------------------------------ */

/* One message that has a neutral struct, in the file named after its procedure. */
struct rnsap_message {
	int present;          /* the alternative of RNSAP_<Pdu>_Value */
	uint16_t size;        /* of the neutral struct */
	uint16_t unknown_ies; /* offset of the list of unknown IEs in the generated struct */
	uint16_t extensions;  /* of the pointer to its extension container, */
	uint16_t extensions_size;
	uint16_t unknown_extensions; /* and of the list of unknown ones in that */
	const struct ie_row *rows;   /* from and to struct iuplus_rnsap_msg.u */
};
#define RNSAP_MESSAGE_WITH(Pdu, alternative, Type, Extensions, neutral, rows) \
	{ \
		RNSAP_##Pdu##_Value_PR_##alternative, sizeof(struct iuplus_rnsap_##neutral), \
			offsetof(RNSAP_##Type##_t, protocolIEs.unknown), \
			offsetof(RNSAP_##Type##_t, protocolExtensions), sizeof(RNSAP_##Extensions##_t), \
			offsetof(RNSAP_##Extensions##_t, unknown), (rows) \
	}
/* A message with known extensions, and one without. */
#define RNSAP_EXTENDED_MESSAGE(Pdu, alternative, Type, neutral, rows) \
	RNSAP_MESSAGE_WITH(Pdu, alternative, Type, Type##_Extensions, neutral, rows)
#define RNSAP_MESSAGE(Pdu, alternative, Type, neutral, rows) \
	RNSAP_MESSAGE_WITH(Pdu, alternative, Type, NoIEs, neutral, rows)

extern const struct rnsap_message rnsap_error_indication, rnsap_enhanced_relocation_request,
	rnsap_enhanced_relocation_response, rnsap_enhanced_relocation_failure, rnsap_enhanced_relocation_cancel,
	rnsap_enhanced_relocation_signalling_transfer, rnsap_enhanced_relocation_release;

/* An elementary procedure with its messages, by enum iuplus_ranap_pdu; NULL where it has none, or one without a
 * struct. */
struct rnsap_procedure {
	struct iuplus_rnsap_procedure is;
	const struct rnsap_message *messages[3];
	bool cause_refuses; /* its unsuccessful outcome requires only a cause: that has no mandatory IE from
			     * the refused message, where it may be missing (10.3.4.2, 10.3.5) */
	bool silent;        /* its response has no Criticality Diagnostics */
};

/* The procedure of a code and mode, the message of a kind; NULL when there is none, or one without a struct. */
const struct rnsap_procedure *rnsap_find_procedure(unsigned code, enum iuplus_rnsap_mode mode);
const struct rnsap_message *rnsap_find_message(unsigned kind);

/* ---- clause 10 ----------------------------------------------------------------------------------------------- */

/* Fills problem from the engine's report. known: the procedure and the message are; head may be NULL.
 * Returns what iuplus_rnsap_decode() returns. */
int rnsap_judge(struct ie_ctx *ctx, int rc, const struct iuplus_asn1_error *error, const struct rnsap_head *head,
		bool known, struct iuplus_rnsap_problem *problem);

#endif
