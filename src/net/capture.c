/* SPDX-License-Identifier: BSD-2-Clause */
/* capture.c: writing pcapng (draft-ietf-opsawg-pcapng), with the IP, SCTP and UDP headers of the payloads. */
#include "src/net/capture.h"

#include <unistd.h>
#include <sys/stat.h>
#include <fcntl.h>
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define BLOCK_SECTION 0x0a0d0d0au
#define BLOCK_INTERFACE 1u
#define BLOCK_PACKET 6u
#define BYTE_ORDER_MAGIC 0x1a2b3c4du
#define OPTION_COMMENT 1u
#define OPTION_IF_NAME 2u
#define OPTION_IF_TSRESOL 9u
#define TSRESOL_NANOSECONDS 9u

#define IP_LEN 20u
#define UDP_LEN 8u
#define SCTP_COMMON_LEN 12u
#define SCTP_DATA_LEN 16u
#define PROTOCOL_UDP 17u
#define PROTOCOL_SCTP 132u
#define CHUNK_DATA 0u
#define CHUNK_COMPLETE 3u /* first and last fragment in one */
#define MAX_FLOWS 8192u
#define MAX_STREAMS 64u

/* Tags of exported PDUs, as Wireshark's wsutil/exported_pdu_tlvs.h numbers them. */
#define TAG_END 0u
#define TAG_DISSECTOR_NAME 12u
#define TAG_IPV4_SRC 20u
#define TAG_IPV4_DST 21u
#define TAG_PORT_TYPE 24u
#define TAG_SRC_PORT 25u
#define TAG_DST_PORT 26u
#define PORT_TYPE_UDP 3u

/* One direction of an association: the counters of its DATA chunks. */
struct flow {
	uint32_t from, to;
	uint16_t from_port, to_port;
	uint32_t tag, tsn;
	uint16_t ssn[MAX_STREAMS];
};

struct iuplus_capture {
	FILE *file;
	bool buffered, failed;
	uint16_t ip_id;
	struct flow *flows;
	size_t flow_count, flow_size;
	uint8_t packet[IUPLUS_CAPTURE_MAX_PACKET + 64];
};

/* --- blocks --- */

static void le16(uint8_t *p, unsigned v)
{
	p[0] = (uint8_t)v;
	p[1] = (uint8_t)(v >> 8);
}

static void le32(uint8_t *p, uint32_t v)
{
	le16(p, v & 0xffff);
	le16(p + 2, v >> 16);
}

static void be16(uint8_t *p, unsigned v)
{
	p[0] = (uint8_t)(v >> 8);
	p[1] = (uint8_t)v;
}

static void be32(uint8_t *p, uint32_t v)
{
	be16(p, v >> 16);
	be16(p + 2, v & 0xffff);
}

static size_t padded(size_t len)
{
	return (len + 3) & ~(size_t)3;
}

static void put(struct iuplus_capture *c, const void *data, size_t len)
{
	if (len > 0 && fwrite(data, 1, len, c->file) != len)
		c->failed = true;
}

static void put_padded(struct iuplus_capture *c, const void *data, size_t len)
{
	static const uint8_t zero[4];

	put(c, data, len);
	put(c, zero, padded(len) - len);
}

static void put32(struct iuplus_capture *c, uint32_t v)
{
	uint8_t b[4];

	le32(b, v);
	put(c, b, sizeof(b));
}

static void put_option(struct iuplus_capture *c, unsigned code, const void *data, size_t len)
{
	uint8_t head[4];

	le16(head, code);
	le16(head + 2, (unsigned)len);
	put(c, head, sizeof(head));
	put_padded(c, data, len);
}

static void put_section(struct iuplus_capture *c)
{
	static const uint8_t version[4] = { 1, 0, 0, 0 };

	put32(c, BLOCK_SECTION);
	put32(c, 28);
	put32(c, BYTE_ORDER_MAGIC);
	put(c, version, sizeof(version));
	put32(c, 0xffffffff); /* section length: unspecified */
	put32(c, 0xffffffff);
	put32(c, 28);
}

static void put_interface(struct iuplus_capture *c, unsigned linktype, const char *name)
{
	const uint8_t resolution = TSRESOL_NANOSECONDS;
	uint32_t len = (uint32_t)(20 + 4 + padded(strlen(name)) + 8 + 4);

	put32(c, BLOCK_INTERFACE);
	put32(c, len);
	put32(c, linktype); /* and two reserved octets of 0 */
	put32(c, 0);        /* no limit on the captured length */
	put_option(c, OPTION_IF_NAME, name, strlen(name));
	put_option(c, OPTION_IF_TSRESOL, &resolution, 1);
	put32(c, 0);
	put32(c, len);
}

int iuplus_capture_write(struct iuplus_capture *c, enum iuplus_capture_interface interface, uint64_t time_ns,
			 const uint8_t *data, size_t len, size_t original, const char *comment)
{
	size_t comment_len = comment != NULL ? strlen(comment) : 0;
	uint32_t total;

	if (len > IUPLUS_CAPTURE_MAX_PACKET)
		return IUPLUS_ERR_CONSTRAINT;
	if (comment_len > 0xffff)
		comment_len = 0xffff;
	total = (uint32_t)(32 + padded(len) + (comment_len > 0 ? 4 + padded(comment_len) + 4 : 0));
	put32(c, BLOCK_PACKET);
	put32(c, total);
	put32(c, interface);
	put32(c, (uint32_t)(time_ns >> 32));
	put32(c, (uint32_t)time_ns);
	put32(c, (uint32_t)len);
	put32(c, (uint32_t)original);
	put_padded(c, data, len);
	if (comment_len > 0) {
		put_option(c, OPTION_COMMENT, comment, comment_len);
		put32(c, 0);
	}
	put32(c, total);
	if (!c->buffered && fflush(c->file) != 0)
		c->failed = true;
	return c->failed ? IUPLUS_ERR_IO : 0;
}

/* For its owner only, whoever created it: RANAP messages in a capture hold CK and IK. A pipe keeps its mode. */
static FILE *open_private(const char *path)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	struct stat st;
	FILE *file = NULL;
	int saved;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) == 0 && (!S_ISREG(st.st_mode) || fchmod(fd, 0600) == 0))
		file = fdopen(fd, "wb");
	saved = errno;
	if (file == NULL)
		close(fd);
	errno = saved;
	return file;
}

int iuplus_capture_open(struct iuplus_capture **capture, const char *path)
{
	struct iuplus_capture *c = calloc(1, sizeof(*c));
	int saved;

	*capture = NULL;
	if (c == NULL)
		return IUPLUS_ERR_MEMORY;
	c->file = open_private(path);
	if (c->file == NULL) {
		saved = errno;
		free(c);
		errno = saved;
		return IUPLUS_ERR_IO;
	}
	put_section(c);
	put_interface(c, IUPLUS_CAPTURE_LINKTYPE_RAW, "iu");
	put_interface(c, IUPLUS_CAPTURE_LINKTYPE_UPPER_PDU, "uu");
	if (iuplus_capture_flush(c) != 0) {
		saved = errno;
		iuplus_capture_close(c);
		errno = saved;
		return IUPLUS_ERR_IO;
	}
	*capture = c;
	return 0;
}

int iuplus_capture_flush(struct iuplus_capture *c)
{
	if (fflush(c->file) != 0)
		c->failed = true;
	return c->failed ? IUPLUS_ERR_IO : 0;
}

int iuplus_capture_close(struct iuplus_capture *c)
{
	bool failed;

	if (c == NULL)
		return 0;
	failed = c->failed;
	if (fclose(c->file) != 0)
		failed = true;
	free(c->flows);
	free(c);
	return failed ? IUPLUS_ERR_IO : 0;
}

void iuplus_capture_buffered(struct iuplus_capture *c, bool on)
{
	c->buffered = on;
}

/* --- headers --- */

static uint32_t address(const struct iuplus_capture_endpoint *e)
{
	struct in_addr a;

	if (e == NULL || e->ip == NULL || inet_pton(AF_INET, e->ip, &a) != 1 || a.s_addr == 0)
		return INADDR_LOOPBACK;
	return ntohl(a.s_addr);
}

static uint32_t sum16(uint32_t sum, const uint8_t *p, size_t len)
{
	for (size_t i = 0; i + 1 < len; i += 2)
		sum += (uint32_t)p[i] << 8 | p[i + 1];
	if (len & 1)
		sum += (uint32_t)p[len - 1] << 8;
	return sum;
}

static uint16_t fold(uint32_t sum)
{
	while (sum >> 16)
		sum = (sum & 0xffff) + (sum >> 16);
	return (uint16_t)~sum;
}

static void ip_header(struct iuplus_capture *c, uint8_t *p, uint32_t from, uint32_t to, unsigned protocol, size_t total)
{
	memset(p, 0, IP_LEN);
	p[0] = 0x45;
	be16(p + 2, (unsigned)total);
	be16(p + 4, c->ip_id++);
	p[6] = 0x40; /* do not fragment */
	p[8] = 64;
	p[9] = (uint8_t)protocol;
	be32(p + 12, from);
	be32(p + 16, to);
	be16(p + 10, fold(sum16(0, p, IP_LEN)));
}

/* The reflected polynomial of Castagnoli, four bits at a time. */
uint32_t iuplus_capture_crc32c(const uint8_t *data, size_t len)
{
	static const uint32_t table[16] = { 0x00000000, 0x105ec76f, 0x20bd8ede, 0x30e349b1, 0x417b1dbc, 0x5125dad3,
					    0x61c69362, 0x7198540d, 0x82f63b78, 0x92a8fc17, 0xa24bb5a6, 0xb21572c9,
					    0xc38d26c4, 0xd3d3e1ab, 0xe330a81a, 0xf36e6f75 };
	uint32_t crc = 0xffffffff;

	for (size_t i = 0; i < len; i++) {
		crc ^= data[i];
		crc = crc >> 4 ^ table[crc & 15];
		crc = crc >> 4 ^ table[crc & 15];
	}
	return ~crc;
}

/* A verification tag that depends only on the endpoints, so every node writes the same one. */
static uint32_t tag_of(uint32_t from, uint32_t to, uint16_t from_port, uint16_t to_port)
{
	uint8_t name[12];
	uint32_t tag;

	be32(name, from);
	be32(name + 4, to);
	be16(name + 8, from_port);
	be16(name + 10, to_port);
	tag = iuplus_capture_crc32c(name, sizeof(name));
	return tag != 0 ? tag : 1;
}

static struct flow *flow_of(struct iuplus_capture *c, uint32_t from, uint32_t to, uint16_t from_port, uint16_t to_port)
{
	struct flow *f;

	for (size_t i = 0; i < c->flow_count; i++) {
		f = &c->flows[i];
		if (f->from == from && f->to == to && f->from_port == from_port && f->to_port == to_port)
			return f;
	}
	if (c->flow_count == MAX_FLOWS)
		return &c->flows[MAX_FLOWS - 1];
	if (c->flow_count == c->flow_size) {
		size_t size = c->flow_size > 0 ? c->flow_size * 2 : 4;

		f = realloc(c->flows, size * sizeof(*f));
		if (f == NULL)
			return NULL;
		c->flows = f;
		c->flow_size = size;
	}
	f = &c->flows[c->flow_count++];
	memset(f, 0, sizeof(*f));
	f->from = from;
	f->to = to;
	f->from_port = from_port;
	f->to_port = to_port;
	f->tag = tag_of(from, to, from_port, to_port);
	f->tsn = 1;
	return f;
}

int iuplus_capture_sctp(struct iuplus_capture *c, uint64_t time_ns, const struct iuplus_capture_endpoint *from,
			const struct iuplus_capture_endpoint *to, uint16_t stream, uint32_t ppid, const uint8_t *data,
			size_t len, const char *comment)
{
	uint32_t src = address(from), dst = address(to), crc;
	uint16_t src_port = from != NULL ? from->port : 0, dst_port = to != NULL ? to->port : 0;
	size_t total = IP_LEN + SCTP_COMMON_LEN + SCTP_DATA_LEN + padded(len);
	uint8_t *sctp = c->packet + IP_LEN, *chunk = sctp + SCTP_COMMON_LEN;
	struct flow *f;

	if (len == 0 || len > IUPLUS_CAPTURE_MAX_PACKET || total > IUPLUS_CAPTURE_MAX_PACKET)
		return IUPLUS_ERR_CONSTRAINT;
	f = flow_of(c, src, dst, src_port, dst_port);
	if (f == NULL)
		return IUPLUS_ERR_MEMORY;
	ip_header(c, c->packet, src, dst, PROTOCOL_SCTP, total);
	be16(sctp, src_port);
	be16(sctp + 2, dst_port);
	be32(sctp + 4, f->tag);
	be32(sctp + 8, 0);
	chunk[0] = CHUNK_DATA;
	chunk[1] = CHUNK_COMPLETE;
	be16(chunk + 2, (unsigned)(SCTP_DATA_LEN + len));
	be32(chunk + 4, f->tsn++);
	be16(chunk + 8, stream);
	be16(chunk + 10, f->ssn[stream % MAX_STREAMS]++);
	be32(chunk + 12, ppid);
	memcpy(chunk + SCTP_DATA_LEN, data, len);
	memset(chunk + SCTP_DATA_LEN + len, 0, padded(len) - len);
	crc = iuplus_capture_crc32c(sctp, total - IP_LEN);
	le32(sctp + 8, crc);
	return iuplus_capture_write(c, IUPLUS_CAPTURE_IU, time_ns, c->packet, total, total, comment);
}

int iuplus_capture_udp(struct iuplus_capture *c, uint64_t time_ns, const struct iuplus_capture_endpoint *from,
		       const struct iuplus_capture_endpoint *to, const uint8_t *data, size_t len, const char *comment)
{
	uint32_t src = address(from), dst = address(to), sum;
	size_t total = IP_LEN + UDP_LEN + len;
	uint8_t *udp = c->packet + IP_LEN;
	uint16_t check;

	if (len > IUPLUS_CAPTURE_MAX_PACKET || total > IUPLUS_CAPTURE_MAX_PACKET)
		return IUPLUS_ERR_CONSTRAINT;
	ip_header(c, c->packet, src, dst, PROTOCOL_UDP, total);
	be16(udp, from != NULL ? from->port : 0);
	be16(udp + 2, to != NULL ? to->port : 0);
	be16(udp + 4, (unsigned)(UDP_LEN + len));
	be16(udp + 6, 0);
	if (len > 0)
		memcpy(udp + UDP_LEN, data, len);
	/* The pseudo header: addresses, protocol, length (RFC 768). */
	sum = sum16(0, c->packet + 12, 8) + PROTOCOL_UDP + (uint32_t)(UDP_LEN + len);
	check = fold(sum16(sum, udp, UDP_LEN + len));
	be16(udp + 6, check != 0 ? check : 0xffff);
	return iuplus_capture_write(c, IUPLUS_CAPTURE_IU, time_ns, c->packet, total, total, comment);
}

static size_t put_tag(uint8_t *p, unsigned tag, const void *value, size_t len)
{
	be16(p, tag);
	be16(p + 2, (unsigned)padded(len));
	memset(p + 4, 0, padded(len));
	if (len > 0)
		memcpy(p + 4, value, len);
	return 4 + padded(len);
}

int iuplus_capture_upper(struct iuplus_capture *c, uint64_t time_ns, const char *dissector,
			 const struct iuplus_capture_endpoint *from, const struct iuplus_capture_endpoint *to,
			 const uint8_t *data, size_t len, const char *comment)
{
	size_t at, name_len = strlen(dissector);
	uint8_t word[4];

	if (name_len == 0 || name_len > 128 || len > IUPLUS_CAPTURE_MAX_PACKET - 256)
		return IUPLUS_ERR_CONSTRAINT;
	at = put_tag(c->packet, TAG_DISSECTOR_NAME, dissector, name_len);
	if (from != NULL && to != NULL) {
		be32(word, address(from));
		at += put_tag(c->packet + at, TAG_IPV4_SRC, word, 4);
		be32(word, address(to));
		at += put_tag(c->packet + at, TAG_IPV4_DST, word, 4);
		be32(word, PORT_TYPE_UDP);
		at += put_tag(c->packet + at, TAG_PORT_TYPE, word, 4);
		be32(word, from->port);
		at += put_tag(c->packet + at, TAG_SRC_PORT, word, 4);
		be32(word, to->port);
		at += put_tag(c->packet + at, TAG_DST_PORT, word, 4);
	}
	at += put_tag(c->packet + at, TAG_END, NULL, 0);
	if (len > 0)
		memcpy(c->packet + at, data, len);
	return iuplus_capture_write(c, IUPLUS_CAPTURE_UU, time_ns, c->packet, at + len, at + len, comment);
}
