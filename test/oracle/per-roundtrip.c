/* SPDX-License-Identifier: BSD-2-Clause */
/* per-roundtrip PROTOCOL TYPE aper|uper [legacy] [print] < lines of hex
 * Decodes each line, encodes the value again, and writes "same", "diff HEX" or "error ...", with the remaining octets when there are any;
 * with "print" also the value, as asn1c's XER. Exit 0 when every line was "same". */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
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

static bool roundtrip(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, unsigned flags, bool print, long n,
	struct iuplus_arena *arena)
{
	struct iuplus_asn1_error e;
	const struct iuplus_asn1_problem *p;
	struct iuplus_octets out;
	void *value;
	bool same;
	int rc = iuplus_asn1_decode(type, rules, octets, 8 * (size_t)n, flags, arena, &value, &e);

	for (p = e.problems; p; p = p->next)
		printf("problem %d id %u criticality %u levels %u; ", (int)p->kind, p->id, p->criticality, p->level_count);
	if (!value) {
		printf("error decode: %s: %s at bit %zu in %s\n", iuplus_strrc(rc), e.what, e.bit_offset, e.path);
		return false;
	}
	if (print)
		xer_fprint(stdout, type->descriptor, value);
	rc = iuplus_asn1_encode(type, rules, value, flags, arena, &out, NULL, &e);
	if (rc) {
		printf("error encode: %s: %s at bit %zu in %s\n", iuplus_strrc(rc), e.what, e.bit_offset, e.path);
		return false;
	}
	same = out.len == (size_t)n && memcmp(out.data, octets, out.len) == 0;
	if (same) {
		puts("same");
	} else {
		printf("diff ");
		hex(out.data, out.len);
		putchar('\n');
	}
	return same;
}

int main(int argc, char **argv)
{
	const struct iuplus_asn1_type *type = argc > 3 ? iuplus_asn1_find(argv[1], argv[2]) : NULL;
	struct iuplus_arena arena;
	unsigned flags = 0;
	bool print = false, all = true;
	int i;

	if (!type) {
		fprintf(stderr, "usage: per-roundtrip PROTOCOL TYPE aper|uper [legacy] [print]; no such type\n");
		return 64;
	}
	for (i = 4; i < argc; i++) {
		if (strcmp(argv[i], "legacy") == 0)
			flags |= IUPLUS_ASN1_LEGACY;
		if (strcmp(argv[i], "print") == 0)
			print = true;
	}
	iuplus_arena_init(&arena, 0);
	while (fgets(line, sizeof(line), stdin)) {
		long n;

		line[strcspn(line, "\r\n")] = '\0';
		n = unhex(line);
		if (n < 0) {
			fprintf(stderr, "per-roundtrip: not hex\n");
			return 65;
		}
		if (!roundtrip(type, strcmp(argv[3], "uper") == 0 ? IUPLUS_ASN1_UPER : IUPLUS_ASN1_APER, flags, print, n, &arena))
			all = false;
		iuplus_arena_reset(&arena, false);
	}
	iuplus_arena_free(&arena);
	return all ? 0 : 1;
}
