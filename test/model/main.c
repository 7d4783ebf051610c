/* SPDX-License-Identifier: BSD-2-Clause */
/* main.c: runs schedules, collects what they find, and makes failing ones small. */
#include "test/model/model.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define FINDINGS 64
#define MAX_PROCESSES 64
#define MAX_ROWS 1024

/* One kind of violation: those with equal texts are one. */
struct finding {
	char invariant[32], what[256];
	uint64_t seed; /* of the first one */
	unsigned step;
	unsigned long count;
};

/* The result of a process, in memory that its parent shares. */
struct result {
	unsigned long schedules, failed, faults, relocations, relocated, rekeys, secured, small;
	struct finding finding[FINDINGS];
	unsigned findings;
	unsigned char marks[MAX_ROWS];
};

static struct options options = { .seed = 0, .schedules = 2000, .processes = 1 };

static void add(struct result *to, const struct finding *f)
{
	unsigned i;

	for (i = 0; i < to->findings; i++)
		if (!strcmp(to->finding[i].what, f->what) && !strcmp(to->finding[i].invariant, f->invariant)) {
			to->finding[i].count += f->count;
			return;
		}
	if (to->findings < FINDINGS)
		to->finding[to->findings++] = *f;
}

static void describe(const struct world *w)
{
	unsigned i;

	printf("UE %s, core %s%s, RNCs", w->ue_config.enhanced ? "enhanced" : "legacy",
	       w->cn_config.link.enhanced ? "enhanced" : "legacy",
	       w->cn_config.link.freshness == IUPLUS_SECURITY_FRESHNESS_NONCE ? " with nonce" : "");
	for (i = 0; i < w->cells; i++)
		printf(" %s", w->rnc_config[i].enhanced ? "enhanced" : "legacy");
	printf("; UIA");
	for (i = 0; i < w->cn_config.link.algorithms.uia_count; i++)
		printf(" %u", w->cn_config.link.algorithms.uia[i]);
	printf(", UEA");
	for (i = 0; i < w->cn_config.link.algorithms.uea_count; i++)
		printf(" %u", w->cn_config.link.algorithms.uea[i]);
	printf("; aka %d\n", (int)w->cn_config.gmm.aka);
}

static void run_one(struct world *w, uint64_t seed, struct result *result)
{
	struct finding f;
	size_t size;

	world_init(w, seed);
	schedule_make(w);
	w->trace = options.show;
	if (options.show)
		describe(w);
	result->schedules++;
	if (!schedule_run(w)) {
		memset(&f, 0, sizeof(f));
		snprintf(f.invariant, sizeof(f.invariant), "%s", w->violation);
		snprintf(f.what, sizeof(f.what), "%s", w->what);
		f.seed = seed;
		f.step = w->step;
		f.count = 1;
		add(result, &f);
		result->failed++;
	} else {
		/* the promise of schedule.c, which faults may break: the UE is out of service when it is ordered */
		result->small += w->relocations < 2 || w->rekeys < 1 || w->faults < 20;
	}
	result->faults += w->faults;
	result->relocations += w->relocations;
	result->rekeys += w->rekeys;
	result->relocated += w->relocated;
	result->secured += w->secured;
	world_free(w);
	memcpy(result->marks, rows_marks(&size), sizeof(result->marks));
}

static void run_share(unsigned process, struct result *result)
{
	struct world *w = calloc(1, sizeof(*w));
	unsigned long i;

	for (i = process; i < options.schedules; i += options.processes) {
		run_one(w, options.seed + i, result);
		if (result->failed && !options.keep_going)
			break;
	}
	free(w);
}

/* ---- a failing schedule, made small ---- */

static bool fails_alike(struct world *w, uint64_t seed, const struct op *ops, unsigned count, const struct finding *f)
{
	bool alike;

	world_init(w, seed);
	memcpy(w->ops, ops, count * sizeof(ops[0]));
	w->op_count = count;
	alike = !schedule_run(w) && !strcmp(w->violation, f->invariant) && !strcmp(w->what, f->what);
	world_free(w);
	return alike;
}

/* Leaves out steps, in pieces of half the schedule, then of a quarter, down to single ones. */
static unsigned shrink(struct world *w, const struct finding *f, struct op *ops, unsigned count)
{
	struct op fewer[MAX_OPS];
	unsigned piece, at, n;

	if (f->step < count && fails_alike(w, f->seed, ops, f->step + 1, f))
		count = f->step + 1;
	for (piece = count / 2; piece; piece /= 2)
		for (at = 0; at < count;) {
			n = at + piece < count ? piece : count - at;
			memcpy(fewer, ops, at * sizeof(ops[0]));
			memcpy(fewer + at, ops + at + n, (count - at - n) * sizeof(ops[0]));
			if (fails_alike(w, f->seed, fewer, count - n, f)) {
				count -= n;
				memcpy(ops, fewer, count * sizeof(ops[0]));
			} else {
				at += n;
			}
		}
	return count;
}

/* The smallest part of the schedule that fails alike, step by step. */
static void show(const struct finding *f)
{
	struct world *w = calloc(1, sizeof(*w));
	struct op ops[MAX_OPS];
	unsigned count;

	w->seed = f->seed;
	schedule_make(w);
	count = w->op_count;
	memcpy(ops, w->ops, count * sizeof(ops[0]));
	count = shrink(w, f, ops, count);
	printf("\n%s: %s\nseed %" PRIu64 ", %u of its %u steps:\n", f->invariant, f->what, f->seed, count, w->op_count);
	world_init(w, f->seed);
	w->trace = true;
	memcpy(w->ops, ops, count * sizeof(ops[0]));
	w->op_count = count;
	describe(w);
	schedule_run(w);
	world_free(w);
	free(w);
}

/* ---- the run ---- */

static void run_processes(struct result *results)
{
	unsigned i;

	if (options.processes == 1) {
		run_share(0, &results[0]);
		return;
	}
	fflush(stdout);
	for (i = 0; i < options.processes; i++)
		if (fork() == 0) {
			run_share(i, &results[i]);
			_exit(0);
		}
	for (i = 0; i < options.processes; i++) {
		int status = 0;

		if (wait(&status) < 0 || status) {
			fprintf(stderr, "model: a process ended with status %d\n", status);
			exit(1);
		}
	}
}

static void merge(struct result *total, const struct result *from)
{
	unsigned i;

	total->schedules += from->schedules;
	total->failed += from->failed;
	total->small += from->small;
	total->faults += from->faults;
	total->relocations += from->relocations;
	total->rekeys += from->rekeys;
	total->relocated += from->relocated;
	total->secured += from->secured;
	for (i = 0; i < from->findings; i++)
		add(total, &from->finding[i]);
	for (i = 0; i < MAX_ROWS; i++)
		total->marks[i] |= from->marks[i];
}

static int usage(const char *why, const char *what)
{
	fprintf(stderr,
		"model: %s%s\n"
		"usage: model [--seed N] [--schedules N] [--processes N] [--keep-going] [--trace] [--show] [--rows]\n"
		"       [--ignore TEXT]...\n",
		why, what);
	return 64;
}

static bool number(const char *text, uint64_t *out)
{
	char *end = NULL;

	if (!text || *text < '0' || *text > '9')
		return false;
	*out = strtoull(text, &end, 0);
	return *end == '\0';
}

static int parse(int argc, char **argv)
{
	uint64_t n = 0;
	int i;

	options.seed = (uint64_t)time(NULL) << 20;
	for (i = 1; i < argc; i++) {
		const char *name = argv[i];
		bool counts = !strcmp(name, "--seed") || !strcmp(name, "--schedules") || !strcmp(name, "--processes");

		if (!strcmp(name, "--ignore") && i + 1 < argc && model_ignored_count < MODEL_IGNORED) {
			model_ignored[model_ignored_count++] = argv[++i];
			continue;
		}
		if (counts && !number(argv[++i], &n))
			return usage("a number is required after ", name);
		if (!strcmp(name, "--seed"))
			options.seed = n;
		else if (!strcmp(name, "--schedules"))
			options.schedules = n;
		else if (!strcmp(name, "--processes") && n && n <= MAX_PROCESSES)
			options.processes = (unsigned)n;
		else if (!strcmp(name, "--keep-going"))
			options.keep_going = true;
		else if (!strcmp(name, "--trace"))
			options.trace = true;
		else if (!strcmp(name, "--show"))
			options.show = true;
		else if (!strcmp(name, "--rows"))
			options.rows = true;
		else
			return usage("unknown or out of range: ", name);
	}
	return 0;
}

int main(int argc, char **argv)
{
	struct result *results, total;
	struct timespec begin, end;
	unsigned char *marks;
	double seconds;
	size_t size;
	unsigned i;
	int rc = parse(argc, argv);

	if (rc)
		return rc;
	memset(&total, 0, sizeof(total));
	results = mmap(NULL, options.processes * sizeof(*results), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
		       /* cppcheck-suppress invalidFunctionArg ; -1 is what MAP_ANONYMOUS asks for */
		       -1, 0);
	if (results == MAP_FAILED)
		return 71;
	clock_gettime(CLOCK_MONOTONIC, &begin);
	run_processes(results);
	clock_gettime(CLOCK_MONOTONIC, &end);
	for (i = 0; i < options.processes; i++)
		merge(&total, &results[i]);
	seconds = (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
	printf("%lu schedules from seed %" PRIu64
	       ": %lu violated an invariant; %lu faults, %lu relocations (%lu complete), %lu "
	       "key changes ordered, %lu security mode controls complete; %.0f schedules per second\n",
	       total.schedules, options.seed, total.failed, total.faults, total.relocations, total.relocated,
	       total.rekeys, total.secured, seconds > 0 ? (double)total.schedules / seconds : 0);
	if (total.small)
		printf("%lu of them had fewer than two relocations, a key change and 20 faults\n", total.small);
	for (i = 0; i < total.findings; i++)
		printf("%6lu  %s: %s (--seed %" PRIu64 " --schedules 1, step %u)\n", total.finding[i].count,
		       total.finding[i].invariant, total.finding[i].what, total.finding[i].seed, total.finding[i].step);
	for (i = 0; options.trace && i < total.findings; i++)
		show(&total.finding[i]);
	marks = rows_marks(&size);
	memcpy(marks, total.marks, size);
	if (options.rows)
		rows_print(false);
	return total.failed != 0;
}
