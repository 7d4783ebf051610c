/* SPDX-License-Identifier: BSD-2-Clause */
/* ie_criticality.h: inside ranap/ and rnsap/: handling of unknown, unforeseen and erroneous protocol data, which is the
 * same in clause 10 of TS 25.413 and of TS 25.423. Only the names of messages and causes differ. */
#ifndef RANAP_IE_CRITICALITY_H
#define RANAP_IE_CRITICALITY_H

#include "ranap/ie.h"

/* A faulty message, as far as its receiver knows it. */
struct ie_faulty {
	bool headed; /* its head was decoded: the next two are set */
	enum iuplus_ranap_pdu pdu;
	enum iuplus_ranap_criticality criticality; /* of the procedure, as received */
	bool known;                                /* the procedure, and the message as one of its */
	bool error_indication;                     /* it is ERROR INDICATION itself */
	bool refusable;  /* its procedure has an unsuccessful outcome that requires only a cause */
	bool reportable; /* its procedure has a response with Criticality Diagnostics */
};

/* The error that the answer's cause reports. */
enum ie_fault {
	IE_FAULT_NONE = 0,
	IE_FAULT_TRANSFER_SYNTAX,
	IE_FAULT_REJECT, /* abstract syntax error (reject) */
	IE_FAULT_NOTIFY, /* abstract syntax error (ignore and notify) */
	IE_FAULT_FALSELY_CONSTRUCTED
};

struct ie_judgement {
	enum iuplus_ranap_answer answer;
	enum ie_fault fault; /* NONE if there is no answer */
	bool describe;       /* Criticality Diagnostics name the procedure */
	uint16_t ie_count;   /* and these IEs */
	const struct iuplus_ranap_ie_diagnostics *ies;
	const char *path; /* in the arena; NULL when there is none */
};

/* Judges the engine's report on a message. Returns the code for the protocol's decode. */
int ie_judge(struct ie_ctx *ctx, int rc, const struct iuplus_asn1_error *error, const struct ie_faulty *faulty,
	     struct ie_judgement *judgement);

/* The answer to a message that is rejected. */
enum iuplus_ranap_answer ie_refusal(const struct ie_faulty *faulty);

#endif
