/* SPDX-License-Identifier: BSD-2-Clause */
/* settings.h: the configuration of each program as a struct, and the tables that read and print it (conf.h).
 * The man pages iuplus-sgsn(1), iuplus-rnc(1) and iuplus-ue(1) describe every key. */
#ifndef IUPLUS_NODE_SETTINGS_H
#define IUPLUS_NODE_SETTINGS_H

#include <iuplus/cn.h>
#include <iuplus/rnc.h>
#include <iuplus/ue.h>
#include <iuplus/ue_nas.h>

#include "src/net/m3ua.h"
#include "src/net/sccp.h"
#include "src/node/conf.h"

#define NODE_MAX_RNCS 32  /* RNCs of an SGSN, neighbours of an RNC */
#define NODE_MAX_STPS 8   /* associations over which a peer is reached */
#define NODE_MAX_CELLS 16 /* cells that a UE receives */
#define NODE_MAX_SUBSCRIBERS 1024
#define NODE_MAX_CONTEXTS 4096 /* phones at one node; further ones are rejected */

extern const char *const node_sctp_words[];         /* auto, kernel, usrsctp: by enum iuplus_sctp_backend */
#define NODE_UIA_FIRST 1                            /* the number of the first word: UTRAN has no uia0 */
extern const char *const node_traffic_mode_words[]; /* any, override, loadshare: by IUPLUS_M3UA_TMT_... */
extern const char *const node_sctp_role_words[];    /* by enum node_sctp_role */
extern const char *const node_uia_words[];          /* uia1, uia2 */
extern const char *const node_uea_words[];          /* uea0, uea1, uea2: by number */
extern const char *const node_aka_words[];          /* by enum iuplus_cn_aka */
extern const char *const node_capability_words[];   /* by enum iuplus_cn_capability */

/* Reads the destination of GSMTAP: an IPv4 address, optionally with a port (default: GSMTAP's own, 4729). Returns 0, or
 * IUPLUS_ERR_ARGUMENT; node_gsmtap_right describes valid ones. */
int node_gsmtap_address(const char *text, struct node_conf_addr *out);
extern const char node_gsmtap_right[];

/* The keys of every file before the first section. */
struct node_settings {
	char name[NODE_CONF_TEXT]; /* the node's name in logs, traces and ladders */
	int log_level;             /* enum node_log_level */
};

struct node_network_settings {
	char mcc[NODE_CONF_TEXT], mnc[NODE_CONF_TEXT];
	uint32_t lac, rac, sac;
};

/* How fast the loss of a peer is detected. */
struct node_sctp_settings {
	uint32_t heartbeat_ms, rto_max_ms; /* 0: the defaults of net/sctp.h */
};

/* What SCTP, M3UA and SCCP have in common for every association of a node. */
struct node_iu_settings {
	int sctp; /* enum iuplus_sctp_backend */
	struct node_sctp_settings timing;
	uint32_t point_code, network_indicator;
	uint32_t routing_context, network_appearance, asp_id; /* 0: none */
	bool registration;
	int traffic_mode; /* 0: any */
	struct iuplus_m3ua_timers m3ua;
	struct iuplus_sccp_timers sccp;
	uint32_t stat_info_ms;
};

/* A signalling transfer point's role in SCTP: identifier, word of the setting, what it is. */
#define NODE_SCTP_ROLES(X) \
	X(CLIENT, "client", "this node establishes the association") \
	X(SERVER, "server", "the transfer point does; it comes from this address, port 0: from any port")

enum node_sctp_role {
#define NODE_SCTP_ID(id, word, what) NODE_SCTP_##id,
	NODE_SCTP_ROLES(NODE_SCTP_ID)
#undef NODE_SCTP_ID
};

/* A signalling transfer point. */
struct node_stp_settings {
	char name[NODE_CONF_TEXT];
	struct node_conf_addr address;
	int role; /* enum node_sctp_role */
};

struct node_algorithm_settings {
	struct node_conf_list uia, uea; /* numbers of algorithms */
};

/* Only for end-to-end tests: deliberate faults of a node, at a step of the method. */
struct node_test_settings {
	int die_at_step;    /* enum iuplus_proc_step: the process kills itself before it executes the step */
	int tamper_at_step; /* one bit of the MAC-I of the step's RRC message is flipped */
};

/* ---- SGSN ---- */

struct node_sgsn_rnc_settings {
	uint32_t rnc_id;
	char name[NODE_CONF_TEXT];
	uint32_t point_code;
	int capability;                /* enum iuplus_cn_capability */
	struct node_conf_addr address; /* an association from here is this RNC's; an empty host: any may be */
};

struct node_sgsn_settings {
	struct node_settings node;
	char subscribers[NODE_CONF_TEXT]; /* path, relative to the file's own directory */
	char sqn_file[NODE_CONF_TEXT];    /* the same; empty: the path of the table with ".sqn" */
	struct node_network_settings network;
	struct node_iu_settings iu;
	struct node_conf_addr listen;
	unsigned stp_count;
	struct node_stp_settings stp[NODE_MAX_STPS];
	struct node_algorithm_settings algorithms;
	struct {
		bool enhanced;
		int aka;                /* enum iuplus_cn_aka */
		int policy;             /* enum iuplus_enhanced_security */
		int freshness;          /* enum iuplus_security_freshness_kind */
		int legacy_target_keys; /* enum iuplus_security_target_keys */
		bool reallocate;
		uint32_t vectors;
	} security;
	uint32_t timer_ms[IUPLUS_CN_TIMER_COUNT];
	struct node_test_settings test;
	unsigned rnc_count;
	struct node_sgsn_rnc_settings rnc[NODE_MAX_RNCS];
};
extern const struct node_conf_section node_sgsn_table[];
/* Fills in the defaults. */
void node_sgsn_defaults(struct node_sgsn_settings *settings);

/* The subscriber table: a file of [subscriber IMSI] sections. */
struct node_subscriber_settings {
	char imsi[NODE_CONF_TEXT];
	uint8_t k[16], opc[16], amf[2];
	uint64_t sqn;
};
struct node_subscribers_settings {
	unsigned count;
	struct node_subscriber_settings list[NODE_MAX_SUBSCRIBERS];
};
extern const struct node_conf_section node_subscribers_table[];

/* ---- RNC ---- */

struct node_rnc_neighbour_settings {
	uint32_t rnc_id;
	char name[NODE_CONF_TEXT];
	uint32_t cell_id, lac, rac;
};

struct node_rnc_settings {
	struct node_settings node;
	uint32_t rnc_id;
	bool enhanced;
	int policy; /* enum iuplus_enhanced_security */
	struct node_network_settings network;
	struct {
		struct node_conf_addr listen; /* the radio's UDP port */
		uint32_t cell_id, scrambling_code;
	} cell;
	struct node_iu_settings iu;
	struct node_conf_addr address; /* own; an empty host: that of the route to the SGSN */
	struct {
		char name[NODE_CONF_TEXT];
		struct node_conf_addr address; /* an empty host: behind the transfer points */
		uint32_t point_code;
	} sgsn;
	unsigned stp_count;
	struct node_stp_settings stp[NODE_MAX_STPS];
	struct node_algorithm_settings algorithms;
	uint32_t timer_ms[IUPLUS_RNC_TIMER_COUNT];
	struct node_test_settings test;
	unsigned neighbour_count;
	struct node_rnc_neighbour_settings neighbour[NODE_MAX_RNCS];
};
extern const struct node_conf_section node_rnc_table[];
void node_rnc_defaults(struct node_rnc_settings *settings);

/* ---- UE ---- */

struct node_ue_cell_settings {
	uint32_t scrambling_code;
	char rnc[NODE_CONF_TEXT]; /* the name of its RNC, for the trace */
	struct node_conf_addr address;
};

/* Words of the phone's enhanced-security: "off", then those of enum iuplus_ue_policy, in its order. */
enum node_ue_enhanced_security { NODE_UE_OFF, NODE_UE_PREFER };

struct node_ue_settings {
	struct node_settings node;
	int enhanced_security;
	bool attach;
	struct node_conf_addr address; /* own, of the radio; an empty host: that of the route to the cells */
	char imei[NODE_CONF_TEXT], imeisv[NODE_CONF_TEXT]; /* empty: none */
	struct node_subscriber_settings usim;
	struct node_network_settings network;
	struct node_algorithm_settings algorithms;
	uint32_t rrc_timer_ms[IUPLUS_UE_TIMER_COUNT];
	uint32_t nas_timer_ms[IUPLUS_UE_NAS_TIMER_COUNT];
	struct node_test_settings test;
	unsigned cell_count;
	struct node_ue_cell_settings cell[NODE_MAX_CELLS];
};
extern const struct node_conf_section node_ue_table[];
void node_ue_defaults(struct node_ue_settings *settings);

/* ---- from settings to the machines' configurations ---- */

/* Checks the transfer points. Returns 0, or IUPLUS_ERR_ARGUMENT with *why, as the functions below. */
int node_stp_check(const struct node_stp_settings *stp, unsigned count, const char **why);

/* Fill the machines' configurations. They return 0, or IUPLUS_ERR_ARGUMENT with *why (static text), which states what
 * is required: the program prints it with the file's name and exits with 78. */
int node_rnc_config(const struct node_rnc_settings *settings, struct iuplus_rnc_config *config, const char **why);
int node_ue_config(const struct node_ue_settings *settings, struct iuplus_ue_rrc_config *rrc,
		   struct iuplus_ue_nas_config *nas, const char **why);
/* rnc has room for settings->rnc_count members, and config->rnc points to it; a member's peer is its point code. */
int node_sgsn_config(const struct node_sgsn_settings *settings, struct iuplus_cn_config *config,
		     struct iuplus_cn_rnc *rnc, const char **why);

#endif
