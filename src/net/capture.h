/* SPDX-License-Identifier: BSD-2-Clause */
/* capture.h: pcapng files: writing the messages of a node, reading files, merging several into one.
 *
 * Every file written here has the same two interfaces in the same order, so merging need not renumber them: 0 "iu",
 * link type 101 (raw IP), for SCTP and for the radio's UDP datagrams; 1 "uu", link type 252 (exported PDU), for
 * messages with the name of a dissector. The writer generates the headers below the payload: IPv4, and SCTP with CRC32c
 * and consecutive TSN and stream sequence numbers, or UDP. Times are nanoseconds since 1970. */
#ifndef IUPLUS_NET_CAPTURE_H
#define IUPLUS_NET_CAPTURE_H

#include <iuplus/iuplus.h>

enum iuplus_capture_interface { IUPLUS_CAPTURE_IU = 0, IUPLUS_CAPTURE_UU = 1 };
#define IUPLUS_CAPTURE_LINKTYPE_RAW 101u
#define IUPLUS_CAPTURE_LINKTYPE_UPPER_PDU 252u
#define IUPLUS_CAPTURE_MAX_PACKET 65535u

struct iuplus_capture_endpoint {
	const char *ip; /* dotted decimal; anything else counts as 127.0.0.1 */
	uint16_t port;
};

struct iuplus_capture;

/* Creates (truncates) a file. Returns 0 and sets *capture; IUPLUS_ERR_IO (errno); IUPLUS_ERR_MEMORY. */
int iuplus_capture_open(struct iuplus_capture **capture, const char *path);
/* Flushes and closes. Returns 0, or IUPLUS_ERR_IO if the file is not complete. NULL is allowed. */
int iuplus_capture_close(struct iuplus_capture *capture);
/* Writes buffered packets to the file. Returns as above. Every write does so unless buffering is on. */
int iuplus_capture_flush(struct iuplus_capture *capture);
/* Turns buffering on or off. It is off at first, so that a killed node leaves a complete file. */
void iuplus_capture_buffered(struct iuplus_capture *capture, bool on);

/* Each writes one packet; comment may be NULL. They return 0; IUPLUS_ERR_CONSTRAINT: the packet would not fit into
 * one IP packet, nothing was written; IUPLUS_ERR_IO; IUPLUS_ERR_MEMORY. */

/* A packet with its headers. original_len: its length before truncation, if it was truncated. */
int iuplus_capture_write(struct iuplus_capture *capture, enum iuplus_capture_interface interface, uint64_t time_ns,
			 const uint8_t *data, size_t len, size_t original_len, const char *comment);
/* An SCTP message as sent: one DATA chunk. Verification tag and counters are kept per pair of endpoints. */
int iuplus_capture_sctp(struct iuplus_capture *capture, uint64_t time_ns, const struct iuplus_capture_endpoint *from,
			const struct iuplus_capture_endpoint *to, uint16_t stream, uint32_t ppid, const uint8_t *data,
			size_t len, const char *comment);
/* A UDP datagram as sent. */
int iuplus_capture_udp(struct iuplus_capture *capture, uint64_t time_ns, const struct iuplus_capture_endpoint *from,
		       const struct iuplus_capture_endpoint *to, const uint8_t *data, size_t len, const char *comment);
/* A message for the dissector of that name ("rrc.ul.dcch"). from and to are shown as addresses; they may be NULL. */
int iuplus_capture_upper(struct iuplus_capture *capture, uint64_t time_ns, const char *dissector,
			 const struct iuplus_capture_endpoint *from, const struct iuplus_capture_endpoint *to,
			 const uint8_t *data, size_t len, const char *comment);

/* One packet of a file. Pointers are valid until the next call on the reader. */
struct iuplus_capture_packet {
	uint64_t time_ns;
	unsigned interface; /* number in the file */
	unsigned linktype;
	const uint8_t *data;
	size_t len; /* captured octets */
	size_t original_len;
	const char *comment; /* NULL if there is none */
};

struct iuplus_capture_reader;

/* Opens a pcapng file of any origin and either byte order. Returns 0; IUPLUS_ERR_IO (errno); IUPLUS_ERR_SYNTAX: not
 * pcapng; IUPLUS_ERR_MEMORY. */
int iuplus_capture_reader_open(struct iuplus_capture_reader **reader, const char *path);
void iuplus_capture_reader_close(struct iuplus_capture_reader *reader);
/* Reads the next packet. Returns 1 with a packet, 0 at the end; IUPLUS_ERR_TRUNCATED: the file ends within a block
 * (a writer was killed; the packets before are good); IUPLUS_ERR_SYNTAX; IUPLUS_ERR_CONSTRAINT: a block longer than 1
 * MiB; IUPLUS_ERR_MEMORY. */
int iuplus_capture_read(struct iuplus_capture_reader *reader, struct iuplus_capture_packet *packet);

/* Merges files into one in order of time; equal times keep the order of the inputs. Packets of link types other than
 * 101 and 252 are left out. Of a truncated input, the complete packets are taken. *packets (may be NULL) is the number
 * of packets written. Returns 0, or the code of the first failure; *failed (may be NULL) is then the index of the
 * failed input, or count for the output. */
int iuplus_capture_merge(const char *output, const char *const *inputs, size_t count, size_t *packets, size_t *failed);

/* CRC32c (RFC 9260 appendix A) of len octets, as a number whose octets are sent least significant first. */
uint32_t iuplus_capture_crc32c(const uint8_t *data, size_t len);

#endif
