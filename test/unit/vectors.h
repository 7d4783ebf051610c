/* SPDX-License-Identifier: BSD-2-Clause */
/* vectors.h: reads the records of test/vectors/NAME.txt, whose format is described at the start of each file. */
#ifndef IUPLUS_TEST_VECTORS_H
#define IUPLUS_TEST_VECTORS_H

#include <CUnit/CUnit.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define VECTOR_FIELDS 24

struct vector_record {
	unsigned count;
	struct {
		char name[24];
		char *value;
	} field[VECTOR_FIELDS];
};

static inline void vector_clear(struct vector_record *r)
{
	for (unsigned i = 0; i < r->count; i++)
		free(r->field[i].value);
	r->count = 0;
}

/* The value of a field as text, or NULL. */
static inline const char *vector_text(const struct vector_record *r, const char *name)
{
	for (unsigned i = 0; i < r->count; i++)
		if (!strcmp(r->field[i].name, name))
			return r->field[i].value;
	return NULL;
}

/* Reports the record's id and its fault as a failure of the running test. */
static inline void vector_fail(const struct vector_record *r, const char *what)
{
	const char *id = vector_text(r, "id");
	static char text[160];

	snprintf(text, sizeof text, "%s: %s", id ? id : "?", what);
	CU_assertImplementation(CU_FALSE, __LINE__, text, __FILE__, "", CU_FALSE);
}

static inline const char *vector_need(const struct vector_record *r, const char *name)
{
	const char *text = vector_text(r, name);

	if (!text) {
		vector_fail(r, name);
		return "0";
	}
	return text;
}

static inline unsigned long vector_decimal(const struct vector_record *r, const char *name)
{
	return strtoul(vector_need(r, name), NULL, 10);
}

static inline uint32_t vector_hex32(const struct vector_record *r, const char *name)
{
	return (uint32_t)strtoul(vector_need(r, name), NULL, 16);
}

/* The octets of a hex field in a heap buffer of exactly that length (so that ASan detects any read beyond it). The
 * caller frees it. */
static inline uint8_t *vector_octets(const struct vector_record *r, const char *name, size_t *len)
{
	const char *text = vector_need(r, name);
	size_t n = strlen(text) / 2;
	uint8_t *out = malloc(n ? n : 1);

	if (!out)
		abort();
	for (size_t i = 0; i < n; i++) {
		char pair[3] = { text[2 * i], text[2 * i + 1], 0 };

		out[i] = (uint8_t)strtoul(pair, NULL, 16);
	}
	if (len)
		*len = n;
	return out;
}

static inline bool vector_same(const struct vector_record *r, const char *name, const uint8_t *got, size_t len)
{
	size_t want_len;
	uint8_t *want = vector_octets(r, name, &want_len);
	bool same = want_len == len && !memcmp(want, got, len);

	if (!same)
		vector_fail(r, name);
	free(want);
	return same;
}

/* Calls each for every record of $srcdir/test/vectors/file; returns their number, 0 if the file cannot be read. */
static inline unsigned vector_each(const char *file, void (*each)(const struct vector_record *r))
{
	const char *srcdir = getenv("srcdir");
	struct vector_record record = { 0 };
	static char line[16384];
	unsigned records = 0;
	char path[1024];
	bool more = true;
	FILE *in;

	snprintf(path, sizeof path, "%s/test/vectors/%s", srcdir ? srcdir : ".", file);
	in = fopen(path, "r");
	if (!in) {
		perror(path);
		return 0;
	}
	while (more) {
		char *equals;

		more = fgets(line, sizeof line, in) != NULL;
		if (!more || line[0] == '\n') {
			if (record.count) {
				each(&record);
				records++;
			}
			vector_clear(&record);
			continue;
		}
		equals = strstr(line, " = ");
		if (line[0] == '#' || !equals || record.count == VECTOR_FIELDS)
			continue;
		line[strcspn(line, "\n")] = '\0';
		*equals = '\0';
		snprintf(record.field[record.count].name, sizeof record.field[0].name, "%.23s", line);
		record.field[record.count++].value = strdup(equals + 3);
	}
	fclose(in);
	return records;
}

#endif
