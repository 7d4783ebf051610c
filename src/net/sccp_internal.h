/* SPDX-License-Identifier: BSD-2-Clause */
/* sccp_internal.h: declarations shared by the files of SCCP. */
#ifndef IUPLUS_NET_SCCP_INTERNAL_H
#define IUPLUS_NET_SCCP_INTERNAL_H

#include "src/net/sccp.h"

#define SCCP_NEVER UINT64_MAX
#define SCCP_MAX_REFERENCE 0xffffffu
#define SCCP_FIRST_BUCKETS 64u
#define SCCP_REASSEMBLIES 16u /* maximum number of incomplete segmented unitdata */

/* Segments of one unitdata that is not complete yet (Q.714 4.1.1.2.3). */
struct sccp_reassembly {
	bool used;
	uint32_t opc, reference;
	struct iuplus_sccp_message first; /* the first segment; its data is the first octets of data below */
	uint8_t remaining;
	uint64_t deadline;
	size_t len, first_len;
	uint8_t data[IUPLUS_SCCP_MAX_UNITDATA + 256];
};

enum sccp_state {
	SCCP_OUTGOING,         /* CR sent, CC awaited */
	SCCP_OUTGOING_RELEASE, /* likewise, but the user has released it */
	SCCP_INCOMING,         /* CR received, the user's answer awaited */
	SCCP_ACTIVE,
	SCCP_RELEASING /* RLSD sent, RLC awaited; no longer known to the user */
};

struct sccp_buffer {
	uint8_t *data;
	size_t len, size;
};

struct sccp_conn {
	struct sccp_conn *next; /* in its bucket */
	uint32_t local, remote;
	uint32_t pc;
	enum sccp_state state;
	bool repeated;  /* RLSD was retransmitted: T(int) runs */
	bool lost;      /* marked by iuplus_sccp_peer_lost() */
	bool receiving; /* the last DT1 had its M-bit set */
	uint8_t cause;  /* of our release */
	uint64_t state_at, int_at, ias_at, iar_at;
	uint64_t heap_key;
	size_t heap_index;
	void *user;
	struct sccp_buffer in;  /* segments of the message being received */
	struct sccp_buffer out; /* messages queued until CC, each preceded by its length */
};

struct iuplus_sccp {
	struct iuplus_sccp_config config;
	struct iuplus_sccp_ops ops;
	struct sccp_conn **buckets; /* hash of connections by local reference; a power of two of chains */
	size_t bucket_count, count;
	struct sccp_conn **heap; /* the same connections, the earliest deadline first */
	size_t heap_size;
	uint32_t next_reference;
	uint32_t next_segmentation;
	uint8_t next_sls;
	struct sccp_reassembly *reassembly; /* SCCP_REASSEMBLIES of them, allocated when first needed */
	uint64_t dropped;                   /* malformed messages */
};

/* sccp_table.c. The limit of a buffer is in octets. Returns IUPLUS_ERR_SPACE above the limit, or IUPLUS_ERR_MEMORY. */
int sccp_buffer_append(struct sccp_buffer *b, const void *data, size_t len, size_t limit);
void sccp_buffer_drop(struct sccp_buffer *b);
/* NULL if there is none. */
struct sccp_conn *sccp_find(const struct iuplus_sccp *s, uint32_t local);
/* A new connection with an unused reference, or NULL with *rc IUPLUS_ERR_SPACE or IUPLUS_ERR_MEMORY. */
struct sccp_conn *sccp_add(struct iuplus_sccp *s, uint32_t pc, enum sccp_state state, int *rc);
void sccp_delete(struct iuplus_sccp *s, struct sccp_conn *c);
/* Frees a connection that is no longer in any table. */
void sccp_discard(struct sccp_conn *c);
/* deadline: the earliest deadline of a connection. Call reschedule after setting a deadline, and heap_down after
 * increasing heap_key. */
uint64_t sccp_deadline(const struct sccp_conn *c);
void sccp_reschedule(struct iuplus_sccp *s, struct sccp_conn *c);
void sccp_heap_down(struct iuplus_sccp *s, size_t i);

/* sccp_codec.c. Encodes a message and hands it to the user's send(). The codes of iuplus_sccp_encode(), or
 * IUPLUS_ERR_IO. */
int sccp_output(struct iuplus_sccp *sccp, uint32_t dpc, uint8_t sls, const struct iuplus_sccp_message *message);

/* Return causes (Q.713 3.12). */
enum {
	SCCP_RETURN_UNEQUIPPED_USER = 4,
	SCCP_RETURN_TRANSPORT = 8, /* error in message transport: a segment is missing */
	SCCP_RETURN_CANNOT_REASSEMBLE = 10
};

/* sccp_cl.c. sccp_receive_unitdata: 0, IUPLUS_ERR_NOT_COMPREHENDED (no such user here), or as sccp_reassemble(). */
int sccp_receive_unitdata(struct iuplus_sccp *sccp, uint32_t opc, const struct iuplus_sccp_message *message,
			  uint64_t now);
bool sccp_user_equipped(const struct iuplus_sccp *sccp, const struct iuplus_sccp_address *called);

/* sccp_cl_send.c. sccp_give_back returns a message to its sender, if that asked for it. */
void sccp_fill_addresses(const struct iuplus_sccp *sccp, uint32_t pc, uint8_t ssn, struct iuplus_sccp_message *message);
void sccp_deliver(struct iuplus_sccp *sccp, uint32_t opc, const struct iuplus_sccp_message *message,
		  struct iuplus_octets data);
void sccp_give_back(struct iuplus_sccp *sccp, uint32_t opc, const struct iuplus_sccp_message *message, uint8_t cause);

/* sccp_reassembly.c. sccp_reassemble takes a segment, and delivers the message that it completes. 0; IUPLUS_ERR_ORDER
 * (a segment is missing), IUPLUS_ERR_CONSTRAINT (too long), IUPLUS_ERR_MEMORY: discarded. */
int sccp_reassemble(struct iuplus_sccp *sccp, uint32_t opc, const struct iuplus_sccp_message *message, uint64_t now);
uint64_t sccp_reassembly_next(const struct iuplus_sccp *sccp);
void sccp_reassembly_tick(struct iuplus_sccp *sccp, uint64_t now);
void sccp_reassembly_forget(struct iuplus_sccp *sccp, uint32_t opc);

/* sccp_scmg.c: a message for the subsystem number 1. */
void sccp_manage(struct iuplus_sccp *sccp, uint32_t opc, struct iuplus_octets data);

#endif
