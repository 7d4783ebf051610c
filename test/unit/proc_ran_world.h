/* SPDX-License-Identifier: BSD-2-Clause */
/* proc_ran_world.h: a UE's RRC, two RNCs and a scripted core network in virtual time, without any socket. The radio
 * between them counts RLC PDUs and compares, PDU by PDU, the ciphering parameters of both ends. */
#ifndef IUPLUS_TEST_PROC_RAN_WORLD_H
#define IUPLUS_TEST_PROC_RAN_WORLD_H

#include <iuplus/rnc.h>
#include <iuplus/ue.h>
#include "src/proc/rnc_ue.h"
#include "src/proc/ue_rrc.h"

#define WORLD_MAX_MESSAGES 512
#define WORLD_MAX_TIMERS 64
#define WORLD_PDU 17 /* octets of a message in one RLC PDU */

enum world_node { WORLD_UE, WORLD_SOURCE, WORLD_TARGET, WORLD_CN, WORLD_NODES };

/* One direction of one bearer at one end. */
struct world_rlc {
	uint16_t sn;
	uint32_t hfn;
	unsigned uea;
	uint8_t ck[16];
	bool held;    /* receiver: what arrives is kept for later */
	bool waiting; /* next applies from activation on */
	uint16_t activation;
	struct iuplus_proc_cipher next;
};
struct world_radio {
	struct world_rlc tx[IUPLUS_PROC_RBS], rx[IUPLUS_PROC_RBS];
};

struct world_message {
	enum world_node from, to;
	bool ranap;
	uint8_t rb;
	unsigned conn;
	bool connect; /* RANAP: opens the connection */
	bool release; /* RANAP: ends it, no octets */
	char name[48];
	enum iuplus_key_kind kind;
	uint8_t *pdu;
	size_t len;
	struct world_rlc cipher; /* of the first PDU, at the sender */
	unsigned pdus;
};

struct world_timer {
	bool running;
	enum world_node node;
	unsigned timer;
	uint64_t due;
};

/* The core's script after the relocation, and its view of the keys. */
struct world_cn {
	unsigned conn;  /* the connection that it answers on: its domain */
	bool enhanced;  /* an SGSN+ */
	bool aka_after; /* AKA before the Security Mode Command of step 913 */
	bool nonce;
	bool direct; /* embodiment 3: IK_U and CK_U go to the RNC */
	uint8_t uia[2], uia_count, uea[3], uea_count;
	uint8_t ck[16], ik[16];
	/* of the vector: counter and NCC of the highest index given, and the key of that index (with direct: none) */
	struct iuplus_security_key_index given;
	uint8_t k[32];
	uint8_t nonce_value[16];
	enum iuplus_key_kind kind; /* in use, in the core's view, and their index */
	struct iuplus_security_key_index index;
	uint8_t m_ck[16], m_ik[16]; /* the mapped pair of the keys in use, or CK and IK */
	bool source_enhanced, target_enhanced, ue_enhanced;
	uint8_t ue_capability;
	bool secured, reject_seen, relocation_complete, released, preparation_failed, resets;
	bool target_connected, commanded;
	bool no_key;                  /* script: no key in Relocation Request, the target takes the source's */
	bool refuse_relocation, deaf; /* scripts: Relocation Preparation Failure immediately; no answers */
	bool hold_command;            /* does not send Relocation Command */
	unsigned smc_sent;
};

/* One use of a key: for ciphering of a PDU, or for the MAC of a message. */
struct world_use {
	uint8_t key[16];
	bool uplink, integrity;
	uint8_t rb;
	uint32_t hfn;
	uint16_t sn;
};
#define WORLD_MAX_USES 4096

struct world {
	bool ue_enhanced, source_enhanced, target_enhanced;
	uint64_t now;
	uint32_t rng;
	struct iuplus_arena arena;
	struct iuplus_ue_rrc_config ue_cfg;
	struct iuplus_rnc_config rnc_cfg[2]; /* source, target */
	struct iuplus_ue_rrc *ue;
	struct iuplus_rnc_ue *rnc[2];
	struct world_radio ue_radio[2], rnc_radio[2]; /* the UE has one per cell */
	unsigned serving;                             /* which RNC is the source: 0 until world_swap() */
	unsigned ue_cell;                             /* 0 source, 1 target */
	bool heard;                                   /* the UE has been notified that its cell answers */
	struct world_cn cn;
	struct world_message queue[WORLD_MAX_MESSAGES];
	unsigned head, tail;
	struct world_timer timers[WORLD_MAX_TIMERS];
	unsigned timer_end; /* those from here on never ran */
	bool dead[WORLD_NODES];
	/* faults */
	const char *tamper, *drop, *stop_before; /* message names: the next one is modified, lost, or ends the run */
	unsigned delivered,
		stop_at;    /* number of messages taken from the queue; the run ends before number stop_at (if not 0) */
	bool twice;         /* every protected RRC message arrives twice */
	size_t arena_limit; /* of events from now on; 0: the default */
	/* what happened */
	struct world_use uses[WORLD_MAX_USES];
	unsigned use_count;
	char log[16384]; /* "step:message:kind;" in the order of sending */
	size_t log_len;
	unsigned failures, overflows, cipher_errors, nas_up, nas_down_seen, secured, nas_released, keys_void, frees,
		notes[WORLD_NODES];
	char first_failure[256];
	unsigned areas; /* CN information that the UE's NAS got, the last one in area */
	struct iuplus_proc_area area;
	struct iuplus_proc_keys keys[WORLD_NODES]; /* the last ones reported by a node */
	/* the last MAC-I that was refused: by whom, the failure's text, and the keys that it was checked with */
	struct {
		unsigned count;
		enum world_node node;
		struct iuplus_rrc_mac_check check;
		struct iuplus_proc_keys keys;
		char text[256];
	} refused;
	bool stopped;
	int rc; /* the last machine's return code that was not IUPLUS_OK */
};

/* ue, source, target: enhanced or not. Algorithms of the configuration: the only ones that the core permits. */
void world_init(struct world *w, bool ue, bool source, bool target, unsigned uia, unsigned uea);
void world_free(struct world *w);
/* Attach up to Security Mode Complete and one NAS message in each direction. */
void world_attach(struct world *w);
/* Orders the relocation and delivers all messages without expiring timers. */
void world_relocate(struct world *w);
/* The next message is lost on its way. */
void world_lose(struct world *w);
/* Delivers until no message is queued (or stop_before). */
void world_run(struct world *w);
/* Advances the time to the next expiry, at most by limit ms. False: no timer was due. */
bool world_tick(struct world *w, uint64_t limit);
/* Discards all queued messages. */
void world_flush(struct world *w);
/* Delivers until the next message is this one to this node, and returns it. NULL: all messages were delivered, and this
 * one was not among them. */
struct world_message *world_run_up_to(struct world *w, enum world_node to, const char *name);
/* State of the UE's RRC, and of RNC n's context of the UE. */
enum iuplus_ue_rrc_state world_ue_state(const struct world *w);
enum iuplus_rnc_state world_rnc_state(const struct world *w, unsigned n);
/* Ticks until no timer runs any longer; a UE that no RNC serves then loses the radio. */
void world_settle(struct world *w);
/* An event for the UE or an RNC (0 source, 1 target). */
int world_ue(struct world *w, const struct iuplus_ue_rrc_event *event);
int world_rnc(struct world *w, unsigned n, const struct iuplus_rnc_event *event);
/* Sends msg to the UE on rb, protected as s is (NULL: not protected). s advances, unless it is the UE's own. */
void world_downlink(struct world *w, struct iuplus_rrc_msg *msg, uint8_t rb, struct iuplus_rrc_integrity *s);
/* Number of messages that nobody has received yet; whether there is one, and it has this name. */
unsigned world_answers(const struct world *w);
bool world_answered(const struct world *w, const char *name);
/* Sends a NAS message from the core, and one from the UE; true if both arrived. */
bool world_nas_both_ways(struct world *w);
/* The node stops: nothing is delivered to it or sent by it, and the other nodes detect lost Iu connections or a lost
 * radio. */
void world_kill(struct world *w, enum world_node node);
/* Empties the log. */
void world_forget_log(struct world *w);
/* True if the log has all of the texts ("901:RelocationRequired") in this order; a NULL ends the list. */
bool world_logged(const struct world *w, ...);
/* True if the UE and the RNC use the same keys of this kind. */
bool world_agree(const struct world *w, unsigned n, enum iuplus_key_kind kind);
/* RNC n loses its context of the UE, and the radio bearers of its cell are new ones. */
void world_rnc_forgets(struct world *w, unsigned n);
/* After a relocation: the target becomes the source of the next one, and the old source has no context of the UE. */
void world_swap(struct world *w);
/* Number of (key, COUNT, bearer, direction) used more than once, for ciphering and for integrity. */
unsigned world_repeated(const struct world *w);
/* Shared with the core's script. */
enum world_node world_old(const struct world *w);
enum world_node world_new(const struct world *w);
struct world_message *world_put(struct world *w, enum world_node from, enum world_node to, struct iuplus_octets pdu,
				const char *name);
void world_record(struct world *w, enum iuplus_proc_step step, const char *name, enum iuplus_key_kind kind);
void world_cn_receive(struct world *w, const struct world_message *m);
void world_cn_nas(struct world *w, enum world_node to);
void world_cn_cause(struct world *w, enum world_node to, unsigned kind, uint16_t cause);
/* The core sends Security Mode Command: enhanced keys or legacy ones, those of a new AKA (fresh) or those in use. */
void world_cn_security(struct world *w, enum world_node to, bool enhanced, bool fresh);
/* A new vector: UE and core have CK and IK. */
void world_cn_aka(struct world *w);
/* Random octets of the world. */
void world_random(void *user, uint8_t *buf, size_t len);

#endif
