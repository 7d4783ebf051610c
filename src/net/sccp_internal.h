/* SPDX-License-Identifier: BSD-2-Clause */
/* sccp_internal.h: what the files of SCCP share. */
#ifndef IUPLUS_NET_SCCP_INTERNAL_H
#define IUPLUS_NET_SCCP_INTERNAL_H

#include "sccp.h"

#define SCCP_NEVER UINT64_MAX
#define SCCP_REASSEMBLIES 16u		/* segmented unitdata that may be incomplete at a time */

/* Segments of one unitdata that is not complete yet (Q.714 4.1.1.2.3). */
struct sccp_reassembly {
	bool used;
	unsigned peer;
	uint32_t opc, reference;
	struct iuplus_sccp_address calling;
	uint8_t remaining;
	uint64_t deadline;
	size_t len;
	uint8_t data[IUPLUS_SCCP_MAX_UNITDATA + 256];
};

struct sccp_conn;

struct iuplus_sccp {
	struct iuplus_sccp_config config;
	struct iuplus_sccp_ops ops;
	struct sccp_conn **buckets;		/* hash of connections by local reference; a power of two of chains */
	size_t bucket_count, count;
	struct sccp_conn **heap;		/* the same connections, the earliest deadline first */
	size_t heap_size;
	uint32_t next_reference;
	uint32_t next_segmentation;
	uint8_t next_sls;
	struct sccp_reassembly *reassembly;	/* SCCP_REASSEMBLIES of them, made when first needed */
	uint64_t dropped;			/* messages that could not be parsed */
};

int iuplus_sccp_output__(struct iuplus_sccp *sccp, unsigned peer, uint32_t dpc, uint8_t sls,
			 const struct iuplus_sccp_message *message);
int iuplus_sccp_receive_unitdata__(struct iuplus_sccp *sccp, unsigned peer, uint32_t opc,
				   const struct iuplus_sccp_message *message, uint64_t now);
uint64_t iuplus_sccp_reassembly_next__(const struct iuplus_sccp *sccp);
void iuplus_sccp_reassembly_tick__(struct iuplus_sccp *sccp, uint64_t now);
void iuplus_sccp_reassembly_forget__(struct iuplus_sccp *sccp, unsigned peer);
bool iuplus_sccp_user_equipped__(const struct iuplus_sccp *sccp, const struct iuplus_sccp_address *called);

#endif
