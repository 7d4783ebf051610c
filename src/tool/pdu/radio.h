/* SPDX-License-Identifier: BSD-2-Clause */
/* radio.h: the radio stand-in (net/radio.h) as somebody who only listens: datagrams into RRC messages.
 *
 * RLC's numbers order the PDUs, and RRC's own messages say from which number on which ciphering holds (TS 25.331
 * 8.1.12, 8.3.6, 8.6.3.4); the key log gives the keys, and START for the HFN. A message's MAC-I tells which keys are
 * meant, and whether the deciphering was right. Where a capture does not show how a connection began, keys and HFN are
 * tried until a MAC-I is right. */
#ifndef IUPLUS_TOOL_PDU_RADIO_H
#define IUPLUS_TOOL_PDU_RADIO_H

#include <iuplus/rrc.h>
#include <iuplus/security.h>

#include "src/net/radio.h"
#include "src/net/radio_internal.h"
#include "src/tool/pdu/pdu.h"

#define RADIO_RUN_MOST 512u		/* PDUs of one message, or that wait for one that is missing */
#define RADIO_WAITING_MOST 4u

enum radio_cipher_kind {
	RADIO_PLAIN,
	RADIO_KEY,
	RADIO_NO_KEY,			/* ciphered, under a key that is not there */
	RADIO_UNKNOWN			/* the capture does not show what was agreed */
};

struct radio_cipher {
	enum radio_cipher_kind kind;
	unsigned uea;
	const struct pdu_key *key;	/* of RADIO_KEY */
	uint32_t hfn;			/* of the next PDU */
	bool sure;			/* a MAC-I was right under it */
	bool guess;			/* plain, as far as it looks: what was agreed was not captured */
	unsigned command;		/* the frame that ordered it; 0: none */
};

struct radio_pdu {
	unsigned frame;
	uint64_t time_ns;
	uint16_t sn;
	uint8_t len;
	uint8_t octets[IUPLUS_RADIO_PDU_MAX];
};

struct radio_seen {
	bool set;
	uint16_t sn;
	uint32_t sum;
};

/* One direction of one bearer in one cell. */
struct radio_listener {
	bool uplink, um, begun;
	uint8_t rb;
	unsigned bits;			/* of the sequence number */
	uint16_t next;
	struct radio_cipher cipher;
	unsigned waiting;
	struct {
		uint16_t sn;
		struct radio_cipher cipher;
	} wait[RADIO_WAITING_MOST];
	/* PDUs of the message that comes together, as they were received */
	struct radio_pdu *run;
	size_t run_count, run_room;
	/* its octets; the rest of a PDU behind a message's end begins the next one */
	uint8_t *message;
	size_t message_len, message_room;
	bool skip;			/* its beginning is missing */
	uint32_t first_count, last_count;
	/* AM: PDUs behind one that is missing */
	struct radio_pdu *held;
	size_t held_count, held_room;
	struct radio_seen *seen;	/* for telling repetitions: by number, modulo their count */
	unsigned seen_room;
	/* COUNT-I of the last message that was right, and the keys it was right under */
	const struct pdu_key *counted_key;
	uint32_t counted;
	char from[64], to[64];
};

struct radio_cell {
	struct radio_cell *next;
	uint16_t cell;
	struct radio_listener listener[2][IUPLUS_PROC_RBS];	/* [uplink] */
};

/* A phone's RRC connection, through all cells. */
struct radio_connection {
	struct radio_connection *next, *before;	/* those that were heard last are first */
	struct radio_name *names;
	struct radio_cell *cells;
	bool from_beginning;		/* its RRC connection setup was captured */
	char ue[40];			/* as the key log calls it; "" until a MAC-I told */
	unsigned uea;			/* what was agreed last */
	const struct pdu_key *key;	/* NULL: none, or not known */
	uint32_t start[2];		/* per domain */
	/* a security mode command, until it is answered */
	bool commanded;
	struct radio_cipher command;
};

struct radio_name {
	struct radio_name *next;	/* in its bucket */
	struct radio_name *sibling;	/* of the same connection */
	uint64_t cell_and_id;
	struct radio_connection *connection;
};

#define RADIO_NAMES 4096u
/* A capture may hold any number: the one that was silent longest is given up. */
#define RADIO_CONNECTIONS_MOST 4096u

struct radio {
	struct pdu_keylog *keylog;	/* NULL: none */
	pdu_found_fn *found;
	void *user;
	struct radio_connection *connections, *oldest;
	struct radio_name *names[RADIO_NAMES];
	unsigned connection_count;
	unsigned misses;		/* tries in vain, since the last one that was not */
	struct iuplus_arena arena;
	const struct pdu_packet *packet;	/* the one at work; NULL at the end of the capture */
};

/* ---- radio_table.c ---- */

/* A new connection with this name; NULL when memory ran out. */
struct radio_connection *radio_connection(struct radio *r, uint16_t cell, uint32_t id);
/* The connection with this name, or NULL. */
struct radio_connection *radio_known(struct radio *r, uint16_t cell, uint32_t id);
/* Gives a connection one more name, which may be another one's until now. */
void radio_name(struct radio *r, uint16_t cell, uint32_t id, struct radio_connection *c);
/* The connection was heard: it becomes the first. */
void radio_touch(struct radio *r, struct radio_connection *c);
void radio_drop(struct radio *r, struct radio_connection *c);
/* The connection in a cell, a new one if it was not there before; NULL when memory ran out. */
struct radio_cell *radio_cell(struct radio_connection *c, uint16_t cell);

/* ---- radio_listener.c ---- */

/* RLC is established again: number 0, this ciphering. */
void radio_restart(struct radio_listener *l, const struct radio_cipher *cipher);
/* Orders a change of ciphering at a sequence number. */
void radio_wait(struct radio_listener *l, uint16_t sn, const struct radio_cipher *cipher);
/* Takes over the ciphering that was ordered for the next number. */
void radio_settle(struct radio_listener *l);
/* Advances to the next number. */
void radio_step(struct radio_listener *l);

/* ---- radio_rrc.c: what the messages agree ---- */

/* A message that is complete, its MAC-I already looked at (mac NULL: none, or not right). */
void radio_agree(struct radio *r, struct radio_connection *c, struct radio_cell *cell, struct radio_listener *l,
	struct iuplus_octets message, const struct pdu_mac *mac, unsigned frame);

/* ---- radio_rlc.c: one listener ---- */

/* The next PDU, in order. */
void radio_listen(struct radio *r, struct radio_connection *c, struct radio_cell *cell, struct radio_listener *l,
	const struct radio_pdu *pdu);
/* Tells of the PDUs that no message came out of. why: as pdu_radio.ciphering. */
void radio_give_up(struct radio *r, struct radio_listener *l, enum pdu_radio_state state, const char *why);
/* The same of PDUs that could not be read as things stand, with the reason. */
void radio_fail(struct radio *r, struct radio_listener *l);
/* Tells of one PDU. */
void radio_tell(struct radio *r, const struct radio_listener *l, const struct radio_pdu *pdu,
	enum pdu_radio_state state, const char *why);

/* ---- radio_try.c ---- */

/* The type of a listener's messages, and its HFN after START. */
const struct iuplus_asn1_type *radio_type(const struct radio_listener *l);
uint32_t radio_start_hfn(const struct radio_listener *l, uint32_t start);
/* Looks for keys and an HFN under which the PDUs from first on give a message whose MAC-I is right; without a key log,
 * and first of all, whether they are plain. Sets l->cipher and returns true when there are. */
bool radio_try(struct radio *r, struct radio_connection *c, struct radio_listener *l, size_t first);
/* Whether octets are a message: the same octets come of it when it is encoded again. A part of one, or what was
 * deciphered under a wrong key, could be decoded by chance. */
bool radio_sound(struct radio *r, const struct radio_listener *l, const uint8_t *message, size_t len);
/* Deciphers a PDU behind its header into out (IUPLUS_RADIO_PDU_MAX octets); its length. */
size_t radio_decipher(const struct radio_cipher *cipher, const struct radio_listener *l, const struct radio_pdu *pdu,
	uint32_t hfn, uint8_t *out);

#endif
