/* SPDX-License-Identifier: BSD-2-Clause */
/* judge.c: the judge of procedures over a capture, and what it says as text, JSON and JUnit. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <iuplus/judge.h>

#include "src/tool/pdu/pdu.h"

#define SECOND UINT64_C(1000000000)

/* What a rule is said to have broken, until the end: JUnit groups it by rule. */
struct breach {
	struct breach *next;
	const struct iuplus_judge_rule *rule;
	unsigned frame;
	uint64_t time_ns, connection;
	char what[];
};

struct judging {
	const struct pdu_options *options;
	const char *path;
	FILE *to;
	struct iuplus_judge *judge;
	struct breach *first, **last;
	unsigned broken;
	bool no_memory;
};

static void found(void *user, const struct iuplus_judge_finding *f)
{
	struct judging *j = user;
	struct breach *b;

	if (f->verdict != IUPLUS_JUDGE_BROKEN)
		return;
	j->broken++;
	b = malloc(sizeof(*b) + strlen(f->what) + 1);
	if (!b) {
		j->no_memory = true;
		return;
	}
	b->next = NULL;
	b->rule = f->rule;
	b->frame = f->frame;
	b->time_ns = f->time_ns;
	b->connection = f->connection;
	strcpy(b->what, f->what);
	*j->last = b;
	j->last = &b->next;
}

static int by_frame(const void *a, const void *b)
{
	const struct breach *const *x = a, *const *y = b;

	if ((*x)->frame != (*y)->frame)
		return (*x)->frame < (*y)->frame ? -1 : 1;
	return strcmp((*x)->rule->id, (*y)->rule->id);
}

/* An answer that never came is found late: the breaches are put in the order of their frames. */
static void sort(struct judging *j)
{
	struct breach **all = j->broken ? calloc(j->broken, sizeof(struct breach *)) : NULL, *b;
	unsigned n = 0, i;

	if (!all)
		return;
	for (b = j->first; b; b = b->next)
		all[n++] = b;
	qsort(all, n, sizeof(all[0]), by_frame);
	for (i = 0, j->last = &j->first; i < n; i++) {
		*j->last = all[i];
		j->last = &all[i]->next;
	}
	*j->last = NULL;
	free(all);
}

static void counts(const struct judging *j, size_t rule, unsigned n[IUPLUS_JUDGE_VERDICTS])
{
	unsigned v;

	for (v = 0; v < IUPLUS_JUDGE_VERDICTS; v++)
		n[v] = iuplus_judge_count(j->judge, rule, (enum iuplus_judge_verdict)v);
}

static void sum(const struct judging *j, unsigned total[IUPLUS_JUDGE_VERDICTS])
{
	unsigned n[IUPLUS_JUDGE_VERDICTS], v;
	size_t i;

	memset(total, 0, IUPLUS_JUDGE_VERDICTS * sizeof(*total));
	for (i = 0; i < iuplus_judge_rule_count(); i++) {
		counts(j, i, n);
		for (v = 0; v < IUPLUS_JUDGE_VERDICTS; v++)
			total[v] += n[v];
	}
}

static void write_text(const struct judging *j)
{
	struct iuplus_judge_totals t = iuplus_judge_totals(j->judge);
	unsigned n[IUPLUS_JUDGE_VERDICTS];
	const struct breach *b;
	size_t i;

	for (b = j->first; b; b = b->next)
		fprintf(j->to, "frame %u: BROKEN %s %s (%s) by the %s: %s; right would be: %s\n", b->frame,
			b->rule->spec, b->rule->clause, b->rule->id, b->rule->node, b->what, b->rule->right);
	for (i = 0; j->options->verbose && i < iuplus_judge_rule_count(); i++) {
		const struct iuplus_judge_rule *r = iuplus_judge_rule(i);

		counts(j, i, n);
		if (n[0] || n[1] || n[2])
			fprintf(j->to, "%-18s %s %-9s kept %u, broken %u, unknown %u: %s\n", r->id, r->spec, r->clause,
				n[IUPLUS_JUDGE_KEPT], n[IUPLUS_JUDGE_BROKEN], n[IUPLUS_JUDGE_UNKNOWN], r->right);
	}
	sum(j, n);
	fprintf(j->to,
		"%u RANAP messages on %u connections (%u from the middle), %u RRC messages: "
		"%u kept, %u broken, %u unknown",
		t.ranap, t.connections, t.in_the_middle, t.rrc, n[IUPLUS_JUDGE_KEPT], n[IUPLUS_JUDGE_BROKEN],
		n[IUPLUS_JUDGE_UNKNOWN]);
	if (t.undecoded)
		fprintf(j->to, "; %u messages do not decode", t.undecoded);
	if (t.not_followed)
		fprintf(j->to, "; %u messages without a known direction", t.not_followed);
	fputc('\n', j->to);
}

static void member(FILE *to, const char *name, const char *value)
{
	fprintf(to, "\"%s\":", name);
	pdu_write_quoted(to, value, strlen(value));
}

static void rule_json(FILE *to, const struct iuplus_judge_rule *r)
{
	member(to, "rule", r->id);
	fputc(',', to);
	member(to, "spec", r->spec);
	fputc(',', to);
	member(to, "clause", r->clause);
	fputc(',', to);
	member(to, "node", r->node);
	fputc(',', to);
	member(to, "right", r->right);
}

static void write_json(const struct judging *j)
{
	struct iuplus_judge_totals t = iuplus_judge_totals(j->judge);
	unsigned n[IUPLUS_JUDGE_VERDICTS];
	const struct breach *b;
	const char *comma = "";
	size_t i;

	fputs("{\"broken\":[", j->to);
	for (b = j->first; b; b = b->next) {
		fprintf(j->to, "%s\n{\"frame\":%u,\"time\":\"%" PRIu64 ".%09" PRIu64 "\",\"connection\":%" PRIu64 ",",
			b == j->first ? "" : ",", b->frame, b->time_ns / SECOND, b->time_ns % SECOND, b->connection);
		rule_json(j->to, b->rule);
		fputc(',', j->to);
		member(j->to, "what", b->what);
		fputc('}', j->to);
	}
	fputs("],\n\"rules\":[", j->to);
	for (i = 0; i < iuplus_judge_rule_count(); i++) {
		counts(j, i, n);
		if (!n[0] && !n[1] && !n[2])
			continue;
		fprintf(j->to, "%s\n{", comma);
		rule_json(j->to, iuplus_judge_rule(i));
		fprintf(j->to, ",\"kept\":%u,\"broken\":%u,\"unknown\":%u}", n[IUPLUS_JUDGE_KEPT],
			n[IUPLUS_JUDGE_BROKEN], n[IUPLUS_JUDGE_UNKNOWN]);
		comma = ",";
	}
	sum(j, n);
	fprintf(j->to,
		"],\n\"kept\":%u,\"unknown\":%u,\"ranap\":%u,\"rrc\":%u,\"undecoded\":%u,\"not_followed\":%u,"
		"\"connections\":%u,\"in_the_middle\":%u}\n",
		n[IUPLUS_JUDGE_KEPT], n[IUPLUS_JUDGE_UNKNOWN], t.ranap, t.rrc, t.undecoded, t.not_followed,
		t.connections, t.in_the_middle);
}

static void xml(FILE *to, const char *s)
{
	for (; *s; s++) {
		switch (*s) {
		case '<':
			fputs("&lt;", to);
			break;
		case '>':
			fputs("&gt;", to);
			break;
		case '&':
			fputs("&amp;", to);
			break;
		case '"':
			fputs("&quot;", to);
			break;
		default:
			fputc((unsigned char)*s < ' ' ? ' ' : *s, to);
			break;
		}
	}
}

/* A test case per rule: failed where it was broken, skipped where nothing is known. */
static void write_junit(const struct judging *j)
{
	unsigned n[IUPLUS_JUDGE_VERDICTS], tests = 0, failures = 0, skipped = 0;
	const struct breach *b;
	size_t i;

	for (i = 0; i < iuplus_judge_rule_count(); i++) {
		counts(j, i, n);
		tests += n[0] || n[1] || n[2];
		failures += n[IUPLUS_JUDGE_BROKEN] > 0;
		skipped += n[IUPLUS_JUDGE_UNKNOWN] && !n[IUPLUS_JUDGE_KEPT] && !n[IUPLUS_JUDGE_BROKEN];
	}
	fprintf(j->to, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"");
	xml(j->to, j->path ? j->path : "standard input");
	fprintf(j->to, "\" tests=\"%u\" failures=\"%u\" skipped=\"%u\">\n", tests, failures, skipped);
	for (i = 0; i < iuplus_judge_rule_count(); i++) {
		const struct iuplus_judge_rule *r = iuplus_judge_rule(i);

		counts(j, i, n);
		if (!n[0] && !n[1] && !n[2])
			continue;
		fprintf(j->to, "<testcase classname=\"%s %s\" name=\"%s: ", r->spec, r->clause, r->id);
		xml(j->to, r->right);
		fputs("\">", j->to);
		for (b = j->first; b; b = b->next) {
			if (b->rule != r)
				continue;
			fprintf(j->to, "\n<failure message=\"frame %u: ", b->frame);
			xml(j->to, b->what);
			fputs("\"/>", j->to);
		}
		if (!n[IUPLUS_JUDGE_KEPT] && !n[IUPLUS_JUDGE_BROKEN])
			fputs("<skipped/>", j->to);
		fputs("</testcase>\n", j->to);
	}
	fputs("</testsuite>\n", j->to);
}

static void ranap(struct judging *j, const struct pdu_item *item)
{
	const struct iuplus_judge_ranap m = {
		.frame = item->frame,
		.time_ns = item->time_ns,
		.from = item->iu.from,
		.to = item->iu.to,
		.connection = item->iu.connection,
		.first = item->iu.first,
		.pdu = item->octets
	};

	if (!item->iu.again && item->iu.from)
		j->no_memory = iuplus_judge_ranap(j->judge, &m) == IUPLUS_ERR_MEMORY || j->no_memory;
}

/* Returns 0, or -1 with *why when the capture cannot be read to its end. */
static int read_all(struct judging *j, struct pdu_reader *reader, const char **why)
{
	struct iuplus_arena arena;
	struct pdu_item item;
	int rc;

	iuplus_arena_init(&arena, PDU_ARENA);
	do {
		iuplus_arena_reset(&arena, true);
		rc = pdu_reader_next(reader, &arena, &item, why);
		if (rc != 1)
			continue;
		if (item.iu.released)
			iuplus_judge_released(j->judge, item.iu.connection, item.time_ns);
		else if (item.type && strcmp(item.type->name, "RANAP-PDU") == 0)
			ranap(j, &item);
		if (j->no_memory) {
			*why = "no memory";
			rc = -1;
		}
	} while (rc > 0);
	iuplus_arena_free(&arena);
	return rc;
}

static int say(struct judging *j)
{
	bool bad;

	sort(j);
	j->to = j->options->write ? fopen(j->options->write, "wb") : stdout;
	if (!j->to) {
		fprintf(stderr, "iuplus-pdu: %s: %s\n", j->options->write, strerror(errno));
		return PDU_DATA;
	}
	if (j->options->json)
		write_json(j);
	else if (j->options->junit)
		write_junit(j);
	else
		write_text(j);
	bad = fflush(j->to) != 0 || ferror(j->to);
	if (j->to != stdout)
		bad = fclose(j->to) != 0 || bad;
	if (!bad)
		return j->broken ? PDU_FAILED : PDU_GOOD;
	fprintf(stderr, "iuplus-pdu: not everything could be written\n");
	return PDU_DATA;
}

/* The capture is open. */
static int with_reader(struct judging *j, struct pdu_reader *reader)
{
	struct iuplus_judge_totals t;
	const char *why;

	pdu_reader_releases(reader);
	if (read_all(j, reader, &why)) {
		fprintf(stderr, "iuplus-pdu: %s: %s\n", j->path ? j->path : "standard input", why);
		return PDU_DATA;
	}
	iuplus_judge_end(j->judge);
	t = iuplus_judge_totals(j->judge);
	if (t.ranap + t.rrc == 0) {
		fputs("iuplus-pdu: no RANAP or RRC message in this capture\n", stderr);
		return PDU_DATA;
	}
	return say(j);
}

int pdu_judge(const struct pdu_options *options, struct pdu_input *in)
{
	struct judging j = { .options = options, .path = in->path };
	struct pdu_reader *reader = NULL;
	const char *why = "it is no capture";
	struct breach *b;
	int status = PDU_DATA;

	if (options->in == PDU_CAPTURE)
		reader = pdu_reader_open(in, options, &why);
	j.last = &j.first;
	j.judge = reader ? iuplus_judge_new(found, &j) : NULL;
	if (j.judge)
		status = with_reader(&j, reader);
	else
		fprintf(stderr, "iuplus-pdu: %s: %s\n", in->path ? in->path : "standard input",
			reader ? "no memory" : why);
	while ((b = j.first)) {
		j.first = b->next;
		free(b);
	}
	iuplus_judge_free(j.judge);
	if (reader)
		pdu_reader_close(reader);
	return status;
}
