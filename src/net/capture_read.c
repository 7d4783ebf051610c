/* SPDX-License-Identifier: BSD-2-Clause */
/* capture_read.c: reading pcapng of any origin, and merging files by time. Every length is checked before use. */
#include "src/net/capture.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SECTION 0x0a0d0d0au
#define BLOCK_INTERFACE 1u
#define BLOCK_SIMPLE 3u
#define BLOCK_PACKET 6u
#define BYTE_ORDER_MAGIC 0x1a2b3c4du
#define OPTION_END 0u
#define OPTION_COMMENT 1u
#define OPTION_IF_TSRESOL 9u
#define MAX_BLOCK (1024u * 1024)
#define MAX_INTERFACES 1024u
#define NS_PER_S 1000000000u

struct interface {
	uint16_t linktype;
	uint32_t snaplen;
	uint8_t resolution; /* if_tsresol: bit 7 set: power of 2, otherwise of 10 */
};

struct iuplus_capture_reader {
	FILE *file;
	bool big_endian;
	struct interface interfaces[MAX_INTERFACES];
	unsigned interface_count;
	uint8_t *block; /* the body of the current block, after type and length */
	size_t block_size;
	char *comment;
};

static uint32_t get32(const struct iuplus_capture_reader *r, const uint8_t *p)
{
	if (r->big_endian)
		return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
	return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

static unsigned get16(const struct iuplus_capture_reader *r, const uint8_t *p)
{
	return r->big_endian ? (unsigned)p[0] << 8 | p[1] : (unsigned)p[1] << 8 | p[0];
}

/* Reads len octets. Returns 1 (all read), 0 (end of file before the first), or an error (also if truncated). */
static int fill(FILE *f, void *buf, size_t len)
{
	size_t n = fread(buf, 1, len, f);

	if (n == len)
		return 1;
	if (ferror(f))
		return IUPLUS_ERR_IO;
	return n == 0 ? 0 : IUPLUS_ERR_TRUNCATED;
}

static int room(struct iuplus_capture_reader *r, size_t len)
{
	uint8_t *p;

	if (len <= r->block_size)
		return 0;
	p = realloc(r->block, len);
	if (p == NULL)
		return IUPLUS_ERR_MEMORY;
	r->block = p;
	r->block_size = len;
	return 0;
}

/* A section header decides the byte order of its own length. */
static int section(struct iuplus_capture_reader *r, const uint8_t head[8], size_t *len)
{
	static const uint8_t little[4] = { 0x4d, 0x3c, 0x2b, 0x1a }, big[4] = { 0x1a, 0x2b, 0x3c, 0x4d };
	uint8_t magic[4];
	int rc = fill(r->file, magic, sizeof(magic));

	if (rc <= 0)
		return rc < 0 ? rc : IUPLUS_ERR_TRUNCATED;
	if (memcmp(magic, little, 4) == 0)
		r->big_endian = false;
	else if (memcmp(magic, big, 4) == 0)
		r->big_endian = true;
	else
		return IUPLUS_ERR_SYNTAX;
	*len = get32(r, head + 4);
	if (*len < 28 || *len % 4 != 0)
		return IUPLUS_ERR_SYNTAX;
	if (*len > MAX_BLOCK)
		return IUPLUS_ERR_CONSTRAINT;
	r->interface_count = 0;
	*len -= 12;
	return 1;
}

/* Reads a block: its type, and its body without the trailing length. Returns 1, 0 at the end, or an error. */
static int next_block(struct iuplus_capture_reader *r, uint32_t *type, size_t *len)
{
	uint8_t head[8];
	int rc = fill(r->file, head, sizeof(head));

	if (rc <= 0)
		return rc;
	*type = get32(r, head);
	if (*type == BLOCK_SECTION) {
		rc = section(r, head, len);
		if (rc <= 0)
			return rc;
	} else {
		*len = get32(r, head + 4);
		if (*len < 12 || *len % 4 != 0)
			return IUPLUS_ERR_SYNTAX;
		if (*len > MAX_BLOCK)
			return IUPLUS_ERR_CONSTRAINT;
		*len -= 8;
	}
	rc = room(r, *len);
	if (rc != 0)
		return rc;
	rc = fill(r->file, r->block, *len);
	if (rc <= 0)
		return rc < 0 ? rc : IUPLUS_ERR_TRUNCATED;
	*len -= 4;
	return 1;
}

/* Finds an option in a list of options. NULL if it is absent or the list is malformed. */
static const uint8_t *option(const struct iuplus_capture_reader *r, const uint8_t *p, size_t len, unsigned code,
			     size_t *option_len)
{
	while (len >= 4) {
		unsigned c = get16(r, p);
		size_t n = get16(r, p + 2), whole = 4 + ((n + 3) & ~(size_t)3);

		if (c == OPTION_END || n > len - 4)
			return NULL;
		if (c == code) {
			*option_len = n;
			return p + 4;
		}
		if (whole > len)
			return NULL;
		p += whole;
		len -= whole;
	}
	return NULL;
}

static int interface(struct iuplus_capture_reader *r, size_t len)
{
	struct interface *i;
	const uint8_t *v;
	size_t n;

	if (len < 8)
		return IUPLUS_ERR_SYNTAX;
	if (r->interface_count == MAX_INTERFACES)
		return IUPLUS_ERR_CONSTRAINT;
	i = &r->interfaces[r->interface_count++];
	i->linktype = (uint16_t)get16(r, r->block);
	i->snaplen = get32(r, r->block + 4);
	i->resolution = 6;
	v = option(r, r->block + 8, len - 8, OPTION_IF_TSRESOL, &n);
	if (v != NULL && n == 1)
		i->resolution = v[0];
	return 0;
}

/* Ticks of an interface to nanoseconds, without intermediate overflow. */
static uint64_t to_ns(uint64_t ticks, uint8_t resolution)
{
	unsigned n = resolution & 0x7f;
	uint64_t unit = 1;

	if (resolution & 0x80) {
		if (n > 63)
			return 0;
		unit = (uint64_t)1 << n;
		if (n <= 30)
			return ticks / unit * NS_PER_S + ticks % unit * NS_PER_S / unit;
		return (uint64_t)((long double)ticks / (long double)unit * NS_PER_S);
	}
	for (; n < 9; n++)
		unit *= 10;
	if (unit > 1)
		return ticks > UINT64_MAX / unit ? UINT64_MAX : ticks * unit;
	for (; n > 9 && ticks > 0; n--)
		ticks /= 10;
	return ticks;
}

static void keep_comment(struct iuplus_capture_reader *r, const uint8_t *options, size_t len,
			 struct iuplus_capture_packet *packet)
{
	size_t n;
	const uint8_t *v = option(r, options, len, OPTION_COMMENT, &n);

	free(r->comment);
	r->comment = v != NULL ? malloc(n + 1) : NULL;
	if (r->comment != NULL) {
		memcpy(r->comment, v, n);
		r->comment[n] = '\0';
	}
	packet->comment = r->comment;
}

static int packet_block(struct iuplus_capture_reader *r, size_t len, struct iuplus_capture_packet *packet)
{
	size_t captured, whole;

	if (len < 20)
		return IUPLUS_ERR_SYNTAX;
	packet->interface = get32(r, r->block);
	captured = get32(r, r->block + 12);
	if (packet->interface >= r->interface_count || captured > len - 20)
		return IUPLUS_ERR_SYNTAX;
	whole = (captured + 3) & ~(size_t)3;
	packet->linktype = r->interfaces[packet->interface].linktype;
	packet->time_ns = to_ns((uint64_t)get32(r, r->block + 4) << 32 | get32(r, r->block + 8),
				r->interfaces[packet->interface].resolution);
	packet->data = r->block + 20;
	packet->len = captured;
	packet->original_len = get32(r, r->block + 16);
	if (whole > len - 20)
		whole = len - 20;
	keep_comment(r, r->block + 20 + whole, len - 20 - whole, packet);
	return 1;
}

static int simple_block(struct iuplus_capture_reader *r, size_t len, struct iuplus_capture_packet *packet)
{
	if (len < 4 || r->interface_count == 0)
		return IUPLUS_ERR_SYNTAX;
	memset(packet, 0, sizeof(*packet));
	packet->original_len = get32(r, r->block);
	packet->linktype = r->interfaces[0].linktype;
	packet->data = r->block + 4;
	packet->len = packet->original_len < len - 4 ? packet->original_len : len - 4;
	if (r->interfaces[0].snaplen > 0 && packet->len > r->interfaces[0].snaplen)
		packet->len = r->interfaces[0].snaplen;
	return 1;
}

int iuplus_capture_read(struct iuplus_capture_reader *r, struct iuplus_capture_packet *packet)
{
	uint32_t type;
	size_t len;
	int rc;

	for (;;) {
		rc = next_block(r, &type, &len);
		if (rc <= 0)
			return rc;
		switch (type) {
		case BLOCK_INTERFACE:
			rc = interface(r, len);
			if (rc != 0)
				return rc;
			break;
		case BLOCK_PACKET:
			return packet_block(r, len, packet);
		case BLOCK_SIMPLE:
			return simple_block(r, len, packet);
		default:
			break;
		}
	}
}

int iuplus_capture_reader_open(struct iuplus_capture_reader **reader, const char *path)
{
	struct iuplus_capture_reader *r = calloc(1, sizeof(*r));
	uint32_t type = 0;
	size_t len;
	int rc, saved;

	*reader = NULL;
	if (r == NULL)
		return IUPLUS_ERR_MEMORY;
	r->file = fopen(path, "rbe");
	if (r->file == NULL) {
		saved = errno;
		free(r);
		errno = saved;
		return IUPLUS_ERR_IO;
	}
	rc = next_block(r, &type, &len);
	if (rc != 1 || type != BLOCK_SECTION) {
		iuplus_capture_reader_close(r);
		return rc == IUPLUS_ERR_IO || rc == IUPLUS_ERR_MEMORY ? rc : IUPLUS_ERR_SYNTAX;
	}
	*reader = r;
	return 0;
}

void iuplus_capture_reader_close(struct iuplus_capture_reader *r)
{
	if (r == NULL)
		return;
	fclose(r->file);
	free(r->block);
	free(r->comment);
	free(r);
}

/* --- merging --- */

#define MAX_MERGE ((size_t)1 << 30) /* octets of packets that one merge may keep in memory */

struct entry {
	uint64_t time_ns;
	size_t input, number; /* its index among the packets of that input */
	enum iuplus_capture_interface interface;
	size_t len, original_len;
	char *comment; /* stored after the data, or NULL */
	uint8_t *data;
};

struct list {
	struct entry *entries;
	size_t count, size, octets;
};

static int by_time(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	if (x->time_ns != y->time_ns)
		return x->time_ns < y->time_ns ? -1 : 1;
	if (x->input != y->input)
		return x->input < y->input ? -1 : 1;
	return x->number < y->number ? -1 : x->number > y->number;
}

static int list_add(struct list *l, size_t input, const struct iuplus_capture_packet *packet)
{
	size_t comment_len = packet->comment != NULL ? strlen(packet->comment) + 1 : 0;
	struct entry *e;

	if (packet->len + comment_len > MAX_MERGE - l->octets)
		return IUPLUS_ERR_MEMORY;
	if (l->count == l->size) {
		size_t size = l->size > 0 ? l->size * 2 : 256;
		struct entry *p = realloc(l->entries, size * sizeof(*p));

		if (p == NULL)
			return IUPLUS_ERR_MEMORY;
		l->entries = p;
		l->size = size;
	}
	e = &l->entries[l->count];
	e->time_ns = packet->time_ns;
	e->input = input;
	e->number = l->count;
	e->interface = packet->linktype == IUPLUS_CAPTURE_LINKTYPE_RAW ? IUPLUS_CAPTURE_IU : IUPLUS_CAPTURE_UU;
	e->len = packet->len;
	e->original_len = packet->original_len;
	e->data = malloc(packet->len + comment_len + 1);
	if (e->data == NULL)
		return IUPLUS_ERR_MEMORY;
	memcpy(e->data, packet->data, packet->len);
	e->comment = comment_len > 0 ? (char *)e->data + packet->len : NULL;
	if (comment_len > 0)
		memcpy(e->comment, packet->comment, comment_len);
	l->octets += packet->len + comment_len;
	l->count++;
	return 0;
}

/* Reads the packets of one input. */
static int take(const char *path, size_t input, struct list *l)
{
	struct iuplus_capture_reader *r;
	struct iuplus_capture_packet packet;
	int rc = iuplus_capture_reader_open(&r, path);

	if (rc != 0)
		return rc;
	while ((rc = iuplus_capture_read(r, &packet)) == 1) {
		if (packet.len > IUPLUS_CAPTURE_MAX_PACKET || (packet.linktype != IUPLUS_CAPTURE_LINKTYPE_RAW &&
							       packet.linktype != IUPLUS_CAPTURE_LINKTYPE_UPPER_PDU))
			continue;
		rc = list_add(l, input, &packet);
		if (rc != 0)
			break;
	}
	iuplus_capture_reader_close(r);
	return rc == IUPLUS_ERR_TRUNCATED ? 0 : rc;
}

static int write_all(const char *path, const struct list *l)
{
	struct iuplus_capture *out;
	int rc = iuplus_capture_open(&out, path), closed;

	if (rc != 0)
		return rc;
	iuplus_capture_buffered(out, true);
	for (size_t i = 0; i < l->count && rc == 0; i++) {
		const struct entry *e = &l->entries[i];

		rc = iuplus_capture_write(out, e->interface, e->time_ns, e->data, e->len, e->original_len, e->comment);
	}
	closed = iuplus_capture_close(out);
	return rc != 0 ? rc : closed;
}

int iuplus_capture_merge(const char *output, const char *const *inputs, size_t count, size_t *packets, size_t *failed)
{
	struct list l = { NULL, 0, 0, 0 };
	size_t at = count, i;
	int rc = 0;

	for (i = 0; i < count && rc == 0; i++) {
		rc = take(inputs[i], i, &l);
		if (rc != 0)
			at = i;
	}
	if (rc == 0) {
		if (l.count > 0)
			qsort(l.entries, l.count, sizeof(*l.entries), by_time);
		rc = write_all(output, &l);
	}
	if (packets != NULL)
		*packets = rc == 0 ? l.count : 0;
	if (failed != NULL)
		*failed = at;
	for (i = 0; i < l.count; i++)
		free(l.entries[i].data);
	free(l.entries);
	return rc;
}
