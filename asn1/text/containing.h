/* SPDX-License-Identifier: BSD-2-Clause */
/* containing.h: the strings that contain an encoding, and its type. */
#ifndef ASN1_CONTAINING_H
#define ASN1_CONTAINING_H

#include "asn1/per/per.h"

/* The type contained in the string called member, of type (NULL: no type name) in owner; NULL if it is not known. */
const struct iuplus_asn1_type *containing_type(const char *protocol, const char *owner, const char *type,
					       const char *member);
/* True if the string may have other contents too, so that a string without such an encoding is valid. */
bool containing_perhaps(const char *protocol, const char *owner, const char *type, const char *member);
/* The type contained in an IE whose open type is the contents itself; NULL if they are not those of a radio network. */
const struct iuplus_asn1_type *containing_direct(const char *protocol, const char *member);
/* The encoding rules of a protocol's types. */
enum iuplus_asn1_rules containing_rules(const struct iuplus_asn1_type *type);
/* The name of a named type without the protocol; NULL if it has none. */
const char *per_type_name(const struct per_type *t, const char *protocol);

#endif
