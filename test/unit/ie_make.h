/* SPDX-License-Identifier: BSD-2-Clause */
/* ie_make.h: faulty RANAP and RNSAP messages, built IE by IE (aligned PER). */
#ifndef IUPLUS_TEST_IE_MAKE_H
#define IUPLUS_TEST_IE_MAKE_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct ie {
	unsigned id, criticality;
	const char *hex; /* encoding of the value, below 128 octets; NULL ends a list of IEs */
};

#define IE_END \
	{ \
		0, 0, NULL \
	}

static inline size_t ie_hex(uint8_t *to, const char *hex)
{
	size_t n = strlen(hex) / 2;

	for (size_t i = 0; i < n; i++) {
		char pair[3] = { hex[2 * i], hex[2 * i + 1], '\0' };

		to[i] = (uint8_t)strtoul(pair, NULL, 16);
	}
	return n;
}

static inline size_t ie_put(uint8_t *to, const struct ie *ie)
{
	to[0] = (uint8_t)(ie->id >> 8);
	to[1] = (uint8_t)ie->id;
	to[2] = (uint8_t)(ie->criticality << 6);
	to[3] = (uint8_t)ie_hex(to + 4, ie->hex);
	return 4u + to[3];
}

/* Writes to to the open type of a message with these IEs and, unless NULL, these extensions. Returns its size. */
static inline size_t ie_message(uint8_t *to, const struct ie *ies, const struct ie *extensions)
{
	uint8_t body[2048];
	size_t at = 3, count = 0;

	for (; ies->hex; ies++, count++)
		at += ie_put(body + at, ies);
	body[0] = extensions ? 0x40 : 0;
	body[1] = (uint8_t)(count >> 8);
	body[2] = (uint8_t)count;
	if (extensions) {
		size_t head = at;

		at += 2;
		for (count = 0; extensions->hex; extensions++, count++)
			at += ie_put(body + at, extensions);
		body[head] = (uint8_t)((count - 1) >> 8);
		body[head + 1] = (uint8_t)(count - 1);
	}
	if (at < 128) {
		*to++ = (uint8_t)at;
		memcpy(to, body, at);
		return at + 1;
	}
	*to++ = (uint8_t)(0x80 | at >> 8);
	*to++ = (uint8_t)at;
	memcpy(to, body, at);
	return at + 2;
}

#endif
