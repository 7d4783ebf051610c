/* SPDX-License-Identifier: BSD-2-Clause */
/* per_util.h: hex in and out for the tests of the PER engine. */
#ifndef IUPLUS_TEST_PER_UTIL_H
#define IUPLUS_TEST_PER_UTIL_H

#include <CUnit/CUnit.h>
#include <stdio.h>
#include <string.h>

#include <iuplus/asn1.h>

/* Octets of a hex string; returns their number. */
static inline size_t per_unhex(const char *hex, uint8_t *octets)
{
	size_t n = 0;
	unsigned v;

	for (; sscanf(hex, "%2x", &v) == 1; hex += 2)
		octets[n++] = (uint8_t)v;
	return n;
}

/* True if octets equal hex; prints both if not. */
static inline bool per_is_hex(struct iuplus_octets o, const char *hex)
{
	static uint8_t want[70000];
	size_t n = per_unhex(hex, want), i;

	if (o.len == n && memcmp(o.data, want, n) == 0)
		return true;
	fprintf(stderr, "  is    ");
	for (i = 0; i < o.len && i < 200; i++)
		fprintf(stderr, "%02x", o.data[i]);
	fprintf(stderr, "\n  wanted %s\n", hex);
	return false;
}

static inline int per_decode_hex(const struct iuplus_asn1_type *type, enum iuplus_asn1_rules rules, const char *hex,
				 unsigned flags, struct iuplus_arena *arena, void *value, struct iuplus_asn1_error *e)
{
	static uint8_t octets[70000];

	return iuplus_asn1_decode(type, rules, octets, 8 * per_unhex(hex, octets), flags, arena, value, e);
}

#endif
