/* SPDX-License-Identifier: BSD-2-Clause */
/* json_in.h: declarations shared by the readers of text. */
#ifndef ASN1_JSON_IN_H
#define ASN1_JSON_IN_H

#include <jansson.h>

#include <iuplus/asn1_text.h>

#include "asn1/per/per.h"

/* Text as a tree of values, for json_decref(); f has the error and its place. jansson's own reader (2.14) is not used,
 * because it does not survive a failing malloc(): it loses characters of a token silently, and writes out of bounds.
 * Strings are octets as received, \u escapes become UTF-8; of a number that is not whole only that fact is kept.
 * Returns IUPLUS_OK, IUPLUS_ERR_SYNTAX (not JSON, a member twice, a number beyond 64 bits, a zero in a string, nested
 * deeper than any value), IUPLUS_ERR_MEMORY. */
int per_parse_json(const char *text, size_t len, struct iuplus_arena *arena, json_t **root, struct per_failure *f);

/* Builds the value from its JSON root in the arena. Returns and fills error as iuplus_asn1_from_json(). */
int per_from_json(const struct iuplus_asn1_type *type, const json_t *root, struct iuplus_arena *arena, void **value,
		  struct iuplus_asn1_error *error);

/* Fills error from a failure. */
void per_text_error(struct iuplus_asn1_error *error, const struct iuplus_asn1_type *type, int rc,
		    const struct per_failure *f);

/* The type called name for the contents of a string: RRC's, RANAP's or RNSAP's. NULL if there is none. */
const struct iuplus_asn1_type *per_contained_type(const char *name);

#endif
