/* SPDX-License-Identifier: BSD-2-Clause */
/* pdu.h: what the parts of iuplus-pdu share: PDUs that come in, formats, and how to speak of what is wrong. */
#ifndef IUPLUS_TOOL_PDU_H
#define IUPLUS_TOOL_PDU_H

#include <stdio.h>

#include <iuplus/asn1_text.h>

/* Exit status, and what a reader or a command returns. */
enum pdu_exit {
	PDU_GOOD = 0,
	PDU_FAILED = 1,			/* a PDU failed */
	PDU_USAGE = 64,
	PDU_DATA = 65			/* input that cannot be read */
};

enum pdu_format {
	PDU_UNKNOWN, PDU_HEX, PDU_BIN, PDU_CAPTURE, PDU_JSON, PDU_XER, PDU_TEXT
};

#define PDU_MOST_OCTETS (1024u * 1024)
#define PDU_ARENA (256u * 1024 * 1024)
#define PDU_INTEGRITY_TEXT 192		/* octets of what is said of a MAC-I, with its terminating zero */

/* What came in datagrams of the radio stand-in. */
enum pdu_radio_state {
	PDU_RADIO_MESSAGE,		/* an RRC message that was put together, and deciphered where it was ciphered */
	PDU_RADIO_NOTE,			/* a PDU that carries no message of its own: sent again, for example */
	PDU_RADIO_CIPHERED,		/* one that is ciphered, and there is no key log */
	PDU_RADIO_FAILED		/* one that should be readable, and is not */
};
struct pdu_radio {
	enum pdu_radio_state state;
	char where[64];			/* "RB2 uplink, AM SN 3 to 5" */
	char ciphering[200];		/* under what it was ciphered, or why it could not be deciphered; "" */
};

/* The arena of one PDU: forgotten before the next one is read. */
struct pdu_item {
	unsigned number;		/* of the PDU, from 1 */
	const struct iuplus_asn1_type *type;
	struct iuplus_octets octets;	/* its encoding; data NULL when it came as a value */
	size_t bits;			/* of octets */
	void *value;			/* from JSON or XER; else NULL */
	const char *broken;		/* why there is neither (a line that is no PDU); NULL otherwise */
	struct iuplus_asn1_error error;	/* of a value that could not be made; rc 0 otherwise */
	unsigned line;			/* of a text; 0: none */
	/* from a capture */
	unsigned frame;			/* 0: not from a capture */
	uint64_t time_ns;
	char from[64], to[64];		/* "" when not known */
	int integrity;			/* under the key log: 1 right, -1 wrong, 0 nothing to verify */
	char integrity_text[PDU_INTEGRITY_TEXT];
	struct pdu_radio radio;		/* radio.where is "" for what did not come over the radio */
};

struct pdu_options {
	const struct iuplus_asn1_type *type;	/* -p; NULL: none */
	enum pdu_format in, out;
	size_t bit_offset;
	bool bit_map;
	const char *write;		/* NULL: standard output */
	const char *keylog;		/* NULL: none */
};

/* ---- types.c ---- */
/* The type called name: "RANAP-PDU", "RRC:Cause" when protocols share a name. NULL with *why set. */
const struct iuplus_asn1_type *pdu_type(const char *name, const char **why);
/* The name that is nearest to one that does not exist, for asking whether it is meant; NULL when none is near. */
const struct iuplus_asn1_type *pdu_type_near(const char *name);
enum iuplus_asn1_rules pdu_rules(const struct iuplus_asn1_type *type);
const char *pdu_rules_name(const struct iuplus_asn1_type *type);
/* Wireshark's name of the dissector for a type and back; NULL when there is none. */
const char *pdu_dissector(const struct iuplus_asn1_type *type);
const struct iuplus_asn1_type *pdu_dissected(const char *dissector, size_t length);
/* dissect_rrc.c: the RRC type of a number of GSMTAP's, of a name of Wireshark's, and the name of a type; NULL when
 * there is none. The modules need not have the type. */
const char *pdu_gsmtap_rrc(unsigned number);
const char *pdu_rrc_by_name(const char *dissector, size_t length);
const char *pdu_rrc_name(const char *type);
/* Prints every type whose name contains pattern (NULL: all). Returns how many. */
unsigned pdu_list(FILE *to, const char *pattern);
/* The message in a PDU ("RelocationRequired"), from its value; the type's name when there is no better one. */
const char *pdu_message(const struct iuplus_asn1_type *type, const void *value, struct iuplus_arena *arena);
/* What a NAS message is called; NULL when it is not one that is known. */
const char *pdu_nas(const char *type, const uint8_t *octets, size_t size);

/* ---- input.c: a file or standard input, with a look ahead ---- */
struct pdu_input {
	FILE *file;
	const char *path;		/* NULL: standard input */
	uint8_t ahead[512];
	size_t ahead_at, ahead_end;
	char *line;
	size_t line_room;
	unsigned line_number;
};
/* Opens path, "-" is standard input. Returns 0, or -1 with errno set. */
int pdu_input_open(struct pdu_input *in, const char *path);
void pdu_input_close(struct pdu_input *in);
/* What the input looks like. */
enum pdu_format pdu_input_guess(struct pdu_input *in);
/* Reads up to size octets; fewer only at the end. */
size_t pdu_input_read(struct pdu_input *in, uint8_t *to, size_t size);
/* The next line without its end, in in->line, and its length in *length. Returns 1; 0 at the end; -1: a line longer
 * than any PDU's, skipped. */
int pdu_input_line(struct pdu_input *in, size_t *length);

/* ---- readers: each gives one PDU a call ---- */
struct pdu_reader;
struct pdu_keylog;
/* Makes the reader of a format. Returns NULL with *why set when the input cannot be read at all. */
struct pdu_reader *pdu_reader_open(struct pdu_input *in, const struct pdu_options *options, const char **why);
/* Keys for what a capture holds of the radio; before the first PDU. */
void pdu_reader_keys(struct pdu_reader *r, struct pdu_keylog *keylog);
/* The next PDU, in the arena. Returns 1; 2: many packets were read and there was none, go on; 0 at the end; -1 when the
 * rest cannot be read, with *why set. */
int pdu_reader_next(struct pdu_reader *r, struct iuplus_arena *arena, struct pdu_item *item, const char **why);
/* How many packets were seen and how many of them were left out for being cut or malformed below the PDU. */
void pdu_reader_counts(const struct pdu_reader *r, unsigned *packets, unsigned *left_out);
/* As pdu_dissector_missing(). */
unsigned pdu_reader_missing(const struct pdu_reader *r, const char **type);
void pdu_reader_close(struct pdu_reader *r);

/* hex.c: text lines into octets. */
struct pdu_hex;
struct pdu_hex *pdu_hex_new(void);
void pdu_hex_free(struct pdu_hex *h);
/* Takes a line. Returns 1: a PDU is complete (octets and size until the next call); 2: the same, and the line has to
 * be given again; 0: more is needed; -1: the line is not hexadecimal. */
int pdu_hex_line(struct pdu_hex *h, const char *line, const uint8_t **octets, size_t *size);
/* What is wrong with a line that is not hexadecimal, and where. */
void pdu_hex_why(const char *line, char *to, size_t room);
/* What is left at the end of the input: 1 or 0. */
int pdu_hex_end(struct pdu_hex *h, const uint8_t **octets, size_t *size);

/* capture.c: packets of a pcap or pcapng file. */
struct pdu_packet {
	uint64_t time_ns;
	unsigned linktype;
	const uint8_t *data;
	size_t len;
	bool cut;			/* not captured whole */
	unsigned frame;			/* from 1 */
};
struct pdu_capture;
struct pdu_capture *pdu_capture_open(struct pdu_input *in, const char **why);
/* Returns 1, 0 at the end, -1 with *why. */
int pdu_capture_next(struct pdu_capture *c, struct pdu_packet *packet, const char **why);
void pdu_capture_close(struct pdu_capture *c);

/* dissect.c: packets into PDUs. */
struct pdu_dissector;
struct pdu_found {
	const struct iuplus_asn1_type *type;	/* NULL: a radio PDU without a message */
	const uint8_t *data;
	size_t len;
	char from[64], to[64];
	/* of the radio; else NULL */
	const struct pdu_radio *radio;
	unsigned frame;			/* the packet that completed it */
	uint64_t time_ns;
	int integrity;			/* as in struct pdu_item; the bearer is known here */
	const char *integrity_text;
};
typedef void pdu_found_fn(void *user, const struct pdu_found *found);
/* user_type: the type of packets of user link types (147 to 162). NULL when memory ran out. */
struct pdu_dissector *pdu_dissector_new(const struct iuplus_asn1_type *user_type, pdu_found_fn *found, void *user);
void pdu_dissector_free(struct pdu_dissector *d);
/* Keys for what comes over the radio; before the first packet. */
void pdu_dissector_keys(struct pdu_dissector *d, struct pdu_keylog *keylog);
/* Tells of every PDU that the packet completes. Returns whether all of it could be read. */
bool pdu_dissect(struct pdu_dissector *d, const struct pdu_packet *packet);
/* How many messages were seen of types that the modules do not have, and which type the first one had. */
unsigned pdu_dissector_missing(const struct pdu_dissector *d, const char **type);
/* The capture is at its end: tells of what waited for more. */
void pdu_dissect_end(struct pdu_dissector *d);

/* radio.c: datagrams of the radio stand-in. */
struct radio;
struct radio *pdu_radio_new(pdu_found_fn *found, void *user);
void pdu_radio_free(struct radio *r);
void pdu_radio_keys(struct radio *r, struct pdu_keylog *keylog);
/* Takes the payload of a UDP datagram. Returns whether it is one of the radio's. */
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
/* A set of keys as a node wrote it. */
struct pdu_key {
	uint8_t ik[16], ck[16];
	bool have_ck;
	unsigned uia, uea;
	uint32_t start, fresh;
	char kind[16], ue[40], domain[4];
};
/* A MAC-I that is right under a key, or the one that was expected in its place. */
struct pdu_mac {
	const struct pdu_key *key;	/* NULL: no key of the log is near */
	bool uplink;
	unsigned rb;
	uint32_t count;			/* COUNT-I */
	uint32_t received, expected;	/* MAC-I of the message, and under the key; the same when it is right */
};
/* Reads a key log. NULL when it cannot be read, or has a line that is none: why says what and where. */
struct pdu_keylog *pdu_keylog_open(const char *path, char *why, size_t room);
/* Wipes and frees; NULL is allowed. */
void pdu_keylog_free(struct pdu_keylog *k);
/* The keys, those that were right last first; NULL beyond the last one. They do not move. */
const struct pdu_key *pdu_keylog_key(const struct pdu_keylog *k, size_t i);
/* The MAC-I of an encoded RRC message. ue: whose keys to try first, NULL: any; rb: the bearer, -1: any. Returns 1:
 * right, as mac says; 0: it has none; -1: right under no key: mac then has the key whose MAC-I differs from it in one or
 * two bits, as that of a message that was tampered with does, or no key. */
int pdu_keylog_mac(struct pdu_keylog *k, const char *ue, bool uplink, int rb, const uint8_t *message, size_t len,
	struct pdu_mac *mac);
/* The same with the keys of that phone only. */
int pdu_keylog_mac_of(struct pdu_keylog *k, const char *ue, bool uplink, int rb, const uint8_t *message, size_t len,
	struct pdu_mac *mac);
/* For a MAC-I that no key of the log is near to: what is expected under mac->key on bearer mac->rb, with the first COUNT-I
 * after mac->count that has the message's sequence number. False: the message has no MAC-I. */
bool pdu_keylog_expect(bool uplink, const uint8_t *message, size_t len, struct pdu_mac *mac);
/* A MAC-I that is right, in words. */
void pdu_keylog_mac_text(const struct pdu_mac *mac, char *to, size_t room);
/* One that is wrong: as iuplus_rrc_mac_check_text() puts it when mac has a key. */
void pdu_keylog_wrong_text(const struct pdu_mac *mac, char *to, size_t room);
/* pdu_keylog_mac() and its text in one, on any bearer. */
int pdu_keylog_verify(struct pdu_keylog *k, bool uplink, const uint8_t *message, size_t len, char *text,
	size_t room);

/* ---- check.c ---- */
struct pdu_verdict {
	bool good, canonical;
	char text[512];			/* one line: what failed, or why it is not canonical; "" */
};
void pdu_check(const struct pdu_item *item, const struct pdu_options *options, struct iuplus_arena *arena,
	struct pdu_verdict *verdict);

/* One line on what is wrong: rule, path, bit offset. verb is "decode" or "encode". */
void pdu_describe(char *to, size_t room, const struct iuplus_asn1_type *type, const char *verb,
	const struct iuplus_asn1_error *e);

#endif
