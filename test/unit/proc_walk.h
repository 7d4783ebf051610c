/* SPDX-License-Identifier: BSD-2-Clause */
/* proc_walk.h: one walk and one printer for the tables of every machine: each state behaves on each event or message
 * according to its row, and the documentation shows the rows. */
#ifndef IUPLUS_TEST_PROC_WALK_H
#define IUPLUS_TEST_PROC_WALK_H

#include "src/proc/act.h"

/* The rows of a machine for events, or for the messages of one protocol. */
struct walk_table {
	const char *kind; /* "event", "RRC message": for failure lines */
	unsigned rows;
	const char *(*name)(unsigned row);
	const struct proc_row *(*row)(unsigned state, unsigned row);
};

struct walk_machine {
	const char *name; /* "RNC" */
	unsigned states;
	const char *(*state)(unsigned state);
	bool (*has_timer)(unsigned state); /* a timer runs in it */
	const struct walk_table *tables;
	unsigned table_count;
};

/* The result of an event. */
struct walk_result {
	int rc;
	unsigned state; /* the state at its end */
	const struct iuplus_proc_actions *actions;
	bool aside;    /* another cause than the row may have changed the state: the rest is not judged */
	bool answered; /* a message without a row may be answered, beyond being reported */
	const struct proc_row *instead; /* the row that replaces the table's; NULL: none */
};

/* Every row that is handled has a text, every state with a timer a row for its expiry, and no other state has one. */
void walk_complete(const struct walk_machine *machine);
/* Verifies the result against the row; on a difference, prints a line to standard error and fails the test. detail may
 * be NULL. */
void walk_check(const struct walk_machine *machine, const struct walk_table *table, unsigned state, unsigned row,
		const char *detail, const struct walk_result *result);
/* The number of actions of this kind. */
unsigned walk_count(const struct iuplus_proc_actions *actions, enum iuplus_proc_act kind);

/* The text that a document must contain. */
struct walk_text {
	char text[65536];
	size_t len;
};
void walk_print(struct walk_text *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Prints one section per state, at most states. */
void walk_print_machine(struct walk_text *out, const struct walk_machine *machine, unsigned states);
/* The file (below the source tree's root) contains the text; with IUPLUS_PRINT_TABLES in the environment it is printed
 * instead. */
void walk_document(const char *file, const struct walk_text *text);

#endif
