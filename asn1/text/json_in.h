/* SPDX-License-Identifier: BSD-2-Clause */
/* json_in.h: what the readers of text share. */
#ifndef ASN1_JSON_IN_H
#define ASN1_JSON_IN_H

#include <jansson.h>

#include <iuplus/asn1_text.h>

#include "asn1/per/per.h"

/* Text as a tree of values, for json_decref(); f says what is wrong, and where. Not jansson's own reader, which does not
 * survive a malloc() that fails: it (2.14) loses characters of a token without a word, and writes where it must not.
 * Strings are octets as they came, \u escapes UTF-8; of a number that is not whole only that is kept.
 * Returns IUPLUS_OK, IUPLUS_ERR_SYNTAX (no JSON, a member twice, a number beyond 64 bits, a zero in a string, nested
 * deeper than any value is), IUPLUS_ERR_MEMORY. */
int per_parse_json(const char *text, size_t len, struct iuplus_arena *arena, json_t **root, struct per_failure *f);

/* The value that root is in JSON, in the arena. Returns and fills error as iuplus_asn1_from_json(). */
int per_from_json(const struct iuplus_asn1_type *type, const json_t *root, struct iuplus_arena *arena, void **value,
	struct iuplus_asn1_error *error);

/* What error says of a failure. */
void per_text_error(struct iuplus_asn1_error *error, const struct iuplus_asn1_type *type, int rc,
	const struct per_failure *f);

/* The type called name for a string's content: RRC's, RANAP's or RNSAP's. NULL when there is none. */
const struct iuplus_asn1_type *per_contained_type(const char *name);

#endif
