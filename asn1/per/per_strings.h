/* SPDX-License-Identifier: BSD-2-Clause */
/* per_strings.h: the part of a bit string's descriptor that XER needs. Used by the merged units. */
#ifndef PER_STRINGS_H
#define PER_STRINGS_H

#include <BIT_STRING.h>

extern const asn_OCTET_STRING_specifics_t per_bit_string_specifics;

#endif
