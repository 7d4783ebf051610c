/* SPDX-License-Identifier: BSD-2-Clause */
/* radio.h: the radio stand-in between one UE and one RNC: RLC (TS 25.322) and its ciphering (TS 33.102 6.6) over
 * datagrams. One entity at the UE, one per UE context at the RNC.
 *
 * No socket and no clock: datagrams and the time go in by calls; what is to be sent and what arrived is fetched.
 * After each call that takes a datagram, a message or the time, the owner
 *   1. sends what iuplus_radio_next_datagram() gives until it gives nothing, then
 *   2. handles what iuplus_radio_next_sdu() gives, one message at a time: a new ciphering configuration that a message
 *      brings then holds for the very next PDU, as TS 25.331 8.6.3.4 wants it.
 *
 * Bearers: RB0 is CCCH, TM uplink and UM downlink, never ciphered. RB1 is UM, RB2 to RB4 are AM.
 * A datagram is 8 octets of header and at most one RLC PDU:
 *   octet 0     version << 4 | kind; version is 1; kind 0: an RLC PDU follows, kind 1: presence, nothing follows
 *   octet 1     direction << 7 (0 uplink, 1 downlink) | radio bearer
 *   octet 2, 3  primary scrambling code of the cell
 *   octet 4..7  identity of the UE: U-RNTI, or the random one that it chose before it got one
 * This header stands for the physical layer and MAC; it is the only thing here that is not 3GPP's.
 *
 * RLC PDUs are as in TS 25.322 9.2 with 7-bit length indicators: UMD and AMD PDUs all of the configured size (padded),
 * STATUS PDUs with ACK, LIST and NO_MORE. An UMD PDU in which a message begins says so by the length indicator 1111100.
 * Each message begins a PDU of its own. AM repeats what a STATUS PDU misses; it asks for one (poll) with a message's
 * last PDU, with every 64th PDU and after a timer. What it does not do: piggybacked STATUS, BITMAP and RLIST, MRW
 * discard, and RESET: a PDU that was sent IUPLUS_RADIO_MAXDAT times in vain makes the entity lost, which is a radio
 * link failure. */
#ifndef IUPLUS_NET_RADIO_H
#define IUPLUS_NET_RADIO_H

#include <iuplus/iuplus.h>
#include <iuplus/proc.h>

#define IUPLUS_RADIO_HEADER 8u
#define IUPLUS_RADIO_PDU_DEFAULT 18u	/* octets: a transport block of 148 bits (TS 34.108) without MAC header */
#define IUPLUS_RADIO_PDU_MIN 12u
#define IUPLUS_RADIO_PDU_MAX 122u	/* 7-bit length indicators reach so far (TS 25.322 9.2.2.8) */
#define IUPLUS_RADIO_SDU_MAX 4096u	/* octets of a message */
#define IUPLUS_RADIO_DATAGRAM_MAX (IUPLUS_RADIO_HEADER + IUPLUS_RADIO_SDU_MAX)
#define IUPLUS_RADIO_WINDOW 512u	/* AM: PDUs under way at most (Configured_Tx_Window_Size) */
#define IUPLUS_RADIO_POLL_PDU 64u	/* AM: every so many PDUs a poll */
#define IUPLUS_RADIO_TIMER_POLL 200u	/* ms without an answer to a poll until it is repeated (Timer_Poll) */
#define IUPLUS_RADIO_MAXDAT 15u		/* transmissions of one PDU until the link counts as lost (MaxDAT) */

struct iuplus_radio_config {
	bool ue;			/* the UE's end (sends uplink); else the RNC's */
	unsigned pdu_len;		/* octets of UMD and AMD PDUs, as at the other end; 0: the default */
	uint16_t cell;			/* primary scrambling code: the cell that the UE uses, or the RNC's */
	uint32_t id;			/* identity of the UE in the header */
};

/* What a datagram's header says; pdu is a view into the datagram, len 0 for presence. */
struct iuplus_radio_header {
	bool presence;
	bool downlink;
	uint8_t rb;
	uint16_t cell;
	uint32_t id;
	struct iuplus_octets pdu;
};

/* Reads a datagram's header, with no entity at hand: for finding the context of a UE by id, or making one.
 * IUPLUS_OK; IUPLUS_ERR_TRUNCATED; IUPLUS_ERR_NOT_COMPREHENDED (another version or kind); IUPLUS_ERR_CONSTRAINT (no
 * such bearer): the datagram is dropped. */
int iuplus_radio_peek(const uint8_t *datagram, size_t len, struct iuplus_radio_header *header);

struct iuplus_radio;

/* A new entity; every sequence number and HFN is 0, nothing is ciphered. NULL when the heap is exhausted or pdu_len is
 * outside PDU_MIN to PDU_MAX. */
struct iuplus_radio *iuplus_radio_new(const struct iuplus_radio_config *config);
/* Wipes the keys in it and frees it. NULL is allowed. */
void iuplus_radio_free(struct iuplus_radio *radio);
/* As after iuplus_radio_new(), with cell and id kept: the RRC connection was released. Datagrams not fetched yet stay,
 * so that a last message still goes out. */
void iuplus_radio_reset(struct iuplus_radio *radio);

/* The identity in headers from now on. The one before is still accepted (a UE on its way to the new one). */
void iuplus_radio_set_id(struct iuplus_radio *radio, uint32_t id);
/* UE: the cell from now on (IUPLUS_ACT_TUNE). Datagrams of other cells are not heard any more. */
void iuplus_radio_set_cell(struct iuplus_radio *radio, uint16_t cell);
/* UE: queues a presence datagram, from which a target RNC sees that the UE is there.
 * IUPLUS_OK; IUPLUS_ERR_MEMORY or IUPLUS_ERR_SPACE: not queued, which does no harm. */
int iuplus_radio_announce(struct iuplus_radio *radio);

/* Segments a message, ciphers it and queues its datagrams. now_ms is monotonic.
 * IUPLUS_OK; else nothing was queued: IUPLUS_ERR_ARGUMENT: rb over 4, message empty or over SDU_MAX;
 * IUPLUS_ERR_STATE: the link is lost; IUPLUS_ERR_SPACE: the window is full, the peer does not answer;
 * IUPLUS_ERR_MEMORY; IUPLUS_ERR_EXHAUSTED: COUNT-C would wrap, new keys are needed. The owner treats all of them as a
 * lost radio link. */
int iuplus_radio_send(struct iuplus_radio *radio, uint8_t rb, const uint8_t *sdu, size_t len, uint64_t now_ms);
/* How many RLC PDUs a message of len octets takes on rb: for activation times. 1 for rb over 4. */
unsigned iuplus_radio_pdus(const struct iuplus_radio *radio, uint8_t rb, size_t len);
/* Takes the next datagram to be sent out of the queue; *cell says to which cell it goes. Gives its length, 0 when there
 * is none or size is smaller than it (IUPLUS_RADIO_DATAGRAM_MAX is always enough). */
size_t iuplus_radio_next_datagram(struct iuplus_radio *radio, uint8_t *buf, size_t size, uint16_t *cell);

/* Takes a datagram. Any octets are safe. IUPLUS_OK: taken (messages may wait, see iuplus_radio_next_sdu());
 * IUPLUS_ERR_STATE: not for this entity (direction, cell, identity); IUPLUS_ERR_REPLAY: a PDU that was received
 * already, or lies outside the window; IUPLUS_ERR_SYNTAX, IUPLUS_ERR_TRUNCATED, IUPLUS_ERR_NOT_COMPREHENDED,
 * IUPLUS_ERR_CONSTRAINT: not a datagram or PDU of this format; IUPLUS_ERR_MEMORY; IUPLUS_ERR_SPACE: the owner does not
 * fetch messages; IUPLUS_ERR_EXHAUSTED: COUNT-C would wrap. In all cases but IUPLUS_OK it was dropped, and nobody needs
 * to do anything. */
int iuplus_radio_receive(struct iuplus_radio *radio, const uint8_t *datagram, size_t len, uint64_t now_ms);
/* The next message that is complete: true, its bearer and octets, valid until the next call of this function, reset or
 * free. False when there is none. */
bool iuplus_radio_next_sdu(struct iuplus_radio *radio, uint8_t *rb, struct iuplus_octets *sdu);

/* Carries out IUPLUS_ACT_CIPHER for one bearer and direction. An activation number in the past holds from now.
 * IUPLUS_OK; IUPLUS_ERR_ARGUMENT: rb is not 1 to 4, no such UEA, or hfn is too wide; IUPLUS_ERR_SPACE: over 4
 * configurations wait for their activation time, which no correct peer causes. */
int iuplus_radio_cipher(struct iuplus_radio *radio, uint8_t rb, const struct iuplus_proc_cipher *cipher);
/* Where RLC stands (struct iuplus_proc_env wants it). Receiving side: behind the PDU that completed the last message
 * fetched. */
void iuplus_radio_status(const struct iuplus_radio *radio, struct iuplus_proc_radio *status);

/* The time has come to now_ms: repeats polls. Call it when iuplus_radio_deadline() has passed, or at any time. */
void iuplus_radio_tick(struct iuplus_radio *radio, uint64_t now_ms);
/* When the next tick is due; UINT64_MAX when no timer runs. */
uint64_t iuplus_radio_deadline(const struct iuplus_radio *radio);
/* Whether AM has given up: a radio link failure. It stays so until reset. */
bool iuplus_radio_lost(const struct iuplus_radio *radio);

#endif
