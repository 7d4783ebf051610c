/* SPDX-License-Identifier: BSD-2-Clause */
/* judge.c: the judge of procedures over a capture, and what it says as text, JSON and JUnit. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <iuplus/judge.h>

#include "src/tool/pdu/pdu.h"

#define SECOND UINT64_C(1000000000)
#define RRC_SEEN 64u

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
	struct pdu_keylog *keylog; /* NULL: none */
	bool exported;             /* RRC messages are in the capture as the nodes exported them */
	uint64_t seen[RRC_SEEN];   /* RRC messages, to take each once */
	unsigned seen_at;
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

/* A number for a string, and for octets. */
static uint64_t number(uint64_t from, const void *octets, size_t len)
{
	const uint8_t *p = octets;
	size_t i;

	for (i = 0; i < len; i++)
		from = (from ^ p[i]) * UINT64_C(0x100000001b3);
	return from;
}

static bool channel_of(const char *type, enum iuplus_rrc_channel *channel)
{
	static const char *const names[] = {
		[IUPLUS_RRC_UL_CCCH] = "UL-CCCH-Message",
		[IUPLUS_RRC_DL_CCCH] = "DL-CCCH-Message",
		[IUPLUS_RRC_UL_DCCH] = "UL-DCCH-Message",
		[IUPLUS_RRC_DL_DCCH] = "DL-DCCH-Message",
	};
	unsigned i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(names[i], type) == 0) {
			*channel = (enum iuplus_rrc_channel)i;
			return true;
		}
	}
	return false;
}

/* A message may be exported and on the radio: which it was first, and once. */
static bool taken(struct judging *j, const struct pdu_item *item, uint64_t ends)
{
	uint64_t message = number(ends, item->octets.data, item->octets.len) << 1, radio = item->radio.where[0] != '\0';
	unsigned i;

	for (i = 0; i < RRC_SEEN; i++) {
		if (j->seen[i] == (message | !radio)) {
			j->seen[i] = 0;
			return true;
		}
	}
	j->seen[j->seen_at++ % RRC_SEEN] = message | radio;
	return false;
}

/* GSMTAP says of no message whose it is. */
static bool has_ends(const struct pdu_item *item)
{
	return item->from[0] && item->to[0] && !strstr(item->from, ":4729") && !strstr(item->to, ":4729");
}

static void rrc(struct judging *j, const struct pdu_item *item)
{
	struct iuplus_judge_rrc m = { .frame = item->frame, .time_ns = item->time_ns, .rb = -1, .pdu = item->octets };
	struct pdu_mac mac;
	const char *ue, *rnc;
	bool uplink;

	if (!has_ends(item) || !channel_of(item->type->name, &m.channel))
		return;
	uplink = m.channel == IUPLUS_RRC_UL_CCCH || m.channel == IUPLUS_RRC_UL_DCCH;
	ue = uplink ? item->from : item->to;
	rnc = uplink ? item->to : item->from;
	m.ue = number(1, ue, strlen(ue));
	m.rnc = number(2, rnc, strlen(rnc));
	j->exported = j->exported || !item->radio.where[0];
	if (taken(j, item, m.ue ^ m.rnc))
		return;
	if (strncmp(item->radio.where, "RB", 2) == 0)
		m.rb = item->radio.where[2] - '0';
	if (j->keylog) {
		m.integrity = pdu_keylog_mac(j->keylog, NULL, uplink, m.rb, item->octets.data, item->octets.len, &mac);
		m.has_count = m.integrity > 0;
		m.count = mac.count;
		m.key = m.has_count ? number(3, &mac.key, sizeof(mac.key)) : 0;
		if (m.has_count)
			m.rb = (int)mac.rb;
	}
	j->no_memory = iuplus_judge_rrc(j->judge, &m) == IUPLUS_ERR_MEMORY || j->no_memory;
}

/* A PDU of the radio that cannot be read, and of which nothing was exported. */
static void hidden(struct judging *j, const struct pdu_item *item)
{
	const char *ue = strstr(item->radio.where, "uplink") ? item->from : item->to;

	if (!j->exported && (item->radio.state == PDU_RADIO_CIPHERED || item->radio.state == PDU_RADIO_FAILED))
		iuplus_judge_rrc_hidden(j->judge, number(1, ue, strlen(ue)));
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
		else if (item.type && strcmp(item.type->protocol, "RRC") == 0)
			rrc(j, &item);
		else if (!item.type && item.radio.where[0])
			hidden(j, &item);
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
	char what[256];
	struct breach *b;
	int status = PDU_DATA;

	if (options->in == PDU_CAPTURE)
		reader = pdu_reader_open(in, options, &why);
	j.last = &j.first;
	j.judge = reader ? iuplus_judge_new(found, &j) : NULL;
	if (options->keylog) {
		j.keylog = pdu_keylog_open(options->keylog, what, sizeof(what));
		if (reader && j.keylog)
			pdu_reader_keys(reader, j.keylog);
	}
	if (options->keylog && !j.keylog)
		fprintf(stderr, "iuplus-pdu: %s: %s\n", options->keylog, what);
	else if (j.judge)
		status = with_reader(&j, reader);
	else
		fprintf(stderr, "iuplus-pdu: %s: %s\n", in->path ? in->path : "standard input",
			reader ? "no memory" : why);
	while ((b = j.first)) {
		j.first = b->next;
		free(b);
	}
	iuplus_judge_free(j.judge);
	pdu_keylog_free(j.keylog);
	if (reader)
		pdu_reader_close(reader);
	return status;
}
