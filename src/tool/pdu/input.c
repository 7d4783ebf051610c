/* SPDX-License-Identifier: BSD-2-Clause */
/* input.c: a file or standard input, with format detection before it is read. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "src/tool/pdu/pdu.h"

int pdu_input_open(struct pdu_input *in, const char *path)
{
	struct stat st;

	memset(in, 0, sizeof(*in));
	if (strcmp(path, "-") == 0) {
		in->file = stdin;
		return 0;
	}
	in->path = path;
	in->file = fopen(path, "rb");
	if (in->file && fstat(fileno(in->file), &st) == 0 && S_ISDIR(st.st_mode)) {
		fclose(in->file);
		in->file = NULL;
		errno = EISDIR;
	}
	return in->file ? 0 : -1;
}

void pdu_input_close(struct pdu_input *in)
{
	if (in->file && in->file != stdin)
		fclose(in->file);
	free(in->line);
	memset(in, 0, sizeof(*in));
}

static void look(struct pdu_input *in)
{
	if (in->ahead_at == in->ahead_end) {
		in->ahead_at = 0;
		in->ahead_end = fread(in->ahead, 1, 4, in->file);
	}
}

/* One more octet of lookahead; it does not wait for more octets of a slow stream than the detection needs. */
static int peek(struct pdu_input *in, size_t i)
{
	while (in->ahead_at + i >= in->ahead_end) {
		int c;

		if (in->ahead_end == sizeof(in->ahead))
			return -1;
		c = getc(in->file);
		if (c == EOF)
			return -1;
		in->ahead[in->ahead_end++] = (uint8_t)c;
	}
	return in->ahead[in->ahead_at + i];
}

static bool is_capture(const uint8_t *p)
{
	static const uint8_t magics[][4] = {
		{ 0x0a, 0x0d, 0x0d, 0x0a }, { 0xd4, 0xc3, 0xb2, 0xa1 }, { 0xa1, 0xb2, 0xc3, 0xd4 },
		{ 0x4d, 0x3c, 0xb2, 0xa1 }, { 0xa1, 0xb2, 0x3c, 0x4d },
	};
	unsigned i;

	for (i = 0; i < sizeof(magics) / sizeof(magics[0]); i++) {
		if (memcmp(p, magics[i], 4) == 0)
			return true;
	}
	return false;
}

enum pdu_format pdu_input_guess(struct pdu_input *in)
{
	size_t i;
	int c;

	look(in);
	if (in->ahead_end - in->ahead_at >= 4 && is_capture(in->ahead + in->ahead_at))
		return PDU_CAPTURE;
	for (i = 0; (c = peek(in, i)) >= 0; i++) {
		if (c == ' ' || c == '\t' || c == '\r' || c == '\n')
			continue;
		if (c == '{' || c == '[' || c == '"')
			return PDU_JSON;
		if (c == '<')
			return PDU_XER;
		if (c != '#' && c != '\\' && !strchr("0123456789abcdefABCDEF", c))
			return PDU_BIN;
		/* binary data may start with digits by chance: the rest of the line must be text too */
		for (; (c = peek(in, i)) >= 0 && c != '\n'; i++) {
			if (c > '~' || (c < ' ' && c != '\t' && c != '\r'))
				return PDU_BIN;
		}
		return PDU_HEX;
	}
	return PDU_HEX;
}

size_t pdu_input_read(struct pdu_input *in, uint8_t *to, size_t size)
{
	size_t n = in->ahead_end - in->ahead_at;

	if (n > size)
		n = size;
	if (n)
		memcpy(to, in->ahead + in->ahead_at, n);
	in->ahead_at += n;
	return n == size ? n : n + fread(to + n, 1, size - n, in->file);
}

static int next_char(struct pdu_input *in)
{
	return in->ahead_at < in->ahead_end ? in->ahead[in->ahead_at++] : getc(in->file);
}

int pdu_input_line(struct pdu_input *in, size_t *length)
{
	size_t n = 0;
	bool too_long = false;
	int c = next_char(in);

	if (c == EOF)
		return 0;
	in->line_number++;
	for (; c != EOF && c != '\n'; c = next_char(in)) {
		if (n + 2 > in->line_room && !too_long) {
			size_t room = in->line_room ? 2 * in->line_room : 4096;
			char *p = room <= 64u * PDU_MOST_OCTETS ? realloc(in->line, room) : NULL;

			if (p) {
				in->line = p;
				in->line_room = room;
			}
			too_long = !p;
		}
		if (!too_long)
			in->line[n++] = (char)c;
	}
	if (!in->line) {
		in->line = malloc(4096);
		if (!in->line)
			return -1;
		in->line_room = 4096;
	}
	if (n > 0 && in->line[n - 1] == '\r')
		n--;
	in->line[n] = '\0';
	*length = n;
	return too_long ? -1 : 1;
}
