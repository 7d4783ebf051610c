/* SPDX-License-Identifier: BSD-2-Clause */
/* per_json PROTOCOL TYPE [aper|uper] [legacy] [xer|problems|brief|lossy] < lines of hex
 * Decodes each line, encodes the value again, and writes a line: the new encoding and the value as JSON, or "error
 * ...".
 * xer: also the value as asn1c's XER. problems: also the problems of IEs. brief: "same" or "diff" in place of encoding
 * and value. lossy: "-" for the encoding of a value that has none (it has elements that this build does not know).
 * Exit status 0 if every encoding equals its line; otherwise 1. */
#include <stdio.h>
#include <string.h>

#include <iuplus/asn1.h>

#include <asn_application.h>
#include <xer_encoder.h>

#define LONGEST (512u * 1024)

static char line[2 * LONGEST + 8];
static uint8_t octets[LONGEST];

static int nibble(char c)
{
	const char *digits = "0123456789abcdef", *p = c ? strchr(digits, c | 32) : NULL;

	return p ? (int)(p - digits) : -1;
}

/* The octets of a line; returns their number, or -1. */
static long unhex(const char *s)
{
	long n = 0;

	for (; nibble(s[0]) >= 0 && nibble(s[1]) >= 0; s += 2)
		octets[n++] = (uint8_t)(nibble(s[0]) << 4 | nibble(s[1]));
	return *s == '\0' ? n : -1;
}

static void hex(const uint8_t *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		printf("%02x", p[i]);
}

struct wish {
	const struct iuplus_asn1_type *type;
	enum iuplus_asn1_rules rules;
	unsigned flags;
	bool xer, problems, brief, lossy;
};

static void failed(const char *what, const struct iuplus_asn1_error *e)
{
	printf("error %s: %s: %s at bit %zu in %s\n", what, iuplus_strrc(e->rc), e->what, e->bit_offset, e->path);
}

static bool roundtrip(const struct wish *w, long n, struct iuplus_arena *arena)
{
	struct iuplus_asn1_error e;
	const struct iuplus_asn1_problem *p;
	struct iuplus_octets out, text;
	void *value;
	bool same;

	iuplus_asn1_decode(w->type, w->rules, octets, 8 * (size_t)n, w->flags, arena, &value, &e);
	for (p = e.problems; p && w->problems; p = p->next)
		printf("problem %d id %u criticality %u levels %u; ", (int)p->kind, p->id, p->criticality,
		       p->level_count);
	if (!value) {
		failed("decode", &e);
		return false;
	}
	if (w->xer)
		xer_fprint(stdout, w->type->descriptor, value);
	if (iuplus_asn1_encode(w->type, w->rules, value, w->flags, arena, &out, NULL, &e)) {
		if (w->lossy && e.rc == IUPLUS_ERR_CONSTRAINT && !iuplus_asn1_json(w->type, value, arena, &text)) {
			printf("- %s\n", (const char *)text.data);
			return false;
		}
		failed("encode", &e);
		return false;
	}
	same = out.len == (size_t)n && memcmp(out.data, octets, out.len) == 0;
	if (w->brief) {
		puts(same ? "same" : "diff");
		return same;
	}
	if (iuplus_asn1_json(w->type, value, arena, &text)) {
		puts("error json: out of memory");
		return false;
	}
	hex(out.data, out.len);
	printf(" %s\n", (const char *)text.data);
	return same;
}

int main(int argc, char **argv)
{
	struct wish w = { .type = argc > 2 ? iuplus_asn1_find(argv[1], argv[2]) : NULL };
	struct iuplus_arena arena;
	bool all = true;
	int i;

	if (!w.type) {
		fprintf(stderr, "usage: per_json PROTOCOL TYPE [aper|uper] [legacy] [xer|problems|brief|lossy]; %s\n",
			argc > 2 ? "no such type" : "two arguments at least");
		return 64;
	}
	w.rules = strcmp(argv[1], "RRC") == 0 ? IUPLUS_ASN1_UPER : IUPLUS_ASN1_APER;
	for (i = 3; i < argc; i++) {
		if (strcmp(argv[i], "aper") == 0)
			w.rules = IUPLUS_ASN1_APER;
		if (strcmp(argv[i], "uper") == 0)
			w.rules = IUPLUS_ASN1_UPER;
		if (strcmp(argv[i], "legacy") == 0)
			w.flags |= IUPLUS_ASN1_LEGACY;
		w.xer = w.xer || strcmp(argv[i], "xer") == 0;
		w.problems = w.problems || strcmp(argv[i], "problems") == 0;
		w.lossy = w.lossy || strcmp(argv[i], "lossy") == 0;
		w.brief = w.brief || strcmp(argv[i], "brief") == 0;
	}
	iuplus_arena_init(&arena, 64u * 1024 * 1024);
	while (fgets(line, sizeof(line), stdin)) {
		long n;

		line[strcspn(line, "\r\n")] = '\0';
		n = unhex(line);
		if (n < 0) {
			fprintf(stderr, "per_json: not hex\n");
			return 65;
		}
		if (!roundtrip(&w, n, &arena))
			all = false;
		iuplus_arena_reset(&arena, false);
	}
	iuplus_arena_free(&arena);
	return all ? 0 : 1;
}
