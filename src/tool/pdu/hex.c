/* SPDX-License-Identifier: BSD-2-Clause */
/* hex.c: octets from text: one PDU per line ("0013 40", "0x00,0x13", "00:13"), or dumps over several lines in the
 * format of od -Ax -tx1, hexdump -C, xxd and the input of text2pcap, where an offset of 0 starts a PDU. */
#include <stdlib.h>
#include <string.h>

#include "src/tool/pdu/pdu.h"

struct pdu_hex {
	uint8_t *octets;
	size_t size, room;
	bool dump;   /* in the middle of a dump */
	bool repeat; /* a "*" line: repeat the last 16 octets up to the next offset */
	bool given;  /* the octets were returned */
	bool octal;  /* the offsets are octal, as those of od without -Ax */
};

struct pdu_hex *pdu_hex_new(void)
{
	return calloc(1, sizeof(struct pdu_hex));
}

void pdu_hex_free(struct pdu_hex *h)
{
	if (h)
		free(h->octets);
	free(h);
}

static int nibble(int c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 32;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool put(struct pdu_hex *h, uint8_t octet)
{
	if (h->size == h->room) {
		size_t room = h->room ? 2 * h->room : 4096;
		uint8_t *p = room <= PDU_MOST_OCTETS ? realloc(h->octets, room) : NULL;

		if (!p)
			return false;
		h->octets = p;
		h->room = room;
	}
	h->octets[h->size++] = octet;
	return true;
}

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == ',' || c == ':' || c == ';' || c == '-';
}

static size_t digits(const char *s)
{
	size_t n = 0;

	while (nibble((unsigned char)s[n]) >= 0)
		n++;
	return n;
}

/* The octets of a run of digits, an even number of them. */
static bool run(struct pdu_hex *h, const char *s, size_t n)
{
	unsigned high, low;
	size_t i;

	if (n % 2)
		return false;
	for (i = 0; i < n; i += 2) {
		high = (unsigned)nibble((unsigned char)s[i]);
		low = (unsigned)nibble((unsigned char)s[i + 1]);
		if (!put(h, (uint8_t)(high << 4 | low)))
			return false;
	}
	return true;
}

static bool plain(struct pdu_hex *h, const char *s)
{
	size_t n;

	for (;;) {
		while (blank(*s))
			s++;
		if (*s == '\0')
			return true;
		if ((s[0] == '0' || s[0] == '\\') && (s[1] | 32) == 'x')
			s += 2;
		n = digits(s);
		if (n == 0 || !run(h, s, n))
			return false;
		s += n;
		if (*s && !blank(*s) && *s != '\\')
			return false;
	}
}

/* True for a line of a dump: an offset, then octets of two digits (groups of four in xxd's). Sets *offset and *rest. */
static bool is_dump(const char *line, size_t *offset, const char **rest)
{
	const char *s;
	size_t n, i;
	bool colon;

	while (*line == ' ' || *line == '\t')
		line++;
	n = digits(line);
	if (n < 4 || n > 8)
		return false;
	*offset = 0;
	for (i = 0; i < n; i++)
		*offset = *offset << 4 | (size_t)nibble((unsigned char)line[i]);
	s = line + n;
	colon = *s == ':';
	s += colon;
	*rest = s;
	if (*s == '\0' || *s == '\r')
		return true;
	if (*s != ' ' && *s != '\t')
		return false;
	while (*s == ' ' || *s == '\t')
		s++;
	n = digits(s);
	return n == 0 || n == 2 || (colon && n == 4);
}

/* The octets of a dump's line; after two blanks, anything but a pair of digits is the text column. */
static bool dumped(struct pdu_hex *h, const char *s, bool colon)
{
	unsigned count = 0;

	for (;;) {
		const char *before = s;
		size_t n;

		while (*s == ' ' || *s == '\t')
			s++;
		n = digits(s);
		if (*s == '\0' || *s == '|' || *s == '>' || (count > 0 && s - before > 2) ||
		    (colon && count > 0 && s - before > 1))
			return true;
		if ((n != 2 && !(colon && n == 4)) || (s[n] && s[n] != ' ' && s[n] != '\t'))
			return count > 0 && s - before > 1;
		if (!run(h, s, n))
			return false;
		count++;
		s += n;
	}
}

/* The same digits as an octal number; SIZE_MAX if they are not octal. */
static size_t as_octal(size_t offset)
{
	size_t v = 0;
	int shift;

	for (shift = 28; shift >= 0; shift -= 4) {
		size_t digit = offset >> shift & 15;

		if (digit > 7)
			return SIZE_MAX;
		v = v << 3 | digit;
	}
	return v;
}

static bool fill_up(struct pdu_hex *h, size_t offset)
{
	if (!h->repeat)
		return h->size == offset;
	h->repeat = false;
	while (h->size < offset) {
		if (h->size < 16 || !put(h, h->octets[h->size - 16]))
			return false;
	}
	return h->size == offset;
}

static void forget(struct pdu_hex *h)
{
	if (h->given)
		h->size = 0;
	h->given = false;
}

static int give(struct pdu_hex *h, const uint8_t **octets, size_t *size, int rc)
{
	*octets = h->octets;
	*size = h->size;
	h->given = true;
	h->dump = h->repeat = h->octal = false;
	return rc;
}

int pdu_hex_line(struct pdu_hex *h, const char *line, const uint8_t **octets, size_t *size)
{
	const char *rest = line;
	size_t offset, n;

	forget(h);
	n = strspn(line, " \t\r");
	if (line[n] == '\0' || line[n] == '#')
		return h->dump && line[n] == '\0' ? give(h, octets, size, 1) : 0;
	if (h->dump && strcmp(line + n, "*") == 0) {
		h->repeat = true;
		return 0;
	}
	if (is_dump(line, &offset, &rest) && (h->dump || (offset == 0 && *rest != '\0'))) {
		bool end = rest[strspn(rest, " \t")] == '\0';

		if (h->dump && offset == 0)
			return give(h, octets, size, 2);
		if (h->dump && !h->repeat && offset != h->size && as_octal(offset) == h->size)
			h->octal = true;
		if (h->octal)
			offset = as_octal(offset);
		if ((h->dump && !fill_up(h, offset)) || !dumped(h, rest, rest[-1] == ':')) {
			h->size = 0;
			h->dump = h->repeat = false;
			return -1;
		}
		h->dump = true;
		return end ? give(h, octets, size, 1) : 0;
	}
	if (h->dump)
		return give(h, octets, size, 2);
	h->size = 0;
	if (!plain(h, line + n)) {
		h->size = 0;
		return -1;
	}
	return give(h, octets, size, 1);
}

int pdu_hex_end(struct pdu_hex *h, const uint8_t **octets, size_t *size)
{
	forget(h);
	return h->dump ? give(h, octets, size, 1) : 0;
}

void pdu_hex_why(const char *line, char *to, size_t room)
{
	size_t i, run_length = 0, run_at = 0, rest;
	bool prefix = false;

	for (i = 0;; i++) {
		if (nibble((unsigned char)line[i]) >= 0) {
			if (run_length++ == 0)
				run_at = i;
			continue;
		}
		/* the x of 0x */
		if ((line[i] | 32) == 'x' && run_length == 1 && line[i - 1] == '0' && !prefix) {
			prefix = true;
			run_length = 0;
			continue;
		}
		if (line[i] && !blank(line[i])) {
			bool shown = line[i] > ' ' && line[i] < 127;

			snprintf(to, room,
				 shown ? "not hexadecimal: '%c' in column %zu" :
					 "not hexadecimal: octet %02x in column %zu",
				 shown ? line[i] : (unsigned char)line[i], i + 1);
			return;
		}
		if (run_length % 2) {
			snprintf(to, room, "not hexadecimal: an odd number of digits from column %zu on", run_at + 1);
			return;
		}
		run_length = 0;
		prefix = false;
		if (line[i] == '\0')
			break;
	}
	rest = strspn(line, "0123456789abcdefABCDEF");
	snprintf(to, room, "not hexadecimal: not a line of a dump that continues the previous one (offset %.*s)",
		 rest < 9 ? (int)rest : 9, line);
}
