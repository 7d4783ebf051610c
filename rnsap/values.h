/* SPDX-License-Identifier: BSD-2-Clause */
/* values.h: inside rnsap/: the neutral structs of <iuplus/rnsap.h> to and from the generated ones. How "take" and "put"
 * treat what is absent, and errors, is said in ranap/shared.h. */
#ifndef IUPLUS_RNSAP_VALUES_H
#define IUPLUS_RNSAP_VALUES_H

#include <iuplus/rnsap.h>
#include "asn1/gen-rnsap.h"
#include "ranap/shared.h"

/* ---- the head of a PDU --------------------------------------------------------------------------------------- */

/* What stands before the message itself, read without decoding it. */
struct rnsap_head {
	enum iuplus_ranap_pdu pdu;
	uint8_t code;
	enum iuplus_rnsap_mode mode;
	enum iuplus_ranap_criticality criticality;
	struct iuplus_rnsap_transaction transaction;
	size_t end;			/* where the open type of the message begins, in octets */
};
/* false when the head is not whole. */
bool rnsap_peek(struct iuplus_octets pdu, struct rnsap_head *head);

/* ---- values -------------------------------------------------------------------------------------------------- */

struct rnsap_ctx {
	struct ranap_ctx ap;		/* memory, flags, the PDU, the first error */
	size_t message_at;		/* take: where the open type of the message begins in it */
	struct iuplus_rnsap_msg *msg;	/* take: whose list of what is not known is filled */
	size_t room;			/* take: of that list */
	size_t placed;			/* put: how many of that list have been put */
};

/* Cause: 0 is absent, or a value that has no number here. Putting 0 is an error. */
uint32_t rnsap_take_cause(const RNSAP_Cause_t *from);
RNSAP_Cause_t *rnsap_new_cause(struct rnsap_ctx *ctx, uint32_t cause);

struct iuplus_rnsap_bits rnsap_take_bits(const BIT_STRING_t *from);
BIT_STRING_t *rnsap_new_bits(struct rnsap_ctx *ctx, const struct iuplus_rnsap_bits *from);

struct iuplus_rnsap_transaction rnsap_take_transaction(const RNSAP_TransactionID_t *from);
/* An id that the form cannot hold is left to the encoder to refuse. */
void rnsap_put_transaction(const struct iuplus_rnsap_transaction *from, RNSAP_TransactionID_t *to);

/* Criticality Diagnostics. take returns whether the IE is there. */
bool rnsap_take_diagnostics(struct rnsap_ctx *ctx, const RNSAP_CriticalityDiagnostics_t *from,
			    struct iuplus_rnsap_diagnostics *to);
RNSAP_CriticalityDiagnostics_t *rnsap_new_diagnostics(struct rnsap_ctx *ctx,
						      const struct iuplus_rnsap_diagnostics *from);

/* ---- what is not known --------------------------------------------------------------------------------------- */

/* Adds a container's unknown IEs to the message's list. ie and level are as in struct iuplus_rnsap_unknown. */
void rnsap_take_unknown(struct rnsap_ctx *ctx, const struct RNSAP_UnknownIEs *from, enum iuplus_rnsap_where where,
			unsigned ie, unsigned level);
/* The same for a container of extensions that this library knows none of. */
void rnsap_take_no_ies(struct rnsap_ctx *ctx, const RNSAP_NoIEs_t *from, enum iuplus_rnsap_where where, unsigned ie,
		       unsigned level);
/* Adds an IE of the message whose value has no meaning here. */
void rnsap_take_unknown_value(struct rnsap_ctx *ctx, unsigned id);
/* A container's unknown IEs out of the message's list, or NULL when it has none. */
struct RNSAP_UnknownIEs *rnsap_new_unknown(struct rnsap_ctx *ctx, const struct iuplus_rnsap_msg *msg,
					   enum iuplus_rnsap_where where, unsigned ie, unsigned level);
RNSAP_NoIEs_t *rnsap_new_no_ies(struct rnsap_ctx *ctx, const struct iuplus_rnsap_msg *msg,
				enum iuplus_rnsap_where where, unsigned ie, unsigned level);

/* ---- messages ------------------------------------------------------------------------------------------------ */

/* One message that has a neutral struct. value points at the generated struct of the message. */
struct rnsap_message {
	unsigned kind;
	int present;			/* the alternative of ..._Value */
	void (*take)(struct rnsap_ctx *ctx, const void *value, struct iuplus_rnsap_msg *msg);
	void (*put)(struct rnsap_ctx *ctx, const struct iuplus_rnsap_msg *msg, void *value);
};

/* The entry of a kind, or NULL. */
const struct rnsap_message *rnsap_find_message(unsigned kind);

/* ---- clause 10 ----------------------------------------------------------------------------------------------- */

/* Fills problem from the engine's report. known: the procedure and the message are; head may be NULL.
 * Returns what iuplus_rnsap_decode() returns. */
int rnsap_judge(struct ranap_ctx *ctx, int rc, const struct iuplus_asn1_error *error, const struct rnsap_head *head,
		bool known, struct iuplus_rnsap_problem *problem);

#endif
