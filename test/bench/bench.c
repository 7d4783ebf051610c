/* SPDX-License-Identifier: BSD-2-Clause */
/* bench.c: measures codecs with the same PDUs in one run. Every figure is the best of many short rounds; in a round the
 * codecs alternate, PDU by PDU, so that a busy machine disturbs all of them equally. With -c nothing is timed: each
 * operation becomes one dump of callgrind, whose name instructions.sh reads. */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#if defined(__has_include)
#if __has_include(<valgrind/callgrind.h>)
#include <valgrind/callgrind.h>
#endif
#endif

#include "test/bench/bench.h"

#define MAX_CODECS 4
#define COUNTED 10u /* calls in one dump of callgrind */
#define OPERATIONS 2u

static const char *const operation_names[OPERATIONS] = { "decode", "encode" };

struct run {
	const struct bench_codec *codecs[MAX_CODECS];
	unsigned codec_count;
	unsigned ours; /* number of these that belong to the library */
	const struct bench_pdu *pdus;
	unsigned count;
	void **prepared; /* [pdu][codec] */
	double *best;    /* ns, [pdu][codec][operation] */
};

static int nibble(char c)
{
	const char *digits = "0123456789abcdef", *p = c ? strchr(digits, c | 32) : NULL;

	return p ? (int)(p - digits) : -1;
}

int bench_add(struct bench_pdu **pdus, unsigned *count, const char *name, const char *type, const char *hex)
{
	struct bench_pdu *p = realloc(*pdus, (*count + 1) * sizeof(*p));
	size_t i, length = strlen(hex) / 2;

	if (!p)
		return -1;
	*pdus = p;
	p += *count;
	p->name = strdup(name);
	p->type = strdup(type);
	p->octets = malloc(length + 1);
	p->length = length;
	if (!p->name || !p->type || !p->octets)
		return -1;
	for (i = 0; i < length; i++) {
		int high = nibble(hex[2 * i]), low = nibble(hex[2 * i + 1]);

		if (high < 0 || low < 0)
			return -1;
		p->octets[i] = (uint8_t)(high << 4 | low);
	}
	++*count;
	return 0;
}

static int work(const struct bench_codec *c, unsigned operation, void *pdu)
{
	return operation == 0 ? c->decode(pdu) : c->encode(pdu);
}

static void **prepared(const struct run *r, unsigned pdu, unsigned codec)
{
	return &r->prepared[pdu * MAX_CODECS + codec];
}

static double *best(const struct run *r, unsigned pdu, unsigned codec, unsigned operation)
{
	return &r->best[(pdu * MAX_CODECS + codec) * OPERATIONS + operation];
}

/* Decodes and encodes every PDU once with every codec. A PDU that a peer cannot process is left out of the means; the
 * library must process all. */
static int prepare(struct run *r)
{
	unsigned i, k, o;
	int failed = 0;

	for (i = 0; i < r->count; i++) {
		const struct bench_pdu *p = &r->pdus[i];

		for (k = 0; k < r->codec_count; k++) {
			const struct bench_codec *c = r->codecs[k];
			void *pdu = c->prepare(p->type, p->octets, p->length);
			const uint8_t *octets;

			for (o = 0; pdu && o < OPERATIONS; o++) {
				if (work(c, o, pdu))
					pdu = NULL;
			}
			*prepared(r, i, k) = pdu;
			if (!pdu) {
				fprintf(stderr, "%s fails on PDU %u, %s\n", c->name, i + 1, p->name);
				failed |= k < r->ours;
			} else if (c->encoding(pdu, &octets) != p->length || memcmp(octets, p->octets, p->length)) {
				/* it did not do all the work, so its figures would be too good */
				fprintf(stderr, "%s encodes PDU %u, %s, differently: left out\n", c->name, i + 1,
					p->name);
				*prepared(r, i, k) = NULL;
				failed |= k < r->ours;
			}
		}
	}
	return failed;
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

static void time_all(struct run *r, unsigned rounds)
{
	unsigned i, k, o, round, n;

	for (round = 0; round < rounds; round++) {
		for (i = 0; i < r->count; i++) {
			for (o = 0; o < OPERATIONS; o++) {
				for (k = 0; k < r->codec_count; k++) {
					/* short enough to fit between two interrupts, long enough for the clock */
					unsigned times = k < r->ours ? 100 : 20;
					double from, ns, *b = best(r, i, k, o);
					void *pdu = *prepared(r, i, k);

					if (!pdu)
						continue;
					work(r->codecs[k], o, pdu);
					from = now();
					for (n = 0; n < times; n++)
						work(r->codecs[k], o, pdu);
					ns = (now() - from) / times;
					if (round == 0 || ns < *b)
						*b = ns;
				}
			}
		}
	}
}

static int count_all(struct run *r)
{
#ifdef CALLGRIND_DUMP_STATS_AT
	unsigned i, k, o, n;
	char label[128];

	for (i = 0; i < r->count; i++) {
		for (k = 0; k < r->codec_count; k++) {
			void *pdu = *prepared(r, i, k);

			for (o = 0; pdu && o < OPERATIONS; o++) {
				work(r->codecs[k], o, pdu);
				work(r->codecs[k], o, pdu);
				snprintf(label, sizeof(label), "%u %u %s %s %zu %u %s", COUNTED, k, r->codecs[k]->name,
					 operation_names[o], r->pdus[i].length, i + 1, r->pdus[i].name);
				CALLGRIND_ZERO_STATS;
				for (n = 0; n < COUNTED; n++)
					work(r->codecs[k], o, pdu);
				CALLGRIND_DUMP_STATS_AT(label);
			}
		}
	}
	return 0;
#else
	(void)r;
	fputs("built without valgrind/callgrind.h: nothing to count with\n", stderr);
	return 1;
#endif
}

static void row(const struct run *r, const char *name, unsigned n, double length, double ns[][OPERATIONS])
{
	unsigned k, o;

	printf("%-28s %4u %6.1f", name, n, length);
	for (o = 0; o < OPERATIONS; o++) {
		for (k = 0; k < r->codec_count; k++)
			printf(" %8.0f", ns[k][o]);
		for (k = 1; k < r->codec_count; k++)
			printf(" %6.2fx", ns[0][o] > 0 ? ns[k][o] / ns[0][o] : 0);
	}
	for (k = 1; k < r->codec_count; k++)
		printf(" %6.2fx", ns[0][0] > 0 ? (ns[k][0] + ns[k][1]) / (ns[0][0] + ns[0][1]) : 0);
	putchar('\n');
}

/* The mean over the PDUs called name, or over all if name is NULL, which every codec can process. */
static void mean(const struct run *r, const char *name, const char *title)
{
	double ns[MAX_CODECS][OPERATIONS] = { { 0 } }, length = 0;
	unsigned i, k, o, n = 0;

	for (i = 0; i < r->count; i++) {
		if (name && strcmp(name, r->pdus[i].name) != 0)
			continue;
		for (k = 0; k < r->codec_count && *prepared(r, i, k); k++)
			;
		if (k < r->codec_count)
			continue;
		n++;
		length += (double)r->pdus[i].length;
		for (k = 0; k < r->codec_count; k++) {
			for (o = 0; o < OPERATIONS; o++)
				ns[k][o] += *best(r, i, k, o);
		}
	}
	if (n == 0)
		return;
	for (k = 0; k < r->codec_count; k++) {
		for (o = 0; o < OPERATIONS; o++)
			ns[k][o] /= n;
	}
	row(r, title, n, length / n, ns);
}

static void print_all(const struct run *r)
{
	unsigned i, k, o;

	printf("%-28s %4s %6s", "ns per PDU", "PDUs", "octets");
	for (o = 0; o < OPERATIONS; o++) {
		for (k = 0; k < r->codec_count; k++)
			printf(" %.3s:%.4s", operation_names[o], r->codecs[k]->name);
		for (k = 1; k < r->codec_count; k++)
			printf("  ratio");
	}
	for (k = 1; k < r->codec_count; k++)
		printf("    both");
	putchar('\n');
	for (i = 0; i < r->count; i++) {
		for (k = 0; k < i && strcmp(r->pdus[k].name, r->pdus[i].name) != 0; k++)
			;
		if (k == i)
			mean(r, r->pdus[i].name, r->pdus[i].name);
	}
	mean(r, NULL, "mean of all PDUs");
}

static int load(struct run *r, const char *file)
{
	void *object = dlopen(file, RTLD_NOW | RTLD_LOCAL);

	if (!object) {
		fprintf(stderr, "%s\n", dlerror());
		return -1;
	}
	if (r->codec_count < MAX_CODECS)
		r->codecs[r->codec_count] = dlsym(object, "bench_peer");
	if (r->codec_count == MAX_CODECS || !r->codecs[r->codec_count]) {
		fprintf(stderr, "%s: %s\n", file, r->codec_count == MAX_CODECS ? "too many codecs" : "no codec in it");
		dlclose(object);
		return -1;
	}
	r->codec_count++;
	/* cppcheck-suppress resourceLeak ; the codec stays loaded */
	return 0;
}

int bench_main(int argc, char **argv, const struct bench_codec *const *ours, const struct bench_pdu *pdus,
	       unsigned count)
{
	struct run r = { .pdus = pdus, .count = count };
	int option, rc, counting = 0, rounds = 200;

	while (ours[r.ours] && r.ours < MAX_CODECS) {
		r.codecs[r.ours] = ours[r.ours];
		r.ours++;
	}
	r.codec_count = r.ours;
	while ((option = getopt(argc, argv, "cr:p:")) != -1) {
		switch (option) {
		case 'c':
			counting = 1;
			break;
		case 'r':
			rounds = atoi(optarg);
			break;
		case 'p':
			if (load(&r, optarg))
				return 1;
			break;
		default:
			return 64;
		}
	}
	rc = 1;
	r.prepared = calloc(count, MAX_CODECS * sizeof(*r.prepared));
	r.best = calloc(count, MAX_CODECS * OPERATIONS * sizeof(*r.best));
	if (!r.prepared || !r.best || count == 0) {
		fputs("no memory, or no PDUs\n", stderr);
		goto out;
	}
	rc = prepare(&r);
	if (counting) {
		rc = count_all(&r) || rc;
		goto out;
	}
	time_all(&r, rounds > 0 ? (unsigned)rounds : 1);
	print_all(&r);
out:
	free(r.prepared);
	free(r.best);
	return rc;
}
