/* SPDX-License-Identifier: BSD-2-Clause */
/* per_tables.h: the tables that resolve.pl writes in addition to the plain modules: IE sets, procedures, and notes on
 * types that a plain descriptor cannot express. Read once, by per_build.c. */
#ifndef PER_TABLES_H
#define PER_TABLES_H

#include <stddef.h>
#include <stdint.h>

struct asn_TYPE_descriptor_s;

/* One IE of an object set; the set's struct has its member at the same index. */
struct per_table_ie {
	uint16_t id;
	uint8_t criticality;        /* 0 reject, 1 ignore, 2 notify; for a pair that of the first value */
	uint8_t presence;           /* 0 optional, 1 conditional, 2 mandatory */
	uint8_t second_criticality; /* of a pair */
	uint8_t direct;             /* an octet string that is itself the contents of the open type */
	uint8_t own;                /* of the extension: unknown to a legacy codec */
};

enum per_set_kind { PER_SET_IES, PER_SET_EXTENSIONS, PER_SET_PAIR };

struct per_table_set {
	struct asn_TYPE_descriptor_s *descriptor;
	enum per_set_kind kind;
	int single;         /* one IE without a count */
	unsigned low, high; /* bounds of the count */
	unsigned count;
	const struct per_table_ie *ies;
};

/* A message of a procedure; the alternative of the value CHOICE has the same index. */
struct per_table_procedure {
	uint16_t key; /* procedure code, RNSAP's mode in the bits above 8 */
	uint8_t criticality;
};

struct per_table_pdu {
	struct asn_TYPE_descriptor_s *descriptor; /* InitiatingMessage and similar types */
	unsigned count;
	const struct per_table_procedure *procedures;
};

enum per_note_kind {
	PER_NOTE_CONTAINING,       /* name: the type inside the string */
	PER_NOTE_NAMES,            /* names of numbers or bits, by number */
	PER_NOTE_NAMED_BITS,       /* trailing zero bits are insignificant */
	PER_NOTE_DEFAULT,          /* number: the default value */
	PER_NOTE_VALUES,           /* ranges: the values of the root, if they are not one range */
	PER_NOTE_EXTENSION_VALUES, /* the same after the extension marker */
	PER_NOTE_SIZES,
	PER_NOTE_EXTENSION_SIZES
};

struct per_table_range {
	int64_t low, high;
};

struct per_table_name {
	int64_t number;
	const char *name;
};

struct per_table_note {
	struct asn_TYPE_descriptor_s *descriptor; /* the named type */
	const char *path;                         /* members below it, "a.b"; "*" is an item; "" the type itself */
	enum per_note_kind kind;
	int64_t number; /* the number, or the number of ranges or names */
	const struct per_table_range *ranges;
	const struct per_table_name *names;
	const char *name;
};

struct per_tables {
	unsigned set_count;
	const struct per_table_set *sets;
	unsigned pdu_count;
	const struct per_table_pdu *pdus;
	unsigned note_count;
	const struct per_table_note *notes;
};

extern const struct per_tables *const per_all_tables[];

#endif
