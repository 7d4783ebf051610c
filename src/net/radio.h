/* SPDX-License-Identifier: BSD-2-Clause */
/* radio.h: the simulated radio between one UE and one RNC: RLC (TS 25.322) and its ciphering (TS 33.102 6.6) over
 * datagrams. One entity at the UE, one per UE context at the RNC.
 *
 * An entity has no socket and no clock. Calls pass datagrams and the time to it; the owner fetches datagrams to send
 * and received messages. After each call that takes a datagram, a message or the time, the owner
 *   1. sends the datagrams that iuplus_radio_next_datagram() returns, until there is none, then
 *   2. processes the messages that iuplus_radio_next_sdu() returns, one at a time: a new ciphering configuration in a
 *      message then applies to the very next PDU, as TS 25.331 8.6.3.4 requires.
 *
 * Bearers: RB0 is CCCH, TM uplink and UM downlink, never ciphered. RB1 is UM, RB2 to RB4 are AM.
 * A datagram is 8 octets of header and at most one RLC PDU:
 *   octet 0     version << 4 | kind; version is 1; kind 0: an RLC PDU follows; kind 1: presence, no PDU
 *   octet 1     direction << 7 (0 uplink, 1 downlink) | radio bearer
 *   octet 2, 3  primary scrambling code of the cell
 *   octet 4..7  identity of the UE: U-RNTI, or until it has one a random identity that it chose
 * This header replaces the physical layer and MAC; only this header is not specified by 3GPP.
 *
 * RLC PDUs are as in TS 25.322 9.2 with 7-bit length indicators: all UMD and AMD PDUs have the configured size
 * (padded), STATUS PDUs have ACK, LIST and NO_MORE. The length indicator 1111100 marks a UMD PDU in which a message
 * begins. Each message begins with a new PDU. AM retransmits the PDUs that a STATUS PDU reports as missing. It polls
 * for STATUS with a message's last PDU, with every 64th PDU and after a timer. Not supported are piggybacked STATUS,
 * BITMAP and RLIST, MRW discard, and RESET: if a PDU was transmitted IUPLUS_RADIO_MAXDAT times without acknowledgement,
 * the link is lost (radio link failure). */
#ifndef IUPLUS_NET_RADIO_H
#define IUPLUS_NET_RADIO_H

#include <iuplus/iuplus.h>
#include <iuplus/proc.h>

#define IUPLUS_RADIO_HEADER 8u
#define IUPLUS_RADIO_PDU_DEFAULT 18u /* octets: a transport block of 148 bits (TS 34.108) without MAC header */
#define IUPLUS_RADIO_PDU_MIN 12u
#define IUPLUS_RADIO_PDU_MAX 122u  /* limit of 7-bit length indicators (TS 25.322 9.2.2.8) */
#define IUPLUS_RADIO_SDU_MAX 4096u /* octets of a message */
#define IUPLUS_RADIO_DATAGRAM_MAX (IUPLUS_RADIO_HEADER + IUPLUS_RADIO_SDU_MAX)
#define IUPLUS_RADIO_WINDOW 512u     /* AM: maximum of unacknowledged PDUs (Configured_Tx_Window_Size) */
#define IUPLUS_RADIO_POLL_PDU 64u    /* AM: number of PDUs between polls */
#define IUPLUS_RADIO_TIMER_POLL 200u /* ms without an answer after which a poll is repeated (Timer_Poll) */
#define IUPLUS_RADIO_MAXDAT 15u      /* transmissions of one PDU after which the link is lost (MaxDAT) */

struct iuplus_radio_config {
	bool ue;          /* the UE's end (sends uplink); false: the RNC's */
	unsigned pdu_len; /* octets of UMD and AMD PDUs, the same at both ends; 0: the default */
	uint16_t cell;    /* primary scrambling code: the cell that the UE uses, or the RNC's */
	uint32_t id;      /* identity of the UE in the header */
};

/* Contents of a datagram; pdu is a view into the datagram, len 0 for presence. */
struct iuplus_radio_header {
	bool presence;
	bool downlink;
	uint8_t rb;
	uint16_t cell;
	uint32_t id;
	struct iuplus_octets pdu;
};

/* Reads a datagram's header without an entity, in order to find the UE context by id or to create one.
 * IUPLUS_OK; IUPLUS_ERR_TRUNCATED, IUPLUS_ERR_NOT_COMPREHENDED (unknown version or kind), IUPLUS_ERR_CONSTRAINT (no
 * such bearer): discard the datagram. */
int iuplus_radio_peek(const uint8_t *datagram, size_t len, struct iuplus_radio_header *header);

struct iuplus_radio;

/* A new entity; every sequence number and HFN is 0, nothing is ciphered. NULL if the heap is exhausted or pdu_len is
 * outside PDU_MIN to PDU_MAX. */
struct iuplus_radio *iuplus_radio_new(const struct iuplus_radio_config *config);
/* Wipes its keys and frees it. NULL is allowed. */
void iuplus_radio_free(struct iuplus_radio *radio);
/* Resets to the state after iuplus_radio_new(), for a released RRC connection. cell and id are kept. Datagrams not yet
 * fetched are kept too, so that a last message is still sent. */
void iuplus_radio_reset(struct iuplus_radio *radio);

/* Sets the identity in headers. The previous one is still accepted, until the UE has changed to the new one. */
void iuplus_radio_set_id(struct iuplus_radio *radio, uint32_t id);
/* UE: sets the cell (IUPLUS_ACT_TUNE). Datagrams of other cells are then discarded. */
void iuplus_radio_set_cell(struct iuplus_radio *radio, uint16_t cell);
/* Queues a presence datagram: the UE's one, by which a target RNC detects the UE, or the RNC's answer to it, by which
 * the UE detects that the cell serves it (in place of layer 1's synchronisation).
 * IUPLUS_OK; IUPLUS_ERR_MEMORY or IUPLUS_ERR_SPACE: not queued, which does no harm. */
int iuplus_radio_announce(struct iuplus_radio *radio);

/* Segments a message, ciphers it and queues its datagrams. now_ms is monotonic.
 * IUPLUS_OK; otherwise nothing was queued: IUPLUS_ERR_ARGUMENT: rb over 4, message empty or over SDU_MAX;
 * IUPLUS_ERR_STATE: the link is lost; IUPLUS_ERR_SPACE: the window is full, the peer does not answer;
 * IUPLUS_ERR_MEMORY; IUPLUS_ERR_EXHAUSTED: COUNT-C would wrap, new keys are needed. The owner treats each error as a
 * lost radio link. */
int iuplus_radio_send(struct iuplus_radio *radio, uint8_t rb, const uint8_t *sdu, size_t len, uint64_t now_ms);
/* Number of RLC PDUs that a message of len octets needs on rb, for activation times. 1 for rb over 4. */
unsigned iuplus_radio_pdus(const struct iuplus_radio *radio, uint8_t rb, size_t len);
/* Fetches the next datagram to send; *cell is its destination. Returns its length, or 0 if there is none or it exceeds
 * size (IUPLUS_RADIO_DATAGRAM_MAX always suffices). */
size_t iuplus_radio_next_datagram(struct iuplus_radio *radio, uint8_t *buf, size_t size, uint16_t *cell);

/* Processes a received datagram. Any octets are safe. IUPLUS_OK: accepted (messages may be ready, see
 * iuplus_radio_next_sdu()); IUPLUS_ERR_STATE: not for this entity (direction, cell, identity); IUPLUS_ERR_REPLAY: a PDU
 * that was already received, or is outside the window; IUPLUS_ERR_SYNTAX, IUPLUS_ERR_TRUNCATED,
 * IUPLUS_ERR_NOT_COMPREHENDED, IUPLUS_ERR_CONSTRAINT: not a datagram or PDU of this format; IUPLUS_ERR_MEMORY;
 * IUPLUS_ERR_SPACE: the owner does not fetch messages; IUPLUS_ERR_EXHAUSTED: COUNT-C would wrap. After any error the
 * datagram was discarded, and the caller need not act. */
int iuplus_radio_receive(struct iuplus_radio *radio, const uint8_t *datagram, size_t len, uint64_t now_ms);
/* Fetches the next complete message: true with its bearer and octets, which are valid until the next call of this
 * function, reset or free. False if there is none. */
bool iuplus_radio_next_sdu(struct iuplus_radio *radio, uint8_t *rb, struct iuplus_octets *sdu);

/* Executes IUPLUS_ACT_CIPHER for one bearer and direction. An activation number in the past takes effect immediately.
 * IUPLUS_OK; IUPLUS_ERR_ARGUMENT: rb is not 1 to 4, no such UEA, or hfn is too wide; IUPLUS_ERR_SPACE: more than 4
 * configurations are pending, which no correct peer causes. */
int iuplus_radio_cipher(struct iuplus_radio *radio, uint8_t rb, const struct iuplus_proc_cipher *cipher);
/* Executes IUPLUS_ACT_HOLD: PDUs received on rb are acknowledged, but deciphered only when iuplus_radio_cipher() has
 * configured this direction, or when hold is false. Of a bearer that was not used before, they are kept also when
 * iuplus_radio_cipher() re-establishes it. IUPLUS_OK, or IUPLUS_ERR_ARGUMENT: rb is not 2 to 4. */
int iuplus_radio_hold(struct iuplus_radio *radio, uint8_t rb, bool hold);
/* Sequence numbers and HFNs of RLC, for struct iuplus_proc_env. Receiving side: those after the PDU that completed the
 * last message fetched. */
void iuplus_radio_status(const struct iuplus_radio *radio, struct iuplus_proc_radio *status);

/* Runs the timers up to now_ms: repeats polls. Call it when iuplus_radio_deadline() has passed, or at any time. */
void iuplus_radio_tick(struct iuplus_radio *radio, uint64_t now_ms);
/* Time at which the next tick is due; UINT64_MAX if no timer runs. */
uint64_t iuplus_radio_deadline(const struct iuplus_radio *radio);
/* True if AM has given up: a radio link failure. It remains so until reset. */
bool iuplus_radio_lost(const struct iuplus_radio *radio);

#endif
