/* SPDX-License-Identifier: BSD-2-Clause */
/* judge_int.h: the dialogue model that the rules look at, and what a rule is.
 *
 * The files depend on each other in one direction: map.c, dialogue.c (the model), verdict.c (how a rule reports), the
 * predicates (one file per group of clauses), rules.c (the table), judge.c (the interface). */
#ifndef IUPLUS_JUDGE_INT_H
#define IUPLUS_JUDGE_INT_H

#include <iuplus/judge.h>
#include <iuplus/nas.h>
#include <iuplus/ranap.h>

#define JUDGE_KINDS 256u /* procedure codes up to 63, four messages each; what is beyond has no rule */
#define JUDGE_OWED 12u   /* answers that a connection may owe at once; beyond that the oldest is not judged */
#define JUDGE_WHAT 192u
#define JUDGE_ID_CONTAINER 61u                     /* id-SourceRNC-ToTargetRNC-TransparentContainer */
#define JUDGE_WAITING 1024u                        /* messages that wait for their direction */
#define JUDGE_RELEASED_KEPT 64u                    /* released connections, before the old ones are forgotten */
#define JUDGE_KEYS_USED 32u                        /* IKs of a subscriber that are remembered */
#define JUDGE_TIME_TO_ANSWER UINT64_C(20000000000) /* ns: no timer of TS 25.413 9.5 has a value; later is never */
#define JUDGE_CROSSING UINT64_C(1000000000)        /* ns: messages of both ends may cross that long */

/* ---- map.c: numbers to numbers ---- */
struct judge_map {
	uint64_t (*cells)[2]; /* key, value; key 0 is an empty cell, 1 a deleted one */
	size_t room, used;
};
/* The value of a key; 0 when there is none. */
uint64_t judge_map_get(const struct judge_map *map, uint64_t key);
/* Sets the value; 0 deletes. False: no memory. */
bool judge_map_set(struct judge_map *map, uint64_t key, uint64_t value);
void judge_map_free(struct judge_map *map);
/* A number for octets, and for two numbers: never 0 or 1. */
uint64_t judge_hash(const void *octets, size_t len);
uint64_t judge_mix(uint64_t a, uint64_t b);

/* ---- the model ---- */

enum judge_fact { JUDGE_NOT_KNOWN = 0, JUDGE_NO, JUDGE_YES };

/* A node of Iu. */
struct judge_node {
	struct judge_node *next;
	uint64_t number;
	enum judge_fact is_rnc;
	bool has_rnc_id;
	struct iuplus_ranap_rnc rnc_id;
	uint64_t last_ns; /* when it sent something last */
	unsigned last_frame;
};

/* An RNC and a core network node: what has no connection. */
struct judge_link {
	struct judge_link *next;
	struct judge_node *rnc, *cn;
	bool reset_by[2]; /* a RESET of the core network [0], the RNC [1], not acknowledged yet */
	unsigned reset_frame[2];
	uint64_t reset_ns[2];
	bool both;                 /* both RESETs were under way at once */
	unsigned cleared_frame[2]; /* of the last RESET ACKNOWLEDGE that the core network [0], the RNC [1] sent; 0: none
				    */
	unsigned cleared_before[2]; /* connections that began before this frame are gone then */
	/* RESET RESOURCE by the core network [0], the RNC [1]: the list that has to come back */
	struct {
		unsigned frame;
		uint64_t time_ns;
		uint64_t list; /* a number for it */
	} resource[2];
	bool resource_done[2]; /* RESET RESOURCE ACKNOWLEDGE by the core network [0], the RNC [1] */
};

/* The keys of a subscriber and a domain, as far as the capture shows them. */
struct judge_keys {
	unsigned given; /* frame where the highest index of the vector was given; 0: none was seen */
	struct iuplus_security_key_index highest;
	unsigned handed; /* the same of the next key that a source put into its container last */
	struct iuplus_security_key_index handed_index;
	bool challenged;      /* an AKA is done, and its keys are not in use yet */
	enum judge_fact used; /* keys of the vector were in use */
	unsigned used_frame;  /* from which on that is known */
};

/* Security as far as a connection shows it. */
struct judge_security {
	enum judge_fact running; /* integrity protection */
	bool has_uea;            /* an encryption algorithm was chosen, be it "no encryption" */
	uint8_t uia, uea;
	bool enhanced;    /* ik and ck are the mapped pair of the keys in use */
	bool gives_ck_ik; /* ... and the core network writes CK and IK into the container for a legacy target */
	bool keys_known;  /* false: not seen */
	uint8_t ik[16], ck[16];
	bool has_ck;
	unsigned frame;
	struct iuplus_ranap_protection integrity, encryption; /* permitted */
	bool has_encryption;
};

/* The values of a container, without its octets. */
struct judge_container {
	unsigned frame;                              /* 0: none was seen */
	uint64_t octets;                             /* a number for them */
	struct iuplus_ranap_source_to_target values; /* encoded, rrc_container: only len is meaningful */
};

struct judge_rule;

struct judge_owed {
	const struct judge_rule *rule;
	unsigned frame;
	uint64_t time_ns;
	bool by_rnc;
};

/* A subscriber, or what is known of one before the IMSI is seen. */
struct judge_ue {
	struct judge_ue *next;
	struct judge_ue *same;          /* the subscriber to which this one was found to be equal; NULL: none */
	struct iuplus_ranap_imsi imsi;  /* len 0: not known */
	uint64_t serving[2], target[2]; /* connections per domain; 0: none */
	struct judge_security last;     /* of the last successful security mode control of any domain */
	int last_domain;
	bool complete;                  /* every security mode control since the first connection was seen */
	uint64_t used[JUDGE_KEYS_USED]; /* IKs */
	unsigned used_count;
	uint64_t answered; /* a number for the RAND that the UE answered last */
	struct judge_keys keys[2]; /* per domain */
};

/* A message whose direction is not known yet. */
struct judge_waiting {
	struct judge_waiting *next;
	struct iuplus_judge_ranap message;
	uint8_t octets[];
};

/* A message that clause 10 wants answered in a certain way. */
struct judge_fault {
	unsigned frame;   /* 0: none is open */
	bool by_rnc;      /* who sent the faulty message */
	bool conditional; /* an IE is missing whose condition holds: the codec does not see that */
	struct iuplus_ranap_problem problem;
	unsigned ie_count;
	uint16_t ies[8];
};

enum judge_origin { JUDGE_MIDDLE = 0, JUDGE_INITIAL_UE, JUDGE_RELOCATED, JUDGE_ENHANCED, JUDGE_OTHER_ORIGIN };
/* How far the preparation of a relocation is: identifier, words of a finding after "the preparation". */
#define JUDGE_PREPARATIONS(X) \
	X(IDLE, "has not begun") \
	X(PREPARING, "is under way") \
	X(PREPARED, "was successful") \
	X(CANCELLING, "is being cancelled")

enum judge_preparation {
#define JUDGE_ID(id, words) JUDGE_##id,
	JUDGE_PREPARATIONS(JUDGE_ID)
#undef JUDGE_ID
};

struct judge_rrc_ue;

struct judge_conn {
	struct judge_conn *next; /* all of them */
	uint64_t number;
	bool first_seen; /* its first message was captured */
	unsigned begun_frame;
	uint64_t begun_ns;
	bool released;
	uint64_t released_ns;
	enum judge_origin origin;
	struct judge_node *rnc, *cn;
	struct judge_link *link;
	int domain; /* -1: not known */
	bool has_sig;
	uint32_t sig; /* Iu Signalling Connection Identifier */
	struct judge_ue *ue;
	unsigned last[JUDGE_KINDS]; /* frame of the last message of each kind; 0: none */
	unsigned answers;           /* of the target RNC to RELOCATION REQUEST */
	unsigned requests;          /* RELOCATION REQUESTs */
	/* security mode control */
	bool command_open;
	struct iuplus_ranap_security_mode_command command;
	bool command_before_preparation;
	struct judge_security security;
	/* as source of a relocation */
	enum judge_preparation preparation;
	struct judge_container sent;
	struct iuplus_ranap_relocation_required required; /* flat members only */
	uint64_t target;                                  /* the target's connection; 0: not seen */
	/* as its target */
	uint64_t source;
	struct judge_container got;
	bool request_has_encryption, request_has_integrity;
	bool has_offered, has_handed_on; /* keys of RELOCATION REQUEST, and the next key of its container */
	struct iuplus_ranap_enhanced_security offered;
	struct iuplus_rrc_next_key handed_on;
	bool said_key_in_use;
	struct iuplus_ranap_key_in_use key_in_use;
	uint64_t answer_container; /* a number for the octets of the target's; 0: none */
	/* RABs */
	bool assignment_open;
	uint8_t assigned[256 / 8];     /* RABs named in the open RAB ASSIGNMENT REQUEST */
	uint8_t contexts[256 / 8];     /* the same of SRNS CONTEXT REQUEST */
	struct judge_rrc_ue *rrc;      /* NULL: not seen on the radio */
	unsigned triggered, came_back; /* frames: the UE was sent to the target, was heard again */
	/* GMM */
	bool challenge_open, challenge_imeisv; /* an authentication request that is not answered; it asks for IMEISV */
	uint8_t challenge_reference;
	uint64_t challenge;     /* a number for RAND */
	uint8_t identity_asked; /* enum iuplus_nas_identity_type; 0: none */
	struct judge_fault fault;
	unsigned reset_frame[2]; /* of the RESET RESOURCE ACKNOWLEDGE that names it, by core network [0], RNC [1] */
	struct judge_owed owed[JUDGE_OWED];
	unsigned owed_count;
};

/* The last protected message of a bearer in one direction. */
struct judge_rrc_last {
	unsigned frame; /* 0: none */
	uint8_t sn;
	bool has_count;
	uint32_t count;
	uint64_t key, octets, rnc;
};

/* A UE as its RRC messages show it. */
struct judge_rrc_ue {
	struct judge_rrc_ue *next;
	uint64_t number;
	bool complete; /* the RRC connection was seen from its request on */
	bool hidden;   /* there are unreadable messages */
	bool has_capability;
	struct iuplus_rrc_security_capability capability;
	bool has_start[2];
	uint32_t start[2]; /* sent last, per domain */
	enum judge_fact integrity, before_command;
	bool secured; /* a security mode control was successful */
	bool has_fresh;
	uint32_t fresh;
	struct judge_rrc_last last[2][IUPLUS_RRC_SRBS]; /* downlink, uplink */
	uint64_t key;                                   /* of the COUNT-I that is largest */
	uint32_t largest;
	bool command_open;
	struct iuplus_rrc_security_mode_command command;
	unsigned command_frame;
	uint8_t command_sn;
	bool failed; /* a SECURITY MODE FAILURE, and no message on RB2 since */
	bool reconfiguration_open, reconfiguration_synchronised;
	uint8_t transaction;
	bool has_area; /* sent to the UE on this RRC connection, else that of the cell where it began */
	uint16_t lac;
	uint8_t rac;
	uint64_t triggered; /* the source's Iu connection of the relocation that was triggered */
	uint64_t trigger_rnc;
};

struct iuplus_judge {
	iuplus_judge_report *report;
	void *user;
	struct iuplus_arena arena;
	struct judge_map conns, nodes, links, sigs, containers, imsis, rrc;
	struct judge_conn *all_conns;
	unsigned held, held_released; /* connections in it, and those of them that are released */
	struct judge_node *all_nodes;
	struct judge_link *all_links;
	struct judge_ue *all_ues;
	struct judge_rrc_ue *all_rrc;
	struct judge_waiting *waiting, **last_waiting;
	unsigned waiting_count;
	unsigned learned; /* how often it was learned which node is an RNC */
	struct iuplus_judge_totals totals;
	unsigned (*counts)[IUPLUS_JUDGE_VERDICTS]; /* by rule */
	const struct judge_rule *rules;
	size_t rule_count;
	uint16_t *by_kind;                 /* rules in the order of their kind */
	uint16_t kind_at[JUDGE_KINDS + 2]; /* where in by_kind a kind begins; the last is "any" */
	uint64_t now_ns;
	unsigned frame;
};

/* What a rule looks at: one message, and the dialogue before it. */
struct judge_at {
	struct iuplus_judge *judge;
	const struct judge_rule *rule;
	struct judge_conn *conn; /* NULL: connectionless */
	struct judge_link *link;
	struct judge_node *sender;
	bool from_rnc;
	unsigned frame;
	uint64_t time_ns;
	const struct iuplus_ranap_msg *m; /* NULL: it does not decode */
	unsigned kind;
	int rc;
	const struct iuplus_ranap_problem *problem;
	char what[JUDGE_WHAT];
};

/* The same for an RRC message. */
struct judge_rrc_at {
	struct iuplus_judge *judge;
	const struct iuplus_judge_rrc *in;
	const struct iuplus_rrc_msg *m;
	struct judge_rrc_ue *ue;
	bool uplink;
	int rb; /* -1: not known */
	struct judge_rrc_last
		*last;    /* of its bearer and direction; NULL: it is not protected, or the bearer not known */
	bool same;        /* the octets of the last one */
	const char *what; /* what happened, of a rule that is broken */
};

#define JUDGE_NOT_APPLICABLE (-1)
/* Returns a verdict, or JUDGE_NOT_APPLICABLE. Broken: judge_broken() has said what happened. */
typedef int judge_check(struct judge_at *at);
typedef int judge_rrc_check(struct judge_rrc_at *at);

#define JUDGE_ANY 0xffffu /* every message, decoded or not */
#define JUDGE_MOST_ON 3u

struct judge_rule {
	struct iuplus_judge_rule rule;
	unsigned on[JUDGE_MOST_ON]; /* the messages that it looks at: kinds or JUDGE_ANY, plus 1; 0: none */
	judge_check *check;
	unsigned answers[3];            /* that are owed, one of them: kinds plus 1; 0: none */
	unsigned rrc_on[JUDGE_MOST_ON]; /* the same for RRC: enum iuplus_rrc_type or JUDGE_ANY, plus 1 */
	judge_rrc_check *rrc;
};

/* ---- dialogue.c: the model, before and after a message ---- */
struct judge_conn *judge_conn(const struct iuplus_judge *j, uint64_t number);
/* Finds or makes; NULL: no memory. */
struct judge_conn *judge_conn_make(struct iuplus_judge *j, uint64_t number);
struct judge_node *judge_node_make(struct iuplus_judge *j, uint64_t number);
struct judge_link *judge_link_make(struct iuplus_judge *j, struct judge_node *rnc, struct judge_node *cn);
struct judge_ue *judge_ue(struct judge_conn *c);
/* The same UE's connection of the other domain at the same RNC, when both serve or both are targets; NULL: none. */
struct judge_conn *judge_other_domain(const struct iuplus_judge *j, struct judge_conn *c);
bool judge_seen(const struct judge_conn *c, unsigned kind);
/* The connection is released. Connections that were released long ago are forgotten. */
void judge_let_go(struct iuplus_judge *j, struct judge_conn *c);
/* Takes the message into the model. False: no memory. */
bool judge_follow(struct judge_at *at);
/* Before the rules look: finds the source of a RELOCATION REQUEST, the UE. False: no memory. */
bool judge_prepare(struct judge_at *at);
void judge_forget_owed(struct judge_conn *c, bool by_rnc, unsigned but_kind);
void judge_dialogue_free(struct iuplus_judge *j);
/* A number for a list of identifiers. */
uint64_t judge_list_number(const struct iuplus_ranap_iu_sig_cons *list);
/* Whether the subscriber's IK was in use before. */
bool judge_key_used(const struct judge_ue *ue, const uint8_t ik[16]);

/* ---- keys_model.c ---- */
/* CK' and IK', the mapped pair of these keys. False: the capture does not show enough. */
bool judge_mapped_pair(const struct iuplus_ranap_enhanced_keys *keys, const struct iuplus_security_key_index *index,
		       uint8_t ck[16], uint8_t ik[16]);
/* The next key of a domain in the source's container; false: none. The caller wipes it. */
bool judge_next_of_container(struct iuplus_judge *j, const struct iuplus_ranap_source_to_target *c, int domain,
			     struct iuplus_rrc_next_key *next);
/* The keys that the target of connection c uses by its Key In Use, into s. */
void judge_keys_taken(struct judge_conn *c, struct judge_security *s);
/* Takes the message's keys into the model, before the message itself is taken. */
void judge_keys_follow(struct judge_at *at, struct judge_ue *ue);
/* The UE has answered a challenge; not known: the authentication was rejected. */
void judge_keys_challenge(struct judge_keys *k, enum judge_fact answered, unsigned frame);
void judge_keys_join(struct judge_keys *to, const struct judge_keys *from);

/* ---- rrc_model.c ---- */
/* Finds or makes; NULL: no memory. */
struct judge_rrc_ue *judge_rrc_ue_make(struct iuplus_judge *j, uint64_t number);
/* The UE that sent the NAS message in INITIAL DIRECT TRANSFER; NULL: none. */
struct judge_rrc_ue *judge_rrc_by_nas(const struct iuplus_judge *j, struct iuplus_octets nas);
/* When this message is sent to a UE, it belongs to the relocation towards connection target. False: no memory. */
bool judge_rrc_expect(struct iuplus_judge *j, struct iuplus_octets dl_dcch, uint64_t target);
/* The message for the UE in the container of RELOCATION REQUEST ACKNOWLEDGE; false: there is none that is known. */
bool judge_rrc_of_container(struct judge_at *at, struct iuplus_octets *dl_dcch, struct iuplus_rrc_msg *m);
/* Before the rules look, and after: false: no memory. */
void judge_rrc_prepare(struct judge_rrc_at *at, const struct iuplus_judge_rrc *in, struct judge_rrc_ue *u);
bool judge_rrc_follow(struct judge_rrc_at *at);
void judge_rrc_free(struct iuplus_judge *j);

/* ---- verdict.c ---- */
/* Says what happened; returns IUPLUS_JUDGE_BROKEN. */
int judge_broken(struct judge_at *at, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Kept, or broken with the text. */
int judge_holds(struct judge_at *at, bool kept, const char *broken);
/* From now on one of the rule's answers is owed on the connection by the other end than by_rnc's. Returns
 * JUDGE_NOT_APPLICABLE: the verdict comes later. */
int judge_owe(struct judge_at *at, struct judge_conn *c, bool by_rnc);
void judge_tell(struct iuplus_judge *j, const struct judge_rule *rule, int verdict, unsigned frame, uint64_t time_ns,
		uint64_t connection, const char *what);
/* The message settles what is owed. */
void judge_settle(struct judge_at *at);
/* The connection has ended: what is owed is broken, unless the release may have crossed the request. */
void judge_owed_at_release(struct iuplus_judge *j, struct judge_conn *c, uint64_t time_ns);
void judge_owed_at_end(struct iuplus_judge *j, struct judge_conn *c);
/* The same for RESET and RESET RESOURCE, whose answers check judges. */
void judge_resets_at_end(struct iuplus_judge *j, const struct judge_link *l);
bool judge_answers(const struct judge_rule *rule, unsigned kind);

/* ---- the predicates ---- */
#include "src/judge/checks.h"

/* rules.c */
extern const struct judge_rule judge_rules[];
extern const size_t judge_rule_count;

#endif
