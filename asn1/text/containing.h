/* SPDX-License-Identifier: BSD-2-Clause */
/* containing.h: which strings hold an encoding, and of what. */
#ifndef ASN1_CONTAINING_H
#define ASN1_CONTAINING_H

#include "asn1/per/per.h"

/* What the string called member, of type (NULL: it has no name of its own) in owner, holds; NULL when that is not
 * known. */
const struct iuplus_asn1_type *containing_type(const char *protocol, const char *owner, const char *type,
	const char *member);
/* Whether it may hold other things as well, so that nothing is wrong with a string that does not hold that. */
bool containing_perhaps(const char *protocol, const char *owner, const char *type, const char *member);
/* What an IE holds whose open type is the content itself; NULL when it is not a radio network's. */
const struct iuplus_asn1_type *containing_direct(const char *protocol, const char *member);
/* The rules that a protocol's types are encoded by. */
enum iuplus_asn1_rules containing_rules(const struct iuplus_asn1_type *type);
/* A named type's name without the protocol; NULL for one that has none. */
const char *per_type_name(const struct per_type *t, const char *protocol);

#endif
