/* SPDX-License-Identifier: BSD-2-Clause */
/* fuzz.c: random numbers, mutation without knowledge of the format, files of hex. */
#include "test/fuzz/fuzz.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

uint64_t fuzz_next(struct fuzz_random *r)
{
	uint64_t z = r->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

size_t fuzz_below(struct fuzz_random *r, size_t n)
{
	return n ? (size_t)(fuzz_next(r) % n) : 0;
}

bool fuzz_one_in(struct fuzz_random *r, unsigned n)
{
	return fuzz_below(r, n) == 0;
}

void fuzz_octets(struct fuzz_random *r, uint8_t *buf, size_t len)
{
	while (len--)
		*buf++ = (uint8_t)fuzz_next(r);
}

void fuzz_failed(const char *file, int line, const char *condition, const char *format, ...)
{
	va_list args;

	fprintf(stderr, "%s:%d: %s does not hold: ", file, line, condition);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	abort();
}

bool fuzz_sampled(const uint8_t *data, size_t len, unsigned n)
{
	struct fuzz_random r = { len };
	uint64_t word;

	for (; len >= 8; data += 8, len -= 8) {
		memcpy(&word, data, 8);
		r.state = (r.state ^ word) * UINT64_C(0x100000001b3);
		r.state ^= r.state >> 29;
	}
	for (word = 0; len > 0; data++, len--)
		word = word << 8 | *data;
	r.state ^= word;
	return fuzz_one_in(&r, n);
}

const char *__asan_default_options(void);

/* Short stack traces of allocations: targets that allocate often are twice as fast. */
const char *__asan_default_options(void)
{
	return "malloc_context_size=4:quarantine_size_mb=32";
}

struct iuplus_arena *fuzz_arena(unsigned n)
{
	static struct iuplus_arena arenas[FUZZ_ARENAS];

	if (!arenas[n].limit)
		iuplus_arena_init(&arenas[n], 0);
	iuplus_arena_reset(&arenas[n], false);
	return &arenas[n];
}

const uint8_t *fuzz_tight(const uint8_t *data, size_t len)
{
	static uint8_t *last;

	free(last);
	last = malloc(len ? len : 1);
	fuzz_check(last, "memory");
	if (len)
		memcpy(last, data, len);
	return last;
}

/* ---- mutation ---- */

static unsigned get_bit(const uint8_t *data, size_t i)
{
	return data[i / 8] >> (7 - i % 8) & 1u;
}

static void put_bit(uint8_t *data, size_t i, unsigned bit)
{
	data[i / 8] = (uint8_t)((data[i / 8] & ~(0x80u >> i % 8)) | (bit ? 0x80u >> i % 8 : 0));
}

/* Removes (or inserts) up to 32 bits and shifts the rest. */
static size_t shift_bits(uint8_t *data, size_t len, size_t max, struct fuzz_random *r)
{
	size_t n = 1 + fuzz_below(r, 32), bits = 8 * len, at = fuzz_below(r, bits), i;

	if (fuzz_one_in(r, 2)) {
		if (at + n > bits)
			return len;
		for (i = at; i + n < bits; i++)
			put_bit(data, i, get_bit(data, i + n));
		return (bits - n + 7) / 8;
	}
	if ((bits + n + 7) / 8 > max)
		return len;
	memset(data + len, 0, (bits + n + 7) / 8 - len);
	for (i = bits; i-- > at;)
		put_bit(data, i + n, get_bit(data, i));
	for (i = at; i < at + n; i++)
		put_bit(data, i, (unsigned)fuzz_next(r) & 1u);
	return (bits + n + 7) / 8;
}

static size_t chunk(uint8_t *data, size_t len, size_t max, struct fuzz_random *r)
{
	size_t from = fuzz_below(r, len), n = 1 + fuzz_below(r, len - from), to = fuzz_below(r, len);

	switch (fuzz_below(r, 3)) {
	case 0: /* remove */
		memmove(data + from, data + from + n, len - from - n);
		return len - n;
	case 1: /* repeat */
		if (len + n > max)
			return len;
		memmove(data + from + n, data + from, len - from);
		return len + n;
	default: /* copy over another place */
		if (n > len - to)
			n = len - to;
		memmove(data + to, data + from, n);
		return len;
	}
}

size_t fuzz_mutate_octets(uint8_t *data, size_t len, size_t max, struct fuzz_random *r)
{
	static const uint8_t edges[] = { 0,    1,    0x7f, 0x80, 0x81, 0xbf, 0xc0, 0xc1,
					 0xc4, 0xc5, 0xfe, 0xff, 0x10, 0x20, 0x40, 0x3f };
	unsigned times = 1u << fuzz_below(r, 4);
	size_t i;

	if (max == 0)
		return 0;
	while (times--) {
		if (len == 0) {
			len = 1 + fuzz_below(r, max < 8 ? max : 8);
			fuzz_octets(r, data, len);
		}
		switch (fuzz_below(r, 9)) {
		case 0:
		case 1:
			data[fuzz_below(r, len)] ^= (uint8_t)(1u << fuzz_below(r, 8));
			break;
		case 2:
			data[fuzz_below(r, len)] = (uint8_t)fuzz_next(r);
			break;
		case 3:
			data[fuzz_below(r, len)] = edges[fuzz_below(r, sizeof(edges))];
			break;
		case 4:
			i = fuzz_below(r, len);
			data[i] = (uint8_t)(data[i] + 1 + fuzz_below(r, 4));
			break;
		case 5:
			i = fuzz_below(r, len);
			data[i] = (uint8_t)(data[i] - 1 - fuzz_below(r, 4));
			break;
		case 6:
			len = shift_bits(data, len, max, r);
			break;
		case 7:
			len = chunk(data, len, max, r);
			break;
		default:
			if (fuzz_one_in(r, 2)) {
				len = fuzz_below(r, len);
			} else {
				size_t n = 1 + fuzz_below(r, 16);

				if (n > max - len)
					n = max - len;
				fuzz_octets(r, data + len, n);
				len += n;
			}
		}
	}
	return len;
}

size_t fuzz_mutate(const struct fuzz_target *target, uint8_t *data, size_t len, size_t max, struct fuzz_random *r)
{
	size_t n;

	if (target->mutate && !fuzz_one_in(r, 3)) {
		n = target->mutate(data, len, max, r);
		if (n && !fuzz_one_in(r, 4))
			return n;
		if (n)
			len = n;
	}
	return fuzz_mutate_octets(data, len, max, r);
}

/* ---- files ---- */

static int digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' :
	       c >= 'a' && c <= 'f' ? c - 'a' + 10 :
	       c >= 'A' && c <= 'F' ? c - 'A' + 10 :
				      -1;
}

static size_t unhex(const char *text, uint8_t *buf, size_t size)
{
	size_t n = 0;

	for (; digit(text[0]) >= 0 && digit(text[1]) >= 0 && n < size; text += 2)
		buf[n++] = (uint8_t)(digit(text[0]) << 4 | digit(text[1]));
	return *text == '\0' ? n : 0;
}

void fuzz_seed_file(const char *path, const char *word, const uint8_t *prefix, size_t prefix_len, fuzz_add *add,
		    void *user)
{
	static char line[20000];
	static uint8_t octets[10000];
	const char *top = getenv("srcdir");
	char full[1024];
	FILE *f;

	snprintf(full, sizeof(full), "%s/%s", top ? top : ".", path);
	f = fopen(full, "r");
	if (!f) {
		fprintf(stderr, "%s cannot be read: run it in the source tree, or with srcdir set to it\n", full);
		exit(1);
	}
	while (fgets(line, sizeof(line), f)) {
		size_t n, last = 0;

		if (line[0] == '#' || (word && strncmp(line, word, strlen(word)) != 0))
			continue;
		if (prefix_len)
			memcpy(octets, prefix, prefix_len);
		for (char *p = strtok(line, " \t\r\n"); p; p = strtok(NULL, " \t\r\n")) {
			n = unhex(p, octets + prefix_len, sizeof(octets) - prefix_len);
			last = n ? n : last;
		}
		if (last)
			add(user, octets, prefix_len + last);
	}
	fclose(f);
}
