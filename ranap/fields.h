/* SPDX-License-Identifier: BSD-2-Clause */
/* fields.h: inside ranap/: messages and their parts as tables. Most IEs are one value of a simple kind, so a message is
 * the list of its members: where each stands in the generated struct, where in the neutral one, and how it gets from
 * one to the other (its codec). */
#ifndef IUPLUS_RANAP_FIELDS_H
#define IUPLUS_RANAP_FIELDS_H

#include "ranap/shared.h"

struct ranap_field;

/* value and neutral (to, from) point at the member itself in both forms; neutral memory is zero before take, and value
 * is before put. */
struct ranap_codec {
	/* Whether there is a value that the neutral struct can tell: not so for an alternative of a later release. */
	bool (*take)(struct ranap_ctx *ctx, const struct ranap_field *f, const void *value, void *to);
	void (*put)(struct ranap_ctx *ctx, const struct ranap_field *f, const void *from, void *value);
	/* Whether there is anything to put (an empty list is an absent IE). NULL: always. */
	bool (*some)(const struct ranap_field *f, const void *from);
};

#define RANAP_ALWAYS UINT16_MAX		/* ranap_field.has of a mandatory member */

struct ranap_field {
	const struct ranap_codec *as;	/* NULL ends a list of fields */
	const void *of;			/* what the codec wants to know: the parts of a record, a type, ... */
	uint16_t at, size;		/* in the generated struct; the size of the value itself */
	bool inside;			/* the value is in the struct; else a pointer to it is */
	bool ours;			/* an IE of the extension: refused to a legacy node */
	uint16_t extension, extension_size; /* where the pointer to the extension struct is that at counts from */
	uint16_t to, width;		/* in the neutral struct */
	uint16_t has;			/* the bool that says whether it is there, or RANAP_ALWAYS */
	uint8_t bits;			/* of a bit string that is a number */
	uint8_t alternative;		/* in a list of alternatives: its number in the choice, from 1 */
};

#define RANAP_END { .as = NULL }

/* One entry: member of RANAP_<Type>, to_member of struct iuplus_ranap_<neutral>. RANAP_PART stands in the struct
 * itself, RANAP_HERE is behind a pointer: it is mandatory, or its value says whether it is there; RANAP_MAY is one that
 * has_member is about. What follows the codec's name (ranap_as_<codec>) sets further members of the entry. */
#define RANAP_NEUTRAL(neutral, member)									\
	.to = offsetof(struct iuplus_ranap_##neutral, member),						\
	.width = sizeof(((struct iuplus_ranap_##neutral *)0)->member)
#define RANAP_PART(Type, member, neutral, to_member, codec, ...)					\
	{ .as = &ranap_as_##codec, .at = offsetof(RANAP_##Type##_t, member),				\
	  .size = sizeof(((RANAP_##Type##_t *)0)->member), .inside = true,				\
	  RANAP_NEUTRAL(neutral, to_member), .has = RANAP_ALWAYS, __VA_ARGS__ }
#define RANAP_HERE(Type, member, neutral, to_member, codec, ...)					\
	{ .as = &ranap_as_##codec, .at = offsetof(RANAP_##Type##_t, member),				\
	  .size = sizeof(*((RANAP_##Type##_t *)0)->member),						\
	  RANAP_NEUTRAL(neutral, to_member), .has = RANAP_ALWAYS, __VA_ARGS__ }
#define RANAP_MAY(Type, member, neutral, to_member, has_member, codec, ...)				\
	{ .as = &ranap_as_##codec, .at = offsetof(RANAP_##Type##_t, member),				\
	  .size = sizeof(*((RANAP_##Type##_t *)0)->member),						\
	  RANAP_NEUTRAL(neutral, to_member),								\
	  .has = offsetof(struct iuplus_ranap_##neutral, has_member), __VA_ARGS__ }
/* The same for a member of the extension container: Ext is its type, pointer the member that points at it. */
#define RANAP_EXT_OF(Type, pointer, Ext, member, neutral, to_member, has_offset, codec, ...)		\
	{ .as = &ranap_as_##codec, .at = offsetof(RANAP_##Ext##_t, member),				\
	  .size = sizeof(*((RANAP_##Ext##_t *)0)->member),						\
	  .extension = offsetof(RANAP_##Type##_t, pointer), .extension_size = sizeof(RANAP_##Ext##_t),	\
	  RANAP_NEUTRAL(neutral, to_member), .has = has_offset, __VA_ARGS__ }
/* In a message, where both follow from its name. */
#define RANAP_EXT(Type, member, neutral, to_member, has_member, codec, ...)				\
	RANAP_EXT_OF(Type, protocolExtensions, Type##Extensions, member, neutral, to_member,		\
		     offsetof(struct iuplus_ranap_##neutral, has_member), codec, __VA_ARGS__)
/* An extension whose value says whether it is there: a list, a part of another IE. */
#define RANAP_EXT_HERE(Type, member, neutral, to_member, codec, ...)					\
	RANAP_EXT_OF(Type, protocolExtensions, Type##Extensions, member, neutral, to_member, RANAP_ALWAYS, codec, \
		     __VA_ARGS__)

/* A SEQUENCE whose parts belong to the same neutral struct as the SEQUENCE itself. */
#define RANAP_SAME_PART(Type, member, fields, ...)							\
	{ .as = &ranap_as_record, .of = (fields), .at = offsetof(RANAP_##Type##_t, member),		\
	  .size = sizeof(((RANAP_##Type##_t *)0)->member), .inside = true, .has = RANAP_ALWAYS, __VA_ARGS__ }
#define RANAP_SAME_HERE(Type, member, fields, ...)							\
	{ .as = &ranap_as_record, .of = (fields), .at = offsetof(RANAP_##Type##_t, member),		\
	  .size = sizeof(*((RANAP_##Type##_t *)0)->member), .has = RANAP_ALWAYS, __VA_ARGS__ }

/* A list, which is uint16_t count and a pointer on the neutral side. Items of IE containers stand in a struct of
 * element_size whose first member points at them; 0: they are in the list themselves. */
struct ranap_list {
	const struct ranap_field *item;
	uint16_t element_size, size, width; /* of the container, the generated and the neutral item */
};
#define RANAP_LIST_OF(fields, Element, Item, neutral)							\
	{ (fields), sizeof(RANAP_##Element##_t), sizeof(RANAP_##Item##_t), sizeof(neutral) }
#define RANAP_PLAIN_LIST(fields, Item, neutral)								\
	{ (fields), 0, sizeof(RANAP_##Item##_t), sizeof(neutral) }

/* A choice: alternative of each field is its number as in the generated enum. which: the neutral
 * struct's uint8_t with that number. */
struct ranap_choice {
	const struct ranap_field *alternatives;
	uint16_t which;
};
#define RANAP_CHOICE(fields, neutral) { (fields), offsetof(struct iuplus_ranap_##neutral, which) }

extern const struct ranap_codec
	ranap_as_number,	/* INTEGER, ENUMERATED: any unsigned number; one that has no room is not taken */
	ranap_as_flag,		/* ENUMERATED of two values: bool, true is 1 */
	ranap_as_null,		/* NULL: bool, whether it is there */
	ranap_as_octets,	/* OCTET STRING: struct iuplus_octets */
	ranap_as_filled,	/* the same; no octets: absent */
	ranap_as_octet_array,	/* OCTET STRING of fixed size: uint8_t[] */
	ranap_as_octet_number,	/* OCTET STRING of fixed size: a number of as many octets */
	ranap_as_bits,		/* BIT STRING: struct iuplus_ranap_bits */
	ranap_as_bit_array,	/* BIT STRING of whole octets: uint8_t[] */
	ranap_as_bit_number,	/* BIT STRING of .bits bits: a number */
	ranap_as_seen_bits,	/* the same for a copy of what an encoded item says: not put */
	ranap_as_seen_number,
	ranap_as_encoded,	/* anything: struct iuplus_octets with its own encoding (type: of); len 0: absent */
	ranap_as_record,	/* SEQUENCE: a struct; of is its list of fields */
	ranap_as_list,		/* of is a struct ranap_list */
	ranap_as_choice;	/* of is a struct ranap_choice */

/* All fields of a list. take returns false when a member that is always there has a value that the neutral struct
 * cannot tell. */
bool ranap_take_fields(struct ranap_ctx *ctx, const struct ranap_field *fields, const void *value, void *to);
void ranap_put_fields(struct ranap_ctx *ctx, const struct ranap_field *fields, const void *from, void *value);

#endif
