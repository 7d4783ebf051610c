/* SPDX-License-Identifier: BSD-2-Clause */
/* test_net.h: functions shared by the tests of the network room. */
#ifndef IUPLUS_TEST_NET_H
#define IUPLUS_TEST_NET_H

#include "test/unit/cunit_main.h"
#include "test/unit/seed.h"

#include <stdint.h>
#include <unistd.h>

/* Octets of a string of hex digits; spaces are allowed. Returns their number. */
static inline size_t unhex(const char *hex, uint8_t *out, size_t size)
{
	size_t n = 0;
	unsigned octet;

	while (*hex != '\0' && n < size) {
		if (*hex == ' ') {
			hex++;
			continue;
		}
		if (sscanf(hex, "%2x", &octet) != 1)
			break;
		out[n++] = (uint8_t)octet;
		hex += 2;
	}
	return n;
}

/* Compares octets with hex; prints both if they differ. */
static inline int same_hex(const char *what, const uint8_t *got, size_t len, const char *hex)
{
	uint8_t want[1024];
	size_t n = unhex(hex, want, sizeof(want));

	if (n == len && memcmp(got, want, n) == 0)
		return 1;
	printf("\n%s: got  ", what);
	for (size_t i = 0; i < len; i++)
		printf("%02x", got[i]);
	printf("\n%s: want ", what);
	for (size_t i = 0; i < n; i++)
		printf("%02x", want[i]);
	printf("\n");
	return 0;
}

#endif
