/* SPDX-License-Identifier: BSD-2-Clause */
/* ie_rows.h: messages and their parts as tables of rows, for ranap/ and rnsap/. A row is one IE: its place in the
 * generated struct, its place in the neutral one, and the codec that converts between the two. */
#ifndef RANAP_IE_ROWS_H
#define RANAP_IE_ROWS_H

#include "ranap/ie.h"

struct ie_row;

/* How the neutral value of a mandatory member shows whether it is present. */
enum ie_some {
	IE_SOME_ALWAYS = 0,
	IE_SOME_NEVER,
	IE_SOME_FLAG,         /* bool */
	IE_SOME_COUNT,        /* a list, which begins with its uint16_t count */
	IE_SOME_OCTETS,       /* struct iuplus_octets */
	IE_SOME_BITS,         /* struct iuplus_ranap_bits */
	IE_SOME_ROWS,         /* rows, at least one of which has a value to put */
	IE_SOME_ABOVE_12_BITS /* uint16_t */
};

/* value and neutral (to, from) point to the member itself in both forms. Neutral memory is zero before take, and so is
 * value before put. */
struct ie_codec {
	/* False if the neutral struct cannot represent the value: an alternative of a later release. */
	bool (*take)(struct ie_ctx *ctx, const struct ie_row *row, const void *value, void *to);
	void (*put)(struct ie_ctx *ctx, const struct ie_row *row, const void *from, void *value);
	uint8_t some; /* enum ie_some */
	bool links;   /* put receives the address of the pointer, and sets it */
};

#define IE_ALWAYS UINT16_MAX /* ie_row.has of a mandatory member */

struct ie_row {
	const struct ie_codec *as; /* NULL ends the rows */
	const void *of;            /* an argument of the codec: the rows of a record, a type, ... */
	uint16_t at, size;         /* in the generated struct; the size of the value itself */
	uint16_t to, width;        /* in the neutral struct */
	uint16_t has;              /* the bool that is true if the IE is present, or IE_ALWAYS */
	bool inside;               /* the struct has the value itself, else a pointer to it */
	bool extension;            /* the struct is the extension container of a message */
	bool ours;                 /* an IE of the extension: refused to a legacy node */
	uint8_t bits;              /* of a bit string that is a number */
	uint8_t alternative;       /* in a list of alternatives: its number in the choice, from 1 */
};

#define IE_END \
	{ \
		.as = NULL \
	}

/* One row: member of the generated Type, to_member of the neutral Struct. With IE_PART the struct has the member
 * itself, with the others a pointer to it. IE_HERE is mandatory, or its neutral value shows whether it is present.
 * IE_MAY is present if has_member is true. Arguments after the codec set further members of the row. ranap/values.h and
 * rnsap/values.h have these macros with their protocol's prefixes. */
#define IE_NEUTRAL(Struct, member) .to = offsetof(Struct, member), .width = sizeof(((Struct *)0)->member)
#define IE_PART(Type, member, Struct, to_member, codec, ...) \
	{ \
		.as = &codec, .at = offsetof(Type, member), .size = sizeof(((Type *)0)->member), .inside = true, \
		IE_NEUTRAL(Struct, to_member), .has = IE_ALWAYS, __VA_ARGS__ \
	}
#define IE_HERE(Type, member, Struct, to_member, codec, ...) \
	{ \
		.as = &codec, .at = offsetof(Type, member), .size = sizeof(*((Type *)0)->member), \
		IE_NEUTRAL(Struct, to_member), .has = IE_ALWAYS, __VA_ARGS__ \
	}
#define IE_MAY(Type, member, Struct, to_member, has_member, codec, ...) \
	{ \
		.as = &codec, .at = offsetof(Type, member), .size = sizeof(*((Type *)0)->member), \
		IE_NEUTRAL(Struct, to_member), .has = offsetof(Struct, has_member), __VA_ARGS__ \
	}
/* The extension container to which member points: its rows are those of its own type, with the same neutral struct. */
#define IE_EXTENSIONS(Type, member, rows) \
	{ \
		.as = &ie_extensions, .of = (rows), .at = offsetof(Type, member), \
		.size = sizeof(*((Type *)0)->member), .has = IE_ALWAYS \
	}

/* No IE, but a condition: at least one of two bools of the neutral struct is set. */
struct ie_either {
	uint16_t one, other;
};
#define IE_EITHER(Struct, one, other) \
	{ \
		.as = &ie_either, .of = &(const struct ie_either){ offsetof(Struct, one), offsetof(Struct, other) }, \
		.inside = true, .has = IE_ALWAYS \
	}

/* A list: on the neutral side uint16_t count and a pointer. Items of IE containers are in a struct of element_size
 * whose first member points to them; 0: the list has the items themselves. */
struct ie_list {
	const struct ie_row *item;
	uint16_t element_size, size, width; /* of the container, the generated and the neutral item */
};

/* A list of IEs in a message's own container whose items stay encoded. seen: the rows of members that the neutral item
 * has as copies. */
struct ie_items {
	const struct ie_row *seen;
	const struct iuplus_asn1_type *type;
	uint16_t element_size, width; /* of the container, the neutral item */
	uint16_t octets;              /* in the neutral item */
};

/* A choice: alternative of each row is its number as in the generated enum. which: the neutral struct's uint8_t with
 * that number. */
struct ie_choice {
	const struct ie_row *alternatives;
	uint16_t which;
};

extern const struct ie_codec
	ie_number,                  /* INTEGER, ENUMERATED: any unsigned number; one that is too large is left out */
	ie_flag,                    /* ENUMERATED of two values: bool, true is 1 */
	ie_null,                    /* NULL: bool, whether it is present */
	ie_octets,                  /* OCTET STRING: struct iuplus_octets */
	ie_filled,                  /* the same; no octets: absent */
	ie_octet_array,             /* OCTET STRING of fixed size: uint8_t[] */
	ie_octet_number,            /* OCTET STRING of fixed size: a number of as many octets */
	ie_bits,                    /* BIT STRING: struct iuplus_ranap_bits */
	ie_bit_array,               /* BIT STRING of whole octets: uint8_t[] */
	ie_bit_number,              /* BIT STRING of .bits bits: a number */
	ie_seen_bits,               /* the same for a copy of a value in an encoded item: not put */
	ie_seen_number, ie_encoded, /* an IE of a message's own containers: struct iuplus_octets with its own encoding
				     * (type: of); len 0: absent */
	ie_encoded_part,            /* the same for a member anywhere */
	ie_either,                  /* of is a struct ie_either */
	ie_extensions,              /* an extension container; of is its rows */
	ie_record,                  /* SEQUENCE: a struct; of is its rows */
	ie_list,                    /* of is a struct ie_list */
	ie_items,                   /* of is a struct ie_items */
	ie_choice;                  /* of is a struct ie_choice */

/* Convert all rows of a table. take returns false if the neutral struct cannot represent a mandatory member's value. */
bool ie_take(struct ie_ctx *ctx, const struct ie_row *rows, const void *value, void *to);
void ie_put(struct ie_ctx *ctx, const struct ie_row *rows, const void *from, void *value);

/* Functions for codecs of values that stay encoded. Returns a value as its own encoding; false if it contains an
 * alternative of a later release, which cannot be encoded: it counts as absent, which its criticality permits. */
bool ie_encode(struct ie_ctx *ctx, const struct iuplus_asn1_type *type, const void *value, struct iuplus_octets *to);
/* The content of the IE's open type in the received message; empty if it is not known. */
struct iuplus_octets ie_received(struct ie_ctx *ctx, const struct ie_row *row);
/* Decodes the octets. Returns the value; NULL, with an error, if they are not a valid encoding. *same is set if
 * encoding the value results in the same octets, which a value with unknown parts does not. */
void *ie_decode(struct ie_ctx *ctx, const struct iuplus_asn1_type *type, struct iuplus_octets octets, bool *same);
/* The new value of the IE's pointer. checked: the octets are known to be an encoding of type. NULL after an error. */
void *ie_new_encoded(struct ie_ctx *ctx, const struct iuplus_asn1_type *type, struct iuplus_octets octets,
		     bool checked);

#endif
