/* SPDX-License-Identifier: BSD-2-Clause */
/* per_in.c: less frequent reading: lengths, fragments, open types. */
#include "asn1/per/per_in.h"

int in_constrained_counted(struct per_in *in, const struct per_bounds *b, uint64_t *v)
{
	uint64_t octets;
	int rc = in_bits(in, b->count_bits, &octets);

	if (rc)
		return rc;
	if (octets + 1 > (b->bits + 7u) / 8)
		return in_fail(in, IUPLUS_ERR_SYNTAX, "number longer than its range needs");
	return in_octets_number(in, (unsigned)octets + 1, v);
}

int in_length(struct per_in *in, size_t *length, bool *more)
{
	uint64_t v;
	int rc;

	*more = false;
	in_align(in);
	rc = in_bits(in, 8, &v);
	if (rc)
		return rc;
	if (v < 128) {
		*length = (size_t)v;
		return 0;
	}
	if (v < 192) {
		uint64_t low;

		rc = in_bits(in, 8, &low);
		*length = (size_t)((v & 63) << 8 | low);
		return rc;
	}
	v &= 63;
	if (v < 1 || v > 4)
		return in_fail(in, IUPLUS_ERR_SYNTAX, "fragment with an invalid length");
	*length = (size_t)v * PER_FRAGMENT;
	*more = true;
	return 0;
}

int in_small(struct per_in *in, uint64_t *v)
{
	uint64_t large;
	size_t length;
	bool more;
	int rc = in_bits(in, 1, &large);

	if (rc)
		return rc;
	if (!large)
		return in_bits(in, 6, v);
	rc = in_length(in, &length, &more);
	if (rc)
		return rc;
	if (more || length == 0 || length > 8)
		return in_fail(in, IUPLUS_ERR_SYNTAX, "number with an invalid length");
	return in_bits(in, (unsigned)(8 * length), v);
}

void in_move(uint8_t *to, const uint8_t *octets, size_t at, size_t bits)
{
	const uint8_t *from = octets + (at >> 3);
	unsigned shift = (unsigned)(at & 7);
	size_t whole = bits / 8, i;

	if (shift == 0) {
		memcpy(to, from, (bits + 7) / 8);
	} else {
		for (i = 0; i + 7 <= whole; i += 7) {
			uint64_t v = load64(from + i) << shift;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
			v = __builtin_bswap64(v);
#endif
			memcpy(to + i, &v, 7);
		}
		for (; i < (bits + 7) / 8; i++)
			to[i] = (uint8_t)(from[i] << shift | from[i + 1] >> (8 - shift));
	}
	if (bits & 7)
		to[bits / 8] &= (uint8_t)(0xff00u >> (bits & 7));
}

int in_copy(struct per_in *in, size_t bits, uint8_t **octets)
{
	if (!in_has(in, bits))
		return in_truncated(in);
	if ((in->at & 7) == 0 && (bits & 7) == 0) {
		/* the copy of the input belongs to the arena: no other code writes there */
		*octets = (uint8_t *)(uintptr_t)(in->octets + (in->at >> 3));
	} else {
		*octets = arena_take(in->arena, (bits + 7) / 8 + 1);
		if (!*octets)
			return in_fail(in, IUPLUS_ERR_MEMORY, "the arena is at its limit");
		in_move(*octets, in->octets, in->at, bits);
	}
	in->at += bits;
	return 0;
}

/* The total number of octets in the fragments from here on; in is unchanged. */
static int sum_fragments(struct per_in *in, size_t first, size_t *total)
{
	size_t from = in->at, length = first;
	bool more = true;
	int rc = 0;

	*total = 0;
	for (;;) {
		if (!in_has(in, 8 * length))
			return in_truncated(in);
		in->at += 8 * length;
		*total += length;
		if (!more)
			break;
		rc = in_length(in, &length, &more);
		if (rc)
			return rc;
	}
	in->at = from;
	return 0;
}

int in_open(struct per_in *in, const uint8_t **octets, size_t *length)
{
	size_t part, total, done = 0;
	uint8_t *whole, *p;
	bool more;
	int rc = in_length(in, &part, &more);

	if (rc)
		return rc;
	if (likely(!more)) {
		/* even a value without bits takes one octet (X.691 11.1.3) */
		if (unlikely(part == 0))
			return in_fail(in, IUPLUS_ERR_SYNTAX, "open type without octets");
		rc = in_copy(in, 8 * part, &p);
		*octets = p;
		*length = part;
		return rc;
	}
	rc = sum_fragments(in, part, &total);
	if (rc)
		return rc;
	whole = arena_take(in->arena, total + PER_IN_SLACK);
	if (!whole)
		return in_fail(in, IUPLUS_ERR_MEMORY, "the arena is at its limit");
	for (;;) {
		if (part)
			in_move(whole + done, in->octets, in->at, 8 * part);
		in->at += 8 * part;
		done += part;
		if (!more)
			break;
		in_length(in, &part, &more);
	}
	*octets = whole;
	*length = total;
	return 0;
}

int per_fail(struct per_failure *f, int rc, const char *what, size_t at)
{
	f->what = what;
	f->at = at;
	f->path_from = sizeof(f->path) - 1;
	f->path[f->path_from] = '\0';
	return rc;
}

int per_fail_in(struct per_failure *f, int rc, const char *name, unsigned index)
{
	char number[16];
	size_t length, dot;

	if (!f->path_from)
		return rc;
	dot = f->path[f->path_from] != '\0' && f->path[f->path_from] != '[';
	if (!name) {
		char *d = number + sizeof(number) - 1;

		*d-- = ']';
		do
			*d-- = (char)('0' + index % 10);
		while (index /= 10);
		*d = '[';
		name = d;
		length = (size_t)(number + sizeof(number) - d);
	} else {
		length = strlen(name);
	}
	if (length + dot > f->path_from)
		return rc; /* too deep for the path: keep its inner part */
	if (dot)
		f->path[--f->path_from] = '.';
	f->path_from -= length;
	memcpy(f->path + f->path_from, name, length);
	return rc;
}

bool per_in_ranges(const struct per_ranges *r, int64_t v)
{
	unsigned i;

	for (i = 0; i < r->count; i++) {
		if (v >= r->ranges[i].low && v <= r->ranges[i].high)
			return true;
	}
	return r->count == 0;
}
