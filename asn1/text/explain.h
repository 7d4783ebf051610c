/* SPDX-License-Identifier: BSD-2-Clause */
/* explain.h: declarations shared by the two halves of the field-by-field reader. */
#ifndef ASN1_EXPLAIN_H
#define ASN1_EXPLAIN_H

#include <iuplus/asn1_text.h>

#include "asn1/per/per.h"

struct explain {
	/* the present bits: those of the input, or of the innermost open type */
	const uint8_t *octets;
	size_t at, end;
	size_t base;           /* position of octets[0] in the input, if the bits are contiguous there */
	const size_t *origins; /* position of each octet, if they are not; otherwise NULL */
	bool aligned;
	struct iuplus_arena *arena;
	iuplus_asn1_tell *tell;
	void *user;
	const char *protocol, *owner, *member; /* type and name of the present value */
	const struct per_member *defaulting;   /* member whose DEFAULT the next number may be */
	const struct per_type *key_type;       /* the procedure's two-part identifier */
	int64_t number, key;                   /* the last number; the procedure */
	bool later;                            /* an empty branch of a later release was read */
	bool unknown_branch;                   /* an empty criticalExtensions, or an unknown procedure, was read */
	unsigned depth;
	char path[512];
	size_t path_length;
	struct per_failure failure;
};

int explain_fail(struct explain *x, int rc, const char *what);
int explain_truncated(struct explain *x);
bool explain_has(const struct explain *x, size_t bits);
/* n bits, up to 64, from at, which must be present. */
uint64_t explain_peek(const struct explain *x, size_t at, unsigned n);
int explain_take(struct explain *x, unsigned n, uint64_t *v);
void explain_tell(struct explain *x, size_t from, size_t bits, const char *what, const char *text,
		  enum iuplus_asn1_remark remark);
/* Reports a number that ends here, and keeps it. */
void explain_number(struct explain *x, int64_t v, size_t from, const char *what, const char *text,
		    enum iuplus_asn1_remark remark);
int explain_bit(struct explain *x, const char *what, uint64_t *v);
void explain_align(struct explain *x);
/* A constrained number; the caller reports its meaning, from *from on. */
int explain_constrained(struct explain *x, const struct per_bounds *b, uint64_t *v, size_t *from,
			enum iuplus_asn1_remark *remark);
/* Reads and reports a length without bound. */
int explain_length(struct explain *x, size_t *length, bool *more);
/* A normally small number; the caller reports its meaning, from *from on. */
int explain_small(struct explain *x, uint64_t *v, size_t *from, enum iuplus_asn1_remark *remark);

/* Adds name, or [index] if name is NULL, to the path; returns the argument for explain_leave(). After an error it is
 * not called, so that the path shows the place of the error. */
size_t explain_enter(struct explain *x, const char *name, unsigned index);
void explain_leave(struct explain *x, size_t length);

/* An open type with a value of type t, or a contained encoding, or octets; remark for the latter. */
int explain_open(struct explain *x, const struct per_type *t, const struct iuplus_asn1_type *direct,
		 enum iuplus_asn1_remark remark);
/* *they_are: true if the next bits are an encoding of type. IUPLUS_OK or IUPLUS_ERR_MEMORY. */
int explain_decodes(struct explain *x, const struct iuplus_asn1_type *type, size_t bits, bool *they_are);
/* Explains the next bits as an encoding of type. */
int explain_inside(struct explain *x, const struct iuplus_asn1_type *type, size_t bits);

int explain_value(struct explain *x, const struct per_type *t);

#endif
