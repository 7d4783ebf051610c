/* SPDX-License-Identifier: BSD-2-Clause */
/* per_types.h: types shared by the parts of the engine: its own constant tables of the modules' types, which
 * per_build.c builds once, and the state of a decoding or an encoding. */
#ifndef PER_TYPES_H
#define PER_TYPES_H

#include <iuplus/asn1.h>

#include "asn1/per/per_tables.h"

#define likely(x) __builtin_expect(!!(x), 1)
#define unlikely(x) __builtin_expect(!!(x), 0)

enum per_kind {
	PER_NULL,
	PER_BOOLEAN,
	PER_INTEGER,
	PER_BIG_INTEGER,
	PER_ENUMERATED,
	PER_BITS,
	PER_OCTETS,
	PER_OID,
	PER_CHARACTERS,
	PER_SEQUENCE,
	PER_CHOICE,
	PER_LIST,
	PER_SET,      /* the IEs of an object set */
	PER_PROCEDURE /* InitiatingMessage and similar types */
};

/* Encoding of a constrained number in aligned PER (X.691 11.5.7): a bit field, one or two aligned octets, or octets
 * preceded by their number. */
enum per_form { PER_FIELD, PER_ONE_OCTET, PER_TWO_OCTETS, PER_COUNTED };

/* Operations done inline for the common values of a type (per_read(), per_write()); other values are passed to the
 * kind's function. */
enum per_op {
	PER_OP_CALL = 0,
	PER_OP_FIELD = 1,  /* a number of field bits */
	PER_OP_OCTETS = 2, /* OCTET STRING of fixed size */
	PER_OP_BITS = 3,   /* BIT STRING of fixed size */
	PER_OP_ALIGN = 4,  /* flag for these: on an octet boundary in aligned PER */
	PER_OP_SHORT = 4   /* OCTET STRING without bounds, aligned, below 128 octets */
};

/* The root range of a number or size. */
struct per_bounds {
	int64_t low, high;  /* high is valid only if constrained */
	uint64_t span;      /* high - low */
	uint8_t bits;       /* of the unaligned field */
	uint8_t form;       /* enum per_form */
	uint8_t count_bits; /* PER_COUNTED: of the number of octets minus one */
	uint8_t extensible;
	uint8_t constrained; /* low and high are known */
	uint8_t semi;        /* only low is known */
};

struct asn_INTEGER_specifics_s;

struct per_ranges {
	unsigned count;
	const struct per_table_range *ranges;
};

struct per_type;
struct per_in;
struct per_out;

struct per_member {
	const struct per_type *type;
	const char *name;
	int64_t default_value;
	uint32_t offset;
	uint8_t pointer;
	uint8_t optional;
	uint8_t has_default;
	uint8_t own;            /* the extension's level of an RRC chain */
	uint8_t unknown_branch; /* an empty criticalExtensions */
};

/* One IE of a set; the member with the same index has its value, and the pointers are consecutive. */
struct per_ie {
	uint32_t head; /* id and criticality as encoded before the value; PER_NO_HEAD: the value's type
			* alone does not suffice */
	uint16_t id;
	uint8_t criticality, presence, second_criticality, direct, own;
	const struct per_type *type;
};

#define PER_NO_HEAD UINT32_MAX
struct per_set {
	enum per_set_kind kind;
	bool single;
	bool plain;         /* no pairs; the number of IEs takes two octets, or is not encoded */
	unsigned count;     /* of IEs; the member after them is the list of unknown ones */
	unsigned mandatory; /* number of mandatory ones */
	const struct per_ie *ies;
	const char *name;
};

#define PER_KEYS 1024
struct per_procedures {
	unsigned count;
	uint8_t by_key[PER_KEYS]; /* index in list; count if there is none */
	const struct per_table_procedure *list;
	unsigned key_member, criticality_member, value_member;
	bool simple;   /* members are a code of 8 bits, criticality, value */
	int key_parts; /* 1: the member is the code; 2: it has code and mode */
	uint32_t code_offset, mode_offset;
};

/* A type's program (per_steps.c): the steps to read or write a value. A SEQUENCE that is always present is part of the
 * program of its parent. Offsets are from the struct that the program works on. */
enum per_step_code {
	STEP_END,          /* continue where the program was entered */
	STEP_PLAIN,        /* the kind's function reads the value in place of the program */
	STEP_PREAMBLE,     /* of a SEQUENCE: presence bits */
	STEP_PREAMBLE_EXT, /* the same after the extension bit */
	STEP_INNER,        /* these two for an embedded SEQUENCE */
	STEP_INNER_EXT,
	STEP_OPTIONAL, /* a presence bit; the member is a pointer, and then is the step of its target */
	STEP_DEFAULT,  /* before STEP_OPTIONAL: if absent, the value is low */
	STEP_OWN,      /* before STEP_OPTIONAL: a legacy codec does not know the member */
	STEP_POINTER,  /* a pointer member, always present; then is the step of its target */
	STEP_MARK,     /* an empty criticalExtensions was selected */
	STEP_SELECT,   /* of a CHOICE: the alternative; the two steps of each follow this one */
	STEP_ONLY,     /* the same if there is only one */
	STEP_COUNT,    /* of a list: the count, followed by STEP_NEXT and the step of an item */
	STEP_FIXED,    /* the same if the count is fixed */
	STEP_NEXT,
	/* steps of a member, in place or at the target of its pointer */
	STEP_NOTHING,       /* it takes no bits */
	STEP_FIELD,         /* a number of bits bits */
	STEP_FIELD_ALIGNED, /* the same on an octet boundary */
	STEP_FLAG,          /* BOOLEAN */
	STEP_BITS,          /* BIT STRING of bits bits */
	STEP_BITS_ALIGNED,
	STEP_OCTETS, /* OCTET STRING of bits octets */
	STEP_OCTETS_ALIGNED,
	STEP_SHORT_OCTETS, /* OCTET STRING of up to 127 octets, preceded by an octet with its length */
	STEP_SIZED_OCTETS, /* OCTET STRING preceded by its size, which is a number of bits bits */
	STEP_ENTER,        /* the type's own program */
	STEP_ENTER_LAST,   /* the same as the last step of the program */
	STEP_CALL,         /* the kind's function */
	STEP_CODE_COUNT
};

/* The labels of both directions, by code: of a member in place, and of one at the target of a pointer. */
#define STEP_LABELS \
	[STEP_END] = &&end, [STEP_PLAIN] = &&plain, [STEP_PREAMBLE] = &&preamble, \
	[STEP_PREAMBLE_EXT] = &&preamble_ext, [STEP_OPTIONAL] = &&optional, [STEP_DEFAULT] = &&default_value, \
	[STEP_OWN] = &&own, [STEP_POINTER] = &&pointer, [STEP_SELECT] = &&select, [STEP_ONLY] = &&only, \
	[STEP_COUNT] = &&count, [STEP_FIXED] = &&fixed, [STEP_NEXT] = &&next, [STEP_NOTHING] = &&nothing, \
	[STEP_FIELD] = &&field, [STEP_FIELD_ALIGNED] = &&field_aligned, [STEP_FLAG] = &&flag, [STEP_BITS] = &&bits, \
	[STEP_BITS_ALIGNED] = &&bits_aligned, [STEP_OCTETS] = &&octets, [STEP_OCTETS_ALIGNED] = &&octets_aligned, \
	[STEP_SHORT_OCTETS] = &&short_octets, [STEP_SIZED_OCTETS] = &&sized_octets, [STEP_ENTER] = &&enter, \
	[STEP_ENTER_LAST] = &&enter_last, [STEP_CALL] = &&call, [STEP_CODE_COUNT] = &&out
#define STEP_LABELS_BEHIND \
	[STEP_NOTHING] = &&nothing, [STEP_FIELD] = &&field_at, [STEP_FIELD_ALIGNED] = &&field_aligned_at, \
	[STEP_FLAG] = &&flag_at, [STEP_BITS] = &&bits_at, [STEP_BITS_ALIGNED] = &&bits_aligned_at, \
	[STEP_OCTETS] = &&octets_at, [STEP_OCTETS_ALIGNED] = &&octets_aligned_at, \
	[STEP_SHORT_OCTETS] = &&short_octets_at, [STEP_SIZED_OCTETS] = &&sized_octets_at, [STEP_ENTER] = &&enter_at, \
	[STEP_ENTER_LAST] = &&enter_last_at, [STEP_CALL] = &&call_at

struct per_step {
	uint8_t code[2]; /* enum per_step_code [unaligned, aligned] */
	uint8_t then[2];
	uint8_t bits[2];
	uint16_t skip; /* STEP_PREAMBLE etc.: number of steps to the end of the SEQUENCE */
	uint32_t offset;
	uint32_t room; /* memory of a pointer's target, or of an item */
	int32_t low;   /* of a number: minimum, and maximum above it */
	uint32_t span;
	const struct per_type *type;
};

/* Maximum nesting of programs; a deeper one is called as a function. */
#define PER_DEPTH 24u
#define PER_UNWRITTEN 255u

struct per_type {
	uint8_t kind;       /* enum per_kind */
	uint8_t extensible; /* SEQUENCE, CHOICE, ENUMERATED: has an extension marker */
	uint8_t plain_enum; /* ENUMERATED: the index is the value */
	uint8_t named_bits; /* BIT STRING: trailing zero bits are insignificant */
	uint16_t count;     /* members, enumeration values */
	uint16_t root;      /* of these, in the root */
	uint16_t optional;  /* SEQUENCE: presence bits of the root */
	uint16_t is_unsigned;
	uint8_t op[2];            /* enum per_op [unaligned, aligned] */
	uint8_t field[2];         /* width of a number that is one bit field, including the extension bit;
				   * otherwise 0 */
	uint8_t depth;            /* of the programs that its program enters; PER_UNWRITTEN */
	uint8_t fixed;            /* string of fixed size, handled by op */
	uint8_t recursive;        /* may contain itself */
	uint8_t later_members;    /* SEQUENCE: has members after the extension marker */
	uint32_t size;            /* of the C struct */
	uint32_t room;            /* size rounded for the arena */
	uint32_t present_offset;  /* CHOICE */
	uint32_t least_bits;      /* minimum length of a value */
	struct per_bounds bounds; /* of the value, index, or size */
	int (*decode)(struct per_in *in, const struct per_type *t,
		      void *value); /* the kind's functions, or
				     * functions that check the stack first */
	int (*encode)(struct per_out *o, const struct per_type *t, const void *value);
	const struct per_step *program; /* of a SEQUENCE, CHOICE or list; NULL: only decode and encode */
	const uint32_t *pointers;       /* SEQUENCE: offsets of the members that have presence bits */
	uint16_t steps;                 /* of program */
	uint8_t presence_bits;          /* maximum that its program keeps */
	uint8_t defaults;               /* SEQUENCE: some OPTIONAL member has a DEFAULT value */
	const struct per_member *members;
	const long *values;            /* ENUMERATED, if not plain: values by index */
	const struct per_ranges *gaps; /* allowed root values or sizes, if not one range; [1] after the marker */
	const struct per_set *set;
	const struct per_procedures *procedures;
	const char *name;
	const struct per_table_name *names; /* of an INTEGER's numbers or a BIT STRING's bits, by number */
	unsigned name_count;
	const struct asn_INTEGER_specifics_s *enumeration; /* ENUMERATED: the names */
};

/* A list as asn1c declares it (A_SEQUENCE_OF). */
struct per_list {
	void **array;
	int count;
	int size;
	void (*free)(void *);
};

/* The struct RANAP_UnknownIE, the same in every protocol. */
struct per_unknown {
	long place, id, criticality;
	uint8_t *octets;
	int length;
};

/* Octets of stack that one call may use; a level of nesting uses some hundred. */
#define PER_MAX_STACK ((uintptr_t)192 * 1024)
#define PER_FRAME ((uintptr_t)__builtin_frame_address(0))
#define PER_FRAGMENT 16384u

/* The path to an IE, innermost first. */
struct per_frame {
	const struct per_frame *up;
	const struct per_set *set;
	uint16_t id, repetition;
	uint8_t criticality;
};

/* Details of an error, collected while the calls return. */
struct per_failure {
	const char *what;
	size_t at;
	char path[256];
	size_t path_from; /* path is filled from its end; 0: it has no room, as in the fast path */
};

#endif
