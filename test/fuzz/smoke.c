/* SPDX-License-Identifier: BSD-2-Clause */
/* smoke.c: every target under the project's own mutation loop, for machines without a fuzzing engine.
 *   smoke [-n RUNS] [-s SECONDS] [--corpus DIR] [TARGET ...]
 *						RUNS mutated inputs per target (or as many as the time allows), from
 *						the seeds and, with --corpus, the files in DIR/TARGET/
 *   smoke --seeds DIR [TARGET ...]		writes the initial inputs to DIR/TARGET/
 * A failure prints the seed; with IUPLUS_SEED set to it the failure is repeated. The input of the failure is saved in
 * the file fuzz-TARGET.failed. */
#include "test/fuzz/fuzz.h"

#include <dirent.h>
#include <inttypes.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define INPUT_MAX 8192
#define MAX_SEEDS 20000

static const struct fuzz_target *const targets[] = {
	&fuzz_ranap,
	&fuzz_rnsap,
	&fuzz_rrc,
	&fuzz_containers,
	&fuzz_ranap_messages,
	&fuzz_rnsap_messages,
	&fuzz_rrc_messages,
	&fuzz_nas,
	&fuzz_m3ua,
	&fuzz_sccp,
	&fuzz_radio,
	&fuzz_capture,
	&fuzz_configuration,
	&fuzz_machines,
	&fuzz_text,
	&fuzz_explain,
	NULL
};

static struct {
	uint8_t *data;
	size_t len;
} pool[MAX_SEEDS];
static size_t pool_count;
static uint8_t input[INPUT_MAX], kept[INPUT_MAX];
static size_t input_len;
static uint64_t seed;
static const struct fuzz_target *current;
static const char *seeds_dir, *corpus_dir;

void __sanitizer_set_death_callback(void (*callback)(void)) __attribute__((weak));
const char *__ubsan_default_options(void);

/* gcc's has no death callback: it ends by SIGABRT, which is caught. */
const char *__ubsan_default_options(void)
{
	return "abort_on_error=1";
}

/* Called at the end of a run that failed. */
static void last_words(void)
{
	char path[128];
	FILE *f;

	if (!current)
		return;
	fprintf(stderr, "target %s, input of %zu octets; repeat with IUPLUS_SEED=%" PRIu64 "\n", current->name,
		input_len, seed);
	snprintf(path, sizeof(path), "fuzz-%s.failed", current->name);
	f = fopen(path, "wb");
	if (f) {
		fwrite(input, 1, input_len, f);
		fclose(f);
	}
	current = NULL;
}

static void on_abort(int number)
{
	last_words();
	signal(number, SIG_DFL);
	raise(number);
}

static void keep(void *user, const uint8_t *data, size_t len)
{
	(void)user;
	if (len > INPUT_MAX || pool_count == MAX_SEEDS)
		return;
	pool[pool_count].data = malloc(len + 1);
	if (!pool[pool_count].data)
		return;
	memcpy(pool[pool_count].data, data, len);
	pool[pool_count++].len = len;
}

static void save(void *user, const uint8_t *data, size_t len)
{
	unsigned *number = user;
	char path[1024];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s/%04u", seeds_dir, current->name, (*number)++);
	f = fopen(path, "wb");
	if (!f || fwrite(data, 1, len, f) != len || fclose(f)) {
		perror(path);
		exit(1);
	}
}

/* An input that crashed this target in the past. */
static void once_more(void *user, const uint8_t *data, size_t len)
{
	const struct fuzz_target *t = user;

	if (len > INPUT_MAX)
		return;
	memcpy(input, data, len);
	input_len = len;
	t->run(input, len);
}

/* The inputs that an engine has found so far. */
static void keep_files(const char *name)
{
	char path[1024];
	struct dirent *e;
	DIR *d;
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", corpus_dir, name);
	d = opendir(path);
	if (!d) {
		perror(path);
		exit(65);
	}
	while ((e = readdir(d))) {
		snprintf(path, sizeof(path), "%s/%s/%s", corpus_dir, name, e->d_name);
		f = e->d_name[0] == '.' ? NULL : fopen(path, "rb");
		if (!f)
			continue;
		keep(NULL, input, fread(input, 1, sizeof(input), f));
		fclose(f);
	}
	closedir(d);
}

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Returns the number of inputs run. */
static unsigned long loop(const struct fuzz_target *t, unsigned long runs, double seconds)
{
	struct fuzz_random r = { seed };
	double end = now() + seconds;
	unsigned long i;
	char word[64];
	size_t n;

	current = t;
	input_len = 0;
	pool_count = 0;
	snprintf(word, sizeof(word), "%s ", t->name);
	fuzz_seed_file("test/fuzz/regress.txt", word, NULL, 0, once_more, (void *)(uintptr_t)t);
	t->seeds(&r, 30, keep, NULL);
	fuzz_check(pool_count, "%s has no seeds", t->name);
	if (corpus_dir)
		keep_files(t->name);
	for (n = 0; n < pool_count; n++) {
		memcpy(input, pool[n].data, pool[n].len);
		input_len = pool[n].len;
		t->run(input, input_len);
	}
	for (i = 0; i < runs; i++) {
		if (seconds > 0 && i % 64 == 0 && now() > end)
			break;
		n = fuzz_below(&r, pool_count);
		if (i % 4 == 0 || input_len == 0) { /* otherwise the mutated input is mutated further */
			memcpy(input, pool[n].data, pool[n].len);
			input_len = pool[n].len;
		}
		input_len = fuzz_mutate(t, input, input_len, INPUT_MAX, &r);
		memcpy(kept, input, input_len);
		t->run(input, input_len);
		fuzz_check(memcmp(kept, input, input_len) == 0, "%s changed its input", t->name);
	}
	while (pool_count)
		free(pool[--pool_count].data);
	current = NULL;
	return i;
}

static void write_seeds(const struct fuzz_target *t)
{
	struct fuzz_random r = { seed };
	unsigned number = 0;
	char path[1024];

	current = t;
	mkdir(seeds_dir, 0777);
	snprintf(path, sizeof(path), "%s/%s", seeds_dir, t->name);
	mkdir(path, 0777);
	t->seeds(&r, 60, save, &number);
	printf("%s: %u inputs\n", path, number);
	current = NULL;
}

static bool chosen(const char *name, char **names)
{
	if (!*names)
		return true;
	for (; *names; names++) {
		if (strcmp(*names, name) == 0)
			return true;
	}
	return false;
}

int main(int argc, char **argv)
{
	unsigned long runs = 8000, total = 0, done = 0;
	const char *text = getenv("IUPLUS_SEED");
	double seconds = 0, from = now(), started;
	struct timespec t;
	int i;

	clock_gettime(CLOCK_REALTIME, &t);
	seed = text ? strtoull(text, NULL, 0) : (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
	for (i = 1; i + 1 < argc && argv[i][0] == '-'; i += 2) {
		if (strcmp(argv[i], "-n") == 0)
			runs = strtoul(argv[i + 1], NULL, 0);
		else if (strcmp(argv[i], "-s") == 0)
			seconds = strtod(argv[i + 1], NULL);
		else if (strcmp(argv[i], "--seeds") == 0)
			seeds_dir = argv[i + 1];
		else if (strcmp(argv[i], "--corpus") == 0)
			corpus_dir = argv[i + 1];
		else
			break;
	}
	if (i < argc && argv[i][0] == '-') {
		fprintf(stderr,
			"usage: %s [-n RUNS] [-s SECONDS] [--corpus DIR] [TARGET ...], or "
			"%s --seeds DIR [TARGET ...]\n",
			argv[0], argv[0]);
		return 64;
	}
	if (__sanitizer_set_death_callback)
		__sanitizer_set_death_callback(last_words);
	signal(SIGABRT, on_abort);
	signal(SIGALRM, on_abort);
	for (const struct fuzz_target *const *p = targets; *p; p++) {
		if (!chosen((*p)->name, argv + i))
			continue;
		done++;
		if (seeds_dir) {
			write_seeds(*p);
			continue;
		}
		started = now();
		runs = runs ? runs : ULONG_MAX;
		total += loop(*p, runs, seconds);
		if (argc > 1)
			printf("%s: %lu so far, %.1f s for this one\n", (*p)->name, total, now() - started);
	}
	if (done == 0) {
		fprintf(stderr, "%s: no such target\n", argv[i]);
		return 64;
	}
	if (!seeds_dir)
		printf("%lu mutated inputs, %lu targets, %.1f s\n", total, done, now() - from);
	return 0;
}
