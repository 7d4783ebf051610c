/* SPDX-License-Identifier: BSD-2-Clause */
/* capture.c: the packets of a file: pcap of either byte order and resolution, pcapng through net/capture.h. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "src/net/capture.h"
#include "src/tool/pdu/pdu.h"

#define MOST_PACKET (256u * 1024)

struct pdu_capture {
	struct pdu_input *in;
	struct iuplus_capture_reader *reader; /* pcapng */
	FILE *spool;                          /* standard input, copied */
	bool big_endian, nanoseconds;
	unsigned linktype;
	uint8_t *data;
};

static uint32_t get32(const struct pdu_capture *c, const uint8_t *p)
{
	if (c->big_endian)
		return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
	return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 | p[0];
}

/* The reader of pcapng needs a path: input from a pipe is copied to an unnamed file. */
static int open_pcapng(struct pdu_capture *c, const uint8_t *head, size_t size)
{
	uint8_t part[65536];
	char path[64];
	size_t n;

	if (c->in->path)
		return iuplus_capture_reader_open(&c->reader, c->in->path);
	c->spool = tmpfile();
	if (!c->spool)
		return IUPLUS_ERR_IO;
	if (fwrite(head, 1, size, c->spool) != size)
		return IUPLUS_ERR_IO;
	while ((n = pdu_input_read(c->in, part, sizeof(part))) > 0) {
		if (fwrite(part, 1, n, c->spool) != n)
			return IUPLUS_ERR_IO;
	}
	if (fflush(c->spool))
		return IUPLUS_ERR_IO;
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fileno(c->spool));
	return iuplus_capture_reader_open(&c->reader, path);
}

/* The rest of a pcap file's header. */
static bool open_pcap(struct pdu_capture *c, const uint8_t magic[4])
{
	uint8_t head[20];
	uint32_t m;

	c->big_endian = magic[0] == 0xa1;
	m = get32(c, magic);
	c->nanoseconds = m == 0xa1b23c4du;
	if ((m != 0xa1b2c3d4u && !c->nanoseconds) || pdu_input_read(c->in, head, sizeof(head)) != sizeof(head))
		return false;
	/* the high bits are the length of the frame check sequence */
	c->linktype = get32(c, head + 16) & 0x03ffffff;
	c->data = malloc(MOST_PACKET);
	return c->data != NULL;
}

struct pdu_capture *pdu_capture_open(struct pdu_input *in, const char **why)
{
	struct pdu_capture *c = calloc(1, sizeof(*c));
	uint8_t magic[4] = { 0 };
	int rc = 0;

	*why = "no memory";
	if (!c)
		return NULL;
	c->in = in;
	*why = "neither pcap nor pcapng";
	if (pdu_input_read(in, magic, sizeof(magic)) == sizeof(magic)) {
		if (magic[0] == 0x0a)
			rc = open_pcapng(c, magic, sizeof(magic));
		else if (!open_pcap(c, magic))
			rc = IUPLUS_ERR_SYNTAX;
		if (rc == 0)
			return c;
		if (rc == IUPLUS_ERR_IO)
			*why = strerror(errno);
	}
	pdu_capture_close(c);
	return NULL;
}

static int pcap_next(struct pdu_capture *c, struct pdu_packet *p, const char **why)
{
	uint8_t head[16];
	size_t n = pdu_input_read(c->in, head, sizeof(head));
	uint32_t captured, original;

	if (n == 0)
		return 0;
	*why = "the capture ends within a packet";
	if (n != sizeof(head))
		return -1;
	captured = get32(c, head + 8);
	original = get32(c, head + 12);
	if (captured > MOST_PACKET) {
		*why = "a packet longer than 256 KiB: not pcap, or damaged";
		return -1;
	}
	if (pdu_input_read(c->in, c->data, captured) != captured)
		return -1;
	p->time_ns = get32(c, head) * UINT64_C(1000000000) +
		     get32(c, head + 4) * (c->nanoseconds ? UINT64_C(1) : UINT64_C(1000));
	p->linktype = c->linktype;
	p->data = c->data;
	p->len = captured;
	p->cut = captured < original;
	return 1;
}

int pdu_capture_next(struct pdu_capture *c, struct pdu_packet *packet, const char **why)
{
	struct iuplus_capture_packet p;
	int rc;

	if (!c->reader)
		return pcap_next(c, packet, why);
	rc = iuplus_capture_read(c->reader, &p);
	if (rc < 0) {
		*why = rc == IUPLUS_ERR_TRUNCATED  ? "the capture ends within a packet" :
		       rc == IUPLUS_ERR_MEMORY     ? "no memory" :
		       rc == IUPLUS_ERR_CONSTRAINT ? "a block longer than 1 MiB" :
						     "a damaged block";
		return -1;
	}
	if (rc == 0)
		return 0;
	packet->time_ns = p.time_ns;
	packet->linktype = p.linktype;
	packet->data = p.data;
	packet->len = p.len;
	packet->cut = p.len < p.original_len;
	return 1;
}

void pdu_capture_close(struct pdu_capture *c)
{
	if (!c)
		return;
	if (c->reader)
		iuplus_capture_reader_close(c->reader);
	if (c->spool)
		fclose(c->spool);
	free(c->data);
	free(c);
}
