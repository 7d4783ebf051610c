/* SPDX-License-Identifier: BSD-2-Clause */
/* nas_table.h: format of the table of GMM messages. Private to src/nas. */
#ifndef IUPLUS_NAS_TABLE_H
#define IUPLUS_NAS_TABLE_H

#include <iuplus/nas.h>

/* Formats of TS 24.007 11.2.1.1. LOW and HIGH are the halves of one octet in the imperative part: LOW opens it,
 * HIGH closes it. TV1 and the following formats are optional elements, which start with an identifier. */
enum nas_format {
	NAS_LOW,
	NAS_HIGH,
	NAS_V,
	NAS_LV,
	NAS_TV1, /* identifier in bits 8..5, value in bits 4..1 */
	NAS_T,
	NAS_TV,
	NAS_TLV
};

/* The type of the struct member. */
enum nas_value {
	NAS_SPARE, /* nothing: sent as zero, ignored when received */
	NAS_U8,
	NAS_BYTES, /* uint8_t[max] */
	NAS_RAI,
	NAS_IDENTITY,
	NAS_OCTETS, /* struct iuplus_octets; for an optional element, data is NULL if it is absent */
	NAS_FLAG    /* only the has_ member */
};

struct nas_field {
	const char *name;
	uint8_t format, value;
	uint8_t iei;
	uint8_t min, max; /* octets of contents */
	uint16_t at, has; /* offsets into struct iuplus_nas_msg; has is 0 if there is no such member */
};

struct nas_message {
	uint8_t type;
	bool uplink, downlink;
	uint8_t count;
	const struct nas_field *fields; /* imperative part, then optional elements in their order */
	const char *name;
};

/* The entry of a message, or NULL. */
const struct nas_message *nas_find(unsigned type, enum iuplus_nas_direction direction);

#endif
