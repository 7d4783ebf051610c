/* SPDX-License-Identifier: BSD-2-Clause */
/* pdu.h: declarations shared by the parts of iuplus-pdu: input PDUs, formats, and the description of errors. */
#ifndef IUPLUS_TOOL_PDU_H
#define IUPLUS_TOOL_PDU_H

#include <stdio.h>

#include <iuplus/asn1_text.h>

/* Exit status, and return value of a reader or a command. */
enum pdu_exit {
	PDU_GOOD = 0,
	PDU_FAILED = 1, /* a PDU failed */
	PDU_USAGE = 64,
	PDU_DATA = 65 /* input that cannot be read */
};

enum pdu_format { PDU_UNKNOWN, PDU_HEX, PDU_BIN, PDU_CAPTURE, PDU_JSON, PDU_XER, PDU_TEXT };

#define PDU_MOST_OCTETS (1024u * 1024)
#define PDU_ARENA (256u * 1024 * 1024)
#define PDU_INTEGRITY_TEXT 192 /* size of the text about a MAC-I, with its terminating zero */

/* What became of a datagram of the simulated radio: identifier, name in the output, what it is. */
#define PDU_RADIO_STATES(X) \
	X(MESSAGE, "message", "an RRC message, reassembled and if necessary deciphered") \
	X(NOTE, "note", "a PDU without a message of its own: a retransmission, for example") \
	X(CIPHERED, "ciphered", "a ciphered one, without a key log") \
	X(FAILED, "FAILED", "one that should be readable, but is not")

enum pdu_radio_state {
#define PDU_RADIO_ID(id, name, what) PDU_RADIO_##id,
	PDU_RADIO_STATES(PDU_RADIO_ID)
#undef PDU_RADIO_ID
};
struct pdu_radio {
	enum pdu_radio_state state;
	char where[64];      /* "RB2 uplink, AM SN 3 to 5" */
	char ciphering[200]; /* parameters of its ciphering, or why it could not be deciphered; "" */
};

/* The signalling connection of a RANAP message, and the nodes at its ends. */
struct pdu_iu {
	uint64_t from, to;   /* numbers of the nodes: of point codes, else of addresses */
	uint64_t connection; /* unique in the capture; 0: connectionless, or not known */
	bool first;          /* it opens the connection */
	bool again;          /* captured before, on another hop of the same way */
	bool released;       /* not a message: the connection is released */
};

/* One PDU. Its arena is reset before the next one is read. */
struct pdu_item {
	unsigned number; /* of the PDU, from 1 */
	const struct iuplus_asn1_type *type;
	struct iuplus_octets octets;    /* its encoding; data NULL if it was read as a value */
	size_t bits;                    /* of octets */
	void *value;                    /* from JSON or XER; otherwise NULL */
	const char *broken;             /* why there is neither (a line that is not a PDU); otherwise NULL */
	struct iuplus_asn1_error error; /* of a value that could not be built; otherwise rc is 0 */
	unsigned line;                  /* of a text; 0: none */
	/* from a capture */
	unsigned frame; /* 0: not from a capture */
	uint64_t time_ns;
	char from[64], to[64]; /* "" if not known */
	int integrity;         /* under the key log: 1 right, -1 wrong, 0 nothing to verify */
	char integrity_text[PDU_INTEGRITY_TEXT];
	struct pdu_radio radio; /* radio.where is "" if it was not received over the radio */
	struct pdu_iu iu;
};

struct pdu_options {
	const struct iuplus_asn1_type *type; /* -p; NULL: none */
	enum pdu_format in, out;
	size_t bit_offset;
	bool bit_map;
	const char *write;         /* NULL: standard output */
	const char *keylog;        /* NULL: none */
	bool json, junit, verbose; /* judge: the form of what it says */
};

/* ---- types.c ---- */
/* The type called name: "RANAP-PDU", or "RRC:Cause" if protocols share a name. NULL with *why set. */
const struct iuplus_asn1_type *pdu_type(const char *name, const char **why);
/* The name closest to one that does not exist, as a suggestion; NULL if none is close. */
const struct iuplus_asn1_type *pdu_type_near(const char *name);
enum iuplus_asn1_rules pdu_rules(const struct iuplus_asn1_type *type);
const char *pdu_rules_name(const struct iuplus_asn1_type *type);
/* Wireshark's name of the dissector for a type and back; NULL if there is none. */
const char *pdu_dissector(const struct iuplus_asn1_type *type);
const struct iuplus_asn1_type *pdu_dissected(const char *dissector, size_t length);
/* dissect_rrc.c: the RRC type for a GSMTAP number or a Wireshark name, and the name of a type; NULL if there is none.
 * The modules need not have the type. */
const char *pdu_gsmtap_rrc(unsigned number);
const char *pdu_rrc_by_name(const char *dissector, size_t length);
const char *pdu_rrc_name(const char *type);
/* Prints every type whose name contains pattern (NULL: all). Returns their number. */
unsigned pdu_list(FILE *to, const char *pattern);
/* The message in a PDU ("RelocationRequired"), from its value; the name of the type if there is no better one. */
const char *pdu_message(const struct iuplus_asn1_type *type, const void *value, struct iuplus_arena *arena);
/* The name of a NAS message; NULL if it is unknown. */
const char *pdu_nas(const char *type, const uint8_t *octets, size_t size);

/* ---- input.c: a file or standard input, with lookahead ---- */
struct pdu_input {
	FILE *file;
	const char *path; /* NULL: standard input */
	uint8_t ahead[512];
	size_t ahead_at, ahead_end;
	char *line;
	size_t line_room;
	unsigned line_number;
};
/* Opens path, "-" is standard input. Returns 0, or -1 with errno set. */
int pdu_input_open(struct pdu_input *in, const char *path);
void pdu_input_close(struct pdu_input *in);
/* Detects the format of the input. */
enum pdu_format pdu_input_guess(struct pdu_input *in);
/* Reads up to size octets; fewer only at the end. */
size_t pdu_input_read(struct pdu_input *in, uint8_t *to, size_t size);
/* The next line without its end, in in->line, and its length in *length. Returns 1; 0 at the end; -1: the line is
 * longer than that of any PDU and was skipped. */
int pdu_input_line(struct pdu_input *in, size_t *length);

/* ---- readers: each call returns one PDU ---- */
struct pdu_reader;
struct pdu_keylog;
/* Creates the reader of a format. Returns NULL with *why set if the input cannot be read at all. */
struct pdu_reader *pdu_reader_open(struct pdu_input *in, const struct pdu_options *options, const char **why);
/* Sets the keys for radio PDUs of a capture; call it before the first PDU. */
void pdu_reader_keys(struct pdu_reader *r, struct pdu_keylog *keylog);
/* From now on the end of a signalling connection is an item too: without type, with iu.released set. */
void pdu_reader_releases(struct pdu_reader *r);
/* The next PDU, in the arena. Returns 1; 2: many packets without a PDU were read, call again; 0 at the end; -1 with
 * *why set if the rest cannot be read. */
int pdu_reader_next(struct pdu_reader *r, struct iuplus_arena *arena, struct pdu_item *item, const char **why);
/* Number of packets read, and number of those left out because they are cut or malformed below the PDU. */
void pdu_reader_counts(const struct pdu_reader *r, unsigned *packets, unsigned *left_out);
/* As pdu_dissector_missing(). */
unsigned pdu_reader_missing(const struct pdu_reader *r, const char **type);
void pdu_reader_close(struct pdu_reader *r);

/* hex.c: text lines into octets. */
struct pdu_hex;
struct pdu_hex *pdu_hex_new(void);
void pdu_hex_free(struct pdu_hex *h);
/* Processes a line. Returns 1: a PDU is complete (octets and size are valid until the next call); 2: the same, and the
 * line must be passed again; 0: more lines are needed; -1: the line is not hexadecimal. */
int pdu_hex_line(struct pdu_hex *h, const char *line, const uint8_t **octets, size_t *size);
/* Describes the error in a line that is not hexadecimal, and its place. */
void pdu_hex_why(const char *line, char *to, size_t room);
/* Returns the PDU left at the end of the input: 1 or 0. */
int pdu_hex_end(struct pdu_hex *h, const uint8_t **octets, size_t *size);

/* capture.c: packets of a pcap or pcapng file. */
struct pdu_packet {
	uint64_t time_ns;
	unsigned linktype;
	const uint8_t *data;
	size_t len;
	bool cut;       /* not captured completely */
	unsigned frame; /* from 1 */
};
struct pdu_capture;
struct pdu_capture *pdu_capture_open(struct pdu_input *in, const char **why);
/* Returns 1, 0 at the end, -1 with *why. */
int pdu_capture_next(struct pdu_capture *c, struct pdu_packet *packet, const char **why);
void pdu_capture_close(struct pdu_capture *c);

/* dissect.c: packets into PDUs. */
struct pdu_dissector;
struct pdu_found {
	const struct iuplus_asn1_type *type; /* NULL: a radio PDU without a message */
	const uint8_t *data;
	size_t len;
	char from[64], to[64];
	/* of the radio; otherwise NULL */
	const struct pdu_radio *radio;
	unsigned frame; /* the packet that completed it */
	uint64_t time_ns;
	int integrity; /* as in struct pdu_item; the bearer is known here */
	const char *integrity_text;
	struct pdu_iu iu;
};
typedef void pdu_found_fn(void *user, const struct pdu_found *found);
/* user_type: the type of packets of user link types (147 to 162). NULL if memory is exhausted. */
struct pdu_dissector *pdu_dissector_new(const struct iuplus_asn1_type *user_type, pdu_found_fn *found, void *user);
void pdu_dissector_free(struct pdu_dissector *d);
/* Sets the keys for radio PDUs; call it before the first packet. */
void pdu_dissector_keys(struct pdu_dissector *d, struct pdu_keylog *keylog);
/* As pdu_reader_releases(). */
void pdu_dissector_releases(struct pdu_dissector *d);
/* Reports every PDU that the packet completes. Returns true if all of the packet could be read. */
bool pdu_dissect(struct pdu_dissector *d, const struct pdu_packet *packet);
/* Number of messages of types that the modules lack, and the type of the first one. */
unsigned pdu_dissector_missing(const struct pdu_dissector *d, const char **type);
/* Called at the end of the capture: reports incomplete data. */
void pdu_dissect_end(struct pdu_dissector *d);

/* radio.c: datagrams of the simulated radio. */
struct radio;
struct radio *pdu_radio_new(pdu_found_fn *found, void *user);
void pdu_radio_free(struct radio *r);
void pdu_radio_keys(struct radio *r, struct pdu_keylog *keylog);
/* Processes the payload of a UDP datagram. Returns true if it is one of the radio. */
bool pdu_radio_take(struct radio *r, const struct pdu_packet *packet, const char *from, const char *to,
		    const uint8_t *data, size_t len);
void pdu_radio_end(struct radio *r);

/* ---- writers: a value as text ---- */
/* Both return as iuplus_asn1_walk(). JSON is one line without its end. */
int pdu_write_json(FILE *to, const struct iuplus_asn1_type *type, const void *value, struct iuplus_arena *arena);
int pdu_write_xer(FILE *to, const struct iuplus_asn1_type *type, const void *value, struct iuplus_arena *arena);
int pdu_write_text(FILE *to, const struct iuplus_asn1_type *type, const void *value, struct iuplus_arena *arena);
void pdu_write_hex(FILE *to, const uint8_t *octets, size_t size);
/* A string in quotes. */
void pdu_write_quoted(FILE *to, const char *s, size_t n);
/* The map of bits. Returns as iuplus_asn1_explain(). */
int pdu_write_bits(FILE *to, const struct pdu_item *item, struct iuplus_arena *arena);

/* ---- keylog.c ---- */
/* A set of keys as written by a node. */
struct pdu_key {
	uint8_t ik[16], ck[16];
	bool has_ck;
	unsigned uia, uea;
	uint32_t start, fresh;
	char kind[16], ue[40], domain[4];
};
/* A MAC-I that is right under a key, or the expected one instead of a wrong one. */
struct pdu_mac {
	const struct pdu_key *key; /* NULL: no key of the log is close */
	bool uplink;
	unsigned rb;
	uint32_t count;              /* COUNT-I */
	uint32_t received, expected; /* MAC-I of the message, and under the key; equal if it is right */
};
/* Reads a key log. NULL if it cannot be read, or has an invalid line: why describes the error and its place. */
struct pdu_keylog *pdu_keylog_open(const char *path, char *why, size_t room);
/* Wipes and frees; NULL is allowed. */
void pdu_keylog_free(struct pdu_keylog *k);
/* The keys, the most recently successful ones first; NULL beyond the last one. Their addresses do not change. */
const struct pdu_key *pdu_keylog_key(const struct pdu_keylog *k, size_t i);
/* Verifies the MAC-I of an encoded RRC message. ue: the phone whose keys are tried first, NULL: any; rb: the bearer,
 * -1: any. Returns 1: right, mac has the details; 0: the message has none; -1: not right under any key; mac then has a
 * key whose MAC-I differs in only one or two bits, as that of a tampered message does, or no key. */
int pdu_keylog_mac(struct pdu_keylog *k, const char *ue, bool uplink, int rb, const uint8_t *message, size_t len,
		   struct pdu_mac *mac);
/* The same with the keys of that phone only. */
int pdu_keylog_mac_of(struct pdu_keylog *k, const char *ue, bool uplink, int rb, const uint8_t *message, size_t len,
		      struct pdu_mac *mac);
/* For a MAC-I that is not close to any key of the log: computes the one expected under mac->key on bearer mac->rb, with
 * the first COUNT-I after mac->count that has the message's sequence number. False: the message has no MAC-I. */
bool pdu_keylog_expect(bool uplink, const uint8_t *message, size_t len, struct pdu_mac *mac);
/* Text for a right MAC-I. */
void pdu_keylog_mac_text(const struct pdu_mac *mac, char *to, size_t room);
/* Text for a wrong one; if mac has a key, that of iuplus_rrc_mac_check_text(). */
void pdu_keylog_wrong_text(const struct pdu_mac *mac, char *to, size_t room);
/* pdu_keylog_mac() and its text in one, on any bearer. */
int pdu_keylog_verify(struct pdu_keylog *k, bool uplink, const uint8_t *message, size_t len, char *text, size_t room);

/* ---- judge.c ---- */
/* Judges the procedures of a capture. Returns the exit status. */
int pdu_judge(const struct pdu_options *options, struct pdu_input *in);

/* ---- check.c ---- */
struct pdu_verdict {
	bool good, canonical;
	char text[512]; /* one line: the failed check, or why it is not canonical; "" */
};
void pdu_check(const struct pdu_item *item, const struct pdu_options *options, struct iuplus_arena *arena,
	       struct pdu_verdict *verdict);

/* One line about an error: rule, path, bit offset. verb is "decode" or "encode". */
void pdu_describe(char *to, size_t room, const struct iuplus_asn1_type *type, const char *verb,
		  const struct iuplus_asn1_error *e);

#endif
