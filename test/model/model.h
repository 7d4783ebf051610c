/* SPDX-License-Identifier: BSD-2-Clause */
/* model.h: the world of the random scheduler: one UE, up to three RNCs, one core with its HLR, all of them the real
 * machines, in virtual time, joined by a radio and by Iu whose behaviour the schedule decides. README.md explains it.
 */
#ifndef IUPLUS_TEST_MODEL_H
#define IUPLUS_TEST_MODEL_H

#include <iuplus/hlr.h>
#include <iuplus/ranap.h>
#include <iuplus/rnc.h>
#include <iuplus/rrc.h>
#include <iuplus/ue.h>
#include <iuplus/ue_nas.h>

#include "src/proc/cn_ue.h"
#include "src/proc/rnc_ue.h"
#include "src/proc/ue_rrc.h"

#define CELLS 3                 /* one RNC has one cell */
#define CONTEXTS 24             /* of all RNCs, and of the core */
#define CONNECTIONS 48          /* Iu */
#define QUEUE 192               /* messages under way */
#define RECORDS 512             /* radio messages that the attacker has heard */
#define MAX_OPS 1200            /* of a schedule */
#define PDU_OCTETS 17u          /* octets of an RRC message in one RLC PDU */
#define PEER(rnc) (11u + (rnc)) /* the core's number of an RNC */
#define NONE (-1)

/* ---- the radio ---- */

/* One direction of one bearer at one end. */
struct rlc {
	uint16_t sn;
	uint32_t hfn;
	unsigned uea;
	uint8_t ck[16];
	bool held;    /* received messages wait for the next configuration */
	bool waiting; /* next applies from activation on */
	uint16_t activation;
	struct iuplus_proc_cipher next;
};
struct radio {
	struct rlc tx[IUPLUS_PROC_RBS], rx[IUPLUS_PROC_RBS];
};

/* A radio message as the attacker heard it. */
struct record {
	bool uplink, is_protected;
	uint8_t rb, cell;
	uint32_t id; /* the identity in the radio's header */
	const char *name;
	uint8_t *pdu;
	size_t len;
	unsigned pdus;
	struct rlc cipher; /* of the first PDU, at the sender */
	unsigned accepted; /* how often it had an effect at a machine */
};

/* ---- messages under way ---- */

enum message_kind {
	M_RADIO,    /* .record */
	M_PRESENCE, /* the UE announces itself in a new cell, or the cell's answer (downlink) */
	M_CONNECT,  /* SCCP CR, with a RANAP message */
	M_CONFIRM,  /* CC */
	M_REFUSE,   /* CREF */
	M_DATA,     /* DT1 */
	M_RELEASE,  /* RLSD */
	M_UNITDATA, /* UDT, to the core or to RNC .cell */
	M_VECTORS   /* the HLR's answer to context .connection */
};

struct message {
	enum message_kind kind;
	bool to_core;  /* Iu */
	bool downlink; /* presence */
	unsigned record;
	unsigned cell;
	int connection;
	uint32_t id;
	uint64_t order; /* of sending */
	uint8_t *pdu;
	size_t len;
	const char *name;
};

/* ---- nodes ---- */

struct timer {
	bool running, stopped; /* stopped: by the event before this one */
	uint64_t due;
};

struct rnc_context {
	bool used, ended, congested;
	unsigned rnc, depth;
	struct iuplus_rnc_ue *ue;
	struct radio radio;
	uint32_t id, old_id; /* the identity in the radio's headers */
	int iu[2];           /* Iu connections, or NONE */
	struct timer timer[IUPLUS_RNC_TIMER_COUNT];
	struct iuplus_proc_keys keys; /* of its last KEYS action */
};

struct cn_context {
	bool used, ended;
	struct iuplus_cn_ue *cn;
	int iu[2];
	struct timer timer[IUPLUS_CN_TIMER_COUNT];
	struct cn_context *superseded;
	bool wants_vectors;
	struct iuplus_cn_vectors_wanted wanted;
	struct iuplus_proc_keys keys;
};

/* An Iu connection. */
struct connection {
	bool used;
	int rnc, rnc_conn; /* the context, and its number of the connection; NONE: closed here */
	int cn, cn_conn;
};

struct phone {
	struct iuplus_ue_rrc *rrc;
	struct iuplus_ue_nas nas;
	struct radio radio, left; /* of the present cell, and of the one before until the new one was heard */
	bool has_left, listening;
	unsigned cell, left_cell;
	uint32_t id;
	unsigned depth;
	struct timer rrc_timer[IUPLUS_UE_TIMER_COUNT], nas_timer[IUPLUS_UE_NAS_TIMER_COUNT];
	struct iuplus_proc_keys keys;
	unsigned reallocated;   /* how often it reported this */
	unsigned announcements; /* presence datagrams in this cell */
};

/* ---- what a schedule is ---- */

enum op_kind {
	OP_STEP,     /* deliver one message, or let the next timer expire */
	OP_FAULT,    /* one fault of the channel or the attacker, chosen by .random among the possible ones */
	OP_ATTACH,   /* bring the UE into service without faults, if it is not */
	OP_RELOCATE, /* order */
	OP_REKEY,    /* order: authentication or P-TMSI reallocation by the core */
	OP_ORDER,    /* another order, chosen by .random, in whatever state */
	OP_NAS,      /* the UE sends a NAS message that needs no answer */
	OP_REST      /* no faults until the world rests, then the invariants of rest */
};
struct op {
	enum op_kind kind;
	uint64_t random;
};

struct options {
	uint64_t seed;
	unsigned long schedules;
	unsigned processes;
	bool trace, show, keep_going, rows;
};

struct world {
	uint64_t seed, rng; /* rng: random octets of the machines */
	bool trace;         /* print every step */
	uint64_t now, order;
	uint64_t next_due;            /* no timer expires before */
	struct iuplus_arena arena[4]; /* by depth of nested events */
	unsigned depth;

	unsigned cells; /* 2 or 3 */
	struct iuplus_ue_rrc_config ue_config;
	struct iuplus_ue_nas_config nas_config;
	struct iuplus_rnc_config rnc_config[CELLS];
	struct iuplus_rnc node[CELLS];
	struct iuplus_cn_peer cn_peer[CELLS];
	struct timer cn_peer_timer[CELLS][IUPLUS_CN_TIMER_COUNT];
	struct timer node_timer[CELLS][IUPLUS_RNC_TIMER_COUNT];
	struct iuplus_cn_config cn_config;
	struct iuplus_cn_rnc cn_rnc[CELLS];
	struct iuplus_cn_register subscribers;
	struct iuplus_cn_subscriber subscriber;
	struct iuplus_hlr_subscriber hlr;
	bool hlr_fails; /* the next request */

	struct phone ue;
	struct rnc_context rnc[CONTEXTS];
	struct cn_context cn[CONTEXTS];
	struct connection connection[CONNECTIONS];
	uint32_t next_rnc_id, next_cn_id;
	struct message queue[QUEUE];
	unsigned queued;
	struct record record[RECORDS];
	unsigned records;

	/* the schedule */
	struct op ops[MAX_OPS];
	unsigned op_count, step, faults, relocations, rekeys;
	unsigned relocated, secured; /* relocations and security mode controls that the core completed */
	bool clean;                  /* no fault since the world rested and everything agreed */
	bool faultless;              /* the same, but there were orders, which may meet procedures */
	bool foreign_command;        /* the answer to the next Security Mode Command is not for the core (foreign.c) */
	bool fallen_back;            /* a Security Mode Command was refused: legacy keys may follow */
	bool ue_returns;             /* the event at the UE began while it was arriving in another cell */
	bool ue_has_new_keys;        /* AKA gave CK and IK, which no Security Mode Command has used yet */

	/* the delivery that is being judged (judge.c) */
	struct {
		bool attack;    /* the octets are the attacker's: nothing may come of them */
		bool running;   /* integrity protection runs at the machine */
		bool guarded;   /* the machine verifies what it receives */
		int record;     /* the message, or NONE */
		const char *of; /* name of an altered or injected message */
		const char *what;
	} judge;
	char violation[32], what[256];
};

/* ---- world.c ---- */

void world_init(struct world *w, uint64_t seed);
void world_free(struct world *w);
/* A random number of the schedule's choices; *state is advanced. */
uint64_t model_random(uint64_t *state);
/* One line of the trace. */
void model_trace(struct world *w, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* A violated invariant: the first one of a schedule is kept. what has no numbers, so that equal ones are counted. */
void model_violation(struct world *w, const char *invariant, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* Texts of violations that do not count: for looking behind one that is known. */
#define MODEL_IGNORED 16
extern const char *model_ignored[MODEL_IGNORED];
extern unsigned model_ignored_count;
bool model_violated(const struct world *w);

/* ---- owner.c: events in, actions out ---- */

void model_rnc_event(struct world *w, struct rnc_context *c, const struct iuplus_rnc_event *event);
void model_rnc_node_event(struct world *w, unsigned rnc, const struct iuplus_rnc_node_event *event);
void model_cn_event(struct world *w, struct cn_context *c, const struct iuplus_cn_event *event);
void model_rrc_event(struct world *w, const struct iuplus_ue_rrc_event *event);
void model_nas_event(struct world *w, const struct iuplus_ue_nas_event *event);
struct rnc_context *model_new_rnc_context(struct world *w, unsigned rnc, uint32_t id);
struct cn_context *model_new_cn_context(struct world *w);
/* TIMER_START and TIMER_STOP. */
void model_timer(struct world *w, struct timer *timers, const struct iuplus_proc_action *a);
/* The timer that expires next among those that are due at limit; returns false if none. Fires it. */
bool model_fire(struct world *w, uint64_t limit);
/* Fires the n-th of the timers that the last event stopped: the expiry was under way. False: there is none. */
bool model_fire_late(struct world *w, uint64_t random);
bool model_timers_run(const struct timer *timers, unsigned count);

/* ---- channel.c: messages under way ---- */

struct message *model_put(struct world *w, enum message_kind kind, struct iuplus_octets pdu, const char *name);
void model_radio_send(struct world *w, struct rnc_context *c, const struct iuplus_proc_action *a);
void model_radio_cipher(struct radio *radio, bool ue, const struct iuplus_proc_action *a);
void model_radio_snapshot(const struct radio *radio, struct iuplus_proc_radio *out);
/* The UE announces itself in its cell, again if that was lost. False: not now. */
bool model_announce(struct world *w);
unsigned model_pdus(void *user, uint8_t rb, size_t len);
void model_iu_act(struct world *w, bool core, int context, const struct iuplus_proc_action *a);
/* A new connection, without ends yet; NONE: there are too many. */
int model_iu_open(struct world *w);
/* The HLR's answers to a context that ends. */
void model_forget_vectors(struct world *w, int context);
/* One end of a connection is closed without a message. */
void model_iu_forget(struct world *w, int connection, bool core);
/* A context is freed: its connections are released. */
void model_iu_close(struct world *w, int *iu, bool core);
/* Both ends lose the connection, and what is under way on it. */
void model_iu_lost(struct world *w, int connection);
/* SCCP's inactivity: with nothing under way, a connection that one end has closed is lost. False: there is none. */
bool model_iu_supervise(struct world *w);
/* Delivers message number n of the queue. */
void model_deliver(struct world *w, unsigned n);
/* A queue position that may be delivered next (the first of its channel), chosen by random. QUEUE: there is none. */
unsigned model_choose(struct world *w, uint64_t random);
void model_discard(struct world *w, unsigned n);
/* Removes message n from the queue as the attacker does: the receiver's RLC counts it. */
void model_drop(struct world *w, unsigned n);
/* Hands octets to the receiver of a record, as the attacker's. true: they are those that were sent, in the same place
 * of the cipher's stream. */
void model_attack(struct world *w, unsigned record, const uint8_t *pdu, size_t len, bool as_sent, const char *what);
void model_radio_receive(struct world *w, unsigned record);
void model_radio_lost_message(struct world *w, unsigned record);
void model_presence(struct world *w, const struct message *m);
/* The environment of the HLR, which needs random octets only. */
void model_hlr_env(struct world *w, struct iuplus_proc_env *env);
/* The receiver's RLC keeps the message: its configuration is not known yet (IUPLUS_ACT_HOLD). */
bool model_radio_held(struct world *w, unsigned record);
/* The RNC's context that the UE talks to, or NULL. */
struct rnc_context *model_serving(struct world *w);

/* ---- peer.c: RNC and core as a whole (Reset, Overload) ---- */

void model_cn_peer_event(struct world *w, unsigned cell, enum iuplus_cn_peer_event_kind kind, unsigned timer,
			 struct iuplus_octets pdu);
void model_unitdata(struct world *w, const struct message *m);
/* The core forgets every UE, and resets the RNCs. */
void model_core_restarts(struct world *w);

/* ---- ledger.c: which key protected what (watches the integrity functions of the library) ---- */

void ledger_reset(void);
/* The message leaves a machine. */
void ledger_sent(struct world *w, struct iuplus_octets pdu, bool uplink, const char *name);
/* One RLC PDU is ciphered. */
void ledger_ciphered(struct world *w, const struct rlc *rlc, uint8_t rb, bool uplink);
/* The highest COUNT, as START counts, that the UE has used since its keys came into force. */
uint32_t ledger_ue_hfn(void);
void ledger_ue_vector(void);

/* ---- keys.c: who knows which key ---- */

void keys_reset(void);
/* The HLR gave a vector. */
void keys_vector(const struct iuplus_security_vector *v);
/* The core gives an RNC keys of the hierarchy; message: for violations. */
void keys_given(struct world *w, const struct iuplus_ranap_enhanced_security *e, unsigned rnc, const char *message);
void keys_handed_over(struct world *w, const struct iuplus_rrc_next_key *n, unsigned rnc);
void keys_pair(struct world *w, const uint8_t ik[16], unsigned rnc, bool may_be_legacy, const char *message);
/* The UE puts keys into use; returned: those of the cell before, after a relocation that failed. */
void keys_in_use(struct world *w, const struct iuplus_proc_keys *k, bool returned);
/* counter_due: a relocation failed, and the core could not give new keys yet. */
void keys_rest(struct world *w, unsigned serving, bool counter_due);

/* ---- judge.c: the invariants ---- */

/* guarded: the machine verifies what it receives. */
void judge_before(struct world *w, const void *machine, size_t size, bool guarded);
/* The message being judged has this name. */
bool judge_name(const struct world *w, const char *name);
void judge_after(struct world *w, const void *machine, size_t size, const struct iuplus_proc_actions *actions,
		 const char *who);
void judge_action(struct world *w, const char *who, const struct iuplus_proc_action *a);
void judge_iu(struct world *w, bool from_core, int connection, const struct iuplus_proc_action *a);
void judge_ue_idle(struct world *w);
/* The world rests. */
void judge_rest(struct world *w);
/* No UE is left: no context is. */
void judge_empty(struct world *w);

/* ---- rows.c ---- */

void rows_context(const struct world *w, const struct rnc_context *rnc, const struct cn_context *cn, bool nas);
void rows_timer(const struct cn_context *cn, const struct iuplus_ue_nas *nas, unsigned timer);
void rows_peer_timer(unsigned timer);
/* Prints which rows of the machines' tables were reached, and which were not. */
void rows_print(bool all);
/* The marks, to merge those of several processes. */
unsigned char *rows_marks(size_t *size);

/* ---- fault.c ---- */

/* Does one of the faults that are possible now, chosen by random. Returns their number: 1, or 0. */
unsigned fault(struct world *w, uint64_t random);

/* ---- foreign.c ---- */

/* A message of a peer of another maker. */
void foreign(struct world *w, uint64_t random);
/* GMM STATUS from the UE. */
void foreign_nas_status(struct world *w);
/* The UE rejects a Security Mode Command that is under way. False: there is none. */
bool foreign_refusal(struct world *w, uint64_t random);

/* ---- schedule.c ---- */

void schedule_make(struct world *w);
/* Runs the ops of the world. Returns false if an invariant was violated. */
bool schedule_run(struct world *w);

#endif
