/* SPDX-License-Identifier: BSD-2-Clause */
#include "test/unit/proc_walk.h"

#include <CUnit/CUnit.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void fail(const struct walk_machine *machine, const struct walk_table *table, unsigned state, unsigned row,
		 const char *why)
{
	fprintf(stderr, "%s state %s, %s %s: %s\n", machine->name, machine->state(state), table->kind, table->name(row),
		why);
	CU_FAIL("see above");
}

void walk_complete(const struct walk_machine *machine)
{
	unsigned state, t, i;

	for (state = 0; state < machine->states; state++)
		for (t = 0; t < machine->table_count; t++) {
			const struct walk_table *table = &machine->tables[t];

			for (i = 0; i < table->rows; i++) {
				const struct proc_row *row = table->row(state, i);

				if (row->answer == PROC_HANDLE && !row->what)
					fail(machine, table, state, i, "the row has no text");
				if (row->answer == PROC_BY_TIMER && !row->what && machine->has_timer(state))
					fail(machine, table, state, i, "a timer runs, and there is no row");
				if (row->answer == PROC_BY_TIMER && row->what && !machine->has_timer(state))
					fail(machine, table, state, i, "there is a row, and no timer runs");
			}
		}
}

unsigned walk_count(const struct iuplus_proc_actions *actions, enum iuplus_proc_act kind)
{
	unsigned i, n = 0;

	for (i = 0; i < actions->count; i++)
		n += actions->list[i].kind == kind;
	return n;
}

/* NULL: according to the row; else the error. */
static const char *judge(const struct proc_row *row, unsigned state, const struct walk_result *r)
{
	unsigned ends = row->ends ? row->ends : 1u << state;
	unsigned failures;

	if (r->state != state && !walk_count(r->actions, IUPLUS_ACT_STATE))
		return "the state changed without an action STATE";
	switch (row->answer) {
	case PROC_REFUSE:
		if (r->rc != IUPLUS_ERR_STATE)
			return "the order is not refused";
		return r->actions->count || r->state != state ? "a refused order has actions" : NULL;
	case PROC_IGNORE:
		if (r->rc)
			return "an ignored event returns an error";
		return r->aside || (!r->actions->count && r->state == state) ? NULL : "it is not ignored";
	case PROC_DROP:
	case PROC_DEFAULT:
		failures = walk_count(r->actions, IUPLUS_ACT_FAILURE);
		if (r->rc || !failures || (failures > 1 && !r->answered))
			return "it is not reported, once";
		if (r->aside)
			return NULL;
		if (r->state != state)
			return "the state changed";
		return r->answered || r->actions->count == 1 ? NULL : "there are more actions than the report";
	default:
		if (r->rc != IUPLUS_OK && r->rc != IUPLUS_ERR_STATE && r->rc != IUPLUS_ERR_ARGUMENT)
			return "it returns an error";
		return r->aside || (ends & 1u << r->state) ? NULL : "it ends in a state that is not in the row";
	}
}

void walk_check(const struct walk_machine *machine, const struct walk_table *table, unsigned state, unsigned row,
		const char *detail, const struct walk_result *result)
{
	const struct proc_row *what = result->instead ? result->instead : table->row(state, row);
	const char *why = judge(what, state, result);

	if (!why)
		return;
	fprintf(stderr, "%s state %s, %s %s%s%s: %s (code %d, %u actions, then %s; the row: %s)\n", machine->name,
		machine->state(state), table->kind, table->name(row), detail ? " " : "", detail ? detail : "", why,
		result->rc, result->actions->count, machine->state(result->state), what->what ? what->what : "default");
	CU_FAIL("see above");
}

/* ---- documents ---- */

void walk_print(struct walk_text *out, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(out->text + out->len, sizeof(out->text) - out->len, format, ap);
	va_end(ap);
	CU_ASSERT(n >= 0 && out->len + (size_t)n < sizeof(out->text));
	if (n > 0)
		out->len += (size_t)n;
}

static void print_ends(struct walk_text *out, const struct walk_machine *machine, unsigned ends, unsigned state)
{
	const char *comma = "";
	unsigned i;

	if (!ends)
		ends = 1u << state;
	for (i = 0; i < machine->states; i++)
		if (ends & 1u << i) {
			walk_print(out, "%s%s", comma, machine->state(i));
			comma = ", ";
		}
}

/* The names of the rows with one answer, in one line. */
static void print_names(struct walk_text *out, const struct walk_machine *machine, unsigned state,
			enum proc_answer answer, const char *title)
{
	const char *comma = title, *end = "";
	unsigned t, i;

	for (t = 0; t < machine->table_count; t++)
		for (i = 0; i < machine->tables[t].rows; i++) {
			const struct proc_row *row = machine->tables[t].row(state, i);
			bool too_late = row->answer == PROC_BY_TIMER && !row->what;

			if (row->answer != answer && !(answer == PROC_IGNORE && too_late))
				continue;
			walk_print(out, "%s%s", comma, machine->tables[t].name(i));
			comma = ", ";
			end = ".\n";
		}
	walk_print(out, "%s", end);
}

void walk_print_machine(struct walk_text *out, const struct walk_machine *machine, unsigned states)
{
	unsigned state, t, i;

	for (state = 0; state < states; state++) {
		walk_print(out, "\n### %s: %s\n\n| event | action | then |\n| --- | --- | --- |\n", machine->name,
			   machine->state(state));
		for (t = 0; t < machine->table_count; t++)
			for (i = 0; i < machine->tables[t].rows; i++) {
				const struct proc_row *row = machine->tables[t].row(state, i);

				if ((row->answer != PROC_HANDLE && row->answer != PROC_BY_TIMER) || !row->what)
					continue;
				walk_print(out, "| %s | %s | ", machine->tables[t].name(i), row->what);
				print_ends(out, machine, row->ends, state);
				walk_print(out, " |\n");
			}
		walk_print(out, "\n");
		print_names(out, machine, state, PROC_IGNORE, "Ignored: ");
		print_names(out, machine, state, PROC_DROP, "Reported: ");
		print_names(out, machine, state, PROC_REFUSE, "Refused: ");
	}
}

void walk_document(const char *file, const struct walk_text *text)
{
	const char *srcdir = getenv("srcdir");
	static char contents[262144];
	char path[512];
	size_t n;
	FILE *f;

	if (getenv("IUPLUS_PRINT_TABLES")) {
		fputs(text->text, stdout);
		return;
	}
	snprintf(path, sizeof(path), "%s/%s", srcdir ? srcdir : ".", file);
	f = fopen(path, "r");
	if (!f) {
		fprintf(stderr, "%s cannot be read\n", path);
		CU_FAIL("see above");
		return;
	}
	n = fread(contents, 1, sizeof(contents) - 1, f);
	fclose(f);
	contents[n] = 0;
	if (strstr(contents, text->text))
		return;
	fprintf(stderr, "%s does not match the code: run this test with IUPLUS_PRINT_TABLES=1\n", path);
	CU_FAIL("see above");
}
