/* SPDX-License-Identifier: BSD-2-Clause */
/* explain.h: what the two halves of the field-by-field reader share. */
#ifndef ASN1_EXPLAIN_H
#define ASN1_EXPLAIN_H

#include <iuplus/asn1_text.h>

#include "asn1/per/per.h"

struct explain {
	/* the bits at work: those of the input, or of the innermost open type */
	const uint8_t *octets;
	size_t at, end;
	size_t base;			/* where octets[0] stands in the input, when the bits are contiguous there */
	const size_t *origins;		/* where each octet stands, when they are not; NULL otherwise */
	bool aligned;
	struct iuplus_arena *arena;
	iuplus_asn1_tell *tell;
	void *user;
	const char *protocol, *owner, *member;	/* the type and name of what is read */
	const struct per_member *defaulting;	/* whose DEFAULT the next number may be */
	const struct per_type *key_type;	/* the procedure's two-part identifier */
	int64_t number, key;			/* the last number; the procedure */
	bool later;			/* an empty branch of a later release was met */
	bool unknown_branch;		/* an empty criticalExtensions, or an unknown procedure, was met */
	unsigned depth;
	char path[512];
	size_t path_length;
	struct per_failure failure;
};

int explain_fail(struct explain *x, int rc, const char *what);
int explain_truncated(struct explain *x);
bool explain_has(const struct explain *x, size_t bits);
/* n bits, up to 64, from at, which must be there. */
uint64_t explain_peek(const struct explain *x, size_t at, unsigned n);
int explain_take(struct explain *x, unsigned n, uint64_t *v);
void explain_tell(struct explain *x, size_t from, size_t bits, const char *what, const char *text,
	enum iuplus_asn1_remark remark);
/* Tells of a number that ends here, and keeps it. */
void explain_number(struct explain *x, int64_t v, size_t from, const char *what, const char *text,
	enum iuplus_asn1_remark remark);
int explain_bit(struct explain *x, const char *what, uint64_t *v);
void explain_align(struct explain *x);
/* A constrained number; what it says is for the caller to tell, from *from on. */
int explain_constrained(struct explain *x, const struct per_bounds *b, uint64_t *v, size_t *from,
	enum iuplus_asn1_remark *remark);
/* A length without bound, told. */
int explain_length(struct explain *x, size_t *length, bool *more);
/* A normally small number; what it says is for the caller to tell, from *from on. */
int explain_small(struct explain *x, uint64_t *v, size_t *from, enum iuplus_asn1_remark *remark);

/* Adds name, or [index] when name is NULL, to the path; returns what explain_leave() wants. After an error nobody
 * leaves: the path says where it was. */
size_t explain_enter(struct explain *x, const char *name, unsigned index);
void explain_leave(struct explain *x, size_t length);

/* An open type with a value of type t, or a contained encoding, or octets; remark for the latter. */
int explain_open(struct explain *x, const struct per_type *t, const struct iuplus_asn1_type *direct,
	enum iuplus_asn1_remark remark);
/* *they_are: whether the next bits are an encoding of type. IUPLUS_OK or IUPLUS_ERR_MEMORY. */
int explain_decodes(struct explain *x, const struct iuplus_asn1_type *type, size_t bits, bool *they_are);
/* The next bits as an encoding of type. */
int explain_inside(struct explain *x, const struct iuplus_asn1_type *type, size_t bits);

int explain_value(struct explain *x, const struct per_type *t);

#endif
