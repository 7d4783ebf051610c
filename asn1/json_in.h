/* SPDX-License-Identifier: BSD-2-Clause */
/* json_in.h: what the readers of text share. */
#ifndef ASN1_JSON_IN_H
#define ASN1_JSON_IN_H

#include <jansson.h>

#include <iuplus/asn1_text.h>

#include "per.h"

/* The value that root is in JSON, in the arena. Returns and fills error as iuplus_asn1_from_json(). */
int per_from_json(const struct iuplus_asn1_type *type, const json_t *root, struct iuplus_arena *arena, void **value,
	struct iuplus_asn1_error *error);

/* What error says of a failure. */
void per_text_error(struct iuplus_asn1_error *error, const struct iuplus_asn1_type *type, int rc,
	const struct per_failure *f);

/* The type called name for a string's content: RRC's, RANAP's or RNSAP's. NULL when there is none. */
const struct iuplus_asn1_type *per_contained_type(const char *name);

#endif
