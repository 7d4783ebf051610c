/* SPDX-License-Identifier: BSD-2-Clause */
/* sctp_internal.h: declarations shared by the common part of SCTP and its two carriers. */
#ifndef IUPLUS_NET_SCTP_INTERNAL_H
#define IUPLUS_NET_SCTP_INTERNAL_H

#ifdef HAVE_CONFIG_H
#include "config.h"
#endif
#include "src/net/sctp.h"

#include <netinet/in.h>

/* A message queued until the carrier accepts it. */
struct sctp_queued {
	struct sctp_queued *next;
	uint16_t stream;
	uint32_t ppid;
	size_t len;
	uint8_t data[];
};

enum sctp_assoc_state { SCTP_ASSOC_CONNECTING, SCTP_ASSOC_ESTABLISHED, SCTP_ASSOC_CLOSING };

struct sctp_assoc {
	uint32_t number; /* the endpoint's */
	uint32_t id;     /* the carrier's */
	enum sctp_assoc_state state;
	bool close_sent;
	struct iuplus_sctp_address peer;
	uint16_t streams_out;
	void *path; /* usrsctp: where its packets go */
	struct sctp_queued *first, **last;
	size_t queued; /* octets */
};

struct sctp_carrier {
	enum iuplus_sctp_backend backend;
	int (*open)(struct iuplus_sctp *s);
	void (*close)(struct iuplus_sctp *s);
	/* Starts an association and sets assoc->id (and path). */
	int (*connect)(struct iuplus_sctp *s, struct sctp_assoc *assoc, uint16_t udp_port);
	/* 0: accepted; 1: try later; negative: the association cannot send it. */
	int (*send)(struct iuplus_sctp *s, struct sctp_assoc *assoc, uint16_t stream, uint32_t ppid, const void *data,
		    size_t len);
	void (*end)(struct iuplus_sctp *s, struct sctp_assoc *assoc, bool abort);
	/* Reads a bounded amount of input and runs the carrier's timers. Calls the sctp_on_... functions below. */
	int (*step)(struct iuplus_sctp *s);
	int (*timeout)(const struct iuplus_sctp *s);
};

struct iuplus_sctp {
	struct iuplus_sctp_config config;
	char local_ip[16];
	uint16_t local_port, udp_port;
	iuplus_sctp_handler handler;
	void *user;
	const struct sctp_carrier *carrier;
	int fd; /* polled for input */
	struct sctp_assoc **assocs;
	size_t assoc_count, assoc_size;
	uint32_t next_number;
	uint8_t *partial; /* the received part of an incomplete message */
	size_t partial_len;
	uint32_t partial_id;
	void *carrier_data;
};

#ifdef HAVE_LIBSCTP
extern const struct sctp_carrier sctp_kernel;
#endif
#ifdef HAVE_USRSCTP
extern const struct sctp_carrier sctp_usrsctp;
#endif

struct sctp_assoc *sctp_by_id(const struct iuplus_sctp *s, uint32_t id);
/* Called by a carrier, outside any callback of its own, for an event of the association with this id. */
void sctp_on_up(struct iuplus_sctp *s, uint32_t id, const struct iuplus_sctp_address *peer, void *path,
		uint16_t streams_in, uint16_t streams_out);
void sctp_on_down(struct iuplus_sctp *s, uint32_t id, const char *reason);
void sctp_on_restart(struct iuplus_sctp *s, uint32_t id, uint16_t streams_in, uint16_t streams_out);
void sctp_on_send_failed(struct iuplus_sctp *s, uint32_t id);
/* complete: this is the end of a message (MSG_EOR). Returns false if the message is too long: abort the association. */
bool sctp_on_data(struct iuplus_sctp *s, uint32_t id, uint16_t stream, uint32_t ppid, const uint8_t *data, size_t len,
		  bool complete);
uint64_t sctp_clock_ms(void);

#endif
