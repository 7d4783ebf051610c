/* SPDX-License-Identifier: BSD-2-Clause */
/* radio.h: a passive listener of the simulated radio (net/radio.h): RRC messages from datagrams.
 *
 * RLC's sequence numbers order the PDUs. The RRC messages give the number from which a ciphering configuration applies
 * (TS 25.331 8.1.12, 8.3.6, 8.6.3.4); the key log has the keys, and START for the HFN. The MAC-I of a message
 * identifies the keys, and shows whether the deciphering was right. If the capture lacks the start of a connection,
 * keys and HFN are tried until a MAC-I is right. */
#ifndef IUPLUS_TOOL_PDU_RADIO_H
#define IUPLUS_TOOL_PDU_RADIO_H

#include <iuplus/rrc.h>
#include <iuplus/security.h>

#include "src/net/radio.h"
#include "src/net/radio_internal.h"
#include "src/tool/pdu/pdu.h"

#define RADIO_RUN_MOST 512u /* PDUs of one message, or that wait for a missing one */
#define RADIO_WAITING_MOST 4u

enum radio_cipher_kind {
	RADIO_PLAIN,
	RADIO_KEY,
	RADIO_NO_KEY, /* ciphered, with a key that is not available */
	RADIO_UNKNOWN /* the capture does not show the configuration */
};

struct radio_cipher {
	enum radio_cipher_kind kind;
	unsigned uea;
	const struct pdu_key *key; /* of RADIO_KEY */
	uint32_t hfn;              /* of the next PDU */
	bool sure;                 /* a MAC-I was right under it */
	bool guess;                /* apparently plain: the configuration was not captured */
	unsigned command;          /* the frame of its command; 0: none */
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
	unsigned bits; /* of the sequence number */
	uint16_t next;
	struct radio_cipher cipher;
	unsigned waiting;
	struct {
		uint16_t sn;
		struct radio_cipher cipher;
	} wait[RADIO_WAITING_MOST];
	/* PDUs of the message being reassembled, as received */
	struct radio_pdu *run;
	size_t run_count, run_room;
	/* its octets; the rest of a PDU after the end of a message begins the next one */
	uint8_t *message;
	size_t message_len, message_room;
	bool skip; /* its beginning is missing */
	uint32_t first_count, last_count;
	/* AM: PDUs after a missing one */
	struct radio_pdu *held;
	size_t held_count, held_room;
	struct radio_seen *seen; /* to detect retransmissions: by number, modulo their count */
	unsigned seen_room;
	/* COUNT-I of the last message with a right MAC-I, and its keys */
	const struct pdu_key *counted_key;
	uint32_t counted;
	char from[64], to[64];
};

struct radio_cell {
	struct radio_cell *next;
	uint16_t cell;
	struct radio_listener listener[2][IUPLUS_PROC_RBS]; /* [uplink] */
};

/* A phone's RRC connection, in all cells. */
struct radio_connection {
	struct radio_connection *next, *before; /* the most recently active ones first */
	struct radio_name *names;
	struct radio_cell *cells;
	bool from_beginning;       /* its RRC connection setup was captured */
	char ue[40];               /* its name in the key log; "" until a MAC-I has identified it */
	unsigned uea;              /* the last configuration */
	const struct pdu_key *key; /* NULL: none, or not known */
	uint32_t start[2];         /* per domain */
	/* a security mode command, until it is answered */
	bool commanded;
	struct radio_cipher command;
};

struct radio_name {
	struct radio_name *next;    /* in its bucket */
	struct radio_name *sibling; /* of the same connection */
	uint64_t cell_and_id;
	struct radio_connection *connection;
};

#define RADIO_NAMES 4096u
/* A capture may have any number: the one inactive for longest is dropped. */
#define RADIO_CONNECTIONS_MOST 4096u

struct radio {
	struct pdu_keylog *keylog; /* NULL: none */
	pdu_found_fn *found;
	void *user;
	struct radio_connection *connections, *oldest;
	struct radio_name *names[RADIO_NAMES];
	unsigned connection_count;
	unsigned misses; /* failed tries since the last successful one */
	struct iuplus_arena arena;
	const struct pdu_packet *packet; /* the present one; NULL at the end of the capture */
};

/* ---- radio_table.c ---- */

/* A new connection with this name; NULL if memory is exhausted. */
struct radio_connection *radio_connection(struct radio *r, uint16_t cell, uint32_t id);
/* The connection with this name, or NULL. */
struct radio_connection *radio_known(struct radio *r, uint16_t cell, uint32_t id);
/* Gives a connection a further name, which another one may have had until now. */
void radio_name(struct radio *r, uint16_t cell, uint32_t id, struct radio_connection *c);
/* The connection was active: it becomes the first. */
void radio_touch(struct radio *r, struct radio_connection *c);
void radio_drop(struct radio *r, struct radio_connection *c);
/* The connection in a cell, a new entry if there is none; NULL if memory is exhausted. */
struct radio_cell *radio_cell(struct radio_connection *c, uint16_t cell);

/* ---- radio_listener.c ---- */

/* RLC is established again: number 0, this ciphering. */
void radio_restart(struct radio_listener *l, const struct radio_cipher *cipher);
/* Orders a change of ciphering at a sequence number. */
void radio_wait(struct radio_listener *l, uint16_t sn, const struct radio_cipher *cipher);
/* Applies the ciphering that was ordered for the next number. */
void radio_settle(struct radio_listener *l);
/* Advances to the next number. */
void radio_step(struct radio_listener *l);

/* ---- radio_rrc.c: ciphering configurations in the messages ---- */

/* Processes a complete message whose MAC-I has been verified (mac NULL: none, or not right). */
void radio_agree(struct radio *r, struct radio_connection *c, struct radio_cell *cell, struct radio_listener *l,
		 struct iuplus_octets message, const struct pdu_mac *mac, unsigned frame);

/* ---- radio_rlc.c: one listener ---- */

/* The next PDU, in order. */
void radio_listen(struct radio *r, struct radio_connection *c, struct radio_cell *cell, struct radio_listener *l,
		  const struct radio_pdu *pdu);
/* Reports the PDUs that yielded no message. why: as pdu_radio.ciphering. */
void radio_give_up(struct radio *r, struct radio_listener *l, enum pdu_radio_state state, const char *why);
/* The same for PDUs that cannot be read in the present state, with the reason. */
void radio_fail(struct radio *r, struct radio_listener *l);
/* Reports one PDU. */
void radio_report(struct radio *r, const struct radio_listener *l, const struct radio_pdu *pdu,
		  enum pdu_radio_state state, const char *why);

/* ---- radio_try.c ---- */

/* The type of a listener's messages, and its HFN after START. */
const struct iuplus_asn1_type *radio_type(const struct radio_listener *l);
uint32_t radio_start_hfn(const struct radio_listener *l, uint32_t start);
/* Searches keys and an HFN with which the PDUs from first on give a message whose MAC-I is right. First, and without a
 * key log only, it checks whether they are plain. On success it sets l->cipher and returns true. */
bool radio_try(struct radio *r, struct radio_connection *c, struct radio_listener *l, size_t first);
/* True if octets are a message: decoding and encoding them must give the same octets. A part of a message, or octets
 * deciphered with a wrong key, could be decoded by chance. */
bool radio_sound(struct radio *r, const struct radio_listener *l, const uint8_t *message, size_t len);
/* Deciphers a PDU after its header into out (IUPLUS_RADIO_PDU_MAX octets); returns its length. */
size_t radio_decipher(const struct radio_cipher *cipher, const struct radio_listener *l, const struct radio_pdu *pdu,
		      uint32_t hfn, uint8_t *out);

#endif
